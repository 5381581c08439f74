#include "intake/code_tally.h"

#include <stdio.h>

#include "base/text.h"

void mj_tally_add(mj_tally *tally, int64_t row, const char *found, const char *expected) {
  if (tally->n < MJ_LEDGER_FEW) {
    tally->few[tally->n].row = row;
    tally->few[tally->n].found = found;
    tally->few[tally->n].expected = expected;
  }
  tally->n++;
}

mj_status mj_range_note(mj_park *park, const mj_range *range, mj_ledger_code code, const char *field, const char *found,
                        const char *expected) {
  return mj_ledger_add(
      &park->ledger,
      (mj_ledger_entry){.code = code, .layer = range->label, .field = field, .found = found, .expected = expected});
}

mj_status mj_range_note_many(mj_park *park, const mj_range *range, mj_ledger_code code, const char *field,
                             const char *example, int64_t n, const char *expected) {
  char found[160];
  if (!example) example = "";
  snprintf(found, sizeof found, "%.*s (%lld)", (int)mj_utf8_cut(example, 120), example, (long long)n);
  return mj_range_note(park, range, code, field, found, expected);
}

mj_status mj_tally_end(mj_tally *tally) {
  const mj_table *t = &tally->park->table[tally->range->role];
  for (int64_t i = 0; tally->n <= MJ_LEDGER_FEW && i < tally->n; i++) {
    int64_t row = tally->few[i].row;
    mj_ledger_entry e = {.code = tally->code,
                         .layer = tally->range->label,
                         .id = mj_row_id(t, tally->range->role, row),
                         .row = mj_table_source_row(t, row),
                         .field = tally->field,
                         .found = tally->few[i].found,
                         .expected = tally->few[i].expected};
    MJ_TRY(mj_ledger_add(&tally->park->ledger, e));
  }
  if (tally->n <= MJ_LEDGER_FEW) return MJ_OK;
  return mj_range_note_many(tally->park, tally->range, tally->code, tally->field, tally->few[0].found, tally->n,
                            tally->few[0].expected);
}

const char *mj_row_id(const mj_table *table, mj_table_id role, int64_t row) {
  static const char *const own[MJ_ROLE_END] = {[MJ_PARCELS] = "parcel_id",     [MJ_ZONES] = "zone",
                                               [MJ_BUILDINGS] = "building_id", [MJ_PLAN_UNITS] = "plan_id",
                                               [MJ_FACTORY_UNITS] = "unit_id", [MJ_PROJECTS] = "project_id",
                                               [MJ_CONTRACTS] = "contract_id"};
  const char *const names[] = {own[role], "credit_code", "enterprise_name"};
  for (int i = 0; i < 3; i++) {
    const char **text = names[i] ? mj_table_text(table, names[i]) : NULL;
    if (text && text[row]) return text[row];
  }
  return NULL;
}
