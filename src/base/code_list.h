/** @file code_list.h  Cells that list several codes: "350502901001GB00001;00002". */
#ifndef MJ_BASE_CODE_LIST_H
#define MJ_BASE_CODE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "mujun/arena.h"

/** True where something in the cell may part codes. Cost: its bytes. */
bool mj_code_list_is(const char *cell);
/** Go on to the next piece of @p cell, between ; , 、 / | and blanks, in half or full width: *piece, *n bytes of it,
 * and *cell behind it. False at the end. */
bool mj_code_list_next(const char **cell, const char **piece, size_t *n);
/** The piece as a text in @p arena; with @p before, a longer code, as the end of that code. NULL: no memory. */
const char *mj_code_list_text(mj_arena *arena, const char *before, const char *piece, size_t n);
#endif
