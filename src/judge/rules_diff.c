#include <string.h>

#include "base/text.h"
#include "judge/rules_keys.h"
#include "mujun/rooms.h"

typedef struct {
  mj_rulebook *book;
  mj_text text;
  mj_rb_item *item;
  int n;
} side;

static mj_status read_side(mj_arena *arena, const char *name, mj_lang lang, side *s, mj_error *err) {
  MJ_TRY(mj_rb_open(arena, name, &s->book, err));
  return mj_rb_describe(s->book, lang, &s->text, arena, &s->item, &s->n, err);
}

/* The first thing that says the same key under the same heading; the books themselves are one pair. */
static const mj_rb_item *find(const side *s, const mj_rb_item *like, int skip) {
  for (int i = 0; i < s->n; i++)
    if (!strcmp(s->item[i].heading, like->heading) && (!i || !strcmp(s->item[i].key, like->key)) && skip-- == 0)
      return &s->item[i];
  return NULL;
}

/* How many before this one have its key: two caps may have one source. */
static int before(const side *s, const mj_rb_item *item) {
  int n = 0;
  for (const mj_rb_item *i = s->item; i < item; i++)
    n += !strcmp(i->heading, item->heading) && !strcmp(i->key, item->key);
  return n;
}

static bool same(const side *a, const mj_rb_item *i, const side *b, const mj_rb_item *j) {
  return i->to - i->from == j->to - j->from && !memcmp(a->text.data + i->from, b->text.data + j->from, i->to - i->from);
}

/* The thing's lines, each behind the sign. */
static void put_item(mj_text *out, const char *sign, const side *s, const mj_rb_item *item) {
  const char *at = s->text.data + item->from, *end = s->text.data + item->to;
  while (at < end && *at == '\n') at++;
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    mj_text_format(out, "%s %.*s\n", sign, (int)(stop - at), at);
    at = stop + 1;
  }
}

static void put_heading(mj_text *out, const char **last, const char *heading) {
  if (*last && !strcmp(*last, heading)) return;
  mj_text_format(out, "%s%s\n", *last ? "\n" : "", heading);
  *last = heading;
}

/* In words: in the order of a, then what only b has. */
static void compare(const side *a, const side *b, mj_text *out) {
  const char *last = NULL;
  for (const mj_rb_item *i = a->item; i < a->item + a->n; i++) {
    const mj_rb_item *j = find(b, i, before(a, i));
    if (j && same(a, i, b, j)) continue;
    put_heading(out, &last, i->heading);
    put_item(out, "-", a, i);
    if (j) put_item(out, "+", b, j);
  }
  for (const mj_rb_item *j = b->item; j < b->item + b->n; j++) {
    if (find(a, j, before(b, j))) continue;
    put_heading(out, &last, j->heading);
    put_item(out, "+", b, j);
  }
}

/* Key by key: every value of either file that is not the other's. Returns how many. */
static int compare_keys(const mj_rb_key *a, int n_a, const mj_rb_key *b, int n_b, mj_lang lang, mj_text *out) {
  int n = 0;
  for (int i = 0, j = 0; i < n_a || j < n_b;) {
    int c = i == n_a ? 1 : j == n_b ? -1 : strcmp(a[i].path, b[j].path);
    bool equal = !c && !strcmp(a[i].value, b[j].value);
    if (!equal && !n++) mj_text_format(out, "%s%s\n", out->n ? "\n" : "", mj_tr(lang, "Key by key"));
    if (!c && !equal) mj_text_format(out, "  %s: %s → %s\n", a[i].path, a[i].value, b[j].value);
    if (c < 0) mj_text_format(out, "- %s: %s\n", a[i].path, a[i].value);
    if (c > 0) mj_text_format(out, "+ %s: %s\n", b[j].path, b[j].value);
    i += c <= 0;
    j += c >= 0;
  }
  return n;
}

mj_status mj_rules_diff(const char *a, const char *b, mj_lang lang, mj_text *out, int *n, mj_error *err) {
  mj_arena arena = {0};
  side from = {0}, to = {0};
  mj_rb_key *key[2];
  int keys[2];
  *n = 0;
  mj_status status = read_side(&arena, a, lang, &from, err);
  if (!status) status = read_side(&arena, b, lang, &to, err);
  if (!status) status = mj_rb_list_keys(&arena, from.book, &key[0], &keys[0], err);
  if (!status) status = mj_rb_list_keys(&arena, to.book, &key[1], &keys[1], err);
  if (!status) {
    compare(&from, &to, out);
    *n = compare_keys(key[0], keys[0], key[1], keys[1], lang, out);
  }
  if (!status && out->failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_text_reset(&from.text);
  mj_text_reset(&to.text);
  mj_arena_reset(&arena);
  return status;
}
