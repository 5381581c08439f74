/* Where the enterprises of the run's year stand on a map. */
#include "measure/enterprise_map.h"

#include <math.h>
#include <stdlib.h>

#include "base/codes.h"
#include "base/grow.h"
#include "base/industry_names.h"
#include "base/text.h"
#include "geom/inside.h"
#include "measure/enterprise_points.h"
#include "measure/use_places.h"

/* A point in each row of a layer, made when it is first asked for. */
typedef struct {
  mj_polys polys;
  double *x, *y;
  uint8_t *made;
} spots;

typedef struct {
  mj_park *park;
  const mj__places *places;
  mj_table *t;
  spots parcels, buildings;
  mj_inside room;
  mj__own_points own;
  int32_t *unit; /* [enterprises by number] its largest factory unit, or -1 */
  mj_text text;
  const char **zone, **listed, **from, **parcel_zone, **parcel_id;
} mapping;

static mj_status open_spots(mj_park *park, mj_table_id id, spots *s) {
  size_t n = (size_t)park->table[id].n + 1;
  s->polys = mj_geom_view(&park->table[id].geom);
  s->x = mj_arena_alloc(&park->scratch, n, sizeof *s->x);
  s->y = mj_arena_alloc(&park->scratch, n, sizeof *s->y);
  s->made = mj_arena_alloc(&park->scratch, n, 1);
  return s->x && s->y && s->made ? MJ_OK : MJ_ENOMEM;
}

/* False where the row has no shape. */
static mj_status spot(mapping *m, spots *s, int32_t row, double *x, double *y, bool *found) {
  *found = false;
  if (row < 0 || row >= s->polys.n) return MJ_OK;
  if (!s->made[row]) MJ_TRY(mj_point_in(&m->room, &s->polys, row, &s->x[row], &s->y[row]));
  s->made[row] = 1;
  *x = s->x[row];
  *y = s->y[row];
  *found = !isnan(*x);
  return MJ_OK;
}

/* ---- the largest place ---- */

/* Parcels of a row and the one that counts; building -1: not said. */
typedef struct {
  int32_t parcel, building;
  int32_t *all; /* [n] */
  int64_t n, cap;
} standing;

static mj_status add_place(standing *s, int32_t parcel) {
  for (int64_t k = 0; k < s->n; k++)
    if (s->all[k] == parcel) return MJ_OK;
  int32_t *grown = mj_grown(s->all, s->n, &s->cap, sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  s->all = grown;
  s->all[s->n++] = parcel;
  return MJ_OK;
}

static mj_status placed(const mapping *m, int64_t row, standing *s) {
  const mj__places *p = m->places;
  double best = -1;
  for (int32_t k = p->at[row]; k < p->at[row + 1]; k++) {
    const mj__place *place = &p->place[k];
    MJ_TRY(add_place(s, place->parcel));
    if (!(place->share > best)) continue;
    best = place->share;
    s->parcel = place->parcel;
    s->building = place->use < 0 ? -1 : p->uses.use[place->use].building;
  }
  return MJ_OK;
}

/* The use with the most floor; where none is known, the most land; else the first. */
static mj_status by_uses(const mapping *m, int32_t firm, standing *s) {
  const mj__uses *uses = &m->places->uses;
  const mj__groups *of = &uses->by_firm;
  int32_t best = -1;
  for (int by = 0; by < 3 && best < 0; by++) {
    double most = 0;
    for (int32_t k = of->at[firm]; k < of->at[firm + 1]; k++) {
      const mj__use *u = &uses->use[of->row[k]];
      double size = by == 0 ? u->floor_m2 : by == 1 ? u->stated_m2 : u->land_m2;
      if (size > most) {
        most = size;
        best = of->row[k];
      }
    }
  }
  for (int32_t k = of->at[firm]; k < of->at[firm + 1]; k++) MJ_TRY(add_place(s, uses->use[of->row[k]].parcel));
  if (best < 0 && of->at[firm] < of->at[firm + 1]) best = of->row[of->at[firm]];
  if (best >= 0) s->parcel = uses->use[best].parcel;
  if (best >= 0) s->building = uses->use[best].building;
  return MJ_OK;
}

/* The largest factory unit of each enterprise, which tells the building where occupancies do not. */
static mj_status find_units(mapping *m) {
  const mj__firms *firms = &m->places->tables.firms;
  const mj_table *t = &m->park->table[MJ_FACTORY_UNITS];
  const double *floor = mj_table_f64(t, "floor_area_m2");
  m->unit = mj_arena_alloc(&m->park->scratch, (size_t)firms->n + 1, sizeof *m->unit);
  if (!m->unit) return MJ_ENOMEM;
  for (int32_t f = 0; f < firms->n; f++) m->unit[f] = -1;
  for (int64_t i = 0; i < t->n; i++) {
    int32_t f = firms->of_unit[i];
    if (f < 0) continue;
    if (m->unit[f] < 0 || (floor && floor[i] > floor[m->unit[f]])) m->unit[f] = (int32_t)i;
  }
  return MJ_OK;
}

/* The building of that unit, where it stands on the parcel; -1: not known. */
static int32_t building_of_unit(const mapping *m, int32_t firm, int32_t parcel) {
  mj__place place[MJ__MOST_PLACES];
  int32_t n, building = -1, unit = m->unit[firm];
  if (unit < 0 || parcel < 0 || mj__unit_places(&m->places->tables, unit, place, &n, &building)) return -1;
  for (int32_t k = 0; k < n; k++)
    if (place[k].parcel == parcel) return building;
  return -1;
}

/* A row whose figures were shared out stands where most of them went; another one stands where it is known to be. */
static mj_status stand(const mapping *m, int64_t row, standing *s) {
  const mj__places *p = m->places;
  mj__place place[MJ__MOST_PLACES];
  int32_t firm = p->tables.firms.of_row[row], n;
  s->parcel = s->building = -1;
  s->n = 0;
  if (p->fate[row] == PLACED) MJ_TRY(placed(m, row, s));
  else if (p->uses.rows[firm] == 1) MJ_TRY(by_uses(m, firm, s));
  else if (!mj__row_places(&p->tables, row, place, &n)) {
    for (int32_t k = 0; k < n; k++) MJ_TRY(add_place(s, place[k].parcel));
    s->parcel = n ? place[0].parcel : -1;
  }
  if (s->building < 0) s->building = building_of_unit(m, firm, s->parcel);
  return MJ_OK;
}

/* ---- the row ---- */

/* Codes of the parcels, joined by semicolons; most rows have one. */
static mj_status list_places(mapping *m, int64_t row, const standing *s) {
  if (!m->parcel_id || !s->n) return MJ_OK;
  if (s->n == 1) {
    m->listed[row] = m->parcel_id[s->all[0]];
    return MJ_OK;
  }
  m->text.n = 0;
  for (int64_t k = 0; k < s->n; k++) {
    const char *id = m->parcel_id[s->all[k]];
    if (id && m->text.n) mj_text_add(&m->text, ";");
    if (id) mj_text_add(&m->text, id);
  }
  if (m->text.failed) return MJ_ENOMEM;
  m->listed[row] = m->text.n ? mj_arena_text(&m->t->arena, m->text.data, m->text.n) : NULL;
  return m->text.n && !m->listed[row] ? MJ_ENOMEM : MJ_OK;
}

static mj_status point_of(mapping *m, int64_t row, const standing *s, double *x, double *y) {
  bool own = mj__own_point(&m->own, row, x, y), found = false;
  m->from[row] = own ? "coordinates" : NULL;
  if (own && m->own.trusted) return MJ_OK;
  double u, v;
  MJ_TRY(spot(m, &m->buildings, s->building, &u, &v, &found));
  const char *from = "building";
  if (!found) {
    MJ_TRY(spot(m, &m->parcels, s->parcel, &u, &v, &found));
    from = "parcel";
  }
  if (own && !found) m->from[row] = "unchecked";
  if (!found) return MJ_OK;
  m->from[row] = from;
  *x = u;
  *y = v;
  return MJ_OK;
}

static mj_status map_row(mapping *m, int64_t row, standing *s) {
  double x, y;
  MJ_TRY(stand(m, row, s));
  if (s->parcel >= 0 && m->parcel_zone) m->zone[row] = m->parcel_zone[s->parcel];
  MJ_TRY(list_places(m, row, s));
  MJ_TRY(point_of(m, row, s, &x, &y));
  if (!m->from[row]) return MJ_OK;
  MJ_TRY(mj_geom_push_ring(&m->t->geom, 1, &x, &y));
  return mj_geom_end_part(&m->t->geom);
}

static mj_status map_rows(mapping *m) {
  const mj__places *p = m->places;
  int32_t now = m->park->project.year;
  standing s = {0};
  mj_status status = MJ_OK;
  mj_geom_reset(&m->t->geom);
  m->t->geom.kind = MJ_GEOM_POINT;
  for (int64_t i = 0; i < m->t->n && !status; i++) {
    if (p->year[i] == now) status = map_row(m, i, &s);
    if (!status) status = mj_geom_end_row(&m->t->geom);
  }
  free(s.all);
  return status;
}

static mj_status add_yields(const mapping *m) {
  mj_status status = MJ_OK;
  const double *land = mj_table_f64(m->t, "land_area_m2"), *output = mj_table_f64(m->t, "output_wan"),
               *tax = mj_table_f64(m->t, "tax_wan");
  double *output_per_mu = mj__f64(m->t, "output_wan_per_mu", &status),
         *tax_per_mu = mj__f64(m->t, "tax_wan_per_mu", &status);
  for (int64_t i = 0; land && i < m->t->n && !status; i++) {
    if (m->places->year[i] != m->park->project.year || !(land[i] > 0)) continue;
    if (output) output_per_mu[i] = output[i] / (land[i] / MJ__M2_PER_MU);
    if (tax) tax_per_mu[i] = tax[i] / (land[i] / MJ__M2_PER_MU);
  }
  return status;
}

/* Of the rows of all years: summaries go by it. */
static mj_status name_industries(const mapping *m) {
  const char *name[MJ_DIVISIONS], **code = mj_table_text(m->t, "industry_code");
  mj_status status = MJ_OK;
  char letter;
  if (!code) return MJ_OK;
  MJ_TRY(mj_industry_names(m->park->project.lang, &m->t->arena, name));
  const char **out = mj__text(m->t, "industry_name", &status);
  for (int64_t i = 0; i < m->t->n && !status; i++) {
    int division = code[i] ? mj_industry_division(code[i], &letter) : -1;
    if (division > 0 && division < MJ_DIVISIONS) out[i] = name[division];
  }
  return status;
}

static mj_status open_mapping(mapping *m) {
  mj_status status = MJ_OK;
  const mj_table *parcels = &m->park->table[MJ_PARCELS];
  m->parcel_zone = mj_table_text(parcels, "zone");
  m->parcel_id = mj_table_text(parcels, "parcel_id");
  m->zone = mj__text(m->t, "zone", &status);
  m->listed = mj__text(m->t, "places", &status);
  m->from = mj__text(m->t, "point_from", &status);
  if (!status) status = find_units(m);
  if (!status) status = open_spots(m->park, MJ_PARCELS, &m->parcels);
  return status ? status : open_spots(m->park, MJ_BUILDINGS, &m->buildings);
}

mj_status mj__enterprise_map(mj_park *park, const mj__places *places, mj_error *err) {
  mapping m = {.park = park, .places = places, .t = &park->table[MJ_ENTERPRISES]};
  if (park->project.year < MJ_YEAR_MIN || park->project.year > MJ_YEAR_MAX) return MJ_OK; /* uses are of a year */
  mj_status status = mj__own_points_find(park, places, &m.own, err);
  if (status) return status;
  status = open_mapping(&m);
  if (!status) status = map_rows(&m);
  if (!status) status = add_yields(&m);
  if (!status) status = name_industries(&m);
  if (!status) status = mj__own_points_tell(&m.own);
  mj_inside_reset(&m.room);
  mj_text_reset(&m.text);
  return status ? mj_fail(err, status, "out of memory placing enterprises") : MJ_OK;
}
