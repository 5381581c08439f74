/** @file yaml.h  A YAML text as a tree of nodes that know their line and column, and the readers a schema is made of.
 */
#ifndef MJ_JUDGE_YAML_H
#define MJ_JUDGE_YAML_H

#include <stdbool.h>

#include "mujun/arena.h"
#include "mujun/status.h"

typedef enum { MJ_RB_SCALAR, MJ_RB_LIST, MJ_RB_MAP } mj_rb_kind;

/** A node; list items and map values hang on first, next. line and column are 1-based. */
typedef struct mj_rb_node {
  mj_rb_kind kind;
  bool quoted; /**< scalar written in quotes or as a block */
  int line, column;
  const char *key; /**< in a map, else NULL */
  int key_line, key_column;
  const char *text; /**< of a scalar, UTF-8 */
  struct mj_rb_node *first, *next;
} mj_rb_node;

/** What every reader needs. */
typedef struct {
  const char *file;
  mj_arena *arena;
  mj_error *err;
} mj_rb_doc;

/** The one document in @p text. Anchors, aliases, tags and repeated keys are refused. Errors: MJ_EFORMAT
 * "file:line:column: ...", MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_parse(const mj_rb_doc *doc, const char *text, size_t n, mj_rb_node **root);

/** "file:line:column: " and the message, where the node stands. Returns @p code. */
MJ_PRINTF(4, 5) mj_status mj_rb_fail(const mj_rb_doc *doc, const mj_rb_node *at, mj_status code, const char *fmt, ...);

/** Value of @p key in a map, or NULL. */
const mj_rb_node *mj_rb_get(const mj_rb_node *map, const char *key);
/** @p node is a map and has no key but those in @p keys (ends with NULL); those before the first "" are required. */
MJ_NODISCARD mj_status mj_rb_keys(const mj_rb_doc *doc, const mj_rb_node *node, const char *what,
                                  const char *const *keys);
/** @p node is a list. */
MJ_NODISCARD mj_status mj_rb_list(const mj_rb_doc *doc, const mj_rb_node *node, const char *what);
/** Scalar text under @p key into @p out; NULL when the key is absent. Errors: MJ_EFORMAT not a scalar, or empty. */
MJ_NODISCARD mj_status mj_rb_text(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, const char **out);
/** A finite number under @p key; NaN when absent. */
MJ_NODISCARD mj_status mj_rb_number(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, double *out);
/** A date under @p key; MJ_DATE_NULL when absent. */
MJ_NODISCARD mj_status mj_rb_date(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, int *out);
/** One of @p words (ends with NULL) under @p key: its index, or @p absent. */
MJ_NODISCARD mj_status mj_rb_word(const mj_rb_doc *doc, const mj_rb_node *map, const char *key,
                                  const char *const *words, int absent, int *out);
/** true or false under @p key; false when absent. */
MJ_NODISCARD mj_status mj_rb_flag(const mj_rb_doc *doc, const mj_rb_node *map, const char *key, bool *out);
#endif
