#include "base/fit.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

const mj_fit_fact *mj_fit_facts(void) {
  static const mj_fit_fact facts[] = {
#define FIT(name, unit, zh, en) {#name, unit, zh, en},
#include "mujun/fit.def"
#undef FIT
  };
  _Static_assert(MJ_FIT_LIMITS == sizeof facts / sizeof *facts, "one double a line");
  _Static_assert(MJ_FIT_LIMITS <= 64, "one bit a line");
  return facts;
}

void mj_fit_norms_fill(mj_fit_norms *into, const mj_fit_norms *from) {
  uint64_t takes = (from->said | from->unknown) & ~(into->said | into->unknown);
  for (int i = 0; i < MJ_FIT_LIMITS; i++) {
    if (!(takes >> i & 1)) continue;
    ((double *)&into->limits)[i] = ((const double *)&from->limits)[i];
    into->source[i] = from->source[i];
    into->zh[i] = from->zh[i];
    into->en[i] = from->en[i];
  }
  into->said |= from->said & takes;
  into->assumed |= from->assumed & takes;
  into->unknown |= from->unknown & takes;
  if (!into->n_modules) {
    into->module = from->module;
    into->n_modules = from->n_modules;
  }
  if (!into->n_structures) {
    into->structure = from->structure;
    into->n_structures = from->n_structures;
  }
}

/* ---- contradictions ---- */

enum { SAYING_OF_ONE = 160 };
static const double ROUNDING = 1e-9; /* of numbers written with a few decimals */

#define MEMBER(name) ((int)(offsetof(mj_fit_limits, name) / sizeof(double)))

/* The lowest with its fewest storeys; NULL: no modules. */
static const mj_fit_module *lowest(const mj_fit_norms *norms, double *height_m) {
  const mj_fit_module *found = NULL;
  *height_m = (double)INFINITY;
  for (const mj_fit_module *m = norms->module; m < norms->module + norms->n_modules; m++) {
    double height = m->ground_m + (m->storeys_min - 1) * m->upper_m;
    if (!(height < *height_m)) continue;
    *height_m = height;
    found = m;
  }
  return found;
}

static double value_of(const mj_fit_norms *norms, int i) {
  return norms->said >> i & 1 ? ((const double *)&norms->limits)[i] : (double)NAN;
}

/* "fire_gap_m 10 (fit)" */
static void say(const char *name, double value, const char *source, bool sources, char out[SAYING_OF_ONE]) {
  char number[32];
  mj_double_shortest(value, number);
  if (sources) snprintf(out, SAYING_OF_ONE, "%s %s (%.80s)", name, number, source ? source : "");
  else snprintf(out, SAYING_OF_ONE, "%s %s", name, number);
}

static void say_norm(const mj_fit_norms *norms, int i, bool sources, char out[SAYING_OF_ONE]) {
  say(mj_fit_facts()[i].name, value_of(norms, i), norms->source[i], sources, out);
}

/* The least of two numbers must not be the greater one. */
static bool is_below(const mj_fit_norms *norms, mj_lang lang, bool sources, const int pair[2], char *out) {
  char low[SAYING_OF_ONE], high[SAYING_OF_ONE];
  if (!(value_of(norms, pair[1]) < value_of(norms, pair[0]))) return false;
  say_norm(norms, pair[0], sources, low);
  say_norm(norms, pair[1], sources, high);
  snprintf(out, MJ_FIT_SAYING, mj_tr(lang, "norms of the fit contradict each other: %s is below %s"), high, low);
  return true;
}

bool mj_fit_contradicts(const mj_fit_norms *norms, mj_lang lang, bool sources, int *member, char out[MJ_FIT_SAYING]) {
  static const int pairs[][2] = {{MEMBER(fire_gap_m), MEMBER(fire_gap_high_m)},
                                 {MEMBER(fire_class3_m), MEMBER(fire_class4_m)}};
  char a[SAYING_OF_ONE], b[SAYING_OF_ONE];
  int none, *at = member ? member : &none;
  double height;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    *at = pairs[i][1];
    if (is_below(norms, lang, sources, pairs[i], out)) return true;
  }
  *at = MEMBER(parking_share);
  if (value_of(norms, MEMBER(green_share)) + value_of(norms, *at) > 1 + ROUNDING) {
    say_norm(norms, MEMBER(green_share), sources, a);
    say_norm(norms, *at, sources, b);
    snprintf(out, MJ_FIT_SAYING,
             mj_tr(lang, "norms of the fit contradict each other: %s and %s are more than all land"), a, b);
    return true;
  }
  *at = MEMBER(height_max_m);
  const mj_fit_module *m = lowest(norms, &height);
  if (!m || !(value_of(norms, *at) < height - ROUNDING)) return false;
  say_norm(norms, *at, sources, a);
  say(m->code, height, m->source, sources, b);
  snprintf(out, MJ_FIT_SAYING, mj_tr(lang, "norms of the fit contradict each other: %s is below the lowest module, %s"),
           a, b);
  return true;
}

const mj_fit_structure *mj_fit_structure_of(const mj_fit_norms *norms, const char *structure) {
  for (int k = 0; k < norms->n_structures; k++) {
    const mj_fit_structure *s = &norms->structure[k];
    if (!s->n_words) return s;
    for (int w = 0; w < s->n_words && structure; w++)
      if (!strncmp(structure, s->word[w], strlen(s->word[w]))) return s;
  }
  return NULL;
}
