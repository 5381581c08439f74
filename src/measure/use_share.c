#include <math.h>

#include "base/parallel.h"
#include "measure/measure.h"
#include "measure/uses.h"

/* The parcels' side of the sharing. */
typedef struct {
  const mj__use_tables *t;
  mj__uses *uses;
  const double *built, *mu; /* [parcels] floor area, land; NULL: none known */
  const double *vacant;     /* [parcels] floor of empty factory units */
  double tolerance;         /* share by which stated areas may differ from what is there */
} share_job;

static const double UNKNOWN = (double)NAN;

/* ---- floor ---- */

/* True where the owners' floor and that of their tenants fit into what is built side by side: an owner's area then is
 * what it uses itself. Else it is what it owns, with what it lets. */
static bool side_by_side(const mj__use *use, int32_t n, double room) {
  double sum = 0;
  for (int32_t k = 0; k < n; k++) {
    if (use[k].role == MJ__LESSEE && isnan(use[k].stated_m2)) return false; /* what an owner lets is not known then */
    if (use[k].role != MJ__SUBLESSEE) sum += mj__known(use[k].stated_m2);
  }
  return isnan(room) || sum <= room;
}

/* What others use of its floor, or nobody (@p empty), comes off; off an owner's that stands beside it (@p beside) only
 * what would be called unused. */
static void set_floor(mj__use *u, bool beside, double empty, double tolerance) {
  bool owner = u->role == MJ__OWNER;
  double others = u->let_m2 + (owner ? empty : 0), away = owner && beside ? 0 : others;
  double left = u->stated_m2 - away, unused = u->stated_m2 - others - u->own_m2;
  u->floor_m2 = isnan(u->own_m2) ? left : u->own_m2;
  u->unused_m2 = unused > 0 ? unused : 0; /* none where one of them is not known */
  if (away > 0 && u->let_m2 > u->stated_m2 * (1 + tolerance)) u->doubt |= MJ__LET_TOO_MUCH;
  else if (u->own_m2 - left > tolerance * u->own_m2) u->doubt |= MJ__USED_TOO_MUCH;
  if (u->floor_m2 < 0) u->floor_m2 = 0;
}

/* Floor in use of every use that says enough; the only one that says nothing takes the rest, where it is the owner or
 * alone, and nothing stands empty that says nothing (@p open). */
static void set_floors(mj__use *use, int32_t n, double built, double vacant, bool open, double tolerance) {
  bool beside = !open && side_by_side(use, n, built * (1 + tolerance) - vacant);
  int32_t silent = 0, owners = 0;
  mj__use *last = NULL;
  double sum = vacant;
  for (int32_t k = 0; k < n; k++) owners += use[k].role == MJ__OWNER;
  for (int32_t k = 0; k < n; k++) {
    set_floor(&use[k], beside, owners != 1 ? 0 : open ? UNKNOWN : vacant, tolerance);
    if (isnan(use[k].floor_m2)) {
      silent++;
      last = &use[k];
    }
    sum += mj__known(use[k].floor_m2) + use[k].unused_m2;
  }
  if (silent != 1 || open || isnan(built) || (last->role != MJ__OWNER && n > 1)) return;
  last->floor_m2 = fmax(0, built - sum);
  last->rest = true;
}

/* ---- land ---- */

typedef struct {
  int32_t floors, lands; /* uses of which they are known */
  double floor, land;    /* their sums; floor with what is vacant and not in use */
} sums;

static sums add_up(const mj__use *use, int32_t n, double vacant) {
  sums s = {.floor = vacant};
  for (int32_t k = 0; k < n; k++) {
    s.floors += !isnan(use[k].floor_m2);
    s.lands += !isnan(use[k].land_m2);
    s.floor += mj__known(use[k].floor_m2) + use[k].unused_m2;
    s.land += mj__known(use[k].land_m2);
  }
  return s;
}

static void share_by_floor(mj__use *use, int32_t n, double whole, double vacant, double unknown, mj__rest *rest) {
  for (int32_t k = 0; k < n; k++) {
    use[k].share = use[k].floor_m2 / whole;
    use[k].unused_share = use[k].unused_m2 / whole;
  }
  rest->vacant_share = vacant / whole;
  rest->unknown_share = unknown / whole;
}

static void share_by_land(mj__use *use, int32_t n, double whole, double unknown, mj__rest *rest) {
  for (int32_t k = 0; k < n; k++) use[k].share = use[k].land_m2 / whole;
  rest->unknown_share = unknown / whole;
}

/* Shares of the land: by floor where all have it, else by land where all have it, else by what some have. What stands
 * empty and has no area (@p open) has some of the floor that is not known, and of the floor that is known alone no
 * shares are made. */
static void share_land(mj__use *use, int32_t n, double built, double land, double vacant, bool open, mj__rest *rest) {
  sums s = add_up(use, n, vacant);
  bool stands = built > 0, by_land = n && s.lands == n;
  double most = fmax(s.land, mj__known(land));
  for (int32_t k = 0; k < n; k++) use[k].unused_share = 0;
  if (by_land && !(stands && s.floors == n) && s.land > land) rest->over_land_m2 = s.land - land;
  if (stands && (s.floors == n || (s.floors && !by_land)))
    share_by_floor(use, n, fmax(built, s.floor), vacant, rest->unknown_m2, rest);
  else if (by_land) share_by_land(use, n, most, most - s.land, rest);
  else if (n && s.floors == n && s.floor > 0 && !open) share_by_floor(use, n, s.floor, vacant, 0, rest);
  else if (n == 1 && !open) use->share = 1;
  else if (s.lands && land > 0) share_by_land(use, n, most, most - s.land, rest);
  else rest->unknown_share = 1;
}

static mj_status share_parcels(void *ctx, int64_t first, int64_t last, int worker) {
  const share_job *job = ctx;
  (void)worker;
  for (int64_t p = first; p < last; p++) {
    mj__use *use = job->uses->use + job->uses->at[p];
    int32_t n = job->uses->at[p + 1] - job->uses->at[p];
    double built = job->built ? job->built[p] : UNKNOWN, vacant = job->vacant[p];
    bool open = job->uses->open[p];
    mj__rest *rest = &job->uses->rest[p];
    *rest = (mj__rest){.vacant_m2 = vacant};
    MJ_TRY(mj__let(job->t, use, n));
    set_floors(use, n, built, vacant, open, job->tolerance);
    double left = built - add_up(use, n, vacant).floor;
    rest->unknown_m2 = isnan(left) ? UNKNOWN : fmax(0, left);
    rest->excess_m2 = left < 0 ? -left : 0;
    share_land(use, n, built, job->mu ? job->mu[p] * MJ__M2_PER_MU : UNKNOWN, vacant, open, rest);
  }
  return MJ_OK;
}

mj_status mj__uses_share(const mj__use_tables *tables, int threads, mj__uses *uses) {
  enum { CHUNK = 4096 };
  const mj_park *park = tables->park;
  const mj_table *t = &park->table[MJ_PARCELS];
  share_job job = {.t = tables,
                   .uses = uses,
                   .built = mj_table_f64(t, "floor_area_m2"),
                   .mu = mj_table_f64(t, "area_mu"),
                   .tolerance = park->project.checks.use_tolerance};
  double *vacant = mj_arena_alloc(&uses->arena, (size_t)t->n + 1, sizeof *vacant);
  uses->rest = mj_arena_alloc(&uses->arena, (size_t)t->n + 1, sizeof *uses->rest);
  uses->open = mj_arena_alloc(&uses->arena, (size_t)t->n + 1, 1);
  if (!vacant || !uses->rest || !uses->open) return MJ_ENOMEM;
  mj__vacant_units(tables, uses->year, vacant, uses->open);
  job.vacant = vacant;
  return mj_parallel(threads, t->n, CHUNK, share_parcels, &job);
}
