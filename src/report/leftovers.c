#include "report/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t hex_run(const char *p) { return strspn(p, "0123456789abcdef"); }

/* ".<name>.tmp.<16 hex>" or ".<stem>.tmp-<16 hex>.<ending>" with what SQLite
 * and GDAL may put behind it; ".<name>.old.<16 hex>" of a result that was being replaced. */
static bool temporary(const char *name) {
  if (name[0] != '.') return false;
  const char *dotted = strstr(name, ".tmp."), *dashed = strstr(name, ".tmp-");
  if (!dotted) dotted = strstr(name, ".old.");
  if (dotted && hex_run(dotted + 5) == 16 && !dotted[5 + 16]) return true;
  return dashed && hex_run(dashed + 5) == 16 && dashed[5 + 16] == '.';
}

static void sweep(int dir_fd) {
  DIR *dir = fdopendir(dir_fd);
  if (!dir) {
    close(dir_fd);
    return;
  }
  for (struct dirent *e; (e = readdir(dir));)
    if (temporary(e->d_name)) unlinkat(dir_fd, e->d_name, 0);
  closedir(dir);
}

void mj_leftovers_remove(const char *dir) {
  int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  int tables = openat(fd, "tables", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (tables >= 0) sweep(tables);
  sweep(fd);
}

/* A name that we may have written: plain, at most inside tables/, with an
 * ending of ours. The manifest is a file that anybody can edit. */
static bool plausible(const char *name, size_t n) {
  static const char *const ending[] = {".geojson", ".qml", ".gpkg", ".qgs", ".xlsx", ".csv", ".html", ".pdf"};
  if (n >= 7 && !memcmp(name, "tables/", 7)) {
    name += 7;
    n -= 7;
  }
  if (!n || name[0] == '.' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.") < n) return false;
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    size_t k = strlen(ending[i]);
    if (n > k && !memcmp(name + n - k, ending[i], k)) return true;
  }
  return false;
}

static bool written_now(const mj_folder *folder, const char *name, size_t n) {
  for (int i = 0; i < folder->n; i++)
    if (!strncmp(folder->file[i].name, name, n) && !folder->file[i].name[n]) return true;
  return false;
}

static void read_small(const char *path, mj_text *text) {
  FILE *file = fopen(path, "rb");
  char piece[4096];
  for (size_t got; file && text->n < 1 << 22 && (got = fread(piece, 1, sizeof piece, file)) > 0;)
    mj_text_put(text, piece, got);
  if (file) fclose(file);
}

void mj_leftovers_stale(const char *manifest, const mj_folder *folder, mj_text *names) {
  static const char key[] = "{\"file\": \"";
  mj_text text = {0};
  read_small(manifest, &text);
  const char *at = text.data && !text.failed && strstr(text.data, "\"mujun\"") ? text.data : "";
  while ((at = strstr(at, key))) {
    at += sizeof key - 1;
    size_t n = strcspn(at, "\"");
    if (!plausible(at, n) || written_now(folder, at, n)) continue;
    mj_text_put(names, at, n);
    mj_text_put(names, "\n", 1);
  }
  mj_text_reset(&text);
}
