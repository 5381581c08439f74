#include "judge/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/fnv.h"
#include "base/text.h"

/* The bytes of the file beside the rulebook, or of the one that came with it. */
static mj_status read_bytes(const mj_yaml_doc *doc, const mj_rulebook_file *tables, const mj_yaml_node *at,
                            const char *name, const char **path, mj_text *out) {
  const char *slash = strrchr(doc->file, '/');
  if (strchr(name, '/'))
    return mj_yaml_fail(doc, at, "'%s': the table stands beside the rulebook: expected a name", name);
  if (tables) {
    *path = name;
    for (const mj_rulebook_file *e = tables; e->name; e++)
      if (!strcmp(e->name, name)) {
        mj_text_put(out, e->text, e->n);
        return out->failed ? mj_fail(doc->err, MJ_ENOMEM, "out of memory") : MJ_OK;
      }
    return mj_yaml_fail(doc, at, "no such file: %s", name);
  }
  *path = mj_arena_format(doc->arena, "%.*s%s", slash ? (int)(slash + 1 - doc->file) : 0, doc->file, name);
  if (!*path) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  mj_error why = {.lang = doc->err ? doc->err->lang : MJ_EN};
  mj_yaml_doc table = {.file = *path, .arena = doc->arena, .err = &why};
  table.what = mj_tr(why.lang, "lookup table");
  mj_status status = mj_yaml_bytes(&table, out);
  return status ? mj_yaml_fail(doc, at, "%s", why.message) : MJ_OK;
}

static int by_key(const void *a, const void *b) {
  const mj_rb_lookup_row *p = a, *q = b;
  int c = strcmp(p->key, q->key);
  return c ? c : p->line - q->line;
}

static bool fits(const char *value, int type) {
  double number;
  if (type == MJ_DATE) return mj_date_parse(value) != MJ_DATE_NULL;
  if (type == MJ_TRI) return !strcmp(value, "0") || !strcmp(value, "1");
  if (type == MJ_F64 || type == MJ_I64)
    return mj_double_parse(value, &number) && (type == MJ_F64 || (number == trunc(number) && fabs(number) < 9e15));
  return true;
}

static mj_status fill_rows(const mj_yaml_doc *doc, const mj_csv *csv, const char *path, mj_rb_fact *fact) {
  mj_rb_lookup *l = fact->lookup;
  int key = mj_csv_column(csv, l->key), value = mj_csv_column(csv, l->value);
  if (key < 0 || value < 0)
    return mj_fail(doc->err, MJ_EFORMAT, "%s:1: no column '%s'", path, key < 0 ? l->key : l->value);
  l->row = mj_arena_alloc(doc->arena, (size_t)csv->n, sizeof *l->row);
  if (!l->row) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  for (int i = 1; i < csv->n; i++) {
    const mj_csv_row *row = &csv->row[i];
    if (row->n != csv->row[0].n)
      return mj_fail(doc->err, MJ_EFORMAT, "%s:%d: expected %d cells, found %d", path, row->line, csv->row[0].n,
                     row->n);
    if (!*row->cell[key]) return mj_fail(doc->err, MJ_EFORMAT, "%s:%d: no %s", path, row->line, l->key);
    if (*row->cell[value] && !fits(row->cell[value], fact->type))
      return mj_fail(doc->err, MJ_EFORMAT, "%s:%d: '%s': the value is not of the type of fact '%s'", path, row->line,
                     row->cell[value], fact->name);
    l->row[l->n++] = (mj_rb_lookup_row){row->cell[key], *row->cell[value] ? row->cell[value] : NULL, row->line};
  }
  qsort(l->row, (size_t)l->n, sizeof *l->row, by_key);
  for (const mj_rb_lookup_row *r = l->row + 1; r < l->row + l->n; r++)
    if (!strcmp(r[-1].key, r->key))
      return mj_fail(doc->err, MJ_EFORMAT, "%s:%d: '%s' stands in line %d already", path, r->line, r->key, r[-1].line);
  return MJ_OK;
}

mj_status mj_rb_read_lookup(const mj_yaml_doc *doc, const mj_rulebook_file *tables, const mj_yaml_node *node,
                            mj_rb_fact *fact) {
  static const char *const keys[] = {"file", "key", "value", "match", "", "by", NULL};
  static const char *const ways[] = {"equal", "prefix", NULL};
  const char *path = NULL;
  int way;
  mj_text text = {0};
  mj_csv csv;
  mj_rb_lookup *l = fact->lookup = mj_arena_alloc(doc->arena, 1, sizeof *l);
  if (!l) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_yaml_keys(doc, node, "lookup", keys));
  MJ_TRY(mj_yaml_text(doc, node, "file", &l->file));
  MJ_TRY(mj_yaml_text(doc, node, "key", &l->key));
  MJ_TRY(mj_yaml_text(doc, node, "value", &l->value));
  MJ_TRY(mj_rb_read_sql(doc, node, "match", &fact->sql));
  MJ_TRY(mj_yaml_word(doc, node, "by", ways, 0, &way));
  l->prefix = way == 1;
  if (!fact->type) return mj_yaml_fail(doc, node, "fact '%s': a lookup needs a type", fact->name);
  mj_status status = read_bytes(doc, tables, mj_yaml_get(node, "file"), l->file, &path, &text);
  l->source = (mj_rulebook_file){l->file, mj_arena_text(doc->arena, text.data ? text.data : "", text.n), text.n};
  mj_text_reset(&text);
  if (status) return status;
  if (!l->source.text) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  if (doc->hash) *doc->hash = mj_fnv64(*doc->hash, l->source.text, l->source.n);
  MJ_TRY(mj_csv_parse(doc->arena, path, l->source.text, l->source.n, &csv, doc->err));
  return fill_rows(doc, &csv, path, fact);
}

/* The row whose key is the first n bytes of @p code. */
static const mj_rb_lookup_row *exact(const mj_rb_lookup *l, const char *code, size_t n) {
  for (int from = 0, to = l->n; from < to;) {
    int mid = from + (to - from) / 2, c = strncmp(l->row[mid].key, code, n);
    if (!c && l->row[mid].key[n]) c = 1;
    if (!c) return &l->row[mid];
    if (c < 0) from = mid + 1;
    else to = mid;
  }
  return NULL;
}

const char *mj_rb_lookup_find(const mj_rb_lookup *l, const char *code) {
  size_t n = strlen(code);
  const mj_rb_lookup_row *row = exact(l, code, n);
  while (l->prefix && !row && n > 1) row = exact(l, code, --n);
  return row ? row->value : NULL;
}

static void put_quoted(mj_text *out, const char *text) {
  mj_text_add(out, "'");
  for (; *text; text++) mj_text_put(out, *text == '\'' ? "''" : text, *text == '\'' ? 2 : 1);
  mj_text_add(out, "'");
}

void mj_rb_lookup_sql(const mj_rb_fact *fact, mj_text *out) {
  const mj_rb_lookup *l = fact->lookup;
  size_t longest = 0;
  for (int i = 0; i < l->n; i++)
    if (strlen(l->row[i].key) > longest) longest = strlen(l->row[i].key);
  mj_text_add(out, "(SELECT CASE WHEN code IS NULL THEN NULL");
  for (size_t n = longest; n; n--) /* the longest key first */
    for (int i = 0; i < l->n; i++) {
      if (strlen(l->row[i].key) != n) continue;
      mj_text_add(out, l->prefix ? " WHEN instr(code," : " WHEN code=(");
      put_quoted(out, l->row[i].key);
      mj_text_add(out, l->prefix ? ")=1 THEN " : ") THEN ");
      if (!l->row[i].value) mj_text_add(out, "NULL");
      else if (fact->type == MJ_TEXT || fact->type == MJ_DATE) put_quoted(out, l->row[i].value);
      else mj_text_add(out, l->row[i].value);
    }
  mj_text_format(out, " END FROM (SELECT CAST((%s\n) AS TEXT) AS code))", fact->sql.sql);
}

bool mj_rb_lookup_same(const mj_rb_lookup *a, const mj_rb_lookup *b) {
  if (!a || !b) return a == b;
  return !strcmp(a->key, b->key) && !strcmp(a->value, b->value) && a->prefix == b->prefix &&
         a->source.n == b->source.n && !memcmp(a->source.text, b->source.text, a->source.n);
}
