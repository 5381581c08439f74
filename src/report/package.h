/** @file package.h  A zip on its way out whose large members are packed in pieces on several threads, and one that a
 * library made, read for its members.
 *
 * Why not a library's own: minizip and libxlsxwriter pack a member as one stream on one thread at level 6. Of a
 * workbook of 50,000 parcels (340 MB of XML) that took 3.6 s; at level 2, in pieces of some 400 kB that each begin
 * anew, it takes 0.9 s of CPU and spreads over the threads, for a file that is a fifth larger. Measured with
 * zlib 1.2.13, MB/s and size against the text, sheet of reasons and sheet of parcels: level 1 440 and 240, 9.5 %
 * and 19.5 %; level 2 490 and 220, 8.5 % and 18.7 %; level 3 370 and 150, 8.4 % and 17.9 %; level 6 147 and 72, 7.5 %
 * and 15.2 %. */
#ifndef MJ_REPORT_PACKAGE_H
#define MJ_REPORT_PACKAGE_H

#include "report/sink.h"

enum { MJ_PACKERS = 64 };

/** A stretch of a member that can be unpacked by itself. */
typedef struct {
  int64_t at, n_packed, n_text; /**< where in the file it begins, bytes there, bytes of text */
  int64_t cells;                /**< how often "<c " stands in it; -1: nobody counts */
  uint32_t crc;                 /**< of the text */
  bool last;                    /**< the member ends with it */
} mj_piece;

typedef struct {
  char name[128];
  uint16_t method, time, date;
  uint32_t crc;
  int64_t at, body, n_packed, n_text; /**< where the header begins, and the bytes behind it */
  int64_t piece, n_pieces;            /**< of the package's list */
  bool room;                          /**< its header keeps room for sizes above 4 GiB */
} mj_member;

/** Valid when {.sink = {.fd = -1}}; free with mj_package_reset. */
typedef struct {
  mj_sink sink;
  int threads;
  int64_t large; /**< sizes and places from here on are written as 64 bits */
  mj_member *member;
  int64_t n_members, cap_members;
  mj_piece *piece;
  int64_t n_pieces, cap_pieces;
  struct z_stream_s *packer[MJ_PACKERS]; /**< one a worker */
} mj_package;

/** Begin a new file, as mj_sink_open. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_package_open(mj_package *package, const char *path, const char *shown, int threads,
                                       mj_error *err);
/** Begin a member that is packed here, stamped as @p like. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_begin(mj_package *package, const mj_member *like, mj_error *err);
/** One piece of it; @p last: the end of the member. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_piece(mj_package *package, const char *text, size_t n, int64_t cells, bool last,
                                        mj_error *err);
/** The text of rows [first, last) into @p out, which is empty, and how many cells it has. */
typedef mj_status (*mj_piece_fn)(void *ctx, int64_t first, int64_t last, int worker, mj_text *out, int64_t *cells);
/** Pieces of @p chunk rows each, made and packed on several threads: the bytes do not depend on how many. Errors: those
 * of @p fn, MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_rows(mj_package *package, int64_t n, int64_t chunk, mj_piece_fn fn, void *ctx,
                                       mj_error *err);
/** End the member: its header gets its sizes. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_package_end(mj_package *package, mj_error *err);
/** Take a member of the zip @p fd as it is. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_copy(mj_package *package, int fd, const mj_member *from, mj_error *err);
/** The directory, and the file is closed as mj_sink_close does. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_close(mj_package *package, int64_t *bytes, mj_error *err);
/**
 * Read the closed file again, every byte of it: headers and directory are those that were sent, every piece unpacks to
 * the length and CRC of what was packed, and as many cells stand in it as were put there. Errors: MJ_EIO "cannot write
 * '<shown>': read again, '<member>' is damaged", MJ_ENOMEM. Cost: one pass of inflate, on several threads.
 */
MJ_NODISCARD mj_status mj_package_check(const mj_package *package, mj_error *err);
/** Free; a file that is open is closed without a word. */
void mj_package_reset(mj_package *package);

/** Members of the zip @p fd in the order of its directory; free() the list. A zip of one disk without sizes above 4
 * GiB, as libxlsxwriter makes it. Errors: MJ_EFORMAT, MJ_EIO, MJ_ENOMEM; @p shown is its name for messages. */
MJ_NODISCARD mj_status mj_package_list(int fd, const char *shown, mj_member **out, int64_t *n, mj_error *err);
/** The text of one of them behind what @p out has, its CRC checked. Errors: as above. */
MJ_NODISCARD mj_status mj_package_text(int fd, const char *shown, const mj_member *member, mj_text *out, mj_error *err);

/** What package.c and package_read.c share. The header of a member, the directory and the end, as they stand in the
 * file. Errors: out->failed. */
void mj_package_put_header(const mj_package *package, const mj_member *member, mj_text *out);
void mj_package_put_directory(const mj_package *package, int64_t at, mj_text *out);
#endif
