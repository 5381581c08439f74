#include <math.h>
#include <string.h>

#include "gis/theme.h"
#include "mujun/version.h"
#include "report/html.h"
#include "report/style.h"

static void put(mj_text *out, const char *before, const char *value) {
  mj_text_add(out, before);
  if (value) mj_text_json(out, value);
  else mj_text_add(out, "null");
}

static void put_date(mj_text *out, const char *before, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  put(out, before, *text ? text : NULL);
}

static void put_colour(mj_text *out, const char *name, mj_rgba c) {
  mj_text_format(out, ",\"%s\":\"#%02x%02x%02x%02x\"", name, c.r, c.g, c.b, c.a);
}

static void put_layer(const mj_theme_layer *l, mj_text *out) {
  static const char *const brush[] = {[MJ_BRUSH_NO] = "no",
                                      [MJ_BRUSH_SOLID] = "solid",
                                      [MJ_BRUSH_HORIZONTAL] = "horizontal",
                                      [MJ_BRUSH_VERTICAL] = "vertical",
                                      [MJ_BRUSH_CROSS] = "cross",
                                      [MJ_BRUSH_B_DIAGONAL] = "rising",
                                      [MJ_BRUSH_F_DIAGONAL] = "falling",
                                      [MJ_BRUSH_DIAGONAL_X] = "diagonal",
                                      [MJ_BRUSH_DENSE] = "dense",
                                      [MJ_BRUSH_LINES] = "lines"};
  mj_text_format(out, "{\"brush\":\"%s\"", brush[l->brush]);
  put_colour(out, "fill", l->fill);
  if (l->brush == MJ_BRUSH_LINES)
    mj_text_format(out, ",\"step\":%.3f,\"angle\":%.1f,\"line\":%.3f", l->step_mm, l->angle_deg, l->line_mm);
  if (l->pen != MJ_PEN_NO) {
    put_colour(out, "pen", l->outline);
    mj_text_format(out, ",\"width\":%.3f,\"dash\":%d", l->outline_mm, l->pen != MJ_PEN_SOLID);
  }
  if (l->marker) {
    put(out, ",\"marker\":", l->marker);
    mj_text_format(out, ",\"size\":%.3f", l->size_mm);
  }
  mj_text_add(out, "}");
}

static void put_class(const mj_theme *theme, const mj_theme_class *c, mj_text *out) {
  char low[32], high[32];
  put(out, "{\"label\":", c->label);
  if (c->group) put(out, ",\"group\":", c->group);
  if (c->rule) put(out, ",\"rule\":", c->rule);
  if (theme->kind == MJ_THEME_VALUES) {
    mj_text_add(out, ",\"values\":[");
    for (int i = 0; i < c->n_values; i++) put(out, i ? "," : "", c->values[i]);
    mj_text_add(out, "]");
  }
  if (theme->kind == MJ_THEME_RANGES) {
    mj_double_shortest(c->lower, low);
    mj_double_shortest(c->upper, high);
    mj_text_format(out, ",\"low\":%s,\"high\":%s", low, high);
  }
  mj_text_format(out, ",\"shown\":%s,\"layers\":[", c->shown ? "true" : "false");
  for (int i = 0; i < c->n_layers; i++) {
    if (i) mj_text_add(out, ",");
    put_layer(&c->layers[i], out);
  }
  mj_text_add(out, "]}");
}

static mj_status put_theme(mj_html *page, const mj_theme_fact *t, bool first, mj_text *out, mj_error *err) {
  static const char *const kind[] = {"single", "values", "ranges", "rules"};
  mj_text qml = {0};
  mj_theme theme = {0};
  const char *text = mj_theme_text(t->file);
  if (!text) return MJ_OK;
  mj_style_words(text, strlen(text), page->run->lang, &qml);
  mj_status s =
      qml.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : mj_theme_read(qml.data, qml.n, &page->arena, &theme, err);
  mj_text_reset(&qml);
  if (s) return s;
  put(out, first ? "{\"id\":" : ",\n{\"id\":", t->name);
  put(out, ",\"layer\":", t->layer);
  put(out, ",\"name\":", page->run->lang == MJ_ZH ? t->zh : t->en);
  mj_text_format(out, ",\"kind\":\"%s\"", kind[theme.kind]);
  if (theme.attribute) put(out, ",\"of\":", theme.attribute);
  mj_text_add(out, ",\"classes\":[");
  for (int i = 0; i < theme.n_classes; i++) {
    if (i) mj_text_add(out, ",");
    put_class(&theme, &theme.classes[i], out);
  }
  mj_text_add(out, "]}");
  return MJ_OK;
}

static mj_status put_themes(mj_html *page, mj_text *out, mj_error *err) {
  int n;
  const mj_theme_fact *all = mj_theme_facts(&n);
  bool first = true;
  mj_text_add(out, ",\"themes\":[");
  for (int i = 0; i < n; i++) {
    if (!mj_html_sheet(page->run, all[i].layer)) continue;
    MJ_TRY(put_theme(page, &all[i], first, out, err));
    first = false;
  }
  mj_text_add(out, "]");
  return MJ_OK;
}

static void put_books(const mj_park *park, mj_text *out) {
  mj_text_add(out, ",\"books\":[");
  for (int i = 0; i < park->n_rulebooks && park->rulebook_facts; i++) {
    const mj_rulebook_facts *b = &park->rulebook_facts[i];
    put(out, i ? ",{\"code\":" : "{\"code\":", b->code);
    put(out, ",\"version\":", b->version);
    put(out, ",\"name\":", b->name);
    put(out, ",\"document\":", b->document);
    put_date(out, ",\"from\":", b->from);
    put_date(out, ",\"to\":", b->to);
    mj_text_format(out, ",\"in_force\":%s}", b->in_force ? "true" : "false");
  }
  mj_text_add(out, "]");
}

/* Names of the shapes of zones, in their order. */
static void put_zones(const mj_table *t, mj_text *out) {
  const char **name = t->name ? mj_table_text(t, "zone") : NULL;
  mj_text_add(out, ",\"zones\":[");
  for (int64_t i = 0; name && i < t->n; i++) put(out, i ? "," : "", name[i]);
  mj_text_add(out, "]");
}

static mj_status put_overview(mj_html *page, mj_text *out, mj_error *err) {
  const mj_line *line;
  int n;
  MJ_TRY(mj_run_overview(page->run, &line, &n, err));
  mj_text_add(out, ",\"overview\":[");
  for (int i = 0; i < n; i++) {
    char number[540];
    if (!line[i].text) {
      if (line[i].decimals < 0) mj_double_shortest(line[i].number, number);
      else mj_double_grouped(line[i].number, line[i].decimals, true, number);
    }
    put(out, i ? ",[" : "[", line[i].label);
    put(out, ",", line[i].text ? line[i].text : number);
    mj_text_add(out, "]");
  }
  mj_text_add(out, "]");
  return MJ_OK;
}

mj_status mj_html_meta(mj_html *page, mj_text *out, mj_error *err) {
  const mj_run *run = page->run;
  const mj_park *park = run->park;
  put(out, "{\"lang\":", run->lang == MJ_ZH ? "zh" : "en");
  put(out, ",\"park\":", park->project.name);
  put_date(out, ",\"as_of\":", park->project.as_of);
  mj_text_format(out, ",\"year\":%d", (int)park->project.year);
  put(out, ",\"version\":", run->options.version ? run->options.version : MJ_VERSION);
  put(out, ",\"run_id\":", run->folder.run_id);
  mj_text_format(out, ",\"parcels\":%lld,\"held\":%lld,\"candidates\":%lld,\"partly\":%s,\"map\":%s",
                 (long long)park->table[MJ_PARCELS].n, (long long)page->n_parcels, (long long)page->n_candidates,
                 page->partly ? "true" : "false", park->frame.no_wgs84 ? "false" : "true");
  put(out, ",\"layer_word\":", mj_table_id_word(MJ_PARCELS, run->lang)); /* as the ledger names them */
  put_zones(&park->table[MJ_ZONES], out);
  put_books(park, out);
  MJ_TRY(put_overview(page, out, err));
  MJ_TRY(put_themes(page, out, err));
  mj_text_add(out, "}");
  return out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
