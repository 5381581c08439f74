#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "report/html.h"

const mj_sheet *mj_html_sheet(const mj_run *run, const char *name) {
  for (int i = 0; i < run->n; i++)
    if (!strcmp(run->item[i].sheet.name, name)) return &run->item[i].sheet;
  return NULL;
}

/* A candidate and its place among all of them. */
typedef struct {
  int64_t row, rank;
} candidate;

static int by_rank(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_row(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t rank_candidates(const mj_table *t, candidate *out) {
  const int64_t *rank = mj_table_i64(t, "candidate_rank");
  int64_t n = 0;
  for (int64_t i = 0; rank && i < t->n; i++)
    if (rank[i] != MJ_I64_NULL) out[n++] = (candidate){i, rank[i]};
  qsort(out, (size_t)n, sizeof *out, by_rank);
  return n;
}

mj_status mj_html_pick(mj_html *page, mj_error *err) {
  const mj_table *t = &page->run->park->table[MJ_PARCELS];
  int64_t most = page->most ? page->most : MJ_HTML_PARCELS;
  page->partly = t->n > most;
  int64_t *rows = mj_arena_alloc(&page->arena, (size_t)t->n + 1, sizeof *rows);
  candidate *ranked = page->partly ? mj_arena_alloc(&page->arena, (size_t)t->n, sizeof *ranked) : NULL;
  if (!rows || (page->partly && !ranked)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  int64_t n = page->partly ? rank_candidates(t, ranked) : t->n;
  page->n_candidates = page->partly ? n : 0;
  if (n > most) n = most;
  for (int64_t i = 0; i < n; i++) rows[i] = page->partly ? ranked[i].row : i;
  if (page->partly) qsort(rows, (size_t)n, sizeof *rows, by_row);
  page->parcel = rows;
  page->n_parcels = n;
  return MJ_OK;
}

static const mj_column *text_column(const mj_sheet *sheet, const char *name) {
  const mj_column *c = mj_table_find(sheet->table, name);
  return c && c->type == MJ_TEXT ? c : NULL;
}

/* Rows whose parcel has the code of one of the page; rows of a table without such a column stay as they are. */
const mj_sheet *mj_html_part(mj_html *page, const mj_sheet *sheet) {
  const mj_table *parcels = &page->run->park->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id");
  const mj_column *of = text_column(sheet, "parcel_id");
  if (!of) of = text_column(sheet, "id");
  if (!page->partly || (!of && sheet->table != parcels)) return sheet;
  mj_sheet *part = mj_arena_alloc(&page->arena, 1, sizeof *part);
  int64_t *rows = mj_arena_alloc(&page->arena, (size_t)sheet->n + 1, sizeof *rows), n = 0;
  mj_keymap map = {0};
  mj_status s = part && rows ? MJ_OK : MJ_ENOMEM;
  for (int64_t i = 0; i < page->n_parcels && !s && id && sheet->table != parcels; i++) {
    int32_t number;
    if (id[page->parcel[i]]) s = mj_keymap_add(&map, id[page->parcel[i]], (int32_t)i, &number);
  }
  for (int64_t i = 0; i < sheet->n && !s && sheet->table != parcels; i++) {
    int64_t row = sheet->rows ? sheet->rows[i] : i;
    if (of->text[row] && mj_keymap_find(&map, of->text[row]) >= 0) rows[n++] = row;
  }
  mj_keymap_reset(&map);
  if (s) return NULL;
  *part = *sheet;
  part->rows = sheet->table == parcels ? page->parcel : rows;
  part->n = sheet->table == parcels ? page->n_parcels : n;
  return part;
}

const mj_sheet *mj_html_factories(mj_html *page, const mj_sheet *sheet) {
  const char **what = mj_table_text(sheet->table, "part");
  const uint8_t *chosen = mj_table_tri(sheet->table, "chosen");
  mj_sheet *part = mj_arena_alloc(&page->arena, 1, sizeof *part);
  int64_t *rows = mj_arena_alloc(&page->arena, (size_t)sheet->n + 1, sizeof *rows), n = 0;
  if (!part || !rows) return NULL;
  for (int64_t i = 0; i < sheet->n; i++) {
    int64_t row = sheet->rows ? sheet->rows[i] : i;
    bool built = what && what[row] && (!strcmp(what[row], "module") || !strcmp(what[row], "storeys"));
    if (built && chosen && chosen[row] == MJ_YES) rows[n++] = row;
  }
  *part = *sheet;
  part->rows = rows;
  part->n = n;
  return part;
}
