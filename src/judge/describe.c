#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"
#include "judge/grades.h"
#include "judge/lookup.h"
#include "judge/run.h"
#include "mujun/rooms.h"

/* One text on its way: the book in words of one language. */
typedef struct {
  mj_text *out;
  const mj_rulebook *book;
  mj_lang lang;
} page;

static const char *pick(const page *p, const char *zh, const char *en) { return p->lang == MJ_ZH ? zh : en; }

static void put_force(const page *p) {
  char from[11], to[11];
  mj_date_format(p->book->from, from);
  mj_date_format(p->book->to, to);
  mj_text_format(p->out, "%s..%s", from, *to ? to : pick(p, "长期", "open"));
}

static const char *level_of(const page *p) {
  static const char *const zh[] = {"国", "省", "市", "区县"}, *const en[] = {"nation", "province", "city", "district"};
  return p->lang == MJ_ZH ? zh[p->book->level] : en[p->book->level];
}

mj_status mj_rules_list(mj_lang lang, mj_text *out, mj_error *err) {
  mj_arena arena = {0};
  mj_status status = MJ_OK;
  for (const mj_embedded *e = mj_embedded_rules; e->name && !status; e++) {
    mj_rulebook *book;
    page p = {out, NULL, lang};
    char *name = mj_arena_text(&arena, e->name, strlen(e->name) - strlen(".yaml"));
    status = name ? mj_rb_open(&arena, name, &book, err) : mj_fail(err, MJ_ENOMEM, "out of memory");
    if (status) break;
    p.book = book;
    mj_text_format(out, "%-20s ", book->code);
    put_force(&p);
    mj_text_format(out, "  %s\n%-20s %s%s%s\n", level_of(&p), "", mj_rb_say(book->name, lang), pick(&p, " ", ", "),
                   book->document);
  }
  mj_arena_reset(&arena);
  return status ? status : out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

/* ---- show ---- */

static const char *certainty(const page *p, bool assumed) {
  return assumed ? pick(p, "（暂定）", " (assumed)") : pick(p, "（文件载明）", " (stated)");
}

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
    if (c->assumed) mj_text_add(p->out, certainty(p, true));
    return;
  }
  if (c->kind == MJ_RB_RAW) {
    put_sql(p, c->measure.sql);
    return;
  }
  if (c->kind == MJ_RB_NOT) mj_text_add(p->out, pick(p, "非", "not "));
  mj_text_add(p->out, "(");
  for (const mj_rb_cond *i = c->first; i; i = i->next) {
    put_cond(p, i);
    if (i->next) mj_text_add(p->out, c->kind == MJ_RB_ANY ? pick(p, " 或 ", " or ") : pick(p, " 且 ", " and "));
  }
  mj_text_add(p->out, ")");
}

static void put_heading(const page *p, int n, const char *zh, const char *en) {
  if (n) mj_text_format(p->out, "\n%s\n", pick(p, zh, en));
}

static void put_limits(const page *p) {
  put_heading(p, p->book->n_limits, "限值", "Limits");
  for (const mj_rb_limit *l = p->book->limit; l < p->book->limit + p->book->n_limits; l++) {
    char number[32];
    mj_double_shortest(l->number, number);
    mj_text_format(p->out, "  %s = %s%s%s%s%s%s\n", l->name, l->text ? l->text : number,
                   *mj_rb_unit(l->unit, p->lang) ? " " : "", mj_rb_unit(l->unit, p->lang), certainty(p, l->assumed),
                   *mj_rb_say(l->words, p->lang) ? "  " : "", mj_rb_say(l->words, p->lang));
  }
}

static void put_facts(const page *p) {
  put_heading(p, p->book->n_facts, "指标", "Facts");
  for (const mj_rb_fact *f = p->book->fact; f < p->book->fact + p->book->n_facts; f++) {
    mj_text_format(p->out, "  %s%s  %s = ", f->name, f->assumed ? certainty(p, true) : "", mj_rb_say(f->text, p->lang));
    put_sql(p, f->sql.sql);
    if (f->lookup) mj_text_format(p->out, " → %s (%s)", f->lookup->value, f->lookup->file);
    mj_text_add(p->out, "\n");
  }
}

static void put_rule(const page *p, const mj_rb_rule *r, const char *matter) {
  mj_text_format(p->out, "  %s  %s%s%s\n    %s\n", r->code, matter, r->article && *r->article ? "  " : "",
                 r->article ? r->article : "", mj_rb_say(r->text, p->lang));
  if (r->scope.sql) {
    mj_text_add(p->out, pick(p, "    范围：", "    scope: "));
    put_sql(p, r->scope.sql);
    mj_text_add(p->out, "\n");
  }
  if (!r->when) return;
  mj_text_add(p->out, pick(p, "    条件：", "    when: "));
  put_cond(p, r->when);
  mj_text_add(p->out, "\n");
}

static void put_rules(const page *p) {
  put_heading(p, p->book->n_rules, "规则", "Rules");
  for (const mj_rb_rule *r = p->book->rule; r < p->book->rule + p->book->n_rules; r++)
    put_rule(p, r, r->matter == MJ_RB_IDLE ? pick(p, "疑似闲置", "suspected idle") : pick(p, "低效", "inefficient"));
}

static void put_ladder(const page *p) {
  const mj_rb_ladder *l = p->book->ladder;
  put_heading(p, l != NULL, "分档标准", "Ladder");
  if (!l) return;
  put_rule(p, &l->head, pick(p, "提容分档", "renewal"));
  for (int i = 0; i < l->n_tiers; i++) {
    mj_text_format(p->out, "    %d. %s: ", i + 1, mj_rb_tier_text(l, &l->tier[i].rule, p->lang));
    put_cond(p, l->tier[i].rule.when);
    if (l->tier[i].cap.sql) {
      mj_text_add(p->out, pick(p, "；容积率上限 ", "; cap "));
      put_sql(p, l->tier[i].cap.sql);
    }
    mj_text_add(p->out, "\n");
  }
}

static void put_caps(const page *p) {
  put_heading(p, p->book->n_caps, "容积率上限来源", "Caps");
  for (const mj_rb_cap *c = p->book->cap; c < p->book->cap + p->book->n_caps; c++) {
    mj_text_format(p->out, "  %s: ", mj_rb_cap_name(c->source));
    put_sql(p, c->sql.sql);
    mj_text_add(p->out, "\n");
  }
}

static void put_targets(const page *p) {
  put_heading(p, p->book->n_targets, "目标（只看进度，不作判定）", "Targets (progress only, never a verdict)");
  for (const mj_rb_target *t = p->book->target; t < p->book->target + p->book->n_targets; t++) {
    char number[32], due[11];
    mj_double_shortest(t->target, number);
    mj_date_format(t->due, due);
    mj_text_format(p->out, "  %s  %s %s  %s  %s\n", t->code, number, mj_rb_unit(t->unit, p->lang), due,
                   mj_rb_say(t->text, p->lang));
  }
  put_heading(p, p->book->n_indicators, "指标体系", "Indicators");
  for (const mj_rb_indicator *i = p->book->indicator; i < p->book->indicator + p->book->n_indicators; i++) {
    mj_text_format(p->out, "  %s  %s%s\n    ", i->code, mj_rb_say(i->text, p->lang),
                   i->assumed ? certainty(p, true) : "");
    put_sql(p, i->measure.sql);
    if (i->ideal_unknown) mj_text_add(p->out, pick(p, "；理想值未找到", "; ideal not found"));
    if (i->ideal.sql) mj_text_add(p->out, pick(p, "；理想值 ", "; ideal "));
    if (i->ideal.sql) put_sql(p, i->ideal.sql);
    if (i->weighted && isnan(i->weight)) mj_text_add(p->out, pick(p, "；权重未找到", "; weight not found"));
    if (!isnan(i->weight)) mj_text_format(p->out, "%s%g", pick(p, "；权重 ", "; weight "), i->weight);
    mj_text_add(p->out, "\n");
  }
  put_heading(p, p->book->n_audits, "目标核对", "Audits");
  for (const mj_rb_audit *a = p->book->audit; a < p->book->audit + p->book->n_audits; a++) {
    mj_text_format(p->out, "  %s  %s\n    ", a->code, mj_rb_say(a->text, p->lang));
    put_sql(p, a->policy.sql);
    if (a->against.sql) mj_text_add(p->out, pick(p, " 对 ", " against "));
    if (a->against.sql) put_sql(p, a->against.sql);
    mj_text_add(p->out, "\n");
  }
  put_heading(p, p->book->n_strategies, "片区策略", "Zone strategies");
  for (const mj_rb_strategy *s = p->book->strategy; s < p->book->strategy + p->book->n_strategies; s++)
    mj_text_format(p->out, "  %s: %s  %s\n", s->zone, mj_rb_say(s->strategy, p->lang), s->article ? s->article : "");
}

mj_status mj_rules_show(const char *name, mj_lang lang, mj_text *out, mj_error *err) {
  mj_arena arena = {0};
  mj_rulebook *book;
  mj_status status = mj_rb_open(&arena, name, &book, err);
  if (!status) {
    page p = {out, book, lang};
    mj_text_format(out, "%s %s  %s\n%s  %s  %s  ", book->code, book->version, mj_rb_say(book->name, lang),
                   book->document, book->issuer ? book->issuer : "", level_of(&p));
    put_force(&p);
    mj_text_add(out, "\n");
    put_limits(&p);
    put_facts(&p);
    put_rules(&p);
    put_ladder(&p);
    put_caps(&p);
    put_targets(&p);
    if (book->grades) mj_gr_describe(book->grades, lang, out);
    if (out->failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  }
  mj_arena_reset(&arena);
  return status;
}
