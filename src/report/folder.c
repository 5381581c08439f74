#include "report/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/leftovers.h"

static mj_status failed(const char *path, int number, mj_error *err) {
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", path, strerror(number));
}

static char *join(mj_arena *arena, const char *dir, const char *name) {
  size_t n = strlen(dir);
  while (n > 1 && dir[n - 1] == '/') n--;
  return mj_arena_format(arena, "%.*s/%s", (int)n, dir, name);
}

static bool there(const char *dir, const char *name) {
  mj_arena arena = {.page_size = 4096};
  struct stat st;
  const char *path = join(&arena, dir, name);
  bool found = path && !lstat(path, &st);
  mj_arena_reset(&arena);
  return found;
}

/* Can a folder be made at @p dir? The nearest one above that exists must take
 * new names. */
static mj_status check_above(const char *dir, mj_error *err) {
  mj_arena arena = {.page_size = 4096};
  char *up = mj_arena_text(&arena, dir, strlen(dir));
  mj_status s = up ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
  struct stat st;
  while (up && *up && stat(up, &st)) {
    char *slash = strrchr(up, '/');
    if (!slash) break;
    slash[slash == up] = 0;
    if (slash == up) break;
  }
  const char *base = up && *up && !stat(up, &st) ? up : ".";
  if (!s && (stat(base, &st) || !S_ISDIR(st.st_mode))) s = failed(dir, ENOTDIR, err);
  if (!s && access(base, W_OK | X_OK)) s = failed(dir, errno, err);
  mj_arena_reset(&arena);
  return s;
}

mj_status mj_folder_check(const char *dir, bool overwrite, mj_error *err) {
  static const char *const ours[] = {"manifest.json",      "mujun.gpkg",   "parcels.geojson", "zones.geojson",
                                     "candidates.geojson", "summary.xlsx", "ledger.csv"};
  struct stat st;
  if (!dir || !*dir) return mj_fail(err, MJ_EINVAL, "no output folder is given");
  if (stat(dir, &st)) return errno == ENOENT ? check_above(dir, err) : failed(dir, errno, err);
  if (!S_ISDIR(st.st_mode)) return mj_fail(err, MJ_EEXIST, "'%s' is a file, not a folder", dir);
  for (size_t i = 0; i < sizeof ours / sizeof *ours && !overwrite; i++)
    if (there(dir, ours[i]))
      return mj_fail(err, MJ_EEXIST,
                     "'%s' already holds %s: give another folder, or "
                     "--overwrite to replace it",
                     dir, ours[i]);
  if (there(dir, "mujun.gpkg-wal") || there(dir, "mujun.gpkg-journal"))
    return mj_fail(err, MJ_EEXIST, "'%s/mujun.gpkg' is open in another program: close it in QGIS first", dir);
  return access(dir, W_OK | X_OK) ? failed(dir, errno, err) : MJ_OK;
}

/* mkdir -p; *made tells whether the last part is new. */
static mj_status make_dirs(const char *dir, bool *made, mj_arena *arena, mj_error *err) {
  char *path = mj_arena_text(arena, dir, strlen(dir));
  if (!path) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (char *p = path + 1; *p; p++)
    if (*p == '/' && p[1] && p[1] != '/') {
      *p = 0;
      if (mkdir(path, 0777) && errno != EEXIST) return failed(path, errno, err);
      *p = '/';
    }
  struct stat st;
  *made = !mkdir(path, 0777);
  if (!*made && errno != EEXIST) return failed(path, errno, err);
  if (lstat(path, &st) || (!S_ISDIR(st.st_mode) && !S_ISLNK(st.st_mode))) return failed(path, ENOTDIR, err);
  return MJ_OK;
}

mj_status mj_folder_open(mj_folder *folder, mj_error *err) {
  MJ_TRY(mj_folder_check(folder->dir, folder->overwrite, err));
  MJ_TRY(make_dirs(folder->dir, &folder->made, &folder->arena, err));
  folder->lock = open(folder->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder->lock < 0) return failed(folder->dir, errno, err);
  if (flock(folder->lock, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
    close(folder->lock);
    folder->lock = -1;
    return mj_fail(err, MJ_EEXIST, "another run is writing to '%s'", folder->dir);
  }
  MJ_TRY(mj_folder_check(folder->dir, folder->overwrite, err)); /* a run that ended meanwhile */
  mj_leftovers_remove(folder->dir);
  return MJ_OK;
}

static mj_status make_tables(mj_folder *folder, mj_error *err) {
  struct stat st;
  const char *path = join(&folder->arena, folder->dir, "tables");
  if (!path) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!mkdir(path, 0777)) folder->made_tables = true;
  else if (errno != EEXIST) return failed(path, errno, err);
  if (lstat(path, &st)) return failed(path, errno, err);
  return S_ISDIR(st.st_mode) ? MJ_OK : mj_fail(err, MJ_EEXIST, "'%s' is not a folder", path);
}

/* ".parcels.geojson.tmp.<run id>"; GDAL and the zip reader want the ending
 * kept: ".mujun.tmp-<run id>.gpkg". */
static char *temp_path(mj_folder *folder, const char *name) {
  const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name, *dot = strrchr(base, '.');
  int n_dir = slash ? (int)(slash + 1 - name) : 0;
  bool keeps = dot && (!strcmp(dot, ".gpkg") || !strcmp(dot, ".xlsx"));
  char *temp = keeps ? mj_arena_format(&folder->arena, "%.*s.%.*s.tmp-%s%s", n_dir, name, (int)(dot - base), base,
                                       folder->run_id, dot)
                     : mj_arena_format(&folder->arena, "%.*s.%s.tmp.%s", n_dir, name, base, folder->run_id);
  return temp ? join(&folder->arena, folder->dir, temp) : NULL;
}

mj_status mj_folder_add(mj_folder *folder, const char *name, mj_out_file **out, mj_error *err) {
  struct stat st;
  mj_out_file f = {.rows = -1};
  if (folder->n == MJ_MAX_OUT_FILES) return mj_fail(err, MJ_EINVAL, "more than %d output files", MJ_MAX_OUT_FILES);
  if (!strncmp(name, "tables/", 7)) MJ_TRY(make_tables(folder, err));
  f.name = mj_arena_text(&folder->arena, name, strlen(name));
  f.path = join(&folder->arena, folder->dir, name);
  f.temp = temp_path(folder, name);
  if (!f.name || !f.path || !f.temp) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!lstat(f.path, &st)) {
    if (S_ISDIR(st.st_mode)) return mj_fail(err, MJ_EEXIST, "'%s' is a folder where a file is to be written", f.path);
    if (!folder->overwrite)
      return mj_fail(err, MJ_EEXIST,
                     "'%s' already holds %s: give another folder, or "
                     "--overwrite to replace it",
                     folder->dir, name);
  }
  folder->file[folder->n] = f;
  *out = &folder->file[folder->n++];
  return MJ_OK;
}

mj_status mj_folder_spare(const mj_folder *folder, const mj_park *park, mj_error *err) {
  struct stat in, out;
  for (int i = 0; i < park->n_sources; i++) {
    if (!park->sources[i].path || stat(park->sources[i].path, &in)) continue;
    for (int k = 0; k < folder->n; k++)
      if (!stat(folder->file[k].path, &out) && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
        return mj_fail(err, MJ_EEXIST,
                       "'%s' is an input and would be replaced: give another "
                       "output folder",
                       park->sources[i].path);
  }
  return MJ_OK;
}

void mj_folder_close(mj_folder *folder) {
  for (int i = 0; i < folder->n; i++)
    if (folder->file[i].temp) unlink(folder->file[i].temp);
  if (folder->lock >= 0 && (folder->made || folder->made_tables)) mj_leftovers_remove(folder->dir);
  if (folder->made_tables) {
    char *tables = join(&folder->arena, folder->dir, "tables");
    if (tables) rmdir(tables);
  }
  if (folder->made) rmdir(folder->dir);
  if (folder->lock >= 0) close(folder->lock);
  mj_arena_reset(&folder->arena);
  *folder = (mj_folder){.lock = -1};
}
