#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/ogr_source.h"

/* SQLite cannot read a database in WAL mode, or one with a journal left by a crash, without writing beside it or into
   it: reading would change the input, or (immutable) show values that are not the committed ones. So such a file is
   read as a private copy. */

static bool is_settled(const char *path) {
  unsigned char head[20] = {0};
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return true; /* the opening says why */
  bool wal = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && (head[18] == 2 || head[19] == 2);
  close(fd);
  static const char *const parts[] = {"-wal", "-journal"};
  for (int i = 0; i < 2; i++) {
    char name[4200];
    struct stat st;
    if (snprintf(name, sizeof name, "%s%s", path, parts[i]) < (int)sizeof name && !stat(name, &st) && st.st_size > 0)
      wal = true;
  }
  return !wal;
}

static int copy_bytes(int from, int to) {
  char buffer[1 << 16];
  ssize_t n;
  while ((n = read(from, buffer, sizeof buffer)) > 0)
    for (ssize_t done = 0, m; done < n; done += m)
      if ((m = write(to, buffer + done, (size_t)(n - done))) < 0) return -1;
  return n < 0 ? -1 : 0;
}

/* A part that is not there is no failure. */
static mj_status copy_part(const char *path, const char *part, const char *copy, mj_error *err) {
  char from[4200], to[4200];
  snprintf(from, sizeof from, "%s%s", path, part);
  snprintf(to, sizeof to, "%s%s", copy, part);
  int in = open(from, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (in < 0 && *part && errno == ENOENT) return MJ_OK;
  if (in < 0) return mj_fail(err, MJ_EIO, "%s: cannot be read: %s", from, strerror(errno));
  int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  mj_status status = MJ_OK;
  if (out < 0 || copy_bytes(in, out) || close(out))
    status = mj_fail(err, MJ_EIO, "%s: cannot be copied to %s: %s", from, to, strerror(errno));
  close(in);
  return status;
}

static mj_status fold_log(const char *path, const char *copy, mj_error *err) {
  sqlite3 *db = NULL;
  int rc = sqlite3_open_v2(copy, &db, SQLITE_OPEN_READWRITE, NULL);
  if (rc == SQLITE_OK) rc = sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  mj_status status = MJ_OK;
  if (rc != SQLITE_OK)
    status =
        mj_fail(err, MJ_EFORMAT, "%s: its write-ahead log or journal cannot be taken in: %s", path, sqlite3_errmsg(db));
  sqlite3_close(db);
  return status;
}

mj_status mj_gpkg_settle(mj_source_file *file, const char **path, mj_error *err) {
  if (is_settled(*path)) return MJ_OK;
  const char *tmp = getenv("TMPDIR");
  file->folder = mj_arena_format(&file->arena, "%s/mujun-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
  if (!file->folder) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!mkdtemp(file->folder)) {
    mj_fail(err, MJ_EIO, "%s: no folder for a private copy: %s", file->folder, strerror(errno));
    file->folder = NULL;
    return MJ_EIO;
  }
  const char *copy = mj_arena_format(&file->arena, "%s/copy.gpkg", file->folder);
  if (!copy || strlen(*path) > 4096) return mj_fail(err, MJ_ENOMEM, "out of memory");
  static const char *const parts[] = {"", "-wal", "-journal"};
  for (int i = 0; i < 3; i++) MJ_TRY(copy_part(*path, parts[i], copy, err));
  MJ_TRY(fold_log(file->path, copy, err));
  *path = copy;
  return MJ_OK;
}
