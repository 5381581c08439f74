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
  int users; /* who hold it; the memory of systems is one of them */
};

typedef mj_status mj_crs_opener(const char *definition, bool look_up, mj_crs **out, mj_error *err);
/* The system that this process opened lately by the same definition, or a fresh one; shared, so it is never changed.
 * One is opened at a time: who asks for the same on another thread waits for it. */
mj_status mj__crs_remember(mj_crs_opener *open, const char *definition, bool look_up, mj_crs **out, mj_error *err);
/* One who held it fewer; under the lock of the memory. NULL is allowed. */
void mj__crs_drop(mj_crs *crs);

/* What GDAL knows of a system only by writing it as WKT 1. */
typedef struct {
  const char *datum, *method; /* "China_2000", "Transverse_Mercator"; NULL: none */
  double lat0_deg, lon0_deg, k0, fe_m, fn_m;
} mj_crs_terms;
/* Out of the WKT2 of a registered system in degrees, or a transverse Mercator one in metres, of China or WGS 84; false
 * for any other. Writing WKT 1 searches PROJ's database for names: 8 ms. */
bool mj__crs_read_plain(const char *wkt, mj_crs_terms *out);

/* A fresh system in east, north order; NULL when GDAL refuses the definition. A web address would be fetched: never. */
void *mj__srs_parse(const char *definition);

#endif
