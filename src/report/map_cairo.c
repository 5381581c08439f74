#define MJ_CAIRO_LOADER
#include "report/map_cairo.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

mj_cairo_functions mj_cairo;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *missing; /* the library that is not there or lacks a function */

/* A library and where its functions go; false where one of them is not found. */
static bool load(const char *library, const char *const *name, void *const *place) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  for (; handle && *name; name++, place++) {
    void *function = dlsym(handle, *name);
    if (!function) return false;
    memcpy(*place, &function, sizeof function);
  }
  return handle != NULL;
}

#define NAME(name) #name,
#define PLACE(name) &mj_cairo.name,

static void load_both(void) {
  static const char *const names[] = {MJ_CAIRO(NAME) NULL}, *const fonts[] = {MJ_FONTCONFIG(NAME) NULL};
  void *const places[] = {MJ_CAIRO(PLACE) NULL}, *const font_places[] = {MJ_FONTCONFIG(PLACE) NULL};
  static const char cairo[] = "libcairo.so.2", fontconfig[] = "libfontconfig.so.1";
  if (!load(cairo, names, places)) missing = cairo;
  else if (!load(fontconfig, fonts, font_places)) missing = fontconfig;
}

mj_status mj_cairo_load(mj_error *err) {
  pthread_once(&once, load_both);
  return missing ? mj_fail(err, MJ_ENOTFOUND, "maps need %s, which is not installed", missing) : MJ_OK;
}
