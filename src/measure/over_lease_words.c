#include <math.h>

#include "measure/doubts.h"
#include "measure/over_lease.h"

static const char *const held_names[MJ__N_HELD] = {"floor per worker", "electricity per m2", "output per m2"};
static const char *const lacking[MJ__N_HELD] = {"staff", "electricity", "output"};

static double limit_of(const mj_check_limits *limits, int a) {
  return a == MJ__PER_PERSON     ? limits->over_lease_area_times
         : a == MJ__POWER_PER_M2 ? limits->over_lease_power_share
                                 : limits->over_lease_output_share;
}

/* How many times the median: two decimals, more where these would say that it is the limit. */
static const char *times_of(double times, double limit, mj__digits *digits) {
  bool near = fabs(times - limit) < 0.005;
  if (near) return mj__digits_of(times, digits);
  mj_double_grouped(times, 2, false, digits->text);
  return digits->text;
}

/* "floor per worker 182 m2 beside a median of 15 peers of 61 m2: 2.98 times it, limit 2 (beyond)" */
static void put_held(const mj_park *park, const mj__lease *l, int a, mj_text *out) {
  mj_lang lang = park->project.lang;
  const mj__held *h = &l->held[a];
  mj__digits own, median, times, limit;
  double bound = limit_of(&park->project.checks, a);
  mj__digits_of(bound, &limit);
  if (isinf(h->own)) mj_text_format(out, mj_tr(lang, "nobody works on %s m2"), mj__digits_of(l->leased_m2, &own));
  else
    mj_text_format(
        out,
        mj_tr(lang, a == MJ__PER_PERSON
                        ? "floor per worker %s m2 beside a median of %lld peers of %s m2: %s times it, limit %s"
                    : a == MJ__POWER_PER_M2
                        ? "electricity %s kWh per m2 beside a median of %lld peers of %s kWh: %s times it, limit %s"
                        : "output %s (10k yuan) per m2 beside a median of %lld peers of %s: %s times it, limit %s"),
        mj__digits_of(h->own, &own), (long long)h->peers, mj__digits_of(h->median, &median),
        times_of(h->own / h->median, bound, &times), limit.text);
  mj_text_add(out, mj_tr(lang, h->beyond == MJ_YES ? " (beyond)" : h->good ? " (as good as the median)" : " (within)"));
}

/* Why it cannot be compared. */
static void put_unknown(const mj_park *park, const mj__lease *l, int a, mj_text *out) {
  mj_lang lang = park->project.lang;
  const mj__held *h = &l->held[a];
  mj__digits least;
  if (isnan(h->own)) mj_text_format(out, mj_tr(lang, "%s not known, missing: "), mj_tr(lang, held_names[a]));
  if (isnan(h->own)) mj_text_add(out, mj_tr(lang, lacking[a]));
  else
    mj_text_format(out, mj_tr(lang, "%s: %lld peers, at least %s needed"), mj_tr(lang, held_names[a]),
                   (long long)h->peers, mj__digits_of(park->project.checks.over_lease_peers_min, &least));
}

/* What keeps all three from being compared; NULL: nothing. */
static const char *hindrance(const mj__lease *l) {
  if (isnan(l->leased_m2)) return "the floor area leased is not known";
  if (!(l->leased_m2 > 0)) return "all leased floor is sub-let";
  return l->division ? NULL : "no industry code, or several that differ";
}

static void put_unused(const mj_park *park, const mj__lease *l, mj_text *out) {
  mj__digits used, leased;
  if (!(l->unused_share > 0)) return;
  mj_text_add(out, mj_tr(park->project.lang, "; "));
  mj_text_format(out, mj_tr(park->project.lang, "%s of %s m2 leased stated in use"), mj__digits_of(l->used_m2, &used),
                 mj__digits_of(l->leased_m2, &leased));
}

mj_status mj__lease_evidence(mj_park *park, const mj__lease *l, const char **evidence) {
  mj_lang lang = park->project.lang;
  const char *why = hindrance(l);
  mj_text text = {0};
  *evidence = NULL;
  if (l->over == MJ_NO) return MJ_OK;
  if (why) {
    *evidence = mj_tr(lang, why); /* the program's own, it stays */
    return MJ_OK;
  }
  for (int a = 0; a < MJ__N_HELD; a++) {
    if (a) mj_text_add(&text, mj_tr(lang, "; "));
    if (l->held[a].beyond == MJ_UNKNOWN) put_unknown(park, l, a, &text);
    else put_held(park, l, a, &text);
  }
  put_unused(park, l, &text);
  if (!text.failed) *evidence = mj_arena_text(&park->arena, text.data, text.n);
  mj_text_reset(&text);
  return *evidence ? MJ_OK : MJ_ENOMEM;
}

/* ---- peers ---- */

enum { NAMED = 5, ANOTHER = NAMED, NONE };

static const char *called(const mj__firms *firms, int32_t firm) {
  return firms->name[firm] ? firms->name[firm] : firms->code[firm];
}

/* The first five of @p members but @p firm, and how many more. */
static const char *list(mj_park *park, const mj__firms *firms, const int32_t *member, int32_t n, int32_t firm,
                        int32_t peers) {
  mj_text text = {0};
  const char *out = NULL;
  int32_t named = 0;
  for (int32_t k = 0; k < n && named < NAMED; k++) {
    const char *name = member[k] == firm ? NULL : called(firms, member[k]);
    if (!name) continue;
    if (named++) mj_text_add(&text, mj_tr(park->project.lang, ", "));
    mj_text_add(&text, name);
  }
  if (peers > named) mj_text_format(&text, mj_tr(park->project.lang, " and %lld more"), (long long)(peers - named));
  if (!text.failed) out = mj_arena_text(&park->arena, text.data, text.n);
  mj_text_reset(&text);
  return out;
}

/* True where @p firm is among the members, which are in order. */
static bool has(const int32_t *member, int32_t n, int32_t firm) {
  int32_t low = 0, high = n;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (member[middle] < firm) low = middle + 1;
    else high = middle;
  }
  return low < n && member[low] == firm;
}

mj_status mj__name_peers(mj_park *park, const mj__firms *firms, mj__peer_names *names, int32_t firm, int32_t division,
                         const char **text) {
  const mj__groups *of = &names->of;
  const int32_t *member = of->row + of->at[division];
  int32_t n = of->at[division + 1] - of->at[division];
  bool is = division && has(member, n, firm);
  int slot = is ? ANOTHER : NONE, seen = 0;
  *text = NULL;
  if (!division || n - is <= 0) return MJ_OK;
  for (int32_t k = 0; is && k < n && seen < NAMED; k++) { /* the first five that have a name */
    if (member[k] == firm) slot = seen;
    seen += called(firms, member[k]) != NULL;
  }
  const char **cached = &names->named[division][slot];
  if (!*cached) *cached = list(park, firms, member, n, firm, n - is);
  *text = *cached;
  return *text ? MJ_OK : MJ_ENOMEM;
}
