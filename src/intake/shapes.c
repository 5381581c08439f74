#include "intake/shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geom/overlap.h"
#include "gis/overlay.h"

static const char *id_of(const mj_table *t, int64_t row) {
  return t->n_columns && t->columns[0]->type == MJ_TEXT && !t->columns[0]->from_source ? t->columns[0]->text[row]
                                                                                       : NULL;
}

/* Ledger entry and place in one: the row of @p shape, or where that is NULL the point (x, y). */
static mj_status report(mj_part *p, mj_marks *marks, mj_mark m, int64_t row, const char *expected,
                        const mj_polys *shape, int64_t shape_row) {
  const mj_table *t = &p->table;
  mj_ledger_entry e = {.code = m.code,
                       .layer = p->label,
                       .id = id_of(t, row),
                       .row = mj_table_source_row(t, row),
                       .found = m.text,
                       .expected = expected};
  MJ_TRY(mj_ledger_add(&p->ledger, e));
  m.layer = e.layer;
  m.id = e.id;
  m.row = e.row;
  return mj_marks_add(marks, m, shape, shape_row);
}

/* ---- validity ---- */

typedef struct {
  mj_part *part;
  mj_marks *marks;
  mj_overlay *overlay;
  mj_geom *out;
  double unit2;      /* m2 of a square unit */
  double no_area_m2; /* a polygon below this has none */
  mj_error *err;
} repair;

static bool row_finite(const mj_polys *g, int64_t row) {
  int32_t a = g->vert0[g->ring0[g->part0[row]]], b = g->vert0[g->ring0[g->part0[row + 1]]];
  double sum = 0;
  for (int32_t v = a; v < b; v++) sum += g->x[v] * 0 + g->y[v] * 0; /* NaN as soon as one is not finite */
  return sum == 0;
}

static double row_area(const mj_polys *g, int64_t row) {
  double area = 0;
  mj_polys one = *g;
  one.n = 1;
  one.part0 = g->part0 + row;
  mj_area_planar(&one, &area);
  return area;
}

static void first_vertex(const mj_polys *g, int64_t row, double *x, double *y) {
  int32_t v = g->vert0[g->ring0[g->part0[row]]];
  *x = g->x[v];
  *y = g->y[v];
}

/* The last row of a column made empty. */
static mj_polys empty_last(mj_geom *geom) {
  geom->parts = geom->part0[geom->n - 1];
  geom->part0[geom->n] = geom->parts;
  geom->rings = geom->ring0[geom->parts];
  geom->verts = geom->vert0[geom->rings];
  return mj_geom_view(geom);
}

/* What GEOS says, "Self-intersection at 1 2", in the language of the run. */
static void say_fault(const char *reason, mj_lang lang, char out[200]) {
  const char *at = strstr(reason, " at ");
  char what[200];
  snprintf(what, sizeof what, "%.*s", at ? (int)(at - reason) : 199, reason);
  if (at) snprintf(out, 200, mj_tr(lang, "%.100s at %.90s"), mj_tr(lang, what), at + 4);
  else snprintf(out, 200, "%s", mj_tr(lang, what));
}

/* Append the repaired row to out. */
static mj_status repair_row(repair *r, const mj_polys *g, int64_t row, const char *reason, double x, double y) {
  char found[320], before[32], after[32], fault[200];
  mj_lang lang = r->part->project->lang;
  mj_left kept;
  MJ_TRY(mj_overlay_repair(r->overlay, g, row, r->out, &kept, r->err));
  mj_polys made = mj_geom_view(r->out);
  double left = kept == MJ_LEFT_SHAPE ? row_area(&made, made.n - 1) * r->unit2 : 0;
  bool none = !(left > r->no_area_m2);
  if (none && kept == MJ_LEFT_SHAPE) made = empty_last(r->out);
  snprintf(before, sizeof before, "%.2f", row_area(g, row) * r->unit2);
  snprintf(after, sizeof after, "%.2f", none ? 0.0 : left);
  say_fault(reason, lang, fault);
  snprintf(found, sizeof found, mj_tr(lang, "%.200s; area %s -> %s m2"), fault, before, after);
  if (!isfinite(x) || !isfinite(y)) first_vertex(g, row, &x, &y);
  mj_ledger_code code = !none                                          ? MJ_L_GEOM_INVALID
                        : row_area(g, row) * r->unit2 <= r->no_area_m2 ? MJ_L_GEOM_ZERO_AREA
                                                                       : MJ_L_GEOM_UNREPAIRABLE;
  if (report(r->part, r->marks, (mj_mark){.code = code, .text = found, .x = x, .y = y}, row,
             mj_tr(lang, "a valid polygon"), NULL, 0))
    return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

/* A valid polygon of next to no area: it is set aside as one without any would be. */
static mj_status set_aside_row(repair *r, const mj_polys *g, int64_t row) {
  char found[80], expected[80];
  mj_mark m = {.code = MJ_L_GEOM_ZERO_AREA, .text = found};
  snprintf(found, sizeof found, "%.3g m2", row_area(g, row) * r->unit2);
  snprintf(expected, sizeof expected, ">= %g m2", r->no_area_m2);
  first_vertex(g, row, &m.x, &m.y);
  if (report(r->part, r->marks, m, row, expected, NULL, 0) || mj_geom_end_row(r->out))
    return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

static mj_status rewrite_row(repair *r, const mj_polys *g, int64_t row) {
  char reason[200] = "";
  double x = (double)NAN, y = (double)NAN;
  if (!row_finite(g, row)) {
    mj_mark m = {.code = MJ_L_COORD_NOT_FINITE,
                 .text = mj_tr(r->part->project->lang, "a point has no image in the working system"),
                 .x = (double)NAN,
                 .y = (double)NAN};
    if (report(r->part, r->marks, m, row, mj_tr(r->part->project->lang, "finite coordinates"), NULL, 0))
      return mj_fail(r->err, MJ_ENOMEM, "out of memory");
    return mj_geom_end_row(r->out);
  }
  if (r->out->kind != MJ_GEOM_POLYGON) return mj_geom_push_row(r->out, g, row); /* only polygons have an inside */
  if (!mj_overlay_valid(r->overlay, g, row, reason, &x, &y)) return repair_row(r, g, row, reason, x, y);
  if (row_area(g, row) * r->unit2 < r->no_area_m2) return set_aside_row(r, g, row);
  return mj_geom_push_row(r->out, g, row);
}

/* Is there anything to rewrite? Sets doubt[row] where GEOS finds fault, a coordinate is not finite, or there is next to
 * no area. */
static bool find_faults(const repair *r, const mj_polys *g, const double *area, uint8_t *doubt) {
  char reason[200];
  double x, y;
  bool any = false;
  for (int64_t i = 0; i < g->n; i++) {
    bool finite = row_finite(g, i);
    if (finite && doubt[i] == MJ_DOUBTFUL && mj_overlay_valid(r->overlay, g, i, reason, &x, &y)) doubt[i] = MJ_SIMPLE;
    bool small = r->out->kind == MJ_GEOM_POLYGON && g->part0[i] < g->part0[i + 1] && area[i] * r->unit2 < r->no_area_m2;
    if (!finite || small) doubt[i] = MJ_DOUBTFUL;
    any |= doubt[i] == MJ_DOUBTFUL;
  }
  return any;
}

static mj_status repair_all(repair *r, const mj_polys *g, const uint8_t *doubt) {
  const mj_geom *as = &r->part->table.geom; /* few rows become larger */
  if (mj_geom_reserve(r->out, as->n, as->parts, as->rings, as->verts))
    return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  for (int64_t i = 0; i < g->n; i++) {
    if (doubt[i] != MJ_DOUBTFUL && mj_geom_push_row(r->out, g, i)) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
    if (doubt[i] == MJ_DOUBTFUL) MJ_TRY(rewrite_row(r, g, i));
  }
  return MJ_OK;
}

static mj_status check_validity(mj_part *p, double unit_m, int threads, mj_marks *marks, mj_error *err) {
  mj_geom *geom = &p->table.geom, out = {.kind = geom->kind};
  mj_polys g = mj_geom_view(geom);
  repair r = {.part = p,
              .marks = marks,
              .out = &out,
              .unit2 = unit_m * unit_m,
              .no_area_m2 = p->project->checks.zero_area_m2,
              .err = err};
  uint8_t *doubt = calloc((size_t)g.n + 1, 1);
  double *area = calloc((size_t)g.n + 1, sizeof *area);
  mj_status status = doubt && area ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status && geom->kind == MJ_GEOM_POLYGON && mj_geom_simple(&g, threads, doubt))
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status) status = mj_overlay_open(&r.overlay, err);
  if (!status && geom->kind == MJ_GEOM_POLYGON) mj_area_planar(&g, area);
  if (!status && find_faults(&r, &g, area, doubt)) {
    status = repair_all(&r, &g, doubt);
    if (!status) {
      mj_geom_reset(geom);
      *geom = out;
      out = (mj_geom){0};
    }
  }
  mj_overlay_close(r.overlay);
  mj_geom_reset(&out);
  free(area);
  free(doubt);
  return status;
}

/* ---- clipped shapes ---- */

/* The column in which GIS programs keep the area of the shape they saved; it is not one of ours. */
static const mj_column *own_area(const mj_table *t) {
  static const char *const names[] = {"shape_area", "shape__area", "shapearea", "st_area(shape)", "shape.starea()"};
  char folded[MJ_FOLD];
  for (int32_t i = 0; i < t->n_columns; i++) {
    mj_fold(t->columns[i]->name, folded);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
      if (t->columns[i]->from_source && t->columns[i]->type == MJ_F64 && !strcmp(folded, names[k]))
        return t->columns[i];
  }
  return NULL;
}

static mj_status check_clipped(mj_part *p, double unit_m, mj_marks *marks) {
  const mj_column *own = own_area(&p->table);
  mj_polys g = mj_geom_view(&p->table.geom);
  char found[120], expected[120];
  double unit2 = unit_m * unit_m;
  for (int64_t i = 0; own && i < g.n; i++) {
    if (!(own->f64[i] > 0) || g.part0[i] == g.part0[i + 1]) continue;
    double area = row_area(&g, i), share = area / own->f64[i];
    if (share > 0.9) continue;
    snprintf(found, sizeof found, mj_tr(p->project->lang, "%.2f m2, %.1f %% less than %.*s"), area * unit2,
             (1 - share) * 100, (int)mj_utf8_cut(own->name, 60), own->name);
    snprintf(expected, sizeof expected, "%.2f m2", own->f64[i] * unit2);
    mj_mark m = {.code = MJ_L_AREA_CLIPPED, .text = found, .area_m2 = area * unit2, .width_m = (double)NAN};
    MJ_TRY(report(p, marks, m, i, expected, &g, i));
  }
  return MJ_OK;
}

mj_status mj_shapes_check(mj_part *p, const mj_crs *working, double unit_m, int threads, mj_marks *marks,
                          mj_error *err) {
  if (!p->table.geom.n) return MJ_OK;
  MJ_TRY(check_validity(p, unit_m, threads, marks, err));
  if (p->input->role == MJ_PARCELS && mj_crs_same(p->crs, working) && check_clipped(p, unit_m, marks))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}
