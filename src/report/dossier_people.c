#include <math.h>
#include <string.h>

#include "report/dossier.h"

static const char *const totals[] = {"enterprise_count",
                                     "output_wan",
                                     "tax_wan",
                                     "output_wan_per_mu",
                                     "tax_wan_per_mu",
                                     "staff",
                                     "energy_tce",
                                     "electricity_kwh",
                                     "rd_wan",
                                     "profit_wan",
                                     "added_value_wan",
                                     "enterprise_land_m2",
                                     "output_3y_wan",
                                     "tax_3y_wan",
                                     "profit_3y_wan",
                                     "years_known",
                                     NULL};

int64_t mj_dossier_years(mj_dossier *d, int64_t first) {
  static const char *const columns[] = {"year",       "land_area_m2", "output_wan", "tax_wan",
                                        "profit_wan", "staff",        "energy_tce", "electricity_kwh"};
  enum { N = sizeof columns / sizeof *columns };
  static const bool right[N] = {true, true, true, true, true, true, true, true};
  const char *heading[N];
  const mj_piece *e = &d->enterprises;
  const char *code = mj_piece_text(e, first, "credit_code");
  for (int i = 0; i < N; i++) heading[i] = mj_piece_heading(e, columns[i]);
  mj_paper_table(&d->paper, N, heading, right);
  for (int64_t row = first; row < e->table.n; row++) {
    const char *of = mj_piece_text(e, row, "credit_code");
    if (row > first && (!of || !code || strcmp(of, code) != 0)) return row;
    for (int i = 0; i < N; i++) mj_paper_cell(&d->paper, mj_dossier_cell(d, e, row, columns[i]));
  }
  return e->table.n;
}

/* The years of one enterprise under its name. Returns the first row of the next. */
static int64_t put_enterprise(mj_dossier *d, int64_t first) {
  const mj_piece *e = &d->enterprises;
  const char *code = mj_piece_text(e, first, "credit_code"), *name = mj_piece_text(e, first, "enterprise_name"),
             *industry = mj_piece_text(e, first, "industry_code");
  mj_paper_say(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "%s %s（行业 %s）", "%s %s (industry %s)"),
               name ? name : MJ_WORDS(d, "（无名称）", "(no name)"),
               code ? code : MJ_WORDS(d, "（无信用代码）", "(no code)"),
               industry ? industry : MJ_WORDS(d, "缺", "missing"));
  return mj_dossier_years(d, first);
}

static void put_rows(mj_dossier *d) {
  static const char *const uses[] = {"enterprise_name", "credit_code", "occupancy_role", "land_area_m2",
                                     "floor_area_m2",   "from_date",   "to_date",        NULL};
  for (int64_t row = 0; row < d->enterprises.table.n;) row = put_enterprise(d, row);
  if (!d->enterprises.table.n)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "企业表中没有对应本宗地的记录。", "No row of the enterprise table is of this parcel."));
  if (!d->occupancies.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "用地用房关系", "Who uses what"));
  mj_dossier_table(d, &d->occupancies, uses);
}

void mj_dossier_people(mj_dossier *d) {
  static const char *const count[] = {"enterprise_count", NULL};
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "企业", "Enterprises"));
  if (d->ask->open) {
    mj_dossier_facts(d, &d->parcel, "parcels", count);
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "企业名称和各项数据不公开。", "Names and figures are not public."));
    return;
  }
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "本宗地评价年度合计（跨宗地企业按面积分摊）",
                        "The parcel's figures of the year (an enterprise on several parcels shared by area)"));
  if (isnan(mj_piece_number(&d->parcel, 0, "enterprise_count")))
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "评价年度没有企业记录：各项为缺，不作 0。",
                          "No enterprise of the year is known: every figure is missing, not 0."));
  else mj_dossier_facts(d, &d->parcel, "parcels", totals);
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "以下为各企业各年的数据（全企业数，未分摊到宗地）。",
                        "Below, each enterprise by year: the whole enterprise, not its share on the parcel."));
  put_rows(d);
}

static void put_points(mj_dossier *d, const char *code, const char *scheme) {
  static const char *const columns[] = {"indicator", "value",           "unit",           "base_value", "weight",
                                        "points",    "value_to_better", "value_to_worse", "certainty"};
  enum { N = sizeof columns / sizeof *columns };
  static const bool right[N] = {false, true, false, true, true, true, true, true, false};
  const char *heading[N];
  bool begun = false;
  for (int i = 0; i < N; i++) heading[i] = mj_dossier_label(d, "grade_points", columns[i]);
  for (int64_t row = 0; row < d->points.table.n; row++) {
    const char *of = mj_piece_text(&d->points, row, "credit_code"), *by = mj_piece_text(&d->points, row, "scheme");
    if (!of || !by || strcmp(of, code) != 0 || strcmp(by, scheme) != 0) continue;
    if (!begun) mj_paper_table(&d->paper, N, heading, right);
    begun = true;
    for (int i = 0; i < N; i++) mj_paper_cell(&d->paper, mj_piece_value(d, &d->points, row, columns[i]));
  }
}

static void put_grade(mj_dossier *d, int64_t row) {
  static const char *const columns[] = {"rulebook",    "group_name",     "state",        "class_text",      "score",
                                        "rank",        "group_size",     "better_class", "score_to_better", "to_better",
                                        "worse_class", "score_to_worse", "to_worse",     "stable",          "reason"};
  const mj_piece *g = &d->grades;
  const char *name = mj_piece_text(g, row, "enterprise_name"), *code = mj_piece_text(g, row, "credit_code"),
             *scheme = mj_piece_text(g, row, "scheme"), *class = mj_piece_value(d, g, row, "class");
  mj_paper_say(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, "%s %s", name ? name : "", code ? code : "");
  mj_paper_verdict(&d->paper, class ? MJ_TONE_PLAIN : MJ_TONE_UNKNOWN,
                   class ? class : mj_piece_value(d, g, row, "state"),
                   mj_arena_format(&d->arena, "%s %s", mj_dossier_label(d, "grades", "scheme"), scheme ? scheme : ""));
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    const char *value = mj_piece_value(d, g, row, columns[i]);
    if (value) mj_paper_fact(&d->paper, mj_dossier_label(d, "grades", columns[i]), value);
  }
  if (code && scheme) put_points(d, code, scheme);
}

void mj_dossier_grades(mj_dossier *d) {
  if (!d->grades.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "企业评价类别", "Grades of the enterprises"));
  if (d->ask->open) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "类别、得分和名次由单个企业的数据得出，不公开。",
                          "Class, score and rank come from figures of single enterprises: not public."));
    return;
  }
  for (int64_t row = 0; row < d->grades.table.n; row++) put_grade(d, row);
}
