#include "gis/ogr_read.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_source.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* ---- the layer ---- */

/* What the layer says it holds; all three where it says nothing, and the rows decide. */
static void want_kinds(mj_reading *r) {
  OGRwkbGeometryType type = r->slot->layer ? wkbFlatten(OGR_L_GetGeomType(r->slot->layer)) : wkbNone;
  type = OGR_GT_GetLinear(type);
  bool *wanted = r->shapes.wanted;
  wanted[MJ_GEOM_POINT] = type == wkbPoint || type == wkbMultiPoint;
  wanted[MJ_GEOM_LINE] =
      type == wkbLineString || type == wkbMultiLineString || type == wkbCurve || type == wkbMultiCurve;
  wanted[MJ_GEOM_POLYGON] = type == wkbPolygon || type == wkbMultiPolygon || type == wkbTriangle || type == wkbTIN ||
                            type == wkbPolyhedralSurface || type == wkbSurface || type == wkbMultiSurface;
  if (wanted[MJ_GEOM_POINT] || wanted[MJ_GEOM_LINE] || wanted[MJ_GEOM_POLYGON]) return;
  if (type != wkbNone) wanted[MJ_GEOM_POINT] = wanted[MJ_GEOM_LINE] = wanted[MJ_GEOM_POLYGON] = true;
}

/* The kind most rows have; the larger dimension where two are equal. */
static mj_geom_kind main_kind(const mj_reading *r) {
  int64_t count[MJ_GEOM_POLYGON + 1] = {0};
  for (int64_t i = 0; i < r->row; i++)
    for (int kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++) count[kind] += r->shape[i].kinds >> kind & 1;
  mj_geom_kind best = MJ_GEOM_NONE;
  for (mj_geom_kind kind = MJ_GEOM_POINT; kind <= MJ_GEOM_POLYGON; kind++)
    if (r->shapes.wanted[kind] && (best == MJ_GEOM_NONE || count[kind] >= count[best])) best = kind;
  return best;
}

static const char *kind_name(mj_geom_kind kind) {
  static const char *const names[] = {"", "Point", "Line String", "Polygon"};
  return names[kind];
}

static mj_status note_shape(mj_reading *r, int64_t row, mj_geom_kind kind) {
  mj_row_shape shape = r->shape[row];
  int64_t source_row = r->out->source_row[row];
  if (shape.kinds >> kind & 1) return MJ_OK;
  if (shape.state == MJ_SHAPE_EMPTY && r->options->may_lack) return MJ_OK;
  if (shape.state == MJ_SHAPE_EMPTY)
    return mj_reading_note(r, MJ_L_ROW_NO_GEOMETRY, -1, NULL, kind_name(kind), source_row);
  if (shape.state == MJ_SHAPE_NOT_FINITE)
    return mj_reading_note(r, MJ_L_COORD_NOT_FINITE, -1, "NaN or infinite", "a number", source_row);
  return mj_reading_note(r, kind == MJ_GEOM_POLYGON ? MJ_L_ROW_NOT_POLYGON : MJ_L_ROW_OTHER_KIND, -1,
                         OGRGeometryTypeToName((OGRwkbGeometryType)shape.type), kind_name(kind), source_row);
}

/* A collection gave only its members of that kind. */
static bool is_reduced(const mj_reading *r, int64_t row, mj_geom_kind kind) {
  return r->shape[row].type == wkbGeometryCollection && (r->shape[row].kinds >> kind & 1);
}

/* Rings that were closed with their first point; the area is the same. */
static mj_status tell_unclosed(mj_reading *r, mj_geom_kind kind) {
  int64_t n = 0;
  char found[160];
  const char *what = mj_tr(r->options->lang, "ring not closed; closed with its first point");
  for (int64_t row = 0; row < r->row; row++) n += r->shape[row].mended && kind == MJ_GEOM_POLYGON;
  for (int64_t row = 0; n && n <= MJ_LEDGER_FEW && row < r->row; row++)
    if (r->shape[row].mended) MJ_TRY(mj_reading_note(r, MJ_L_GEOM_INVALID, -1, what, NULL, r->out->source_row[row]));
  if (n <= MJ_LEDGER_FEW) return MJ_OK;
  snprintf(found, sizeof found, "%s (%lld)", what, (long long)n);
  return mj_reading_note(r, MJ_L_GEOM_INVALID, -1, found, NULL, 0);
}

/* What was done to shapes that are measured all the same; more rows of one kind than anybody reads are one entry. */
static mj_status tell_changes(mj_reading *r, mj_geom_kind kind) {
  int64_t reduced = 0;
  char found[80];
  if (r->shapes.with_z) {
    snprintf(found, sizeof found, mj_tr(r->options->lang, "%lld shapes"), (long long)r->shapes.with_z);
    MJ_TRY(mj_reading_note(r, MJ_L_GEOM_Z_DROPPED, -1, found, NULL, 0));
  }
  for (int64_t row = 0; row < r->row; row++) reduced += is_reduced(r, row, kind);
  for (int64_t row = 0; row < r->row && reduced && reduced <= MJ_LEDGER_FEW; row++)
    if (is_reduced(r, row, kind))
      MJ_TRY(mj_reading_note(r, MJ_L_GEOM_COLLECTION, -1, mj_tr(r->options->lang, "Geometry Collection"),
                             kind_name(kind), r->out->source_row[row]));
  snprintf(found, sizeof found, mj_tr(r->options->lang, "%lld shapes"), (long long)reduced);
  if (reduced > MJ_LEDGER_FEW) MJ_TRY(mj_reading_note(r, MJ_L_GEOM_COLLECTION, -1, found, kind_name(kind), 0));
  MJ_TRY(tell_unclosed(r, kind));
  return mj_reading_tell_arcs(r);
}

static mj_status end_geometry(mj_reading *r) {
  mj_geom_kind kind = r->options->geometry ? main_kind(r) : MJ_GEOM_NONE;
  if (kind == MJ_GEOM_NONE) return MJ_OK;
  r->out->geom = r->shapes.geom[kind];
  r->out->geom.kind = kind;
  mj_geom_fit(&r->out->geom);
  r->shapes.geom[kind] = (mj_geom){0};
  for (int64_t row = 0; row < r->row; row++) MJ_TRY(note_shape(r, row, kind));
  return tell_changes(r, kind);
}

/* Worksheets are read whole, so that a row without any value is seen. */
static mj_status ignore_fields(mj_reading *r) {
  const mj_layer_info *info = &r->slot->info;
  if (r->slot->kind == MJ_FILE_XLSX || r->slot->kind == MJ_FILE_XLS) return MJ_OK;
  const char **names = mj_arena_alloc(&r->out->arena, (size_t)info->n_fields + 2, sizeof *names);
  if (!names) return no_memory(r->err);
  int n = 0;
  for (int f = 0; f < info->n_fields; f++)
    if (!mj_is_wanted(r->options, info->field[f])) names[n++] = r->slot->raw[f];
  if (!r->options->geometry) names[n] = "OGR_GEOMETRY";
  if (!OGR_L_SetIgnoredFields(r->slot->layer, names)) return MJ_OK;
  return mj_fail(r->err, MJ_EIO, "%s: layer '%s': fields cannot be left out", r->file->path, info->name);
}

/* GeoPackage keeps a count in a table that other software may leave stale, so its rows are counted. */
static int64_t declared_rows(mj_slot *slot) {
  if (slot->kind != MJ_FILE_GPKG) return OGR_L_GetFeatureCount(slot->layer, 1) - slot->deleted;
  int64_t n = -1;
  char *name = CPLEscapeString(OGR_L_GetName(slot->layer), -1, CPLES_SQLI);
  const char *sql = CPLSPrintf("SELECT COUNT(*) FROM \"%s\"", name);
  OGRLayerH result = GDALDatasetExecuteSQL(slot->dataset, sql, NULL, NULL);
  OGRFeatureH row = result ? OGR_L_GetNextFeature(result) : NULL;
  if (row) n = OGR_F_GetFieldAsInteger64(row, 0);
  OGR_F_Destroy(row);
  GDALDatasetReleaseResultSet(slot->dataset, result);
  CPLFree(name);
  return n;
}

static mj_status check_count(const mj_reading *r, int64_t declared, mj_error *err) {
  if (declared < 0)
    return mj_fail(err, MJ_EFORMAT, "%s: layer '%s': its rows cannot be counted", r->file->path, r->slot->info.name);
  int64_t most = r->file->bytes * (r->file->kind == MJ_FILE_ZIP || r->file->kind == MJ_FILE_XLSX ? 1024 : 1);
  if (r->file->bytes > 0 && declared > most)
    return mj_fail(err, MJ_EFORMAT, "%s: layer '%s': declares %lld rows in %lld bytes", r->file->path,
                   r->slot->info.name, (long long)declared, (long long)r->file->bytes);
  return MJ_OK;
}

static mj_status read_rows(mj_reading *r, mj_gdal_log *log) {
  int64_t met = 0, declared = declared_rows(r->slot);
  const char *path = r->file->path, *name = r->slot->info.name;
  if (*log->error) return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': %s", path, name, log->error);
  MJ_TRY(check_count(r, declared, r->err));
  MJ_TRY(mj_reading_columns(r, declared));
  MJ_TRY(ignore_fields(r));
  OGR_L_ResetReading(r->slot->layer);
  mj_status status = mj_arrow_suits(r->slot) ? mj_read_arrow(r, &met) : mj_read_features(r, &met);
  OGR_L_ResetReading(r->slot->layer);
  MJ_TRY(status);
  if (*log->error)
    return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': after row %lld: %s", path, name, (long long)met, log->error);
  if (met != declared)
    return mj_fail(r->err, MJ_EFORMAT, "%s: layer '%s': %lld rows read of %lld declared", path, name, (long long)met,
                   (long long)declared);
  return MJ_OK;
}

static mj_status read_layer(mj_reading *r) {
  mj_source_file *file = r->file;
  mj_gdal_log log;
  mj_status status;
  if (!r->slot->layer) {
    status = r->slot->kind == MJ_FILE_TXT ? mj_read_txt(r) : mj_read_csv(r);
  } else {
    mj_gdal_enter(&log);
    if (r->options->geometry) want_kinds(r);
    status = read_rows(r, &log);
    OGR_L_SetIgnoredFields(r->slot->layer, NULL);
    mj_gdal_leave(&log);
    const char *warning = *log.warning ? log.warning : file->warning;
    if (!status && *warning) status = mj_reading_note(r, MJ_L_SOURCE_WARNING, -1, warning, NULL, 0);
  }
  if (status) return status;
  r->out->n = r->row;
  return end_geometry(r);
}

static mj_status check_only(const mj_source_file *file, const mj_slot *slot, const mj_read_options *options,
                            mj_error *err) {
  for (int i = 0; options->only && i < options->n_only; i++) {
    bool found = false;
    for (int f = 0; f < slot->info.n_fields; f++) found |= !strcmp(slot->info.field[f], options->only[i]);
    if (!found)
      return mj_fail(err, MJ_ENOTFOUND, "%s: layer '%s' has no field '%s'", file->path, slot->info.name,
                     options->only[i]);
  }
  return MJ_OK;
}

mj_status mj_source_read(mj_source_file *file, int layer, const char *layer_name, const mj_read_options *options,
                         mj_table *out, mj_ledger *ledger, mj_error *err) {
  *out = (mj_table){0};
  if (layer < 0 || layer >= file->n_slots)
    return mj_fail(err, MJ_ENOTFOUND, "%s: has %d layers, not layer number %d", file->path, file->n_slots, layer + 1);
  mj_slot *slot = &file->slot[layer];
  if (slot->info.view)
    return mj_fail(err, MJ_EFORMAT, "%s: layer '%s' is a view; save it as a table", file->path, slot->info.name);
  mj_reading r = {.file = file,
                  .slot = slot,
                  .layer_name = layer_name,
                  .options = options,
                  .out = out,
                  .ledger = ledger,
                  .err = err};
  if (slot->kind == MJ_FILE_SHP || slot->kind == MJ_FILE_CSV) r.decoder.from = slot->encoding;
  MJ_TRY(check_only(file, slot, options, err));
  file->last = layer;
  mj_status status = mj_table_init(out, layer_name, 0);
  status = status ? no_memory(err) : read_layer(&r);
  file->warning[0] = 0;
  free(r.shape);
  mj_shapes_reset(&r.shapes);
  mj_decoder_reset(&r.decoder);
  if (status) mj_table_reset(out);
  return status;
}
