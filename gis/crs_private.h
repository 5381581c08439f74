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
  bool greenwich;
  bool old_chinese; /* Beijing 1954 or Xian 1980 */
  mj_arena arena;
};

#endif
