/** @file yaml_node.h  Walking a YAML document with the place of every complaint. */
#ifndef MJ_INTAKE_YAML_NODE_H
#define MJ_INTAKE_YAML_NODE_H

#include <yaml.h>

#include "intake/fields.h"
#include "mujun/park.h"

/** What the handlers of a project file share. */
typedef struct {
  yaml_document_t *doc;
  const char *path;   /**< of the file, for messages */
  const char *folder; /**< of the file, before relative paths */
  mj_project *project;
  const mj_fields *fields;
  bool said[MJ_ROLE_END]; /**< roles that options gave; the file's are then left out */
  mj_error *err;
} mj_yaml;

/** Leave with MJ_EFORMAT and the place of @p node; @p text is a literal that follows "file:line:column: ". */
#define MJ_YAML_AT(r, node) (r)->path, (node)->start_mark.line + 1, (node)->start_mark.column + 1
#define MJ_YAML_PLACE "%s:%zu:%zu: "

typedef mj_status (*mj_yaml_fn)(mj_yaml *r, void *target, const char *key, yaml_node_t *value);
/** A key that a mapping may have. */
typedef struct {
  const char *key;
  mj_yaml_fn fn;
} mj_yaml_key;

/** Call the handler of every key of @p node; keys end with a NULL row. Refuses unknown and repeated keys. Errors:
 * MJ_EFORMAT. */
MJ_NODISCARD mj_status mj_yaml_mapping(mj_yaml *r, yaml_node_t *node, const mj_yaml_key *keys, void *target);
/** Call @p fn (key NULL) for every item of a list, or once for anything else. */
MJ_NODISCARD mj_status mj_yaml_each(mj_yaml *r, yaml_node_t *node, mj_yaml_fn fn, void *target);
/** A text, copied; *out is NULL for nothing ("", ~, null unquoted). Errors: MJ_EFORMAT not a scalar. */
MJ_NODISCARD mj_status mj_yaml_text(mj_yaml *r, yaml_node_t *node, const char **out);
MJ_NODISCARD mj_status mj_yaml_date(mj_yaml *r, yaml_node_t *node, int32_t *out);
MJ_NODISCARD mj_status mj_yaml_year(mj_yaml *r, yaml_node_t *node, int32_t *out);
MJ_NODISCARD mj_status mj_yaml_number(mj_yaml *r, yaml_node_t *node, double *out);
MJ_NODISCARD mj_status mj_yaml_bool(mj_yaml *r, yaml_node_t *node, bool *out);

/** The handler of a role: one file, or a list of files. key is the role's name. */
MJ_NODISCARD mj_status mj_yaml_role(mj_yaml *r, void *target, const char *key, yaml_node_t *value);
#endif
