#include <string.h>

#include "base/text.h"
#include "judge/run.h"

typedef struct {
  mj_text *out;
  mj_lang lang;
} page;

static const char *pick(const page *p, const char *zh, const char *en) { return p->lang == MJ_ZH ? zh : en; }

static void put_number(const page *p, double v) {
  char number[32];
  mj_double_shortest(v, number);
  mj_text_add(p->out, number);
}

/* "depth 25.2 m, " */
static void put_metres(const page *p, const char *before, double v, const char *behind) {
  mj_text_add(p->out, before);
  put_number(p, v);
  mj_text_format(p->out, " m%s", behind);
}

static const char *certainty(const page *p, bool assumed) {
  return assumed ? pick(p, "（暂定）", " (assumed)") : pick(p, "（文件载明）", " (stated)");
}

/* The end of a line: certainty, and the text in the language or the other one. */
static void put_end(const page *p, bool assumed, const char *zh, const char *en) {
  const char *text = mj_rb_say((mj_rb_words){zh, en}, p->lang);
  mj_text_format(p->out, "%s%s%s\n", certainty(p, assumed), *text ? "  " : "", text);
}

void mj_rb_describe_norm(const mj_fit_norms *norms, int i, mj_lang lang, mj_text *out) {
  page p = {out, lang};
  const mj_fit_fact *fact = &mj_fit_facts()[i];
  const char *unit = mj_rb_unit(fact->unit, lang), *text = mj_rb_say((mj_rb_words){norms->zh[i], norms->en[i]}, lang);
  mj_text_format(out, "  %s = ", fact->name);
  if (norms->unknown >> i & 1) {
    mj_text_add(out, pick(&p, "未知", "not known"));
  } else {
    put_number(&p, ((const double *)&norms->limits)[i]);
    mj_text_format(out, "%s%s%s", *unit ? " " : "", unit, certainty(&p, norms->assumed >> i & 1));
  }
  mj_text_format(out, "  %s%s%s\n", pick(&p, fact->zh, fact->en), *text ? pick(&p, "：", ": ") : "", text);
}

void mj_rb_describe_module(const mj_fit_module *m, mj_lang lang, mj_text *out) {
  page p = {out, lang};
  mj_text_format(out, "  %s", m->code);
  put_metres(&p, pick(&p, "  进深 ", "  depth "), m->depth_m, pick(&p, "，长 ", ", length "));
  for (int i = 0; i < m->n_lengths; i++) {
    if (i) mj_text_add(out, pick(&p, "、", ", "));
    put_number(&p, m->length_m[i]);
  }
  put_metres(&p, pick(&p, " m，首层 ", " m, ground storey "), m->ground_m, "");
  put_metres(&p, pick(&p, "，上层 ", ", upper storeys "), m->upper_m, "");
  mj_text_format(out, lang == MJ_ZH ? "，%d 至 %d 层" : ", %d to %d storeys", m->storeys_min, m->storeys_max);
  bool says = strcmp(m->zh, m->code) != 0 || strcmp(m->en, m->code) != 0;
  put_end(&p, m->assumed, says ? m->zh : NULL, says ? m->en : NULL);
}

void mj_rb_describe_structure(const mj_fit_structure *s, mj_lang lang, mj_text *out) {
  page p = {out, lang};
  mj_text_add(out, s->n_words ? "  " : pick(&p, "  其他建筑", "  all others"));
  for (int i = 0; i < s->n_words; i++) mj_text_format(out, "%s%s", i ? pick(&p, "，", ", ") : "", s->word[i]);
  mj_text_format(out, lang == MJ_ZH ? "：耐火等级 %d 级，" : ": fire class %d, ", s->fire_class);
  if (!s->known) {
    mj_text_add(out, pick(&p, "能否加层未知", "whether storeys can be added is not known"));
  } else if (!s->storeys_add) {
    mj_text_add(out, pick(&p, "不加层", "no storeys added"));
  } else {
    mj_text_format(out, lang == MJ_ZH ? "可加 %d 层，建成不超过 " : "%d storeys can be added up to an age of ",
                   s->storeys_add);
    put_number(&p, s->age_max_years);
    mj_text_add(out, pick(&p, " 年", " years"));
  }
  put_end(&p, s->assumed, s->zh, s->en);
}
