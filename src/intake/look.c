#include "intake/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geom/overlap.h"
#include "gis/overlay.h"
#include "intake/frame.h"
#include "intake/typing.h"
#include "intake/units.h"

const char *mj_look_geometry(const mj_look *look, mj_lang lang) {
  const char *kind = look->info->geometry;
  if (!strcmp(kind, "None")) return lang == MJ_ZH ? "无图形" : "no geometry";
  return mj_tr(lang, strncmp(kind, "3D ", 3) ? kind : kind + 3);
}

void mj_look_reset(mj_look *look) {
  mj_table_reset(&look->table);
  mj_ledger_reset(&look->ledger);
  mj_crs_close(look->crs);
  mj_arena_reset(&look->arena);
  *look = (mj_look){0};
}

/* ---- shapes ---- */

static mj_status count_invalid(mj_look *look, const mj_polys *g, mj_error *err) {
  uint8_t *doubt = mj_arena_alloc(&look->arena, (size_t)g->n + 1, 1);
  mj_overlay *overlay = NULL;
  char reason[200];
  double x, y;
  if (!doubt || mj_geom_simple(g, 0, doubt)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_overlay_open(&overlay, err));
  for (int64_t i = 0; i < g->n; i++)
    look->n_invalid += doubt[i] == MJ_DOUBTFUL && !mj_overlay_valid(overlay, g, i, reason, &x, &y);
  mj_overlay_close(overlay);
  return MJ_OK;
}

static mj_status look_shapes(mj_look *look, mj_error *err) {
  mj_polys g = mj_geom_view(&look->table.geom);
  look->box = mj_box_of(&look->table.geom);
  for (int64_t i = 0; i < g.n; i++) {
    look->n_empty += g.part0[i + 1] == g.part0[i];
    look->n_multipart += g.part0[i + 1] > g.part0[i] + 1;
  }
  return look->table.geom.kind == MJ_GEOM_POLYGON ? count_invalid(look, &g, err) : MJ_OK;
}

/* Areas of the shapes in m2, on the ellipsoid where the layer is in degrees; NULL where there is no system. */
static double *areas(mj_look *look) {
  mj_polys g = mj_geom_view(&look->table.geom);
  const mj_crs_facts *f = look->crs ? mj_crs_get(look->crs) : NULL;
  double *area = f && g.n ? mj_arena_alloc(&look->arena, (size_t)g.n, sizeof *area) : NULL;
  if (!area) return NULL;
  if (f->geographic) {
    mj_area_geodesic(&g, g.x, g.y, f->a_m, f->inv_f, 0, g.n, area);
    return area;
  }
  mj_area_planar(&g, area);
  for (int64_t i = 0; i < g.n; i++) area[i] *= f->unit_m * f->unit_m;
  return area;
}

/* ---- fields ---- */

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double number_at(const mj_column *c, int64_t row) {
  double v = (double)NAN;
  if (c->type == MJ_F64) v = c->f64[row];
  if (c->type == MJ_I64 && c->i64[row] != MJ_I64_NULL) v = (double)c->i64[row];
  if (c->type == MJ_TEXT && c->text[row] && !mj_double_parse(c->text[row], &v)) v = (double)NAN;
  return v;
}

/* The unit in which half of the recorded areas agree with the shapes to 5 %: units of area lie further apart than that.
 */
static const char *believe(mj_look *look, const mj_column *column, const double *area) {
  static const char *const codes[] = {"m2", "mu", "ha", "km2", "sqft", "acre", "wan_m2"};
  double *ratio = mj_arena_alloc(&look->arena, (size_t)look->table.n + 1, sizeof *ratio), factor;
  size_t n = 0;
  for (int64_t i = 0; ratio && i < look->table.n; i++) {
    double v = number_at(column, i);
    if (v > 0 && area[i] > 0) ratio[n++] = v / area[i];
  }
  if (n < 3) return NULL;
  qsort(ratio, n, sizeof *ratio, by_value);
  for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
    if (mj_unit_factor(codes[k], "m2", &factor) && fabs(ratio[n / 2] * factor - 1) < 0.05) return codes[k];
  return NULL;
}

static void example_of(const mj_column *c, int64_t row, char out[64]) {
  char number[32];
  switch (c->type) {
    case MJ_F64:
      mj_double_shortest(c->f64[row], number);
      snprintf(out, 64, "%s", number);
      return;
    case MJ_I64:
      snprintf(out, 64, "%lld", (long long)c->i64[row]);
      return;
    case MJ_DATE:
      mj_date_format(c->date[row], out);
      return;
    case MJ_TRI:
      snprintf(out, 64, "%s", c->tri[row] ? "1" : "0");
      return;
    default:
      break;
  }
  const char *text = c->text[row];
  size_t n = mj_utf8_cut(text, 40);
  for (size_t i = 0; i < n; i++) out[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
  out[n] = '\0';
}

static void look_latest(mj_look *look, const mj_field *field, const mj_column *c, int64_t row) {
  double v = !strcmp(field->unit, "year") && !strcmp(field->name, "year") ? number_at(c, row) : (double)NAN;
  if (v >= MJ_YEAR_MIN && v <= MJ_YEAR_MAX && (look->last_year == MJ_DATE_NULL || v > look->last_year))
    look->last_year = (int32_t)v;
}

static void look_field(mj_look *look, int i, const double *area) {
  mj_look_field *f = &look->field[i];
  const mj_column *c = mj_table_find(&look->table, look->info->field[i]);
  int item = look->mapping.of_column ? look->mapping.of_column[i] : -1;
  f->mapped = item >= 0 ? &look->mapping.item[item] : NULL;
  f->unit = f->mapped ? f->mapped->unit ? f->mapped->unit : f->mapped->field->unit : "";
  f->nulls = look->table.n;
  for (int64_t r = 0; c && r < look->table.n; r++) {
    if (mj_column_is_null(c, r) || (c->type == MJ_TEXT && !*c->text[r])) continue;
    if (f->nulls-- == look->table.n) example_of(c, r, f->example);
    if (f->mapped) look_latest(look, f->mapped->field, c, r);
  }
  if (!c || !area || !f->mapped || f->mapped->unit || strncmp(f->mapped->field->name, "area_recorded", 13)) return;
  const char *unit = believe(look, c, area);
  f->believed = unit != NULL;
  if (unit) f->unit = unit;
}

static mj_status look_fields(const mj_fields *fields, mj_look *look, const mj_place *place, mj_error *err) {
  const mj_layer_info *info = look->info;
  look->field = mj_arena_alloc(&look->arena, (size_t)info->n_fields + 1, sizeof *look->field);
  if (!look->field) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (look->guess.role != MJ_ROLE_END) /* a header whose unit fits no field is no reason not to look at the rest */
    if (mj_mapping_make(fields, look->guess.role, NULL, place, info, &look->arena, NULL, &look->mapping, NULL))
      look->mapping.n = 0;
  const double *area = areas(look);
  for (int i = 0; i < info->n_fields; i++) look_field(look, i, area);
  return MJ_OK;
}

mj_status mj_look_layer(const mj_fields *fields, mj_source_file *file, const char *path, int i, mj_look *look,
                        mj_error *err) {
  const mj_layer_info *info = look->info = mj_source_layer(file, i);
  bool dbf = !strcmp(mj_source_format(file), "ESRI Shapefile");
  mj_read_options options = {.geometry = strcmp(info->geometry, "None") != 0};
  mj_place place = {path, info->name, info->name, dbf};
  look->last_year = MJ_DATE_NULL;
  look->guess = mj_guess_role(fields, path, info, dbf);
  MJ_TRY(mj_source_read(file, i, info->name, &options, &look->table, &look->ledger, err));
  if (*info->crs && mj_crs_open(info->crs, &look->crs, NULL)) look->crs = NULL;
  MJ_TRY(look_shapes(look, err));
  return look_fields(fields, look, &place, err);
}
