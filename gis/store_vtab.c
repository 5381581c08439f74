#include "gis/store_vtab.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  sqlite3_vtab base;
  mj_view *view;
} columns_vtab;

typedef struct {
  sqlite3_vtab_cursor base;
  const mj_view *view;
  const mj_text_index *chain; /* walks one chain of an index, or NULL: a scan */
  const int32_t *grouped;     /* a scan in this order, or NULL */
  int64_t at, end, row;
} columns_cursor;

static bool name_taken(const mj_view *view, const char *name) {
  if (!sqlite3_stricmp(name, "rowid") || !sqlite3_stricmp(name, "oid") || !sqlite3_stricmp(name, "_rowid_"))
    return true;
  for (int i = 0; i < view->n_columns; i++)
    if (!sqlite3_stricmp(view->column[i]->name, name)) return true;
  return false;
}

mj_status mj_view_columns(mj_view *view) {
  const mj_table *t = view->table;
  size_t n = (size_t)t->n_columns + 1;
  for (int i = 0; view->index && i < view->n_columns; i++) {
    free(view->index[i].head);
    free(view->index[i].next);
  }
  mj_view_ungroup(view);
  free(view->column);
  free(view->index);
  free(view->can_group);
  view->n_columns = 0;
  view->column = calloc(n, sizeof *view->column);
  view->index = calloc(n, sizeof *view->index);
  view->can_group = malloc(n);
  if (!view->column || !view->index || !view->can_group) return MJ_ENOMEM;
  memset(view->can_group, MJ_UNKNOWN, n);
  for (int own = 1; own >= 0; own--) /* SQL names have no case: a column of ours hides the input's */
    for (int32_t i = 0; i < t->n_columns; i++)
      if (t->columns[i]->from_source != own && !name_taken(view, t->columns[i]->name))
        view->column[view->n_columns++] = t->columns[i];
  return MJ_OK;
}

static const char *sql_type(mj_type type) {
  switch (type) {
    case MJ_F64:
      return "REAL";
    case MJ_I64:
    case MJ_TRI:
      return "INTEGER";
    default:
      return "TEXT";
  }
}

static int columns_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                           char **message) {
  (void)argc, (void)argv, (void)message;
  mj_view *view = aux;
  sqlite3_str *sql = sqlite3_str_new(db);
  sqlite3_str_appendall(sql, "CREATE TABLE x(");
  for (int i = 0; i < view->n_columns; i++)
    sqlite3_str_appendf(sql, "%s\"%w\" %s", i ? "," : "", view->column[i]->name, sql_type(view->column[i]->type));
  sqlite3_str_appendall(sql, view->n_columns ? ")" : "\"\" HIDDEN)"); /* SQLite wants at least one column */
  char *text = sqlite3_str_finish(sql);
  view->declaring = true;
  int rc = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
  view->declaring = false;
  sqlite3_free(text);
  if (rc) return rc;
  columns_vtab *vtab = sqlite3_malloc(sizeof *vtab);
  if (!vtab) return SQLITE_NOMEM;
  *vtab = (columns_vtab){.view = view};
  *out = &vtab->base;
  return SQLITE_OK;
}

static int columns_disconnect(sqlite3_vtab *base) {
  sqlite3_free(base);
  return SQLITE_OK;
}

static bool all_rows(const mj_view *view) { return !view->visit && view->first == 0 && view->last >= view->table->n; }

/* GROUP BY columns is given its rows group by group, which spares SQLite a sort of everything that is summed. */
static bool can_group(const mj_view *view, sqlite3_index_info *info) {
  bool can = info->nOrderBy > 0 && info->nOrderBy <= MJ_GROUPED_BY && all_rows(view) && view->table->n < INT32_MAX &&
             sqlite3_vtab_distinct(info) == 1;
  for (int i = 0; can && i < info->nOrderBy; i++)
    can = !info->aOrderBy[i].desc && mj_view_can_group(view, info->aOrderBy[i].iColumn);
  return can;
}

/* Their numbers are the text of the plan. */
static int group_plan(sqlite3_index_info *info) {
  sqlite3_str *plan = sqlite3_str_new(NULL);
  for (int i = 0; i < info->nOrderBy; i++) sqlite3_str_appendf(plan, "%d ", info->aOrderBy[i].iColumn);
  info->idxStr = sqlite3_str_finish(plan);
  info->needToFreeIdxStr = 1;
  info->idxNum = -info->nOrderBy;
  info->orderByConsumed = 1;
  return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static const int32_t *grouped_rows(mj_view *view, const char *plan, int n) {
  int column[MJ_GROUPED_BY];
  for (int i = 0; i < n; i++) {
    column[i] = atoi(plan);
    plan = strchr(plan, ' ') + 1;
  }
  return mj_view_group(view, column, n);
}

/* The first equality that can be used with a column of the type; -1: none. */
static int find_equality(const mj_view *view, sqlite3_index_info *info, mj_type type) {
  for (int i = 0; i < info->nConstraint; i++) {
    int column = info->aConstraint[i].iColumn;
    if (!info->aConstraint[i].usable || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (column < 0 || column >= view->n_columns || view->column[column]->type != type) continue;
    if (type != MJ_TEXT || !sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY")) return i;
  }
  return -1;
}

/* Plan 0 is a scan; plan c + 1 looks up column c, a text or a year; plan -n scans grouped by the n columns of the
 * plan's text. SQLite tests an equality again, so a lookup may give more. One of a year is said to cost what a scan
 * does: it finds no row that a join should begin with. */
static int columns_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const mj_view *view = ((columns_vtab *)base)->view;
  double n = (double)view->table->n + 1;
  info->estimatedCost = n;
  info->estimatedRows = (sqlite3_int64)n;
  int text = find_equality(view, info, MJ_TEXT), number = find_equality(view, info, MJ_I64);
  if (text >= 0) {
    info->aConstraintUsage[text].argvIndex = 1;
    info->idxNum = info->aConstraint[text].iColumn + 1;
    info->estimatedCost = 10;
    info->estimatedRows = 4;
    return SQLITE_OK;
  }
  if (can_group(view, info)) return group_plan(info);
  if (number >= 0 && mj_view_can_group(view, info->aConstraint[number].iColumn)) {
    info->aConstraintUsage[number].argvIndex = 1;
    info->idxNum = info->aConstraint[number].iColumn + 1;
  }
  return SQLITE_OK;
}

static int columns_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  columns_cursor *cursor = sqlite3_malloc(sizeof *cursor);
  if (!cursor) return SQLITE_NOMEM;
  *cursor = (columns_cursor){.view = ((columns_vtab *)base)->view};
  *out = &cursor->base;
  return SQLITE_OK;
}

static int columns_close(sqlite3_vtab_cursor *base) {
  sqlite3_free(base);
  return SQLITE_OK;
}

static void set_row(columns_cursor *c) {
  if (c->chain || c->at >= c->end) return;
  c->row = c->grouped ? c->grouped[c->at] : c->view->visit ? c->view->visit[c->at] : c->at;
}

/* Rows with the whole number lie side by side among those grouped by its column. False: to be scanned. */
static bool look_up_number(columns_cursor *c, mj_view *view, int column, sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  double number = sqlite3_value_double(value);
  if ((type != SQLITE_INTEGER && type != SQLITE_FLOAT) || !(fabs(number) < 9e15)) return false;
  const int32_t *rows = all_rows(view) ? mj_view_group(view, &column, 1) : NULL;
  if (!rows) return false;
  c->grouped = rows;
  c->at = mj_view_first(view, column, rows, number);
  c->end = mj_view_first(view, column, rows, number + 1);
  set_row(c);
  return true;
}

static int columns_filter(sqlite3_vtab_cursor *base, int plan, const char *plan_text, int argc, sqlite3_value **argv) {
  columns_cursor *c = (columns_cursor *)base;
  mj_view *view = ((columns_vtab *)base->pVtab)->view;
  c->chain = NULL;
  c->grouped = NULL;
  if (plan < 0 && !(c->grouped = grouped_rows(view, plan_text, -plan))) return SQLITE_NOMEM;
  if (plan > 0 && argc == 1 && sqlite3_value_type(argv[0]) == SQLITE_NULL) { /* equal to no row: no scan to find that */
    c->at = c->end = 0;
    return SQLITE_OK;
  }
  if (plan > 0 && argc == 1 && view->column[plan - 1]->type == MJ_I64 && look_up_number(c, view, plan - 1, argv[0]))
    return SQLITE_OK;
  /* a number against a text column is compared as text after conversion: leave that to SQLite and scan */
  if (plan > 0 && argc == 1 && view->column[plan - 1]->type == MJ_TEXT && all_rows(view) &&
      sqlite3_value_type(argv[0]) == SQLITE_TEXT && mj_view_index(view, plan - 1)) {
    c->chain = &view->index[plan - 1];
    c->row = mj_text_index_first(c->chain, (const char *)sqlite3_value_text(argv[0]));
    return SQLITE_OK;
  }
  c->at = view->first;
  c->end = view->visit || view->last < view->table->n ? view->last : view->table->n;
  set_row(c);
  return SQLITE_OK;
}

static int columns_next(sqlite3_vtab_cursor *base) {
  columns_cursor *c = (columns_cursor *)base;
  if (c->chain) {
    c->row = c->chain->next[c->row];
  } else {
    c->at++;
    set_row(c);
  }
  return SQLITE_OK;
}

static int columns_eof(sqlite3_vtab_cursor *base) {
  const columns_cursor *c = (const columns_cursor *)base;
  return c->chain ? c->row < 0 : c->at >= c->end;
}

/* A day's text is written when it is first asked for and then stands: SQLite need not copy it. */
static void result_date(sqlite3_context *out, mj_day_text *day, int32_t date) {
  char text[11];
  int64_t at = (int64_t)date - MJ_FIRST_DAY;
  bool common = day && at >= 0 && at < MJ_COMMON_DAYS;
  char *here = common ? day[at].text : text;
  if (!common || !*here) mj_date_format(date, here);
  if (*here) sqlite3_result_text(out, here, -1, common ? SQLITE_STATIC : SQLITE_TRANSIENT);
}

static int columns_column(sqlite3_vtab_cursor *base, sqlite3_context *out, int i) {
  const columns_cursor *c = (const columns_cursor *)base;
  if (i >= c->view->n_columns) return SQLITE_OK;
  const mj_column *column = c->view->column[i];
  int64_t row = c->row;
  if (!column->data) return SQLITE_OK; /* a column known by name only: NULL */
  switch (column->type) {
    case MJ_F64:
      sqlite3_result_double(out, column->f64[row]); /* NaN becomes NULL */
      break;
    case MJ_I64:
      if (column->i64[row] != MJ_I64_NULL) sqlite3_result_int64(out, column->i64[row]);
      break;
    case MJ_TEXT:
      if (column->text[row]) sqlite3_result_text(out, column->text[row], -1, SQLITE_STATIC);
      break;
    case MJ_DATE:
      if (column->date[row] != MJ_DATE_NULL) result_date(out, c->view->day, column->date[row]);
      break;
    case MJ_TRI:
      if (column->tri[row] != MJ_UNKNOWN) sqlite3_result_int(out, column->tri[row]);
      break;
  }
  return SQLITE_OK;
}

static int columns_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  *rowid = ((const columns_cursor *)base)->row + 1;
  return SQLITE_OK;
}

/* No xCreate: the module's name is itself a table, and the database holds nothing that could be written. */
static const sqlite3_module columns_module = {
    .xConnect = columns_connect,
    .xBestIndex = columns_best_index,
    .xDisconnect = columns_disconnect,
    .xOpen = columns_open,
    .xClose = columns_close,
    .xFilter = columns_filter,
    .xNext = columns_next,
    .xEof = columns_eof,
    .xColumn = columns_column,
    .xRowid = columns_rowid,
};

int mj_view_register(void *db, mj_view *view) {
  return sqlite3_create_module_v2(db, view->name, &columns_module, view, NULL);
}
