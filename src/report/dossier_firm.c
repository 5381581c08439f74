#include <math.h>
#include <string.h>

#include "report/dossier.h"

/* The dossier of an enterprise. All of it is its own figures, so there is none for the public. */

static void put_facts(mj_dossier *d, const mj_piece *part, int64_t row, const char *const *columns, int n) {
  for (int i = 0; i < n; i++) {
    const char *value = mj_piece_value(d, part, row, columns[i]);
    if (value) mj_paper_fact(&d->paper, mj_piece_heading(part, columns[i]), value);
  }
}

static void put_head(mj_dossier *d) {
  static const char *const about[] = {"industry_code", "address", "district", "above_scale", "high_tech"};
  const mj_piece run = {.table = d->run};
  const char *park = mj_piece_text(&run, 0, "park"), *as_of = mj_piece_text(&run, 0, "as_of"),
             *none = MJ_WORDS(d, "（无信用代码）", "(no code)");
  const mj_piece *own = d->judged.table.n ? &d->judged : &d->enterprises;
  mj_paper_say(&d->paper, MJ_BLOCK_TITLE, MJ_TONE_PLAIN, "%s %s", MJ_WORDS(d, "企业档案", "Dossier of enterprise"),
               d->name ? d->name : d->code);
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
               MJ_WORDS(d, "本档案全部由一家企业的数据构成，属统计资料，不得公开。程序只作初筛，不作行政认定。",
                        "All of this paper is the figures of one enterprise: statistics that are not public. The "
                        "program only screens and decides nothing in law."));
  mj_dossier_language(d);
  if (park) mj_paper_fact(&d->paper, MJ_WORDS(d, "园区", "park"), park);
  if (d->name) mj_paper_fact(&d->paper, MJ_WORDS(d, "企业名称", "enterprise"), d->name);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "统一社会信用代码", "credit code"), d->code ? d->code : none);
  if (own->table.n) put_facts(d, own, own->table.n - 1, about, sizeof about / sizeof *about);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "基准日 / 评价年度", "reference date / year"),
                mj_arena_format(&d->arena, "%s / %.0f", as_of ? as_of : "?", mj_piece_number(&run, 0, "year")));
  mj_dossier_books(d);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "运行编号", "run"), mj_piece_text(&run, 0, "run_id"));
}

/* ---- its places ---- */

static const char *const columns[] = {"parcel_id", "zone", "use_role", "floor_m2", "land_m2", "output_wan", "tax_wan"};
enum { N = sizeof columns / sizeof *columns, OUTPUT = 5 };

/* What the enterprise itself has of a column of its places: of the year, several rows added up. */
static double own_figure(const mj_dossier *d, const char *column) {
  if (!strcmp(column, "output_wan") || !strcmp(column, "tax_wan"))
    return mj_piece_number(&d->series, d->series.table.n - 1, column);
  double land = strcmp(column, "land_m2") != 0 ? (double)NAN : 0;
  for (int64_t row = 0; row < d->judged.table.n; row++) land += mj_piece_number(&d->judged, row, "land_area_m2");
  return d->judged.table.n ? land : (double)NAN;
}

/* A place's part of the enterprise's tax, or where that says nothing of its output. */
static const char *part_of(mj_dossier *d, int64_t row) {
  for (int i = N - 1; i >= OUTPUT; i--) {
    double part = mj_piece_number(&d->uses, row, columns[i]) / own_figure(d, columns[i]);
    if (isfinite(part)) return mj_dossier_number(d, part, 4, "");
  }
  return mj_dossier_is_user(d, row) ? MJ_WORDS(d, "缺", "missing") : "";
}

static void put_place(mj_dossier *d, int64_t row) {
  for (int i = 0; i < N; i++) {
    const char *value = mj_piece_value(d, &d->uses, row, columns[i]);
    mj_paper_cell(&d->paper, value ? value : mj_dossier_is_user(d, row) ? MJ_WORDS(d, "缺", "missing") : "");
  }
  mj_paper_cell(&d->paper, part_of(d, row));
}

/* The places together, what the enterprise table states, and what is between them. */
static void put_sums(mj_dossier *d) {
  const char *const lead[] = {MJ_WORDS(d, "合计", "sum"), MJ_WORDS(d, "企业表", "as stated"),
                              MJ_WORDS(d, "相差", "difference")};
  for (int line = 0; line < 3; line++) {
    mj_paper_cell(&d->paper, lead[line]);
    for (int i = 1; i < N; i++) {
      bool floor = !strcmp(columns[i], "floor_m2"), compared = i >= OUTPUT || !strcmp(columns[i], "land_m2");
      double sum = (double)NAN, own = compared ? own_figure(d, columns[i]) : (double)NAN;
      const char *text = compared || floor ? mj_dossier_sum(d, columns[i], &sum) : "";
      if (floor && line) text = "";
      if (compared && line == 1) text = isnan(own) ? MJ_WORDS(d, "缺", "missing") : mj_dossier_number(d, own, 2, "");
      if (compared && line == 2) text = mj_dossier_difference(d, sum, own);
      mj_paper_cell(&d->paper, text);
    }
    mj_paper_cell(&d->paper, "");
  }
}

static void put_places(mj_dossier *d) {
  static const bool right[N + 1] = {false, false, false, true, true, true, true, true};
  static const char *const stated[] = {
      "parcel_id", "occupancy_role", "land_area_m2", "floor_area_m2", "from_date", "to_date", NULL};
  const char *heading[N + 1];
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "用地用房", "Its places"));
  if (d->uses.table.n) {
    for (int i = 0; i < N; i++) heading[i] = mj_piece_heading(&d->uses, columns[i]);
    heading[N] = MJ_WORDS(d, "占本企业", "part of its figures");
    mj_paper_table(&d->paper, N + 1, heading, right);
    for (int64_t row = 0; row < d->uses.table.n; row++) put_place(d, row);
    put_sums(d);
    mj_paper_add(
        &d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
        MJ_WORDS(d, "面积为评价年度的年平均，用地按用房分摊；“企业表”一行的用地为企业自报，口径不同，可以有差。",
                 "Areas are means of the year, land is shared by floor; the land in the row 'as stated' is "
                 "what the enterprise says and may differ by definition."));
  } else if (!d->occupancies.table.n)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "没有该企业用地用房的记录。", "Nothing is known of its places."));
  if (!d->occupancies.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "用地用房关系（按来源所载）", "Occupancies as recorded"));
  mj_dossier_table(d, &d->occupancies, stated);
}

/* ---- its years and state ---- */

static void put_series(mj_dossier *d) {
  static const char *const facts[] = {
      "parcel_ids",    "first_year", "last_year",        "years",         "is_new",
      "gone",          "output_wan", "tax_wan",          "output_3y_wan", "tax_3y_wan",
      "output_growth", "tax_growth", "output_trend_wan", "tax_trend_wan", "two_year_tax_wan_per_mu"};
  static const char *const states[] = {"stopped", "half_stopped", "zombie"};
  for (int64_t row = 0; row < d->series.table.n; row++) {
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
      mj_dossier_answer(d, mj_piece_text(&d->series, row, states[i]), mj_piece_heading(&d->series, states[i]));
    const char *evidence = mj_piece_value(d, &d->series, row, "evidence");
    if (evidence) mj_paper_fact(&d->paper, mj_piece_heading(&d->series, "evidence"), evidence);
    put_facts(d, &d->series, row, facts, sizeof facts / sizeof *facts);
  }
}

static void put_years(mj_dossier *d) {
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "历年和状态", "Years and state"));
  put_series(d);
  for (int64_t row = 0; row < d->enterprises.table.n;) row = mj_dossier_years(d, row);
  if (!d->enterprises.table.n)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "企业表中没有该企业的记录。", "The enterprise table has no row of it."));
}

/* ---- verdicts by rulebooks that judge enterprises ---- */

static bool judged(const mj_dossier *d, const char *matter) {
  for (int64_t row = 0; row < d->reasons.table.n; row++) {
    const char *of = mj_piece_text(&d->reasons, row, "verdict_on");
    if (of && !strcmp(of, matter)) return true;
  }
  return d->judged.table.n && mj_table_find(&d->judged.table, matter) != NULL;
}

static void put_verdicts(mj_dossier *d) {
  static const char *const matters[] = {"idle", "inefficient"};
  bool begun = false;
  for (size_t i = 0; i < sizeof matters / sizeof *matters; i++) {
    const char *what = i ? MJ_WORDS(d, "低效企业", "inefficient enterprise")
                         : MJ_WORDS(d, "疑似闲置（待调查认定）", "suspected idle (to be investigated)");
    if (!judged(d, matters[i])) continue;
    if (!begun)
      mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "判定与依据", "Verdicts and their proof"));
    begun = true;
    mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, what);
    for (int64_t row = 0; row < d->judged.table.n; row++)
      mj_dossier_answer(d, mj_piece_text(&d->judged, row, matters[i]), what);
    if (!mj_dossier_proof(d, &d->reasons, matters[i]))
      mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                   MJ_WORDS(d, "成果没有记载依据（分析时加 --all-reasons 可列出）。",
                            "The result keeps no reason (analyze with --all-reasons to have them)."));
  }
}

void mj_dossier_firm(mj_dossier *d) {
  put_head(d);
  put_places(d);
  mj_dossier_units(d);
  put_years(d);
  mj_dossier_ways(d);
  mj_dossier_grades(d);
  put_verdicts(d);
  mj_dossier_contracts(d);
  mj_dossier_projects(d);
  mj_dossier_doubts(d);
}
