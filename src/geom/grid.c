#include <math.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "geom/index.h"

enum { LEVELS = 16, MAX_CELLS = 16 };

/* Cell numbers are clamped so that a wild coordinate cannot leave the integers; clamping keeps their order. */
static int64_t cell_of(double v, double per_unit) {
  double c = v * per_unit;
  if (!(fabs(c) < 1e15)) return c < 0 ? (int64_t)-1e15 : (int64_t)1e15;
  int64_t whole = (int64_t)c;
  return whole - (c < (double)whole);
}

/* Blocks of 8 x 8 cells are hashed, and the cells of a block lie side by side: what is asked for in turn is mostly near
 * by, on the ground and so in memory. */
static uint32_t hash(int64_t ix, int64_t iy, int level) {
  uint64_t bx = (uint64_t)ix >> 3, by = (uint64_t)iy >> 3;
  uint64_t h = bx * 0x9E3779B97F4A7C15u ^ by * 0xC2B2AE3D27D4EB4Fu ^ (uint64_t)level << 59;
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9u;
  return ((uint32_t)(h >> 32) << 6) | (uint32_t)(iy & 7) << 3 | (uint32_t)(ix & 7);
}

static double side_of(const mj_box *b) { return fmax(b->xmax - b->xmin, b->ymax - b->ymin); }

/* Geometric mean of the sides: a few huge boxes among many small ones hardly move it. */
static double mean_side(const mj_box *box, int64_t n) {
  double sum = 0;
  int64_t used = 0;
  for (int64_t i = 0; i < n; i++) {
    double side = side_of(&box[i]);
    if (!(side > 0 && side < 1e300)) continue;
    int exponent;
    double mantissa = frexp(side, &exponent);
    sum += exponent + 2 * mantissa - 2; /* log2 to 0.09, without its cost */
    used++;
  }
  return used ? exp2(sum / (double)used) : 0;
}

/* per_unit: 1 over the side of a cell of that level, a power of 4 times that of the smallest */
static int level_of(const mj_grid *g, double side, double *per_unit) {
  int level = 0;
  double size = g->cell;
  *per_unit = 1 / g->cell;
  while (level < LEVELS - 1 && side > size) {
    size *= 4;
    *per_unit /= 4;
    level++;
  }
  return level;
}

typedef struct {
  int64_t x0, x1, y0, y1;
} cells;

static cells cells_of(const mj_box *b, double per_unit) {
  return (cells){cell_of(b->xmin, per_unit), cell_of(b->xmax, per_unit), cell_of(b->ymin, per_unit),
                 cell_of(b->ymax, per_unit)};
}

/* The cells of a stored box: at most 2 x 2, save on the top level, where a wild box goes to one bucket that every
 * question reads. */
static bool is_wild(const cells *c) { return c->x1 - c->x0 > 1 || c->y1 - c->y0 > 1; }

static bool usable(const mj_box *b) { return b->xmin < b->xmax && b->ymin < b->ymax; }

enum { MOST_BUCKETS = 4 };

/* Buckets that take the box, in the order of cells; returns how many: 0 for an empty box. */
static int buckets_of(const mj_grid *g, const mj_box *box, int *level, uint32_t bucket[MOST_BUCKETS]) {
  double per_unit;
  int n = 0;
  if (!usable(box)) return 0;
  *level = level_of(g, side_of(box), &per_unit);
  cells c = cells_of(box, per_unit);
  if (is_wild(&c)) {
    *level = -1;
    bucket[0] = g->mask + 1;
    return 1;
  }
  for (int64_t iy = c.y0; iy <= c.y1; iy++)
    for (int64_t ix = c.x0; ix <= c.x1; ix++) bucket[n++] = hash(ix, iy, *level) & g->mask;
  return n;
}

enum { ROWS_A_CHUNK = 4096, MOST_PARTS = 64 };

/* A grid being filled: buckets of every box first, by rows; then counts and places, each by parts of the buckets, so
 * that no two threads write to one. */
typedef struct {
  mj_grid *grid;
  const mj_box *box;
  int64_t n;
  uint32_t *bucket;                       /* [n][MOST_BUCKETS] */
  uint8_t *used;                          /* [n] */
  int64_t level_rows[MOST_PARTS][LEVELS]; /* of each worker */
  int parts;
} filling;

static mj_status look_range(void *ctx, int64_t first, int64_t last, int worker) {
  filling *f = ctx;
  for (int64_t i = first; i < last; i++) {
    int level = -1;
    f->used[i] = (uint8_t)buckets_of(f->grid, &f->box[i], &level, f->bucket + MOST_BUCKETS * i);
    if (f->used[i] && level >= 0) f->level_rows[worker][level]++;
  }
  return MJ_OK;
}

/* First bucket of part @p part; the last part has the bucket of wild boxes as well. */
static uint32_t part_from(const filling *f, int64_t part) {
  uint64_t buckets = (uint64_t)f->grid->mask + 2;
  return (uint32_t)(buckets * (uint64_t)part / (uint64_t)f->parts);
}

/* Counts into bucket0[bucket + 2]. */
static mj_status count_parts(void *ctx, int64_t first, int64_t last, int worker) {
  filling *f = ctx;
  uint32_t from = part_from(f, first), n = part_from(f, last) - from, *counts = f->grid->bucket0 + 2;
  (void)worker;
  for (int64_t i = 0; i < f->n; i++)
    for (int k = 0; k < f->used[i]; k++) {
      uint32_t b = f->bucket[MOST_BUCKETS * i + k];
      if (b - from < n) counts[b]++;
    }
  return MJ_OK;
}

/* Places into bucket0[bucket + 1], which so becomes the end of the bucket. */
static mj_status place_parts(void *ctx, int64_t first, int64_t last, int worker) {
  filling *f = ctx;
  mj_grid *g = f->grid;
  uint32_t from = part_from(f, first), n = part_from(f, last) - from, *ends = g->bucket0 + 1;
  (void)worker;
  for (int64_t i = 0; i < f->n; i++)
    for (int k = 0; k < f->used[i]; k++) {
      uint32_t b = f->bucket[MOST_BUCKETS * i + k];
      if (b - from >= n) continue;
      uint32_t at = ends[b]++;
      g->row[at] = (int32_t)i;
      g->box[at] = f->box[i];
    }
  return MJ_OK;
}

static mj_status fill(filling *f, int threads) {
  mj_grid *g = f->grid;
  uint32_t buckets = g->mask + 1;
  f->parts = mj_threads(threads);
  MJ_TRY(mj_parallel(threads, f->n, ROWS_A_CHUNK, look_range, f));
  for (int w = 0; w < MOST_PARTS; w++)
    for (int l = 0; l < LEVELS; l++) g->level_rows[l] += f->level_rows[w][l];
  MJ_TRY(mj_parallel(threads, f->parts, 1, count_parts, f));
  for (uint32_t b = 1; b < buckets + 3; b++) g->bucket0[b] += g->bucket0[b - 1];
  size_t entries = g->bucket0[buckets + 2];
  g->row = malloc((entries + 1) * sizeof *g->row);
  g->box = malloc((entries + 1) * sizeof *g->box);
  if (!g->row || !g->box) return MJ_ENOMEM;
  return mj_parallel(threads, f->parts, 1, place_parts, f);
}

mj_status mj_grid_build(const mj_box *box, int64_t n, const mj_box *other, int64_t n_other, int threads,
                        mj_grid *grid) {
  *grid = (mj_grid){.n = n};
  if (n > INT32_MAX / 4) return MJ_ENOMEM;
  grid->cell = fmax(mean_side(box, n), mean_side(other, n_other));
  if (!(grid->cell > 0)) grid->cell = 1;
  uint32_t buckets = 64;
  while (buckets < 2 * n) buckets *= 2;
  grid->mask = buckets - 1;
  /* one bucket for wild boxes, two entries more because counting runs two ahead of the offsets */
  grid->bucket0 = calloc((size_t)buckets + 3, sizeof *grid->bucket0);
  filling f = {.grid = grid,
               .box = box,
               .n = n,
               .bucket = malloc(((size_t)n * MOST_BUCKETS + 1) * sizeof *f.bucket),
               .used = malloc((size_t)n + 1)};
  mj_status status = grid->bucket0 && f.bucket && f.used ? fill(&f, threads) : MJ_ENOMEM;
  free(f.bucket);
  free(f.used);
  if (status) mj_grid_reset(grid);
  return status;
}

void mj_grid_reset(mj_grid *grid) {
  free(grid->bucket0);
  free(grid->row);
  free(grid->box);
  *grid = (mj_grid){0};
}

static mj_status take(const mj_grid *g, uint32_t from, uint32_t to, const mj_box *q, mj_rows *found) {
  if (found->cap - found->n < (int64_t)to - from) {
    int64_t cap = 2 * found->cap + ((int64_t)to - from) + 64;
    int32_t *row = realloc(found->row, (size_t)cap * sizeof *row);
    if (!row) return MJ_ENOMEM;
    found->row = row;
    found->cap = cap;
  }
  for (uint32_t e = from; e < to; e++)
    if (mj_boxes_meet(&g->box[e], q)) found->row[found->n++] = g->row[e];
  return MJ_OK;
}

static int by_row(const void *a, const void *b) {
  int32_t i = *(const int32_t *)a, j = *(const int32_t *)b;
  return (i > j) - (i < j);
}

static void sort_unique(mj_rows *rows) {
  if (rows->n > 32) {
    qsort(rows->row, (size_t)rows->n, sizeof *rows->row, by_row);
  } else {
    for (int64_t i = 1; i < rows->n; i++) {
      int32_t row = rows->row[i];
      int64_t j = i;
      for (; j > 0 && rows->row[j - 1] > row; j--) rows->row[j] = rows->row[j - 1];
      rows->row[j] = row;
    }
  }
  int64_t kept = 0;
  for (int64_t i = 0; i < rows->n; i++)
    if (!kept || rows->row[kept - 1] != rows->row[i]) rows->row[kept++] = rows->row[i];
  rows->n = kept;
}

mj_status mj_grid_find(const mj_grid *grid, const mj_box *q, mj_rows *found) {
  found->n = 0;
  if (!usable(q) || !grid->bucket0) return MJ_OK;
  const uint32_t *at = grid->bucket0;
  double per_unit = 1 / grid->cell;
  for (int level = 0; level < LEVELS; level++, per_unit /= 4) {
    if (!grid->level_rows[level]) continue;
    cells c = cells_of(q, per_unit);
    /* many more cells than rows: reading every entry is cheaper, and takes in the other levels and the wild ones too */
    if ((double)(c.x1 - c.x0 + 1) * (double)(c.y1 - c.y0 + 1) > 2 * (double)grid->level_rows[level] + MAX_CELLS) {
      found->n = 0;
      MJ_TRY(take(grid, 0, at[grid->mask + 2], q, found));
      break;
    }
    for (int64_t iy = c.y0; iy <= c.y1; iy++)
      for (int64_t ix = c.x0; ix <= c.x1; ix++) {
        uint32_t b = hash(ix, iy, level) & grid->mask;
        MJ_TRY(take(grid, at[b], at[b + 1], q, found));
      }
  }
  MJ_TRY(take(grid, at[grid->mask + 1], at[grid->mask + 2], q, found));
  sort_unique(found);
  return MJ_OK;
}
