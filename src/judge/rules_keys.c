#include "judge/rules_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/lookup.h"

typedef struct {
  mj_arena *arena;
  mj_rb_key *key;
  int n, cap;
} keys;

static mj_status add(keys *k, const char *path, const char *value) {
  if (!path) return MJ_ENOMEM;
  if (k->n == k->cap) {
    int cap = k->cap ? 2 * k->cap : 256;
    mj_rb_key *grown = mj_arena_alloc(k->arena, (size_t)cap, sizeof *grown);
    if (!grown) return MJ_ENOMEM;
    if (k->n) memcpy(grown, k->key, (size_t)k->n * sizeof *grown);
    k->key = grown;
    k->cap = cap;
  }
  k->key[k->n++] = (mj_rb_key){path, value};
  return MJ_OK;
}

/* What an item of a list goes by; NULL: its number. */
static const char *name_of(const mj_yaml_node *item) {
  static const char *const names[] = {"code", "name", "tier", "class", "group", "zone", "source"};
  for (size_t i = 0; item->kind == MJ_YAML_MAP && i < sizeof names / sizeof *names; i++) {
    const mj_yaml_node *n = mj_yaml_get(item, names[i]);
    if (n && n->kind == MJ_YAML_SCALAR) return n->text;
  }
  return NULL;
}

static const char *join(const keys *k, const char *path, const char *name) {
  return *path ? mj_arena_format(k->arena, "%s / %s", path, name) : name;
}

static mj_status walk(keys *k, const mj_yaml_node *node, const char *path) {
  char number[16];
  int at = 0;
  if (!path) return MJ_ENOMEM;
  if (node->kind == MJ_YAML_SCALAR) return add(k, path, node->text);
  if (!node->first) return add(k, path, "");
  for (const mj_yaml_node *i = node->first; i; i = i->next) {
    const char *name = node->kind == MJ_YAML_MAP ? i->key : name_of(i);
    snprintf(number, sizeof number, "%d", ++at);
    if (!name) name = mj_arena_text(k->arena, number, strlen(number));
    MJ_TRY(name ? walk(k, i, join(k, path, name)) : MJ_ENOMEM);
  }
  return MJ_OK;
}

static mj_status walk_tables(keys *k, const mj_rulebook *book) {
  for (int i = 0; i < book->n_facts; i++) {
    const mj_rb_lookup *l = book->fact[i].lookup;
    for (int r = 0; l && r < l->n; r++)
      MJ_TRY(add(k, mj_arena_format(k->arena, "%s / %s / %s", l->file, l->row[r].key, l->value),
                 l->row[r].value ? l->row[r].value : ""));
  }
  return MJ_OK;
}

static int by_path(const void *a, const void *b) {
  int c = strcmp(((const mj_rb_key *)a)->path, ((const mj_rb_key *)b)->path);
  return c ? c : strcmp(((const mj_rb_key *)a)->value, ((const mj_rb_key *)b)->value);
}

mj_status mj_rb_list_keys(mj_arena *arena, const mj_rulebook *book, mj_rb_key **out, int *n, mj_error *err) {
  keys k = {.arena = arena};
  mj_yaml_node *root;
  mj_yaml_doc doc = {.file = book->file, .what = "rulebook", .arena = arena, .err = err};
  MJ_TRY(mj_yaml_parse(&doc, book->source.text, book->source.n, &root));
  if (walk(&k, root, "") || walk_tables(&k, book)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  qsort(k.key, (size_t)k.n, sizeof *k.key, by_path);
  *out = k.key;
  *n = k.n;
  return MJ_OK;
}
