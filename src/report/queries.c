#include "report/queries.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/embed.h"
#include "base/fnv.h"
#include "base/text.h"
#include "mujun/rooms.h"

/* Sheets of a workbook have no longer names. */
enum { MOST_NAME = 31 };
static const char TITLE[] = "-- title:";

/* Behind blanks and comments. */
static int statement_at(const char *text) {
  const char *at = text;
  for (;;) {
    at += strspn(at, " \t\r\n");
    const char *end = !strncmp(at, "--", 2) ? at + strcspn(at, "\n") : !strncmp(at, "/*", 2) ? strstr(at, "*/") : NULL;
    if (!end) return (int)(at - text);
    at = *at == '/' ? end + 2 : end;
  }
}

mj_status mj_query_blame(const mj_own_query *query, int at, mj_status status, mj_error *err) {
  char said[sizeof err->message];
  int line = 1, column = 1;
  if (!err) return status;
  if (at < 0) at = statement_at(query->text);
  for (int i = 0; i < at && query->text[i]; i++) {
    bool ends = query->text[i] == '\n';
    line += ends;
    column = ends ? 1 : column + ((query->text[i] & 0xC0) != 0x80);
  }
  memcpy(said, err->message, sizeof said);
  return mj_fail(err, status, "%s:%d:%d: %s", query->path, line, column, said);
}

int mj_query_title_at(const mj_own_query *query) {
  for (const char *line = query->text; line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (!strncmp(line, TITLE, sizeof TITLE - 1)) return (int)(line - query->text);
  }
  return -1;
}

static bool same_name(const char *name, const char *other, size_t n) {
  return !strncasecmp(name, other, n) && !name[n];
}

/* Names of our own tables, files and sheets. */
static bool is_taken(const mj_park *park, const char *name) {
  static const char *const more[] = {"candidates", "ledger", "ledger_codes", "fields", "summary", NULL};
  for (int id = 0; id < MJ_TABLE_END; id++)
    if (!strcasecmp(mj_table_id_name((mj_table_id)id), name)) return true;
  for (const mj_embedded *e = mj_embedded_sql; e->name; e++)
    if (same_name(name, e->name, strcspn(e->name, "."))) return true;
  for (int i = 0; more[i]; i++)
    if (!strcasecmp(more[i], name)) return true;
  for (int i = 0; i < park->n_queries; i++)
    if (!strcasecmp(park->queries[i].name, name)) return true;
  return false;
}

static mj_status read_text(mj_arena *arena, const char *path, const char **out, uint64_t *hash, mj_error *err) {
  mj_text text = {0};
  char piece[4096];
  FILE *file = fopen(path, "rb");
  if (!file) return mj_fail(err, MJ_ENOTFOUND, "cannot open '%s': %s", path, strerror(errno));
  for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;) mj_text_put(&text, piece, got);
  bool bad = ferror(file) != 0;
  fclose(file);
  size_t mark = text.n >= 3 && !memcmp(text.data, "\xEF\xBB\xBF", 3) ? 3 : 0;
  mj_status s = MJ_OK;
  if (bad) s = mj_fail(err, MJ_EIO, "cannot read '%s'", path);
  else if (text.n && (!mj_utf8_valid(text.data, text.n) || memchr(text.data, 0, text.n)))
    s = mj_fail(err, MJ_EFORMAT, "%s:1:1: the file is not UTF-8 text", path);
  *hash = mj_fnv64(MJ_FNV64_START, text.n ? text.data : "", text.n);
  if (!s && (text.failed || !(*out = mj_arena_text(arena, text.n ? text.data + mark : "", text.n - mark))))
    s = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_text_reset(&text);
  return s;
}

/* "-- title: 按街道汇总", else the name. */
static mj_status read_title(mj_own_query *q, mj_arena *arena, mj_error *err) {
  int at = mj_query_title_at(q), characters = 0;
  q->title = q->name;
  if (at < 0) return MJ_OK;
  const char *from = q->text + at + sizeof TITLE - 1;
  from += strspn(from, " \t");
  size_t n = strcspn(from, "\r\n");
  while (n && (from[n - 1] == ' ' || from[n - 1] == '\t')) n--;
  for (size_t i = 0; i < n; i++) characters += (from[i] & 0xC0) != 0x80;
  q->title = mj_arena_text(arena, from, n);
  if (!q->title) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (n && characters <= MOST_NAME && !strpbrk(q->title, "[]:*?/\\'")) return MJ_OK;
  mj_fail(err, MJ_EFORMAT, "'%s' is no title of a sheet: 1 to 31 characters without []:*?/\\'", q->title);
  return mj_query_blame(q, at, MJ_EFORMAT, err);
}

static mj_status load_one(mj_park *park, const char *path, mj_own_query *q, mj_error *err) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  size_t n = strlen(base);
  uint64_t hash;
  if (n < 5 || strcmp(base + n - 4, ".sql") != 0) return mj_fail(err, MJ_EINVAL, "'%s' is no .sql file", path);
  q->path = mj_arena_text(&park->arena, path, strlen(path));
  q->name = mj_arena_text(&park->arena, base, n - 4);
  if (!q->path || !q->name) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(read_text(&park->arena, path, &q->text, &hash, err));
  snprintf(q->fnv1a64, sizeof q->fnv1a64, "%016" PRIx64, hash);
  bool plain = q->name[strspn(q->name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0' && n - 4 <= MOST_NAME;
  if (!plain || !(q->name[0] >= 'a' && q->name[0] <= 'z'))
    mj_fail(err, MJ_EFORMAT, "'%s' becomes the name of a table: a letter, then a-z, 0-9 and _, 31 at most", q->name);
  else if (is_taken(park, q->name))
    mj_fail(err, MJ_EFORMAT, "the name '%s' is taken: call the file otherwise", q->name);
  else return read_title(q, &park->arena, err);
  return mj_query_blame(q, 0, MJ_EFORMAT, err);
}

mj_status mj_queries_load(mj_park *park, mj_error *err) {
  const mj_project *p = &park->project;
  park->queries = mj_arena_alloc(&park->arena, (size_t)p->n_summaries + 1, sizeof *park->queries);
  if (!park->queries) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (park->n_queries = 0; park->n_queries < p->n_summaries; park->n_queries++)
    MJ_TRY(load_one(park, p->summaries[park->n_queries], &park->queries[park->n_queries], err));
  return MJ_OK;
}
