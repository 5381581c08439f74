#include "report/fixture.h"
#include "report/layout.h"

/* Parcels with a recorded, an ellipsoidal and a planar area, but no contract, and the figures over them. */
static void set_up(mj_park *park) {
  static const char *const columns[] = {"area_recorded_m2", "area_ellipsoid_m2", "area_planar_m2",
                                        "area_mu",          "tax_wan_per_mu",    "plot_ratio",
                                        "headroom_m2",      "coverage",          "tax_wan"};
  *park = (mj_park){.project = MJ_PROJECT_DEFAULTS};
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&park->table[MJ_PARCELS], "parcels", 1), MJ_OK);
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) column(&park->table[MJ_PARCELS], columns[i], MJ_F64);
}

static void head_is(mj_park *park, mj_lang lang, const char *name, const char *want) {
  const mj_table *t = &park->table[MJ_PARCELS];
  mj_arena arena = {0};
  mj_wording words;
  mj_sheet sheet = {.name = "parcels"};
  park->project.lang = lang;
  CU_ASSERT_EQUAL_FATAL(mj_wording_of(park, &arena, &words), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_sheet_make(&sheet, "parcels", 1, &t, &words, &arena, NULL), MJ_OK);
  for (int i = 0; i < sheet.n_columns; i++)
    if (!strcmp(sheet.columns[i].name, name)) ASSERT_TEXT(sheet.columns[i].label, want);
  mj_arena_reset(&arena);
}

static void headings_name_the_areas_that_the_parcels_have(void) {
  mj_park park;
  set_up(&park);
  head_is(&park, MJ_ZH, "area_mu", "面积（亩，登记>椭球）");
  head_is(&park, MJ_ZH, "tax_wan_per_mu", "亩均税收（万元/亩，登记>椭球）");
  head_is(&park, MJ_EN, "tax_wan_per_mu", "tax per mu (10k yuan/mu; recorded > ellipsoid)");
  head_is(&park, MJ_ZH, "plot_ratio", "容积率（登记>椭球）");
  head_is(&park, MJ_EN, "coverage", "coverage (recorded > ellipsoid)");
  head_is(&park, MJ_ZH, "tax_wan", "税收（万元）");
  head_is(&park, MJ_ZH, "area_recorded_m2", "登记面积（㎡）");
  column(&park.table[MJ_PARCELS], "area_contract_m2", MJ_F64);
  head_is(&park, MJ_ZH, "area_mu", "面积（亩，登记>合同>椭球）");
  mj_park_reset(&park);
}

static void headings_follow_the_settings_of_the_run(void) {
  mj_park park;
  set_up(&park);
  park.project.basis_yield[0] = MJ_BASIS_ELLIPSOID;
  park.project.basis_plot_ratio[0] = MJ_BASIS_PLANAR;
  park.project.basis_plot_ratio[1] = MJ_BASIS_RECORDED;
  head_is(&park, MJ_ZH, "tax_wan_per_mu", "亩均税收（万元/亩，椭球）");
  head_is(&park, MJ_ZH, "headroom_m2", "剩余可建计容建筑面积（㎡，平面>登记）");
  head_is(&park, MJ_EN, "plot_ratio", "plot ratio (planar > recorded)");
  head_is(&park, MJ_ZH, "coverage", "建筑密度（登记>椭球）");
  mj_park_reset(&park);
}

static void a_rulebooks_fact_names_its_area_where_it_reads_area_mu(void) {
  mj_park park;
  set_up(&park);
  mj_column *c = column(&park.table[MJ_PARCELS], "benefit", MJ_F64);
  c->label = "近三年亩均效益", c->unit = "wan_per_mu";
  head_is(&park, MJ_ZH, "benefit", "近三年亩均效益（万元/亩）");
  c->over_area_mu = true;
  head_is(&park, MJ_ZH, "benefit", "近三年亩均效益（万元/亩，登记>椭球）");
  mj_park_reset(&park);
}

static void one_sentence_says_it_for_all(void) {
  mj_park park;
  mj_arena arena = {0};
  mj_wording words;
  set_up(&park);
  CU_ASSERT_EQUAL_FATAL(mj_wording_of(&park, &arena, &words), MJ_OK);
  ASSERT_TEXT(mj_basis_sentence(&words, &arena),
              "areas, per mu, plot ratio, coverage: recorded > ellipsoid (the first that is known)");
  park.project.lang = MJ_ZH;
  park.project.basis_yield[0] = park.project.basis_coverage[0] = MJ_BASIS_ELLIPSOID;
  park.project.basis_plot_ratio[0] = MJ_BASIS_PLANAR;
  CU_ASSERT_EQUAL_FATAL(mj_wording_of(&park, &arena, &words), MJ_OK);
  ASSERT_TEXT(mj_basis_sentence(&words, &arena), "面积、亩均：椭球；容积率、可建面积：平面；建筑密度：椭球");
  mj_arena_reset(&arena);
  mj_park_reset(&park);
}

/* bases.def names columns of columns.def, and every figure per mu or in mu is among them. */
static void every_figure_in_mu_names_its_area(void) {
  mj_wording words = {.lang = MJ_EN, .basis = {"y", "p", "c", "s", "l", "k"}};
  int n, named = 0;
  const mj_column_fact *fact = mj_column_facts(&n);
  for (int i = 0; i < n; i++) {
    const char *over = mj_basis_of_column(&words, fact[i].layer, fact[i].name);
    bool in_mu = !strcmp(fact[i].unit, "mu") || !strcmp(fact[i].unit, "wan_per_mu");
    if (in_mu && !over) printf("\n    %s.%s names no area", fact[i].layer, fact[i].name);
    CU_ASSERT(!in_mu || over);
    named += over != NULL;
  }
  int lines = 0;
#define BASIS(layer, column, indicator) lines++;
#include "report/bases.def"
#undef BASIS
  ASSERT_INT(named, lines);
}

SUITE_OF(basis, T(headings_name_the_areas_that_the_parcels_have), T(headings_follow_the_settings_of_the_run),
         T(a_rulebooks_fact_names_its_area_where_it_reads_area_mu), T(one_sentence_says_it_for_all),
         T(every_figure_in_mu_names_its_area));
