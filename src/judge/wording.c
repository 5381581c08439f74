#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

const char *mj_rb_unit(const char *unit, mj_lang lang) {
  static const struct {
    const char *unit, *zh, *en;
  } words[] = {
      {"wan_per_mu", "万元/亩", "10k yuan/mu"},
      {"wan_per_ha", "万元/公顷", "10k yuan/ha"},
      {"wan", "万元", "10k yuan"},
      {"yi", "亿元", "100M yuan"},
      {"mu", "亩", "mu"},
      {"m2", "㎡", "m2"},
      {"wan_m2", "万㎡", "10k m2"},
      {"month", "月", "months"},
      {"person", "人", "persons"},
      {"tce", "吨标准煤", "tce"},
      {"kwh", "千瓦时", "kWh"},
      {"m", "m", "m"},
      {"project", "个", "projects"},
      {"家", "家", "enterprises"},
      {"名", "名", "places"},
      {"元/㎡", "元/㎡", "yuan/m2"},
      {"人/公顷", "人/公顷", "persons/ha"},
      {"万元/人", "万元/人", "10k yuan/person"},
      {"万元/公顷", "万元/公顷", "10k yuan/ha"},
      {"万元/吨", "万元/吨", "10k yuan/t"},
      {"万元/吨标准煤", "万元/吨标准煤", "10k yuan/tce"},
      {"吨标准煤/万元", "吨标准煤/万元", "tce/10k yuan"},
      {"万元/万千瓦时", "万元/万千瓦时", "10k yuan/10k kWh"},
      {"share", "", ""},
  };
  if (!unit) return "";
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (!strcmp(words[i].unit, unit)) return lang == MJ_ZH ? words[i].zh : words[i].en;
  return unit;
}

static const char *name_label(const mj_rb_run *run, const char *name, mj_lang lang) {
  const mj_rb_fact *fact = mj_rb_find_fact(run, name);
  const mj_rb_field *field = mj_rb_find_field(run, mj_table_id_name(run->subject), name);
  if (fact && *mj_rb_say(fact->text, lang)) return mj_rb_say(fact->text, lang);
  if (field) return lang == MJ_ZH ? field->zh : field->en;
  return name;
}

static size_t name_length(const char *at) {
  return strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
}

/* One name of an expression in words: a column's label, 且 for AND; else as it stands. */
static void put_name(const mj_rb_run *run, const char *name, mj_text *out) {
  static const char *const words[][2] = {{"AND", "且"}, {"OR", "或"}, {"NOT", "非"}};
  mj_lang lang = run->park->project.lang;
  for (size_t i = 0; lang == MJ_ZH && i < sizeof words / sizeof *words; i++)
    if (!strcmp(words[i][0], name)) name = words[i][1];
  mj_text_add(out, name_label(run, name, lang));
}

void mj_rb_sql_words(const mj_rb_run *run, const char *sql, mj_text *out) {
  char name[64];
  for (const char *at = sql; *at;) {
    size_t n = *at == '\'' ? strcspn(at + 1, "'") + 1 : *at == ':' ? name_length(at + 1) + 1 : name_length(at);
    bool is_name = n > 0 && n < sizeof name && *at != '\'' && *at != ':';
    if (is_name) {
      memcpy(name, at, n);
      name[n] = '\0';
      put_name(run, name, out);
    } else {
      if (!n || (*at == '\'' && at[n])) n++;
      mj_text_put(out, at, n);
    }
    at += n;
  }
}

const char *mj_rb_label(const mj_rb_run *run, const mj_rb_cond *leaf) {
  mj_lang lang = run->park->project.lang;
  return leaf->text.zh || leaf->text.en ? mj_rb_say(leaf->text, lang) : name_label(run, leaf->measure.sql, lang);
}

void mj_rb_number_text(double v, double beside, char out[32]) {
  char other[32];
  if (!(fabs(v) < 1e9)) {
    mj_double_shortest(v, out);
    return;
  }
  mj_double_coord(v, 4, out);
  if (v == beside || !(fabs(beside) < 1e9)) return;
  for (int decimals = 4; decimals <= 12; decimals += 2) {
    mj_double_coord(v, decimals, out);
    mj_double_coord(beside, decimals, other);
    if (strcmp(out, other) != 0) return;
  }
  mj_double_shortest(v, out);
}

const mj_rb_called *mj_rb_call(mj_rb_run *run, const mj_rb_reads *reads) {
  mj_lang lang = run->park->project.lang;
  mj_rb_called *called = mj_arena_alloc(&run->arena, (size_t)reads->n + 1, sizeof *called);
  for (int i = 0; called && i < reads->n; i++) {
    const char *name = reads->column[i]->name;
    const mj_rb_fact *fact = mj_rb_find_fact(run, name);
    const mj_rb_field *field = mj_rb_find_field(run, mj_table_id_name(run->subject), name);
    const char *unit = fact ? fact->unit : field ? field->unit : "";
    called[i] = (mj_rb_called){name_label(run, name, lang), strcmp(unit, "year") ? mj_rb_unit(unit, lang) : ""};
    if (reads->column[i]->type != MJ_F64 && reads->column[i]->type != MJ_I64) called[i].unit = "";
  }
  return called;
}

const char *mj_rb_truth_word(uint8_t value, mj_lang lang) {
  return value == MJ_YES ? lang == MJ_ZH ? "是" : "yes" : lang == MJ_ZH ? "否" : "no";
}

/* "三年平均税收=605.56 万元; 实际动工日期=缺" of the columns a comparison reads. */
void mj_rb_operands_text(const mj_rb_reads *reads, const mj_rb_called *called, int64_t row, mj_lang lang,
                         mj_text *out) {
  char number[32];
  for (int i = 0; i < reads->n; i++) {
    const mj_column *c = reads->column[i];
    if (i) mj_text_add(out, "; ");
    mj_text_add(out, called[i].label);
    mj_text_add(out, "=");
    if (mj_rb_is_null(c, row)) {
      mj_text_add(out, lang == MJ_ZH ? "缺" : "missing");
      continue;
    }
    number[0] = 0;
    if (c->type == MJ_F64) mj_rb_number_text(c->f64[row], (double)NAN, number);
    if (c->type == MJ_I64) snprintf(number, sizeof number, "%lld", (long long)c->i64[row]);
    if (c->type == MJ_DATE) mj_date_format(c->date[row], number);
    mj_text_add(out, c->type == MJ_TEXT  ? c->text[row]
                     : c->type == MJ_TRI ? mj_rb_truth_word(c->tri[row], lang)
                                         : number);
    if (*called[i].unit) mj_text_add(out, " ");
    mj_text_add(out, called[i].unit);
  }
}

/* "缺少：三年平均税收、面积" */
void mj_rb_missing_text(const mj_rb_run *run, const mj_rb_reads *reads, int64_t row, mj_text *out) {
  mj_lang lang = run->park->project.lang;
  bool any = false;
  for (int i = 0; i < reads->n; i++) {
    if (!mj_rb_is_null(reads->column[i], row)) continue;
    mj_text_add(out, any ? lang == MJ_ZH ? "、" : ", " : lang == MJ_ZH ? "缺少：" : "missing: ");
    mj_text_add(out, name_label(run, reads->column[i]->name, lang));
    any = true;
  }
  if (!any) mj_text_add(out, lang == MJ_ZH ? "无法计算" : "cannot be computed");
}

static const char *op_sign(const char *op, mj_lang lang) {
  if (lang != MJ_ZH) return op;
  return !strcmp(op, "<=") ? "≤" : !strcmp(op, ">=") ? "≥" : !strcmp(op, "!=") ? "≠" : op;
}

/* How far the value is off: a date that lies before its limit has been passed by so many days. */
static void put_margin(double margin, bool dates, mj_lang lang, mj_text *out) {
  char gap[32];
  mj_rb_number_text(fabs(margin), 0, gap);
  if (lang != MJ_ZH) mj_text_format(out, " (by %s%s)", gap, dates ? " days" : "");
  else if (dates) mj_text_format(out, "（%s %s 天）", margin <= 0 ? "已超" : "差", gap);
  else mj_text_format(out, "（%s %s）", margin > 0 ? "超出" : "差", gap);
}

/* "近三年亩均效益 3.2 < 5 万元/亩（差 1.8）"; a label alone where the rule writes it and no margin says more. What does
 * not hold: "近三年亩均效益 7 万元/亩，不满足“< 5”（超出 2）". */
void mj_rb_clause_text(const mj_rb_run *run, const mj_rb_reason *r, const char *label, bool dates, mj_text *out) {
  mj_lang lang = run->park->project.lang;
  const mj_rb_cond *leaf = r->leaf;
  const char *unit = mj_rb_unit(leaf->unit, lang);
  const mj_column *column = leaf->text.zh ? mj_rb_column(run, leaf->measure.sql) : NULL;
  if (leaf->kind == MJ_RB_RAW || (column && column->type == MJ_TRI && leaf->text.zh)) {
    if (!r->holds) mj_text_add(out, lang == MJ_ZH ? "不是：" : "not: ");
    mj_text_add(out, label);
    return;
  }
  mj_text_add(out, label);
  if (!r->holds) {
    mj_text_format(out, " %s%s%s%s%s %s%s", r->value ? r->value : "NULL", *unit ? " " : "", unit,
                   lang == MJ_ZH ? "，不满足“" : ", not ", op_sign(leaf->op, lang), r->limit ? r->limit : "NULL",
                   lang == MJ_ZH ? "”" : "");
    if (!isnan(r->margin)) put_margin(r->margin, dates, lang, out);
    return;
  }
  const char *const parts[] = {" ", r->value, " ", op_sign(leaf->op, lang), " ", r->limit, *unit ? " " : "", unit};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) mj_text_add(out, parts[i] ? parts[i] : "NULL");
  if (!isnan(r->margin)) put_margin(r->margin, dates, lang, out);
}

const char *mj_rb_pick(mj_lang lang, const char *zh, const char *en) { return lang == MJ_ZH ? zh : en; }

const char *mj_rb_certainty(mj_lang lang, bool assumed) {
  return assumed ? mj_rb_pick(lang, "（暂定）", " (assumed)") : mj_rb_pick(lang, "（文件载明）", " (stated)");
}

void mj_rb_put_number(const mj_rb_page *page, double v) {
  char number[32];
  mj_double_shortest(v, number);
  mj_text_add(page->out, isnan(v) ? mj_rb_pick(page->lang, "未载", "not found") : number);
}
