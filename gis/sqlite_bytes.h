/** @file sqlite_bytes.h  Numbers as SQLite's file format has them: big endian, varints, serial types. */
#ifndef MJ_GIS_SQLITE_BYTES_H
#define MJ_GIS_SQLITE_BYTES_H

#include <stddef.h>
#include <stdint.h>

static inline void mj_put_be16(unsigned char *p, uint32_t v) {
  p[0] = (unsigned char)(v >> 8);
  p[1] = (unsigned char)v;
}

static inline void mj_put_be32(unsigned char *p, uint32_t v) {
  p[0] = (unsigned char)(v >> 24);
  p[1] = (unsigned char)(v >> 16);
  p[2] = (unsigned char)(v >> 8);
  p[3] = (unsigned char)v;
}

static inline void mj_put_be64(unsigned char *p, uint64_t v) {
  mj_put_be32(p, (uint32_t)(v >> 32));
  mj_put_be32(p + 4, (uint32_t)v);
}

static inline uint32_t mj_be32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/** Bytes of @p v as a varint: 7 bits a byte, the highest first; for v < 2^56. */
static inline size_t mj_varint_bytes(uint64_t v) {
  size_t n = 1;
  while (v >>= 7) n++;
  return n;
}

/** Write it; the number of bytes. */
static inline size_t mj_put_varint(unsigned char *p, uint64_t v) {
  if (v < 128) {
    *p = (unsigned char)v;
    return 1;
  }
  size_t n = mj_varint_bytes(v);
  for (size_t i = n; i-- > 0; v >>= 7) p[i] = (unsigned char)((v & 127) | (i + 1 < n ? 128 : 0));
  return n;
}

/** The shortest form of a whole number: its serial type into @p type, its bytes (0 to 8) to @p p; how many. */
static inline size_t mj_put_integer(unsigned char *p, unsigned char *type, int64_t v) {
  uint64_t size = (uint64_t)(v < 0 ? ~v : v);
  if (size <= 1 && v >= 0) {
    *type = (unsigned char)(8 + v);
    return 0;
  }
  size_t n = size < 1U << 7 ? 1 : size < 1U << 15 ? 2 : size < 1U << 23 ? 3 : size < 1U << 31 ? 4 : 6;
  if (size >> 47) n = 8;
  *type = (unsigned char)(n < 5 ? n : n == 6 ? 5 : 6);
  for (size_t i = n; i-- > 0; v >>= 8) p[i] = (unsigned char)v;
  return n;
}
#endif
