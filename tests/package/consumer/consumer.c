#include <mujun/mujun.h>
#include <stdio.h>

/* A program outside the tree: what it calls reaches base, gis and a room, so that a static link needs every library. */
int main(void) {
  const char *name, *version;
  for (int i = 0; (name = mj_library_version(i, &version)); i++) printf("%s %s\n", name, version);
  mj_error err = {0};
  mj_project project = MJ_PROJECT_DEFAULTS;
  mj_status status = mj_project_load("no-such-park.yaml", &project, &err);
  printf("%s\n", mj_status_name(status));
  mj_project_reset(&project);
  return status == MJ_ENOTFOUND && mj_date_parse("2026-03-31") == 20543 ? 0 : 1;
}
