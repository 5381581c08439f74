/* Which area an indicator of this run is over: said in headings, on the overview and in the terminal. */
#include <string.h>

#include "report/layout.h"

enum {
  yield = MJ_OVER_YIELD,
  plot_ratio = MJ_OVER_PLOT_RATIO,
  coverage = MJ_OVER_COVERAGE,
  stated = MJ_OVER_STATED,
  project = MJ_OVER_PROJECT,
  contract = MJ_OVER_CONTRACT
};

const char *mj_basis_of_column(const mj_wording *words, const char *layer, const char *column) {
  static const struct {
    const char *layer, *column;
    int over;
  } named[] = {
#define BASIS(layer, column, indicator) {#layer, #column, indicator},
#include "report/bases.def"
#undef BASIS
  };
  for (size_t i = 0; i < sizeof named / sizeof *named; i++)
    if (!strcmp(named[i].column, column) && !strcmp(named[i].layer, layer)) return words->basis[named[i].over];
  return NULL;
}

/* "登记>合同>椭球": those of the list that the parcels have. */
static const char *list_of(const mj_park *park, const mj_basis *said, mj_arena *arena) {
  mj_basis used[MJ_MAX_BASES + 1];
  int n = mj_bases_used(&park->table[MJ_PARCELS], said, used);
  const char *list = "";
  for (int k = 0; k < n && list; k++) {
    const char *word = mj_code_of("parcels", "area_basis", mj_basis_name(used[k]), park->project.lang);
    list = mj_arena_format(arena, "%s%s%s", list, !k ? "" : park->project.lang == MJ_ZH ? ">" : " > ", word);
  }
  return list;
}

mj_status mj_wording_of(const mj_park *park, mj_arena *arena, mj_wording *out) {
  const mj_project *p = &park->project;
  out->lang = p->lang;
  out->basis[MJ_OVER_YIELD] = list_of(park, p->basis_yield, arena);
  out->basis[MJ_OVER_PLOT_RATIO] = list_of(park, p->basis_plot_ratio, arena);
  out->basis[MJ_OVER_COVERAGE] = list_of(park, p->basis_coverage, arena);
  out->basis[MJ_OVER_STATED] = p->lang == MJ_ZH ? "企业申报" : "as enterprises state";
  out->basis[MJ_OVER_PROJECT] = p->lang == MJ_ZH ? "项目填报" : "as projects state";
  out->basis[MJ_OVER_CONTRACT] = p->lang == MJ_ZH ? "合同用地" : "land of the contract";
  for (int i = 0; i < MJ_OVER_END; i++)
    if (!out->basis[i]) return MJ_ENOMEM;
  return MJ_OK;
}

const char *mj_basis_sentence(const mj_wording *words, mj_arena *arena) {
  const char *const *b = words->basis;
  bool zh = words->lang == MJ_ZH;
  const char *figures =
      !strcmp(b[MJ_OVER_YIELD], b[MJ_OVER_PLOT_RATIO]) && !strcmp(b[MJ_OVER_YIELD], b[MJ_OVER_COVERAGE])
          ? mj_arena_format(arena, zh ? "面积、亩均、容积率、建筑密度：%s" : "areas, per mu, plot ratio, coverage: %s",
                            b[MJ_OVER_YIELD])
          : mj_arena_format(arena,
                            zh ? "面积、亩均：%s；容积率、可建面积：%s；建筑密度：%s"
                               : "areas, per mu: %s; plot ratio, headroom: %s; coverage: %s",
                            b[MJ_OVER_YIELD], b[MJ_OVER_PLOT_RATIO], b[MJ_OVER_COVERAGE]);
  bool several =
      strchr(b[MJ_OVER_YIELD], '>') || strchr(b[MJ_OVER_PLOT_RATIO], '>') || strchr(b[MJ_OVER_COVERAGE], '>');
  return figures && several
             ? mj_arena_format(arena, zh ? "%s（依次取有值者）" : "%s (the first that is known)", figures)
             : figures;
}
