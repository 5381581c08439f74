#include "gis/zip.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { KEEP = 64, PIECE = 65536 };

/* Occurrences that end behind the first @p old bytes: those before were counted
 * with the piece they came in. */
static int64_t occurrences(const char *text, size_t n, size_t old, const char *needle, size_t n_needle) {
  int64_t found = 0;
  const char *at = text, *stop = text + n;
  while ((at = memchr(at, needle[0], (size_t)(stop - at)))) {
    if ((size_t)(stop - at) < n_needle) break;
    if (!memcmp(at, needle, n_needle) && at + n_needle > text + old) found++;
    at++;
  }
  return found;
}

static bool scan(VSILFILE *file, const char *needle, const char *end, int64_t *count) {
  char text[KEEP + PIECE];
  size_t kept = 0, n_needle = strlen(needle), n_end = strlen(end), got;
  CPLErrorReset();
  while ((got = VSIFReadL(text + kept, 1, PIECE, file)) > 0) {
    *count += occurrences(text, kept + got, kept, needle, n_needle);
    size_t n = kept + got;
    kept = n < KEEP ? n : KEEP;
    memmove(text, text + n - kept, kept);
  }
  return CPLGetLastErrorType() < CE_Failure && kept >= n_end && !memcmp(text + kept - n_end, end, n_end);
}

mj_status mj_zip_count(const char *path, const char *member, const char *needle, const char *end, int64_t *count,
                       mj_error *err) {
  char name[1024];
  *count = 0;
  if (snprintf(name, sizeof name, "/vsizip/{%s}/%s", path, member) >= (int)sizeof name)
    return mj_fail(err, MJ_EIO, "'%s': the path is too long", path);
  CPLPushErrorHandler(CPLQuietErrorHandler);
  VSILFILE *file = VSIFOpenL(name, "rb");
  bool ok = file && scan(file, needle, end, count);
  if (file) VSIFCloseL(file);
  CPLPopErrorHandler();
  return ok ? MJ_OK : mj_fail(err, MJ_EIO, "cannot write '%s': read again, '%s' is damaged", path, member);
}
