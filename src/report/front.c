#include "report/front.h"

#include <string.h>

static const struct {
  const char *name, *group, *zh, *en;
} known[] = {
#define BOOK_SHEET(name, group, zh, en) {#name, #group, zh, en},
#include "report/book_sheets.def"
#undef BOOK_SHEET
};

enum { N_KNOWN = sizeof known / sizeof *known };

const char *mj_front_title(mj_lang lang) { return lang == MJ_ZH ? "首页" : "Front page"; }

static bool is_known(const char *name) {
  for (int i = 0; i < N_KNOWN; i++)
    if (!strcmp(known[i].name, name)) return true;
  return false;
}

static mj_tab tab_of(const mj_run *run, int k, const mj_item *item) {
  bool zh = run->lang == MJ_ZH;
  return (mj_tab){.name = known[k].name,
                  .title = item ? item->sheet.title
                           : zh ? "总览"
                                : "Overview",
                  .about = zh ? known[k].zh : known[k].en,
                  .group = known[k].group,
                  .item = item};
}

/* A planner's own summaries, and what this list forgot. */
static int add_others(const mj_run *run, mj_tab *tab) {
  int n = 0;
  for (int i = 0; i < run->n; i++) {
    const mj_item *item = &run->item[i];
    if ((item->to & MJ_TO_XLSX) && !is_known(item->sheet.name))
      tab[n++] =
          (mj_tab){.name = item->sheet.name, .title = item->sheet.title, .about = "", .group = "sums", .item = item};
  }
  return n;
}

int mj_front_tabs(const mj_run *run, mj_tab *tab) {
  int n = 0;
  for (int k = 0; k < N_KNOWN; k++) {
    if (!strcmp(known[k].name, "overview")) {
      n += add_others(run, tab + n);
      tab[n++] = tab_of(run, k, NULL);
    }
    for (int i = 0; i < run->n; i++)
      if ((run->item[i].to & MJ_TO_XLSX) && !strcmp(run->item[i].sheet.name, known[k].name))
        tab[n++] = tab_of(run, k, &run->item[i]);
  }
  return n;
}
