#include "intake/hash.h"

#include <dirent.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "mujun/progress.h"

enum { BLOCK = 1 << 18, PATH_SIZE = 4096 };

/* Only a regular file is opened: a pipe would hold the run up for ever. */
static bool feed_file(EVP_MD_CTX *ctx, const char *path, unsigned char *block) {
  struct stat st;
  FILE *file = !stat(path, &st) && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
  if (!file) return false;
  setvbuf(file, NULL, _IONBF, 0);
  bool ok = true;
  size_t n;
  while (ok && (n = fread(block, 1, BLOCK, file)) > 0) ok = EVP_DigestUpdate(ctx, block, n) == 1;
  ok = ok && !ferror(file);
  fclose(file);
  return ok;
}

/* The files that make up a shapefile; its index files and what others put beside it do not count. */
static bool is_part(const char *name, const char *stem, size_t n) {
  static const char *const ext[] = {"shp", "shx", "dbf", "prj", "cpg"};
  if (strncmp(name, stem, n) || name[n] != '.') return false;
  for (size_t i = 0; i < sizeof ext / sizeof *ext; i++)
    if (!strcasecmp(name + n + 1, ext[i])) return true;
  return false;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Names in a folder that belong to the input, sorted; stem NULL: all but hidden ones and locks. Returns -1 when it
 * cannot be read. */
static int list_parts(const char *folder, const char *stem, char ***out) {
  DIR *dir = opendir(folder);
  char **names = NULL;
  int n = 0;
  if (!dir) return -1;
  for (struct dirent *e; n >= 0 && (e = readdir(dir));) {
    size_t k = strlen(e->d_name);
    if (stem ? !is_part(e->d_name, stem, strlen(stem))
             : e->d_name[0] == '.' || (k > 5 && !strcmp(e->d_name + k - 5, ".lock")))
      continue;
    char **grown = realloc(names, (size_t)(n + 1) * sizeof *grown);
    if (grown) names = grown;
    if (!grown || !(names[n] = strdup(e->d_name))) break;
    n++;
  }
  closedir(dir);
  if (n) qsort(names, (size_t)n, sizeof *names, by_name);
  *out = names;
  return n;
}

static bool feed_folder(EVP_MD_CTX *ctx, const char *folder, const char *stem, unsigned char *block) {
  char **names = NULL, path[PATH_SIZE];
  struct stat st;
  int n = list_parts(folder, stem, &names);
  bool ok = n > 0;
  for (int i = 0; i < n; i++) {
    int w = snprintf(path, sizeof path, "%s/%s", folder, names[i]);
    if (w < 0 || w >= PATH_SIZE || stat(path, &st)) ok = false;
    if (ok && S_ISREG(st.st_mode)) ok = feed_file(ctx, path, block);
    free(names[i]);
  }
  free(names);
  return ok;
}

static bool feed(EVP_MD_CTX *ctx, const char *path, unsigned char *block) {
  struct stat st;
  char folder[PATH_SIZE], stem[PATH_SIZE];
  size_t n = strlen(path);
  if (n >= PATH_SIZE || stat(path, &st)) return false;
  if (S_ISDIR(st.st_mode)) return feed_folder(ctx, path, NULL, block);
  if (n < 5 || strcasecmp(path + n - 4, ".shp")) return feed_file(ctx, path, block);
  const char *slash = strrchr(path, '/');
  if (slash) snprintf(folder, sizeof folder, "%.*s", (int)(slash - path + 1), path);
  else snprintf(folder, sizeof folder, ".");
  const char *name = slash ? slash + 1 : path;
  snprintf(stem, sizeof stem, "%.*s", (int)(strlen(name) - 4), name);
  return feed_folder(ctx, folder, stem, block);
}

void mj_hash_path(const char *path, char out[65]) {
  unsigned char digest[EVP_MAX_MD_SIZE], *block = malloc(BLOCK);
  unsigned int n = 0;
  EVP_MD_CTX *ctx = EVP_MD_CTX_new();
  out[0] = '\0';
  if (ctx && block && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 && feed(ctx, path, block) &&
      EVP_DigestFinal_ex(ctx, digest, &n) == 1)
    for (unsigned int i = 0; i < n && i < 32; i++) snprintf(out + (size_t)i * 2, 3, "%02x", digest[i]);
  EVP_MD_CTX_free(ctx);
  free(block);
}

struct mj_hashing {
  int n;
  const char *const *path;
  char (*digest)[65];
  pthread_t thread;
  bool running;
  double seconds;
};

static void *run(void *arg) {
  mj_hashing *h = arg;
  double began = mj_clock();
  for (int i = 0; i < h->n; i++) {
    int same = 0;
    while (same < i && strcmp(h->path[same], h->path[i])) same++;
    if (same < i) memcpy(h->digest[i], h->digest[same], sizeof h->digest[i]);
    else mj_hash_path(h->path[i], h->digest[i]);
  }
  h->seconds = mj_clock() - began;
  return NULL;
}

mj_status mj_hash_start(int n, const char *const *path, mj_hashing **out, mj_error *err) {
  mj_hashing *h = calloc(1, sizeof *h);
  if (h) h->digest = calloc((size_t)n + 1, sizeof *h->digest);
  if (!h || !h->digest) {
    free(h);
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  h->n = n;
  h->path = path;
  h->running = pthread_create(&h->thread, NULL, run, h) == 0;
  *out = h;
  return MJ_OK;
}

double mj_hash_finish(mj_hashing *h, char (*out)[65]) {
  if (!h) return 0;
  if (h->running) pthread_join(h->thread, NULL);
  else if (out) run(h);
  if (out) memcpy(out, h->digest, (size_t)h->n * sizeof *out);
  double seconds = h->seconds;
  free(h->digest);
  free(h);
  return seconds;
}
