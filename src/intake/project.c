#include "intake/project.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "mujun/rooms.h"

void mj_project_fresh(mj_project *project) {
  if (project->arena.pages || project->n_inputs) return;
  if (project->headroom_min_m2 == 0) project->headroom_min_m2 = (double)NAN;
  if (project->area_tolerance == 0) project->area_tolerance = (double)NAN;
  if (!project->as_of) project->as_of = MJ_DATE_NULL;
  if (!project->year) project->year = MJ_DATE_NULL;
}

mj_status mj_project_push(mj_project *project, const mj_input *input, mj_error *err) {
  size_t n = (size_t)project->n_inputs;
  mj_input *grown = mj_arena_alloc(&project->arena, n + 1, sizeof *grown);
  if (!grown) return mj_fail(err, MJ_ENOMEM, "out of memory");
  if (n) memcpy(grown, project->inputs, n * sizeof *grown);
  grown[n] = *input;
  project->inputs = grown;
  project->n_inputs++;
  return MJ_OK;
}

bool mj_path_ends(const char *path, const char *ext) {
  size_t n = strlen(path), k = strlen(ext);
  return n > k && !strcasecmp(path + n - k, ext);
}

static bool known_kind(const char *path) {
  static const char *const kinds[] = {".gpkg", ".shp", ".zip", ".gdb",  ".geojson", ".json",
                                      ".fgb",  ".csv", ".txt", ".xlsx", ".xls"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (mj_path_ends(path, kinds[i])) return true;
  return false;
}

bool mj_path_split(mj_arena *arena, const char *text, const char **path, const char **layer) {
  struct stat st;
  const char *colon = strrchr(text, ':');
  *layer = NULL;
  *path = mj_arena_text(arena, text, strlen(text));
  if (!*path) return false;
  if (!colon || colon == text || !colon[1] || stat(text, &st) == 0) return true;
  char *head = mj_arena_text(arena, text, (size_t)(colon - text));
  if (!head) return false;
  if (!known_kind(head) && stat(head, &st) != 0) return true; /* a colon in the name of a file that is not there */
  *path = head;
  *layer = mj_arena_text(arena, colon + 1, strlen(colon + 1));
  return *layer != NULL;
}

char *mj_path_join(mj_arena *arena, const char *folder, const char *path) {
  return mj_arena_format(arena, "%s%s", *path == '/' ? "" : folder, path);
}

char *mj_path_folder(mj_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  return mj_arena_text(arena, path, slash ? (size_t)(slash - path) + 1 : 0);
}

mj_status mj_project_add(mj_project *project, mj_table_id role, const char *path, mj_error *err) {
  mj_project_fresh(project);
  mj_input input = {.role = role, .year = MJ_DATE_NULL};
  if (!mj_path_split(&project->arena, path, &input.path, &input.layer)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  return mj_project_push(project, &input, err);
}

void mj_project_reset(mj_project *project) {
  mj_arena_reset(&project->arena);
  *project = (mj_project){0};
}
