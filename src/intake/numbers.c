#include "intake/numbers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double NORTH_LEAST = 1e6, NORTH_MOST = 6.2e6, EAST_LEAST = 1e5, MILLION = 1e6;

typedef struct {
  double low, high;
} span;

static bool within(span s, double low, double high) { return s.low >= low && s.high <= high; }
static bool is_northing(span s) { return within(s, NORTH_LEAST, NORTH_MOST); }

/* 0: no easting; else 1, with the zone before its six digits or 0 in *zone. */
static bool is_easting(span s, int *zone) {
  double prefix = floor(s.low / MILLION);
  *zone = prefix >= 10 && prefix <= 60 ? (int)prefix : 0;
  if (!*zone && prefix != 0) return false;
  return within(s, prefix * MILLION + EAST_LEAST, prefix * MILLION + MILLION - 1e-9);
}

static bool is_china(span lon, span lat) { return within(lon, 73, 136) && within(lat, 3, 54); }

mj_numbers mj_numbers_of(mj_box b) {
  span x = {b.xmin, b.xmax}, y = {b.ymin, b.ymax};
  int zone = 0;
  if (!(b.xmin <= b.xmax)) return (mj_numbers){0};
  if (is_china(x, y)) return (mj_numbers){.kind = MJ_NUMBERS_DEGREES, .china = true};
  if (is_china(y, x)) return (mj_numbers){.kind = MJ_NUMBERS_DEGREES, .china = true, .swapped = true};
  if (within(x, -180, 180) && within(y, -90, 90)) return (mj_numbers){.kind = MJ_NUMBERS_DEGREES};
  if (is_northing(y) && is_easting(x, &zone))
    return (mj_numbers){.kind = MJ_NUMBERS_GAUSS, .china = true, .zone = zone};
  if (is_northing(x) && is_easting(y, &zone))
    return (mj_numbers){.kind = MJ_NUMBERS_GAUSS, .china = true, .zone = zone, .swapped = true};
  return (mj_numbers){0};
}

/* EPSG's CGCS2000 zones with prefix: 4491 .. 4501 of 6 degrees from 13, 4513 .. 4533 of 3 degrees from 25. */
static void name_gauss(int zone, mj_lang lang, char out[160]) {
  out[0] = '\0';
  if (!zone)
    snprintf(out, 160, "%s",
             mj_tr(lang, "one of EPSG:4534 to EPSG:4554 (CGCS2000 3-degree, central meridian not in the numbers)"));
  else if (zone >= 25 && zone <= 45)
    snprintf(out, 160, mj_tr(lang, "EPSG:%d (CGCS2000 %d-degree zone %d)"), 4488 + zone, 3, zone);
  else if (zone >= 13 && zone <= 23)
    snprintf(out, 160, mj_tr(lang, "EPSG:%d (CGCS2000 %d-degree zone %d)"), 4478 + zone, 6, zone);
}

void mj_numbers_would_fit(mj_box box, mj_lang lang, char out[320]) {
  mj_numbers n = mj_numbers_of(box);
  char name[160] = "";
  out[0] = '\0';
  if (n.kind == MJ_NUMBERS_GAUSS) name_gauss(n.zone, lang, name);
  if (n.kind == MJ_NUMBERS_DEGREES)
    snprintf(name, sizeof name, "%s",
             n.china ? mj_tr(lang, "EPSG:4490 (CGCS2000 in degrees)") : mj_tr(lang, "EPSG:4326 (WGS 84 in degrees)"));
  if (*name)
    snprintf(out, 320,
             mj_tr(lang, n.swapped ? "by its numbers, x and y exchanged, %s would fit" : "by its numbers %s would fit"),
             name);
}
