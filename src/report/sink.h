/** @file sink.h  One text file on its way out: every write is checked, and the
 * file is looked at again when it is closed. */
#ifndef MJ_REPORT_SINK_H
#define MJ_REPORT_SINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/** Valid when {.fd = -1}. */
typedef struct {
  int fd;
  const char *path;  /**< where the bytes go; borrowed */
  const char *shown; /**< the name a person knows, for messages; borrowed */
  int64_t bytes;     /**< sent so far */
  char tail[64];     /**< the last bytes sent */
  int n_tail;
} mj_sink;

/** Make a new file at @p path: one that is there, or a link, is an error.
 * Errors: MJ_EIO "cannot write '<shown>': <reason>". */
MJ_NODISCARD mj_status mj_sink_open(mj_sink *sink, const char *path, const char *shown, mj_error *err);
/** Append @p n bytes. Errors: MJ_EIO (a full disk among them). */
MJ_NODISCARD mj_status mj_sink_put(mj_sink *sink, const void *bytes, size_t n, mj_error *err);
/** Compare size and last bytes with what was sent, close.
 * Errors: MJ_EIO. Closed in any case. */
MJ_NODISCARD mj_status mj_sink_close(mj_sink *sink, mj_error *err);
/** Close without a word: after a failure. */
void mj_sink_drop(mj_sink *sink);
/** Open, put @p text, close. Errors: MJ_ENOMEM where the text has failed,
 * MJ_EIO. */
MJ_NODISCARD mj_status mj_sink_text(const char *path, const char *shown, const mj_text *text, int64_t *bytes,
                                    mj_error *err);
/** The size of a file that somebody else wrote. Errors: MJ_EIO, also when it is empty. */
MJ_NODISCARD mj_status mj_sink_settle(const char *path, const char *shown, int64_t *bytes, mj_error *err);
/** Wait until the disk has the file. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_sink_sync(const char *path, const char *shown, mj_error *err);
/** Wait until the disk has @p temp, then name it @p path. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_sink_place(const char *temp, const char *path, mj_error *err);

/** Append one row to @p out, as text. @p scratch is this worker's own. Errors:
 * MJ_ENOMEM. */
typedef mj_status (*mj_row_text_fn)(const void *ctx, int64_t row, mj_text *out, mj_text *scratch);
/** A second file that gets some of the same rows: those of row[n], rising. What is formatted once goes to both. */
typedef struct {
  mj_sink *sink;
  const int64_t *row;
  int64_t n;
} mj_also;
/**
 * Rows 0 .. n-1 formatted on several threads and sent in order, with @p between before every row of a file but its
 * first. also may be NULL. The bytes do not depend on the number of threads. Errors: MJ_ENOMEM, MJ_EIO.
 */
MJ_NODISCARD mj_status mj_sink_rows(mj_sink *sink, int64_t n, int threads, const char *between, mj_row_text_fn fn,
                                    const void *ctx, const mj_also *also, mj_error *err);

/** The bytes of rows [first, last) into @p out, which is empty. @p worker as in mj_parallel. */
typedef mj_status (*mj_chunk_fn)(void *ctx, int64_t first, int64_t last, int worker, mj_text *out);
/** As mj_sink_rows for bytes that are made a chunk of @p chunk rows at a time. Errors: those of @p fn, MJ_EIO. */
MJ_NODISCARD mj_status mj_sink_chunks(mj_sink *sink, int64_t n, int64_t chunk, int threads, mj_chunk_fn fn, void *ctx,
                                      mj_error *err);
/** Put @p n bytes in the place of those sent at @p at, far before the last ones. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_sink_patch(mj_sink *sink, int64_t at, const void *bytes, size_t n, mj_error *err);
#endif
