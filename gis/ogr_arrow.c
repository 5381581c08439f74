#include <gdal.h>
#include <ogr_api.h>
#include <ogr_recordbatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_source.h"

/* Batches of columns as Arrow's C data interface lays them out
   (https://arrow.apache.org/docs/format/CDataInterface.html): buffers[0] is the validity bitmap (NULL: all valid), then
   values, or offsets and bytes. */

/* GeoPackage and FlatGeobuf fill them straight from the file; other drivers build features first, and are better read
   so. Lists, times and bytes are left to the feature reader. */
bool mj_arrow_suits(const mj_slot *slot) {
  if (slot->kind != MJ_FILE_GPKG && slot->kind != MJ_FILE_FGB) return false;
  static const char *const plain[] = {"Integer", "Integer64", "Real", "String", "Date"};
  for (int f = 0; f < slot->info.n_fields; f++) {
    bool found = false;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) found |= !strcmp(slot->info.type[f], plain[i]);
    if (!found) return false;
  }
  return true;
}

typedef struct {
  const struct ArrowArray *a;
  const char *format;
  const unsigned char *valid, *bits;
  int64_t first; /* of the batch in the buffers */
} source;

static source source_of(const struct ArrowArray *batch, const struct ArrowSchema *schema, int child) {
  const struct ArrowArray *a = batch->children[child];
  source s = {.a = a, .format = schema->children[child]->format, .first = a->offset + batch->offset};
  s.valid = a->null_count ? a->buffers[0] : NULL;
  s.bits = a->n_buffers > 1 ? a->buffers[1] : NULL;
  return s;
}

static bool bit(const unsigned char *bits, int64_t i) { return bits[i / 8] >> (i % 8) & 1; }
static bool is_null(const source *s, int64_t i) { return s->valid && !bit(s->valid, s->first + i); }

/* Bytes of a text or blob; false for NULL. Offsets are 32 bits wide ("u", "z") or 64 ("U", "Z"). */
static bool bytes_of(const source *s, int64_t i, const unsigned char **at, size_t *n) {
  if (is_null(s, i)) return false;
  int64_t k = s->first + i, from, to;
  if (s->format[0] == 'U' || s->format[0] == 'Z') {
    const int64_t *offset = s->a->buffers[1];
    from = offset[k];
    to = offset[k + 1];
  } else {
    const int32_t *offset = s->a->buffers[1];
    from = offset[k];
    to = offset[k + 1];
  }
  *at = (const unsigned char *)s->a->buffers[2] + from;
  *n = (size_t)(to - from);
  return true;
}

static bool whole_number(const source *s, int64_t k, int64_t *out) {
  const void *v = s->bits;
  switch (s->format[0]) {
    case 'b':
      *out = bit(v, k);
      return true;
    case 'c':
      *out = ((const int8_t *)v)[k];
      return true;
    case 's':
      *out = ((const int16_t *)v)[k];
      return true;
    case 'i':
      *out = ((const int32_t *)v)[k];
      return true;
    case 'l':
      *out = ((const int64_t *)v)[k];
      return true;
    default:
      return false;
  }
}

static mj_status unknown(const mj_reading *r, const source *s) {
  return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': GDAL delivers a column as '%s', which is not known",
                 r->file->path, r->slot->info.name, s->format);
}

static mj_status take_texts(mj_reading *r, int c, const source *s, const source *fid, int64_t n) {
  int64_t row0 = r->row;
  mj_status status = MJ_OK;
  for (int64_t i = 0; i < n && !status; i++) {
    const unsigned char *at;
    size_t len;
    if (!bytes_of(s, i, &at, &len)) continue;
    r->row = row0 + i;
    status = mj_reading_text(r, c, (const char *)at, len, ((const int64_t *)(const void *)fid->bits)[fid->first + i]);
  }
  r->row = row0;
  return status;
}

static mj_status take_numbers(mj_reading *r, int c, const source *s, int64_t n) {
  mj_column *column = r->column[c];
  for (int64_t i = 0; i < n; i++) {
    if (is_null(s, i)) continue;
    int64_t k = s->first + i, row = r->row + i;
    bool known = true;
    if (column->type == MJ_I64) known = whole_number(s, k, &column->i64[row]);
    else if (column->type == MJ_DATE && !strcmp(s->format, "tdD"))
      column->date[row] = ((const int32_t *)(const void *)s->bits)[k];
    else if (column->type == MJ_DATE) known = false;
    else if (s->format[0] == 'g') column->f64[row] = ((const double *)(const void *)s->bits)[k];
    else if (s->format[0] == 'f') column->f64[row] = (double)((const float *)(const void *)s->bits)[k];
    else known = false;
    if (!known) return unknown(r, s);
  }
  return MJ_OK;
}

static mj_status take_column(mj_reading *r, int c, const source *s, const source *fid, int64_t n) {
  if (r->column[c]->type != MJ_TEXT) return take_numbers(r, c, s, n);
  return s->format[0] == 'u' || s->format[0] == 'U' ? take_texts(r, c, s, fid, n) : unknown(r, s);
}

static mj_status take_shapes(mj_reading *r, const source *s, const source *fid, int64_t n) {
  int64_t row0 = r->row;
  mj_status status = MJ_OK;
  for (int64_t i = 0; i < n && !status; i++) {
    const unsigned char *wkb = NULL;
    size_t len = 0;
    if (s && !bytes_of(s, i, &wkb, &len)) wkb = NULL;
    r->row = row0 + i;
    status = mj_reading_shape(r, wkb, len, ((const int64_t *)(const void *)fid->bits)[fid->first + i]);
  }
  r->row = row0;
  return status;
}

/* Children are the FID, the wanted fields in order, then the geometry. */
static mj_status take_batch(mj_reading *r, const struct ArrowArray *batch, const struct ArrowSchema *schema) {
  int64_t n = batch->length;
  if (n > r->cap - r->row) {
    r->row = r->cap;
    return mj_reading_room(r);
  }
  source fid = source_of(batch, schema, 0);
  for (int c = 0; c < r->n_columns; c++) {
    source s = source_of(batch, schema, c + 1);
    MJ_TRY(take_column(r, c, &s, &fid, n));
  }
  if (r->options->geometry) {
    source s = {0};
    bool has = schema->n_children > r->n_columns + 1;
    if (has) s = source_of(batch, schema, r->n_columns + 1);
    MJ_TRY(take_shapes(r, has ? &s : NULL, &fid, n));
  }
  int64_t base = r->slot->kind == MJ_FILE_FGB; /* FlatGeobuf numbers its rows from 0 */
  for (int64_t i = 0; i < n; i++)
    mj_reading_end_row(r, ((const int64_t *)(const void *)fid.bits)[fid.first + i] + base);
  return MJ_OK;
}

static mj_status check_schema(const mj_reading *r, const struct ArrowSchema *schema) {
  int64_t least = r->n_columns + 1;
  bool good =
      schema->n_children >= least && schema->n_children <= least + 1 && !strcmp(schema->children[0]->format, "l");
  for (int c = 0; good && c < r->n_columns; c++)
    good = !strcmp(schema->children[c + 1]->name, r->slot->raw[r->field[c]]);
  if (good && schema->n_children > least) good = strchr("zZ", schema->children[least]->format[0]) != NULL;
  if (good) return MJ_OK;
  return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': GDAL delivers other columns than the layer has", r->file->path,
                 r->slot->info.name);
}

/* What the rows so far have, for all rows, and a little more: the next batches then seldom make the arrays grow, which
 * leaves holes of half their size. Only a wish. */
static void expect_shapes(mj_reading *r) {
  double more = 1.02 * (double)r->cap / (double)r->row;
  for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) {
    mj_geom *g = &r->shapes.geom[kind];
    if (!g->verts || more * g->verts > INT32_MAX / 2) continue;
    mj_status wish =
        mj_geom_reserve(g, r->cap, (int64_t)(more * g->parts), (int64_t)(more * g->rings), (int64_t)(more * g->verts));
    (void)wish;
  }
}

static mj_status take_batches(mj_reading *r, struct ArrowArrayStream *stream, const struct ArrowSchema *schema,
                              int64_t *rows_met) {
  MJ_TRY(check_schema(r, schema));
  for (;;) {
    struct ArrowArray batch = {0};
    if (stream->get_next(stream, &batch)) {
      const char *why = stream->get_last_error(stream);
      return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': after row %lld: %s", r->file->path, r->slot->info.name,
                     (long long)r->row, why ? why : "unreadable");
    }
    if (!batch.release) return MJ_OK;
    bool first = r->row == 0;
    mj_status status = take_batch(r, &batch, schema);
    if (first && !status && r->row && r->row < r->cap) expect_shapes(r);
    *rows_met += batch.length;
    batch.release(&batch);
    MJ_TRY(status);
    mj_reading_step(r, r->row, r->cap);
  }
}

mj_status mj_read_arrow(mj_reading *r, int64_t *rows_met) {
  char with_fid[] = "INCLUDE_FID=YES", most[] = "MAX_FEATURES_IN_BATCH=8192";
  char *options[] = {with_fid, most, NULL};
  struct ArrowArrayStream stream = {0};
  struct ArrowSchema schema = {0};
  mj_status status;
  if (!OGR_L_GetArrowStream(r->slot->layer, &stream, options))
    return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': cannot be read", r->file->path, r->slot->info.name);
  if (stream.get_schema(&stream, &schema))
    status = mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': cannot be read", r->file->path, r->slot->info.name);
  else status = take_batches(r, &stream, &schema, rows_met);
  if (schema.release) schema.release(&schema);
  stream.release(&stream);
  return status;
}
