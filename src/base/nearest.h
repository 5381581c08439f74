/** @file nearest.h  Names that a mistyped one may be meant for. */
#ifndef MJ_BASE_NEAREST_H
#define MJ_BASE_NEAREST_H

#include "base/text.h"

enum { MJ_NEAREST = 3 };

/** The nearest of the names offered so far; names are borrowed. Start with mj_nearest_start. */
typedef struct {
  const char *name, *best[MJ_NEAREST];
  int score[MJ_NEAREST], far;
} mj_nearest;

/** Begin to look for names near @p name: at most a third of its bytes and one more may differ. */
void mj_nearest_start(mj_nearest *near, const char *name);
/** Keep @p other if it is near enough. Of equally near names the first offered stands first; a name counts once. */
void mj_nearest_offer(mj_nearest *near, const char *other);
/** Append "a, b, c", nearest first; nothing where no name is near. */
void mj_nearest_put(const mj_nearest *near, mj_text *out);
#endif
