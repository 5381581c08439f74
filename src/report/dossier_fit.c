#include <string.h>

#include "report/dossier.h"

/* Standard factories on the parcel: the ways of renewal beside each other, what holds each back, and why. */

static void put_ways(mj_dossier *d) {
  static const char *const columns[] = {"fit_way",           "net_m2",      "gross_m2",         "demolished_m2",
                                        "modules",           "storeys_max", "plot_ratio_after", "binding_constraint",
                                        "second_constraint", NULL};
  mj_dossier_table(d, &d->fit, columns);
}

/* What each constraint alone would allow, of the ways that build. */
static void put_ceilings(mj_dossier *d) {
  static const char *const columns[] = {"fit_way",
                                        "ceiling_plot_ratio_m2",
                                        "ceiling_coverage_m2",
                                        "ceiling_green_m2",
                                        "ceiling_shape_m2",
                                        "ceiling_distance_m2",
                                        "ceiling_height_m2",
                                        "ceiling_structure_m2",
                                        "cap_breakpoint",
                                        NULL};
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "各约束单独作用时允许新建的计容建筑面积，最小的为制约因素：",
                        "Countable floor area that each constraint alone would allow; the least binds:"));
  mj_dossier_table(d, &d->fit, columns);
}

static void put_reasons(mj_dossier *d) {
  for (int64_t row = 0; row < d->fit.table.n; row++) {
    const char *why = mj_piece_text(&d->fit, row, "fit_reason");
    if (why)
      mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN, MJ_WORDS(d, "%s：%s。", "%s: %s."),
                   mj_piece_value(d, &d->fit, row, "fit_way"), why);
  }
}

void mj_dossier_fit(mj_dossier *d) {
  if (!d->fit.table.n) return;
  mj_paper_add(
      &d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN,
      MJ_WORDS(d, "标准厂房可建方案（测算，不是批准）", "Standard factories that fit (a study, no permission)"));
  put_ways(d);
  put_reasons(d);
  put_ceilings(d);
}
