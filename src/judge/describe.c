#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"
#include "judge/grades.h"
#include "judge/lookup.h"
#include "judge/run.h"
#include "mujun/rooms.h"

/* One text on its way: the book in words of one language, and where each thing it says stands. */
typedef struct {
  mj_text *out;
  const mj_rulebook *book;
  mj_lang lang;
  mj_arena *arena; /* of the items, or NULL: not asked for */
  mj_rb_item *item;
  int n, cap;
  const char *heading;
} page;

static void put_force(const page *p) {
  char from[11], to[11];
  mj_date_format(p->book->from, from);
  mj_date_format(p->book->to, to);
  mj_text_format(p->out, "%s..%s", from, *to ? to : mj_rb_pick(p->lang, "长期", "open"));
}

static const char *level_of(const page *p) {
  static const char *const zh[] = {"国", "省", "市", "区县"}, *const en[] = {"nation", "province", "city", "district"};
  return p->lang == MJ_ZH ? zh[p->book->level] : en[p->book->level];
}

static mj_status list_books(const mj_embedded *list, mj_lang lang, mj_arena *arena, mj_text *out, mj_error *err) {
  for (const mj_embedded *e = list; e->name; e++) {
    mj_rulebook *book;
    page p = {.out = out, .lang = lang};
    char *name = mj_arena_text(arena, e->name, strlen(e->name) - strlen(".yaml"));
    if (!name) return mj_fail(err, MJ_ENOMEM, "out of memory");
    MJ_TRY(mj_rb_open(arena, name, &book, err));
    p.book = book;
    mj_text_format(out, "%-20s ", book->code);
    put_force(&p);
    mj_text_format(out, "  %s\n%-20s %s%s%s\n", level_of(&p), "", mj_rb_say(book->name, lang),
                   mj_rb_pick(p.lang, " ", ", "), book->document);
  }
  return MJ_OK;
}

mj_status mj_rules_list(mj_lang lang, mj_text *out, mj_error *err) {
  mj_arena arena = {0};
  mj_status status = list_books(mj_embedded_rules, lang, &arena, out, err);
  if (!status) status = list_books(mj_embedded_fit, lang, &arena, out, err); /* no policy: what nobody said */
  mj_arena_reset(&arena);
  return status ? status : out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* ---- show ---- */

/* SQL over several lines as one. */
static void put_sql(const page *p, const char *sql) {
  for (bool space = false; *sql; sql++) {
    bool blank = *sql == '\n' || *sql == ' ';
    if (!blank || !space) mj_text_put(p->out, blank ? " " : sql, 1);
    space = blank;
  }
}

/* ":benefit_low" as the number it stands for. */
static void put_limit(const page *p, const char *sql) {
  for (const mj_rb_limit *l = p->book->limit; *sql == ':' && l < p->book->limit + p->book->n_limits; l++) {
    char number[32];
    if (strcmp(l->name, sql + 1) != 0) continue;
    mj_double_shortest(l->number, number);
    mj_text_add(p->out, l->text ? l->text : number);
    return;
  }
  put_sql(p, sql);
}

static void put_cond(const page *p, const mj_rb_cond *c) {
  if (c->kind == MJ_RB_COMPARE) {
    put_sql(p, c->measure.sql);
    mj_text_format(p->out, " %s ", c->op);
    put_limit(p, c->limit.sql);
    if (c->unit && *c->unit) mj_text_format(p->out, " %s", mj_rb_unit(c->unit, p->lang));
    if (c->assumed) mj_text_add(p->out, mj_rb_certainty(p->lang, true));
    return;
  }
  if (c->kind == MJ_RB_RAW) {
    put_sql(p, c->measure.sql);
    return;
  }
  if (c->kind == MJ_RB_NOT) mj_text_add(p->out, mj_rb_pick(p->lang, "非", "not "));
  mj_text_add(p->out, "(");
  for (const mj_rb_cond *i = c->first; i; i = i->next) {
    put_cond(p, i);
    if (i->next)
      mj_text_add(p->out,
                  c->kind == MJ_RB_ANY ? mj_rb_pick(p->lang, " 或 ", " or ") : mj_rb_pick(p->lang, " 且 ", " and "));
  }
  mj_text_add(p->out, ")");
}

/* The thing that was begun last ends here. */
static void end(page *p) {
  if (p->n && !p->item[p->n - 1].to) p->item[p->n - 1].to = p->out->n;
}

static void put_heading(page *p, int n, const char *zh, const char *en) {
  end(p);
  p->heading = mj_rb_pick(p->lang, zh, en);
  if (n) mj_text_format(p->out, "\n%s\n", p->heading);
}

/* What is put from here on says @p key under the heading. */
static void begin(page *p, const char *key) {
  end(p);
  if (!p->arena) return;
  if (p->n == p->cap) {
    int cap = p->cap ? 2 * p->cap : 64;
    mj_rb_item *grown = mj_arena_alloc(p->arena, (size_t)cap, sizeof *grown);
    if (!grown) {
      p->out->failed = true;
      return;
    }
    if (p->n) memcpy(grown, p->item, (size_t)p->n * sizeof *grown);
    p->item = grown;
    p->cap = cap;
  }
  p->item[p->n++] = (mj_rb_item){.heading = p->heading, .key = key, .from = p->out->n};
}

static void put_limits(page *p) {
  put_heading(p, p->book->n_limits, "限值", "Limits");
  for (const mj_rb_limit *l = p->book->limit; l < p->book->limit + p->book->n_limits; l++) {
    char number[32];
    begin(p, l->name);
    mj_double_shortest(l->number, number);
    mj_text_format(p->out, "  %s = %s%s%s%s%s%s\n", l->name, l->text ? l->text : number,
                   *mj_rb_unit(l->unit, p->lang) ? " " : "", mj_rb_unit(l->unit, p->lang),
                   mj_rb_certainty(p->lang, l->assumed), *mj_rb_say(l->words, p->lang) ? "  " : "",
                   mj_rb_say(l->words, p->lang));
  }
}

static void put_fit(page *p) {
  const mj_fit_norms *norms = &p->book->fit;
  uint64_t says = norms->said | norms->unknown;
  put_heading(p, says != 0, "标准厂房可建方案取值", "Norms of the standard-factory fit");
  for (int i = 0; i < MJ_FIT_LIMITS; i++) {
    if (!(says >> i & 1)) continue;
    begin(p, mj_fit_facts()[i].name);
    mj_rb_describe_norm(norms, i, p->lang, p->out);
  }
  put_heading(p, norms->n_modules, "厂房类型", "Factory modules");
  for (const mj_fit_module *m = norms->module; m < norms->module + norms->n_modules; m++) {
    begin(p, m->code);
    mj_rb_describe_module(m, p->lang, p->out);
  }
  put_heading(p, norms->n_structures, "既有建筑结构（从上到下，先合者为准）",
              "Structures of existing buildings (the first that matches)");
  for (const mj_fit_structure *s = norms->structure; s < norms->structure + norms->n_structures; s++) {
    begin(p, s->n_words ? s->word[0] : "");
    mj_rb_describe_structure(s, p->lang, p->out);
  }
}

static void put_facts(page *p) {
  put_heading(p, p->book->n_facts, "推算项", "Facts");
  for (const mj_rb_fact *f = p->book->fact; f < p->book->fact + p->book->n_facts; f++) {
    begin(p, f->name);
    mj_text_format(p->out, "  %s%s%s  %s = ", f->name, f->assumed ? mj_rb_certainty(p->lang, true) : "",
                   f->after ? mj_rb_pick(p->lang, "（判定之后）", " (after the verdicts)") : "",
                   mj_rb_say(f->text, p->lang));
    put_sql(p, f->sql.sql);
    if (f->lookup) mj_text_format(p->out, " → %s (%s)", f->lookup->value, f->lookup->file);
    mj_text_add(p->out, "\n");
  }
}

static void put_rule(page *p, const mj_rb_rule *r, const char *matter) {
  begin(p, r->code);
  mj_text_format(p->out, "  %s  %s%s%s\n    %s\n", r->code, matter, r->article && *r->article ? "  " : "",
                 r->article ? r->article : "", mj_rb_say(r->text, p->lang));
  if (r->scope.sql) {
    mj_text_add(p->out, mj_rb_pick(p->lang, "    范围：", "    scope: "));
    put_sql(p, r->scope.sql);
    mj_text_add(p->out, "\n");
  }
  if (!r->when) return;
  mj_text_add(p->out, mj_rb_pick(p->lang, "    条件：", "    when: "));
  put_cond(p, r->when);
  mj_text_add(p->out, "\n");
}

static void put_rules(page *p) {
  put_heading(p, p->book->n_rules, "规则", "Rules");
  for (const mj_rb_rule *r = p->book->rule; r < p->book->rule + p->book->n_rules; r++)
    put_rule(p, r,
             r->matter == MJ_RB_IDLE ? mj_rb_pick(p->lang, "疑似闲置", "suspected idle")
                                     : mj_rb_pick(p->lang, "低效", "inefficient"));
}

static void put_firm_rules(page *p) {
  put_heading(p, p->book->n_firm_rules, "企业规则", "Rules over enterprises");
  for (const mj_rb_rule *r = p->book->firm_rule; r < p->book->firm_rule + p->book->n_firm_rules; r++)
    put_rule(p, r,
             r->matter == MJ_RB_IDLE ? mj_rb_pick(p->lang, "疑似闲置", "suspected idle")
                                     : mj_rb_pick(p->lang, "低效", "inefficient"));
}

static void put_ladder(page *p) {
  const mj_rb_ladder *l = p->book->ladder;
  put_heading(p, l != NULL, "分档标准", "Ladder");
  if (!l) return;
  put_rule(p, &l->head, mj_rb_pick(p->lang, "提容分档", "renewal"));
  for (int i = 0; i < l->n_tiers; i++) {
    begin(p, l->tier[i].tier);
    mj_text_format(p->out, "    %d. %s: ", i + 1, mj_rb_tier_text(l, &l->tier[i].rule, p->lang));
    put_cond(p, l->tier[i].rule.when);
    if (l->tier[i].cap.sql) {
      mj_text_add(p->out, mj_rb_pick(p->lang, "；容积率上限 ", "; cap "));
      put_sql(p, l->tier[i].cap.sql);
    }
    mj_text_add(p->out, "\n");
  }
}

static void put_caps(page *p) {
  put_heading(p, p->book->n_caps, "容积率上限来源", "Caps");
  for (const mj_rb_cap *c = p->book->cap; c < p->book->cap + p->book->n_caps; c++) {
    begin(p, mj_rb_cap_name(c->source));
    mj_text_format(p->out, "  %s: ", mj_rb_cap_name(c->source));
    put_sql(p, c->sql.sql);
    mj_text_add(p->out, "\n");
  }
}

static void put_targets(page *p) {
  put_heading(p, p->book->n_targets, "目标（只看进度，不作判定）", "Targets (progress only, never a verdict)");
  for (const mj_rb_target *t = p->book->target; t < p->book->target + p->book->n_targets; t++) {
    char number[32], due[11];
    begin(p, t->code);
    mj_double_shortest(t->target, number);
    mj_date_format(t->due, due);
    mj_text_format(p->out, "  %s  %s %s  %s  %s\n    ", t->code, number, mj_rb_unit(t->unit, p->lang), due,
                   mj_rb_say(t->text, p->lang));
    put_sql(p, t->measure.sql);
    mj_text_add(p->out, "\n");
  }
  put_heading(p, p->book->n_indicators, "指标体系", "Indicators");
  for (const mj_rb_indicator *i = p->book->indicator; i < p->book->indicator + p->book->n_indicators; i++) {
    begin(p, i->code);
    mj_text_format(p->out, "  %s  %s%s\n    ", i->code, mj_rb_say(i->text, p->lang),
                   i->assumed ? mj_rb_certainty(p->lang, true) : "");
    put_sql(p, i->measure.sql);
    if (i->ideal_unknown) mj_text_add(p->out, mj_rb_pick(p->lang, "；理想值未找到", "; ideal not found"));
    if (i->ideal.sql) mj_text_add(p->out, mj_rb_pick(p->lang, "；理想值 ", "; ideal "));
    if (i->ideal.sql) put_sql(p, i->ideal.sql);
    if (i->weighted && isnan(i->weight)) mj_text_add(p->out, mj_rb_pick(p->lang, "；权重未找到", "; weight not found"));
    if (!isnan(i->weight)) mj_text_format(p->out, "%s%g", mj_rb_pick(p->lang, "；权重 ", "; weight "), i->weight);
    mj_text_add(p->out, "\n");
  }
  put_heading(p, p->book->n_audits, "目标核对", "Audits");
  for (const mj_rb_audit *a = p->book->audit; a < p->book->audit + p->book->n_audits; a++) {
    begin(p, a->code);
    mj_text_format(p->out, "  %s  %s\n    ", a->code, mj_rb_say(a->text, p->lang));
    put_sql(p, a->policy.sql);
    if (a->against.sql) mj_text_add(p->out, mj_rb_pick(p->lang, " 对 ", " against "));
    if (a->against.sql) put_sql(p, a->against.sql);
    mj_text_add(p->out, "\n");
  }
  put_heading(p, p->book->n_strategies, "片区策略", "Zone strategies");
  for (const mj_rb_strategy *s = p->book->strategy; s < p->book->strategy + p->book->n_strategies; s++) {
    begin(p, s->zone);
    mj_text_format(p->out, "  %s: %s  %s\n", s->zone, mj_rb_say(s->strategy, p->lang), s->article ? s->article : "");
  }
}

mj_status mj_rb_describe(const mj_rulebook *book, mj_lang lang, mj_text *out, mj_arena *arena, mj_rb_item **items,
                         int *n, mj_error *err) {
  page p = {.out = out, .book = book, .lang = lang, .arena = arena};
  p.heading = mj_rb_pick(p.lang, "文件", "Document");
  begin(&p, book->code);
  mj_text_format(out, "%s %s  %s\n%s  %s  %s  ", book->code, book->version, mj_rb_say(book->name, lang), book->document,
                 book->issuer ? book->issuer : "", level_of(&p));
  put_force(&p);
  mj_text_add(out, "\n");
  put_limits(&p);
  put_fit(&p);
  put_facts(&p);
  put_rules(&p);
  put_firm_rules(&p);
  put_ladder(&p);
  put_caps(&p);
  put_targets(&p);
  end(&p);
  if (book->grades) {
    p.heading = mj_rb_pick(p.lang, "企业分类", "Grades");
    begin(&p, "grades");
    mj_gr_describe(book->grades, lang, out);
    end(&p);
  }
  if (items) *items = p.item;
  if (n) *n = p.n;
  return out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

mj_status mj_rules_show(const char *name, mj_lang lang, mj_text *out, mj_error *err) {
  mj_arena arena = {0};
  mj_rulebook *book;
  mj_status status = mj_rb_open(&arena, name, &book, err);
  if (!status) status = mj_rb_describe(book, lang, out, NULL, NULL, NULL, err);
  mj_arena_reset(&arena);
  return status;
}
