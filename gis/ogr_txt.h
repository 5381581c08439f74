/** @file ogr_txt.h  界址点 (boundary point) files, the 电子报盘 of land surveys: plots with their points, and the
 * reference system that the file's words and zone numbers mean. */
#ifndef MJ_GIS_OGR_TXT_H
#define MJ_GIS_OGR_TXT_H

#include "gis/ogr_source.h"

/** The cells of a plot's line by their meaning; what stands behind them follows. */
enum {
  MJ_TXT_COUNT,
  MJ_TXT_AREA,
  MJ_TXT_CODE,
  MJ_TXT_NAME,
  MJ_TXT_KIND,
  MJ_TXT_SHEET,
  MJ_TXT_USE,
  MJ_TXT_LAND,
  MJ_TXT_KNOWN
};

/** X is north, Y is east, as surveys have it. */
typedef struct {
  double north, east;
  int32_t ring;
  int32_t line;
} mj_txt_point;

typedef struct {
  const char **cell; /**< [n_cells] NULL: empty */
  int n_cells;
  int64_t first, n_points;
  int32_t line;
  int32_t broken_line; /**< of the first point that cannot be read, 0: none; its coordinates are NaN */
  const char *broken;  /**< that line, NULL: none */
} mj_txt_plot;

/** The words of [属性描述] that say where the coordinates lie; "" where not said. */
typedef struct {
  const char *datum, *belt, *zone, *unit, *projection;
  int32_t zone_line, unit_line;
} mj_txt_words;

struct mj_txt {
  mj_txt_words words;
  mj_txt_plot *plot;
  int64_t n_plots, cap_plots;
  mj_txt_point *point;
  int64_t n_points, cap_points;
  int n_cells; /**< of the longest plot line, at least MJ_TXT_KNOWN */
};

/**
 * "EPSG:4528" for CGCS2000, Xi'an 1980 or Beijing 1954 in 3- or 6-degree zones, with the zone prefix where the eastings
 * have it; the geographic system where all are degrees; "" where datum or zone are not said. @p path is for messages.
 * Errors: MJ_EFORMAT zone, belt and prefix contradict each other; a unit that is neither metre nor degree; degrees
 * said of what cannot be some.
 */
MJ_NODISCARD mj_status mj_txt_crs(const char *path, const struct mj_txt *txt, mj_arena *arena, const char **crs,
                                  mj_error *err);
/** Free it; NULL is nothing. */
void mj_txt_free(struct mj_txt *txt);

/** The rings of one plot as WKB: which lies in which decides what is a part and what a hole. Valid when {0}. */
typedef struct {
  unsigned char *wkb;
  size_t n, cap;
  int n_short; /**< rings that were left out as too short */
  struct {
    int ring, points;
  } too_short[MJ_LEDGER_FEW]; /**< the first of them */
  int64_t closings;           /**< points that repeat the first one of their ring */
} mj_txt_shape;
/**
 * @param kind  the plot's own word for its shape: 点 and 线 give a point and a line, all else a multipolygon
 * n is 0 where no ring has three points. Errors: MJ_ENOMEM; MJ_EFORMAT more rings than can be sorted out.
 */
MJ_NODISCARD mj_status mj_txt_rings(const mj_txt_point *point, int64_t n, const char *kind, mj_txt_shape *out);
#endif
