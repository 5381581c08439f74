/* Where the three pieces lie, and their blocks between the streets. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static const streets pieces[N_ZONES] = {{.name = "北部片区",
                                         .east = 353650,
                                         .north = 2760350,
                                         .turn = 0.29,
                                         .bend_u = 56,
                                         .bend_v = 96,
                                         .wave_u = 430,
                                         .wave_v = 540,
                                         .mean_m2 = 10300},
                                        {.name = "中部片区",
                                         .east = 355350,
                                         .north = 2757500,
                                         .turn = -0.40,
                                         .bend_u = 46,
                                         .bend_v = 84,
                                         .wave_u = 400,
                                         .wave_v = 480,
                                         .mean_m2 = 6650},
                                        {.name = "南部片区",
                                         .east = 357250,
                                         .north = 2755000,
                                         .turn = 0.62,
                                         .bend_u = 58,
                                         .bend_v = 92,
                                         .wave_u = 450,
                                         .wave_v = 470,
                                         .mean_m2 = 8500}};
static const double share_of_parcels[N_ZONES] = {0.225, 0.475, 0.30};

typedef struct {
  int column, row;
  double far;
} cell;

static int by_distance(const void *a, const void *b) {
  const cell *p = a, *q = b;
  return p->far < q->far ? -1 : p->far > q->far ? 1 : p->row != q->row ? p->row - q->row : p->column - q->column;
}

static int by_place(const void *a, const void *b) {
  const cell *p = a, *q = b;
  return p->row != q->row ? p->row - q->row : p->column - q->column;
}

/* The n cells nearest the middle, with some chance, so that the outline of a piece is no rectangle. */
static cell *nearest_cells(chance *c, int columns, int rows, int n) {
  cell *cells = grow(NULL, (size_t)(columns * rows), sizeof *cells);
  for (int i = 0; i < columns * rows; i++) {
    int column = i % columns, row = i / columns;
    double a = (column + 0.5) / columns - 0.5, b = (row + 0.5) / rows - 0.5;
    cells[i] = (cell){column, row, sqrt(a * a + b * b) + chance_between(c, 0, 0.13)};
  }
  qsort(cells, (size_t)(columns * rows), sizeof *cells, by_distance);
  qsort(cells, (size_t)n, sizeof *cells, by_place);
  return cells;
}

/* Kerb positions of n strips of about `size`, streets of 14 to 30 m between them, centred on 0: start and end of each.
 */
static double *strips(chance *c, int n, double size) {
  double *edge = grow(NULL, (size_t)n * 2, sizeof *edge), at = 0;
  for (int i = 0; i < n; i++) {
    edge[2 * i] = at;
    at += size * chance_between(c, 0.84, 1.16);
    edge[2 * i + 1] = at;
    at += i % 3 == 1 ? 30 : chance_between(c, 14, 18);
  }
  double middle = edge[2 * n - 1] / 2;
  for (int i = 0; i < 2 * n; i++) edge[i] -= middle;
  return edge;
}

/* Shares n parcels among blocks by area, each by its own density; the sum is exact. */
static void share_out(chance *c, block *b, int n_blocks, int n) {
  double total = 0, carry = 0;
  double *weight = grow(NULL, (size_t)n_blocks, sizeof *weight);
  for (int i = 0; i < n_blocks; i++) {
    double density = chance_is(c, 0.2) ? chance_between(c, 1.5, 2.1) : chance_between(c, 0.6, 1.2);
    weight[i] = b[i].centre ? 0 : (b[i].u1 - b[i].u0) * (b[i].v1 - b[i].v0) * density;
    total += weight[i];
  }
  int left = n;
  for (int i = 0; i < n_blocks; i++) {
    if (!b[i].centre) carry += weight[i] / total * (n - 1 * (b[0].zone == 0));
    b[i].n_parcels = b[i].centre ? 1 : (int)carry < 1 ? 1 : (int)carry;
    if (!b[i].centre) carry -= b[i].n_parcels;
    left -= b[i].n_parcels;
  }
  for (int i = n_blocks - 1; left != 0; i = i ? i - 1 : n_blocks - 1) {
    if (b[i].centre || (left < 0 && b[i].n_parcels < 2)) continue;
    b[i].n_parcels += left > 0 ? 1 : -1;
    left += left > 0 ? -1 : 1;
  }
  for (int i = 0; i < n_blocks; i++) b[i].single = b[i].n_parcels <= 2;
  free(weight);
}

static void note_extent(streets *s, const block *b) {
  s->u_min = fmin(s->u_min, b->u0);
  s->u_max = fmax(s->u_max, b->u1);
  s->v_min = fmin(s->v_min, b->v0);
  s->v_max = fmax(s->v_max, b->v1);
}

static void make_zone(park *p, int zone, chance *c) {
  streets *s = &p->zone[zone];
  int n_blocks = s->n_parcels / 8 < 3 ? 3 : s->n_parcels / 8;
  int columns = (int)ceil(sqrt(n_blocks * 1.35)), rows = (int)ceil(n_blocks * 1.2 / columns);
  double block_m2 = s->n_parcels * s->mean_m2 / n_blocks;
  double *u = strips(c, columns, sqrt(block_m2 * 1.6)), *v = strips(c, rows, sqrt(block_m2 / 1.6));
  cell *cells = nearest_cells(c, columns, rows, n_blocks);
  p->block = grow(p->block, (size_t)(p->n_blocks + n_blocks), sizeof *p->block);
  block *b = p->block + p->n_blocks;
  int middle = 0;
  for (int i = 0; i < n_blocks; i++) {
    int x = cells[i].column, y = cells[i].row;
    b[i] = (block){
        .zone = zone, .column = x, .row = y, .u0 = u[2 * x], .u1 = u[2 * x + 1], .v0 = v[2 * y], .v1 = v[2 * y + 1]};
    b[i].curved = chance_is(c, 0.22);
    if (fabs(b[i].u0 + b[i].u1) + fabs(b[i].v0 + b[i].v1) <
        fabs(b[middle].u0 + b[middle].u1) + fabs(b[middle].v0 + b[middle].v1))
      middle = i;
    note_extent(s, &b[i]);
  }
  if (zone == 0) b[middle].centre = true; /* the innovation centre, one parcel of a whole block */
  share_out(c, b, n_blocks, s->n_parcels);
  p->n_blocks += n_blocks;
  free(u);
  free(v);
  free(cells);
}

void make_blocks(park *p) {
  chance c = chance_of(p->seed, 1);
  p->scale = fmax(1, sqrt(p->n_wanted / 400.0));
  int left = p->n_wanted - 1; /* one parcel lies by itself outside the pieces */
  for (int i = 0; i < N_ZONES; i++) {
    streets *s = &p->zone[i];
    *s = pieces[i];
    s->east = pieces[1].east + (s->east - pieces[1].east) * p->scale;
    s->north = pieces[1].north + (s->north - pieces[1].north) * p->scale;
    s->n_parcels = i == N_ZONES - 1 ? left : (int)rint(p->n_wanted * share_of_parcels[i]);
    left -= s->n_parcels;
    make_zone(p, i, &c);
  }
}
