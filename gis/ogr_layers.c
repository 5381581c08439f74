#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "gis/ogr_source.h"

const char *mj_source_format(const mj_source_file *file) {
  return file->kind == MJ_FILE_ZIP ? mj_file_driver(file->slot[0].kind) : mj_file_driver(file->kind);
}

int mj_source_layers(const mj_source_file *file) { return file->n_slots; }

const mj_layer_info *mj_source_layer(const mj_source_file *file, int i) {
  return i >= 0 && i < file->n_slots ? &file->slot[i].info : NULL;
}

const char *mj_source_encoding(const mj_source_file *file, bool *declared) {
  const mj_slot *slot = file->n_slots ? &file->slot[file->last] : NULL;
  if (declared) *declared = slot ? slot->declared : true;
  return slot ? slot->encoding : "UTF-8";
}

mj_encoding_facts mj_source_encoding_facts(const mj_source_file *file) {
  const mj_slot *slot = file->n_slots ? &file->slot[file->last] : NULL;
  if (!slot) return (mj_encoding_facts){.used = "UTF-8", .found = "UTF-8", .declared = true, .ascii = true};
  return (mj_encoding_facts){.used = slot->encoding,
                             .said = slot->said,
                             .found = slot->found,
                             .given = slot->given,
                             .declared = slot->declared,
                             .ascii = slot->ascii};
}

mj_status mj_source_note_encoding(const mj_source_file *file, const char *layer, mj_ledger *ledger) {
  mj_encoding_facts f = mj_source_encoding_facts(file);
  bool proved = !f.said && !strcmp(f.used, "UTF-8");
  if (f.ascii || !*f.used || (!f.given && (f.declared || proved))) return MJ_OK;
  mj_ledger_entry e = {.code = f.given ? MJ_L_ENCODING_GIVEN : MJ_L_ENCODING_ASSUMED,
                       .layer = layer,
                       .found = f.used,
                       .expected = f.given ? f.found : f.said};
  return mj_ledger_add(ledger, e);
}

const char *mj_unused_name(mj_arena *arena, const char *const *taken, int n, const char *name) {
  const char *candidate = name;
  size_t length = strlen(name);
  int suffix = 1; /* the n-th of one name is tried as name_n: to begin at 2 takes minutes for 4,000 of them */
  for (int i = 0; i < n; i++)
    suffix += !strncmp(taken[i], name, length) && (!taken[i][length] || taken[i][length] == '_');
  for (int i = 0; candidate && i < n;) {
    if (strcmp(taken[i], candidate)) {
      i++;
      continue;
    }
    candidate = mj_arena_format(arena, "%s_%d", name, suffix++);
    i = 0;
  }
  return candidate;
}

/* The WKT2 of a .prj, which GDAL's reader of shapefiles passes over; NULL: none, or it is no WKT2. */
static const char *wkt2_beside(mj_arena *arena, const char *shp) {
  static const char *const heads[] = {"PROJCRS[", "GEOGCRS[", "GEODCRS[", "BOUNDCRS[", "COMPOUNDCRS[", NULL};
  size_t n = strlen(shp);
  char *path = mj_arena_text(arena, shp, n), *text = mj_arena_alloc(arena, 16384, 1);
  VSILFILE *file = NULL;
  if (!path || !text) return NULL;
  memcpy(path + n - 3, "prj", 3);
  if (!(file = VSIFOpenL(path, "rb"))) memcpy(path + n - 3, "PRJ", 3);
  if (!file && !(file = VSIFOpenL(path, "rb"))) return NULL;
  VSIFReadL(text, 1, 16383, file);
  VSIFCloseL(file);
  for (const char *const *head = heads; *head; head++)
    if (!strncmp(text, *head, strlen(*head))) return text;
  return NULL;
}

/* WKT of the layer's system; "" for none and for those that stand for none (a local one, GeoPackage's "undefined"
 * ones). */
static const char *wkt_of(mj_arena *arena, OGRLayerH layer, const char *shp) {
  OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
  const char *beside = !srs && shp ? wkt2_beside(arena, shp) : NULL;
  if (beside) return beside;
  if (!srs || OSRIsLocal(srs)) return "";
  const char *name = OSRGetName(srs);
  if (name && !strncmp(name, "Undefined", 9)) return "";
  const char *const wkt2[] = {"FORMAT=WKT2_2019", NULL};
  char *text = NULL;
  if (OSRExportToWktEx(srs, &text, wkt2) || !text || !*text) {
    CPLFree(text);
    text = NULL;
    OSRExportToWkt(srs, &text);
  }
  const char *kept = mj_arena_text(arena, text ? text : "", text ? strlen(text) : 0);
  CPLFree(text);
  return kept;
}

static const char *decoded(mj_source_file *file, const mj_slot *slot, const char *name) {
  mj_decoder decoder = {.from = slot->kind == MJ_FILE_SHP ? slot->encoding : NULL};
  const char *text;
  mj_decode(&decoder, &file->arena, name, strlen(name), &text);
  mj_decoder_reset(&decoder);
  return text ? text : "?"; /* bytes of no encoding; a "?" tells the column is there */
}

static mj_status describe_fields(mj_source_file *file, mj_slot *slot) {
  OGRFeatureDefnH defn = OGR_L_GetLayerDefn(slot->layer);
  int n = OGR_FD_GetFieldCount(defn);
  const char **name = mj_arena_alloc(&file->arena, (size_t)n + 1, sizeof *name);
  const char **type = mj_arena_alloc(&file->arena, (size_t)n + 1, sizeof *type);
  const char **raw = mj_arena_alloc(&file->arena, (size_t)n + 1, sizeof *raw);
  if (!name || !type || !raw) return MJ_ENOMEM;
  for (int i = 0; i < n; i++) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(defn, i);
    const char *said = OGR_Fld_GetNameRef(field);
    raw[i] = mj_arena_text(&file->arena, said, strlen(said));
    name[i] = mj_unused_name(&file->arena, name, i, decoded(file, slot, said));
    type[i] = OGR_GetFieldTypeName(OGR_Fld_GetType(field));
    if (!raw[i] || !name[i]) return MJ_ENOMEM;
  }
  slot->raw = raw;
  slot->info.n_fields = n;
  slot->info.field = name;
  slot->info.type = type;
  return MJ_OK;
}

/* A query in GeoPackage's clothes: it may be endless, so it is neither counted nor read. */
static bool is_view(const mj_slot *slot) {
  if (slot->kind != MJ_FILE_GPKG) return false;
  char *name = CPLEscapeString(OGR_L_GetName(slot->layer), -1, CPLES_SQL);
  const char *sql = CPLSPrintf("SELECT 1 FROM sqlite_master WHERE type = 'view' AND lower(name) = lower('%s')", name);
  OGRLayerH result = GDALDatasetExecuteSQL(slot->dataset, sql, NULL, NULL);
  OGRFeatureH row = result ? OGR_L_GetNextFeature(result) : NULL;
  bool view = row != NULL;
  OGR_F_Destroy(row);
  GDALDatasetReleaseResultSet(slot->dataset, result);
  CPLFree(name);
  return view;
}

/* Its name and no more: GDAL runs a view even to say its columns or its system. */
static mj_status describe_view(mj_source_file *file, mj_slot *slot, mj_error *err) {
  static const char *const none[] = {NULL};
  const char *name = OGR_L_GetName(slot->layer);
  slot->raw = none;
  slot->info = (mj_layer_info){.name = mj_arena_text(&file->arena, name, strlen(name)),
                               .geometry = "Unknown (any)",
                               .rows = -1,
                               .crs = "",
                               .view = true,
                               .field = none,
                               .type = none};
  return slot->info.name ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_slot_describe(mj_source_file *file, mj_slot *slot, mj_error *err) {
  if (is_view(slot)) return describe_view(file, slot, err);
  const char *name = OGR_L_GetName(slot->layer);
  if (file->kind == MJ_FILE_ZIP) name = mj_zip_name(file, name);
  const char *geometry = OGRGeometryTypeToName(OGR_L_GetGeomType(slot->layer));
  slot->info.name = mj_arena_text(&file->arena, name, strlen(name));
  slot->info.geometry = mj_arena_text(&file->arena, geometry, strlen(geometry));
  slot->info.rows = OGR_L_GetFeatureCount(slot->layer, 0);
  if (slot->info.rows >= 0) slot->info.rows -= slot->deleted;
  slot->info.crs = wkt_of(&file->arena, slot->layer, slot->path);
  if (!slot->info.name || !slot->info.geometry || !slot->info.crs || describe_fields(file, slot))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}
