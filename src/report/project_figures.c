#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/project_sheets.h"

static const mj_look head = {.points = 8, .bold = true, .framed = true, .ground = "232,232,228"};
static const mj_look cell = {.points = 8, .framed = true};
static const double row_mm = 6;

static const mj_out_column *find(const mj_qgs_layer *layer, const char *field) {
  const mj_sheet *sheet = &layer->item->sheet;
  for (int i = 0; i < sheet->n_columns; i++)
    if (!strcmp(sheet->columns[i].name, field) && sheet->columns[i].ours) return &sheet->columns[i];
  return NULL;
}

/* The heading without the area it is over, which would not fit: "亩均税收（万元/亩）". */
static const char *heading(mj_qgs *q, const mj_qgs_layer *layer, const mj_out_column *c) {
  bool ok = true;
  mj_arena *arena = &q->run->arena;
  const char *layer_name = strcmp(layer->item->sheet.name, "candidates") != 0 ? layer->item->sheet.name : "parcels";
  const char *word = mj_field_heading(layer_name, c->name, q->run->lang, arena, &ok);
  if (!word) word = c->label;
  if (*c->unit) word = mj_arena_format(arena, q->zh ? "%s（%s）" : "%s (%s)", word, c->unit);
  return word && ok ? word : "";
}

/* A text in type small enough for one line: a point is 0.353 mm, a narrow character about half as wide as high. */
static void put_fitted(mj_qgs *q, mj_place at, const char *text, mj_look look) {
  double wide_mm = mj_utf8_width(text) / 2.0 * (look.bold ? 0.4 : 0.37), room_mm = at.w - 2.8;
  if (wide_mm * look.points > room_mm) look.points = fmax(floor(room_mm / wide_mm * 4) / 4, 4);
  mj_layout_text(q, at, text, look);
}

/* "CASE WHEN field = code THEN word ..." of a coded column. */
static void put_word(const mj_out_column *c, const char *domain, mj_text *text) {
  mj_text_add(text, "CASE");
  for (const char *at = domain; *at; at += *at == '|') {
    size_t n_code = strcspn(at, "="), n_word = strcspn(at + n_code + 1, "|");
    mj_text_format(text, " WHEN \"%s\" = '%.*s' THEN '%.*s'", c->name, (int)n_code, at, (int)n_word, at + n_code + 1);
    at += n_code + 1 + n_word;
  }
  mj_text_format(text, " ELSE \"%s\" END", c->name);
}

/* The words of several codes in one cell: "idle;headroom". */
static void put_words(const mj_qgs *q, const mj_out_column *c, mj_text *text) {
  mj_text_format(text, "replace(\"%s\", map(';', '%s'", c->name, mj_qgs_word(q, "、", ", "));
  for (int i = 0; i < c->n_codes; i++)
    mj_text_format(text, ", '%s', '%s'", c->codes[i].code, mj_qgs_word(q, c->codes[i].zh, c->codes[i].en));
  mj_text_add(text, "))");
}

/* [% the field's value %] as people read it: a number with two decimals at most, the word of a code, @p otherwise an
 * expression for where it is missing. */
static void put_value(mj_qgs *q, const mj_out_column *c, const char *otherwise, mj_text *text) {
  bool ok = true;
  const char *domain = mj_domain_text(c, q->run->lang, &q->run->arena, &ok);
  int decimals = abs(c->decimals) < 2 ? abs(c->decimals) : 2;
  if (!ok) q->out->failed = true;
  mj_text_add(text, "[% coalesce(");
  if (c->column->type == MJ_F64 || c->column->type == MJ_I64)
    mj_text_format(text, "format_number(\"%s\", %d)", c->name, decimals);
  else if (domain) put_word(c, domain, text);
  else if (c->n_codes) put_words(q, c, text);
  else mj_text_format(text, "\"%s\"", c->name);
  mj_text_format(text, ", %s) %%]", otherwise);
}

double mj_sheet_figures(mj_qgs *q, mj_place at, const mj_qgs_layer *layer, const char *const *fields, bool wide) {
  int n = 0, i = 0, columns = wide ? 2 : 1;
  for (const char *const *f = fields; *f; f++) n += find(layer, *f) != NULL;
  int rows = (n + columns - 1) / columns;
  double w = at.w / columns, w_head = w * (wide ? 0.55 : 0.66);
  for (const char *const *f = fields; *f; f++) {
    const mj_out_column *c = find(layer, *f);
    if (!c) continue;
    mj_text value = {0};
    put_value(q, c, "'—'", &value);
    double x = at.x + i / rows * w, y = at.y + i % rows * row_mm;
    put_fitted(q, (mj_place){x, y, w_head, row_mm}, heading(q, layer, c), head);
    mj_layout_live(q, (mj_place){x + w_head, y, w - w_head, row_mm}, value.data ? value.data : "", cell);
    if (value.failed) q->out->failed = true;
    mj_text_reset(&value);
    i++;
  }
  return rows * row_mm;
}

void mj_sheet_words(mj_qgs *q, mj_place at, const mj_qgs_layer *layer, const char *field, const char *otherwise) {
  const mj_out_column *c = find(layer, field);
  mj_text value = {0};
  if (!c) return;
  put_value(q, c, otherwise, &value);
  put_fitted(q, (mj_place){at.x, at.y, at.w, row_mm}, heading(q, layer, c), head);
  mj_layout_live(q, (mj_place){at.x, at.y + row_mm, at.w, at.h - row_mm}, value.data ? value.data : "",
                 (mj_look){.points = 8, .framed = true, .top = true});
  if (value.failed) q->out->failed = true;
  mj_text_reset(&value);
}

/* A column of the table of zones. */
typedef struct {
  const char *name, *zh, *en;
  double w; /* of the table */
} zone_column;
static const zone_column zone_columns[] = {{"zone", "片区", "zone", 0.25},
                                           {"parcel_count", "宗地", "parcels", 0.12},
                                           {"assigned_mu", "面积（亩）", "area (mu)", 0.19},
                                           {"plot_ratio", "容积率", "plot ratio", 0.16},
                                           {"idle_count", "疑似闲置", "idle", 0.16},
                                           {"inefficient_count", "低效", "ineffic.", 0.12}};

static void zone_cell(mj_qgs *q, mj_place at, const mj_table *t, const zone_column *z, int64_t row, bool total) {
  const mj_column *c = mj_table_find(t, z->name);
  char number[540] = "";
  const char *text = number;
  mj_look look = cell;
  look.bold = total;
  look.across = c && c->type == MJ_TEXT ? MJ_LEFT : MJ_RIGHT;
  if (c && c->type == MJ_TEXT) text = c->text[row] ? mj_code_of("zones", "zone", c->text[row], q->run->lang) : "";
  else if (c && c->type == MJ_I64 && c->i64[row] != MJ_I64_NULL)
    mj_double_grouped((double)c->i64[row], 0, true, number);
  else if (c && c->type == MJ_F64) mj_double_grouped(c->f64[row], *z->name == 'p' ? 2 : 1, true, number);
  put_fitted(q, at, text, look);
}

void mj_sheet_zones(mj_qgs *q, mj_place at) {
  const mj_table *t = mj_summaries_find(&q->run->summaries, "zones");
  int64_t most = (int64_t)(at.h / row_mm) - 1;
  if (!t || !mj_table_text(t, "zone")) return;
  int64_t n = t->n < most ? t->n : most;
  double y = at.y;
  for (int64_t i = -1; i < n; i++, y += row_mm) {
    double x = at.x;
    /* where they do not all fit, the last line is that of the park */
    int64_t row = i == n - 1 && i >= 0 ? t->n - 1 : i;
    if (t->n > n && i == n - 2 && i >= 0) {
      char more[80];
      snprintf(more, sizeof more, q->zh ? "… 另有 %lld 个片区" : "… and %lld more zones", (long long)(t->n - n + 1));
      put_fitted(q, (mj_place){at.x, y, at.w, row_mm}, more, cell);
      continue;
    }
    for (size_t k = 0; k < sizeof zone_columns / sizeof *zone_columns; k++) {
      const zone_column *z = &zone_columns[k];
      mj_place box = {x, y, z->w * at.w, row_mm};
      if (i < 0) put_fitted(q, box, mj_qgs_word(q, z->zh, z->en), head);
      else zone_cell(q, box, t, z, row, row == t->n - 1);
      x += box.w;
    }
  }
}

/* "规则集：…、…", in force ones only. */
static void put_rulebooks(mj_qgs *q, mj_text *text) {
  const mj_park *park = q->run->park;
  int n = 0;
  for (int i = 0; i < park->n_rulebooks && park->rulebook_facts; i++) {
    const mj_rulebook_facts *b = &park->rulebook_facts[i];
    if (!b->in_force) continue;
    mj_text_add(text, n++ ? mj_qgs_word(q, "；", "; ") : mj_qgs_word(q, "规则集：", "Rulebooks: "));
    mj_text_format(text, q->zh ? "%s（%s）" : "%s (%s)", b->name, b->document);
  }
  if (!n) mj_text_add(text, mj_qgs_word(q, "规则集：无，未作判定", "Rulebooks: none, nothing is judged"));
  mj_text_add(text, mj_qgs_word(q, "。\n", ".\n"));
}

/* Points at which the paragraphs of @p text fit into @p at, as far as widths can be told without the font: a column of
 * mj_utf8_width is about half as wide as a letter is high. At most 6.5, at least 4.5. */
static double points_for(const char *text, mj_place at) {
  const double mm = 0.3528;
  double points = 6.5;
  for (; points > 4.5; points -= 0.25) {
    double lines = 0;
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
      char one[600];
      snprintf(one, sizeof one, "%.*s", (int)strcspn(p, "\n"), p);
      lines += ceil(mj_utf8_width(one) * 0.55 * points * mm / at.w + 0.1); /* words do not fill their lines */
    }
    if (lines * points * mm * 1.5 <= at.h) break;
  }
  return points;
}

void mj_sheet_notes(mj_qgs *q, mj_place at) {
  const mj_frame *frame = &q->run->park->frame;
  int32_t day = q->run->park->project.as_of;
  char date[11] = "—";
  mj_text text = {0};
  if (day && day != MJ_DATE_NULL) mj_date_format(day, date);
  put_rulebooks(q, &text);
  mj_text_format(&text,
                 q->zh ? "基准日：%s。坐标系：%s%s。\n"
                         "数据来源：委托方提供的图层与报表，见 manifest.json；数据质量见 ledger.csv。\n"
                       : "Reference date: %s. Reference system: %s%s.\n"
                         "Source: layers and tables as delivered, see manifest.json; data quality in ledger.csv.\n",
                 date, frame->source_name,
                 frame->laid ? mj_qgs_word(q, "（制图用高斯投影带）", " (drawn on a Gauss belt)") : "");
  mj_text_add(&text, mj_qgs_word(q, "疑似闲置以调查认定为准；分级颜色只为显示，不是政策限值。制图：mujun（亩均）",
                                 "Suspected idle land is idle only when an inquiry finds so; classes are for display, "
                                 "not limits of policy. Drawn by mujun."));
  if (text.failed) q->out->failed = true;
  else mj_layout_text(q, at, text.data, (mj_look){.points = points_for(text.data, at), .top = true});
  mj_text_reset(&text);
}
