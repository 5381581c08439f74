/** @file sqlite_pages.h  Tables of a SQLite file filled page by page: rows come in the order of their rowid and are
 * laid down as SQLite's file format has them (https://www.sqlite.org/fileformat2.html), without its B-tree looking for
 * the place of each. */
#ifndef MJ_GIS_SQLITE_PAGES_H
#define MJ_GIS_SQLITE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mujun/status.h"

/** A page and the largest rowid below it. */
typedef struct {
  uint32_t page;
  int64_t last;
} mj_page_key;

/** Made by mj_pages_open, freed by mj_pages_close. Safe on several threads, one each. */
typedef struct {
  int fd;
  uint32_t page_bytes, usable; /**< a page, and what of it is SQLite's to use */
  uint32_t n;                  /**< pages of the file, those in @p out among them */
  unsigned char *out;          /**< whole pages not written yet, the last of the file */
  uint32_t n_out;
  uint32_t root;       /**< of the table that is being filled */
  unsigned char *leaf; /**< its last page, not in out yet */
  uint32_t n_cells, top;
  int64_t last;     /**< rowid on it */
  mj_page_key *key; /**< [n_keys] pages of one level */
  int64_t n_keys, cap_keys;
  int error; /**< errno of the first failure; EPROTO: the file is none that can be filled so */
} mj_pages;

/**
 * Open the SQLite file @p path, which no other connection writes meanwhile and which must be plain: UTF-8, no
 * write-ahead log, no auto-vacuum. On false see error; mj_pages_close is due in any case.
 */
bool mj_pages_open(mj_pages *pages, const char *path);
/** Begin to fill the table of that root page, which has one leaf; what stands on it is replaced. */
bool mj_pages_begin(mj_pages *pages, uint32_t root);
/** Append a row: a record of @p n bytes under a rowid larger than the one before, from 1. Cost: one copy. */
bool mj_pages_row(mj_pages *pages, int64_t rowid, const unsigned char *record, size_t n);
/** End the table: its inner pages are written. */
bool mj_pages_end(mj_pages *pages);
/** Write what is left and the file's header, and close it; false where anything failed since mj_pages_open. */
bool mj_pages_close(mj_pages *pages);
#endif
