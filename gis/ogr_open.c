#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "gis/ogr_txt.h"

/* libgdal exports these C functions; its C headers do not declare them. Registering only what is read keeps plugins and
   the other two hundred drivers out, and takes 0.3 ms where GDALAllRegister takes 3.3. */
void RegisterOGRShape(void);
void RegisterOGRGeoPackage(void);
void RegisterOGROpenFileGDB(void);
void RegisterOGRGeoJSON(void);
void RegisterOGRFlatGeobuf(void);
void RegisterOGRXLSX(void);
void RegisterOGRXLS(void);

static pthread_mutex_t registering = PTHREAD_MUTEX_INITIALIZER; /* GDAL looks and adds in two steps */

static void register_driver(mj_file_kind kind) {
  pthread_mutex_lock(&registering);
  switch (kind) {
    case MJ_FILE_SHP:
      RegisterOGRShape();
      break;
    case MJ_FILE_GPKG:
      RegisterOGRGeoPackage();
      break;
    case MJ_FILE_GDB:
      RegisterOGROpenFileGDB();
      break;
    case MJ_FILE_GEOJSON:
      RegisterOGRGeoJSON();
      break;
    case MJ_FILE_FGB:
      RegisterOGRFlatGeobuf();
      break;
    case MJ_FILE_XLSX:
      RegisterOGRXLSX();
      break;
    case MJ_FILE_XLS:
      RegisterOGRXLS();
      break;
    default:
      break;
  }
  pthread_mutex_unlock(&registering);
}

/* Held for the length of a call, whatever the environment says: no .shx is rebuilt, cells of a workbook stay the texts
 * they are, and a GeoPackage is opened without the functions of SpatiaLite, of which none is asked and which open
 * PROJ's database each time. */
enum { SETTINGS = 5 };
static const char *const settings[SETTINGS][2] = {{"SHAPE_RESTORE_SHX", "NO"},
                                                  {"OGR_XLSX_HEADERS", "FORCE"},
                                                  {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                                  {"OGR_XLS_HEADERS", "FORCE"},
                                                  {"SPATIALITE_LOAD", "NO"}};

static void CPL_STDCALL listen(CPLErr level, CPLErrorNum number, const char *message) {
  (void)number;
  mj_gdal_log *log = CPLGetErrorHandlerUserData();
  char *line = level >= CE_Failure ? log->error : level == CE_Warning ? log->warning : NULL;
  if (!line || *line || !strncmp(message, "Non closed ring", 15)) return; /* told of each row as it is read */
  snprintf(line, sizeof log->error, "%s", message);
  bool utf8 = mj_utf8_valid(line, strlen(line)); /* GDAL quotes what it stumbled over, or the end cuts a character */
  for (char *c = line; *c; c++) {
    if (*c > 0 && *c < ' ') *c = ' ';
    if (!utf8 && (unsigned char)*c >= 0x80) *c = '?';
  }
}

void mj_gdal_enter(mj_gdal_log *log) {
  *log = (mj_gdal_log){0};
  for (int i = 0; i < SETTINGS; i++) {
    const char *before = CPLGetThreadLocalConfigOption(settings[i][0], NULL);
    log->before[i] = before ? CPLStrdup(before) : NULL;
    CPLSetThreadLocalConfigOption(settings[i][0], settings[i][1]);
  }
  CPLPushErrorHandlerEx(listen, log);
}

void mj_gdal_leave(mj_gdal_log *log) {
  CPLPopErrorHandler();
  for (int i = 0; i < SETTINGS; i++) {
    CPLSetThreadLocalConfigOption(settings[i][0], log->before[i]);
    CPLFree(log->before[i]);
    log->before[i] = NULL;
  }
}

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

static mj_status keep_dataset(mj_source_file *file, void *dataset) {
  void **grown = realloc(file->dataset, (size_t)(file->n_datasets + 1) * sizeof *grown);
  if (!grown) return MJ_ENOMEM;
  file->dataset = grown;
  file->dataset[file->n_datasets++] = dataset;
  return MJ_OK;
}

static mj_status add_slot(mj_source_file *file, mj_file_kind kind, void *dataset, void *layer, const char *path,
                          mj_error *err) {
  mj_slot *grown = realloc(file->slot, (size_t)(file->n_slots + 1) * sizeof *grown);
  if (!grown) return no_memory(err);
  file->slot = grown;
  mj_slot *slot = &grown[file->n_slots];
  *slot = (mj_slot){.layer = layer,
                    .dataset = dataset,
                    .kind = kind,
                    .path = kind == MJ_FILE_SHP ? path : NULL,
                    .encoding = "UTF-8",
                    .found = "UTF-8",
                    .declared = true,
                    .all_utf8 = false};
  if (slot->path) MJ_TRY(mj_shapefile_check(file, slot, err));
  MJ_TRY(mj_slot_describe(file, slot, err));
  file->n_slots++;
  return MJ_OK;
}

mj_status mj_dataset_add(mj_source_file *file, mj_file_kind kind, const char *path, mj_error *err) {
  const char *const drivers[] = {mj_file_driver(kind), NULL};
  const char *const raw_texts[] = {"ENCODING=", NULL};
  register_driver(kind);
  mj_gdal_log *log = file->log;
  GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers,
                                    kind == MJ_FILE_SHP ? raw_texts : NULL, NULL);
  if (!dataset)
    return mj_fail(err, MJ_EFORMAT, "%s: cannot be opened as %s: %s", file->path, drivers[0],
                   *log->error ? log->error : log->warning);
  if (keep_dataset(file, dataset)) {
    GDALClose(dataset);
    return no_memory(err);
  }
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset); i++) {
    OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
    if (!strcmp(OGR_L_GetName(layer), "layer_styles")) continue; /* where QGIS keeps styles */
    MJ_TRY(add_slot(file, kind, dataset, layer, path, err));
  }
  if (*log->error) return mj_fail(err, MJ_EFORMAT, "%s: %s", file->path, log->error);
  return MJ_OK;
}

/* A path that no driver takes for one of its prefixes ("CSV:", "/vsizip/"): it begins with "./", "/./" or "/x". */
static const char *plain_path(mj_arena *arena, const char *path) {
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/') n--;
  if (path[0] != '/') return mj_arena_format(arena, "./%.*s", (int)n, path);
  if (!strncmp(path, "/vsi", 4)) return mj_arena_format(arena, "/.%.*s", (int)n, path);
  return mj_arena_text(arena, path, n);
}

static mj_status open_content(mj_source_file *file, mj_error *err) {
  switch (file->kind) {
    case MJ_FILE_CSV:
      return mj_csv_open(file, err);
    case MJ_FILE_TXT:
      return mj_txt_open(file, err);
    case MJ_FILE_ZIP:
      return mj_zip_open(file, err);
    case MJ_FILE_GPKG: {
      const char *path = file->opened;
      MJ_TRY(mj_gpkg_settle(file, &path, err));
      return mj_dataset_add(file, file->kind, path, err);
    }
    default:
      return mj_dataset_add(file, file->kind, file->opened, err);
  }
}

static mj_status fill(mj_source_file *file, const char *path, const char *encoding, mj_error *err) {
  struct stat st;
  mj_gdal_log log;
  mj_vote vote;
  file->path = mj_arena_text(&file->arena, path, strlen(path));
  file->opened = plain_path(&file->arena, path);
  if (!file->path || !file->opened) return no_memory(err);
  if (!stat(path, &st) && S_ISREG(st.st_mode)) file->bytes = st.st_size;
  if (encoding) {
    bool declared;
    file->encoding_asked = mj_encoding_of(encoding, &file->arena);
    if (!file->encoding_asked || mj_vote_start(&vote, file->encoding_asked))
      return mj_fail(err, MJ_EINVAL, "unknown encoding '%s'", encoding);
    mj_vote_end(&vote, &declared);
  }
  mj_gdal_enter(&log);
  file->log = &log;
  mj_status status = open_content(file, err);
  file->log = NULL;
  mj_gdal_leave(&log);
  snprintf(file->warning, sizeof file->warning, "%s", log.warning);
  return status;
}

mj_status mj_source_open(const char *path, const char *encoding, mj_source_file **out, mj_error *err) {
  mj_file_kind kind;
  *out = NULL;
  MJ_TRY(mj_file_check(path, &kind, err));
  mj_source_file *file = calloc(1, sizeof *file);
  if (!file) return no_memory(err);
  file->kind = kind;
  mj_status status = fill(file, path, encoding, err);
  if (status) mj_source_close(file);
  else *out = file;
  return status;
}

static void remove_copy(const char *folder) {
  static const char *const parts[] = {"copy.gpkg", "copy.gpkg-wal", "copy.gpkg-journal", "copy.gpkg-shm"};
  char path[4200];
  for (int i = 0; i < 4; i++)
    if (snprintf(path, sizeof path, "%s/%s", folder, parts[i]) < (int)sizeof path) unlink(path);
  rmdir(folder);
}

void mj_source_close(mj_source_file *file) {
  if (!file) return;
  mj_gdal_log log;
  mj_gdal_enter(&log);
  for (int i = 0; i < file->n_datasets; i++) GDALClose(file->dataset[i]);
  mj_gdal_leave(&log);
  if (file->folder) remove_copy(file->folder);
  mj_txt_free(file->txt);
  free(file->dataset);
  free(file->slot);
  mj_arena_reset(&file->arena);
  free(file);
}
