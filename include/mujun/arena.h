/** @file arena.h  Memory that is taken piece by piece and given back all at once. */
#ifndef MUJUN_ARENA_H
#define MUJUN_ARENA_H

#include <stddef.h>

#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Zero-initialise (`mj_arena a = {0};`); release with mj_arena_reset(). Not for two threads at once. */
typedef struct {
  struct mj_arena_page *pages;
  size_t page_size; /**< most bytes of a page; 0 means the default, 1 MiB. The first has 64 KiB or less, the next twice
                       as many */
} mj_arena;

/** @p count items of @p size bytes, zeroed, 16-byte aligned; NULL when memory or size_t runs out. */
MJ_API void *mj_arena_alloc(mj_arena *arena, size_t count, size_t size);

/** A copy of @p n bytes of @p text with a NUL behind them; NULL when memory runs out or text is NULL. */
MJ_API char *mj_arena_text(mj_arena *arena, const char *text, size_t n);

/** printf into the arena; NULL when memory runs out. */
MJ_API MJ_PRINTF(2, 3) char *mj_arena_format(mj_arena *arena, const char *fmt, ...);

/** What was taken from @p other is now @p arena's; @p other is empty and usable again. */
MJ_API void mj_arena_adopt(mj_arena *arena, mj_arena *other);

/** Free one piece now, where it is so large that it has a page of its own; else nothing happens and it goes with the
 * arena. @p piece came from mj_arena_alloc of this arena and is not used again. Cost: a look at every page. */
MJ_API void mj_arena_give_back(mj_arena *arena, const void *piece);

/** Free every piece. The arena is then empty and usable again. */
MJ_API void mj_arena_reset(mj_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
