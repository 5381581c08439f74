#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "judge/run.h"

/* Where intake found no class (two schemes fit, or it did not look): 用地用海分类 1001/1101, GB 50137 M/W, GB/T 21010
 * 0601/0604, 三调 0601/0508: industry and storage. In 用地用海分类 0601 is a farm road, which does not stand inside an
 * industrial park. */
static const char default_industrial[] =
    "land_use LIKE '1001%' OR land_use LIKE '1101%' OR land_use LIKE 'M%' OR land_use LIKE 'W%' OR "
    "land_use IN ('0601','0604','0508')";

static mj_status keep_truth(void *user, int worker, int64_t row, const mj_sql_value *value, mj_error *err) {
  uint8_t *tri = user;
  (void)worker, (void)err;
  if (value->kind == MJ_SQL_NUMBER) tri[row] = value->number != 0;
  return MJ_OK;
}

/* An expression over one text column has one answer a distinct text: ask for the first row of each, and copy. */
static mj_status by_distinct_text(mj_rb_run *run, const char *expr, const mj_column *column, uint8_t *tri,
                                  mj_error *err) {
  int64_t n = run->park->table[MJ_PARCELS].n, found = 0;
  mj_keymap map = {0};
  int64_t *visit = malloc(((size_t)n + 1) * sizeof *visit), *source = malloc(((size_t)n + 1) * sizeof *source),
          blank = -1;
  mj_status status = visit && source ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; !status && i < n; i++) {
    int32_t number = 0;
    if (column->text[i]) status = mj_keymap_add(&map, column->text[i], (int32_t)i, &number);
    if (status) break;
    if (!column->text[i] && blank < 0) blank = i;
    source[i] = column->text[i] ? map.first[number] : blank;
    if (source[i] == i) visit[found++] = i;
  }
  if (status) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status) status = mj_rb_select(run, expr, visit, found, keep_truth, tri, err);
  for (int64_t i = 0; !status && i < n; i++) tri[i] = tri[source[i]];
  mj_keymap_reset(&map);
  free(visit);
  free(source);
  return status;
}

/* The class of the land-use code, where intake could tell it, is surer than the code by itself: 0601 is a farm road in
 * a column of 用地用海 codes, 1001 a railway in one of GB/T 21010. */
static void by_class(const mj_table *parcels, uint8_t *tri) {
  const char **use_class = mj_table_text(parcels, "land_use_class");
  for (int64_t i = 0; use_class && i < parcels->n; i++)
    if (use_class[i])
      tri[i] = !strcmp(use_class[i], "industrial") || !strcmp(use_class[i], "warehouse") ? MJ_YES : MJ_NO;
}

mj_status mj_rb_industrial(mj_rb_run *run, mj_error *err) {
  mj_park *park = run->park;
  int64_t n = park->table[MJ_PARCELS].n;
  const mj_rulebook *book = NULL;
  mj_rb_sql sql = {default_industrial, 0, 0};
  mj_rb_reads reads;
  for (int32_t i = 0; !book && i < park->n_rulebooks; i++)
    if (park->rulebooks[i]->industrial.sql && mj_rb_in_force(park->rulebooks[i], park->project.as_of))
      book = park->rulebooks[i];
  if (book) sql = book->industrial;
  MJ_TRY(mj_rb_check(run, book, "industrial", mj_table_id_name(MJ_PARCELS), &sql, &reads, err));
  run->industrial = reads;
  mj_column *column = mj_table_add(&park->table[MJ_PARCELS], "industrial", MJ_TRI);
  const char *expr = mj_arena_format(&run->arena, "((%s\n) AND 1)", sql.sql);
  if (!column || !expr) return mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_rb_run_book(run, book);
  bool distinct = !book && reads.n == 1 && reads.column[0]->type == MJ_TEXT && reads.column[0]->data && n < INT32_MAX;
  if (distinct) MJ_TRY(by_distinct_text(run, expr, reads.column[0], column->tri, err));
  else MJ_TRY(mj_rb_select(run, expr, NULL, n, keep_truth, column->tri, err));
  if (!book) by_class(&park->table[MJ_PARCELS], column->tri);
  return mj_rb_run_refresh(run, err);
}
