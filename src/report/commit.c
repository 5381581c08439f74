#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/leftovers.h"
#include "report/sink.h"

/* One name of the result while it changes hands. */
typedef struct {
  const char *path, *aside; /* aside: where the old file waits until all new ones are in place */
  bool moved, placed;
} change;

/* The old manifest first, then the files of this run, then those only the old manifest names. */
typedef struct {
  mj_folder *folder;
  change *item;
  int n;
} swap;

static mj_status failed(const char *path, int number, mj_error *err) {
  return mj_fail(err, MJ_EIO, "cannot write '%s': %s", path, strerror(number));
}

static bool add(swap *s, const char *name, size_t n) {
  mj_folder *f = s->folder;
  size_t dir = strlen(f->dir), base = n;
  while (dir > 1 && f->dir[dir - 1] == '/') dir--;
  while (base && name[base - 1] != '/') base--;
  change *c = &s->item[s->n++];
  c->path = mj_arena_format(&f->arena, "%.*s/%.*s", (int)dir, f->dir, (int)n, name);
  c->aside = mj_arena_format(&f->arena, "%.*s/%.*s.%.*s.old.%s", (int)dir, f->dir, (int)base, name, (int)(n - base),
                             name + base, f->run_id);
  return c->path && c->aside;
}

/* Every name there is to change. */
static mj_status list(swap *s, const char *manifest, mj_error *err) {
  mj_folder *f = s->folder;
  mj_text stale = {0};
  int names = f->n + 1;
  mj_leftovers_stale(manifest, f, &stale);
  for (size_t i = 0; i < stale.n; i++) names += stale.data[i] == '\n';
  s->item = mj_arena_alloc(&f->arena, (size_t)names, sizeof *s->item);
  bool ok = s->item && add(s, "manifest.json", strlen("manifest.json"));
  for (int i = 0; ok && i < f->n; i++) ok = add(s, f->file[i].name, strlen(f->file[i].name));
  for (const char *at = stale.data; ok && at && *at; at = strchr(at, '\n') + 1) ok = add(s, at, strcspn(at, "\n"));
  mj_text_reset(&stale);
  return ok ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

/* A folder in the way is somebody's: it stays where it is. */
static mj_status move_aside(change *c, mj_error *err) {
  struct stat st;
  if (lstat(c->path, &st)) return errno == ENOENT || errno == ENOTDIR ? MJ_OK : failed(c->path, errno, err);
  if (S_ISDIR(st.st_mode)) return failed(c->path, EISDIR, err);
  if (rename(c->path, c->aside)) return failed(c->path, errno, err);
  c->moved = true;
  return MJ_OK;
}

static mj_status place(change *c, mj_out_file *file, mj_error *err) {
  MJ_TRY(move_aside(c, err));
  if (rename(file->temp, c->path)) return failed(c->path, errno, err);
  file->temp = NULL;
  c->placed = true;
  return MJ_OK;
}

/* From the last to the first: the old manifest comes back when all it names is there again. */
static void restore(swap *s) {
  for (int i = s->n; i-- > 0;) {
    change *c = &s->item[i];
    if (c->placed && !c->moved) unlink(c->path);
    if (c->moved && rename(c->aside, c->path)) continue; /* it stays under its other name */
  }
}

/* The files of the run as they were announced, the manifest last of them; what only the old manifest names goes before
 * it. */
static mj_status put_in_place(swap *s, mj_error *err) {
  mj_folder *f = s->folder;
  MJ_TRY(move_aside(&s->item[0], err));
  for (int i = 0; i < f->n; i++) {
    for (int k = f->n + 1; i + 1 == f->n && k < s->n; k++) MJ_TRY(move_aside(&s->item[k], err));
    MJ_TRY(place(&s->item[i + 1], &f->file[i], err));
  }
  return f->sync && fsync(f->lock) && errno != EINVAL ? failed(f->dir, errno, err) : MJ_OK;
}

mj_status mj_folder_sync(mj_folder *folder, mj_error *err) {
  for (int i = 0; i < folder->n && folder->sync; i++) {
    mj_out_file *file = &folder->file[i];
    if (!file->synced) MJ_TRY(mj_sink_sync(file->temp, file->path, err));
    file->synced = true;
  }
  return MJ_OK;
}

mj_status mj_folder_commit(mj_folder *folder, mj_error *err) {
  swap s = {.folder = folder};
  const char *manifest = mj_arena_format(&folder->arena, "%s/manifest.json", folder->dir);
  if (!manifest) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_folder_sync(folder, err));
  MJ_TRY(list(&s, manifest, err));
  mj_status status = put_in_place(&s, err);
  if (status) {
    restore(&s);
    return status;
  }
  for (int i = 0; i < s.n; i++)
    if (s.item[i].moved) unlink(s.item[i].aside);
  folder->made = folder->made_tables = false;
  return MJ_OK;
}
