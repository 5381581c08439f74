#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "judge/run.h"

const char *mj_rb_unit(const char *unit, mj_lang lang) {
  static const struct {
    const char *unit, *zh, *en;
  } words[] = {
      {"wan_per_mu", "万元/亩", "10k yuan/mu"},
      {"wan", "万元", "10k yuan"},
      {"yi", "亿元", "100M yuan"},
      {"mu", "亩", "mu"},
      {"m2", "㎡", "m2"},
      {"wan_m2", "万㎡", "10k m2"},
      {"person", "人", "persons"},
      {"m", "m", "m"},
      {"project", "个", "projects"},
      {"share", "", ""},
  };
  if (!unit) return "";
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (!strcmp(words[i].unit, unit)) return lang == MJ_ZH ? words[i].zh : words[i].en;
  return unit;
}

static const char *name_label(const mj_rb_run *run, const char *name, mj_lang lang) {
  const mj_rb_fact *fact = mj_rb_find_fact(run, name);
  const mj_rb_field *field = mj_rb_find_field(run, mj_table_id_name(MJ_PARCELS), name);
  if (fact && *mj_rb_say(fact->text, lang)) return mj_rb_say(fact->text, lang);
  if (field) return lang == MJ_ZH ? field->zh : field->en;
  return name;
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

/* "a=1; b=NULL" of the columns a comparison reads. */
void mj_rb_operands_text(const mj_rb_reads *reads, int64_t row, mj_text *out) {
  char number[32];
  for (int i = 0; i < reads->n; i++) {
    const mj_column *c = reads->column[i];
    if (i) mj_text_add(out, "; ");
    mj_text_add(out, c->name);
    mj_text_add(out, "=");
    if (mj_rb_is_null(c, row)) {
      mj_text_add(out, "NULL");
      continue;
    }
    number[0] = 0;
    if (c->type == MJ_F64) mj_rb_number_text(c->f64[row], (double)NAN, number);
    if (c->type == MJ_I64) snprintf(number, sizeof number, "%lld", (long long)c->i64[row]);
    if (c->type == MJ_TRI) snprintf(number, sizeof number, "%d", c->tri[row]);
    if (c->type == MJ_DATE) mj_date_format(c->date[row], number);
    mj_text_add(out, c->type == MJ_TEXT ? c->text[row] : number);
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

/* "近三年亩均效益 3.2 < 5 万元/亩（差 1.8）"; a label alone where the rule writes it and no margin says more. */
void mj_rb_clause_text(const mj_rb_run *run, const mj_rb_reason *r, const char *label, bool dates, mj_text *out) {
  mj_lang lang = run->park->project.lang;
  const mj_rb_cond *leaf = r->leaf;
  const char *unit = mj_rb_unit(leaf->unit, lang);
  const mj_column *column = leaf->text.zh ? mj_rb_column(run, leaf->measure.sql) : NULL;
  char gap[32];
  mj_text_add(out, label);
  if (leaf->kind == MJ_RB_RAW || (column && column->type == MJ_TRI && leaf->text.zh)) return;
  const char *const parts[] = {" ", r->value, " ", op_sign(leaf->op, lang), " ", r->limit, *unit ? " " : "", unit};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) mj_text_add(out, parts[i] ? parts[i] : "NULL");
  if (isnan(r->margin)) return;
  mj_rb_number_text(fabs(r->margin), 0, gap);
  mj_text_add(out, lang == MJ_ZH ? "（差 " : " (by ");
  mj_text_add(out, gap);
  if (dates) mj_text_add(out, lang == MJ_ZH ? " 天" : " days");
  mj_text_add(out, lang == MJ_ZH ? "）" : ")");
}
