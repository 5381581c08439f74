/** @file zip.h  Reading one member of a zip again, to know that what was sent
 * has arrived. */
#ifndef MJ_GIS_ZIP_H
#define MJ_GIS_ZIP_H

#include <stdint.h>

#include "mujun/status.h"

/**
 * How often @p needle stands in a member of a zip file.
 *
 * @param path    the zip, whatever its name ends with
 * @param member  name inside the zip
 * @param needle  at most 32 bytes
 * @param end     what the member must end with
 * @param count   out
 * @param err     filled on failure
 *
 * Errors: MJ_EIO when the member is missing, damaged (its CRC is checked) or
 * ends otherwise. Cost: one pass of inflate.
 */
MJ_NODISCARD mj_status mj_zip_count(const char *path, const char *member, const char *needle, const char *end,
                                    int64_t *count, mj_error *err);
#endif
