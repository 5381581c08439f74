#include <math.h>
#include <string.h>

#include "report/dossier.h"

bool mj_dossier_is_user(const mj_dossier *d, int64_t row) {
  static const char *const users[] = {"owner", "lessee", "sublessee", "user"};
  const char *role = mj_piece_text(&d->uses, row, "use_role");
  for (size_t i = 0; role && i < sizeof users / sizeof *users; i++)
    if (!strcmp(role, users[i])) return true;
  return false;
}

const char *mj_dossier_sum(mj_dossier *d, const char *column, double *out) {
  double sum = 0;
  int64_t known = 0, lacking = 0;
  for (int64_t row = 0; row < d->uses.table.n; row++) {
    double v = mj_piece_number(&d->uses, row, column);
    if (isnan(v)) lacking += mj_dossier_is_user(d, row);
    else {
      sum += v;
      known++;
    }
  }
  if (out) *out = known ? sum : (double)NAN;
  if (!known) return MJ_WORDS(d, "缺", "missing");
  const char *text = mj_dossier_number(d, sum, !strcmp(column, "land_share") ? 4 : 2, "");
  if (!lacking || !text) return text;
  return mj_arena_format(&d->arena, MJ_WORDS(d, "%s（另 %lld 行缺）", "%s (%lld more missing)"), text,
                         (long long)lacking);
}

const char *mj_dossier_difference(mj_dossier *d, double sum, double figure) {
  double by = sum - figure;
  if (!isfinite(by)) return NULL;
  return mj_dossier_number(d, fabs(by) <= 1e-9 * fabs(figure) + 1e-6 ? 0 : by, 4, "");
}

/* ---- who uses it ---- */

static const char *const columns[] = {"use_role",   "enterprise_name", "floor_m2",   "floor_source",
                                      "land_share", "land_m2",         "output_wan", "tax_wan"};
enum { N = sizeof columns / sizeof *columns };

/* What the parcel itself has of a column that is summed. */
static double of_parcel(const mj_dossier *d, const char *column) {
  const mj_piece *p = &d->parcel;
  if (!strcmp(column, "floor_m2")) return mj_piece_number(p, 0, "floor_area_m2");
  if (!strcmp(column, "land_share")) return 1;
  if (!strcmp(column, "land_m2")) return mj_piece_number(p, 0, "area_mu") * 10000 / 15;
  return mj_piece_number(p, 0, column);
}

static void put_sums(mj_dossier *d) {
  const char *const lead[] = {MJ_WORDS(d, "合计", "sum"), MJ_WORDS(d, "宗地", "parcel"),
                              MJ_WORDS(d, "相差", "difference")};
  for (int line = 0; line < 3; line++) {
    mj_paper_cell(&d->paper, lead[line]);
    for (int i = 1; i < N; i++) {
      bool summed = strcmp(columns[i], "enterprise_name") != 0 && strcmp(columns[i], "floor_source") != 0;
      double sum = (double)NAN, own = summed ? of_parcel(d, columns[i]) : (double)NAN;
      const char *text = summed ? mj_dossier_sum(d, columns[i], &sum) : "";
      if (summed && line == 1) text = isnan(own) ? MJ_WORDS(d, "缺", "missing") : mj_dossier_number(d, own, 2, "");
      if (summed && line == 2) text = mj_dossier_difference(d, sum, own);
      mj_paper_cell(&d->paper, text);
    }
  }
}

static void put_rows(mj_dossier *d) {
  static const bool right[N] = {false, false, true, false, true, true, true, true};
  const char *heading[N];
  for (int i = 0; i < N; i++) heading[i] = mj_piece_heading(&d->uses, columns[i]);
  mj_paper_table(&d->paper, N, heading, right);
  for (int64_t row = 0; row < d->uses.table.n; row++)
    for (int i = 0; i < N; i++) {
      const char *value = mj_piece_value(d, &d->uses, row, columns[i]);
      bool asked = mj_dossier_is_user(d, row) && strcmp(columns[i], "floor_source") != 0;
      if (!value && !strcmp(columns[i], "enterprise_name")) value = mj_piece_text(&d->uses, row, "credit_code");
      mj_paper_cell(&d->paper, value ? value : asked ? MJ_WORDS(d, "缺", "missing") : "");
    }
  put_sums(d);
}

void mj_dossier_uses(mj_dossier *d) {
  if (!d->uses.table.name) return;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "谁在用", "Who uses it"));
  if (!d->uses.table.n) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "没有关于本宗地用地用房的记录。", "Nothing is known of who uses the parcel."));
    return;
  }
  if (d->ask->open) {
    mj_dossier_roles(d);
    return;
  }
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d,
                        "面积为评价年度的年平均；产值、税收为企业数据中属于此处的部分。空置、用途不明的不属任何企业；"
                        "超出建筑面积的为负数。",
                        "Areas are means of the year; output and tax are what each enterprise has of this place. What "
                        "is vacant or unknown is nobody's; what exceeds the floor area is negative."));
  put_rows(d);
}

/* ---- factory units ---- */

/* In public the state of a let unit is one enterprise's: only how many there are, and how many are vacant. */
static void put_open_units(mj_dossier *d) {
  int64_t vacant = 0;
  for (int64_t row = 0; row < d->units.table.n; row++) {
    const char *state = mj_piece_text(&d->units, row, "use_state");
    vacant += state && !strcmp(state, "vacant");
  }
  mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "厂房单元 %lld 个，其中空置 %lld 个；各单元的面积和使用者不公开。",
                        "%lld factory units, %lld of them vacant; their areas and who uses them are not public."),
               (long long)d->units.table.n, (long long)vacant);
}

void mj_dossier_units(mj_dossier *d) {
  static const char *const shown[] = {"unit_id", "floor",           "floor_area_m2", "use_state", "enterprise_name",
                                      "since",   "months_in_state", "evidence",      NULL};
  if (!d->units.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "厂房单元", "Factory units"));
  if (d->ask->open) put_open_units(d);
  else mj_dossier_table(d, &d->units, shown);
}
