#include "judge/grade_words.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static const char *pick(mj_lang lang, const char *zh, const char *en) { return lang == MJ_ZH ? zh : en; }

/* ---- names ---- */

/* A figure is called by its text, else as its column, else as its SQL. */
static mj_gr_called call_figure(const mj_rb_run *run, const mj_gr_figure *figure) {
  mj_lang lang = run->park->project.lang;
  mj_gr_called called = {"", ""};
  if (!figure->sql.sql) return called;
  const mj_rb_field *field = mj_rb_find_field(run, mj_table_id_name(MJ_ENTERPRISES), figure->sql.sql);
  called.label = *mj_rb_say(figure->text, lang) ? mj_rb_say(figure->text, lang)
                 : field                        ? pick(lang, field->zh, field->en)
                                                : figure->sql.sql;
  called.unit = mj_rb_unit(figure->unit ? figure->unit : field ? field->unit : "", lang);
  return called;
}

static bool read_before(const mj_gr_group *g, int k, const char *sql, bool per) {
  for (int i = 0; i <= k; i++) {
    const char *measure = g->ind[i].measure.sql.sql, *below = g->ind[i].per.sql.sql;
    if (i < k && (!strcmp(measure, sql) || (below && !strcmp(below, sql)))) return true;
    if (i == k && per && !strcmp(measure, sql)) return true;
  }
  return false;
}

mj_status mj_gr_name(const mj_gr_work *w, mj_gr_names *out) {
  mj_arena *arena = &w->run->arena;
  mj_lang lang = w->run->park->project.lang;
  out->group = mj_arena_alloc(arena, (size_t)w->scheme->n_groups + 1, sizeof *out->group);
  for (int i = 0; out->group && i < w->scheme->n_groups; i++) {
    const mj_gr_group *g = &w->scheme->group[i];
    mj_gr_group_names *n = &out->group[i];
    size_t most = (size_t)g->n + 1;
    n->indicator = mj_arena_alloc(arena, most, sizeof *n->indicator);
    n->measure = mj_arena_alloc(arena, most, sizeof *n->measure);
    n->per = mj_arena_alloc(arena, most, sizeof *n->per);
    n->first[0] = mj_arena_alloc(arena, most, sizeof(bool));
    n->first[1] = mj_arena_alloc(arena, most, sizeof(bool));
    if (!n->indicator || !n->measure || !n->per || !n->first[0] || !n->first[1]) return MJ_ENOMEM;
    for (int k = 0; k < g->n; k++) {
      const mj_gr_indicator *ind = &g->ind[k];
      const char *label = mj_rb_say(ind->text, lang);
      n->indicator[k] = (mj_gr_called){*label ? label : ind->name, mj_rb_unit(ind->unit, lang)};
      n->measure[k] = call_figure(w->run, &ind->measure);
      n->per[k] = call_figure(w->run, &ind->per);
      n->first[0][k] = !read_before(g, k, ind->measure.sql.sql, false);
      n->first[1][k] = ind->per.sql.sql && !read_before(g, k, ind->per.sql.sql, true);
    }
  }
  return out->group ? MJ_OK : MJ_ENOMEM;
}

/* ---- margins ---- */

/* Four decimals; a change that is needed is rounded up, one that is left is rounded down. */
static void put_number(mj_text *out, double v, bool up) {
  char number[32];
  double scaled = fabs(v) * 1e4;
  if (!(scaled < 1e13) || scaled < 1) {
    mj_double_shortest(fabs(v), number);
  } else {
    double whole = fabs(scaled - round(scaled)) < 1e-6 ? round(scaled) : up ? ceil(scaled) : floor(scaled);
    mj_double_coord(whole / 1e4, 4, number);
  }
  mj_text_add(out, number);
}

/* The smaller change of a figure by either gap. A second measure of its own moves with the figure that it is. */
static double change_of(const mj_gr_work *w, const mj_gr_firm *f, int k, bool per, const double gap[2], double sign) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const char *sql = per ? g->ind[k].per.sql.sql : g->ind[k].measure.sql.sql;
  double best = (double)NAN;
  bool seen = false;
  for (int i = 0; i < 2; i++) {
    if (isnan(gap[i]) || isinf(gap[i])) continue;
    const mj_gr_class *by = i ? &g->cuts->cls[f->by] : NULL;
    double change = by && !by->n_points ? (strcmp(by->measure.sql.sql, sql) ? (double)NAN : sign * gap[i])
                                        : mj_gr_change_needed(w, f, k, per, sign * gap[i], i ? f->by : -1);
    if (isnan(change)) return change; /* the other way may be nearer */
    if (!seen || fabs(change) < fabs(best)) best = change;
    seen = true;
  }
  return best;
}

/* ": tax +12.4 10k yuan, or land -1.8 mu"; figures that cannot do it alone are left out. */
static void put_changes(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, const double gap[2],
                        double sign, mj_text *out) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_group_names *n = &names->group[f->group];
  mj_lang lang = w->run->park->project.lang;
  int said = 0, barred = 0;
  for (int k = 0; k < g->n; k++)
    for (int per = 0; per < 2; per++) {
      if (!n->first[per][k]) continue;
      double change = change_of(w, f, k, per == 1, gap, sign);
      barred += isinf(change) != 0;
      if (isnan(change) || isinf(change)) continue;
      const mj_gr_called *called = per ? &n->per[k] : &n->measure[k];
      mj_text_add(out, said++ ? pick(lang, "，或", ", or ") : pick(lang, "：", ": "));
      mj_text_add(out, called->label);
      mj_text_add(out, lang == MJ_ZH ? (change < 0 ? "-" : "+") : (change < 0 ? " -" : " +"));
      put_number(out, change, sign > 0);
      if (lang != MJ_ZH && *called->unit) mj_text_add(out, " ");
      mj_text_add(out, called->unit);
    }
  if (!said && barred && sign > 0) mj_text_add(out, pick(lang, "，单靠一项达不到", "; no figure alone reaches it"));
}

void mj_gr_margin_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, bool up, mj_text *out) {
  const mj_gr_cuts *cuts = w->scheme->group[f->group].cuts;
  const double *gap = up ? f->up : f->down;
  mj_lang lang = w->run->park->project.lang;
  bool first = !isnan(gap[0]) && !isinf(gap[0]), second = !isnan(gap[1]) && !isinf(gap[1]);
  if ((up ? f->better : f->worse) < 0) return;
  if (!first && !second) {
    if (f->held && up)
      mj_text_format(out, lang == MJ_ZH ? "取决于另外%lld家没有得分的企业" : "depends on %lld without a score",
                     (long long)f->held);
    return;
  }
  if (first) {
    mj_text_add(out, up ? pick(lang, "差", "") : pick(lang, "高出界线", ""));
    put_number(out, gap[0], up);
    mj_text_add(out, up ? pick(lang, "分", " points short") : pick(lang, "分", " points above the border"));
  }
  if (second) {
    const mj_gr_class *by = &cuts->cls[f->by];
    if (first) mj_text_add(out, pick(lang, "，或", ", or "));
    mj_text_add(out, pick(lang, up ? "第二步指标差" : "第二步指标高出界线", "second measure "));
    put_number(out, gap[1], up);
    mj_text_add(out, pick(lang, "", " "));
    mj_text_add(out, by->n_points ? pick(lang, "分", "points") : call_figure(w->run, &by->measure).unit);
    mj_text_add(out, pick(lang, "", up ? " short" : " above the border"));
  }
  if (up && cuts->ties_worse) mj_text_add(out, pick(lang, "（须超过）", " (to be exceeded)"));
  put_changes(w, names, f, gap, up ? 1 : -1, out);
}

void mj_gr_flip_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, mj_text *out) {
  mj_lang lang = w->run->park->project.lang;
  if (f->flips == MJ_NO) mj_text_add(out, pick(lang, "任何一项权重单独变化都不改变类别", "no weight alone changes it"));
  if (f->flip < 0) return;
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_flip *flip = &w->field[f->group].col[f->flip].flip[f - w->firm];
  double from = g->ind[f->flip].weight;
  mj_text_format(out, "%s ", names->group[f->group].indicator[f->flip].label);
  put_number(out, from, false);
  mj_text_add(out, "→");
  put_number(out, flip->to, flip->to > from);
  mj_text_format(out, "%s%s", pick(lang, "：", ": "), g->cuts->cls[flip->cls].name);
}

/* ---- reasons ---- */

static void put_item(mj_text *out, mj_lang lang, size_t start, const char *item) {
  if (out->n > start) mj_text_add(out, pick(lang, "、", ", "));
  mj_text_add(out, item);
}

/* Has an indicator before k said that this figure is missing? */
static bool said(const mj_gr_work *w, const mj_gr_firm *f, int k, const char *sql) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  for (int i = 0; i < k; i++) {
    const char *measure = g->ind[i].measure.sql.sql, *per = g->ind[i].per.sql.sql;
    bool same = !strcmp(measure, sql) || (per && !strcmp(per, sql));
    if (same && isnan(w->field[f->group].col[i].points[f - w->firm])) return true;
  }
  return false;
}

/* Every figure or number that keeps the score from being known. */
static void put_missing(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, mj_text *out) {
  const mj_gr_group *g = &w->scheme->group[f->group];
  const mj_gr_group_names *n = &names->group[f->group];
  mj_lang lang = w->run->park->project.lang;
  int64_t i = f - w->firm;
  mj_text_add(out, pick(lang, "缺少：", "missing: "));
  size_t start = out->n;
  for (int k = 0; k < g->n; k++) {
    const mj_gr_column *c = &w->field[f->group].col[k];
    if (!isnan(c->points[i])) continue;
    bool above = isnan(w->value[c->measure][i]), below = c->per >= 0 && !(w->value[c->per][i] != 0);
    if (c->per >= 0 && isnan(w->value[c->per][i])) below = true;
    if (above && !said(w, f, k, g->ind[k].measure.sql.sql)) put_item(out, lang, start, n->measure[k].label);
    if (below && !said(w, f, k, g->ind[k].per.sql.sql)) put_item(out, lang, start, n->per[k].label);
    if (!isnan(g->ind[k].weight) && (above || below)) continue;
    put_item(out, lang, start, n->indicator[k].label);
    mj_text_add(out, isnan(g->ind[k].weight) ? pick(lang, "的权重（规则集未载）", ": weight not in the rulebook")
                     : w->scheme->min_max    ? pick(lang, "（组内最大等于最小）", ": highest equals lowest")
                     : !(c->base > 0)        ? pick(lang, "的基准值", ": base")
                                             : pick(lang, "（无法计算）", ": cannot be computed"));
  }
  if (w->bonus >= 0 && isnan(w->value[w->bonus][i])) put_item(out, lang, start, pick(lang, "加分", "bonus"));
  if (w->penalty >= 0 && isnan(w->value[w->penalty][i])) put_item(out, lang, start, pick(lang, "减分", "penalty"));
}

static const char *case_text(const mj_gr_case *c, mj_lang lang) {
  return *mj_rb_say(c->text, lang) ? mj_rb_say(c->text, lang) : c->when.sql;
}

/* In whose unit it is measured. */
static void put_whom(const mj_gr_work *w, const mj_gr_firm *f, mj_text *out) {
  const mj_table *t = &w->run->park->table[MJ_ENTERPRISES];
  const char **name = mj_table_text(t, "enterprise_name"), **code = mj_table_text(t, "credit_code");
  mj_lang lang = w->run->park->project.lang;
  if (f->follows < 0) {
    mj_text_add(out, pick(lang, "所在评价单元的主体不在企业表中", "who stands for it is not in the enterprise table"));
    return;
  }
  int64_t row = w->firm[f->follows].row;
  const char *whom = name && name[row] ? name[row] : code && code[row] ? code[row] : "";
  mj_text_format(out, "%s%s", pick(lang, "随评价单元主体：", "follows "), whom);
}

void mj_gr_reason_text(const mj_gr_work *w, const mj_gr_names *names, const mj_gr_firm *f, mj_text *out) {
  const mj_gr_scheme *s = w->scheme;
  mj_lang lang = w->run->park->project.lang;
  size_t start = out->n;
  if (f->exempt) put_item(out, lang, start, case_text(f->exempt, lang));
  if (f->veto && f->cls >= 0) mj_text_format(out, "%s%s", pick(lang, "否决：", "veto: "), case_text(f->veto, lang));
  if (f->state == MJ_GR_FOLLOWS) put_whom(w, f, out);
  if (f->state != MJ_GR_UNKNOWN) return;
  if (f->asks >= 0) {
    const mj_gr_group *g = f->asks < s->n_exempt ? NULL : &s->group[f->asks - s->n_exempt];
    const char *what = g ? mj_rb_say(g->text, lang) : case_text(&s->exempt[f->asks], lang);
    mj_text_add(out, pick(lang, "不能判断：", "cannot be told: "));
    mj_text_add(out, g && !*what ? g->code : what);
  } else if (f->repeated) {
    mj_text_add(out, pick(lang, "同一信用代码有多行", "the credit code stands on several rows"));
  } else if (f->group >= 0 && isnan(f->score)) {
    put_missing(w, names, f, out);
  } else if (f->group >= 0 && s->group[f->group].cuts->by == MJ_GR_BY_UNKNOWN) {
    mj_text_add(out, pick(lang, "规则集未载各类比例", "the rulebook does not say how classes are cut"));
  } else if (f->veto_null) {
    for (int v = 0; v < s->n_veto; v++)
      if (f->veto_null >> v & 1) {
        mj_text_format(out, "%s%s", pick(lang, "不能判断：", "cannot be told: "), case_text(&s->veto[v], lang));
        return;
      }
  } else if (f->best >= 0) {
    const mj_gr_class *c = s->group[f->group].cuts->cls;
    mj_text_format(out, lang == MJ_ZH ? "另有%lld家没有得分，类别在%s至%s之间" : "%lld without a score: from %s to %s",
                   (long long)f->held, c[f->best].name, c[f->worst].name);
  } else if (f->held) {
    mj_text_format(out, lang == MJ_ZH ? "另有%lld家没有得分，类别待定" : "%lld without a score decide the class",
                   (long long)f->held);
  } else {
    mj_text_add(out, pick(lang, "缺少第二步指标", "missing: second measure"));
  }
}
