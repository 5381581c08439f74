#include "gis/deflate.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>

#include "base/text.h"

mj_status mj_deflate(const void *bytes, size_t n, int level, mj_text *out, mj_error *err) {
  size_t got = 0;
  void *packed = CPLZLibDeflate(n ? bytes : "", n, level, NULL, 0, &got);
  if (packed) mj_text_put(out, packed, got);
  VSIFree(packed);
  return packed && !out->failed ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}
