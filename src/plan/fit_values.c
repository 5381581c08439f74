#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/fit.h"
#include "base/nearest.h"
#include "mujun/rooms.h"
#include "plan/fit.h"

/* Bits of the setbacks from a border. */
#define BIT(name) ((uint64_t)1 << offsetof(mj_fit_limits, name) / sizeof(double))
static const uint64_t SETBACKS =
    BIT(setback_road_m) | BIT(setback_neighbour_m) | BIT(setback_water_m) | BIT(setback_zone_m) | BIT(setback_other_m);

/* Whether the list "S,M" holds the code. */
static bool holds(const char *list, const char *code) {
  size_t n = strlen(code);
  for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
    if (strcspn(at, ",") == n && !strncmp(at, code, n)) return true;
  return false;
}

/* Every code of the list must be one of a module. */
static mj_status check_codes(const mj_fit_norms *norms, const char *list, mj_error *err) {
  for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',') {
    char code[64] = "", all[512] = "";
    bool found = false;
    snprintf(code, sizeof code, "%.*s", (int)strcspn(at, ","), at);
    for (int m = 0; m < norms->n_modules; m++) {
      found = found || !strcmp(norms->module[m].code, code);
      size_t n = strlen(all);
      snprintf(all + n, sizeof all - n, "%s%s", m ? ", " : "", norms->module[m].code);
    }
    if (!found) return mj_fail(err, MJ_EINVAL, "no module '%s' in the catalogue, which has %s", code, all);
  }
  return MJ_OK;
}

mj_status mj__fit_norms_with(const mj_fit_norms *norms, double setback_m, const char *modules, mj_arena *arena,
                             mj_fit_norms *out, mj_error *err) {
  char saying[MJ_FIT_SAYING];
  *out = *norms;
  for (int i = 0; i < MJ_FIT_LIMITS && !isnan(setback_m); i++)
    if (SETBACKS >> i & 1) {
      ((double *)&out->limits)[i] = setback_m;
      out->source[i] = "--setback";
    }
  if (!isnan(setback_m)) {
    out->said |= SETBACKS;
    out->assumed |= SETBACKS; /* no document was named */
  }
  if (modules) {
    MJ_TRY(check_codes(norms, modules, err));
    mj_fit_module *kept = mj_arena_alloc(arena, (size_t)norms->n_modules + 1, sizeof *kept);
    if (!kept) return mj_fail(err, MJ_ENOMEM, "out of memory fitting factories");
    out->module = kept;
    out->n_modules = 0;
    for (int m = 0; m < norms->n_modules; m++)
      if (holds(modules, norms->module[m].code)) kept[out->n_modules++] = norms->module[m];
  }
  if (!mj_fit_contradicts(out, err ? err->lang : MJ_EN, true, NULL, saying)) return MJ_OK;
  return mj_fail(err, MJ_EINVAL, "%s", saying);
}

mj_status mj_fit_set(mj_park *park, const mj_fit_values *v, mj_error *err) {
  mj_project *p = &park->project;
  mj_fit_norms norms;
  int64_t n = 1;
  if (v->n_caps == 1) p->fit_cap = v->cap[0];
  MJ_TRY(mj__fit_norms_with(&p->fit, v->n_setbacks == 1 ? v->setback_m[0] : (double)NAN,
                            v->n_modules == 1 ? v->modules[0] : NULL, &park->arena, &norms, err));
  p->fit = norms;
  n = (int64_t)(v->n_caps > 1 ? v->n_caps : 1) * (v->n_setbacks > 1 ? v->n_setbacks : 1) *
      (v->n_modules > 1 ? v->n_modules : 1);
  if (n > MJ_FIT_MOST_COMBINATIONS)
    return mj_fail(err, MJ_EINVAL, "%lld combinations of values are more than %d", (long long)n,
                   (int)MJ_FIT_MOST_COMBINATIONS);
  for (int s = 0; s < (v->n_setbacks > 1 ? v->n_setbacks : 1); s++) /* before the work: a bad value is told at once */
    for (int m = 0; m < (v->n_modules > 1 ? v->n_modules : 1); m++)
      MJ_TRY(mj__fit_norms_with(&p->fit, v->n_setbacks > 1 ? v->setback_m[s] : (double)NAN,
                                v->n_modules > 1 ? v->modules[m] : NULL, &park->arena, &norms, err));
  return MJ_OK;
}

static mj_status missing(const mj_park *park, const char *name, mj_error *err) {
  const mj_table *t = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(t, "parcel_id");
  mj_text near = {0};
  mj_nearest nearest;
  mj_status s;
  mj_nearest_start(&nearest, name);
  for (int64_t i = 0; id && i < t->n; i++)
    if (id[i]) mj_nearest_offer(&nearest, id[i]);
  mj_nearest_put(&nearest, &near);
  if (near.n) s = mj_fail(err, MJ_ENOTFOUND, "no parcel '%s' (near: %s)", name, near.data);
  else s = mj_fail(err, MJ_ENOTFOUND, "no parcel '%s'", name);
  mj_text_reset(&near);
  return s;
}

mj_status mj_fit_named(const mj_park *park, mj_error *err) {
  const mj_project *p = &park->project;
  const mj_table *t = &park->table[MJ_PARCELS];
  const char **id = mj_table_text(t, "parcel_id");
  for (int32_t k = 0; k < p->n_fit_parcels; k++) {
    int64_t i = 0;
    while (i < t->n && !mj__fit_is_named(p->fit_parcels[k], id ? id[i] : NULL, i)) i++;
    if (i == t->n) return missing(park, p->fit_parcels[k], err);
  }
  return MJ_OK;
}
