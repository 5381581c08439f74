#include "mujun/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST_PAGE = 1 << 16, DEFAULT_PAGE = 1 << 20 };

struct mj_arena_page {
  struct mj_arena_page *next;
  size_t used, size;
  int own; /* of one piece */
  _Alignas(ALIGN) unsigned char data[];
};

/* Pages double up to the wanted size: a run has hundreds of arenas that hold a few names, and one that is cleared whole
 * costs what it holds. */
static size_t next_size(const mj_arena *arena) {
  size_t wanted = arena->page_size ? arena->page_size : DEFAULT_PAGE, size = FIRST_PAGE;
  for (const struct mj_arena_page *page = arena->pages; page && size < wanted; page = page->next) size *= 2;
  return size < wanted ? size : wanted;
}

/* A large piece has a page of its own, straight from calloc: the kernel's zero pages cost nothing until they are
 * touched. Shared pages are cleared piece by piece as they are taken. */
static struct mj_arena_page *page_new(mj_arena *arena, size_t bytes) {
  size_t wanted = next_size(arena);
  int own = bytes > wanted / 4;
  size_t size = own ? bytes : wanted;
  struct mj_arena_page *page = own ? calloc(1, sizeof *page + size) : malloc(sizeof *page + size);
  if (!page) return NULL;
  page->used = 0;
  page->size = size;
  page->own = own;
  if (own && arena->pages) { /* keep the half-used page in front */
    page->next = arena->pages->next;
    arena->pages->next = page;
  } else {
    page->next = arena->pages;
    arena->pages = page;
  }
  return page;
}

/* A piece as it comes; texts stand side by side without gaps: bytes of a shared page are those of who had them before.
 */
static unsigned char *take(mj_arena *arena, size_t bytes, size_t align, int *cleared) {
  struct mj_arena_page *page = arena->pages;
  size_t at = page ? (page->used + align - 1) & ~(align - 1) : 0;
  *cleared = 0;
  if (!page || at > page->size || page->size - at < bytes) {
    page = page_new(arena, bytes);
    if (!page) return NULL;
    *cleared = page->own;
    at = 0;
  }
  page->used = at + bytes;
  return page->data + at;
}

void *mj_arena_alloc(mj_arena *arena, size_t count, size_t size) {
  if (size && count > (SIZE_MAX / 2 - ALIGN) / size) return NULL;
  int cleared;
  void *piece = take(arena, count * size, ALIGN, &cleared);
  return piece && !cleared ? memset(piece, 0, count * size) : piece;
}

char *mj_arena_text(mj_arena *arena, const char *text, size_t n) {
  int cleared;
  char *copy = text && n < SIZE_MAX / 2 - ALIGN ? (char *)take(arena, n + 1, 1, &cleared) : NULL;
  if (!copy) return NULL;
  memcpy(copy, text, n);
  copy[n] = '\0';
  return copy;
}

char *mj_arena_format(mj_arena *arena, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  int cleared;
  char *text = n < 0 ? NULL : (char *)take(arena, (size_t)n + 1, 1, &cleared);
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

void mj_arena_give_back(mj_arena *arena, const void *piece) {
  for (struct mj_arena_page **at = &arena->pages; *at; at = &(*at)->next) {
    struct mj_arena_page *page = *at;
    if (page->data != piece || !page->own) continue;
    *at = page->next;
    free(page);
    return;
  }
}

void mj_arena_reset(mj_arena *arena) {
  while (arena->pages) {
    struct mj_arena_page *next = arena->pages->next;
    free(arena->pages);
    arena->pages = next;
  }
}
