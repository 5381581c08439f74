#include <math.h>
#include <string.h>

#include "report/front.h"
#include "report/grid.h"
#include "report/terminal.h"

enum { SHOWN = 4, MOST = 64, NAME = 34, NUMBER = 12, UNIT = 12, PERCENT = 8, LINE = 80 };

static double last_of(const mj_table *t, const char *name) {
  const mj_column *c = mj_table_find(t, name);
  if (!c || !t->n || mj_column_is_null(c, t->n - 1)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[t->n - 1] : c->type == MJ_I64 ? (double)c->i64[t->n - 1] : (double)NAN;
}

/* "12,345"; "-" where it is not known. */
static const char *said(double v, char out[540]) { return mj_double_grouped(v, 0, true, out) ? out : "-"; }

void mj_terminal_fit(mj_text *out, const mj_table *fit_zones, mj_lang lang) {
  char parcels[540], paper[540], fits[540], share[540];
  mj_text line = {0};
  if (!fit_zones || !fit_zones->n) return;
  double part = last_of(fit_zones, "buildable_share");
  mj_text_format(&line, mj_tr(lang, "fit: %s parcels, %s m2 of headroom on paper, %s m2 can be built"),
                 said(last_of(fit_zones, "fitted_count"), parcels), said(last_of(fit_zones, "headroom_m2"), paper),
                 said(last_of(fit_zones, "net_m2"), fits));
  if (mj_double_grouped(100 * part, 1, true, share))
    mj_text_format(&line, lang == MJ_ZH ? "（两者都知道的宗地合计 %s%%）" : " (%s %% where both are known)", share);
  if (line.data) mj_wrap_put(out, line.data, 0, 2, LINE);
  if (line.failed) out->failed = true;
  mj_text_reset(&line);
}

static void put_right(mj_text *out, const char *text, int width) {
  for (int n = width - mj_utf8_width(text); n > 0; n--) mj_text_put(out, " ", 1);
  mj_text_add(out, text);
}

/* A count has no decimals. */
static void put_number(mj_text *out, double v) {
  char text[540];
  put_right(out, mj_double_grouped(v, v == floor(v) ? 0 : 2, true, text) ? text : "-", NUMBER);
}

static void put_aim(mj_text *out, const mj_aim *aim) {
  char text[540], percent[545] = "-";
  mj_text_add(out, "  ");
  mj_short_put(out, aim->text, NAME);
  put_number(out, aim->reached);
  put_number(out, aim->aimed);
  mj_text_add(out, " ");
  mj_short_put(out, aim->unit, UNIT - 1);
  if (mj_double_grouped(100 * aim->progress, 1, true, text)) {
    strcpy(percent, text);
    strcat(percent, "%");
  }
  put_right(out, percent, PERCENT);
  mj_text_add(out, "\n");
}

void mj_terminal_aims(mj_text *out, const mj_park *park) {
  bool zh = park->project.lang == MJ_ZH;
  mj_aim aim[MOST];
  int all, reached = 0, known = 0, n = mj_front_aims(park, aim, MOST, &all);
  if (!n) return;
  mj_short_put(out, zh ? "目标（全园区）" : "targets (park)", 2 + NAME);
  put_right(out, zh ? "现状" : "reached", NUMBER);
  put_right(out, zh ? "目标" : "target", NUMBER);
  put_right(out, zh ? "完成度" : "progress", UNIT + PERCENT);
  mj_text_add(out, "\n");
  for (int i = 0; i < n; i++) {
    known += isfinite(aim[i].progress);
    reached += isfinite(aim[i].progress) && aim[i].progress >= 1;
    if (i < SHOWN) put_aim(out, &aim[i]);
  }
  mj_text_format(out,
                 zh ? "  共 %d 项，可计算的 %d 项中达到 %d 项，见 tables/targets.csv\n"
                    : "  %d in all, %d can be worked out, of which %d are reached: tables/targets.csv\n",
                 all, known, reached);
}
