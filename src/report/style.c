#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "report/write.h"

static void put_xml(mj_text *out, const char *value, mj_text *scratch) {
  for (const char *p = mj_clean_text(value, scratch); *p; p++) switch (*p) {
      case '&':
        mj_text_add(out, "&amp;");
        break;
      case '<':
        mj_text_add(out, "&lt;");
        break;
      case '>':
        mj_text_add(out, "&gt;");
        break;
      case '"':
        mj_text_add(out, "&quot;");
        break;
      default:
        mj_text_put(out, p, 1);
    }
}

static void put_alias(const mj_out_column *c, int i, mj_text *out, mj_text *scratch) {
  mj_text_add(out, "    <alias field=\"");
  put_xml(out, c->name, scratch);
  mj_text_format(out, "\" index=\"%d\" name=\"", i);
  put_xml(out, c->label, scratch);
  mj_text_add(out, "\"/>\n");
}

/* The attribute table shows the word where the layer carries a code ("yes" ->
 * 是). */
static void put_value_map(const mj_out_column *c, const char *domain, mj_text *out, mj_text *scratch) {
  mj_text_add(out, "    <field name=\"");
  put_xml(out, c->name, scratch);
  mj_text_add(out,
              "\"><editWidget type=\"ValueMap\"><config><Option "
              "type=\"Map\"><Option name=\"map\" type=\"List\">");
  for (const char *at = domain; *at; at += *at == '|') {
    size_t n_code = strcspn(at, "="), n_word = strcspn(at + n_code + 1, "|");
    mj_text_add(out, "<Option type=\"Map\"><Option type=\"QString\" name=\"");
    mj_text_put(out, at + n_code + 1, n_word);
    mj_text_add(out, "\" value=\"");
    mj_text_put(out, at, n_code);
    mj_text_add(out, "\"/></Option>");
    at += n_code + 1 + n_word;
  }
  mj_text_add(out, "</Option></Option></config></editWidget></field>\n");
}

static void put_fields(const mj_sheet *sheet, mj_lang lang, mj_text *out) {
  mj_text scratch = {0};
  mj_arena arena = {.page_size = 16384};
  bool ok = true;
  mj_text_add(out, "  <fieldConfiguration>\n");
  for (int i = 0; i < sheet->n_columns; i++) {
    const char *domain = mj_domain_text(&sheet->columns[i], lang, &arena, &ok);
    if (domain) put_value_map(&sheet->columns[i], domain, out, &scratch);
  }
  mj_text_add(out, "  </fieldConfiguration>\n  <aliases>\n");
  for (int i = 0; i < sheet->n_columns; i++) put_alias(&sheet->columns[i], i, out, &scratch);
  mj_text_add(out, "  </aliases>\n");
  if (!ok || scratch.failed) out->failed = true;
  mj_text_reset(&scratch);
  mj_arena_reset(&arena);
}

static const char *english(const char *zh, size_t n) {
  static const struct {
    const char *zh, *en;
  } word[] = {{"疑似闲置", "suspected idle"},
              {"低效", "inefficient"},
              {"可增容", "headroom"},
              {"数据不足", "insufficient data"},
              {"正常", "normal"},
              {"其他", "other"},
              {"严重", "major"},
              {"一般", "minor"},
              {"提示", "note"},
              {"亩均税收 5 万元/亩以下", "tax below 5 (10k yuan per mu)"},
              {"30 以上", "30 and more"},
              {"未分类", "not graded"},
              {"投用", "in use"},
              {"建设", "under construction"},
              {"开工", "begun"},
              {"谋划", "planned"},
              {"在用", "in use"},
              {"空置", "vacant"},
              {"停产停用", "stopped"},
              {"租而未用", "let but unused"},
              {"可建范围", "buildable area"},
              {"消防车道", "fire lane"},
              {"净增最多的方式", "the way that adds most"},
              {"3 层及以下", "up to 3 storeys"},
              {"4—5 层", "4 or 5 storeys"},
              {"6 层及以上", "6 storeys or more"},
              {"加层", "added storeys"},
              {"空地新建（其他方式）", "open land (other ways)"},
              {"加层改造（其他方式）", "added storeys (other ways)"},
              {"拆除重建（其他方式）", "cleared and rebuilt (other ways)"}};
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (!strncmp(word[i].zh, zh, n) && !word[i].zh[n]) return word[i].en;
  return NULL;
}

/* The body up to </qgis>, labels in the run's language. */
static void put_body(const char *text, size_t n, mj_lang lang, mj_text *out) {
  static const char mark[] = " label=\"";
  const char *at = text, *end = text + n;
  for (const char *label; lang != MJ_ZH && (label = strstr(at, mark)) && label < end;) {
    label += sizeof mark - 1;
    size_t n_label = strcspn(label, "\"");
    const char *word = english(label, n_label);
    mj_text_put(out, at, (size_t)(label - at));
    if (word) mj_text_add(out, word);
    else mj_text_put(out, label, n_label);
    at = label + n_label;
  }
  mj_text_put(out, at, (size_t)(end - at));
}

/* Is any row graded? */
static bool has_grades(const mj_sheet *sheet) {
  for (int c = 0; c < sheet->n_columns; c++) {
    const mj_column *column = sheet->columns[c].column;
    if (strcmp(sheet->columns[c].name, "grade") != 0 || column->type != MJ_TEXT) continue;
    for (int64_t i = 0; column->data && i < sheet->table->n; i++)
      if (column->text[i]) return true;
  }
  return false;
}

/* The file of a layer: that of its grades, where it has them and there is one. */
static const mj_embedded *find_style(const mj_sheet *sheet) {
  char graded[80], plain[80];
  bool grades = has_grades(sheet);
  const mj_embedded *found = NULL;
  snprintf(plain, sizeof plain, "%s.qml", sheet->name);
  snprintf(graded, sizeof graded, "%s_grades.qml", sheet->name);
  for (const mj_embedded *file = mj_embedded_styles; file->name; file++) {
    if (!strcmp(file->name, plain) && !found) found = file;
    if (grades && !strcmp(file->name, graded)) return file;
  }
  return found;
}

bool mj_style_make(const mj_sheet *sheet, mj_lang lang, mj_text *out) {
  const mj_embedded *file = find_style(sheet);
  const char *end = file ? strstr(file->text, "</qgis>") : NULL;
  if (!end) return false;
  put_body(file->text, (size_t)(end - file->text), lang, out);
  put_fields(sheet, lang, out);
  mj_text_add(out, end);
  return true;
}
