#include <string.h>

#include "base/text.h"
#include "judge/run.h"

/* "depth 25.2 m, " */
static void put_metres(const mj_rb_page *p, const char *before, double v, const char *behind) {
  mj_text_add(p->out, before);
  mj_rb_put_number(p, v);
  mj_text_format(p->out, " m%s", behind);
}

/* The end of a line: certainty, and the text in the language or the other one. */
static void put_end(const mj_rb_page *p, bool assumed, const char *zh, const char *en) {
  const char *text = mj_rb_say((mj_rb_words){zh, en}, p->lang);
  mj_text_format(p->out, "%s%s%s\n", mj_rb_certainty(p->lang, assumed), *text ? "  " : "", text);
}

void mj_rb_describe_norm(const mj_fit_norms *norms, int i, mj_lang lang, mj_text *out) {
  mj_rb_page p = {out, lang};
  const mj_fit_fact *fact = &mj_fit_facts()[i];
  const char *unit = mj_rb_unit(fact->unit, lang), *text = mj_rb_say((mj_rb_words){norms->zh[i], norms->en[i]}, lang);
  mj_text_format(out, "  %s = ", fact->name);
  if (norms->unknown >> i & 1) {
    mj_text_add(out, mj_rb_pick(p.lang, "未知", "not known"));
  } else {
    mj_rb_put_number(&p, ((const double *)&norms->limits)[i]);
    mj_text_format(out, "%s%s%s", *unit ? " " : "", unit, mj_rb_certainty(p.lang, norms->assumed >> i & 1));
  }
  mj_text_format(out, "  %s%s%s\n", mj_rb_pick(p.lang, fact->zh, fact->en), *text ? mj_rb_pick(p.lang, "：", ": ") : "",
                 text);
}

void mj_rb_describe_module(const mj_fit_module *m, mj_lang lang, mj_text *out) {
  mj_rb_page p = {out, lang};
  mj_text_format(out, "  %s", m->code);
  put_metres(&p, mj_rb_pick(p.lang, "  进深 ", "  depth "), m->depth_m, mj_rb_pick(p.lang, "，长 ", ", length "));
  for (int i = 0; i < m->n_lengths; i++) {
    if (i) mj_text_add(out, mj_rb_pick(p.lang, "、", ", "));
    mj_rb_put_number(&p, m->length_m[i]);
  }
  put_metres(&p, mj_rb_pick(p.lang, " m，首层 ", " m, ground storey "), m->ground_m, "");
  put_metres(&p, mj_rb_pick(p.lang, "，上层 ", ", upper storeys "), m->upper_m, "");
  mj_text_format(out, lang == MJ_ZH ? "，%d 至 %d 层" : ", %d to %d storeys", m->storeys_min, m->storeys_max);
  bool says = strcmp(m->zh, m->code) != 0 || strcmp(m->en, m->code) != 0;
  put_end(&p, m->assumed, says ? m->zh : NULL, says ? m->en : NULL);
}

void mj_rb_describe_structure(const mj_fit_structure *s, mj_lang lang, mj_text *out) {
  mj_rb_page p = {out, lang};
  mj_text_add(out, s->n_words ? "  " : mj_rb_pick(p.lang, "  其他建筑", "  all others"));
  for (int i = 0; i < s->n_words; i++) mj_text_format(out, "%s%s", i ? mj_rb_pick(p.lang, "，", ", ") : "", s->word[i]);
  mj_text_format(out, lang == MJ_ZH ? "：耐火等级 %d 级，" : ": fire class %d, ", s->fire_class);
  if (!s->known) {
    mj_text_add(out, mj_rb_pick(p.lang, "能否加层未知", "whether storeys can be added is not known"));
  } else if (!s->storeys_add) {
    mj_text_add(out, mj_rb_pick(p.lang, "不加层", "no storeys added"));
  } else {
    mj_text_format(out, lang == MJ_ZH ? "可加 %d 层，建成不超过 " : "%d storeys can be added up to an age of ",
                   s->storeys_add);
    mj_rb_put_number(&p, s->age_max_years);
    mj_text_add(out, mj_rb_pick(p.lang, " 年", " years"));
  }
  put_end(&p, s->assumed, s->zh, s->en);
}
