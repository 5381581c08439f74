#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs_private.h"

/* A run asks for the same two or three systems a dozen times, and each answer takes milliseconds of PROJ's database. */
enum { KEPT = 8 };

static struct {
  char *definition;
  bool look_up;
  mj_crs *crs;
} kept[KEPT];
static int next;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void mj__crs_drop(mj_crs *crs) {
  if (!crs || --crs->users > 0) return;
  mj_arena_reset(&crs->arena);
  free(crs);
}

/* What a registered system says of itself leads to it again, looked up or not: true of China's and WGS 84's, which most
 * parks are in. Other texts lose something on the way: Web Mercator its name, Clarke's ellipsoid a digit. */
static bool is_itself(const mj_crs *crs, const char *definition) {
  const mj_crs_facts *f = &crs->facts;
  return *f->authority && !crs->bound && (f->like_wgs84 || crs->old_chinese) && (f->geographic || f->is_tmerc) &&
         !strcmp(f->wkt, definition);
}

static mj_crs *find(const char *definition, bool look_up) {
  for (int i = 0; i < KEPT; i++)
    if (kept[i].crs &&
        ((kept[i].look_up == look_up && !strcmp(kept[i].definition, definition)) || is_itself(kept[i].crs, definition)))
      return kept[i].crs;
  return NULL;
}

/* In the place of the oldest; without memory for its definition it is not kept. */
static void keep(const char *definition, bool look_up, mj_crs *crs) {
  char *copy = malloc(strlen(definition) + 1);
  if (!copy) return;
  mj__crs_drop(kept[next].crs);
  free(kept[next].definition);
  kept[next].definition = strcpy(copy, definition);
  kept[next].look_up = look_up;
  kept[next].crs = crs;
  crs->users++;
  next = (next + 1) % KEPT;
}

mj_status mj__crs_remember(mj_crs_opener *open, const char *definition, bool look_up, mj_crs **out, mj_error *err) {
  pthread_mutex_lock(&lock);
  mj_crs *crs = find(definition, look_up);
  mj_status status = crs ? MJ_OK : open(definition, look_up, &crs, err);
  if (!status && !crs->users) keep(definition, look_up, crs);
  if (!status) crs->users++;
  pthread_mutex_unlock(&lock);
  *out = status ? NULL : crs;
  return status;
}

void mj_crs_close(mj_crs *crs) {
  pthread_mutex_lock(&lock);
  mj__crs_drop(crs);
  pthread_mutex_unlock(&lock);
}
