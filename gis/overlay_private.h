/** @file overlay_private.h  What the files of overlay share. */
#ifndef MJ_GIS_OVERLAY_PRIVATE_H
#define MJ_GIS_OVERLAY_PRIVATE_H

#include "gis/overlay.h"

/* Types of GEOS, by their tags: headers do not include it. */
struct GEOSGeom_t;
struct GEOSContextHandle_HS;
struct GEOSMakeValidParams_t;

enum { REASON_SIZE = 200 };

struct mj_overlay {
  struct GEOSContextHandle_HS *geos;
  struct GEOSMakeValidParams_t *repair;
  char message[REASON_SIZE]; /**< the last complaint of GEOS */
};

/** Append the polygons of @p g (NULL: not known) as one row. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj__overlay_push(mj_overlay *o, const struct GEOSGeom_t *g, mj_geom *out, mj_left *left,
                                        mj_error *err);
#endif
