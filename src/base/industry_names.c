#include "base/industry_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"

/* Lines "2017,C,13,13,name_zh,name_en,...". */
mj_status mj_industry_names(mj_lang lang, mj_arena *arena, const char *name[MJ_DIVISIONS]) {
  memset(name, 0, MJ_DIVISIONS * sizeof *name);
  for (const char *line = mj_embedded_industry[0].text; line && *line; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncmp(line, "2017,", 5) != 0) continue;
    const char *at = line + 7;
    int first = atoi(at), last = atoi(at + 3);
    at += 6;
    if (lang != MJ_ZH) at += strcspn(at, ",") + 1;
    const char *text = mj_arena_text(arena, at, strcspn(at, ","));
    if (!text) return MJ_ENOMEM;
    for (int i = first; i <= last && i < MJ_DIVISIONS; i++) name[i] = text;
  }
  return MJ_OK;
}
