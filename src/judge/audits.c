#include <math.h>
#include <string.h>

#include "judge/measures.h"

/* Half of it agrees to the last bit in decimal, not in binary: 0.05 stated as a tolerance includes 0.05. */
static const double ROUNDING = 1e-12;

static const char *finding_of(const mj_rb_audit *a, double policy, double against) {
  if (isnan(policy) || (a->against.sql && isnan(against))) return NULL;
  if (!a->against.sql) return "stated";
  return fabs(policy - against) <= (a->tolerance + ROUNDING) * fabs(against) ? "agrees" : "disagrees";
}

static void write_audit(mj_rb_run *run, const mj_rb_audit *a, const char *called, const mj_rb_measure *m, int64_t row) {
  mj_table *t = &run->park->table[MJ_AUDITS];
  mj_lang lang = run->park->project.lang;
  double policy = m[0].value, against = m[1].value;
  mj_table_text(t, "audit")[row] = a->code;
  mj_table_text(t, "rulebook")[row] = called;
  mj_table_text(t, "text")[row] = mj_rb_say(a->text, lang);
  mj_table_f64(t, "policy_value")[row] = policy;
  mj_table_f64(t, "against_value")[row] = against;
  mj_table_f64(t, "difference")[row] = against != 0 ? policy / against - 1 : (double)NAN;
  mj_table_f64(t, "park_value")[row] = m[2].value;
  mj_table_text(t, "unit")[row] = mj_rb_unit(a->unit ? a->unit : "", lang);
  mj_table_text(t, "finding")[row] = finding_of(a, policy, against);
}

mj_status mj_rb_audits_list(mj_rb_run *run, mj_rb_measures *m, mj_error *err) {
  for (int32_t b = 0; b < run->park->n_rulebooks; b++) {
    const mj_rulebook *book = run->park->rulebooks[b];
    for (int i = 0; i < 3 * book->n_audits; i++) {
      const mj_rb_audit *a = &book->audit[i / 3];
      const mj_rb_sql *const at[] = {&a->policy, &a->against, &a->park};
      mj_rb_measure one = {.book = book, .kind = "audit", .code = a->code, .at = at[i % 3], .constant = i % 3 < 2};
      MJ_TRY(mj_rb_measures_add(run, m, one, err));
    }
  }
  return MJ_OK;
}

mj_status mj_rb_audits(mj_rb_run *run, const mj_rb_measure *m, mj_error *err) {
  const mj_park *park = run->park;
  int64_t rows = 0;
  for (int32_t b = 0; b < park->n_rulebooks; b++) rows += park->rulebooks[b]->n_audits;
  if (!rows) return MJ_OK;
  MJ_TRY(mj_park_new_table(run->park, MJ_AUDITS, rows, err));
  rows = 0;
  for (int32_t b = 0; b < park->n_rulebooks; b++) {
    const mj_rulebook *book = park->rulebooks[b];
    const char *called = mj_arena_format(&run->park->arena, "%s %s", book->code, book->version);
    if (!called) return mj_fail(err, MJ_ENOMEM, "out of memory");
    for (int i = 0; i < book->n_audits; i++, m += 3) write_audit(run, &book->audit[i], called, m, rows++);
  }
  return MJ_OK;
}
