/** @file project.h  What the project's own files share: one input, one path. */
#ifndef MJ_INTAKE_PROJECT_H
#define MJ_INTAKE_PROJECT_H

#include "mujun/park.h"

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
#endif
