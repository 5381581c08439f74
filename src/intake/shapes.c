#include "intake/shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geom/overlap.h"
#include "gis/overlay.h"

void mj_checks_reset(mj_checks *checks) {
  free(checks->item);
  mj_arena_reset(&checks->arena);
  *checks = (mj_checks){0};
}

static const char *id_of(const mj_table *t, int64_t row) {
  return t->n_columns && t->columns[0]->type == MJ_TEXT && !t->columns[0]->from_source ? t->columns[0]->text[row]
                                                                                       : NULL;
}

static mj_status push_check(mj_checks *c, mj_check check) {
  if (c->n == c->cap) {
    int64_t cap = c->cap ? c->cap * 2 : 64;
    mj_check *grown = realloc(c->item, (size_t)cap * sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    c->item = grown;
    c->cap = cap;
  }
  check.layer = mj_arena_text(&c->arena, check.layer, strlen(check.layer));
  if (check.id) check.id = mj_arena_text(&c->arena, check.id, strlen(check.id));
  check.text = mj_arena_text(&c->arena, check.text, strlen(check.text));
  if (!check.layer || !check.text) return MJ_ENOMEM;
  c->item[c->n++] = check;
  return MJ_OK;
}

/* Ledger entry and place in one. */
static mj_status report(mj_part *p, mj_checks *checks, mj_ledger_code code, int64_t row, const char *found,
                        const char *expected, double x, double y) {
  const mj_table *t = &p->table;
  mj_ledger_entry e = {.code = code,
                       .layer = p->label,
                       .id = id_of(t, row),
                       .row = t->source_row ? t->source_row[row] : row + 1,
                       .found = found,
                       .expected = expected};
  MJ_TRY(mj_ledger_add(&p->ledger, e));
  return push_check(checks, (mj_check){code, p->label, e.id, found, x, y});
}

/* ---- validity ---- */

typedef struct {
  mj_part *part;
  mj_checks *checks;
  mj_overlay *overlay;
  mj_geom *out;
  double unit2; /* m2 of a square unit */
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

static mj_status first_vertex(const mj_polys *g, int64_t row, double *x, double *y) {
  int32_t v = g->vert0[g->ring0[g->part0[row]]];
  *x = g->x[v];
  *y = g->y[v];
  return MJ_OK;
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
  bool kept = false;
  MJ_TRY(mj_overlay_repair(r->overlay, g, row, r->out, &kept, r->err));
  mj_polys made = mj_geom_view(r->out);
  snprintf(before, sizeof before, "%.2f", row_area(g, row) * r->unit2);
  snprintf(after, sizeof after, "%.2f", kept ? row_area(&made, made.n - 1) * r->unit2 : 0.0);
  say_fault(reason, lang, fault);
  snprintf(found, sizeof found, mj_tr(lang, "%.200s; area %s -> %s m2"), fault, before, after);
  if (!isfinite(x) || !isfinite(y)) MJ_TRY(first_vertex(g, row, &x, &y));
  if (report(r->part, r->checks, kept ? MJ_L_GEOM_INVALID : MJ_L_GEOM_UNREPAIRABLE, row, found, "a valid polygon", x,
             y))
    return mj_fail(r->err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

static mj_status rewrite_row(repair *r, const mj_polys *g, int64_t row, bool doubtful) {
  char reason[200] = "";
  double x = (double)NAN, y = (double)NAN;
  if (!row_finite(g, row)) {
    if (report(r->part, r->checks, MJ_L_COORD_NOT_FINITE, row, "a point has no image in the working system",
               "finite coordinates", (double)NAN, (double)NAN))
      return mj_fail(r->err, MJ_ENOMEM, "out of memory");
    return mj_geom_end_row(r->out);
  }
  if (doubtful && !mj_overlay_valid(r->overlay, g, row, reason, &x, &y)) return repair_row(r, g, row, reason, x, y);
  return mj_geom_push_row(r->out, g, row);
}

/* Is there anything to rewrite? Sets doubt[row] where GEOS finds fault or a coordinate is not finite. */
static bool find_faults(const mj_polys *g, mj_overlay *overlay, uint8_t *doubt) {
  char reason[200];
  double x, y;
  bool any = false;
  for (int64_t i = 0; i < g->n; i++) {
    bool finite = row_finite(g, i);
    if (finite && doubt[i] == MJ_DOUBTFUL && mj_overlay_valid(overlay, g, i, reason, &x, &y)) doubt[i] = MJ_SIMPLE;
    if (!finite) doubt[i] = MJ_DOUBTFUL;
    any |= doubt[i] == MJ_DOUBTFUL;
  }
  return any;
}

static mj_status repair_all(repair *r, const mj_polys *g, const uint8_t *doubt) {
  for (int64_t i = 0; i < g->n; i++) {
    if (doubt[i] != MJ_DOUBTFUL && mj_geom_push_row(r->out, g, i)) return mj_fail(r->err, MJ_ENOMEM, "out of memory");
    if (doubt[i] == MJ_DOUBTFUL) MJ_TRY(rewrite_row(r, g, i, true));
  }
  return MJ_OK;
}

static mj_status check_validity(mj_part *p, double unit_m, int threads, mj_checks *checks, mj_error *err) {
  mj_geom *geom = &p->table.geom, out = {.kind = geom->kind};
  mj_polys g = mj_geom_view(geom);
  repair r = {.part = p, .checks = checks, .out = &out, .unit2 = unit_m * unit_m, .err = err};
  uint8_t *doubt = calloc((size_t)g.n + 1, 1);
  mj_status status = doubt ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status && geom->kind == MJ_GEOM_POLYGON && mj_geom_simple(&g, threads, doubt))
    status = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!status) status = mj_overlay_open(&r.overlay, err);
  if (!status && find_faults(&g, r.overlay, doubt)) {
    status = repair_all(&r, &g, doubt);
    if (!status) {
      mj_geom_reset(geom);
      *geom = out;
      out = (mj_geom){0};
    }
  }
  mj_overlay_close(r.overlay);
  mj_geom_reset(&out);
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

static mj_status check_clipped(mj_part *p, double unit_m, mj_checks *checks) {
  const mj_column *own = own_area(&p->table);
  mj_polys g = mj_geom_view(&p->table.geom);
  char found[120], expected[120];
  double x, y, unit2 = unit_m * unit_m;
  for (int64_t i = 0; own && i < g.n; i++) {
    if (!(own->f64[i] > 0) || g.part0[i] == g.part0[i + 1]) continue;
    double area = row_area(&g, i), share = area / own->f64[i];
    if (share > 0.9) continue;
    snprintf(found, sizeof found, mj_tr(p->project->lang, "%.2f m2, %.1f %% less than %.60s"), area * unit2,
             (1 - share) * 100, own->name);
    snprintf(expected, sizeof expected, "%.2f m2", own->f64[i] * unit2);
    MJ_TRY(first_vertex(&g, i, &x, &y));
    MJ_TRY(report(p, checks, MJ_L_AREA_CLIPPED, i, found, expected, x, y));
  }
  return MJ_OK;
}

mj_status mj_shapes_check(mj_part *p, const mj_crs *working, double unit_m, int threads, mj_checks *checks,
                          mj_error *err) {
  if (!p->table.geom.n) return MJ_OK;
  MJ_TRY(check_validity(p, unit_m, threads, checks, err));
  if (p->input->role == MJ_PARCELS && mj_crs_same(p->crs, working) && check_clipped(p, unit_m, checks))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

mj_status mj_checks_table(const mj_checks *c, mj_table *out) {
  MJ_TRY(mj_table_init(out, mj_table_id_name(MJ_CHECKS), c->n));
  mj_column *code = mj_table_add(out, "code", MJ_TEXT), *layer = mj_table_add(out, "layer", MJ_TEXT);
  mj_column *id = mj_table_add(out, "id", MJ_TEXT), *text = mj_table_add(out, "text", MJ_TEXT);
  if (!code || !layer || !id || !text) return MJ_ENOMEM;
  out->geom.kind = MJ_GEOM_POINT;
  for (int64_t i = 0; i < c->n; i++) {
    const mj_check *k = &c->item[i];
    code->text[i] = mj_ledger_code_name(k->code);
    layer->text[i] = mj_arena_text(&out->arena, k->layer, strlen(k->layer));
    text->text[i] = mj_arena_text(&out->arena, k->text, strlen(k->text));
    id->text[i] = k->id ? mj_arena_text(&out->arena, k->id, strlen(k->id)) : NULL;
    if (!layer->text[i] || !text->text[i] || (k->id && !id->text[i])) return MJ_ENOMEM;
    if (isfinite(k->x)) {
      MJ_TRY(mj_geom_push_ring(&out->geom, 1, &k->x, &k->y));
      MJ_TRY(mj_geom_end_part(&out->geom));
    }
    MJ_TRY(mj_geom_end_row(&out->geom));
  }
  return MJ_OK;
}
