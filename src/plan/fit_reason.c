#include <math.h>

#include "plan/fit.h"

/* "17.4": metres for people. */
static double tenth(double v) { return floor(v * 10 + 0.5) / 10; }

static mj_status say(const mj__fit *fit, mj_arena *arena, mj__fit_result *r, const char *english) {
  r->reason = mj_arena_format(arena, "%s", mj_tr(fit->park->project.lang, english));
  return r->reason ? MJ_OK : MJ_ENOMEM;
}

/* How wide the plot is where the smallest module would have to stand. */
static mj_status say_strip(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, const mj__fit_parcel *p,
                           int32_t n_obstacles, mj__fit_result *r) {
  const mj_rect_size *size = &fit->catalogue.size[fit->catalogue.smallest];
  double depth = size->depth_dm / 10.0, length = size->length_dm / 10.0, strip;
  MJ_TRY(mj_pack_strip(&s->pack, &p->site.plot, n_obstacles, length, depth, &strip));
  r->strip_m = tenth(strip);
  r->need_m = depth;
  const mj_lang lang = fit->park->project.lang;
  const char *code = fit->catalogue.module[fit->catalogue.smallest]->code;
  if (r->strip_m <= 0)
    r->reason = mj_arena_format(arena, mj_tr(lang, "nowhere is there a strip of %.1f m for the smallest module (%s)"),
                                length, code);
  else if (r->binding == MJ__BIND_DISTANCE)
    r->reason = mj_arena_format(arena,
                                mj_tr(lang,
                                      "clear of setbacks and of what stands, the widest strip %.1f m long is %.1f m "
                                      "wide; the smallest module (%s) needs %.1f m"),
                                length, r->strip_m, code, depth);
  else
    r->reason = mj_arena_format(
        arena,
        mj_tr(lang,
              "within the setbacks the widest strip %.1f m long is %.1f m wide; the smallest module (%s) needs %.1f m"),
        length, r->strip_m, code, depth);
  return r->reason ? MJ_OK : MJ_ENOMEM;
}

static mj_status say_least(const mj__fit *fit, mj_arena *arena, mj__fit_result *r, double room_m2) {
  const mj__catalogue *c = &fit->catalogue;
  const mj_rect_size *size = &c->size[c->smallest];
  double plate = size->depth_dm / 10.0 * size->length_dm / 10.0;
  bool whole = r->binding == MJ__BIND_PLOT_RATIO;
  int storeys = c->module[c->smallest]->storeys_min;
  const char *code = c->module[c->smallest]->code;
  const mj_lang lang = fit->park->project.lang;
  if (whole)
    r->reason = mj_arena_format(
        arena, mj_tr(lang, "the plot ratio leaves %.0f m2; the smallest module (%s) has at least %.0f m2"),
        fmax(room_m2, 0), code, plate * storeys);
  else
    r->reason = mj_arena_format(
        arena, mj_tr(lang, "there is ground for %.0f m2; the plate of the smallest module (%s) has %.0f m2"),
        fmax(room_m2, 0), code, plate);
  return r->reason ? MJ_OK : MJ_ENOMEM;
}

static mj_status say_nothing(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, mj__fit_parcel *p,
                             mj__fit_way way) {
  mj__fit_result *r = &p->way[way];
  switch (r->binding) {
    case MJ__BIND_PLOT_RATIO:
      return say_least(fit, arena, r, r->ceiling_m2[MJ__BIND_PLOT_RATIO]);
    case MJ__BIND_COVERAGE:
    case MJ__BIND_GREEN:
      return say_least(fit, arena, r, r->ceiling_m2[r->binding] / fit->catalogue.storeys_max);
    case MJ__BIND_ACCESS:
      return say(fit, arena, r,
                 p->site.access == MJ_NO ? "no edge faces a road, and nothing stands there"
                                         : "no fire lane reaches the ground where a module has room from a road");
    case MJ__BIND_HEIGHT:
      return say(fit, arena, r, "no module is low enough for the height that is allowed");
    case MJ__BIND_STRUCTURE:
      return say(fit, arena, r, "no building that stands there carries more storeys");
    default:
      return say_strip(fit, s, arena, p, way == MJ__FIT_OPEN ? p->site.plot.n_obstacles : p->site.plot.n_fixed, r);
  }
}

mj_status mj__fit_reason(const mj__fit *fit, mj__fit_scratch *s, mj_arena *arena, mj__fit_parcel *p, mj__fit_way way) {
  mj__fit_result *r = &p->way[way];
  const mj_lang lang = fit->park->project.lang;
  if (!p->site.plot.edge0 || !p->site.plot.edge0[0]) return say(fit, arena, r, "the parcel has no shape");
  if (!(p->facts.land_m2 > 0)) return say(fit, arena, r, "the land area behind the plot ratio is not known");
  if (!r->known && r->unknown) {
    r->reason = mj_arena_format(arena, mj_tr(lang, "%d buildings: structure, year or height is not known"), r->unknown);
    return r->reason ? MJ_OK : MJ_ENOMEM;
  }
  if (!r->known) return say(fit, arena, r, "what stands on the parcel is not known");
  if (r->gross_m2 <= 0) return say_nothing(fit, s, arena, p, way);
  if (r->spent) return say(fit, arena, r, "the limit of work for one parcel was reached; more may fit");
  if (r->binding == MJ__BIND_ACCESS) return say(fit, arena, r, "to other ground no fire lane leads from a road");
  if (way == MJ__FIT_REBUILD && r->net_m2 <= 0)
    return say(fit, arena, r, "rebuilding brings no more floor area than stands there");
  if (r->unknown) {
    r->reason = mj_arena_format(
        arena, mj_tr(lang, "at least so much; %d buildings: structure, year or height is not known"), r->unknown);
    return r->reason ? MJ_OK : MJ_ENOMEM;
  }
  return MJ_OK;
}
