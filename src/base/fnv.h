/** @file fnv.h  FNV-1a, 64 bits: tells texts apart, and is no protection against somebody who wants a collision.
 * Source: draft-eastlake-fnv. */
#ifndef MJ_BASE_FNV_H
#define MJ_BASE_FNV_H

#include <stddef.h>
#include <stdint.h>

#define MJ_FNV64_START UINT64_C(14695981039346656037)

/** The hash of what @p h has seen (MJ_FNV64_START: nothing) and n bytes more. */
static inline uint64_t mj_fnv64(uint64_t h, const void *bytes, size_t n) {
  const unsigned char *p = bytes;
  for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * UINT64_C(1099511628211);
  return h;
}
#endif
