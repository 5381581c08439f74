#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

const char *mj__file_of(const mj_park *park, mj_table_id id, int64_t row) {
  const mj_source *of = NULL;
  int64_t last = 0;
  int files = 0;
  for (int32_t i = 0; i < park->n_sources; i++) {
    const mj_source *s = &park->sources[i];
    if (s->role != id) continue;
    files++;
    last += s->rows_kept;
    if (!of && row < last) of = s;
  }
  return files > 1 && of ? file_name(of->path) : NULL;
}

/* "enterprises (2024.csv)" where several files make up the table: the row number counts within its file. */
static const char *where(const mj_park *park, mj_table_id id, int64_t row, char *out, size_t size) {
  const char *file = mj__file_of(park, id, row);
  if (!file) return mj_table_id_name(id);
  snprintf(out, size, "%s (%s)", mj_table_id_name(id), file);
  return out;
}

static const char *identifier(const mj_table *t, mj_table_id id, int64_t row) {
  static const char *const keys[][2] = {[MJ_PARCELS] = {"parcel_id", ""},
                                        [MJ_BUILDINGS] = {"building_id", ""},
                                        [MJ_ENTERPRISES] = {"credit_code", "enterprise_name"}};
  for (int k = 0; k < 2; k++) {
    const char **name = mj_table_text(t, keys[id][k]);
    if (name && name[row]) return name[row];
  }
  return NULL;
}

mj_status mj__note(mj_park *park, mj_ledger_code code, mj_table_id id, int64_t row, const char *field,
                   const char *found, const char *expected) {
  const mj_table *t = &park->table[id];
  char layer[320];
  return mj_ledger_add(&park->ledger, (mj_ledger_entry){.code = code,
                                                        .layer = row < 0 ? mj_table_id_name(id)
                                                                         : where(park, id, row, layer, sizeof layer),
                                                        .id = row < 0 ? NULL : identifier(t, id, row),
                                                        .row = row < 0         ? 0
                                                               : t->source_row ? t->source_row[row]
                                                                               : row + 1,
                                                        .field = field,
                                                        .found = found,
                                                        .expected = expected});
}
