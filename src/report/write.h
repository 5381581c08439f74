/** @file write.h  One sheet to one file, by format. */
#ifndef MJ_REPORT_WRITE_H
#define MJ_REPORT_WRITE_H

#include "report/layout.h"
#include "report/sink.h"
#include "report/style.h"

/** A second file with the same columns and some of the rows of a sheet that has all rows of its table: written along
 * with it. */
typedef struct {
  mj_sink *sink;
  const mj_sheet *sheet;
} mj_twin;

/** UTF-8 with BOM, CRLF, headings for people, words instead of codes, decimals
 * of columns.def. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_csv_write(mj_sink *sink, const mj_sheet *sheet, const mj_twin *twin, mj_lang lang,
                                    int threads, mj_error *err);

/**
 * RFC 7946: one feature a line, MultiPolygon, shells counter-clockwise, codes
 * instead of words, the shortest exact numbers.
 *
 * @param sink      opened
 * @param sheet     its table has geometry; a row without it, or with a
 * coordinate that is not finite, gets null
 * @param twin      written along with it, or NULL
 * @param lon_deg   [vertices of the table] WGS 84
 * @param lat_deg   as lon_deg
 * @param decimals  of coordinates, correctly rounded
 * @param threads   0: one per core
 * @param err       filled on failure
 *
 * Errors: MJ_EIO, MJ_ENOMEM. The bytes do not depend on the number of threads.
 */
MJ_NODISCARD mj_status mj_geojson_write(mj_sink *sink, const mj_sheet *sheet, const mj_twin *twin,
                                        const double *lon_deg, const double *lat_deg, int decimals, int threads,
                                        mj_error *err);
#endif
