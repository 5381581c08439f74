#include "judge/whatif.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

bool mj_rb_reads_figure(const mj_rb_reads *reads, const mj_rb_figure *figure) {
  for (int i = 0; i < reads->n; i++)
    if (!strcmp(reads->column[i]->name, figure->column) ||
        (figure->per_mu && !strcmp(reads->column[i]->name, figure->per_mu)))
      return true;
  return false;
}

static bool is_word(char c) { return c == '_' || isalnum((unsigned char)c); }

static void put_name(const mj_rb_run *run, const char *at, size_t n, const mj_rb_figure *figure, const char *value,
                     mj_text *out) {
  char name[128];
  const mj_rb_fact *fact = NULL;
  if (n < sizeof name) {
    memcpy(name, at, n);
    name[n] = 0;
    fact = mj_rb_find_fact(run, name);
    if (value && !strcmp(name, figure->column)) {
      mj_text_format(out, "(%s)", value);
      return;
    }
    if (value && figure->per_mu && !strcmp(name, figure->per_mu)) {
      mj_text_format(out, "((%s) / area_mu)", value);
      return;
    }
  }
  if (!fact || fact->lookup) {
    mj_text_put(out, at, n);
    return;
  }
  mj_text_add(out, "(");
  mj_rb_expand(run, fact->sql.sql, figure, value, out);
  mj_text_add(out, "\n)");
}

void mj_rb_expand(const mj_rb_run *run, const char *sql, const mj_rb_figure *figure, const char *value, mj_text *out) {
  for (const char *p = sql; *p;) {
    size_t n = 1;
    if (*p == '\'' || *p == '"') {
      const char *end = strchr(p + 1, *p);
      n = end ? (size_t)(end - p) + 1 : strlen(p);
    } else if (*p == ':' || isdigit((unsigned char)*p)) { /* a constant, a number: no name begins inside */
      while (is_word(p[n]) || (p[n] == '.' && *p != ':')) n++;
    } else if (is_word(*p)) {
      while (is_word(p[n])) n++;
      put_name(run, p, n, figure, value, out);
      p += n;
      continue;
    }
    mj_text_put(out, p, n);
    p += n;
  }
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
