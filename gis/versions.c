#include <gdal.h>
#include <geos_c.h>
#include <proj.h>
#include <sqlite3.h>

#include "mujun/version.h"

const char *mj_library_version(int i, const char **version) {
  switch (i) {
    case 0:
      *version = MJ_VERSION;
      return "libmujun";
    case 1:
      *version = GDALVersionInfo("RELEASE_NAME");
      return "GDAL";
    case 2:
      *version = proj_info().version;
      return "PROJ";
    case 3:
      *version = GEOSversion();
      return "GEOS";
    case 4:
      *version = sqlite3_libversion();
      return "SQLite";
    default:
      *version = "";
      return NULL;
  }
}
