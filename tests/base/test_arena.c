#include <stdint.h>
#include <string.h>

#include "mujun/arena.h"
#include "test.h"

static void pieces_are_zeroed_aligned_and_disjoint(void) {
  mj_arena arena = {.page_size = 64};
  unsigned char *last = NULL;
  for (size_t n = 1; n < 200; n++) {
    unsigned char *p = mj_arena_alloc(&arena, n, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    ASSERT_INT((uintptr_t)p % 16, 0);
    for (size_t i = 0; i < n; i++) CU_ASSERT_EQUAL(p[i], 0);
    p[0] = p[n - 1] = 0xff;
    CU_ASSERT(p != last);
    last = p;
  }
  mj_arena_reset(&arena);
  CU_ASSERT_PTR_NULL(arena.pages);
}

static void a_large_piece_leaves_the_open_page_in_use(void) {
  mj_arena arena = {.page_size = 1024};
  char *small = mj_arena_alloc(&arena, 16, 1);
  CU_ASSERT_PTR_NOT_NULL(mj_arena_alloc(&arena, 5000, 1));
  char *next = mj_arena_alloc(&arena, 16, 1);
  CU_ASSERT_PTR_EQUAL(next, small + 16);
  mj_arena_reset(&arena);
}

/* What an arena had before is not in what another gets: pages come back from malloc with their bytes. */
static void a_used_page_is_cleared_for_the_next(void) {
  for (int round = 0; round < 3; round++) {
    mj_arena arena = {0};
    for (int i = 0; i < 500; i++) {
      unsigned char *p = mj_arena_alloc(&arena, 3, 37);
      CU_ASSERT_PTR_NOT_NULL_FATAL(p);
      for (int k = 0; k < 111; k++) CU_ASSERT_EQUAL(p[k], 0);
      memset(p, 0xa5, 112);
    }
    ASSERT_TEXT(mj_arena_text(&arena, "text and more", 4), "text");
    mj_arena_reset(&arena);
  }
}

/* 64 KiB first, then twice as much each time until the wanted size: 16 pieces of 16,000 bytes are more than 64 + 128
 * KiB hold, fewer than a page each. */
static void pages_grow(void) {
  mj_arena arena = {0};
  char *first = mj_arena_alloc(&arena, 16000, 1), *last = first;
  int jumps = 0;
  for (int i = 1; i < 16; i++) {
    char *next = mj_arena_alloc(&arena, 16000, 1);
    jumps += next != last + 16000;
    last = next;
  }
  ASSERT_INT(jumps, 2); /* 4 in the first page, 8 in the second, 4 in the third */
  mj_arena_reset(&arena);
}

static void overflow_is_refused(void) {
  mj_arena arena = {0};
  CU_ASSERT_PTR_NULL(mj_arena_alloc(&arena, SIZE_MAX, 2));
  CU_ASSERT_PTR_NULL(mj_arena_alloc(&arena, SIZE_MAX / 8 + 2, 8));
  mj_arena_reset(&arena);
}

static void texts_are_copied_and_formatted(void) {
  mj_arena arena = {0};
  char source[] = "abcdef";
  char *copy = mj_arena_text(&arena, source, 3);
  source[0] = 'x';
  ASSERT_TEXT(copy, "abc");
  CU_ASSERT_PTR_NULL(mj_arena_text(&arena, NULL, 3));
  ASSERT_TEXT(mj_arena_format(&arena, "%d/%s", 7, "亩"), "7/亩");
  mj_arena_reset(&arena);
}

static void what_is_adopted_stays_and_the_giver_is_empty(void) {
  mj_arena arena = {.page_size = 64}, other = {.page_size = 64};
  char *own = mj_arena_text(&arena, "own", 3), *theirs = NULL;
  for (int i = 0; i < 9; i++) theirs = mj_arena_format(&other, "piece %d of many", i);
  mj_arena_adopt(&arena, &other);
  CU_ASSERT_PTR_NULL(other.pages);
  mj_arena_reset(&other);
  ASSERT_TEXT(own, "own");
  ASSERT_TEXT(theirs, "piece 8 of many");
  CU_ASSERT_PTR_EQUAL(mj_arena_alloc(&arena, 1, 1), own + 16); /* its open page is still the one in use */
  mj_arena_adopt(&other, &arena);                              /* into an empty one */
  CU_ASSERT_PTR_NULL(arena.pages);
  ASSERT_TEXT(theirs, "piece 8 of many");
  mj_arena_reset(&other);
}

static void a_large_piece_is_given_back_and_others_stay(void) {
  mj_arena arena = {.page_size = 1024};
  char *small = mj_arena_text(&arena, "small", 5), *large = mj_arena_alloc(&arena, 5000, 1),
       *other = mj_arena_alloc(&arena, 6000, 1);
  struct mj_arena_page *open = arena.pages;
  memset(other, 7, 6000);
  mj_arena_give_back(&arena, large);
  mj_arena_give_back(&arena, small); /* shares its page: nothing happens */
  mj_arena_give_back(&arena, NULL);
  CU_ASSERT_PTR_EQUAL(arena.pages, open);
  ASSERT_TEXT(small, "small");
  CU_ASSERT(other[0] == 7 && other[5999] == 7);
  mj_arena_give_back(&arena, other);
  CU_ASSERT_PTR_EQUAL(mj_arena_text(&arena, "next", 4), small + 6); /* texts stand side by side */
  mj_arena_reset(&arena);
}

SUITE_OF(arena, T(pieces_are_zeroed_aligned_and_disjoint), T(a_large_piece_leaves_the_open_page_in_use),
         T(a_used_page_is_cleared_for_the_next), T(pages_grow), T(overflow_is_refused),
         T(texts_are_copied_and_formatted), T(what_is_adopted_stays_and_the_giver_is_empty),
         T(a_large_piece_is_given_back_and_others_stay));
