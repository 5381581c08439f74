/* Buildings and parcels whose figures do not go together. */
#include <math.h>
#include <string.h>

#include "measure/doubts.h"

typedef struct {
  const mj_check_limits *limit;
  mj_lang lang;
  const double *floors, *height, *registered, *footprint;                                /* of buildings */
  const double *ratio, *coverage, *countable, *covered, *tax, *output, *mu, *tax_per_mu; /* of parcels */
  const double *recorded_floor, *floor_area, *cap;
} view;

/* A value that a table does not have is unknown, and what is unknown is not doubted. */
static double at(const double *column, int64_t i) { return column ? column[i] : (double)NAN; }

/* How far beyond a bound, as a factor over 1; 0 within it, or where no bound is said. */
static double above(double v, double most) { return most > 0 && v > most ? v / most : 0; }
static double below(double v, double least) { return v > 0 && v < least ? least / v : 0; }

/* ---- buildings ---- */

static double most_of(const view *v, int64_t i) {
  return v->floors[i] < 2 ? v->limit->single_storey_max_m : v->limit->storey_max_m;
}

static double storeys(const void *facts, int64_t i) {
  const view *v = facts;
  double per = at(v->height, i) / at(v->floors, i);
  if (!(at(v->floors, i) > 0) || !(per > 0)) return 0;
  return fmax(above(per, most_of(v, i)), below(per, v->limit->storey_min_m));
}

static void say_storeys(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits floors, height, per, least, most;
  mj_text_format(found, mj_tr(v->lang, "%s storeys, %s m high"), mj__digits_of(v->floors[i], &floors),
                 mj__digits_of(v->height[i], &height));
  mj_text_format(expected, mj_tr(v->lang, "%s m a storey, usual: %s to %s m"),
                 mj__digits_of(v->height[i] / v->floors[i], &per), mj__digits_of(v->limit->storey_min_m, &least),
                 mj__digits_of(most_of(v, i), &most));
}

/* Storeys times footprint; with unknown storeys one of them at least. */
static double built(const view *v, int64_t i) {
  double floors = at(v->floors, i);
  return at(v->footprint, i) * (floors > 0 ? floors : 1);
}

static double off_built(const view *v, int64_t i) {
  double registered = at(v->registered, i), expected = built(v, i), share = registered / expected;
  if (!(registered > 0) || !(expected > 0)) return 0;
  double too_little = fmax(at(v->floors, i) > 0 ? below(share, v->limit->floor_area_under) : 0,
                           below(registered / at(v->footprint, i), v->limit->floor_area_footprint_min));
  return fmax(too_little, at(v->floors, i) > 0 ? above(share, v->limit->floor_area_over) : 0);
}

static bool registered_slipped(const view *v, int64_t i) {
  return at(v->floors, i) > 0 && mj__slip_fits(v->registered[i], built(v, i), v->limit->slip_match);
}

static double floor_area(const void *facts, int64_t i) {
  double off = off_built(facts, i);
  return off > 0 && !registered_slipped(facts, i) ? off : 0;
}

static double floor_area_unit(const void *facts, int64_t i) {
  double off = off_built(facts, i);
  return off > 0 && registered_slipped(facts, i) ? off : 0;
}

static void say_floor_area(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits floor, footprint, floors, product, off;
  mj_text_format(found, mj_tr(v->lang, "floor area %s m2"), mj__digits_of(v->registered[i], &floor));
  mj__digits_of(v->footprint[i], &footprint);
  if (!(at(v->floors, i) > 0))
    mj_text_format(expected, mj_tr(v->lang, "footprint %s m2, storeys unknown"), footprint.text);
  else
    mj_text_format(expected, mj_tr(v->lang, "footprint %s m2 x %s storeys = %s m2, off by a factor of %s"),
                   footprint.text, mj__digits_of(v->floors[i], &floors), mj__digits_of(built(v, i), &product),
                   mj__factor_of(v->registered[i] / built(v, i), &off));
  if (registered_slipped(v, i)) mj__slip_say(v->registered[i], built(v, i), v->limit->slip_match, v->lang, expected);
}

/* ---- parcels ---- */

static double plot_ratio(const void *facts, int64_t i) {
  const view *v = facts;
  return above(at(v->ratio, i), v->limit->plot_ratio_max);
}

static double cap(const void *facts, int64_t i) {
  const view *v = facts;
  return above(at(v->cap, i), v->limit->plot_ratio_max);
}

static void say_cap(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits ratio, most;
  mj_text_format(found, mj_tr(v->lang, "plot ratio %s"), mj__digits_of(v->cap[i], &ratio));
  mj_text_format(expected, mj_tr(v->lang, "at most %s"), mj__digits_of(v->limit->plot_ratio_max, &most));
}

static double coverage(const void *facts, int64_t i) {
  const view *v = facts;
  return above(at(v->coverage, i), v->limit->coverage_max);
}

static void say_plot_ratio(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits ratio, most, floor, land;
  mj_text_format(found, mj_tr(v->lang, "plot ratio %s"), mj__digits_of(v->ratio[i], &ratio));
  mj_text_format(expected, mj_tr(v->lang, "at most %s; countable floor area %s m2 over land %s m2"),
                 mj__digits_of(v->limit->plot_ratio_max, &most), mj__digits_of(at(v->countable, i), &floor),
                 mj__digits_of(at(v->countable, i) / v->ratio[i], &land));
}

static void say_coverage(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits share, most, footprint, land;
  mj_text_format(found, mj_tr(v->lang, "coverage %s"), mj__digits_of(v->coverage[i], &share));
  mj_text_format(expected, mj_tr(v->lang, "at most %s; footprint %s m2 over land %s m2"),
                 mj__digits_of(v->limit->coverage_max, &most), mj__digits_of(at(v->covered, i), &footprint),
                 mj__digits_of(at(v->covered, i) / v->coverage[i], &land));
}

static double tax_per_mu(const void *facts, int64_t i) {
  const view *v = facts;
  return above(at(v->tax_per_mu, i), v->limit->tax_per_mu_max);
}

static void say_tax_per_mu(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits per, most, tax, mu, output;
  mj_text_format(found, mj_tr(v->lang, "tax %s (10k yuan/mu)"), mj__digits_of(v->tax_per_mu[i], &per));
  mj_text_format(expected, mj_tr(v->lang, "at most %s; tax %s (10k yuan) over %s mu"),
                 mj__digits_of(v->limit->tax_per_mu_max, &most), mj__digits_of(v->tax[i], &tax),
                 mj__digits_of(v->mu[i], &mu));
  if (at(v->output, i) > 0)
    mj_text_format(expected, mj_tr(v->lang, "; output %s (10k yuan/mu)"),
                   mj__digits_of(v->output[i] / v->mu[i], &output));
}

/* The parcel's own record of floor area: less than what the mapped buildings cover, or a slip of unit against them. */
static bool record_slipped(const view *v, int64_t i) {
  double record = at(v->recorded_floor, i), buildings = at(v->floor_area, i);
  bool off = above(record / buildings, v->limit->floor_area_over) > 0 ||
             below(record / buildings, v->limit->floor_area_under) > 0;
  return off && mj__slip_fits(record, buildings, v->limit->slip_match);
}

static double record(const void *facts, int64_t i) {
  const view *v = facts;
  if (record_slipped(v, i)) return 0;
  return below(at(v->recorded_floor, i) / at(v->covered, i), v->limit->floor_area_footprint_min);
}

static double record_unit(const void *facts, int64_t i) {
  const view *v = facts;
  return record_slipped(v, i) ? mj__times_off(v->recorded_floor[i], v->floor_area[i]) : 0;
}

static void say_record(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const view *v = facts;
  mj__digits floor, footprint, area;
  mj_text_format(found, mj_tr(v->lang, "floor area %s m2"), mj__digits_of(v->recorded_floor[i], &floor));
  mj_text_format(expected, mj_tr(v->lang, "buildings on the parcel: footprint %s m2, floor area %s m2"),
                 mj__digits_of(at(v->covered, i), &footprint), mj__digits_of(at(v->floor_area, i), &area));
  if (record_slipped(v, i))
    mj__slip_say(v->recorded_floor[i], v->floor_area[i], v->limit->slip_match, v->lang, expected);
}

/* ---- money on parcels ---- */

typedef struct {
  const mj_check_limits *limit;
  mj_lang lang;
  const char *name;
  const double *value, *mu;
  bool grows;    /* what is paid bit by bit may be little */
  double middle; /* per mu, of the park */
} money;

static double per_mu(const void *facts, int64_t i) {
  const money *m = facts;
  double share = m->value[i] / m->mu[i], off = m->grows && share < m->middle ? 0 : mj__times_off(share, m->middle);
  return off >= mj__least_slip(m->limit) ? off : 0;
}

static void say_per_mu(const void *facts, int64_t i, mj_text *found, mj_text *expected) {
  const money *m = facts;
  mj__digits value, per, middle, off;
  mj_text_format(found, "%s %s %s", mj_tr(m->lang, m->name), mj__digits_of(m->value[i], &value),
                 mj_tr(m->lang, "(10k yuan)"));
  mj_text_format(expected, mj_tr(m->lang, "%s per mu, middle of the park %s, off by a factor of %s"),
                 mj__digits_of(m->value[i] / m->mu[i], &per), mj__digits_of(m->middle, &middle),
                 mj__factor_of(m->value[i] / m->mu[i] / m->middle, &off));
}

static mj_status money_of_parcels(mj_park *park) {
  static const char *const fields[][2] = {
      {"invest_total_wan", "investment"}, {"invested_wan", "invested so far"}, {"land_price_wan", "land price"}};
  const mj_table *t = &park->table[MJ_PARCELS];
  for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
    mj__suspicion s = {MJ_L_SUSPECT_UNIT, MJ_PARCELS, fields[k][0], per_mu, say_per_mu};
    money m = {.limit = &park->project.checks,
               .lang = park->project.lang,
               .name = fields[k][1],
               .grows = !strcmp(fields[k][0], "invested_wan"),
               .value = mj_table_f64(t, fields[k][0]),
               .mu = mj_table_f64(t, "area_mu")};
    if (!m.value || !m.mu) continue;
    MJ_TRY(mj__median(m.value, m.mu, t->n, m.limit->slip_rows_min, &m.middle));
    MJ_TRY(mj__suspect(park, &s, 1, &m));
  }
  return MJ_OK;
}

mj_status mj__measure_suspicions(mj_park *park, mj_error *err) {
  static const mj__suspicion of_buildings[] = {
      {MJ_L_SUSPECT_STOREYS, MJ_BUILDINGS, "floors", storeys, say_storeys},
      {MJ_L_SUSPECT_UNIT, MJ_BUILDINGS, "floor_area_registered_m2", floor_area_unit, say_floor_area},
      {MJ_L_SUSPECT_FLOOR_AREA, MJ_BUILDINGS, "floor_area_registered_m2", floor_area, say_floor_area}};
  static const mj__suspicion of_parcels[] = {
      {MJ_L_SUSPECT_PLOT_RATIO, MJ_PARCELS, "plot_ratio", plot_ratio, say_plot_ratio},
      {MJ_L_SUSPECT_PLOT_RATIO, MJ_PARCELS, "plot_ratio_cap", cap, say_cap},
      {MJ_L_SUSPECT_PLOT_RATIO, MJ_PARCELS, "coverage", coverage, say_coverage},
      {MJ_L_SUSPECT_UNIT, MJ_PARCELS, "floor_area_recorded_m2", record_unit, say_record},
      {MJ_L_SUSPECT_FLOOR_AREA, MJ_PARCELS, "floor_area_recorded_m2", record, say_record},
      {MJ_L_SUSPECT_TAX_PER_MU, MJ_PARCELS, "tax_wan_per_mu", tax_per_mu, say_tax_per_mu}};
  const mj_table *p = &park->table[MJ_PARCELS], *b = &park->table[MJ_BUILDINGS];
  bool buildings = mj_park_has(park, MJ_BUILDINGS);
  view v = {.limit = &park->project.checks,
            .lang = park->project.lang,
            .ratio = mj_table_f64(p, "plot_ratio"),
            .coverage = mj_table_f64(p, "coverage"),
            .countable = mj_table_f64(p, "countable_floor_area_m2"),
            .covered = mj_table_f64(p, "footprint_m2"),
            .tax = mj_table_f64(p, "tax_wan"),
            .output = mj_table_f64(p, "output_wan"),
            .mu = mj_table_f64(p, "area_mu"),
            .tax_per_mu = mj_table_f64(p, "tax_wan_per_mu"),
            .recorded_floor = mj_table_f64(p, "floor_area_recorded_m2"),
            .floor_area = mj_table_f64(p, "floor_area_m2"),
            .cap = mj_table_f64(p, "plot_ratio_cap")};
  if (buildings) {
    v.floors = mj_table_f64(b, "floors");
    v.height = mj_table_f64(b, "height_m");
    v.registered = mj_table_f64(b, "floor_area_registered_m2");
    v.footprint = mj_table_f64(b, "footprint_m2");
  }
  mj_status status =
      buildings ? mj__suspect(park, of_buildings, sizeof of_buildings / sizeof *of_buildings, &v) : MJ_OK;
  if (!status) status = mj__suspect(park, of_parcels, sizeof of_parcels / sizeof *of_parcels, &v);
  if (!status) status = money_of_parcels(park);
  if (!status) status = mj__suspect_slips(park);
  return status ? mj_fail(err, status, "out of memory doubting figures") : MJ_OK;
}
