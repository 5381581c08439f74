#include "mujun/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, DEFAULT_PAGE = 1 << 20 };

struct mj_arena_page {
  struct mj_arena_page *next;
  size_t used, size;
  _Alignas(ALIGN) unsigned char data[];
};

/* Large pieces come straight from calloc: the kernel's zero pages cost nothing until they are touched. */
static struct mj_arena_page *page_new(mj_arena *arena, size_t bytes) {
  size_t wanted = arena->page_size ? arena->page_size : DEFAULT_PAGE;
  int own = bytes > wanted / 4;
  size_t size = own ? bytes : wanted;
  struct mj_arena_page *page = calloc(1, sizeof *page + size);
  if (!page) return NULL;
  page->size = size;
  if (own && arena->pages) { /* keep the half-used page in front */
    page->next = arena->pages->next;
    arena->pages->next = page;
  } else {
    page->next = arena->pages;
    arena->pages = page;
  }
  return page;
}

void *mj_arena_alloc(mj_arena *arena, size_t count, size_t size) {
  if (size && count > (SIZE_MAX / 2 - ALIGN) / size) return NULL;
  size_t bytes = (count * size + ALIGN - 1) & ~(size_t)(ALIGN - 1);

  struct mj_arena_page *page = arena->pages;
  if (!page || page->size - page->used < bytes) page = page_new(arena, bytes);
  if (!page) return NULL;

  void *piece = page->data + page->used;
  page->used += bytes;
  return piece;
}

char *mj_arena_text(mj_arena *arena, const char *text, size_t n) {
  char *copy = text ? mj_arena_alloc(arena, n + 1, 1) : NULL;
  if (copy) memcpy(copy, text, n);
  return copy;
}

char *mj_arena_format(mj_arena *arena, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  char *text = n < 0 ? NULL : mj_arena_alloc(arena, (size_t)n + 1, 1);
  if (text) vsnprintf(text, (size_t)n + 1, fmt, again);
  va_end(again);
  va_end(args);
  return text;
}

void mj_arena_adopt(mj_arena *arena, mj_arena *other) {
  struct mj_arena_page **end = &arena->pages; /* behind its own: the half-used page stays in front */
  while (*end) end = &(*end)->next;
  *end = other->pages;
  other->pages = NULL;
}

void mj_arena_reset(mj_arena *arena) {
  while (arena->pages) {
    struct mj_arena_page *next = arena->pages->next;
    free(arena->pages);
    arena->pages = next;
  }
}
