#include <math.h>
#include <string.h>

#include "measure/doubts.h"
#include "measure/series.h"

enum { STOPPED, HALF, ZOMBIE, N_FLAGS, ZOMBIE_YEARS_MAX = 10 };

/* One answer with what it lacks: a bit for each figure and year back, and two for the years before. */
typedef struct {
  uint8_t is;
  uint64_t lacks;
} answer;
enum { TOLD = 4, OF_EARLIER_OUTPUT = 60, OF_EARLIER_POWER = 61 };
static const struct {
  int figure;
  const char *name, *unit;
} told[TOLD] = {{MJ__OUTPUT, "output", "(10k yuan)"},
                {MJ__POWER, "electricity", "kWh"},
                {MJ__TAX, "tax", "(10k yuan)"},
                {MJ__STAFF, "staff", "persons"}};

static answer sure(bool is) { return (answer){is ? MJ_YES : MJ_NO, 0}; }
static answer lacking(int bit) { return (answer){MJ_UNKNOWN, UINT64_C(1) << bit}; }

/* Kleene's: a sure no decides; what is lacking adds up while nothing does. */
static answer both(answer a, answer b) {
  if (a.is == MJ_NO || b.is == MJ_NO) return sure(false);
  return (answer){a.is == MJ_YES && b.is == MJ_YES ? MJ_YES : MJ_UNKNOWN, a.lacks | b.lacks};
}

static answer not(answer a) {
  if (a.is != MJ_UNKNOWN) a.is = a.is == MJ_YES ? MJ_NO : MJ_YES;
  return a;
}

typedef struct {
  const mj__firm_year *year;
  int n;
  int32_t now;
} series;

/* The year that lies @p back before the run's; NULL: no row of it. */
static const mj__firm_year *back_by(const series *s, int back) {
  for (int i = s->n - 1; i >= 0 && s->year[i].year >= s->now - back; i--)
    if (s->year[i].year == s->now - back) return &s->year[i];
  return NULL;
}

/* The year before @p before whose figure is the greatest known one, the earlier of equals; NULL: none is known. */
static const mj__firm_year *best_before(const series *s, int32_t before, int figure) {
  const mj__firm_year *best = NULL;
  for (int i = 0; i < s->n && s->year[i].year < before; i++)
    if (!isnan(s->year[i].figure[figure]) && (!best || s->year[i].figure[figure] > best->figure[figure]))
      best = &s->year[i];
  return best;
}

/* told[t] of the year so far back is nothing. */
static answer none(const series *s, int t, int back) {
  const mj__firm_year *y = back_by(s, back);
  double v = y ? y->figure[told[t].figure] : (double)NAN;
  return isnan(v) ? lacking(back * TOLD + t) : sure(v <= 0);
}

/* told[t] (output or electricity) is nothing, or at most @p share of the best of the years before. */
static answer low(const series *s, int t, int back, double share) {
  answer nothing = none(s, t, back);
  if (nothing.is != MJ_NO) return nothing;
  const mj__firm_year *y = back_by(s, back), *best = best_before(s, y->year, told[t].figure);
  if (!best) return lacking(t == 0 ? OF_EARLIER_OUTPUT : OF_EARLIER_POWER);
  return sure(y->figure[told[t].figure] <= share * best->figure[told[t].figure]);
}

static int zombie_years(const mj_check_limits *limit) {
  double years = limit->zombie_years;
  return !(years >= 1) ? 0 : years > ZOMBIE_YEARS_MAX ? ZOMBIE_YEARS_MAX : (int)years;
}

static void ask(const series *s, const mj_check_limits *limit, answer out[N_FLAGS]) {
  out[STOPPED] = both(none(s, 0, 0), low(s, 1, 0, limit->power_off_share));
  out[HALF] =
      both(both(low(s, 0, 0, limit->half_output_share), low(s, 1, 0, limit->half_power_share)), not(out[STOPPED]));
  int years = zombie_years(limit);
  out[ZOMBIE] = years ? sure(true) : (answer){MJ_UNKNOWN, 0};
  for (int back = 0; back < years; back++) {
    out[ZOMBIE] = both(out[ZOMBIE], both(none(s, 2, back), none(s, 3, back)));
    out[ZOMBIE] = both(out[ZOMBIE], low(s, 1, back, limit->power_off_share));
  }
}

/* ---- in words ---- */

/* "2025 electricity 1,200 kWh (2023: 45,000)" */
static void put_figure(const mj__states *st, const series *s, int t, int back, bool compared, mj_text *out) {
  mj_lang lang = st->park->project.lang;
  mj__digits now, then;
  const mj__firm_year *y = back_by(s, back), *best = compared ? best_before(s, y->year, told[t].figure) : NULL;
  mj_text_format(out, mj_tr(lang, "%d %s %s %s"), y->year, mj_tr(lang, told[t].name),
                 mj__digits_of(y->figure[told[t].figure], &now), mj_tr(lang, told[t].unit));
  if (best && y->figure[told[t].figure] > 0)
    mj_text_format(out, mj_tr(lang, " (%d: %s)"), best->year, mj__digits_of(best->figure[told[t].figure], &then));
}

static void put_grounds(const mj__states *st, const series *s, int flag, mj_text *out) {
  static const int zombie[] = {2, 3, 1}; /* tax, staff, electricity */
  const char *comma = mj_tr(st->park->project.lang, ", ");
  if (flag != ZOMBIE) {
    put_figure(st, s, 0, 0, flag == HALF, out);
    mj_text_add(out, comma);
    put_figure(st, s, 1, 0, true, out);
    return;
  }
  for (int back = zombie_years(&st->park->project.checks) - 1, first = back; back >= 0; back--)
    for (int k = 0; k < 3; k++) {
      if (back < first || k) mj_text_add(out, comma);
      put_figure(st, s, zombie[k], back, zombie[k] == 1, out);
    }
}

static void put_lacks(const mj__states *st, int32_t now, uint64_t lacks, mj_text *out) {
  mj_lang lang = st->park->project.lang;
  bool first = true;
  for (int bit = 0; bit <= OF_EARLIER_POWER; bit++) {
    if (!(lacks >> bit & 1)) continue;
    if (!first) mj_text_add(out, mj_tr(lang, ", "));
    first = false;
    if (bit >= OF_EARLIER_OUTPUT)
      mj_text_format(out, mj_tr(lang, "%s of an earlier year"), mj_tr(lang, told[bit - OF_EARLIER_OUTPUT].name));
    else mj_text_format(out, mj_tr(lang, "%d %s"), now - bit / TOLD, mj_tr(lang, told[bit % TOLD].name));
  }
}

static void put_flags(const mj__states *st, const series *s, const answer *a, mj_text *out) {
  static const char *const names[N_FLAGS] = {"stopped", "half stopped", "zombie"};
  mj_lang lang = st->park->project.lang;
  for (int f = 0; f < N_FLAGS; f++) {
    if (a[f].is == MJ_NO) continue;
    if (out->n) mj_text_add(out, mj_tr(lang, "; "));
    mj_text_format(out, mj_tr(lang, a[f].is == MJ_YES ? "%s: " : "%s not known, missing: "), mj_tr(lang, names[f]));
    if (a[f].is == MJ_YES) put_grounds(st, s, f, out);
    else put_lacks(st, s->now, a[f].lacks, out);
  }
}

/* The evidence, made once where it only says what is missing. */
static mj_status say(mj__states *st, const series *s, const answer *a, const char **evidence) {
  enum { MOST = sizeof st->said / sizeof *st->said };
  mj_text text = {0};
  uint64_t lacks[N_FLAGS];
  bool yes = false, any = false;
  for (int f = 0; f < N_FLAGS; f++) {
    yes = yes || a[f].is == MJ_YES;
    any = any || a[f].is != MJ_NO;
    lacks[f] = a[f].is == MJ_UNKNOWN ? a[f].lacks : 0;
  }
  *evidence = NULL;
  for (int i = 0; i < st->n_said && !yes && any; i++)
    if (!memcmp(st->said[i].lacks, lacks, sizeof lacks)) *evidence = st->said[i].text;
  if (!any || *evidence) return MJ_OK;
  put_flags(st, s, a, &text);
  if (!text.failed) *evidence = mj_arena_text(st->arena, text.data, text.n);
  mj_text_reset(&text);
  if (!*evidence) return MJ_ENOMEM;
  if (!yes && st->n_said < MOST) {
    memcpy(st->said[st->n_said].lacks, lacks, sizeof lacks);
    st->said[st->n_said++].text = *evidence;
  }
  return MJ_OK;
}

mj_status mj__tell_state(mj__states *states, const mj__firm_year *year, int n, mj__state *out) {
  series s = {year, n, states->park->project.year};
  answer a[N_FLAGS];
  *out = (mj__state){MJ_UNKNOWN, MJ_UNKNOWN, MJ_UNKNOWN, NULL};
  if (!back_by(&s, 0)) {
    if (!states->no_row)
      states->no_row = mj_arena_format(states->arena, mj_tr(states->park->project.lang, "no row of %d"), s.now);
    out->evidence = states->no_row;
    return states->no_row ? MJ_OK : MJ_ENOMEM;
  }
  ask(&s, &states->park->project.checks, a);
  out->stopped = a[STOPPED].is;
  out->half_stopped = a[HALF].is;
  out->zombie = a[ZOMBIE].is;
  return say(states, &s, a, &out->evidence);
}
