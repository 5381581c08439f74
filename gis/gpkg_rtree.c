#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gis/gpkg.h"
#include "gis/sqlite_bytes.h"

/* A node of SQLite's R-tree (ext/rtree/rtree.c): 2 bytes depth (of the root; else 0), 2 bytes count, then cells of an
 * id and four floats; the root is node 1. Three tables hold it: the nodes, the leaf of each row, the parent of each
 * node.
 */
enum { NODE_HEAD = 4, NODE_CELL = 24, MOST_LEVELS = 40 };

typedef struct {
  const mj_gpkg_place *place;
  int64_t n_nodes;
  unsigned char *node; /* [n_nodes][node_bytes], the root first */
  uint32_t *parent;    /* [n_nodes + 1] by number of the node */
  uint32_t *leaf;      /* [rows + 1] by rowid; 0: the row has no box */
  mj_gpkg_box *box;    /* what the next level up is made of: rows, then nodes */
  int64_t n_box;
} tree;

/* Place along a Hilbert curve over 2^16 cells a side. Source: J. Warren, Hacker's Delight (2012), 16-3; the loop of
 * Wikipedia's xy2d. */
static uint32_t hilbert(uint32_t x, uint32_t y) {
  uint32_t d = 0;
  for (uint32_t s = 1U << 15; s; s >>= 1) {
    uint32_t rx = (x & s) != 0, ry = (y & s) != 0;
    d += s * s * ((3 * rx) ^ ry);
    if (ry) continue;
    if (rx) {
      x = 0xffff - x;
      y = 0xffff - y;
    }
    uint32_t was = x;
    x = y;
    y = was;
  }
  return d;
}

static uint32_t cell_of(double v, double min, double max) {
  double at = max > min ? (v - min) / (max - min) * 65535 : 0;
  return at > 0 ? at < 65535 ? (uint32_t)at : 65535 : 0; /* of what is no number, too */
}

/* Keys of 32 bits with an index below them, sorted by the keys; what is equal stays in its order. */
static void sort(uint64_t *key, uint64_t *spare, int64_t n) {
  for (int shift = 32; shift < 64; shift += 8) {
    int64_t at[257] = {0};
    for (int64_t i = 0; i < n; i++) at[(key[i] >> shift & 255) + 1]++;
    for (int b = 0; b < 256; b++) at[b + 1] += at[b];
    for (int64_t i = 0; i < n; i++) spare[at[key[i] >> shift & 255]++] = key[i];
    uint64_t *was = key;
    key = spare;
    spare = was;
  } /* four times: the result is where it began */
}

static bool along_curve(tree *t, const mj_gpkg_boxes *boxes) {
  const mj_box *all = &boxes->all;
  uint64_t *key = malloc(2 * (size_t)boxes->n * sizeof *key);
  t->box = malloc((size_t)boxes->n * sizeof *t->box);
  t->n_box = boxes->n;
  if (key && t->box) {
    for (int64_t i = 0; i < boxes->n; i++) {
      const mj_gpkg_box *b = &boxes->box[i];
      uint32_t x = cell_of(((double)b->xmin + (double)b->xmax) / 2, all->xmin, all->xmax);
      uint32_t y = cell_of(((double)b->ymin + (double)b->ymax) / 2, all->ymin, all->ymax);
      key[i] = (uint64_t)hilbert(x, y) << 32 | (uint64_t)i;
    }
    sort(key, key + boxes->n, boxes->n);
    for (int64_t i = 0; i < boxes->n; i++) t->box[i] = boxes->box[key[i] & UINT32_MAX];
  }
  free(key);
  return t->box != NULL && key != NULL;
}

static unsigned char *put_float(unsigned char *p, float v) {
  uint32_t bits;
  memcpy(&bits, &v, 4);
  mj_put_be32(p, bits);
  return p + 4;
}

/* A node over box[0 .. n - 1]; its own box. */
static mj_gpkg_box put_node(tree *t, uint32_t number, bool is_leaf, const mj_gpkg_box *box, int64_t n) {
  unsigned char *p = t->node + (size_t)(number - 1) * t->place->node_bytes;
  mj_gpkg_box all = *box;
  mj_put_be16(p + 2, (uint32_t)n);
  p += NODE_HEAD;
  for (int64_t i = 0; i < n; i++) {
    const mj_gpkg_box *b = &box[i];
    mj_put_be64(p, (uint64_t)b->rowid);
    p = put_float(put_float(put_float(put_float(p + 8, b->xmin), b->xmax), b->ymin), b->ymax);
    if (b->xmin < all.xmin) all.xmin = b->xmin;
    if (b->xmax > all.xmax) all.xmax = b->xmax;
    if (b->ymin < all.ymin) all.ymin = b->ymin;
    if (b->ymax > all.ymax) all.ymax = b->ymax;
    if (is_leaf) t->leaf[b->rowid] = number;
    else t->parent[b->rowid] = number;
  }
  all.rowid = number;
  return all;
}

/* Levels from the leaves to the root, each spread evenly over its nodes; numbers go from the root down. */
static void put_nodes(tree *t, const int64_t *nodes, int levels) {
  uint32_t first = (uint32_t)t->n_nodes + 1;
  for (int level = 0; level < levels; level++) {
    int64_t n = t->n_box, m = nodes[level];
    first -= (uint32_t)m;
    for (int64_t i = 0; i < m; i++) {
      int64_t from = i * n / m, to = (i + 1) * n / m;
      t->box[i] = put_node(t, first + (uint32_t)i, level == 0, t->box + from, to - from);
    }
    t->n_box = m;
  }
  mj_put_be16(t->node, (uint32_t)levels - 1);
}

static bool make(tree *t, const mj_gpkg_boxes *boxes, int64_t rows) {
  int64_t nodes[MOST_LEVELS], most = (t->place->node_bytes - NODE_HEAD) / NODE_CELL, n = boxes->n;
  int levels = 0;
  do {
    n = nodes[levels++] = (n + most - 1) / most;
    t->n_nodes += n;
  } while (n > 1);
  t->node = calloc((size_t)t->n_nodes, t->place->node_bytes);
  t->parent = calloc((size_t)t->n_nodes + 1, sizeof *t->parent);
  t->leaf = calloc((size_t)rows + 1, sizeof *t->leaf);
  if (!t->node || !t->parent || !t->leaf || !along_curve(t, boxes)) return false;
  put_nodes(t, nodes, levels);
  return true;
}

/* A table of numbers by number; what is 0 has no row. */
static bool put_numbers(mj_pages *pages, uint32_t root, const uint32_t *number, int64_t n) {
  bool ok = mj_pages_begin(pages, root);
  for (int64_t i = 1; ok && i <= n; i++) {
    unsigned char record[16] = {3};
    if (number[i]) ok = mj_pages_row(pages, i, record, 3 + mj_put_integer(record + 3, record + 2, number[i]));
  }
  return ok && mj_pages_end(pages);
}

static bool put_tree(mj_pages *pages, const tree *t, int64_t rows) {
  const mj_gpkg_place *place = t->place;
  unsigned char *record = malloc(16 + (size_t)place->node_bytes), head[8] = {0};
  size_t n = 2 + mj_put_varint(head + 2, 12 + 2 * (uint64_t)place->node_bytes);
  head[0] = (unsigned char)n;
  bool ok = record && mj_pages_begin(pages, place->node_root);
  for (int64_t i = 0; ok && i < t->n_nodes; i++) {
    memcpy(record, head, n);
    memcpy(record + n, t->node + (size_t)i * place->node_bytes, place->node_bytes);
    ok = mj_pages_row(pages, i + 1, record, n + place->node_bytes);
  }
  free(record);
  ok = ok && mj_pages_end(pages);
  return ok && put_numbers(pages, place->rowid_root, t->leaf, rows) &&
         put_numbers(pages, place->parent_root, t->parent, t->n_nodes);
}

bool mj_gpkg_rtree(mj_pages *pages, const mj_gpkg_place *place, const mj_gpkg_boxes *boxes, int64_t rows) {
  tree t = {.place = place};
  if (!boxes->n || place->node_bytes < NODE_HEAD + 2 * NODE_CELL) return true;
  bool ok = make(&t, boxes, rows) && put_tree(pages, &t, rows);
  if (!ok && !pages->error) pages->error = ENOMEM;
  free(t.node);
  free(t.parent);
  free(t.leaf);
  free(t.box);
  return ok;
}
