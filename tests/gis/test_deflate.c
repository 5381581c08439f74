#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/deflate.h"
#include "test.h"

/* Adler-32 of RFC 1950, by its definition. */
static unsigned adler(const char *bytes, size_t n) {
  unsigned a = 1, b = 0;
  for (size_t i = 0; i < n; i++) {
    a = (a + (unsigned char)bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

static unsigned last_word(const mj_text *t) {
  const unsigned char *p = (const unsigned char *)t->data + t->n - 4;
  return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

static void a_zlib_stream_with_its_checksum(void) {
  enum { N = 100000 };
  char *bytes = malloc(N);
  mj_text out = {0};
  CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
  for (int i = 0; i < N; i++) bytes[i] = (char)((unsigned)i * (unsigned)i >> 7);
  CU_ASSERT_EQUAL(mj_deflate(bytes, N, 6, &out, NULL), MJ_OK);
  CU_ASSERT(out.n > 6 && out.n < N);
  CU_ASSERT_EQUAL((unsigned char)out.data[0] & 15, 8);                                      /* deflate */
  CU_ASSERT_EQUAL(((unsigned char)out.data[0] * 256 + (unsigned char)out.data[1]) % 31, 0); /* header check */
  CU_ASSERT_EQUAL(last_word(&out), adler(bytes, N));
  mj_text_reset(&out);
  free(bytes);
}

static void it_is_appended_and_nothing_is_a_stream_too(void) {
  mj_text out = {0};
  mj_text_add(&out, "before");
  CU_ASSERT_EQUAL(mj_deflate(NULL, 0, 6, &out, NULL), MJ_OK);
  CU_ASSERT(out.n > 6 && !memcmp(out.data, "before", 6));
  CU_ASSERT_EQUAL(last_word(&out), 1); /* Adler-32 of nothing */
  mj_text_reset(&out);
}

SUITE_OF(deflate, T(a_zlib_stream_with_its_checksum), T(it_is_appended_and_nothing_is_a_stream_too));
