#include "measure/measure.h"

mj_status mj__note(mj_park *park, mj_ledger_code code, mj_table_id id, int64_t row, const char *field,
                   const char *found, const char *expected) {
  char layer[MJ_WHERE];
  return mj_ledger_add(&park->ledger,
                       (mj_ledger_entry){.code = code,
                                         .layer = row < 0 ? mj_table_id_name(id) : mj_park_where(park, id, row, layer),
                                         .id = row < 0 ? NULL : mj_park_identifier(park, id, row),
                                         .row = row < 0 ? 0 : mj_table_source_row(&park->table[id], row),
                                         .field = field,
                                         .found = found,
                                         .expected = expected});
}
