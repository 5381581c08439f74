/** @file files.h  Small input files for the tests of readers: GDAL's own writers in a temporary folder. */
#ifndef TEST_GIS_FILES_H
#define TEST_GIS_FILES_H

#include <cpl_error.h>
#include <gdal.h>
#include <gdal_utils.h>

#include "folder.h"
#include "gis/ogr_read.h"

/** What ogr2ogr would do with these words; @p to is a name in the folder. */
static inline const char *translate(const char *from, const char *to, const char *words) {
  char copy[512];
  char *word[32] = {0};
  int n = 0;
  snprintf(copy, sizeof copy, "%s", words);
  for (char *w = strtok(copy, " "); w && n < 31; w = strtok(NULL, " ")) word[n++] = w;
  const char *path = in_folder(to);
  GDALAllRegister();
  CPLPushErrorHandler(CPLQuietErrorHandler);
  GDALDatasetH source = GDALOpenEx(from, GDAL_OF_VECTOR, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(source);
  GDALVectorTranslateOptions *options = GDALVectorTranslateOptionsNew(word, NULL);
  GDALDatasetH out = GDALVectorTranslate(path, NULL, 1, &source, options, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(out);
  GDALClose(out);
  GDALClose(source);
  GDALVectorTranslateOptionsFree(options);
  CPLPopErrorHandler();
  return path;
}

/** One layer read whole; what a test looks at. */
typedef struct {
  mj_source_file *file;
  mj_table table;
  mj_ledger ledger;
  mj_error err;
  mj_status status;
} reading;

static inline reading read_file(const char *path, const char *encoding, int layer) {
  reading r = {0};
  mj_read_options options = {.geometry = true};
  r.status = mj_source_open(path, encoding, &r.file, &r.err);
  if (!r.status) r.status = mj_source_read(r.file, layer, "layer", &options, &r.table, &r.ledger, &r.err);
  return r;
}

static inline void reading_end(reading *r) {
  mj_table_reset(&r->table);
  mj_ledger_reset(&r->ledger);
  mj_source_close(r->file);
  *r = (reading){0};
}

static inline void assert_message(const mj_error *err, mj_status code, const char *part) {
  CU_ASSERT_EQUAL(err->code, code);
  CU_ASSERT_PTR_NOT_NULL(strstr(err->message, part));
  if (err->code != code || !strstr(err->message, part))
    printf("\n    got [%s] '%s', expected '%s'\n", mj_status_name(err->code), err->message, part);
}
#endif
