/* Small helpers of the generator: chance, memory, shapes, the list of truths. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

/* splitmix64 (Steele, Lea, Flood 2014): whole numbers only, so it is the same on every machine. */
static uint64_t next(chance *c) {
  uint64_t z = (c->state += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

chance chance_of(uint64_t seed, uint64_t stage) {
  chance c = {seed * 1000003U + stage * 7919U};
  next(&c);
  return c;
}

double chance_between(chance *c, double low, double high) {
  return low + (high - low) * ((double)(next(c) >> 11) / 9007199254740992.0);
}

int chance_below(chance *c, int n) { return (int)(next(c) % (uint64_t)n); }

bool chance_is(chance *c, double share) { return chance_between(c, 0, 1) < share; }

void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "mj_sample_park: %s\n", what);
  exit(1);
}

void *grow(void *items, size_t n, size_t size) {
  void *more = realloc(items, (n ? n : 1) * size);
  need(more != NULL, "out of memory");
  return more;
}

void note(park *p, const char *kind, const char *layer, int64_t row, const char *id, const char *detail, ...) {
  if (p->n_truths == p->cap_truths) {
    p->cap_truths = p->cap_truths ? 2 * p->cap_truths : 128;
    p->truth = grow(p->truth, (size_t)p->cap_truths, sizeof *p->truth);
  }
  truth *t = &p->truth[p->n_truths++];
  memset(t, 0, sizeof *t);
  snprintf(t->kind, sizeof t->kind, "%s", kind);
  snprintf(t->layer, sizeof t->layer, "%s", layer);
  snprintf(t->id, sizeof t->id, "%s", id);
  t->row = row;
  va_list args;
  va_start(args, detail);
  vsnprintf(t->detail, sizeof t->detail, detail, args);
  va_end(args);
}

/* Divides by the whole number of steps in 1, so that 74.85 is the double nearest to 74.85 and prints so. */
double round_to(double value, double step) {
  double per_one = step < 1 ? rint(1 / step) : 1;
  return step < 1 ? rint(value * per_one) / per_one : rint(value / step) * step;
}

double mu_of(double m2) { return m2 * 15.0 / 10000.0; }

bool is_industrial(const parcel *q) { return strncmp(q->use, "1001", 4) == 0; }

/* Streets bend by sines of a few dozen metres over many hundred, so that no two blocks are alike. */
static void bend(const streets *s, double u, double v, double *x, double *y) {
  double a = u + s->bend_u * sin(v / s->wave_u + s->turn * 3), b = v + s->bend_v * sin(u / s->wave_v + 1 - s->turn);
  *x = s->east + a * cos(s->turn) - b * sin(s->turn);
  *y = s->north + a * sin(s->turn) + b * cos(s->turn);
}

void place(const streets *s, double u, double v, double *x, double *y) {
  bend(s, u, v, x, y);
  *x = rint(*x * 1000) / 1000;
  *y = rint(*y * 1000) / 1000;
}

double heading(const streets *s, double u, double v) {
  double x0, y0, x1, y1;
  bend(s, u - 1, v, &x0, &y0);
  bend(s, u + 1, v, &x1, &y1);
  return atan2(y1 - y0, x1 - x0);
}

static OGRGeometryH polygon_of(int n, const double *xy) {
  OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing), polygon = OGR_G_CreateGeometry(wkbPolygon);
  for (int i = 0; i < n; i++) OGR_G_AddPoint_2D(ring, xy[2 * i], xy[2 * i + 1]);
  OGR_G_AddPoint_2D(ring, xy[0], xy[1]);
  OGR_G_AddGeometryDirectly(polygon, ring);
  return polygon;
}

OGRGeometryH street_polygon(const streets *s, int n, const double *uv) {
  double *xy = grow(NULL, (size_t)n * 2, sizeof *xy);
  for (int i = 0; i < n; i++) place(s, uv[2 * i], uv[2 * i + 1], &xy[2 * i], &xy[2 * i + 1]);
  OGRGeometryH polygon = polygon_of(n, xy);
  free(xy);
  return polygon;
}

OGRGeometryH rectangle(double x, double y, double length, double depth, double angle) {
  static const double side[4][2] = {{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}};
  double xy[8];
  for (int i = 0; i < 4; i++) {
    double a = side[i][0] * length, b = side[i][1] * depth;
    xy[2 * i] = rint((x + a * cos(angle) - b * sin(angle)) * 1000) / 1000;
    xy[2 * i + 1] = rint((y + a * sin(angle) + b * cos(angle)) * 1000) / 1000;
  }
  return polygon_of(4, xy);
}
