/* Enterprises as a way of attribution has them, and what their classes then are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "judge/grade_run.h"

const char *mj_gr_way_name(mj_gr_way way) {
  static const char *const names[MJ_GR_WAYS] = {"stated", "owner", "merged", "floor_area", "apart"};
  return names[way];
}

/* Columns of the enterprises and of table attributions that hold the same; what a mu has in the unit of the first. */
static const struct {
  const char *field, *amount;
  double times;
} amounts[] = {{"land_area_m2", "land_mu", 2000 / 3.0},
               {"floor_area_m2", "floor_area_m2", 1},
               {"output_wan", "output_wan", 1},
               {"tax_wan", "tax_wan", 1},
               {"staff", "staff", 1},
               {"rd_wan", "rd_wan", 1},
               {"profit_wan", "profit_wan", 1},
               {"added_value_wan", "added_value_wan", 1},
               {"energy_tce", "energy_tce", 1},
               {"electricity_kwh", "electricity_kwh", 1}};
enum { N_AMOUNTS = sizeof amounts / sizeof *amounts };

/* The enterprises' rows in the way's rows of table attributions: who stands for whom. */
static void find_heads(const mj_table *t, const char *way, int64_t *head) {
  const char **attribution = mj_table_text(t, "attribution");
  const int64_t *row = mj_table_i64(t, "enterprise_row"), *unit = mj_table_i64(t, "unit_row");
  for (int64_t i = 0; i < t->n; i++)
    if (row[i] != MJ_I64_NULL && !strcmp(attribution[i], way))
      head[row[i] - 1] = unit[i] == MJ_I64_NULL ? -1 : unit[i] - 1;
}

/* A copy of the column in which rows of the year have the amount of the unit that they stand for. */
static mj_status replace_column(const mj_rb_run *run, int a, const char *way, const mj_gr_overlay *o, mj_column *out) {
  const mj_table *et = &run->view[MJ_ENTERPRISES], *t = &run->park->table[MJ_ATTRIBUTIONS];
  const mj_column *old = mj_table_find(et, amounts[a].field);
  const int64_t *year = mj_table_i64(&run->park->table[MJ_ENTERPRISES], "year"),
                *row = mj_table_i64(t, "enterprise_row");
  const char **attribution = mj_table_text(t, "attribution");
  const double *amount = mj_table_f64(t, amounts[a].amount);
  *out = (mj_column){.name = amounts[a].field, .type = MJ_F64};
  out->f64 = malloc(((size_t)et->n + 1) * sizeof *out->f64);
  if (!out->f64) return MJ_ENOMEM;
  for (int64_t i = 0; i < et->n; i++)
    out->f64[i] = old && old->data && (year && year[i] != run->park->project.year) ? old->f64[i] : (double)NAN;
  for (int64_t i = 0; i < t->n; i++)
    if (row[i] != MJ_I64_NULL && !strcmp(attribution[i], way) && o->head[row[i] - 1] == row[i] - 1)
      out->f64[row[i] - 1] = amount[i] * amounts[a].times;
  return MJ_OK;
}

mj_status mj_gr_overlay_make(const mj_rb_run *run, mj_gr_way way, mj_gr_overlay *out) {
  const mj_table *view = &run->view[MJ_ENTERPRISES];
  *out = (mj_gr_overlay){.view = *view};
  out->head = malloc(((size_t)view->n + 1) * sizeof *out->head);
  out->column = calloc(N_AMOUNTS, sizeof *out->column);
  out->view.columns = malloc(((size_t)view->n_columns + 1) * sizeof *out->view.columns);
  if (!out->head || !out->column || !out->view.columns) return MJ_ENOMEM;
  memcpy(out->view.columns, view->columns, (size_t)view->n_columns * sizeof *view->columns);
  for (int64_t i = 0; i < view->n; i++) out->head[i] = -1;
  find_heads(&run->park->table[MJ_ATTRIBUTIONS], mj_gr_way_name(way), out->head);
  for (int32_t c = 0; c < view->n_columns; c++)
    for (int a = 0; a < N_AMOUNTS; a++) {
      if (strcmp(view->columns[c]->name, amounts[a].field) != 0 || view->columns[c]->type != MJ_F64) continue;
      mj_column *column = &out->column[out->n_columns];
      MJ_TRY(replace_column(run, a, mj_gr_way_name(way), out, column));
      out->view.columns[c] = column;
      out->n_columns++;
    }
  return MJ_OK;
}

void mj_gr_overlay_reset(mj_gr_overlay *overlay) {
  for (int i = 0; i < overlay->n_columns; i++) free(overlay->column[i].f64);
  free(overlay->column);
  free(overlay->head);
  free(overlay->view.columns);
  *overlay = (mj_gr_overlay){0};
}

const char *mj_gr_answer(const mj_gr_work *w, const mj_gr_firm *f) {
  if (f->state == MJ_GR_FOLLOWS) return f->follows >= 0 ? mj_gr_answer(w, &w->firm[f->follows]) : NULL;
  if (f->state == MJ_GR_OUTSIDE) return "outside";
  if (f->exempt) return f->exempt->cls ? f->exempt->cls : "exempt";
  return f->group >= 0 && f->cls >= 0 ? w->scheme->group[f->group].cuts->cls[f->cls].name : NULL;
}

/* ---- side by side ---- */

/* Yes where two ways give two answers, no where all give one. What the table states is no way of attribution, but where
 * the rulebook takes it. */
static uint8_t depends(const mj_gr_answers *a, int64_t i, int chosen) {
  const char *first = NULL;
  bool known = true, differ = false;
  for (int way = 0; way < MJ_GR_WAYS; way++) {
    if (way == MJ_GR_STATED && chosen != MJ_GR_STATED) continue;
    const char *answer = a[way].answer[i];
    known = known && answer;
    if (answer && !first) first = answer;
    differ = differ || (answer && strcmp(answer, first) != 0);
  }
  return differ ? MJ_YES : known ? MJ_NO : MJ_UNKNOWN;
}

static bool is_graded(const mj_gr_answers *a, int64_t i) {
  for (int way = 0; way < MJ_GR_WAYS; way++)
    if (!a[way].answer[i] || strcmp(a[way].answer[i], "outside") != 0) return true;
  return false;
}

/* An enterprise as the tables of uses name it: by its code, else by its name. */
static const char *called(const char **code, const char **name, int64_t i) {
  return code && code[i] ? code[i] : name ? name[i] : NULL;
}

/* Parcels by what becomes of those who use them: any that depends, else any of which it is not known, one without a row
 * of the year too. */
static mj_status flag_parcels(mj_park *park, const uint8_t *answer) {
  const mj_table *shares = &park->table[MJ_OCCUPANCY_SHARES], *et = &park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(et, "credit_code"), **name = mj_table_text(et, "enterprise_name"),
             **user_code = mj_table_text(shares, "credit_code"), **user_name = mj_table_text(shares, "enterprise_name");
  const int64_t *parcel = mj_table_i64(shares, "parcel_row");
  mj_column *flag = mj_table_add(&park->table[MJ_PARCELS], "grade_depends", MJ_TRI);
  mj_keymap firms = {0};
  mj_status status = flag ? MJ_OK : MJ_ENOMEM;
  uint8_t *of_firm = calloc((size_t)et->n + 1, 1), *seen = calloc((size_t)park->table[MJ_PARCELS].n + 1, 1);
  int32_t k;
  if (!of_firm || !seen) status = MJ_ENOMEM;
  for (int64_t i = 0; i < et->n && !status; i++) {
    const char *who = called(code, name, i);
    if (!who || answer[i] == UINT8_MAX) continue;
    status = mj_keymap_add(&firms, who, (int32_t)i, &k);
    if (!status && firms.count[k] == 1) of_firm[k] = answer[i];
    else if (!status && of_firm[k] != MJ_YES && answer[i] != MJ_NO) of_firm[k] = answer[i];
  }
  for (int64_t i = 0; i < shares->n && !status; i++) {
    const char *who = called(user_code, user_name, i);
    if (!who) continue;
    k = mj_keymap_find(&firms, who);
    uint8_t its = k < 0 ? MJ_UNKNOWN : of_firm[k], *to = &flag->tri[parcel[i] - 1], *had = &seen[parcel[i] - 1];
    if (!*had || its == MJ_YES || (its == MJ_UNKNOWN && *to == MJ_NO)) *to = its;
    *had = 1;
  }
  mj_keymap_reset(&firms);
  free(of_firm);
  free(seen);
  return status;
}

/* The same of the enterprises, for the map. */
static mj_status flag_firms(mj_park *park, const uint8_t *answer) {
  mj_table *et = &park->table[MJ_ENTERPRISES];
  mj_column *flag = mj_table_add(et, "grade_depends", MJ_TRI);
  for (int64_t i = 0; flag && i < et->n; i++)
    if (answer[i] != UINT8_MAX) flag->tri[i] = answer[i];
  return flag ? MJ_OK : MJ_ENOMEM;
}

/* One row an enterprise and scheme. @p worst: [enterprises] the answer over all schemes. */
static void write_scheme(mj_park *park, const mj_gr_answers *a, const char *called, const int64_t *row, int64_t rows,
                         int64_t *at, uint8_t *worst) {
  static const char *const classes[MJ_GR_WAYS] = {"class_stated", "class_owner", "class_merged", "class_floor_area",
                                                  "class_apart"};
  const mj_table *t = &park->table[MJ_ATTRIBUTION_GRADES], *et = &park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(et, "credit_code"), **name = mj_table_text(et, "enterprise_name"),
             **rulebook = mj_table_text(t, "rulebook"), **scheme = mj_table_text(t, "scheme"),
             **whose = mj_table_text(t, "credit_code"), **called_so = mj_table_text(t, "enterprise_name"),
             **way_taken = mj_table_text(t, "attribution"), **cls[MJ_GR_WAYS];
  int64_t *source = mj_table_i64(t, "row");
  uint8_t *flag = mj_table_tri(t, "depends");
  int chosen = a->book->grades->way;
  for (int way = 0; way < MJ_GR_WAYS; way++) cls[way] = mj_table_text(t, classes[way]);
  for (int64_t i = 0; i < rows; i++) {
    if (!is_graded(a, i)) continue;
    uint8_t answer = depends(a, i, chosen), *to = &worst[row[i]];
    rulebook[*at] = called;
    scheme[*at] = a->book->grades->code;
    whose[*at] = code ? code[row[i]] : NULL;
    called_so[*at] = name ? name[row[i]] : NULL;
    source[*at] = mj_table_source_row(et, row[i]);
    way_taken[*at] = mj_gr_way_name((mj_gr_way)chosen);
    for (int way = 0; way < MJ_GR_WAYS; way++) cls[way][*at] = a[way].answer[i];
    flag[(*at)++] = answer;
    if (*to == UINT8_MAX || answer == MJ_YES || (answer == MJ_UNKNOWN && *to == MJ_NO)) *to = answer;
  }
}

mj_status mj_gr_compare(mj_rb_run *run, const int64_t *row, int64_t rows, const mj_gr_answers *answers, int n,
                        mj_error *err) {
  mj_park *park = run->park;
  int64_t lines = 0, at = 0, firms = park->table[MJ_ENTERPRISES].n;
  uint8_t *worst = mj_arena_alloc(&run->arena, (size_t)firms + 1, 1);
  if (!worst) return mj_fail(err, MJ_ENOMEM, "out of memory");
  memset(worst, UINT8_MAX, (size_t)firms);
  for (int k = 0; k < n; k += MJ_GR_WAYS)
    for (int64_t i = 0; i < rows; i++) lines += is_graded(&answers[k], i);
  MJ_TRY(mj_park_new_table(park, MJ_ATTRIBUTION_GRADES, lines, err));
  for (int k = 0; k < n; k += MJ_GR_WAYS) {
    const mj_rulebook *book = answers[k].book;
    const char *called = mj_arena_format(&park->arena, "%s %s", book->code, book->version);
    if (!called) return mj_fail(err, MJ_ENOMEM, "out of memory");
    write_scheme(park, &answers[k], called, row, rows, &at, worst);
  }
  return flag_parcels(park, worst) || flag_firms(park, worst) ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
