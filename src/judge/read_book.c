#include <string.h>

#include "base/text.h"
#include "judge/rulebook.h"

/* A name that SQL takes without quotes. */
static bool is_name(const char *text) {
  if (!(*text >= 'a' && *text <= 'z')) return false;
  return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

static mj_status read_name(const mj_rb_doc *doc, const mj_rb_node *map, const char **out) {
  MJ_TRY(mj_rb_text(doc, map, "name", out));
  if (is_name(*out)) return MJ_OK;
  return mj_rb_fail(doc, mj_rb_get(map, "name"), MJ_EFORMAT,
                    "'%s': a name has small letters, digits and _ and begins with a letter", *out);
}

static mj_status read_limits(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"name", "value", "", "unit", "certainty", "text", NULL};
  const mj_rb_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "limits", sizeof *book->limit, &items, &n, &book->n_limits));
  book->limit = items;
  for (mj_rb_limit *l = book->limit; n; n = n->next, l++) {
    MJ_TRY(mj_rb_keys(doc, n, "limits", keys));
    MJ_TRY(read_name(doc, n, &l->name));
    for (const mj_rb_limit *other = book->limit; other < l; other++)
      if (!strcmp(other->name, l->name)) return mj_rb_fail(doc, n, MJ_EFORMAT, "limit '%s' stands twice", l->name);
    if (!strcmp(l->name, "as_of") || !strcmp(l->name, "year"))
      return mj_rb_fail(doc, n, MJ_EFORMAT, "limit '%s': the name is taken", l->name);
    MJ_TRY(mj_rb_text(doc, n, "value", &l->text));
    MJ_TRY(mj_rb_text(doc, n, "unit", &l->unit));
    MJ_TRY(mj_rb_read_certainty(doc, n, false, &l->assumed));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &l->words));
    if (!mj_rb_get(n, "value")->quoted && mj_double_parse(l->text, &l->number)) l->text = NULL;
  }
  return MJ_OK;
}

static mj_status read_facts(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"name", "sql", "", "unit", "type", "certainty", "text", NULL};
  static const char *const types[] = {"", "number", "integer", "text", "date", "truth", NULL}; /* as mj_type */
  const mj_rb_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "facts", sizeof *book->fact, &items, &n, &book->n_facts));
  book->fact = items;
  for (mj_rb_fact *f = book->fact; n; n = n->next, f++) {
    MJ_TRY(mj_rb_keys(doc, n, "facts", keys));
    MJ_TRY(read_name(doc, n, &f->name));
    for (const mj_rb_fact *other = book->fact; other < f; other++)
      if (!strcmp(other->name, f->name)) return mj_rb_fail(doc, n, MJ_EFORMAT, "fact '%s' stands twice", f->name);
    MJ_TRY(mj_rb_read_sql(doc, n, "sql", &f->sql));
    MJ_TRY(mj_rb_text(doc, n, "unit", &f->unit));
    MJ_TRY(mj_rb_word(doc, n, "type", types, 0, &f->type));
    MJ_TRY(mj_rb_read_certainty(doc, n, false, &f->assumed));
    MJ_TRY(mj_rb_read_words(doc, n, "text", &f->text));
  }
  return MJ_OK;
}

static mj_status read_caps(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"source", "sql", "", NULL};
  static const char *const sources[] = {"contract", "plan", "lookup", "zone", "land_use", "industry", NULL};
  const mj_rb_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "caps", sizeof *book->cap, &items, &n, &book->n_caps));
  book->cap = items;
  for (mj_rb_cap *c = book->cap; n; n = n->next, c++) {
    int source;
    MJ_TRY(mj_rb_keys(doc, n, "caps", keys));
    MJ_TRY(mj_rb_word(doc, n, "source", sources, 0, &source));
    c->source = (mj_rb_cap_source)source;
    MJ_TRY(mj_rb_read_sql(doc, n, "sql", &c->sql));
  }
  return MJ_OK;
}

static mj_status read_bases(const mj_rb_doc *doc, const mj_rb_node *list, mj_basis out[MJ_MAX_BASES]) {
  int n = 0;
  MJ_TRY(mj_rb_list(doc, list, "area_basis"));
  for (const mj_rb_node *i = list->first; i; i = i->next) {
    int basis = MJ_BASIS_TUBAN;
    while (basis > 0 && (i->kind != MJ_RB_SCALAR || strcmp(i->text, mj_basis_name((mj_basis)basis)))) basis--;
    if (!basis)
      return mj_rb_fail(doc, i, MJ_EFORMAT, "'%s': expected one of %s, found '%s'", "area_basis",
                        "recorded, contract, ellipsoid, planar, tuban", i->kind == MJ_RB_SCALAR ? i->text : "");
    if (n == MJ_MAX_BASES) return mj_rb_fail(doc, i, MJ_EFORMAT, "area_basis: more than %d areas", MJ_MAX_BASES);
    out[n++] = (mj_basis)basis;
  }
  return n ? MJ_OK : mj_rb_fail(doc, list, MJ_EFORMAT, "%s: the list is empty", "area_basis");
}

static mj_status read_area_basis(const mj_rb_doc *doc, const mj_rb_node *settings, mj_rulebook *book) {
  static const char *const keys[] = {"", "yield", "plot_ratio", "coverage", NULL};
  const mj_rb_node *n = mj_rb_get(settings, "area_basis");
  if (!n) return MJ_OK;
  if (n->kind != MJ_RB_MAP) {
    MJ_TRY(read_bases(doc, n, book->basis[0]));
    memcpy(book->basis[1], book->basis[0], sizeof book->basis[0]);
    memcpy(book->basis[2], book->basis[0], sizeof book->basis[0]);
    return MJ_OK;
  }
  MJ_TRY(mj_rb_keys(doc, n, "area_basis", keys));
  for (int i = 0; i < 3; i++) {
    const mj_rb_node *list = mj_rb_get(n, keys[i + 1]);
    if (list) MJ_TRY(read_bases(doc, list, book->basis[i]));
  }
  return MJ_OK;
}

static mj_status read_settings(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"", "area_basis", "headroom_min_m2", "area_tolerance", "industrial", NULL};
  const mj_rb_node *n = mj_rb_get(root, "settings");
  book->headroom_min_m2 = book->area_tolerance = (double)NAN;
  if (!n) return MJ_OK;
  MJ_TRY(mj_rb_keys(doc, n, "settings", keys));
  MJ_TRY(read_area_basis(doc, n, book));
  MJ_TRY(mj_rb_number(doc, n, "headroom_min_m2", &book->headroom_min_m2));
  MJ_TRY(mj_rb_number(doc, n, "area_tolerance", &book->area_tolerance));
  if (book->headroom_min_m2 < 0 || book->area_tolerance < 0)
    return mj_rb_fail(doc, n, MJ_EFORMAT, "settings: a negative number");
  return mj_rb_read_sql(doc, n, "industrial", &book->industrial);
}

static mj_status read_force(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"from", "", "to", NULL};
  const mj_rb_node *n = mj_rb_get(root, "effective");
  int from, to;
  MJ_TRY(mj_rb_keys(doc, n, "effective", keys));
  MJ_TRY(mj_rb_date(doc, n, "from", &from));
  MJ_TRY(mj_rb_date(doc, n, "to", &to));
  if (to != MJ_DATE_NULL && to < from) return mj_rb_fail(doc, n, MJ_EFORMAT, "effective: 'to' lies before 'from'");
  book->from = from;
  book->to = to;
  return MJ_OK;
}

static mj_status read_area(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  const mj_rb_node *n;
  void *items;
  MJ_TRY(mj_rb_read_items(doc, root, "area", sizeof *book->area, &items, &n, &book->n_areas));
  book->area = items;
  for (int i = 0; n; n = n->next, i++) {
    if (n->kind != MJ_RB_SCALAR || !*n->text || n->text[strspn(n->text, "0123456789")])
      return mj_rb_fail(doc, n, MJ_EFORMAT, "area: expected a division code such as \"350502\"");
    book->area[i] = n->text;
  }
  return MJ_OK;
}

static mj_status read_head(const mj_rb_doc *doc, const mj_rb_node *root, mj_rulebook *book) {
  static const char *const keys[] = {"rulebook", "version", "document", "level",    "effective",       "",
                                     "name",     "issuer",  "area",     "settings", "limits",          "facts",
                                     "rules",    "caps",    "ladder",   "targets",  "zone_strategies", NULL};
  static const char *const levels[] = {"nation", "province", "city", "district", NULL};
  MJ_TRY(mj_rb_keys(doc, root, "rulebook", keys));
  MJ_TRY(mj_rb_text(doc, root, "rulebook", &book->code));
  MJ_TRY(mj_rb_text(doc, root, "version", &book->version));
  MJ_TRY(mj_rb_text(doc, root, "document", &book->document));
  MJ_TRY(mj_rb_text(doc, root, "issuer", &book->issuer));
  MJ_TRY(mj_rb_read_words(doc, root, "name", &book->name));
  MJ_TRY(mj_rb_word(doc, root, "level", levels, 0, &book->level));
  MJ_TRY(read_area(doc, root, book));
  return read_force(doc, root, book);
}

mj_status mj_rb_read(const mj_rb_doc *doc, const char *text, size_t n, mj_rulebook **out) {
  mj_rb_node *root;
  mj_rulebook *book = mj_arena_alloc(doc->arena, 1, sizeof *book);
  *out = NULL;
  if (!book) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  book->file = doc->file;
  MJ_TRY(mj_rb_parse(doc, text, n, &root));
  MJ_TRY(read_head(doc, root, book));
  MJ_TRY(read_settings(doc, root, book));
  MJ_TRY(read_limits(doc, root, book));
  MJ_TRY(read_facts(doc, root, book));
  MJ_TRY(mj_rb_read_rules(doc, root, book));
  MJ_TRY(read_caps(doc, root, book));
  MJ_TRY(mj_rb_read_ladder(doc, root, book));
  MJ_TRY(mj_rb_read_targets(doc, root, book));
  *out = book;
  return MJ_OK;
}
