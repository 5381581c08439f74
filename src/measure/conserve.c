#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/keymap.h"
#include "measure/enterprises.h"
#include "measure/measure.h"

enum { PER_ROLE = 6 + MJ_LEDGER_END, MORE = 64 };

/* Lines of the table while they are made. */
typedef struct {
  mj_park *park;
  const char **layer, **measure, **item;
  int64_t *rows, n;
  double *value;
  mj_sum left; /* of the measure that is being split: the source less what was told of it */
  const char *of_layer, *of_measure;
} lines;

static void put(lines *l, const char *item, int64_t rows, double value) {
  l->layer[l->n] = l->of_layer;
  l->measure[l->n] = l->of_measure;
  l->item[l->n] = item;
  l->rows[l->n] = rows;
  l->value[l->n++] = value;
}

static void begin(lines *l, const char *layer, const char *measure, int64_t rows, double source) {
  l->of_layer = layer;
  l->of_measure = measure;
  l->left = (mj_sum){0};
  mj_sum_add(&l->left, source);
  put(l, "source", rows, source);
}

static void tell(lines *l, const char *item, int64_t rows, double value) {
  put(l, item, rows, value);
  mj_sum_add(&l->left, -value);
}

static void end(lines *l) { put(l, "residual", MJ_I64_NULL, mj_sum_value(&l->left)); }

/* ---- rows ---- */

/* "parcels" and "parcels (north.shp)" are layers of parcels. */
static bool is_of(const char *layer, const char *role) {
  size_t n = strlen(role);
  return layer && !strncmp(layer, role, n) && (!layer[n] || layer[n] == ' ');
}

typedef struct {
  mj_keymap rows; /* "row layer" of those set aside, each once */
  uint8_t *code;  /* [rows.n] of the first entry */
  mj_arena arena;
  int64_t in_table[MJ_LEDGER_END], elsewhere[MJ_LEDGER_END], used, unexplained;
} asides;

static const char *row_key(asides *a, int64_t row, const char *layer) {
  return mj_arena_format(&a->arena, "%lld %s", (long long)row, layer);
}

/* Entries that set a row aside; of many rows told as one their number counts. */
static mj_status read_asides(const mj_park *park, const char *role, asides *a) {
  const mj_ledger *ledger = &park->ledger;
  a->code = mj_arena_alloc(&a->arena, (size_t)ledger->n + 1, sizeof *a->code);
  if (!a->code) return MJ_ENOMEM;
  for (int64_t i = 0; i < ledger->n; i++) {
    const mj_ledger_entry *e = &ledger->entry[i];
    int32_t number, before = a->rows.n;
    if (mj_ledger_severity(e->code) != MJ_SET_ASIDE || !is_of(e->layer, role)) continue;
    if (e->row <= 0) {
      a->in_table[e->code] += e->rows;
      continue;
    }
    const char *key = row_key(a, e->row, e->layer);
    if (!key) return MJ_ENOMEM;
    MJ_TRY(mj_keymap_add(&a->rows, key, 0, &number));
    if (a->rows.n > before) {
      a->code[number] = (uint8_t)e->code;
      a->elsewhere[e->code]++;
    }
  }
  return MJ_OK;
}

/* A row takes part, is set aside with a code, or has lost its shape without a word. */
static mj_status count_rows(const mj_park *park, mj_table_id id, asides *a) {
  const mj_table *t = &park->table[id];
  bool shapes = id <= MJ_EASEMENTS && t->geom.n == t->n && t->geom.kind != MJ_GEOM_NONE; /* a list may do without */
  char where[MJ_WHERE];
  for (int64_t i = 0; i < t->n; i++) {
    int32_t number = -1;
    if (a->rows.n) {
      const char *key = row_key(a, mj_table_source_row(t, i), mj_park_where(park, id, i, where));
      if (!key) return MJ_ENOMEM;
      number = mj_keymap_find(&a->rows, key);
    }
    if (number >= 0) {
      a->in_table[a->code[number]]++;
      a->elsewhere[a->code[number]]--;
    } else if (shapes && t->geom.part0[i] == t->geom.part0[i + 1]) {
      a->unexplained++;
    } else {
      a->used++;
    }
  }
  return MJ_OK;
}

/* The rows of the table that no entry of their own sets aside, less those that are told by number. */
static void tell_rows(lines *l, mj_table_id id, const asides *a) {
  const mj_park *park = l->park;
  const char *role = mj_table_id_name(id);
  int64_t in = 0, counted = 0, n = park->table[id].n;
  for (int32_t i = 0; i < park->n_sources; i++)
    if (park->sources[i].role == id) in += park->sources[i].rows_in;
  begin(l, role, "rows", in, (double)in);
  tell(l, "table", n, (double)n);
  for (int c = 0; c < MJ_LEDGER_END; c++)
    if (a->elsewhere[c] > 0) tell(l, mj_ledger_code_name((mj_ledger_code)c), a->elsewhere[c], (double)a->elsewhere[c]);
  end(l);
  for (int c = 0; c < MJ_LEDGER_END; c++) counted += a->in_table[c];
  int64_t by_number = counted + a->used + a->unexplained - n;
  begin(l, role, "rows_used", n, (double)n);
  tell(l, "used", a->used - by_number, (double)(a->used - by_number));
  for (int c = 0; c < MJ_LEDGER_END; c++)
    if (a->in_table[c] > 0) tell(l, mj_ledger_code_name((mj_ledger_code)c), a->in_table[c], (double)a->in_table[c]);
  end(l);
}

static mj_status add_rows(lines *l, mj_table_id id) {
  asides *a = calloc(1, sizeof *a);
  if (!a) return MJ_ENOMEM;
  mj_status status = read_asides(l->park, mj_table_id_name(id), a);
  if (!status) status = count_rows(l->park, id, a);
  if (!status) tell_rows(l, id, a);
  mj_keymap_reset(&a->rows);
  mj_arena_reset(&a->arena);
  free(a);
  return status;
}

/* ---- areas ---- */

static double sum_known(const double *v, int64_t n, int64_t *known) {
  mj_sum sum = {0};
  *known = 0;
  for (int64_t i = 0; v && i < n; i++) {
    if (isnan(v[i])) continue;
    mj_sum_add(&sum, v[i]);
    ++*known;
  }
  return mj_sum_value(&sum);
}

/* Shapes as read = shapes in the result + what repair took away + what was set aside. */
static void add_shapes(lines *l, mj_table_id id, const char *measure) {
  const mj_table *t = &l->park->table[id];
  const double *area = mj_table_f64(t, measure);
  double in = 0, repair = 0, lost = 0;
  int64_t known;
  if (!area) return;
  for (int32_t i = 0; i < l->park->n_sources; i++) {
    const mj_source *s = &l->park->sources[i];
    if (s->role != id) continue;
    in += s->area_in_m2;
    repair += s->area_repair_m2;
    lost += s->area_lost_m2;
  }
  double out = sum_known(area, t->n, &known);
  begin(l, mj_table_id_name(id), measure, t->n, in);
  tell(l, "table", known, out);
  tell(l, "repair", MJ_I64_NULL, repair);
  tell(l, "set_aside", MJ_I64_NULL, lost);
  end(l);
}

/* The areas that per-mu figures divide by, by the papers that they come from. */
static void add_bases(lines *l) {
  const mj_table *t = &l->park->table[MJ_PARCELS];
  const double *mu = mj_table_f64(t, "area_mu");
  const char **basis = mj_table_text(t, "area_basis");
  int64_t known;
  if (!mu || !basis) return;
  begin(l, "parcels", "area_mu", t->n, sum_known(mu, t->n, &known));
  for (int b = MJ_BASIS_RECORDED; b <= MJ_BASIS_TUBAN; b++) {
    mj_sum sum = {0};
    int64_t rows = 0;
    for (int64_t i = 0; i < t->n; i++) {
      if (!basis[i] || strcmp(basis[i], mj_basis_name((mj_basis)b)) != 0) continue;
      mj_sum_add(&sum, mu[i]);
      rows++;
    }
    if (rows) tell(l, mj_basis_name((mj_basis)b), rows, mj_sum_value(&sum));
  }
  tell(l, "missing", t->n - known, 0);
  end(l);
}

/* ---- buildings ---- */

/* Sums of one figure of the buildings on their way to the parcels. */
typedef struct {
  mj_sum stacked, off, twice, unknown, incomplete, record, parcels;
  int64_t n_off, n_twice, n_unknown, n_record, n_parcels;
} building_sums;

/* Share of every building that lies on parcels, more than 1 where parcels overlap, NaN where it cannot be computed. */
static double *shares_of(const mj_park *park) {
  const mj_table *pairs = &park->table[MJ_PARCEL_BUILDINGS];
  const int64_t *building = mj_table_i64(pairs, "building_row");
  const double *share = mj_table_f64(pairs, "share");
  double *sum = calloc((size_t)park->table[MJ_BUILDINGS].n + 1, sizeof *sum);
  for (int64_t k = 0; sum && building && share && k < pairs->n; k++) sum[building[k] - 1] += share[k];
  return sum;
}

/* Noise of overlaps that add up to a whole building. */
static const double WHOLE = 1e-9;

static void off_and_twice(const mj_park *park, const double *figure, const double *share, building_sums *s) {
  const double *once = mj_table_f64(&park->table[MJ_BUILDINGS], "parcel_share");
  for (int64_t b = 0; b < park->table[MJ_BUILDINGS].n; b++) {
    if (isnan(figure[b])) continue;
    s->n_unknown += isnan(share[b]);
    if (isnan(share[b])) {
      mj_sum_add(&s->unknown, figure[b]);
      continue;
    }
    double ground = fmin(share[b], 1);
    if (once && once[b] < ground - WHOLE) ground = once[b]; /* half off, and the other half on parcels that overlap */
    mj_sum_add(&s->off, figure[b] * (1 - ground));
    mj_sum_add(&s->twice, figure[b] * (ground - share[b]));
    s->n_off += ground < 1 - WHOLE;
    s->n_twice += share[b] > ground + WHOLE;
  }
}

static void on_parcels(const mj_park *park, const char *column, const double *figure, const double *share,
                       building_sums *s) {
  const mj_table *t = &park->table[MJ_PARCELS], *pairs = &park->table[MJ_PARCEL_BUILDINGS];
  const double *sum = mj_table_f64(t, column), *part = mj_table_f64(pairs, "share");
  const int64_t *parcel = mj_table_i64(pairs, "parcel_row"), *building = mj_table_i64(pairs, "building_row");
  const char **source = mj_table_text(t, "floor_area_source");
  bool floor = !strcmp(column, "floor_area_m2");
  for (int64_t i = 0; sum && i < t->n; i++) {
    if (isnan(sum[i])) continue;
    bool record = floor && source && source[i] && !strcmp(source[i], "record");
    mj_sum_add(&s->parcels, sum[i]);
    if (!floor) mj_sum_add(&s->stacked, -sum[i]);
    if (record) mj_sum_add(&s->record, -sum[i]);
    s->n_record += record;
    s->n_parcels++;
  }
  for (int64_t k = 0; sum && part && parcel && building && k < pairs->n; k++) {
    int64_t i = parcel[k] - 1, b = building[k] - 1;
    bool record = floor && source && source[i] && !strcmp(source[i], "record");
    if (isnan(figure[b]) || isnan(share[b])) continue;
    if (!floor && !isnan(sum[i]))
      mj_sum_add(&s->stacked, figure[b] * part[k]); /* a parcel counts what lies over each other once */
    if (!isnan(sum[i]) && !record) continue;
    mj_sum_add(&s->incomplete, figure[b] * part[k]);
  }
}

static void add_figure(lines *l, const char *column, const double *share) {
  const mj_table *t = &l->park->table[MJ_BUILDINGS];
  const double *figure = mj_table_f64(t, column);
  building_sums s = {0};
  int64_t known;
  if (!figure || !mj_table_f64(&l->park->table[MJ_PARCELS], column)) return;
  off_and_twice(l->park, figure, share, &s);
  on_parcels(l->park, column, figure, share, &s);
  double sum = sum_known(figure, t->n, &known);
  /* footprints come a second time: first as shapes, now on their way to the parcels */
  begin(l, "buildings", !strcmp(column, "footprint_m2") ? "footprint_on_parcels_m2" : column, known, sum);
  tell(l, "parcels", s.n_parcels, mj_sum_value(&s.parcels));
  tell(l, "on_parcels_with_missing_figures", MJ_I64_NULL, mj_sum_value(&s.incomplete));
  if (!strcmp(column, "footprint_m2")) tell(l, "stacked", MJ_I64_NULL, mj_sum_value(&s.stacked));
  tell(l, "off_parcels", s.n_off, mj_sum_value(&s.off));
  tell(l, "counted_twice", s.n_twice, mj_sum_value(&s.twice));
  tell(l, "from_record", s.n_record, mj_sum_value(&s.record));
  tell(l, "overlap_unknown", s.n_unknown, mj_sum_value(&s.unknown));
  tell(l, "missing", t->n - known, 0);
  end(l);
}

/* ---- the table ---- */

static void copy_enterprises(lines *l, const mj_table *from) {
  for (int64_t i = 0; from->name && i < from->n; i++) {
    l->of_layer = mj_table_text(from, "layer")[i];
    l->of_measure = mj_table_text(from, "measure")[i];
    put(l, mj_table_text(from, "item")[i], mj_table_i64(from, "rows")[i], mj_table_f64(from, "value")[i]);
  }
}

static mj_status fill(lines *l, const mj_table *enterprises) {
  mj_park *park = l->park;
  double *share = shares_of(park);
  mj_status status = share ? MJ_OK : MJ_ENOMEM;
  for (int id = 0; id < MJ_ROLE_END && !status; id++)
    if (mj_park_has(park, (mj_table_id)id)) status = add_rows(l, (mj_table_id)id);
  if (!status) {
    add_shapes(l, MJ_PARCELS, "area_planar_m2");
    add_bases(l);
    add_shapes(l, MJ_BUILDINGS, "footprint_m2");
    add_figure(l, "footprint_m2", share);
    add_figure(l, "floor_area_m2", share);
    copy_enterprises(l, enterprises);
  }
  free(share);
  return status;
}

mj_status mj__measure_conservation(mj_park *park, mj_error *err) {
  mj_table enterprises = park->table[MJ_RECONCILIATION], *t = &park->table[MJ_RECONCILIATION];
  lines l = {.park = park};
  *t = (mj_table){0};
  mj_status status = mj_table_init(t, "reconciliation", enterprises.n + MJ_ROLE_END * PER_ROLE + MORE);
  l.layer = mj__text(t, "layer", &status);
  l.measure = mj__text(t, "measure", &status);
  l.item = mj__text(t, "item", &status);
  l.rows = mj__i64(t, "rows", &status);
  l.value = mj__f64(t, "value", &status);
  if (!status) status = fill(&l, &enterprises);
  t->n = l.n; /* room was for every code of every layer */
  mj_table_reset(&enterprises);
  return status ? mj_fail(err, status, "out of memory reconciling sums") : MJ_OK;
}
