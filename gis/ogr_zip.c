#include <cpl_string.h>
#include <cpl_vsi.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "gis/ogr_source.h"

enum { MAX_MEMBERS = 20000 };

static bool ends(const char *name, size_t n, const char *ending) {
  size_t m = strlen(ending);
  return n > m && !strncasecmp(name + n - m, ending, m);
}

/* The kind of a member that is a dataset; macOS's shadow files ("._x.shp") are none. */
static mj_file_kind member_kind(const char *name, size_t n) {
  const char *base = name;
  for (size_t i = 0; i + 1 < n; i++)
    if (name[i] == '/') base = name + i + 1;
  if (*base == '.') return MJ_FILE_NONE;
  if (ends(name, n, ".shp")) return MJ_FILE_SHP;
  return ends(name, n, ".gdb") ? MJ_FILE_GDB : MJ_FILE_NONE;
}

/* The part of a member's name that is a dataset: of "a/b.gdb/x.gdbtable" that is "a/b.gdb", told once a folder. */
static size_t dataset_part(const char *name) {
  const char *gdb = strstr(name, ".gdb/");
  size_t n = gdb ? (size_t)(gdb - name) + 4 : strlen(name);
  while (n > 0 && name[n - 1] == '/') n--;
  return n;
}

static bool told(char **names, int before, const char *name, size_t n) {
  for (int i = 0; i < before; i++)
    if (dataset_part(names[i]) == n && !strncmp(names[i], name, n)) return true;
  return false;
}

mj_status mj_zip_open(mj_source_file *file, mj_error *err) {
  const char *root = mj_arena_format(&file->arena, "/vsizip/{%s}", file->opened);
  if (!root) return mj_fail(err, MJ_ENOMEM, "out of memory");
  char **names = VSIReadDirRecursive(root);
  int n = CSLCount(names);
  mj_status status = MJ_OK;
  if (n > MAX_MEMBERS)
    status = mj_fail(err, MJ_EFORMAT, "%s: %d members; at most %d are looked at", file->path, n, (int)MAX_MEMBERS);
  for (int i = 0; i < n && !status; i++) {
    size_t len = dataset_part(names[i]);
    mj_file_kind kind = member_kind(names[i], len);
    if (kind == MJ_FILE_NONE || (kind == MJ_FILE_GDB && told(names, i, names[i], len))) continue;
    const char *member = mj_arena_format(&file->arena, "%s/%.*s", root, (int)len, names[i]);
    status = member ? mj_dataset_add(file, kind, member, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  CSLDestroy(names);
  if (!status && file->n_slots == 0)
    status = mj_fail(err, MJ_EFORMAT, "%s: holds neither a shapefile nor a .gdb, or is damaged", file->path);
  return status;
}

const char *mj_zip_name(mj_source_file *file, const char *name) {
  char bytes[512], copy[512];
  size_t n = strlen(name), room = sizeof bytes;
  if (mj_is_ascii(name, n) || n >= sizeof copy) return name;
  memcpy(copy, name, n + 1);
  char *in = copy, *out = bytes;
  iconv_t back = iconv_open("IBM437", "UTF-8");
  if (back == (iconv_t)-1) return name;
  bool was_437 = iconv(back, &in, &n, &out, &room) != (size_t)-1;
  iconv_close(back);
  if (!was_437) return name; /* the archive said UTF-8, and GDAL took it so */
  mj_decoder decoder = {0};
  const char *text;
  if (mj_decode(&decoder, &file->arena, bytes, (size_t)(out - bytes), &text) != MJ_TEXT_GOOD) text = name;
  mj_decoder_reset(&decoder);
  return text;
}
