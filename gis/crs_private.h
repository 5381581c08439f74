/** @file crs_private.h  What crs.c finds out and crs_op.c builds operations from. */
#ifndef MJ_GIS_CRS_PRIVATE_H
#define MJ_GIS_CRS_PRIVATE_H

#include "gis/crs.h"
#include "mujun/arena.h"

struct mj_crs {
  mj_crs_facts facts;
  const char *proj;  /* PROJ text, "" where it has none */
  const char *datum; /* equal for equal datums: name, ellipsoid, prime meridian */
  bool bound;        /* carries its own shift to WGS 84 */
  double shift[7];   /* that shift */
  bool greenwich;
  bool old_chinese; /* Beijing 1954 or Xian 1980 */
  mj_arena arena;
};

/* A fresh system in east, north order; NULL when GDAL refuses the definition. A web address would be fetched: never. */
void *mj__srs_parse(const char *definition);

#endif
