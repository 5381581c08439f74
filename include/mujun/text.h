/** @file text.h  A text that grows while a call writes it. */
#ifndef MUJUN_TEXT_H
#define MUJUN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Valid when {0}; NUL-terminated once something was put. failed stays set after the first failed allocation; later
 * puts do nothing. */
typedef struct {
  char *data;
  size_t n, cap;
  bool failed;
} mj_text;

/** Free the bytes; the text is then {0}. */
MJ_API void mj_text_reset(mj_text *text);

#ifdef __cplusplus
}
#endif
#endif
