#include <stdlib.h>
#include <sys/stat.h>

#include "gis/store.h"
#include "mujun/rooms.h"
#include "report/grid.h"
#include "report/layout.h"

/* What a result may take in memory: one written into a table, or its text. */
enum { MOST_BYTES = 256 << 20 };

/* A result on its way out. */
typedef struct {
  const mj_query_options *options;
  mj_text *out;
  const char *const *heading;
  const char **cell; /* [cap] of the table, which needs all of them for its widths */
  bool *right;
  int64_t n, cap;
  size_t bytes;    /* of the cells */
  size_t *longest; /* of each column, which a table without a width gives all its rows */
  bool full;
  mj_arena arena;
} rows;

/* Looked at after each cell: one row alone may have thousands of long ones. */
static mj_status look_at_room(rows *r) {
  r->full = r->bytes > MOST_BYTES || r->out->n > MOST_BYTES;
  return r->full ? MJ_ERULE : MJ_OK;
}

/* A number as it is read back. */
static void put_number(mj_text *out, const mj_cell *c) {
  char number[32];
  if (c->kind == MJ_CELL_INTEGER) mj_int_text(c->integer, number);
  else mj_double_shortest(c->real, number);
  mj_text_add(out, number);
}

static void put_hex(mj_text *out, const mj_cell *c) {
  for (int i = 0; i < c->n_bytes; i++) mj_text_format(out, "%02X", (unsigned)(unsigned char)c->text[i]);
}

/* A text that reads NULL is told from NULL. */
static const char *shown(rows *r, const mj_cell *c) {
  if (c->kind == MJ_CELL_NULL) return "NULL";
  if (c->kind == MJ_CELL_TEXT && !strcmp(c->text, "NULL")) return "'NULL'";
  if (c->kind == MJ_CELL_TEXT) return mj_arena_text(&r->arena, c->text, strlen(c->text));
  if (c->kind == MJ_CELL_BYTES) return mj_arena_format(&r->arena, "<%d bytes>", c->n_bytes);
  mj_text text = {0};
  put_number(&text, c);
  const char *kept = mj_arena_text(&r->arena, text.data, text.n);
  mj_text_reset(&text);
  return kept;
}

static mj_status keep_row(void *user, int n, const mj_cell *cell) {
  rows *r = user;
  if (r->n + n > r->cap) {
    int64_t cap = (r->cap + n) * 2;
    const char **grown = realloc(r->cell, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    r->cell = grown;
    r->cap = cap;
  }
  for (int i = 0; i < n; i++) {
    const char *text = r->cell[r->n++] = shown(r, &cell[i]);
    if (!text) return MJ_ENOMEM;
    size_t length = strlen(text);
    r->bytes += length + sizeof text;
    if (length > r->longest[i]) r->longest[i] = length;
    MJ_TRY(look_at_room(r));
    if (cell[i].kind == MJ_CELL_TEXT || cell[i].kind == MJ_CELL_BYTES) r->right[i] = false;
  }
  return MJ_OK;
}

/* NULL is nothing between the commas, an empty text "". */
static mj_status csv_row(void *user, int n, const mj_cell *cell) {
  rows *r = user;
  mj_text *out = r->out;
  for (int i = 0; i < n; i++) {
    const mj_cell *c = &cell[i];
    if (i) mj_text_add(out, ",");
    if (c->kind == MJ_CELL_BYTES) put_hex(out, c);
    else if (c->kind == MJ_CELL_TEXT && !*c->text) mj_text_add(out, "\"\"");
    else if (c->kind == MJ_CELL_TEXT) mj_text_csv(out, c->text);
    else if (c->kind != MJ_CELL_NULL) put_number(out, c);
    MJ_TRY(look_at_room(r));
  }
  mj_text_add(out, "\r\n");
  return out->failed ? MJ_ENOMEM : MJ_OK;
}

static mj_status json_row(void *user, int n, const mj_cell *cell) {
  rows *r = user;
  mj_text_add(r->out, r->n++ ? ",\n{" : "\n{");
  for (int i = 0; i < n; i++) {
    const mj_cell *c = &cell[i];
    if (i) mj_text_add(r->out, ", ");
    mj_text_json(r->out, r->heading[i]);
    mj_text_add(r->out, ": ");
    if (c->kind == MJ_CELL_NULL) mj_text_add(r->out, "null");
    else if (c->kind == MJ_CELL_TEXT) mj_text_json(r->out, c->text);
    else if (c->kind != MJ_CELL_BYTES) put_number(r->out, c);
    else {
      mj_text_add(r->out, "\"");
      put_hex(r->out, c);
      mj_text_add(r->out, "\"");
    }
    MJ_TRY(look_at_room(r));
  }
  mj_text_add(r->out, "}");
  return r->out->failed ? MJ_ENOMEM : MJ_OK;
}

static mj_status as_table(rows *r, mj_store *store, const char *sql, int n, mj_error *err) {
  r->right = calloc((size_t)n + 1, sizeof *r->right);
  r->longest = calloc((size_t)n + 1, sizeof *r->longest);
  if (!r->right || !r->longest) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int i = 0; i < n; i++) r->right[i] = true;
  mj_status s = mj_store_cells(store, sql, keep_row, r, err);
  size_t wide = 0;
  for (int i = 0; i < n; i++) wide += r->longest[i];
  if (!s && !r->options->width && n && wide > MOST_BYTES / (size_t)(r->n / n + 1)) {
    r->full = true;
    s = MJ_ERULE;
  }
  mj_grid grid = {n, r->heading, r->cell, r->right, n ? r->n / n : 0, 0, r->options->width};
  if (!s) mj_grid_put(r->out, &grid);
  return s;
}

static mj_status as_csv(rows *r, mj_store *store, const char *sql, int n, mj_error *err) {
  for (int i = 0; i < n; i++) {
    if (i) mj_text_add(r->out, ",");
    mj_text_csv(r->out, r->heading[i]);
  }
  mj_text_add(r->out, "\r\n");
  return mj_store_cells(store, sql, csv_row, r, err);
}

static mj_status as_json(rows *r, mj_store *store, const char *sql, int n, mj_error *err) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++)
      if (!strcmp(r->heading[i], r->heading[j]))
        return mj_fail(err, MJ_ERULE, "two columns of the result are named '%s'", r->heading[i]);
  mj_text_add(r->out, "[");
  mj_status s = mj_store_cells(store, sql, json_row, r, err);
  mj_text_add(r->out, "\n]\n");
  return s;
}

/* A folder stands for the GeoPackage in it. */
static mj_status open_store(const mj_query_options *o, mj_store **store, mj_error *err) {
  struct stat info;
  mj_text path = {0};
  bool folder = !stat(o->path, &info) && S_ISDIR(info.st_mode);
  mj_text_format(&path, "%s%s", o->path, folder ? "/mujun.gpkg" : "");
  mj_status s = path.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_store_open_file(path.data, store, err);
  if (!s) mj_store_timeout(*store, o->seconds);
  mj_text_reset(&path);
  return s;
}

mj_status mj_query(const mj_query_options *options, const char *sql, mj_text *out, mj_error *err) {
  mj_store *store = NULL;
  rows r = {.options = options, .out = out};
  mj_arena names = {.page_size = 4096};
  int n = 0;
  mj_status s = open_store(options, &store, err);
  if (!s) s = mj_store_headings(store, sql, &names, &r.heading, &n, err);
  if (!s && options->format == MJ_ROWS_CSV) s = as_csv(&r, store, sql, n, err);
  else if (!s && options->format == MJ_ROWS_JSON) s = as_json(&r, store, sql, n, err);
  else if (!s) s = as_table(&r, store, sql, n, err);
  if (r.full)
    s = mj_fail(err, s, "the rows take more than %d MiB; ask for fewer with WHERE or LIMIT, or for fewer columns",
                MOST_BYTES >> 20);
  if (s == MJ_ENOMEM || (!s && out->failed)) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_store_close(store);
  free(r.cell);
  free(r.right);
  free(r.longest);
  mj_arena_reset(&r.arena);
  mj_arena_reset(&names);
  return s;
}

/* ---- the tables ---- */

typedef struct {
  char table[256];
  mj_text sql; /* one SELECT a table: its name, its rows, its columns */
  mj_text columns;
} listing;

static void put_quoted(mj_text *out, const char *text, char quote) {
  mj_text_put(out, &quote, 1);
  for (const char *p = text; *p; p++) {
    if (*p == quote) mj_text_put(out, p, 1);
    mj_text_put(out, p, 1);
  }
  mj_text_put(out, &quote, 1);
}

static void end_table(listing *l) {
  if (!*l->table) return;
  mj_text_add(&l->sql, l->sql.n ? " UNION ALL SELECT " : "SELECT ");
  put_quoted(&l->sql, l->table, '\'');
  mj_text_add(&l->sql, " AS \"table\", (SELECT count(*) FROM ");
  put_quoted(&l->sql, l->table, '"');
  mj_text_add(&l->sql, ") AS rows, ");
  put_quoted(&l->sql, l->columns.data ? l->columns.data : "", '\'');
  mj_text_add(&l->sql, " AS columns");
  l->columns.n = 0;
}

static mj_status note_column(void *user, int n, const mj_cell *cell) {
  listing *l = user;
  (void)n;
  if (cell[0].kind != MJ_CELL_TEXT || cell[1].kind != MJ_CELL_TEXT) return MJ_OK;
  if (strcmp(l->table, cell[0].text) != 0) {
    end_table(l);
    strncpy(l->table, cell[0].text, sizeof l->table - 1);
  }
  mj_text_format(&l->columns, "%s%s", l->columns.n ? ", " : "", cell[1].text);
  return l->columns.failed || l->sql.failed ? MJ_ENOMEM : MJ_OK;
}

mj_status mj_query_tables(const mj_query_options *options, mj_text *out, mj_error *err) {
  mj_store *store = NULL;
  listing l = {0};
  mj_status s = open_store(options, &store, err);
  if (!s) s = mj_store_schema(store, note_column, &l, err);
  if (!s) end_table(&l);
  mj_store_close(store);
  if (s == MJ_ENOMEM || l.sql.failed || l.columns.failed) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && l.sql.n) s = mj_query(options, l.sql.data, out, err);
  mj_text_reset(&l.sql);
  mj_text_reset(&l.columns);
  return s;
}
