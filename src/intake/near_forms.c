#include <stdatomic.h>
#include <string.h>

#include "base/codes.h"
#include "base/parallel.h"
#include "intake/near_find.h"

/* Keys that are the same in some normal form. The misses are few beside the reference: their forms are kept, and the
 * reference's are looked up among them, all grounds in one pass. */

enum { NOBODY = -1, SEVERAL = -2 };

/* The grounds, the surest first. */
static const mj_near_reason grounds[] = {MJ_NEAR_FORM, MJ_NEAR_UNIT, MJ_NEAR_LOOKALIKE, MJ_NEAR_ZEROS};
enum { GROUNDS = sizeof grounds / sizeof *grounds };

/* The forms that the misses have by one ground. */
typedef struct {
  mj_keymap forms;
  int32_t *of;            /* [misses] number of its form, -1: none */
  _Atomic int32_t *found; /* [forms] the only reference key that has it, or NOBODY, SEVERAL */
} by_ground;

typedef struct {
  const mj_keymap *reference, *miss;
  mj_key_kind kind;
  by_ground by[GROUNDS];
  mj_arena arena;
} finding;

/* Parcels and their units are cut to the 19 characters of the parcel; "" where @p key is no such code. */
static void cut_unit(const char *key, char out[MJ_FOLD]) {
  bool code = mj_parcel_code_check(key) == MJ_PARCEL_FINE;
  if (code) memcpy(out, key, MJ_PARCEL_CODE);
  out[code ? MJ_PARCEL_CODE : 0] = '\0';
}

static void form_of(const char *key, mj_key_kind kind, mj_near_reason how, char out[MJ_FOLD]) {
  if (how == MJ_NEAR_UNIT) cut_unit(key, out);
  else mj_key_normal(key, kind, how, out);
}

static mj_status keep_forms(finding *f, int g) {
  by_ground *by = &f->by[g];
  char form[MJ_FOLD];
  int32_t n = f->miss->n;
  by->of = mj_arena_alloc(&f->arena, (size_t)n + 1, sizeof *by->of);
  by->found = mj_arena_alloc(&f->arena, (size_t)n + 1, sizeof *by->found);
  if (!by->of || !by->found) return MJ_ENOMEM;
  for (int32_t m = 0; m < n; m++) {
    by->of[m] = -1;
    atomic_init(&by->found[m], NOBODY);
    if (grounds[g] == MJ_NEAR_UNIT && f->kind != MJ_KEY_PARCEL) continue;
    form_of(f->miss->key[m], f->kind, grounds[g], form);
    if (!*form) continue;
    const char *kept = mj_arena_text(&f->arena, form, strlen(form));
    if (!kept) return MJ_ENOMEM;
    MJ_TRY(mj_keymap_add(&by->forms, kept, m, &by->of[m]));
  }
  return MJ_OK;
}

/* The reference key has the form. Whoever comes first: one that comes alone is left, of more none. */
static void meet(by_ground *by, const char *form, int32_t key) {
  int32_t k = *form ? mj_keymap_find(&by->forms, form) : -1, nobody = NOBODY;
  if (k >= 0 && !atomic_compare_exchange_strong(&by->found[k], &nobody, key)) atomic_store(&by->found[k], SEVERAL);
}

static mj_status meet_range(void *ctx, int64_t first, int64_t last, int worker) {
  enum { AHEAD = 16 }; /* keys lie far apart: their memory is asked for before it is read */
  finding *f = ctx;
  char form[MJ_FOLD];
  (void)worker;
  for (int64_t k = first; k < last; k++) {
    const char *key = f->reference->key[k];
    if (k + AHEAD < last) __builtin_prefetch(f->reference->key[k + AHEAD]);
    *form = '\0';
    for (int g = 0; g < GROUNDS; g++) {
      if (!f->by[g].forms.n) continue;
      if (*form && grounds[g] != MJ_NEAR_UNIT) mj_key_further(form, f->kind, grounds[g]);
      else form_of(key, f->kind, grounds[g], form);
      meet(&f->by[g], form, (int32_t)k);
      if (grounds[g] == MJ_NEAR_UNIT) *form = '\0';
    }
  }
  return MJ_OK;
}

static void tell(const finding *f, mj_near_found *out) {
  for (int32_t m = 0; m < f->miss->n; m++)
    for (int g = 0; g < GROUNDS && out[m].key < 0; g++) {
      int32_t form = f->by[g].of[m], key = form < 0 ? NOBODY : atomic_load(&f->by[g].found[form]);
      if (key >= 0) out[m] = (mj_near_found){key, grounds[g]};
    }
}

mj_status mj_near_forms(const mj_keymap *reference, const mj_keymap *miss, mj_key_kind kind, int threads,
                        mj_near_found *out) {
  enum { CHUNK = 4096 };
  finding f = {.reference = reference, .miss = miss, .kind = kind};
  mj_status status = MJ_OK;
  for (int g = 0; g < GROUNDS && !status; g++) status = keep_forms(&f, g);
  if (!status) status = mj_parallel(threads, reference->n, CHUNK, meet_range, &f);
  if (!status) tell(&f, out);
  for (int g = 0; g < GROUNDS; g++) mj_keymap_reset(&f.by[g].forms);
  mj_arena_reset(&f.arena);
  return status;
}
