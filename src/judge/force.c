#include <stdio.h>
#include <string.h>

#include "base/codes.h"
#include "base/text.h"
#include "judge/run.h"

/* The rulebook is not in force on the reference date. */
static mj_status note_date(mj_park *park, const mj_rulebook *book, mj_error *err) {
  char as_of[11], from[11], to[11];
  mj_date_format(park->project.as_of, as_of);
  mj_date_format(book->from, from);
  mj_date_format(book->to, to);
  const char *span = mj_arena_format(&park->arena, "%s..%s", from, to);
  mj_ledger_entry e = {
      .code = MJ_L_RULEBOOK_OUT_OF_FORCE, .layer = "rules", .id = book->code, .found = as_of, .expected = span};
  return span && !mj_ledger_add(&park->ledger, e) ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

static bool inside(const mj_rulebook *book, const char *code) {
  for (int i = 0; i < book->n_areas; i++)
    if (!strncmp(code, book->area[i], strlen(book->area[i]))) return true;
  return false;
}

/* Parcels whose code names a division outside the rulebook's area. Codes that name none say nothing. */
static mj_status note_place(mj_park *park, const mj_rulebook *book, mj_error *err) {
  const mj_table *parcels = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(parcels, "parcel_id"), *first = NULL;
  int64_t away = 0, coded = 0;
  for (int64_t i = 0; id && book->n_areas && i < parcels->n; i++) {
    if (!id[i] || mj_parcel_code_check(id[i]) != MJ_PARCEL_FINE) continue;
    coded++;
    if (inside(book, id[i])) continue;
    if (!away++) first = id[i];
  }
  if (!away) return MJ_OK;
  mj_text area = {0};
  for (int i = 0; i < book->n_areas; i++) mj_text_format(&area, "%s%s", i ? ", " : "", book->area[i]);
  char *found = mj_arena_format(&park->arena, "%.*s (%lld / %lld)", MJ_DIVISION_CODE, first, (long long)away,
                                (long long)coded),
       *expected = area.failed ? NULL : mj_arena_text(&park->arena, area.data, area.n);
  mj_text_reset(&area);
  mj_ledger_entry e = {
      .code = MJ_L_RULEBOOK_ELSEWHERE, .layer = "rules", .id = book->code, .found = found, .expected = expected};
  return found && expected && !mj_ledger_add(&park->ledger, e) ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_rb_note_force(mj_rb_run *run, mj_error *err) {
  mj_park *park = run->park;
  for (int32_t i = 0; i < park->n_rulebooks; i++) {
    const mj_rulebook *book = park->rulebooks[i];
    if (!mj_rb_in_force(book, park->project.as_of)) MJ_TRY(note_date(park, book, err));
    else MJ_TRY(note_place(park, book, err));
  }
  return MJ_OK;
}
