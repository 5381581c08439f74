#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "judge/grades.h"
#include "judge/run.h"

static void put_base(const mj_rb_page *p, const mj_gr_base *base) {
  mj_text_add(p->out, mj_rb_pick(p->lang, "，基准 ", ", base "));
  if (base->kind == MJ_GR_NOT_FOUND) mj_rb_put_number(p, (double)NAN);
  if (base->kind == MJ_GR_NUMBER) mj_rb_put_number(p, base->number);
  if (base->kind == MJ_GR_SQL) mj_text_add(p->out, base->sql.sql);
  if (base->kind == MJ_GR_MEAN) {
    mj_text_add(p->out, base->last_year ? mj_rb_pick(p->lang, "上年", "last year's ") : "");
    mj_text_add(p->out, base->totals ? mj_rb_pick(p->lang, "合计之比", "total over total")
                                     : mj_rb_pick(p->lang, "平均值", "mean"));
  }
  if (base->kind == MJ_GR_SQL || base->kind == MJ_GR_MEAN) {
    mj_text_add(p->out, " × ");
    mj_rb_put_number(p, base->times);
  }
}

static void put_indicator(const mj_rb_page *p, const mj_gr_indicator *ind) {
  const char *label = mj_rb_say(ind->text, p->lang);
  mj_text_format(p->out, "    %s%s = %s%s%s%s  ", *label ? label : ind->name,
                 ind->assumed ? mj_rb_pick(p->lang, "（口径暂定）", " (assumed)") : "", ind->measure.sql.sql,
                 ind->per.sql.sql ? " / (" : "", ind->per.sql.sql ? ind->per.sql.sql : "", ind->per.sql.sql ? ")" : "");
  mj_text_add(p->out, mj_rb_pick(p->lang, "权重 ", "weight "));
  mj_rb_put_number(p, ind->weight);
  if (ind->base.kind) put_base(p, &ind->base);
  if (ind->lower) mj_text_add(p->out, mj_rb_pick(p->lang, "，越低越好", ", lower is better"));
  if (!isnan(ind->cap)) mj_text_format(p->out, "%s%g", mj_rb_pick(p->lang, "，封顶 ", ", cap "), ind->cap);
  mj_text_add(p->out, "\n");
}

static void put_cuts(const mj_rb_page *p, const mj_gr_cuts *cuts) {
  mj_text_add(p->out, mj_rb_pick(p->lang, "    类别：", "    classes: "));
  for (int i = 0; i < cuts->n; i++) {
    const mj_gr_class *c = &cuts->cls[i];
    mj_text_format(p->out, "%s%s", i ? mj_rb_pick(p->lang, "；", "; ") : "", c->name);
    if (*mj_rb_say(c->text, p->lang)) mj_text_format(p->out, " %s", mj_rb_say(c->text, p->lang));
    if (!isnan(c->share)) mj_text_format(p->out, " %g %%", c->share * 100);
    if (!isnan(c->at_least)) mj_text_format(p->out, " ≥ %g", c->at_least);
  }
  if (cuts->assumed) mj_text_add(p->out, mj_rb_pick(p->lang, "（取整与同分处理暂定）", " (rounding and ties assumed)"));
  mj_text_add(p->out, "\n");
}

static void put_cases(const mj_rb_page *p, const mj_gr_case *list, int n, const char *called) {
  for (int i = 0; i < n; i++)
    mj_text_format(p->out, "  %s %s%s%s  %s\n", called, list[i].cls ? list[i].cls : "",
                   list[i].at_best ? mj_rb_pick(p->lang, "（最高）", " (at best)") : "",
                   mj_rb_say(list[i].text, p->lang), list[i].when.sql);
}

void mj_gr_describe(const mj_gr_scheme *s, mj_lang lang, mj_text *out) {
  mj_rb_page p = {out, lang};
  mj_text_format(out, "\n%s\n  %s  %s\n", mj_rb_pick(p.lang, "企业分类评价", "Grades"), s->code,
                 mj_rb_say(s->text, lang));
  static const char *const ways[MJ_GR_WAYS][2] = {{NULL, NULL},
                                                  {"随宗地主", "follow the owner"},
                                                  {"合并共享", "merged and shared"},
                                                  {"按用房面积", "by floor in use"},
                                                  {"租户单独评价", "tenants apart"}};
  if (s->way)
    mj_text_format(out, "  %s%s\n", mj_rb_pick(p.lang, "归属方式：", "attribution: "), ways[s->way][lang != MJ_ZH]);
  put_cases(&p, s->exempt, s->n_exempt, mj_rb_pick(p.lang, "豁免", "exempt"));
  put_cases(&p, s->veto, s->n_veto, mj_rb_pick(p.lang, "否决", "veto"));
  for (int g = 0; g < s->n_groups; g++) {
    const mj_gr_group *group = &s->group[g];
    const char *label = mj_rb_say(group->text, lang);
    mj_text_format(out, "  %s: %s\n", *label ? label : group->code, group->when.sql);
    for (int k = 0; k < group->n; k++) put_indicator(&p, &group->ind[k]);
    put_cuts(&p, group->cuts);
  }
}
