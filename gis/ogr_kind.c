#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/ogr_source.h"

/* The longer ending first where one ends in another. */
static const struct {
  const char *ending;
  mj_file_kind kind;
  const char *called;
} kinds[] = {
    {".gdb.zip", MJ_FILE_ZIP, "a zip archive"},     {".zip", MJ_FILE_ZIP, "a zip archive"},
    {".shp", MJ_FILE_SHP, "a shapefile"},           {".gpkg", MJ_FILE_GPKG, "a GeoPackage"},
    {".gdb", MJ_FILE_GDB, "a file geodatabase"},    {".geojson", MJ_FILE_GEOJSON, "a GeoJSON object"},
    {".json", MJ_FILE_GEOJSON, "a GeoJSON object"}, {".fgb", MJ_FILE_FGB, "a FlatGeobuf"},
    {".csv", MJ_FILE_CSV, "a table of texts"},      {".tsv", MJ_FILE_CSV, "a table of texts"},
    {".xlsx", MJ_FILE_XLSX, "an .xlsx workbook"},   {".xls", MJ_FILE_XLS, "an .xls workbook"},
    {".txt", MJ_FILE_TXT, "a text file"},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static size_t trimmed(const char *path) {
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/') n--; /* a folder may be given as "x.gdb/" */
  return n;
}

static int kind_index(const char *path) {
  size_t n = trimmed(path);
  for (int i = 0; i < N_KINDS; i++) {
    size_t m = strlen(kinds[i].ending);
    if (n > m && !strncasecmp(path + n - m, kinds[i].ending, m)) return i;
  }
  return -1;
}

mj_file_kind mj_file_kind_of(const char *path) {
  int i = kind_index(path);
  return i < 0 ? MJ_FILE_NONE : kinds[i].kind;
}

const char *mj_file_driver(mj_file_kind kind) {
  static const char *const driver[] = {"",    "ESRI Shapefile", "",    "GPKG", "OpenFileGDB", "GeoJSON", "FlatGeobuf",
                                       "CSV", "XLSX",           "XLS", "TXT"};
  return driver[kind];
}

static bool starts(const unsigned char *head, size_t n, const char *magic, size_t m) {
  return n >= m && !memcmp(head, magic, m);
}

static uint32_t big32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* SQLite's header: page size at 16 (1 means 65536), pages at 28, valid when the counters at 24 and 92 agree. */
static int64_t sqlite_bytes(const unsigned char *head) {
  int64_t page = head[16] << 8 | head[17];
  if (page == 1) page = 65536;
  return big32(head + 24) == big32(head + 92) ? page * big32(head + 28) : 0;
}

static bool magic_fits(mj_file_kind kind, const unsigned char *head, size_t n) {
  size_t i = starts(head, n, "\xEF\xBB\xBF", 3) ? 3 : 0;
  while (i < n && strchr(" \t\r\n", head[i]) && head[i]) i++;
  switch (kind) {
    case MJ_FILE_SHP:
      return n >= 100 && starts(head, n, "\0\0\x27\x0A", 4);
    case MJ_FILE_ZIP:
    case MJ_FILE_XLSX:
      return starts(head, n, "PK\3\4", 4);
    case MJ_FILE_GPKG:
      return n >= 100 && starts(head, n, "SQLite format 3", 16);
    case MJ_FILE_GEOJSON:
      return i < n && head[i] == '{';
    case MJ_FILE_FGB:
      return starts(head, n, "fgb\3fgb", 7);
    case MJ_FILE_XLS:
      return starts(head, n, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    default:
      return !starts(head, n, "PK\3\4", 4) && !starts(head, n, "\xD0\xCF\x11\xE0", 4);
  }
}

static mj_status check_magic(const char *path, int k, const unsigned char *head, size_t n, mj_error *err) {
  mj_file_kind kind = kinds[k].kind;
  if (n == 0) return mj_fail(err, MJ_EFORMAT, "%s: the file is empty", path);
  if (magic_fits(kind, head, n)) return MJ_OK;
  if (starts(head, n, "PK\3\4", 4) && (kind == MJ_FILE_XLS || kind == MJ_FILE_CSV || kind == MJ_FILE_TXT))
    return mj_fail(err, MJ_EFORMAT, "%s: holds a zip or an .xlsx workbook; rename it to what it is", path);
  if (starts(head, n, "\xD0\xCF\x11\xE0", 4) && kind == MJ_FILE_XLSX)
    return mj_fail(err, MJ_EFORMAT, "%s: holds an .xls or a protected workbook; save it as a plain .xlsx", path);
  return mj_fail(err, MJ_EFORMAT, "%s: not %s, which its ending promises: the first bytes are of something else", path,
                 mj_tr(err ? err->lang : MJ_EN, kinds[k].called));
}

/* What the header or the last byte says about where the file ends. */
static mj_status check_length(const char *path, mj_file_kind kind, int fd, const unsigned char *head, int64_t bytes,
                              mj_error *err) {
  int64_t declared = kind == MJ_FILE_SHP    ? (int64_t)big32(head + 24) * 2
                     : kind == MJ_FILE_GPKG ? sqlite_bytes(head)
                                            : 0;
  if (bytes < declared)
    return mj_fail(err, MJ_EFORMAT, "%s: truncated: %lld bytes where the header declares %lld", path, (long long)bytes,
                   (long long)declared);
  if (kind != MJ_FILE_GEOJSON) return MJ_OK;
  char tail[64];
  int64_t from = bytes > (int64_t)sizeof tail ? bytes - (int64_t)sizeof tail : 0;
  ssize_t n = pread(fd, tail, sizeof tail, (off_t)from);
  while (n > 0 && strchr(" \t\r\n", tail[n - 1])) n--;
  if (n <= 0 || tail[n - 1] != '}')
    return mj_fail(err, MJ_EFORMAT, "%s: truncated: the last character is not the closing brace", path);
  return MJ_OK;
}

static mj_status check_file(const char *path, int k, mj_error *err) {
  unsigned char head[512];
  struct stat st;
  mj_status status = MJ_OK;
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return mj_fail(err, MJ_EIO, "%s: cannot be read: %s", path, strerror(errno));
  ssize_t n = fstat(fd, &st) ? -1 : pread(fd, head, sizeof head, 0);
  if (n < 0) status = mj_fail(err, MJ_EIO, "%s: cannot be read: %s", path, strerror(errno));
  else status = check_magic(path, k, head, (size_t)n, err);
  if (!status) status = check_length(path, kinds[k].kind, fd, head, st.st_size, err);
  close(fd);
  return status;
}

mj_status mj_file_check(const char *path, mj_file_kind *kind, mj_error *err) {
  struct stat st;
  int k = kind_index(path);
  if (stat(path, &st)) {
    if (errno == ENOENT || errno == ENOTDIR) return mj_fail(err, MJ_ENOTFOUND, "%s: no such file", path);
    return mj_fail(err, MJ_EIO, "%s: cannot be read: %s", path, strerror(errno));
  }
  if (k < 0)
    return mj_fail(
        err, MJ_EFORMAT,
        "%s: unknown kind of file; expected .shp, .zip, .gpkg, .gdb, .geojson, .fgb, .csv, .txt, .xlsx or .xls", path);
  *kind = kinds[k].kind;
  if (*kind == MJ_FILE_GDB)
    return S_ISDIR(st.st_mode) ? MJ_OK
                               : mj_fail(err, MJ_EFORMAT, "%s: a file geodatabase is a folder, this is none", path);
  if (!S_ISREG(st.st_mode)) return mj_fail(err, MJ_EFORMAT, "%s: not a regular file", path);
  return check_file(path, k, err);
}
