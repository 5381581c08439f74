#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/ogr_txt.h"

/* Codes of the first zone of each datum (EPSG): 3-degree zones 25 to 45 and 6-degree zones 13 to 23, with the zone
   before the easting (39 500 000) or by central meridian (500 000). */
static const struct {
  const char *words; /* any of them, in the order of the table: 2000 before 80 */
  int geographic, first3, first3_cm, first6, first6_cm;
} datums[] = {{"2000", 4490, 4513, 4534, 4491, 4502},
              {"80", 4610, 2349, 2370, 2327, 2338},
              {"54", 4214, 2401, 2422, 21413, 21453}};

static int datum_of(const char *words) {
  for (int d = 0; d < 3; d++)
    if (strstr(words, datums[d].words)) return d;
  return -1;
}

/* The whole number a word begins with ("39", "39带", "3度带"); 0 where it begins with none or goes on as a fraction. */
static int number_of(const char *word) {
  size_t n = strspn(word, "0123456789");
  return n && n < 4 && word[n] != '.' ? atoi(word) : 0;
}

typedef struct {
  bool degrees;
  int prefix; /* of the eastings, 0: none */
  const mj_txt_point *at;
} eastings;

/* The zone number before an easting, 0 for none, -1 for what is no easting of a zone. */
static int prefix_of(double east) {
  if (east >= 1e7 && east < 1e8) return (int)(east / 1e6);
  return east > -1e6 && east < 1e6 ? 0 : -1;
}

static bool all_within(const mj_txt_point *p, int64_t n, double north, double east) {
  for (int64_t i = 0; i < n; i++)
    if (fabs(p[i].north) > north || fabs(p[i].east) > east) return false;
  return n > 0;
}

/* Northings and eastings given the other way round are told from each other by their size: no northing in China has
 * eight digits or fewer than seven. */
static bool is_swapped(const mj_txt_point *p, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (!isnan(p[i].east) && (p[i].east < 1e6 || p[i].east >= 1e7 || prefix_of(p[i].north) < 0)) return false;
  return n > 0;
}

static mj_status look_at_points(const char *path, const struct mj_txt *txt, eastings *out, mj_error *err) {
  const mj_txt_point *p = txt->point;
  out->degrees = all_within(p, txt->n_points, 90, 180) || all_within(p, txt->n_points, 180, 90);
  bool swapped = is_swapped(p, txt->n_points);
  for (int64_t i = 0; i < txt->n_points && !out->degrees; i++) {
    if (isnan(p[i].east)) continue; /* a point that could not be read */
    int prefix = prefix_of(swapped ? p[i].north : p[i].east);
    if (prefix < 0) prefix = 0; /* far off; the area of use tells */
    if (!out->at) {
      out->prefix = prefix;
      out->at = &p[i];
    } else if (prefix != out->prefix) {
      return mj_fail(err, MJ_EFORMAT, "%s: line %d: Y has the zone prefix %d, in line %d it is %d (0: none)", path,
                     p[i].line, prefix, out->at->line, out->prefix);
    }
  }
  return MJ_OK;
}

/* Metres or degrees, and degrees only where the points can be some: the first that cannot is named. */
static mj_status check_unit(const char *path, const struct mj_txt *txt, const eastings *e, mj_error *err) {
  static const char *const metres[] = {"", "米", "m", "M", "公尺", "metre", "meter"}, *const degrees[] = {"度",
                                                                                                          "十进制度"};
  const mj_txt_words *w = &txt->words;
  for (size_t i = 0; i < sizeof metres / sizeof *metres; i++)
    if (!strcmp(w->unit, metres[i])) return MJ_OK;
  bool known = false;
  for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) known = known || !strcmp(w->unit, degrees[i]);
  if (!known)
    return mj_fail(err, MJ_EFORMAT,
                   "%s: line %d: the unit of the coordinates is '%s'; only metres and degrees are read", path,
                   w->unit_line, w->unit);
  for (int64_t i = 0; i < txt->n_points && !e->degrees; i++)
    if (!all_within(&txt->point[i], 1, 90, 180) && !all_within(&txt->point[i], 1, 180, 90))
      return mj_fail(err, MJ_EFORMAT, "%s: line %d: the unit in line %d is '%s', but the coordinates are no degrees",
                     path, txt->point[i].line, w->unit_line, w->unit);
  return MJ_OK;
}

static mj_status check_zone(const char *path, const mj_txt_words *w, const eastings *e, int *zone, int *belt,
                            mj_error *err) {
  int said = number_of(w->zone), by_belt = number_of(w->belt);
  if (said && e->prefix && said != e->prefix)
    return mj_fail(err, MJ_EFORMAT, "%s: line %d: Y has the zone prefix %d, but the zone in line %d is %d", path,
                   e->at->line, e->prefix, w->zone_line, said);
  *zone = said ? said : e->prefix;
  *belt = *zone >= 25 && *zone <= 45 ? 3 : *zone >= 13 && *zone <= 23 ? 6 : 0;
  if (*zone && !*belt)
    return mj_fail(err, MJ_EFORMAT,
                   "%s: line %d: %d is no zone; those of 3 degrees are 25 to 45, those of 6 degrees 13 to 23", path,
                   said ? w->zone_line : e->at->line, *zone);
  if (*zone && (by_belt == 3 || by_belt == 6) && by_belt != *belt)
    return mj_fail(err, MJ_EFORMAT, "%s: line %d: zone %d is one of %d degrees, but the width given is %d", path,
                   said ? w->zone_line : e->at->line, *zone, *belt, by_belt);
  if (*w->belt && by_belt != *belt) *zone = 0; /* zones of 1.5 degrees and other local ones have no code */
  return MJ_OK;
}

mj_status mj_txt_crs(const char *path, const struct mj_txt *txt, mj_arena *arena, const char **crs, mj_error *err) {
  const mj_txt_words *w = &txt->words;
  eastings e = {0};
  int zone = 0, belt = 0, d = datum_of(w->datum), code = 0;
  *crs = "";
  MJ_TRY(look_at_points(path, txt, &e, err));
  MJ_TRY(check_unit(path, txt, &e, err));
  if (!e.degrees) MJ_TRY(check_zone(path, w, &e, &zone, &belt, err));
  bool gauss = !*w->projection || strstr(w->projection, "高斯") || strstr(w->projection, "auss");
  if (d < 0 || (!e.degrees && (!zone || !gauss))) return MJ_OK;
  if (e.degrees) code = datums[d].geographic;
  else if (belt == 3) code = (e.prefix ? datums[d].first3 : datums[d].first3_cm) + zone - 25;
  else code = (e.prefix ? datums[d].first6 : datums[d].first6_cm) + zone - 13;
  *crs = mj_arena_format(arena, "EPSG:%d", code);
  return *crs ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}
