#include <math.h>
#include <string.h>

#include "report/front.h"

static double number_at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = t && row >= 0 && row < t->n ? mj_table_find(t, name) : NULL;
  if (!c || mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[row] : c->type == MJ_I64 ? (double)c->i64[row] : (double)NAN;
}

/* The whole park is the last row of a summary by zone. */
static double of_park(const mj_run *run, const char *summary, const char *column) {
  const mj_table *t = mj_summaries_find(&run->summaries, summary);
  return t ? number_at(t, column, t->n - 1) : (double)NAN;
}

static double of_candidates(const mj_run *run, const char *column) {
  const mj_table *t = mj_summaries_find(&run->summaries, "candidate_kinds");
  const char **kind = t ? mj_table_text(t, "kind") : NULL;
  for (int64_t i = 0; kind && i < t->n; i++)
    if (kind[i] && !strcmp(kind[i], "any")) return number_at(t, column, i);
  return (double)NAN;
}

typedef struct {
  mj_run *run;
  mj_tile *tile;
  int n;
  bool zh, failed;
} tiles;

/* "12,345.6" for a sentence; "–" where it is not known. */
static const char *said(tiles *t, double v, int decimals) {
  char text[540];
  int n = mj_double_grouped(v, decimals, true, text);
  const char *kept = n ? mj_arena_text(&t->run->arena, text, (size_t)n) : "–";
  if (!kept) t->failed = true;
  return kept ? kept : "";
}

static void add(tiles *t, const char *zh, const char *en, double v, int decimals, const char *below) {
  if (t->n == MJ_TILES) return;
  if (!below) t->failed = true;
  t->tile[t->n++] = (mj_tile){.label = t->zh ? zh : en, .below = below ? below : "", .value = v, .decimals = decimals};
}

/* Ten thousand square metres. */
static double wan(double m2) { return m2 / 1e4; }

static void add_fit(tiles *t) {
  const mj_run *run = t->run;
  add(t, "可建净增（万㎡）", "can be built (10,000 m²)", wan(of_park(run, "fit_zones", "net_m2")), 1,
      mj_arena_format(&t->run->arena, t->zh ? "纸面 %s 万㎡，同口径 %s%%" : "paper %s, like for like %s %%",
                      said(t, wan(of_park(run, "fit_zones", "headroom_m2")), 1),
                      said(t, 100 * of_park(run, "fit_zones", "buildable_share"), 1)));
}

static void of_the_park(tiles *t) {
  const mj_run *run = t->run;
  add(t, "用地面积（亩）", "land (mu)", of_park(run, "zones", "assigned_mu"), 1,
      mj_arena_format(&t->run->arena, t->zh ? "%s 宗，工业用地 %s 亩" : "%s parcels, industrial %s mu",
                      said(t, of_park(run, "zones", "parcel_count"), 0),
                      said(t, of_park(run, "zones", "industrial_mu"), 1)));
  add(t, "平均容积率", "mean plot ratio", of_park(run, "zones", "plot_ratio"), 2,
      mj_arena_format(&t->run->arena, t->zh ? "计容建筑面积 %s 万㎡" : "floor area %s x 10,000 m²",
                      said(t, wan(of_park(run, "zones", "countable_floor_area_m2")), 1)));
  add(t, "亩均税收（万元/亩）", "tax per mu (10k yuan)", of_park(run, "zones", "tax_wan_per_mu"), 2,
      mj_arena_format(&t->run->arena, t->zh ? "税收 %s 亿元" : "tax %s x 100m yuan",
                      said(t, of_park(run, "zones", "tax_wan") / 1e4, 2)));
  add(t, "亩均产值（万元/亩）", "output per mu (10k yuan)", of_park(run, "zones", "output_wan_per_mu"), 1,
      mj_arena_format(&t->run->arena, t->zh ? "产值 %s 亿元" : "output %s x 100m yuan",
                      said(t, of_park(run, "zones", "output_wan") / 1e4, 1)));
  add(t, "再开发候选（亩）", "candidates (mu)", of_candidates(run, "area_mu"), 1,
      mj_arena_format(&t->run->arena, t->zh ? "%s 宗" : "%s parcels", said(t, of_candidates(run, "parcel_count"), 0)));
  if (mj_summaries_find(&run->summaries, "fit_zones")) add_fit(t);
  else
    add(t, "剩余可建（万㎡）", "headroom (10,000 m²)", wan(of_park(run, "zones", "headroom_m2")), 1,
        mj_arena_format(&t->run->arena, t->zh ? "工业用地 %s 万㎡" : "industrial %s",
                        said(t, wan(of_park(run, "zones", "headroom_industrial_m2")), 1)));
}

static void of_a_fit(tiles *t) {
  const mj_run *run = t->run;
  add(t, "测算宗地", "parcels fitted", of_park(run, "fit_zones", "fitted_count"), 0,
      mj_arena_format(&t->run->arena, t->zh ? "能建 %s 宗，不详 %s 宗" : "%s gain, %s not known",
                      said(t, of_park(run, "fit_zones", "gaining_count"), 0),
                      said(t, of_park(run, "fit_zones", "unknown_count"), 0)));
  add(t, "剩余可建，纸面（万㎡）", "paper headroom (10,000 m²)", wan(of_park(run, "fit_zones", "headroom_m2")), 1, "");
  add_fit(t);
  add(t, "厂房栋数", "modules", of_park(run, "fit_zones", "modules"), 0, "");
  add(t, "改造前容积率", "plot ratio before", of_park(run, "fit_zones", "plot_ratio_before"), 2, "");
  add(t, "改造后容积率", "plot ratio after", of_park(run, "fit_zones", "plot_ratio_after"), 2, "");
}

static void of_a_check(tiles *t) {
  const mj_ledger *ledger = &t->run->park->ledger;
  int64_t aside = mj_ledger_count(ledger, MJ_SET_ASIDE), warned = mj_ledger_count(ledger, MJ_WARN);
  add(t, "宗地", "parcels", (double)t->run->park->table[MJ_PARCELS].n, 0, "");
  add(t, "剔除", "set aside", (double)aside, 0, "");
  add(t, "警告", "warnings", (double)(warned - aside), 0, "");
  add(t, "说明", "notes", (double)(ledger->n - warned), 0, "");
}

int mj_front_tiles(mj_run *run, mj_tile tile[MJ_TILES]) {
  tiles t = {.run = run, .tile = tile, .zh = run->lang == MJ_ZH};
  if (run->options.checks_only) of_a_check(&t);
  else if (run->options.fit_only) of_a_fit(&t);
  else of_the_park(&t);
  return t.failed ? -1 : t.n;
}

int mj_front_aims(const mj_park *park, mj_aim *aim, int most, int *all) {
  const mj_table *t = &park->table[MJ_TARGETS];
  const char **zone = t->name ? mj_table_text(t, "zone") : NULL, **text = t->name ? mj_table_text(t, "text") : NULL,
             **unit = t->name ? mj_table_text(t, "unit") : NULL, **state = t->name ? mj_table_text(t, "state") : NULL;
  const int64_t *year = t->name ? mj_table_i64(t, "year") : NULL;
  const mj_column *due = t->name ? mj_table_find(t, "due") : NULL;
  int n = 0;
  *all = 0;
  for (int64_t i = 0; text && i < t->n; i++) {
    bool now = !year || year[i] == MJ_I64_NULL || year[i] == park->project.year;
    if (!now || !text[i] || (zone && zone[i])) continue;
    if (++*all > most) continue;
    aim[n++] = (mj_aim){.text = text[i],
                        .unit = unit && unit[i] ? unit[i] : "",
                        .aimed = number_at(t, "target_value", i),
                        .reached = number_at(t, "reached_value", i),
                        .progress = number_at(t, "progress", i),
                        .due = due && due->type == MJ_DATE ? due->date[i] : MJ_DATE_NULL,
                        .expired = state && state[i] && !strcmp(state[i], "expired")};
  }
  return n;
}

const char *mj_front_quality(mj_run *run) {
  const mj_ledger *ledger = &run->park->ledger;
  int64_t aside = mj_ledger_count(ledger, MJ_SET_ASIDE), warned = mj_ledger_count(ledger, MJ_WARN), values, firm;
  bool zh = run->lang == MJ_ZH;
  mj_run_first_fixes(run->park, &values, &firm);
  const char *lacking = "";
  if (run->park->open_verdicts && firm)
    lacking = mj_arena_format(&run->arena,
                              zh ? "；数据不足的判定 %lld 项，先补 %lld 项数据可使 %lld 项确定"
                                 : "; %lld verdicts lack data, %lld values make %lld of them firm",
                              (long long)run->park->open_verdicts, (long long)values, (long long)firm);
  else if (run->park->open_verdicts)
    lacking = mj_arena_format(&run->arena, zh ? "；数据不足的判定 %lld 项" : "; %lld verdicts lack data",
                              (long long)run->park->open_verdicts);
  if (!lacking) return NULL;
  return mj_arena_format(
      &run->arena,
      zh ? "数据质量：剔除 %lld 条，警告 %lld 条，说明 %lld 条%s" : "data: %lld set aside, %lld warnings, %lld notes%s",
      (long long)aside, (long long)(warned - aside), (long long)(ledger->n - warned), lacking);
}
