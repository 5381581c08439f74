/** @file folder.h  A temporary folder for small input files; it goes again with the suite. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static char folder[64];

static inline int folder_make(void) {
  strcpy(folder, "/tmp/mujun-test-XXXXXX");
  return mkdtemp(folder) == NULL;
}

static inline int folder_remove(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

/** Path in the folder; eight may be in use at a time. */
static inline const char *in_folder(const char *name) {
  static char path[8][256];
  static int turn;
  turn = (turn + 1) % 8;
  snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
  return path[turn];
}

static inline const char *write_bytes(const char *name, const void *bytes, size_t n) {
  const char *path = in_folder(name);
  FILE *f = fopen(path, "wb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(f);
  CU_ASSERT_EQUAL(fwrite(bytes, 1, n, f), n);
  fclose(f);
  return path;
}

static inline const char *write_text(const char *name, const char *text) {
  return write_bytes(name, text, strlen(text));
}
#endif
