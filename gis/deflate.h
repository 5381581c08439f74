/** @file deflate.h  Bytes made small for a page that a browser unpacks. */
#ifndef MJ_GIS_DEFLATE_H
#define MJ_GIS_DEFLATE_H

#include "mujun/text.h"

/**
 * Append the zlib stream (RFC 1950) of n bytes to @p out: what browsers unpack as "deflate".
 *
 * @param bytes  n of them; none are allowed
 * @param level  1 fast .. 9 small
 * @param out    appended to
 *
 * Errors: MJ_ENOMEM. Cost: one pass; 10 MB of numbers take 0.1 to 0.2 s at level 6. Safe on several threads. The same
 * library gives the same bytes.
 */
MJ_NODISCARD mj_status mj_deflate(const void *bytes, size_t n, int level, mj_text *out, mj_error *err);
#endif
