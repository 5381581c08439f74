/** @file project.h  What the project's own files share: one input, one path. */
#ifndef MJ_INTAKE_PROJECT_H
#define MJ_INTAKE_PROJECT_H

#include "intake/fields.h"
#include "mujun/park.h"
#include "yaml/yaml.h"

/** Turn the zeros of a fresh {0} project that would be values into "not said". Does nothing to one already in use. */
void mj_project_fresh(mj_project *project);
/** Append a copy of @p input (the struct; texts must be in the project's arena already). Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_project_push(mj_project *project, const mj_input *input, mj_error *err);
/** "file.gpkg:layer" into its two parts, copied into @p arena; layer is NULL where there is none. False: out of memory.
 */
bool mj_path_split(mj_arena *arena, const char *text, const char **path, const char **layer);
/** @p path as seen from @p folder ("" for here); absolute paths stand. NULL: out of memory. */
char *mj_path_join(mj_arena *arena, const char *folder, const char *path);
/** "folder/" of "folder/park.yaml", "" where there is none. NULL: out of memory. */
char *mj_path_folder(mj_arena *arena, const char *path);
/** True when the lower-case end of @p path is @p ext (".gpkg"). */
bool mj_path_ends(const char *path, const char *ext);

/** A project file being read. */
typedef struct {
  mj_yaml_doc doc;    /**< its arena is the project's */
  const char *folder; /**< of the file, before relative paths */
  mj_project *project;
  const mj_fields *fields;
  bool said[MJ_ROLE_END]; /**< roles that options gave; the file's are then left out */
} mj_project_file;
/** The value of a role's key: one input or a list of them, pushed onto the project. Errors: MJ_EFORMAT, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_project_read_role(const mj_project_file *f, mj_table_id role, const mj_yaml_node *node);
/** `datum_shift:` of a map: a list of 3 or 7 numbers, into the project's arena; *out is left where it is not there.
 * Errors: MJ_EFORMAT, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_project_read_shift(const mj_project_file *f, const mj_yaml_node *map, const double **out);
#endif
