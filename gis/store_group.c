#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "gis/store_vtab.h"

/* Whole numbers of a column whose values lie close together, such as years. */
static bool is_narrow(const mj_column *c, int64_t n, int64_t *low, int64_t *high) {
  *low = INT64_MAX;
  *high = INT64_MIN;
  for (int64_t i = 0; c->data && i < n; i++) {
    if (c->i64[i] == MJ_I64_NULL) continue;
    if (c->i64[i] < *low) *low = c->i64[i];
    if (c->i64[i] > *high) *high = c->i64[i];
  }
  return *low > *high || (uint64_t)*high - (uint64_t)*low <= (uint64_t)n + 64;
}

bool mj_view_can_group(const mj_view *view, int column) {
  if (column < 0 || column >= view->n_columns) return false;
  const mj_column *c = view->column[column];
  uint8_t *can = &view->can_group[column];
  int64_t low, high;
  if (c->type != MJ_I64) return c->type == MJ_TEXT || c->type == MJ_TRI;
  if (*can == MJ_UNKNOWN) *can = is_narrow(c, view->table->n, &low, &high) ? MJ_YES : MJ_NO;
  return *can == MJ_YES;
}

typedef struct {
  const char *text;
  int32_t number;
} group_key;

static int by_text(const void *a, const void *b) {
  return strcmp(((const group_key *)a)->text, ((const group_key *)b)->text);
}

/* Number of each row's text in order of first sight, from 1; 0 for NULL. Words that many rows share lie at one address:
 * those met last are known by it. */
static bool number_texts(const char *const *text, int64_t n, mj_keymap *map, int32_t *group) {
  enum { MET = 256 };
  struct {
    const char *text;
    int32_t number;
  } met[MET] = {{0}};
  for (int64_t i = 0; i < n; i++) {
    if (!text[i]) continue;
    uintptr_t at = (uintptr_t)text[i];
    size_t slot = (at ^ at >> 8) % MET;
    if (met[slot].text != text[i]) {
      if (mj_keymap_add(map, text[i], (int32_t)i, &met[slot].number)) return false;
      met[slot].text = text[i];
    }
    group[i] = met[slot].number + 1;
  }
  return true;
}

/* The place of each row's text among all, by bytes, from 1. */
static bool rank_texts(const char *const *text, int64_t n, int32_t *group, int32_t *many) {
  mj_keymap map = {0};
  bool ok = number_texts(text, n, &map, group);
  group_key *key = malloc(((size_t)map.n + 1) * sizeof *key);
  int32_t *rank = malloc(((size_t)map.n + 1) * sizeof *rank);
  ok = ok && key && rank;
  for (int32_t k = 0; ok && k < map.n; k++) key[k] = (group_key){map.key[k], k};
  if (ok) {
    qsort(key, (size_t)map.n, sizeof *key, by_text);
    rank[0] = 0;
    for (int32_t k = 0; k < map.n; k++) rank[key[k].number + 1] = k + 1;
    for (int64_t i = 0; i < n; i++) group[i] = rank[group[i]];
    *many = map.n + 1;
  }
  free(rank);
  free(key);
  mj_keymap_reset(&map);
  return ok;
}

/* The place of each row's value among those of the column; NULL is 0. */
static bool rank_rows(const mj_column *c, int64_t n, int32_t *group, int32_t *many) {
  int64_t low, high;
  memset(group, 0, (size_t)n * sizeof *group);
  *many = 1;
  if (!c->data) return true;
  if (c->type == MJ_TEXT) return rank_texts(c->text, n, group, many);
  if (c->type == MJ_I64) {
    if (!is_narrow(c, n, &low, &high)) return false;
    for (int64_t i = 0; i < n; i++)
      if (c->i64[i] != MJ_I64_NULL) group[i] = (int32_t)(c->i64[i] - low) + 1;
    if (low <= high) *many = (int32_t)(high - low) + 2;
    return true;
  }
  for (int64_t i = 0; i < n; i++) group[i] = c->tri[i] == MJ_UNKNOWN ? 0 : c->tri[i] == MJ_YES ? 2 : 1;
  *many = 3;
  return true;
}

/* Rows by their place; those of one place stay in their order. */
static bool sort_rows(const int32_t *group, int32_t many, int64_t n, const int32_t *from, int32_t *to) {
  int32_t *start = calloc((size_t)many + 1, sizeof *start);
  if (!start) return false;
  for (int64_t i = 0; i < n; i++) start[group[i] + 1]++;
  for (int32_t k = 0; k < many; k++) start[k + 1] += start[k];
  for (int64_t i = 0; i < n; i++) to[start[group[from[i]]]++] = from[i];
  free(start);
  return true;
}

static int32_t *group_rows(const mj_view *view, const int *column, int n_columns) {
  int64_t n = view->table->n;
  size_t bytes = ((size_t)n + 1) * sizeof(int32_t);
  int32_t *rows = malloc(bytes), *next = malloc(bytes), *group = malloc(bytes), many;
  bool ok = rows && next && group;
  for (int64_t i = 0; ok && i < n; i++) rows[i] = (int32_t)i;
  for (int k = n_columns - 1; ok && k >= 0; k--) { /* the last column first: every sort keeps the order before it */
    ok = rank_rows(view->column[column[k]], n, group, &many);
    if (!ok || many == 1) continue;
    ok = sort_rows(group, many, n, rows, next);
    int32_t *swap = rows;
    rows = next;
    next = swap;
  }
  free(group);
  free(next);
  if (ok) return rows;
  free(rows);
  return NULL;
}

const int32_t *mj_view_group(mj_view *view, const int *column, int n) {
  for (const mj_grouping *g = view->grouping; g; g = g->next)
    if (g->n == n && !memcmp(g->column, column, (size_t)n * sizeof *column)) return g->rows;
  mj_grouping *g = n <= MJ_GROUPED_BY && view->table->n < INT32_MAX ? calloc(1, sizeof *g) : NULL;
  if (g) g->rows = group_rows(view, column, n);
  if (!g || !g->rows) {
    free(g);
    return NULL;
  }
  memcpy(g->column, column, (size_t)n * sizeof *column);
  g->n = n;
  g->next = view->grouping;
  view->grouping = g;
  return g->rows;
}

int64_t mj_view_first(const mj_view *view, int column, const int32_t *rows, double least) {
  const mj_column *c = view->column[column];
  int64_t from = 0, to = view->table->n;
  while (c->data && from < to) {
    int64_t mid = from + (to - from) / 2, value = c->i64[rows[mid]];
    if (value == MJ_I64_NULL || (double)value < least) from = mid + 1;
    else to = mid;
  }
  return from;
}

void mj_view_ungroup(mj_view *view) {
  while (view->grouping) {
    mj_grouping *next = view->grouping->next;
    free(view->grouping->rows);
    free(view->grouping);
    view->grouping = next;
  }
}
