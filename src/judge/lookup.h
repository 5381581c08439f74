/** @file lookup.h  A table of a rulebook: the CSV beside it, code to value. */
#ifndef MJ_JUDGE_LOOKUP_H
#define MJ_JUDGE_LOOKUP_H

#include "judge/rulebook.h"

/** Key and value, as written. */
typedef struct {
  const char *key, *value;
  int line;
} mj_rb_lookup_row;

struct mj_rb_lookup {
  mj_rulebook_file source;        /**< the CSV as read */
  const char *file, *key, *value; /**< name of the CSV as the rulebook gives it, and of its columns */
  bool prefix;                    /**< the longest key that the code begins with counts; else the equal one */
  mj_rb_lookup_row *row;          /**< sorted by key */
  int n;
};

/** What stands under "lookup" of a fact: its CSV (of @p tables, or NULL: beside doc->file) is read at once, match goes
 * to fact->sql. A key that stands twice and a value that is not of fact->type are refused. Errors: MJ_EFORMAT with file
 * and line, MJ_ENOTFOUND, MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_read_lookup(const mj_yaml_doc *doc, const mj_rulebook_file *tables,
                                         const mj_yaml_node *node, mj_rb_fact *fact);
/** The value of @p code, or NULL: no row, or an empty cell. Cost: log n, for prefixes times the length of the code. */
const char *mj_rb_lookup_find(const mj_rb_lookup *lookup, const char *code);
/** Append the lookup as SQL over @p match, which is its fact's: for trials of values that no parcel has. */
void mj_rb_lookup_sql(const mj_rb_fact *fact, mj_text *out);
/** True when both facts find the same values in the same way, or neither looks anything up: the bytes of the tables
 * count, not their names. */
bool mj_rb_lookup_same(const mj_rb_lookup *a, const mj_rb_lookup *b);
#endif
