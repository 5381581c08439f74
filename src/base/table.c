#include "mujun/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/bare_table.h"

mj_status mj_table_init(mj_table *table, const char *name, int64_t n) {
  *table = (mj_table){.n = n};
  table->name = mj_arena_text(&table->arena, name, strlen(name));
  return table->name ? MJ_OK : MJ_ENOMEM;
}

void mj_table_reset(mj_table *table) {
  free(table->columns);
  mj_geom_reset(&table->geom);
  mj_arena_reset(&table->arena);
  *table = (mj_table){0};
}

static size_t size_of(mj_type type) {
  switch (type) {
    case MJ_F64:
      return sizeof(double);
    case MJ_I64:
      return sizeof(int64_t);
    case MJ_TEXT:
      return sizeof(char *);
    case MJ_DATE:
      return sizeof(int32_t);
    default:
      return 1;
  }
}

static void fill_null(mj_column *column, int64_t first, int64_t last) {
  switch (column->type) {
    case MJ_F64:
      for (int64_t i = first; i < last; i++) column->f64[i] = (double)NAN;
      break;
    case MJ_I64:
      for (int64_t i = first; i < last; i++) column->i64[i] = MJ_I64_NULL;
      break;
    case MJ_DATE:
      for (int64_t i = first; i < last; i++) column->date[i] = MJ_DATE_NULL;
      break;
    case MJ_TRI:
      memset(column->tri + first, MJ_UNKNOWN, (size_t)(last - first));
      break;
    default:
      break; /* the arena gives zeroed bytes: NULL pointers */
  }
}

static mj_column *column_new(mj_table *table, const char *name, mj_type type) {
  mj_column *column = mj_arena_alloc(&table->arena, 1, sizeof *column);
  if (!column) return NULL;
  column->type = type;
  column->name = mj_arena_text(&table->arena, name, strlen(name));
  column->data = mj_arena_alloc(&table->arena, (size_t)table->n + 1, size_of(type));
  return column->name && column->data ? column : NULL;
}

mj_column *mj_table_add_bare(mj_table *table, const char *name, mj_type type) {
  if (table->n_columns == table->cap_columns) {
    int32_t cap = table->cap_columns ? table->cap_columns * 2 : 32;
    mj_column **grown = realloc(table->columns, (size_t)cap * sizeof *grown);
    if (!grown) return NULL;
    table->columns = grown;
    table->cap_columns = cap;
  }
  mj_column *column = column_new(table, name, type);
  if (column) table->columns[table->n_columns++] = column;
  return column;
}

mj_column *mj_table_add(mj_table *table, const char *name, mj_type type) {
  mj_column *column = mj_table_find(table, name);
  if (column) return column->type == type ? column : NULL;
  column = mj_table_add_bare(table, name, type);
  if (column) fill_null(column, 0, table->n);
  return column;
}

void mj_table_clear(mj_table *table, int64_t first, int64_t last) {
  for (int32_t i = 0; i < table->n_columns; i++) fill_null(table->columns[i], first, last);
}

mj_column *mj_table_find(const mj_table *table, const char *name) {
  for (int32_t i = 0; i < table->n_columns; i++)
    if (!strcmp(table->columns[i]->name, name)) return table->columns[i];
  return NULL;
}

static void *typed(const mj_table *table, const char *name, mj_type type) {
  mj_column *column = mj_table_find(table, name);
  return column && column->type == type ? column->data : NULL;
}

double *mj_table_f64(const mj_table *table, const char *name) { return typed(table, name, MJ_F64); }
int64_t *mj_table_i64(const mj_table *table, const char *name) { return typed(table, name, MJ_I64); }
const char **mj_table_text(const mj_table *table, const char *name) { return typed(table, name, MJ_TEXT); }
int32_t *mj_table_date(const mj_table *table, const char *name) { return typed(table, name, MJ_DATE); }
uint8_t *mj_table_tri(const mj_table *table, const char *name) { return typed(table, name, MJ_TRI); }

int64_t mj_table_source_row(const mj_table *table, int64_t row) {
  return table->source_row ? table->source_row[row] : row + 1;
}

bool mj_column_is_null(const mj_column *column, int64_t row) {
  switch (column->type) {
    case MJ_F64:
      return isnan(column->f64[row]);
    case MJ_I64:
      return column->i64[row] == MJ_I64_NULL;
    case MJ_TEXT:
      return !column->text[row];
    case MJ_DATE:
      return column->date[row] == MJ_DATE_NULL;
    default:
      return column->tri[row] == MJ_UNKNOWN;
  }
}
