#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "intake/frame.h"
#include "intake/look.h"
#include "intake/numbers.h"
#include "intake/units.h"
#include "mujun/rooms.h"

static const char *say(mj_lang lang, const char *en, const char *zh) { return lang == MJ_ZH ? zh : en; }

/* Pad to a width in terminal columns: Chinese characters take two. */
static void cell(mj_text *out, const char *text, int width) {
  mj_text_add(out, text);
  for (int n = mj_utf8_width(text); n < width; n++) mj_text_add(out, " ");
  mj_text_add(out, "  ");
}

static void put_crs(mj_text *out, const mj_look *look, mj_lang lang) {
  char found[300], expected[300], fit[320];
  if (!strcmp(look->info->geometry, "None")) return;
  mj_numbers_would_fit(look->box, lang, fit);
  mj_text_format(out, "  %s: ", say(lang, "reference system", "参考系"));
  if (!look->crs) {
    mj_text_format(
        out, "%s%s%s\n",
        say(lang, "none; name it with --crs or crs: in park.yaml", "无；请用 --crs 或 park.yaml 的 crs: 指定"),
        *fit ? say(lang, "; ", "；") : "", fit);
    return;
  }
  const mj_crs_facts *f = mj_crs_get(look->crs);
  mj_text_format(out, "%s%s%s, ", f->authority, *f->authority ? " " : "", f->name);
  if (f->geographic)
    mj_text_format(out, "%s\n",
                   say(lang, "degrees (projected to a 3-degree belt for measures)", "经纬度（量算时投影到三度带）"));
  else if (f->unit_m == 1) mj_text_format(out, "%s\n", say(lang, "metres", "米"));
  else mj_text_format(out, "%s %.10g m\n", say(lang, "unit of", "单位"), f->unit_m);
  if (mj_frame_outside(look->crs, look->box, lang, found, expected))
    mj_text_format(out, "  %s: %s; %s%s%s\n", say(lang, "warning, outside the area of use", "警告，超出适用范围"),
                   found, expected, *fit ? say(lang, "; ", "；") : "", fit);
}

static void put_shapes(mj_text *out, const mj_look *look, mj_lang lang) {
  mj_box b = look->box;
  if (!look->table.geom.n) return;
  mj_text_format(out, "  %s: %lld %s, %lld %s, %lld %s\n", say(lang, "shapes", "图形"), (long long)look->n_invalid,
                 say(lang, "invalid", "个不合法"), (long long)look->n_multipart, say(lang, "multipart", "个多部件"),
                 (long long)look->n_empty, say(lang, "empty", "个为空"));
  if (b.xmin <= b.xmax)
    mj_text_format(out, "  %s: x %.10g .. %.10g, y %.10g .. %.10g\n", say(lang, "extent", "范围"), b.xmin, b.xmax,
                   b.ymin, b.ymax);
}

static void put_role(mj_text *out, const mj_look *look, mj_lang lang) {
  const mj_role_guess *g = &look->guess;
  mj_text_format(out, "  %s: ", say(lang, "looks like", "看来是"));
  if (g->role == MJ_ROLE_END) {
    mj_text_format(out, "%s\n", say(lang, "nothing known", "未识别"));
    return;
  }
  mj_text_format(out, lang == MJ_ZH ? "%s %s (" : "%s%s (", mj_table_id_name(g->role),
                 lang == MJ_ZH ? mj_table_id_word(g->role, lang) : "");
  if (*g->word) mj_text_format(out, "%s '%s', ", say(lang, "its name has", "名称含"), g->word);
  mj_text_format(out, "%d %s)\n", g->known, say(lang, "fields recognised", "个字段已识别"));
}

/* The canonical name, and in Chinese what it means behind it. */
static void meaning_of(const mj_look_field *f, mj_lang lang, char out[160]) {
  bool zh = f->mapped && lang == MJ_ZH;
  snprintf(out, 160, "%.80s%s%.70s", f->mapped ? f->mapped->field->name : "-", zh ? " " : "",
           zh ? mj_field_zh(f->mapped->field) : "");
}

static void unit_of(const mj_look_field *f, mj_lang lang, char out[120]) {
  char word[32] = "";
  if (lang == MJ_ZH) mj_unit_zh(f->unit, word);
  snprintf(out, 120, "%.40s%s%s%s", *f->unit ? f->unit : "-", *word && strcmp(word, f->unit) != 0 ? " " : "",
           strcmp(word, f->unit) != 0 ? word : "", f->believed ? say(lang, " (by shape)", "（按图形）") : "");
}

static void put_fields(mj_text *out, const mj_look *look, mj_lang lang) {
  const mj_layer_info *info = look->info;
  int width = 8, meaning = 8;
  char text[120], means[160];
  for (int i = 0; i < info->n_fields; i++) {
    meaning_of(&look->field[i], lang, means);
    int n = mj_utf8_width(info->field[i]), m = mj_utf8_width(means);
    if (n > width) width = n < 40 ? n : 40;
    if (m > meaning) meaning = m;
  }
  if (!info->n_fields) return;
  mj_text_add(out, "  ");
  cell(out, say(lang, "field", "字段"), width);
  cell(out, say(lang, "type", "类型"), 10);
  cell(out, say(lang, "meaning", "含义"), meaning);
  cell(out, say(lang, "unit", "单位"), 12);
  cell(out, say(lang, "empty", "空值"), 6);
  mj_text_format(out, "%s\n", say(lang, "example", "示例"));
  for (int i = 0; i < info->n_fields; i++) {
    const mj_look_field *f = &look->field[i];
    mj_text_add(out, "  ");
    cell(out, info->field[i], width);
    cell(out, info->type[i], 10);
    meaning_of(f, lang, means);
    cell(out, means, meaning);
    unit_of(f, lang, text);
    cell(out, text, 12);
    snprintf(text, sizeof text, "%.0f%%", look->table.n ? 100.0 * (double)f->nulls / (double)look->table.n : 0.0);
    cell(out, text, 6);
    mj_text_format(out, "%s\n", f->example);
  }
}

static void put_layer(mj_text *out, const mj_look *look, mj_lang lang) {
  mj_text_format(out, "\n%s %s: %lld %s, %s\n", say(lang, "layer", "图层"), look->info->name, (long long)look->table.n,
                 say(lang, "rows", "行"), mj_look_geometry(look, lang));
  put_role(out, look, lang);
  put_crs(out, look, lang);
  put_shapes(out, look, lang);
  put_fields(out, look, lang);
}

static void put_file(mj_text *out, const mj_source_file *file, const char *path, mj_lang lang) {
  bool declared = false;
  const char *encoding = mj_source_encoding(file, &declared);
  mj_text_format(out, "%s: %s", path, mj_source_format(file));
  if (*encoding)
    mj_text_format(out, ", %s %s (%s)", say(lang, "encoding", "编码"), encoding,
                   mj_source_encoding_facts(file).given ? say(lang, "given", "指定")
                   : declared                           ? say(lang, "declared", "文件声明")
                                                        : say(lang, "found out", "检验得出"));
  mj_text_format(out, ", %d %s\n", mj_source_layers(file),
                 say(lang, mj_source_layers(file) == 1 ? "layer" : "layers", "个图层"));
}

static mj_status inspect_layers(const mj_fields *fields, mj_source_file *file, const char *path, mj_lang lang,
                                mj_text *out, mj_error *err) {
  mj_status status = MJ_OK;
  mj_text layers = {0};
  for (int i = 0; !status && i < mj_source_layers(file); i++) {
    mj_look look = {0};
    status = mj_look_layer(fields, file, path, i, &look, err);
    if (!status) put_layer(&layers, &look, lang);
    mj_look_reset(&look);
  }
  if (!status) { /* the encoding is known for sure once the texts were read */
    put_file(out, file, path, lang);
    if (layers.data) mj_text_add(out, layers.data);
  }
  out->failed |= layers.failed;
  mj_text_reset(&layers);
  return status;
}

mj_status mj_inspect(const char *path, const char *encoding, mj_lang lang, mj_text *out, mj_error *err) {
  mj_source_file *file = NULL;
  mj_fields fields = {0};
  mj_status status = mj_fields_open(&fields, err);
  if (!status) status = mj_source_open(path, encoding, &file, err);
  if (!status) status = inspect_layers(&fields, file, path, lang, out, err);
  if (!status && out->failed) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  mj_source_close(file);
  mj_fields_close(&fields);
  return status;
}
