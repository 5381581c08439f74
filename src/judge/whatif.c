#include "judge/whatif.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

bool mj_rb_reads_figure(const mj_rb_reads *reads, const mj_rb_figure *figure) {
  for (int i = 0; i < reads->n; i++)
    if (!strcmp(reads->column[i]->name, figure->column) ||
        (figure->per_mu && !strcmp(reads->column[i]->name, figure->per_mu)))
      return true;
  return false;
}

static bool is_word(char c) { return c == '_' || isalnum((unsigned char)c); }

/* A name that stands for a value: the figure's, or a fact's. */
static bool put_value(const mj_rb_run *run, const char *at, size_t n, const mj_rb_figure *figure, const char *value,
                      mj_text *out) {
  char name[128];
  if (n >= sizeof name) return false;
  memcpy(name, at, n);
  name[n] = 0;
  if (value && !strcasecmp(name, figure->column)) {
    mj_text_format(out, "(%s)", value);
    return true;
  }
  if (value && figure->per_mu && !strcasecmp(name, figure->per_mu)) {
    mj_text_format(out, "((%s) / area_mu)", value);
    return true;
  }
  const mj_rb_fact *fact = mj_rb_find_fact(run, name);
  if (!fact || fact->lookup) return false;
  mj_text_add(out, "(");
  mj_rb_expand(run, fact->sql.sql, figure, value, out);
  mj_text_add(out, "\n)");
  return true;
}

static size_t word_length(const char *at) {
  size_t n = 0;
  while (is_word(at[n])) n++;
  return n;
}

/* A word, or "parcels.word", or "other.word", which stays. Returns what it took. */
static size_t put_word(const mj_rb_run *run, const char *at, const mj_rb_figure *figure, const char *value,
                       mj_text *out) {
  size_t n = word_length(at), after = at[n] == '.' ? word_length(at + n + 1) : 0;
  bool ours = n == strlen("parcels") && !strncasecmp(at, "parcels", n);
  if (after && ours && put_value(run, at + n + 1, after, figure, value, out)) return n + 1 + after;
  if (after) {
    mj_text_put(out, at, n + 1 + after);
    return n + 1 + after;
  }
  if (!put_value(run, at, n, figure, value, out)) mj_text_put(out, at, n);
  return n;
}

void mj_rb_expand(const mj_rb_run *run, const char *sql, const mj_rb_figure *figure, const char *value, mj_text *out) {
  for (const char *p = sql; *p;) {
    size_t n = 1;
    if (*p == '\'' || *p == '"') {
      const char *end = strchr(p + 1, *p);
      n = end ? (size_t)(end - p) + 1 : strlen(p);
      /* "tax_wan" in double quotes is the column */
      if (*p == '"' && n > 2 && put_value(run, p + 1, n - 2, figure, value, out)) {
        p += n;
        continue;
      }
    } else if (*p == ':' || isdigit((unsigned char)*p)) { /* a constant, a number: no name begins inside */
      while (is_word(p[n]) || (p[n] == '.' && *p != ':')) n++;
    } else if (is_word(*p)) {
      p += put_word(run, p, figure, value, out);
      continue;
    }
    mj_text_put(out, p, n);
    p += n;
  }
}

/* The name at @p at, of n bytes behind its colon, is a limit that is assumed. */
static bool is_assumed_limit(const mj_rulebook *book, const char *at, size_t n) {
  for (int i = 0; book && i < book->n_limits; i++) {
    const mj_rb_limit *l = &book->limit[i];
    if (l->assumed && strlen(l->name) == n && !strncmp(l->name, at, n)) return true;
  }
  return false;
}

bool mj_rb_rests_on_assumed(const mj_rb_run *run, const mj_rulebook *book, const char *sql) {
  char name[128];
  for (const char *p = sql; p && *p;) {
    size_t n = word_length(p);
    bool constant = *p == ':';
    if (constant) n = 1 + word_length(p + 1);
    if (*p == '\'') {
      const char *end = strchr(p + 1, '\'');
      p = end ? end + 1 : p + strlen(p);
      continue;
    }
    if (constant && is_assumed_limit(book, p + 1, n - 1)) return true;
    if (!constant && n && n < sizeof name) {
      memcpy(name, p, n);
      name[n] = 0;
      const mj_rb_fact *fact = mj_rb_find_fact(run, name);
      if (fact && (fact->assumed || mj_rb_rests_on_assumed(run, book, fact->sql.sql))) return true;
    }
    p += n ? n : 1;
  }
  return false;
}

uint8_t mj_rb_cond_truth(const mj_rb_cond *c, const uint8_t *truth) {
  if (c->kind >= MJ_RB_COMPARE) return truth[c->slot];
  if (c->kind == MJ_RB_NOT) {
    uint8_t v = mj_rb_cond_truth(c->first, truth);
    return v == MJ_UNKNOWN ? v : v == MJ_YES ? MJ_NO : MJ_YES;
  }
  uint8_t decides = c->kind == MJ_RB_ALL ? MJ_NO : MJ_YES, v = decides == MJ_NO ? MJ_YES : MJ_NO;
  for (const mj_rb_cond *i = c->first; i; i = i->next) {
    uint8_t part = mj_rb_cond_truth(i, truth);
    if (part == decides) return decides;
    if (part == MJ_UNKNOWN) v = MJ_UNKNOWN;
  }
  return v;
}
