#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../test.h"
#include "gis/crs_private.h"

static mj_crs *opened(const char *definition, bool again) {
  mj_crs *crs = NULL;
  mj_status status = again ? mj_crs_reopen(definition, &crs, NULL) : mj_crs_open(definition, &crs, NULL);
  CU_ASSERT_EQUAL_FATAL(status, MJ_OK);
  return crs;
}

/* Nine other systems leave none of the eight places to the one before. */
static void forget(void) {
  char text[80];
  for (int i = 0; i < 9; i++) {
    snprintf(text, sizeof text, "+proj=tmerc +lon_0=%d.25 +x_0=500000 +ellps=GRS80 +units=m", i);
    mj_crs_close(opened(text, true));
  }
}

static void one_definition_is_opened_once(void) {
  mj_crs *a = opened("EPSG:4549", false), *b = opened("EPSG:4549", false);
  CU_ASSERT_PTR_EQUAL(a, b);
  mj_crs_close(a);
  ASSERT_TEXT(mj_crs_get(b)->authority, "EPSG:4549"); /* b has it still */
  forget();
  mj_crs *c = opened("EPSG:4549", false);
  CU_ASSERT_PTR_NOT_EQUAL(b, c);
  ASSERT_TEXT(mj_crs_get(b)->wkt, mj_crs_get(c)->wkt);
  mj_crs_close(b);
  mj_crs_close(c);
  mj_crs_close(NULL);
}

/* A system of one's own that was not compared with the registry is not what one gets who asks for that. */
static void looking_up_is_another_question(void) {
  static const char belt[] = "+proj=tmerc +lon_0=117.1 +k=1 +x_0=500000 +ellps=GRS80 +units=m";
  mj_crs *a = opened(belt, true), *b = opened(belt, false), *c = opened(belt, true);
  CU_ASSERT_PTR_NOT_EQUAL(a, b);
  CU_ASSERT_PTR_EQUAL(a, c);
  mj_crs_close(a);
  mj_crs_close(b);
  mj_crs_close(c);
}

static bool same_text(const char *a, const char *b) { return !strcmp(a, b); }

static bool same_facts(const mj_crs *a, const mj_crs *b) {
  const mj_crs_facts *f = &a->facts, *g = &b->facts;
  return same_text(f->wkt, g->wkt) && same_text(f->name, g->name) && same_text(f->authority, g->authority) &&
         same_text(f->resembles, g->resembles) && same_text(a->proj, b->proj) && same_text(a->datum, b->datum) &&
         f->geographic == g->geographic && f->unit_m == g->unit_m && f->a_m == g->a_m && f->inv_f == g->inv_f &&
         f->has_area == g->has_area && f->west_deg == g->west_deg && f->south_deg == g->south_deg &&
         f->east_deg == g->east_deg && f->north_deg == g->north_deg && f->is_tmerc == g->is_tmerc &&
         f->lon0_deg == g->lon0_deg && f->k0 == g->k0 && f->lat0_deg == g->lat0_deg && f->fe_m == g->fe_m &&
         f->fn_m == g->fn_m && f->like_wgs84 == g->like_wgs84 && f->resemblance == g->resemblance &&
         a->bound == b->bound && a->greenwich == b->greenwich && a->old_chinese == b->old_chinese;
}

/* The text that a registered system of China or WGS 84 gives is answered with that system: it must be what the text
 * alone leads to. */
static void a_registered_system_is_what_its_text_says(void) {
  static const int range[][2] = {{4490, 4490}, {4326, 4326}, {4610, 4610},   {4214, 4214},  {4491, 4554},
                                 {2327, 2390}, {2401, 2442}, {21413, 21463}, {32601, 32660}};
  char code[20];
  for (size_t k = 0; k < sizeof range / sizeof *range; k++)
    for (int i = range[k][0]; i <= range[k][1]; i += 3) {
      snprintf(code, sizeof code, "EPSG:%d", i);
      mj_crs *a = NULL;
      if (mj_crs_open(code, &a, NULL)) continue; /* 21424 to 21452 are none */
      mj_crs *b = opened(mj_crs_get(a)->wkt, true), *c = opened(mj_crs_get(a)->wkt, false);
      CU_ASSERT_PTR_EQUAL(a, b);
      CU_ASSERT_PTR_EQUAL(a, c);
      forget();
      mj_crs *d = opened(mj_crs_get(a)->wkt, true);
      CU_ASSERT_PTR_NOT_EQUAL(a, d);
      if (!same_facts(a, d)) printf("%s\n%s\n%s\n", code, mj_crs_get(a)->wkt, mj_crs_get(d)->wkt);
      CU_ASSERT(same_facts(a, d));
      mj_crs_close(a);
      mj_crs_close(b);
      mj_crs_close(c);
      mj_crs_close(d);
    }
}

/* GDAL reads them with another name, or an inverse flattening of fewer digits. */
static void what_loses_something_is_read_again(void) {
  static const char *const code[] = {"EPSG:3857", "EPSG:4267", "EPSG:2263"};
  for (int i = 0; i < 3; i++) {
    mj_crs *a = opened(code[i], false), *b = opened(mj_crs_get(a)->wkt, true);
    CU_ASSERT_PTR_NOT_EQUAL(a, b);
    mj_crs_close(a);
    mj_crs_close(b);
  }
}

static void *open_often(void *arg) {
  bool *good = arg;
  char text[20];
  for (int i = 0; i < 40; i++) {
    snprintf(text, sizeof text, "EPSG:%d", 4534 + i % 10);
    mj_crs *crs = opened(text, false);
    *good = *good && same_text(mj_crs_get(crs)->authority, text);
    mj_crs_close(crs);
  }
  return NULL;
}

static void threads_share_it(void) {
  bool good[4] = {true, true, true, true};
  pthread_t thread[4];
  for (int i = 0; i < 4; i++) CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, open_often, &good[i]), 0);
  for (int i = 0; i < 4; i++) pthread_join(thread[i], NULL);
  CU_ASSERT(good[0] && good[1] && good[2] && good[3]);
}

SUITE_OF(crs_memo, T(one_definition_is_opened_once), T(looking_up_is_another_question),
         T(a_registered_system_is_what_its_text_says), T(what_loses_something_is_read_again), T(threads_share_it));
