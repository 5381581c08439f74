/** @file package.h  A zip on its way out whose large members are packed in pieces on several threads, and one that a
 * library made, read for its members.
 *
 * Why not a library's own: minizip and libxlsxwriter pack a member as one stream on one thread at level 6, which took
 * 3.6 s for a workbook of 50,000 parcels. At level 2, in pieces of some 400 kB that each begin anew, the same rows take
 * 0.7 s of CPU and spread over the threads. Measured with zlib 1.2.13, MB/s and size against the text, sheet of reasons
 * and sheet of parcels: level 1 635 and 208, 5.0 % and 18.2 %; level 2 640 and 202, 4.6 % and 16.4 %; level 3 570 and
 * 188, 4.4 % and 15.5 %; level 6 187 and 79, 3.6 % and 13.3 %. */
#ifndef MJ_REPORT_PACKAGE_H
#define MJ_REPORT_PACKAGE_H

#include "report/sink.h"

enum { MJ_PACKERS = 64 };

typedef struct {
  char name[128];
  uint16_t method, time, date;
  uint32_t crc;
  int64_t at, body, n_packed, n_text; /**< where the header begins, and the bytes behind it */
  bool room;                          /**< its header keeps room for sizes above 4 GiB */
} mj_member;

/** Valid when {.sink = {.fd = -1}}; free with mj_package_reset. */
typedef struct {
  mj_sink sink;
  int threads;
  int64_t large; /**< sizes and places from here on are written as 64 bits */
  mj_member *member;
  int64_t n_members, cap_members;
  struct z_stream_s *packer[MJ_PACKERS]; /**< one a worker */
} mj_package;

/** Begin a new file, as mj_sink_open. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_package_open(mj_package *package, const char *path, const char *shown, int threads,
                                       mj_error *err);
/** Begin a member that is packed here, stamped as @p like. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_begin(mj_package *package, const mj_member *like, mj_error *err);
/** One piece of it; @p last: the end of the member. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_piece(mj_package *package, const char *text, size_t n, bool last, mj_error *err);
/** Pieces of @p chunk rows each, made and packed on several threads: the bytes do not depend on how many. Errors: those
 * of @p fn, MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_rows(mj_package *package, int64_t n, int64_t chunk, mj_chunk_fn fn, void *ctx,
                                       mj_error *err);
/** End the member: its header gets its sizes. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_package_end(mj_package *package, mj_error *err);
/** Take a member of the zip @p fd as it is. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_copy(mj_package *package, int fd, const mj_member *from, mj_error *err);
/** The directory, and the file is closed as mj_sink_close does. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_package_close(mj_package *package, int64_t *bytes, mj_error *err);
/** Free; a file that is open is closed without a word. */
void mj_package_reset(mj_package *package);

/** Members of the zip @p fd in the order of its directory; free() the list. A zip of one disk without sizes above 4
 * GiB, as libxlsxwriter makes it. Errors: MJ_EFORMAT, MJ_EIO, MJ_ENOMEM; @p shown is its name for messages. */
MJ_NODISCARD mj_status mj_package_list(int fd, const char *shown, mj_member **out, int64_t *n, mj_error *err);
/** The text of one of them behind what @p out has, its CRC checked. Errors: as above. */
MJ_NODISCARD mj_status mj_package_text(int fd, const char *shown, const mj_member *member, mj_text *out, mj_error *err);
#endif
