#include <stdlib.h>
#include <string.h>

#include "gis/crs_private.h"

/* The number behind PARAMETER["name", in WKT2 where its unit is a degree or a metre; false where it is not there. */
static bool parameter(const char *wkt, const char *name, double *out) {
  for (const char *at = wkt; (at = strstr(at, "PARAMETER[\"")) != NULL;) {
    at += strlen("PARAMETER[\"");
    size_t n = strlen(name);
    if (strncmp(at, name, n) || strncmp(at + n, "\",", 2)) continue;
    char *end;
    *out = strtod(at + n + 2, &end);
    return !strncmp(end, ",ANGLEUNIT[\"degree\",0.0174532925199433]", 39) ||
           !strncmp(end, ",LENGTHUNIT[\"metre\",1]", 22) || !strncmp(end, ",SCALEUNIT[\"unity\",1]", 21);
  }
  return false;
}

static const char *datum_of(const char *wkt) {
  static const char *const name[][2] = {{"DATUM[\"China 2000\",", "China_2000"},
                                        {"DATUM[\"Xian 1980\",", "Xian_1980"},
                                        {"DATUM[\"Beijing 1954\",", "Beijing_1954"},
                                        {"ENSEMBLE[\"World Geodetic System 1984 ensemble\",", "WGS_1984"}};
  for (size_t i = 0; i < sizeof name / sizeof *name; i++)
    if (strstr(wkt, name[i][0])) return name[i][1];
  return NULL;
}

bool mj__crs_read_plain(const char *wkt, mj_crs_terms *out) {
  bool plane = !strncmp(wkt, "PROJCRS[\"", 9);
  mj_crs_terms t = {.datum = datum_of(wkt)};
  if (!t.datum || (!plane && strncmp(wkt, "GEOGCRS[\"", 9) != 0)) return false;
  if (plane) {
    t.method = "Transverse_Mercator";
    if (!strstr(wkt, ",METHOD[\"Transverse Mercator\",ID[\"EPSG\",9807]]") ||
        !parameter(wkt, "Latitude of natural origin", &t.lat0_deg) ||
        !parameter(wkt, "Longitude of natural origin", &t.lon0_deg) ||
        !parameter(wkt, "Scale factor at natural origin", &t.k0) || !parameter(wkt, "False easting", &t.fe_m) ||
        !parameter(wkt, "False northing", &t.fn_m))
      return false;
  }
  *out = t;
  return true;
}
