#include <math.h>

#include "measure/measure.h"
#include "measure/over_lease.h"

/* Columns of one figure. */
typedef struct {
  double *own, *median, *times;
  int64_t *peers;
  uint8_t *beyond;
} held_columns;

typedef struct {
  const mj__firms *firms;
  const int32_t *first_row;
  const char **parcel_zone;
  int64_t at, *parcels, *row;
  const char **code, **name, **zone, **division, **evidence, **peers;
  double *leased, *used, *unused, *staff, *power, *output;
  uint8_t *over;
  held_columns held[MJ__N_HELD];
  const char *number[MJ__DIVISIONS]; /* "38" */
} writer;

static held_columns columns_of(const mj_table *t, const char *own, const char *peers, const char *median,
                               const char *times, const char *beyond) {
  return (held_columns){.own = mj_table_f64(t, own),
                        .median = mj_table_f64(t, median),
                        .times = mj_table_f64(t, times),
                        .peers = mj_table_i64(t, peers),
                        .beyond = mj_table_tri(t, beyond)};
}

#define HELD(t, name) columns_of(t, name, name "_peers", name "_median", name "_times", name "_beyond")

static void open_writer(const mj_park *park, const mj__places *places, writer *w) {
  const mj_table *t = &park->table[MJ_OVER_LEASES];
  *w = (writer){.firms = &places->tables.firms,
                .first_row = places->first_row,
                .parcel_zone = mj_table_text(&park->table[MJ_PARCELS], "zone"),
                .parcels = mj_table_i64(t, "leased_parcels"),
                .row = mj_table_i64(t, "enterprise_row"),
                .code = mj_table_text(t, "credit_code"),
                .name = mj_table_text(t, "enterprise_name"),
                .zone = mj_table_text(t, "zone"),
                .division = mj_table_text(t, "industry_division"),
                .evidence = mj_table_text(t, "evidence"),
                .peers = mj_table_text(t, "peers"),
                .leased = mj_table_f64(t, "leased_m2"),
                .used = mj_table_f64(t, "used_m2"),
                .unused = mj_table_f64(t, "unused_share"),
                .staff = mj_table_f64(t, "staff"),
                .power = mj_table_f64(t, "electricity_kwh"),
                .output = mj_table_f64(t, "output_wan"),
                .over = mj_table_tri(t, "over_leased")};
  w->held[MJ__PER_PERSON] = HELD(t, "m2_per_person");
  w->held[MJ__POWER_PER_M2] = HELD(t, "kwh_per_m2");
  w->held[MJ__OUTPUT_PER_M2] = HELD(t, "output_wan_per_m2");
}

static void write_held(const held_columns *c, int64_t i, const mj__held *h) {
  c->own[i] = isfinite(h->own) ? h->own : (double)NAN;
  c->median[i] = h->median;
  c->times[i] = c->own[i] / h->median;
  c->peers[i] = h->peers;
  c->beyond[i] = h->beyond;
}

static mj_status write_row(mj_park *park, writer *w, mj__leases *leases, const mj__lease *l) {
  int64_t i = w->at++;
  const char **number = &w->number[l->division];
  if (l->division && !*number) *number = mj_arena_format(&park->arena, "%02d", l->division);
  if (l->division && !*number) return MJ_ENOMEM;
  w->code[i] = w->firms->code[l->firm];
  w->name[i] = w->firms->name[l->firm];
  w->zone[i] = w->parcel_zone ? w->parcel_zone[l->largest] : NULL;
  w->division[i] = *number;
  w->over[i] = l->over;
  w->parcels[i] = l->parcels;
  w->leased[i] = l->leased_m2;
  w->used[i] = l->used_m2;
  w->unused[i] = l->unused_share;
  w->staff[i] = l->staff;
  w->power[i] = l->power_kwh;
  w->output[i] = l->output_wan;
  for (int a = 0; a < MJ__N_HELD; a++) write_held(&w->held[a], i, &l->held[a]);
  if (w->first_row[l->firm] >= 0) w->row[i] = w->first_row[l->firm] + 1;
  MJ_TRY(mj__name_peers(park, w->firms, &leases->names, l->firm, l->division, &w->peers[i]));
  return mj__lease_evidence(park, l, &w->evidence[i]);
}

mj_status mj__lease_table(mj_park *park, const mj__places *places, mj__leases *leases) {
  static const uint8_t order[] = {MJ_YES, MJ_UNKNOWN, MJ_NO};
  writer w;
  MJ_TRY(mj_park_new_table(park, MJ_OVER_LEASES, leases->n, NULL));
  open_writer(park, places, &w);
  for (int pass = 0; pass < 3; pass++)
    for (int32_t k = 0; k < leases->n; k++)
      if (leases->lease[k].over == order[pass]) MJ_TRY(write_row(park, &w, leases, &leases->lease[k]));
  return MJ_OK;
}
