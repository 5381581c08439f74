#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "report/html.h"
#include "report/sink.h"

extern char **environ;

enum { SECONDS = 120, MAX_PATH = 1024, MAX_ARGS = 24 };

/* The first of these names in PATH; "" where there is none. */
static void find_program(char out[MAX_PATH]) {
  static const char *const names[] = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};
  const char *path = getenv("PATH");
  for (size_t i = 0; i < sizeof names / sizeof *names && path; i++)
    for (const char *at = path; *at; at += strcspn(at, ":"), at += *at == ':') {
      int n = (int)strcspn(at, ":");
      if (n && snprintf(out, MAX_PATH, "%.*s/%s", n, at, names[i]) < MAX_PATH && !access(out, X_OK)) return;
    }
  out[0] = '\0';
}

/* Remove a folder and all in it; links are not followed. */
static void remove_folder(int parent, const char *name) {
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *dir = fd < 0 ? NULL : fdopendir(fd);
  for (struct dirent *e; dir && (e = readdir(dir));) {
    if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
    if (unlinkat(fd, e->d_name, 0)) remove_folder(fd, e->d_name);
  }
  if (dir) closedir(dir);
  unlinkat(parent, name, AT_REMOVEDIR);
}

/* Wait for our child; after SECONDS it and what it began are ended. True: it ended well by itself. */
static bool wait_for(pid_t child) {
  const struct timespec moment = {.tv_nsec = 20000000};
  int status;
  for (int i = 0; i < SECONDS * 50; i++) {
    pid_t got = waitpid(child, &status, WNOHANG);
    if (got == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (got < 0) return false;
    nanosleep(&moment, NULL);
  }
  kill(-child, SIGKILL); /* its own group */
  waitpid(child, &status, 0);
  return false;
}

static bool run(const char *program, const char *const *argv) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;
  pid_t child;
  if (posix_spawn_file_actions_init(&files)) return false;
  if (posix_spawnattr_init(&how)) {
    posix_spawn_file_actions_destroy(&files);
    return false;
  }
  bool ok = !posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP) && !posix_spawnattr_setpgroup(&how, 0);
  for (int fd = 0; fd < 3 && ok; fd++)
    ok = !posix_spawn_file_actions_addopen(&files, fd, "/dev/null", fd ? O_WRONLY : O_RDONLY, 0);
  ok = ok && !posix_spawn(&child, program, &files, &how, (char *const *)(uintptr_t)argv, environ);
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  return ok && wait_for(child);
}

static mj_status copy(const char *from, const char *to, const char *shown, int64_t *bytes, mj_error *err) {
  char piece[65536];
  mj_sink sink;
  ssize_t got = 0;
  int fd = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return mj_fail(err, MJ_EIO, "cannot read '%s'", from);
  mj_status s = mj_sink_open(&sink, to, shown, err);
  if (s) sink.fd = -1;
  while (!s && (got = read(fd, piece, sizeof piece)) > 0) s = mj_sink_put(&sink, piece, (size_t)got, err);
  if (!s && got < 0) s = mj_fail(err, MJ_EIO, "cannot read '%s'", from);
  close(fd);
  *bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, err);
  mj_sink_drop(&sink);
  return s;
}

/* Print the page, which is copied under a plain name into folder @p work: its own does not end on ".html" yet, and
 * Chromium would show it as text. */
static bool print(const char *program, const char *work, const char *html, const char *pdf) {
  char page[MAX_PATH], url[MAX_PATH], profile[MAX_PATH], to[MAX_PATH];
  int64_t bytes;
  const char *argv[MAX_ARGS] = {program,
                                "--headless",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-pdf-header-footer",
                                "--virtual-time-budget=60000", /* of the page's clock: until its data is unpacked */
                                profile,
                                to,
                                url,
                                geteuid() ? NULL : "--no-sandbox", /* it has none as root */
                                NULL};
  int n = snprintf(page, sizeof page, "%s/report.html", work), m = snprintf(url, sizeof url, "file://%s#print", page),
      k = snprintf(profile, sizeof profile, "--user-data-dir=%s/profile", work),
      l = snprintf(to, sizeof to, "--print-to-pdf=%s", pdf);
  if (n >= MAX_PATH || m >= MAX_PATH || k >= MAX_PATH || l >= MAX_PATH) return false;
  return !copy(html, page, page, &bytes, NULL) && run(program, argv);
}

/* Does the file begin as a PDF does? */
static bool is_pdf(const char *path) {
  char head[5] = {0};
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  bool ok = fd >= 0 && read(fd, head, 5) == 5 && !memcmp(head, "%PDF-", 5);
  if (fd >= 0) close(fd);
  return ok;
}

mj_status mj_pdf_write(mj_run *report, const char *html, mj_error *err) {
  char program[MAX_PATH], work[MAX_PATH / 2], pdf[MAX_PATH];
  const char *tmp = getenv("TMPDIR");
  mj_out_file *file;
  find_program(program);
  int n = snprintf(work, sizeof work, "%s/mujun-pdf-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
  if (!*program || n >= (int)sizeof work || !mkdtemp(work)) return MJ_OK;
  snprintf(pdf, sizeof pdf, "%s/report.pdf", work);
  mj_status s = MJ_OK;
  if (print(program, work, html, pdf) && is_pdf(pdf)) {
    s = mj_folder_add(&report->folder, "report.pdf", &file, err);
    if (!s) file->exempt = true;
    if (!s) s = copy(pdf, file->temp, file->path, &file->bytes, err);
  }
  remove_folder(AT_FDCWD, work);
  return s;
}
