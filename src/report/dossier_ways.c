#include <math.h>
#include <string.h>

#include "report/dossier.h"

/* What each enterprise is measured as in the four ways of counting tenants and owners, and its class in each. */

static bool same(const char *a, const char *b) { return a && b ? !strcmp(a, b) : a == b; }

/* Both rows are of one enterprise: its code, or without one its name. */
static bool is_of(const mj_piece *a, int64_t i, const mj_piece *b, int64_t j) {
  const char *code = mj_piece_text(a, i, "credit_code");
  return same(code, mj_piece_text(b, j, "credit_code")) &&
         (code || same(mj_piece_text(a, i, "enterprise_name"), mj_piece_text(b, j, "enterprise_name")));
}

/* "HA2024：A；XC2019：B": the class of that way in each scheme. */
static const char *class_in(mj_dossier *d, int64_t of, const char *way) {
  const char *list = "", *column = way ? mj_arena_format(&d->arena, "class_%s", way) : NULL;
  if (!column) return "";
  for (int64_t row = 0; list && row < d->classes.table.n; row++) {
    if (!is_of(&d->ways, of, &d->classes, row)) continue;
    const char *class = mj_piece_value(d, &d->classes, row, column),
               *scheme = mj_piece_text(&d->classes, row, "scheme");
    list =
        mj_arena_format(&d->arena, MJ_WORDS(d, "%s%s%s：%s", "%s%s%s: %s"), list, *list ? MJ_WORDS(d, "；", "; ") : "",
                        scheme ? scheme : "?", class ? class : MJ_WORDS(d, "数据不足", "insufficient data"));
  }
  if (!list) d->paper.failed = true;
  return list;
}

/* Whether a figure is not the same in all ways; not known where those known agree and one is missing. */
static uint8_t differs(const mj_dossier *d, int64_t first, int64_t n, const char *column) {
  double least = (double)INFINITY, most = -(double)INFINITY;
  bool missing = false;
  for (int64_t row = first; row < first + n; row++) {
    double v = mj_piece_number(&d->ways, row, column);
    if (isnan(v)) missing = true;
    else {
      least = fmin(least, v);
      most = fmax(most, v);
    }
  }
  if (most - least > 1e-9 * fabs(most)) return MJ_YES;
  return missing ? MJ_UNKNOWN : MJ_NO;
}

/* "用地面积 是；亩均产值 是；亩均税收 否" */
static const char *list_differences(mj_dossier *d, int64_t first, int64_t n) {
  static const char *const columns[] = {"land_mu", "output_wan_per_mu", "tax_wan_per_mu"};
  const char *list = "";
  for (size_t i = 0; list && i < sizeof columns / sizeof *columns; i++)
    list = mj_arena_format(&d->arena, "%s%s%s %s", list, *list ? MJ_WORDS(d, "；", "; ") : "",
                           mj_dossier_label(d, "attributions", columns[i]),
                           mj_tri_word(differs(d, first, n, columns[i]), d->lang));
  if (!list) d->paper.failed = true;
  return list;
}

static void put_differences(mj_dossier *d, int64_t first, int64_t n) {
  mj_paper_fact(&d->paper, MJ_WORDS(d, "随归属方式不同", "differs by the way"), list_differences(d, first, n));
  for (int64_t row = 0; row < d->classes.table.n; row++) {
    if (!is_of(&d->ways, first, &d->classes, row)) continue;
    const char *depends = mj_piece_value(d, &d->classes, row, "depends"),
               *takes = mj_piece_value(d, &d->classes, row, "attribution"),
               *stated = mj_piece_value(d, &d->classes, row, "class_stated"),
               *scheme = mj_piece_text(&d->classes, row, "scheme");
    mj_paper_fact(
        &d->paper, mj_arena_format(&d->arena, "%s %s", scheme ? scheme : "?", mj_piece_heading(&d->classes, "depends")),
        mj_arena_format(&d->arena,
                        MJ_WORDS(d, "%s（规则集采用：%s；按企业表：%s）", "%s (the rulebook takes: %s; as stated: %s)"),
                        depends ? depends : mj_tri_word(MJ_UNKNOWN, d->lang), takes ? takes : "?",
                        stated ? stated : MJ_WORDS(d, "数据不足", "insufficient data")));
  }
}

/* Rows of one enterprise follow each other. Returns the first row of the next. */
static int64_t put_enterprise(mj_dossier *d, int64_t first) {
  static const char *const columns[] = {"attribution", "measured",          "unit_name",     "unit_enterprises",
                                        "land_mu",     "output_wan_per_mu", "tax_wan_per_mu"};
  enum { N = sizeof columns / sizeof *columns };
  static const bool right[N + 1] = {false, false, false, true, true, true, true, false};
  const mj_piece *w = &d->ways;
  const char *heading[N + 1], *code = mj_piece_text(w, first, "credit_code"),
                              *name = mj_piece_text(w, first, "enterprise_name");
  int n = d->classes.table.n ? N + 1 : N;
  for (int i = 0; i < N; i++) heading[i] = mj_piece_heading(w, columns[i]);
  heading[N] = MJ_WORDS(d, "类别", "class");
  if (!d->ask->enterprise)
    mj_paper_say(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, "%s %s",
                 name ? name : MJ_WORDS(d, "（无名称）", "(no name)"),
                 code ? code : MJ_WORDS(d, "（无信用代码）", "(no code)"));
  mj_paper_table(&d->paper, n, heading, right);
  int64_t row = first;
  for (; row < w->table.n && is_of(w, first, w, row); row++) {
    for (int i = 0; i < N; i++) mj_paper_cell(&d->paper, mj_dossier_cell(d, w, row, columns[i]));
    if (n > N) mj_paper_cell(&d->paper, class_in(d, row, mj_piece_text(w, row, "attribution")));
  }
  put_differences(d, first, row - first);
  return row;
}

void mj_dossier_ways(mj_dossier *d) {
  if (!d->ways.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "四种归属方式下的亩均", "Per mu in the four attributions"));
  if (d->ask->open) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "由单个企业的数据得出，不公开。", "Figures of single enterprises: not public."));
    return;
  }
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d,
                        "租户与宗地主的用地和数据归谁，各地办法不一，四种并列。“评价主体”为否的，随所在单元评价，"
                        "所列为该单元的数。",
                        "Rules differ on whom the land and figures of tenants and owners count for: all four ways "
                        "stand here. Who is not measured itself follows the unit it is in, whose figures these are."));
  for (int64_t row = 0; row < d->ways.table.n;) row = put_enterprise(d, row);
}
