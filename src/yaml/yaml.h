/** @file yaml.h  A YAML file as a tree of nodes that know their line and column, and the readers a schema is made of.
 */
#ifndef MJ_YAML_YAML_H
#define MJ_YAML_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mujun/arena.h"
#include "mujun/park.h"
#include "mujun/status.h"
#include "mujun/text.h"

typedef enum { MJ_YAML_SCALAR, MJ_YAML_LIST, MJ_YAML_MAP } mj_yaml_kind;

/** A node; list items and map values hang on first, next. line and column are 1-based. */
typedef struct mj_yaml_node {
  mj_yaml_kind kind;
  bool quoted; /**< scalar written in quotes or as a block */
  int line, column;
  const char *key; /**< in a map, else NULL */
  int key_line, key_column;
  const char *text; /**< of a scalar, UTF-8, never NULL */
  struct mj_yaml_node *first, *next;
} mj_yaml_node;

/** What every reader needs. */
typedef struct {
  const char *file; /**< path or name, for messages */
  const char *what; /**< the kind of file, in the language of the messages: "rulebook" */
  mj_arena *arena;  /**< owns the tree and every text that is read from it */
  mj_error *err;
  uint64_t *hash; /**< gets the FNV-1a of the file's bytes; NULL: not asked */
} mj_yaml_doc;

/* ---- a file to a tree ---- */

/** The one document in @p text, never a *root of nothing. Anchors, aliases, tags, repeated keys, more than 32 levels
 * and a second document are refused. Errors: MJ_EFORMAT "file:line:column: ...", MJ_ENOMEM. Cost: linear. */
MJ_NODISCARD mj_status mj_yaml_parse(const mj_yaml_doc *doc, const char *text, size_t n, mj_yaml_node **root);
/** Append the bytes of doc->file to @p out. Errors: MJ_ENOTFOUND, MJ_EIO, MJ_EFORMAT over 4 MiB, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_yaml_bytes(const mj_yaml_doc *doc, mj_text *out);
/** Read the file and parse it. Errors: as mj_yaml_parse; MJ_ENOTFOUND, MJ_EIO, MJ_EFORMAT over 4 MiB. */
MJ_NODISCARD mj_status mj_yaml_load(const mj_yaml_doc *doc, mj_yaml_node **root);
/** MJ_EFORMAT with "file:line:column: " and the message, where the node stands. */
MJ_PRINTF(3, 4) mj_status mj_yaml_fail(const mj_yaml_doc *doc, const mj_yaml_node *at, const char *fmt, ...);
/** A node that stands where the key of @p node does, for mj_yaml_fail. */
mj_yaml_node mj_yaml_key(const mj_yaml_node *node);

/* ---- nodes ---- */

/** True where no value was written, or ~ or null without quotes. */
bool mj_yaml_nothing(const mj_yaml_node *node);
/** Value of @p key in a map, or NULL where the key is absent. */
const mj_yaml_node *mj_yaml_find(const mj_yaml_node *map, const char *key);
/** As mj_yaml_find; NULL where there is nothing behind the key too. */
const mj_yaml_node *mj_yaml_get(const mj_yaml_node *map, const char *key);
/** The items of a list one by one, or the one node that stands for a list of one: start with @p last NULL, end at NULL.
 * Nothing for @p node NULL. */
const mj_yaml_node *mj_yaml_each(const mj_yaml_node *node, const mj_yaml_node *last);

/* ---- readers; each message names what was expected and what was found. Errors: MJ_EFORMAT, MJ_ENOMEM ---- */

/** @p node is a map and has no key but those in @p keys (ends with NULL); those before the first "" are required. */
MJ_NODISCARD mj_status mj_yaml_keys(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what,
                                    const char *const *keys);
/** @p node is a map, with whatever keys. */
MJ_NODISCARD mj_status mj_yaml_map(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what);
/** @p node is a list. */
MJ_NODISCARD mj_status mj_yaml_list(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what);
/** Text of the scalar @p node, "" if it is written so; NULL for nothing. */
MJ_NODISCARD mj_status mj_yaml_scalar(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what,
                                      const char **out);
/** The scalar @p node is one of @p words (ends with NULL; an empty word is never meant): its index. */
MJ_NODISCARD mj_status mj_yaml_choice(const mj_yaml_doc *doc, const mj_yaml_node *node, const char *what,
                                      const char *const *words, int *out);
/** Text under @p key, never empty; NULL when absent. */
MJ_NODISCARD mj_status mj_yaml_text(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, const char **out);
/** A finite number of at least @p least (-INFINITY: any) under @p key; NaN when absent. */
MJ_NODISCARD mj_status mj_yaml_number(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, double least,
                                      double *out);
/** A number from @p least to @p most under @p key; NaN when absent. */
MJ_NODISCARD mj_status mj_yaml_between(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, double least,
                                       double most, double *out);
/** A date under @p key; MJ_DATE_NULL when absent. */
MJ_NODISCARD mj_status mj_yaml_date(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, int32_t *out);
/** A year from MJ_YEAR_MIN to MJ_YEAR_MAX under @p key; MJ_DATE_NULL when absent. */
MJ_NODISCARD mj_status mj_yaml_year(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, int32_t *out);
/** One of @p words under @p key, as mj_yaml_choice; @p absent when absent. */
MJ_NODISCARD mj_status mj_yaml_word(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key,
                                    const char *const *words, int absent, int *out);
/** true, yes, 是, or false, no, 否 under @p key; false when absent. */
MJ_NODISCARD mj_status mj_yaml_flag(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, bool *out);
/** A text in both languages under @p key, {zh, en} or one text (zh); NULL what is absent. */
MJ_NODISCARD mj_status mj_yaml_words(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, const char **zh,
                                     const char **en);
/** stated or assumed under "certainty"; @p absent when absent. */
MJ_NODISCARD mj_status mj_yaml_certainty(const mj_yaml_doc *doc, const mj_yaml_node *map, bool absent, bool *assumed);

/* ---- what project files and rulebooks both say ---- */

/** The settings of both kinds of file; what is not said is NONE and NaN. */
typedef struct {
  mj_basis basis[3][MJ_MAX_BASES]; /**< yield, plot_ratio, coverage; ends with NONE */
  double headroom_min_m2, area_tolerance;
  mj_check_limits checks; /**< 0: not said */
} mj_yaml_settings;
/** area_basis (one list for all three, or a map of lists), headroom_min_m2, area_tolerance and checks (numbers, or maps
 * {value, certainty, text}) in @p map, which may be NULL. */
MJ_NODISCARD mj_status mj_yaml_read_settings(const mj_yaml_doc *doc, const mj_yaml_node *map, mj_yaml_settings *out);

/** What both say of the standard-factory fit, and who says it. */
typedef struct {
  const char *source; /**< a rulebook's code or "park.yaml" */
  bool assumed;       /**< of what has no certainty */
} mj_yaml_by;
/** `fit` under @p settings, `modules` and `structures` under @p lists (either may be NULL) into @p out, which says
 * nothing yet. Numbers out of range and what contradicts itself within the file are refused. Errors: MJ_EFORMAT,
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_yaml_read_fit(const mj_yaml_doc *doc, const mj_yaml_node *settings, const mj_yaml_node *lists,
                                        const mj_yaml_by *by, mj_fit_norms *out);
/** The lists alone. Errors: as mj_yaml_read_fit. */
MJ_NODISCARD mj_status mj_yaml_read_fit_types(const mj_yaml_doc *doc, const mj_yaml_node *lists, const mj_yaml_by *by,
                                              mj_fit_norms *out);
#endif
