#include "intake/code_checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "base/embed.h"
#include "base/parallel.h"
#include "intake/industry.h"
#include "intake/land_use_class.h"

/* ---- parcels ---- */

enum { DIVISIONS = 64 };

/* Divisions that the codes of a layer name, by how many parcels. */
typedef struct {
  int code[DIVISIONS];
  int64_t rows[DIVISIONS];
  int n;
} divisions;

static bool is_whole(const char *code) {
  mj_parcel_fault fault = mj_parcel_code_check(code);
  return fault != MJ_PARCEL_LENGTH && fault != MJ_PARCEL_DIGITS;
}

static int division_of(const char *code) {
  int v = 0;
  for (int i = 0; i < MJ_DIVISION_CODE; i++) v = v * 10 + code[i] - '0';
  return v;
}

static void count_division(divisions *d, int code) {
  int i = 0;
  while (i < d->n && d->code[i] != code) i++;
  if (i == DIVISIONS) return;
  if (i == d->n) d->code[d->n++] = code;
  d->rows[i]++;
}

static int commonest(const divisions *d) {
  int best = 0;
  for (int i = 1; i < d->n; i++)
    if (d->rows[i] > d->rows[best]) best = i;
  return d->n ? d->code[best] : 0;
}

/* "350502 鲤城区"; the digits alone where the small table has no such division. */
static const char *division_text(mj_park *park, int code) {
  char key[16];
  int n = snprintf(key, sizeof key, "\n%06d,", code);
  const char *at = strstr(mj_embedded_divisions[0].text, key);
  if (!at) return mj_arena_format(&park->arena, "%06d", code);
  const char *zh = at + n, *en = zh + strcspn(zh, ",") + 1, *name = park->project.lang == MJ_ZH ? zh : en;
  return mj_arena_format(&park->arena, "%06d %.*s", code, (int)strcspn(name, ","), name);
}

static mj_status check_divisions(mj_park *park, const mj_range *range, const char *const *id) {
  divisions d = {0};
  mj_tally other = {.park = park, .range = range, .field = "parcel_id", .code = MJ_L_PARCEL_CODE_DIVISION};
  for (int64_t i = range->first; i < range->first + range->n; i++)
    if (id[i] && is_whole(id[i])) count_division(&d, division_of(id[i]));
  if (d.n < 2) return MJ_OK;
  int usual = commonest(&d);
  const char *expected = division_text(park, usual), *found[DIVISIONS];
  for (int k = 0; k < d.n; k++)
    if (!(found[k] = division_text(park, d.code[k]))) return MJ_ENOMEM;
  for (int64_t i = range->first; i < range->first + range->n; i++) {
    if (!id[i] || !is_whole(id[i]) || division_of(id[i]) == usual) continue;
    int k = 0;
    while (k < d.n && d.code[k] != division_of(id[i])) k++;
    mj_tally_add(&other, i, k < d.n ? found[k] : id[i], expected);
  }
  return expected ? mj_tally_end(&other) : MJ_ENOMEM;
}

/* Codes of their own that somebody numbers parcels with are no fault; a wrong one among the national ones is. */
static mj_status check_parcels(mj_park *park, const mj_range *range) {
  const char *const *id = (const char *const *)mj_table_text(&park->table[MJ_PARCELS], "parcel_id");
  mj_tally wrong = {.park = park, .range = range, .field = "parcel_id", .code = MJ_L_PARCEL_CODE_FORM};
  int64_t rows = 0, long_enough = 0;
  const char *own = NULL;
  for (int64_t i = range->first; id && i < range->first + range->n; i++) {
    if (!id[i]) continue;
    size_t n = strlen(id[i]);
    bool fits = n == MJ_PARCEL_CODE || n == MJ_UNIT_CODE;
    rows++;
    long_enough += fits;
    if (!fits && !own) own = id[i];
    mj_parcel_fault fault = mj_parcel_code_check(id[i]);
    if (fault) mj_tally_add(&wrong, i, id[i], mj_parcel_fault_text(fault));
  }
  if (!rows) return MJ_OK;
  if (mj_mostly_codes(long_enough, rows)) {
    MJ_TRY(mj_tally_end(&wrong));
    return check_divisions(park, range, id);
  }
  return mj_range_note_many(park, range, MJ_L_CODE_OWN, "parcel_id", own, rows - long_enough,
                            mj_parcel_fault_text(MJ_PARCEL_LENGTH));
}

/* ---- enterprises ---- */

/* The faults of one column of credit codes. */
typedef struct {
  mj_park *park;
  const char **code; /* NULL: there is no such column */
  int64_t first;     /* row of the range */
  uint8_t *fault;    /* [rows of the range] mj_credit_fault, of those that have a code */
  mj_tally form, check;
  int64_t rows, known; /* with a value; of a length that some register gives */
  const char *own;
} credits;

static const char *last_character(credits *c, mj_credit_fault fault, char expected) {
  mj_lang lang = c->park->project.lang;
  return fault == MJ_CREDIT_CHECK ? mj_arena_format(&c->park->arena, mj_tr(lang, "%c as the last character"), expected)
                                  : mj_arena_format(&c->park->arena, mj_tr(lang, "%c as character 17"), expected);
}

static mj_status judge_range(void *ctx, int64_t first, int64_t last, int worker) {
  credits *c = ctx;
  char expected;
  (void)worker;
  for (int64_t i = first; i < last; i++)
    if (c->code[c->first + i]) c->fault[i] = (uint8_t)mj_credit_code_check(c->code[c->first + i], &expected);
  return MJ_OK;
}

/* An owner may be a person, whose number is nobody's business here: it is neither doubted nor shown. */
static mj_status tell_credit(credits *c, int64_t row, mj_credit_fault fault, bool owner) {
  const char *code = c->code[row], *text = "";
  char expected;
  c->rows++;
  c->known += fault != MJ_CREDIT_LENGTH;
  if (fault == MJ_CREDIT_LENGTH && !c->own) c->own = code;
  if (!fault || (owner && fault == MJ_CREDIT_PERSON)) return MJ_OK;
  if (fault != MJ_CREDIT_CHECK && fault != MJ_CREDIT_INNER) {
    mj_tally_add(&c->form, row, fault == MJ_CREDIT_PERSON ? "******************" : code, mj_credit_fault_text(fault));
    return MJ_OK;
  }
  if (c->check.n < MJ_LEDGER_FEW) {
    fault = mj_credit_code_check(code, &expected);
    text = last_character(c, fault, expected);
  }
  mj_tally_add(&c->check, row, code, text);
  return text ? MJ_OK : MJ_ENOMEM;
}

static mj_status tell_credits(credits *c, const mj_range *range, const char *field) {
  for (int64_t i = 0; i < range->n; i++)
    if (c->code[c->first + i])
      MJ_TRY(tell_credit(c, c->first + i, (mj_credit_fault)c->fault[i], range->role == MJ_PARCELS));
  if (!c->rows) return MJ_OK;
  if (mj_mostly_codes(c->known, c->rows)) {
    MJ_TRY(mj_tally_end(&c->form));
    return mj_tally_end(&c->check);
  }
  return mj_range_note_many(c->park, range, MJ_L_CODE_OWN, field, c->own, c->rows - c->known,
                            mj_credit_fault_text(MJ_CREDIT_LENGTH));
}

/* Codes are judged on all threads, and told in the order of rows. */
static mj_status check_credits(mj_park *park, const mj_range *range, const char *field) {
  enum { CHUNK = 16384 };
  credits c = {.park = park,
               .code = mj_table_text(&park->table[range->role], field),
               .first = range->first,
               .form = {.park = park, .range = range, .field = field, .code = MJ_L_CREDIT_CODE_FORM},
               .check = {.park = park, .range = range, .field = field, .code = MJ_L_CREDIT_CODE_CHECK}};
  if (!c.code) return MJ_OK;
  c.fault = malloc((size_t)range->n + 1);
  mj_status status = c.fault ? mj_parallel(park->project.threads, range->n, CHUNK, judge_range, &c) : MJ_ENOMEM;
  if (!status) status = tell_credits(&c, range, field);
  free(c.fault);
  return status;
}

/* ---- all of them ---- */

static mj_status check_file(mj_park *park, const mj_industries *industries, const mj_range *range) {
  mj_table_id role = range->role;
  if (role == MJ_PARCELS) {
    MJ_TRY(check_parcels(park, range));
    MJ_TRY(check_credits(park, range, "owner_code"));
  } else {
    MJ_TRY(check_credits(park, range, "credit_code"));
  }
  return mj_industry_check(park, industries, range);
}

mj_status mj_codes_check(mj_park *park, mj_part *const *part, const int *first, mj_error *err) {
  mj_industries industries;
  MJ_TRY(mj_industries_open(&industries, err));
  mj_range *range = calloc((size_t)first[MJ_ROLE_END] + 1, sizeof *range);
  mj_status status = range ? MJ_OK : MJ_ENOMEM;
  for (int role = 0; !status && role < MJ_ROLE_END; role++) {
    int64_t at = 0;
    for (int i = first[role]; !status && i < first[role + 1]; i++) {
      range[i] = (mj_range){.role = (mj_table_id)role, .label = part[i]->label, .first = at, .n = part[i]->table.n};
      at += part[i]->table.n;
      status = check_file(park, &industries, &range[i]);
    }
  }
  if (status) status = mj_fail(err, status, "out of memory");
  else status = mj_land_use_classify(park, range, first[MJ_PARCELS + 1], err);
  free(range);
  return status;
}
