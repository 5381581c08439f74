#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "judge/run.h"

/* columns.def: what the rooms compute. */
static const mj_rb_field own_fields[] = {
#define COLUMN(layer, name, type, unit, decimals, zh, en, zh_text, en_text, room) \
  {#layer, #name, zh, en, type, unit, NULL},
#include "mujun/columns.def"
#undef COLUMN
};

const char *mj_rb_room_of(const char *parcel_column) {
  static const struct {
    const char *layer, *name, *room;
  } facts[] = {
#define COLUMN(layer, name, type, unit, decimals, zh, en, about_zh, about_en, room) {#layer, #name, #room},
#include "mujun/columns.def"
#undef COLUMN
  };
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
    if (!strcmp(facts[i].layer, "parcels") && !strcmp(facts[i].name, parcel_column)) return facts[i].room;
  return NULL;
}

static mj_type type_of(const char *word, size_t n) {
  static const struct {
    const char *word;
    mj_type type;
  } types[] = {{"num", MJ_F64}, {"int", MJ_I64}, {"date", MJ_DATE}, {"bool", MJ_TRI}};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (strlen(types[i].word) == n && !strncmp(types[i].word, word, n)) return types[i].type;
  return MJ_TEXT;
}

/* The first alias that is not ASCII: what a person calls the field. */
static const char *chinese_alias(mj_rb_run *run, const char *from, const char *end) {
  while (from < end) {
    const char *stop = memchr(from, '|', (size_t)(end - from));
    if (!stop) stop = end;
    if ((unsigned char)*from >= 0x80) return mj_arena_text(&run->arena, from, (size_t)(stop - from));
    from = stop + 1;
  }
  return NULL;
}

/* role,field,type,unit,aliases */
static mj_status read_line(mj_rb_run *run, const char *line, const char *end, mj_rb_field *out) {
  const char *part[6] = {line};
  int n = 1;
  for (const char *p = line; p < end && n < 5; p++)
    if (*p == ',') part[n++] = p + 1;
  if (n < 5) return MJ_EFORMAT;
  out->table = mj_arena_text(&run->arena, part[0], (size_t)(part[1] - part[0] - 1));
  out->name = mj_arena_text(&run->arena, part[1], (size_t)(part[2] - part[1] - 1));
  out->type = type_of(part[2], (size_t)(part[3] - part[2] - 1));
  out->unit = mj_arena_text(&run->arena, part[3], (size_t)(part[4] - part[3] - 1));
  out->zh = chinese_alias(run, part[4], end);
  out->en = out->name;
  if (!out->zh) out->zh = out->name;
  return out->table && out->name && out->unit ? MJ_OK : MJ_ENOMEM;
}

mj_status mj_rb_read_fields(mj_rb_run *run, mj_error *err) {
  const char *text = mj_embedded_fields[0].text, *end = text + mj_embedded_fields[0].n;
  int own = (int)(sizeof own_fields / sizeof *own_fields), most = own;
  for (const char *p = text; p < end; p++) most += *p == '\n';
  run->field = mj_arena_alloc(&run->arena, (size_t)most + 1, sizeof *run->field);
  if (!run->field) return mj_fail(err, MJ_ENOMEM, "out of memory");
  memcpy(run->field, own_fields, sizeof own_fields);
  run->n_fields = own;
  const char *line = memchr(text, '\n', (size_t)(end - text)); /* behind the header */
  for (line = line ? line + 1 : end; line < end;) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop) stop = end;
    if (stop > line) {
      mj_rb_field *f = &run->field[run->n_fields];
      mj_status status = read_line(run, line, stop, f);
      if (status) return mj_fail(err, status, "fields.csv: %s", mj_status_name(status));
      if (!mj_rb_find_field(run, f->table, f->name)) run->n_fields++;
    }
    line = stop + 1;
  }
  return MJ_OK;
}

const mj_rb_field *mj_rb_find_field(const mj_rb_run *run, const char *table, const char *name) {
  for (int i = 0; i < run->n_fields; i++)
    if (!strcmp(run->field[i].table, table) && !strcmp(run->field[i].name, name)) return &run->field[i];
  return NULL;
}

const mj_rb_fact *mj_rb_find_fact(const mj_rb_run *run, const char *name) {
  if (run->subject != MJ_PARCELS) return NULL; /* facts are columns of parcels */
  for (int i = 0; i < run->n_facts; i++)
    if (!strcmp(run->fact[i]->name, name)) return run->fact[i];
  return NULL;
}

const mj_column *mj_rb_column(const mj_rb_run *run, const char *name) {
  return mj_table_find(&run->view[run->subject], name);
}

bool mj_rb_is_null(const mj_column *column, int64_t row) { return !column->data || mj_column_is_null(column, row); }
