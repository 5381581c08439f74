/** @file version.h  Which libraries the library stands on, for bug reports and manifests. */
#ifndef MUJUN_VERSION_H
#define MUJUN_VERSION_H

#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Name of library @p i ("libmujun", "GDAL", "PROJ", "GEOS", "SQLite"); NULL past the last.
 *
 * @param i        0, 1, ... until NULL comes back
 * @param version  out, its version as it runs ("3.6.2"), a text that is never freed
 *
 * Errors: none.
 */
MJ_API const char *mj_library_version(int i, const char **version);

#ifdef __cplusplus
}
#endif
#endif
