#include "base/fnv.h"
#include "base/text.h"
#include "report/run.h"

static void put_origin(mj_text *out, bool assumed, const char *source) {
  mj_run_put(out, ", \"certainty\": ", assumed ? "assumed" : "stated");
  mj_run_put(out, ", \"source\": ", source);
  mj_text_add(out, "}");
}

static void put_norms(const mj_fit_norms *fit, mj_text *out) {
  mj_text_add(out, ", \"fit\": {");
  for (int i = 0; i < MJ_FIT_LIMITS; i++) {
    bool said = fit->said >> i & 1, unknown = fit->unknown >> i & 1;
    mj_run_put(out, i ? ", " : "", mj_fit_facts()[i].name);
    if (said) mj_run_put_number(out, ": {\"value\": ", ((const double *)&fit->limits)[i]);
    else mj_text_add(out, unknown ? ": {\"value\": \"unknown\"" : ": null");
    if (said || unknown) put_origin(out, fit->assumed >> i & 1, fit->source[i]);
  }
  mj_text_add(out, "}");
}

static void put_modules(const mj_fit_norms *fit, mj_text *out) {
  mj_text_add(out, ", \"modules\": [");
  for (const mj_fit_module *m = fit->module; m < fit->module + fit->n_modules; m++) {
    mj_run_put(out, m > fit->module ? ", {\"code\": " : "{\"code\": ", m->code);
    mj_run_put_number(out, ", \"depth_m\": ", m->depth_m);
    for (int i = 0; i < m->n_lengths; i++) mj_run_put_number(out, i ? ", " : ", \"lengths_m\": [", m->length_m[i]);
    mj_run_put_number(out, "], \"ground_m\": ", m->ground_m);
    mj_run_put_number(out, ", \"upper_m\": ", m->upper_m);
    mj_text_format(out, ", \"storeys_min\": %d, \"storeys_max\": %d", m->storeys_min, m->storeys_max);
    put_origin(out, m->assumed, m->source);
  }
  mj_text_add(out, "]");
}

static void put_structures(const mj_fit_norms *fit, mj_text *out) {
  mj_text_add(out, ", \"structures\": [");
  for (const mj_fit_structure *s = fit->structure; s < fit->structure + fit->n_structures; s++) {
    mj_text_add(out, s > fit->structure ? ", {\"match\": " : "{\"match\": ");
    for (int i = 0; i < s->n_words; i++) mj_run_put(out, i ? ", " : "[", s->word[i]);
    mj_text_add(out, s->n_words ? "]" : "null");
    mj_text_format(out, ", \"fire_class\": %d", s->fire_class);
    if (s->known) mj_text_format(out, ", \"storeys_add\": %d", s->storeys_add);
    else mj_text_add(out, ", \"storeys_add\": \"unknown\"");
    if (s->storeys_add) mj_run_put_number(out, ", \"age_max_years\": ", s->age_max_years);
    put_origin(out, s->assumed, s->source);
  }
  mj_text_add(out, "]");
}

void mj_run_put_fit(const mj_fit_norms *fit, mj_text *out) {
  put_norms(fit, out);
  put_modules(fit, out);
  put_structures(fit, out);
}

/* What is written, so that no pointer and no padding counts. */
uint64_t mj_run_mix_fit(uint64_t h, const mj_fit_norms *fit) {
  mj_text text = {0};
  mj_run_put_fit(fit, &text);
  h = mj_fnv64(h, text.data ? text.data : "", text.n);
  mj_text_reset(&text);
  return h;
}
