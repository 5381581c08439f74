/** @file overlay_private.h  What the files of overlay share. */
#ifndef MJ_GIS_OVERLAY_PRIVATE_H
#define MJ_GIS_OVERLAY_PRIVATE_H

#include "gis/overlay.h"

enum { REASON_SIZE = 200 };

struct mj_overlay {
  void *geos;                /**< GEOSContextHandle_t */
  void *repair;              /**< GEOSMakeValidParams * */
  char message[REASON_SIZE]; /**< the last complaint of GEOS */
};

/** Append the polygons of @p g, a GEOSGeometry (NULL: not known), as one row. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__overlay_push(mj_overlay *o, const void *g, mj_geom *out, mj_left *left, mj_error *err);
#endif
