#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/run.h"

typedef struct {
  mj_run *run;
  mj_line *line;
  int n, cap;
  bool failed;
} lines;

static void add(lines *l, mj_line line) {
  if (l->n == l->cap || !line.label) l->failed = true;
  else l->line[l->n++] = line;
}

static void add_text(lines *l, const char *zh, const char *en, const char *text) {
  add(l, (mj_line){.label = l->run->lang == MJ_ZH ? zh : en, .text = text ? text : ""});
}

static void add_count(lines *l, const char *zh, const char *en, int64_t n) {
  add(l, (mj_line){.label = l->run->lang == MJ_ZH ? zh : en, .number = (double)n});
}

static const char *date_text(mj_run *run, int32_t date) {
  char text[11];
  mj_date_format(date, text);
  return mj_arena_text(&run->arena, text, strlen(text));
}

static bool in_chinese(const lines *l) { return l->run->lang == MJ_ZH; }

/* "quanzhou-2025 1：某政策 文号（2026-02-01 起，至 2027-12-31 有效，基准日有效）", one line a rulebook. */
static void add_rulebooks(lines *l) {
  const mj_park *park = l->run->park;
  bool zh = in_chinese(l);
  if (!park->n_rulebooks) add_text(l, "规则集", "rulebooks", zh ? "无，未作判定" : "none, nothing is judged");
  for (int i = 0; i < park->n_rulebooks && park->rulebook_facts; i++) {
    const mj_rulebook_facts *b = &park->rulebook_facts[i];
    const char *to = b->to == MJ_DATE_NULL ? zh ? "长期" : "further notice" : date_text(l->run, b->to),
               *from = date_text(l->run, b->from);
    if (!to || !from) l->failed = true;
    else
      add_text(l, "规则集", "rulebook",
               mj_arena_format(&l->run->arena, zh ? "%s %s：%s %s（%s 至 %s，%s）" : "%s %s: %s %s (%s to %s, %s)",
                               b->code, b->version, b->name, b->document, from, to,
                               b->in_force ? zh ? "基准日有效" : "in force on the reference date"
                               : zh        ? "基准日不在有效期，未采用"
                                           : "not in force on the reference date, not applied"));
  }
}

/* The row of the whole park in the summary of zones, one figure a line. The layer of zones has the same name. */
static void add_park(lines *l) {
  const char *zones = l->run->options.fit_only ? "fit_zones" : "zones";
  for (int i = 0; i < l->run->n; i++) {
    const mj_sheet *s = &l->run->item[i].sheet;
    if (strcmp(s->name, zones) != 0 || l->run->item[i].shapes || s->n == 0) continue;
    for (int c = 0; c < s->n_columns; c++) {
      const mj_column *column = s->columns[c].column;
      bool split = !strncmp(column->name, "split_", 6); /* the same as assigned, for the whole park */
      if (split || mj_column_is_null(column, s->n - 1) || (column->type != MJ_F64 && column->type != MJ_I64)) continue;
      double v = column->type == MJ_F64 ? column->f64[s->n - 1] : (double)column->i64[s->n - 1];
      add(l, (mj_line){.label = s->columns[c].label, .number = v, .decimals = s->columns[c].decimals});
    }
    return;
  }
}

bool mj_run_place(const mj_park *park, mj_lang lang, char out[200]) {
  const mj_frame *f = &park->frame;
  out[0] = '\0';
  if (!f->wkt || !isfinite(f->lon_deg) || !isfinite(f->lat_deg)) return false;
  snprintf(out, 200, lang == MJ_ZH ? "%.4f°%s %.4f°%s，%s" : "%.4f°%s %.4f°%s, %s", fabs(f->lon_deg),
           f->lon_deg < 0 ? "W" : "E", fabs(f->lat_deg), f->lat_deg < 0 ? "S" : "N", f->source_name);
  return true;
}

static void add_place(lines *l) {
  char place[200];
  if (mj_run_place(l->run->park, l->run->lang, place))
    add_text(l, "宗地中心位置", "middle of the parcels", mj_arena_text(&l->run->arena, place, strlen(place)));
}

bool mj_run_is_figure(const char *layer, const char *measure) {
  return !strcmp(layer, "enterprises") && strncmp(measure, "rows", 4) != 0;
}

/* The sheet of the reconciliation has every line; here stand output and tax, and what the other figures leave over. */
static bool is_shown(const char *layer, const char *measure, const char *item) {
  bool leading = !strcmp(measure, "output_wan") || !strcmp(measure, "tax_wan");
  return mj_run_is_figure(layer, measure) && (leading || !strcmp(item, "residual"));
}

/* What could not be brought to a parcel, and what the sums leave over. */
static void add_reconciliation(lines *l) {
  const mj_table *t = &l->run->park->table[MJ_RECONCILIATION];
  const char **layer = t->name ? mj_table_text(t, "layer") : NULL,
             **measure = t->name ? mj_table_text(t, "measure") : NULL,
             **item = t->name ? mj_table_text(t, "item") : NULL;
  const double *v = t->name ? mj_table_f64(t, "value") : NULL;
  for (int64_t i = 0; layer && measure && item && v && i < t->n; i++)
    if (is_shown(layer[i], measure[i], item[i]))
      add(l, (mj_line){.label = mj_arena_format(&l->run->arena,
                                                in_chinese(l) ? "企业数据核对：%s，%s" : "enterprise figures: %s, %s",
                                                mj_code_of(t->name, "measure", measure[i], l->run->lang),
                                                mj_code_of(t->name, "item", item[i], l->run->lang)),
                       .number = v[i],
                       .decimals = !strcmp(item[i], "residual") ? 6 : 2});
}

/* What to supply first: the two lines that a field survey is planned by. */
static void add_fixes(lines *l) {
  int64_t values, firm;
  mj_run_first_fixes(l->run->park, &values, &firm);
  add_count(l, "数据不足的判定", "verdicts that lack data", l->run->park->open_verdicts);
  if (firm)
    add_text(l, "先补数据", "fix first",
             mj_arena_format(&l->run->arena,
                             in_chinese(l) ? "补 %lld 项，%lld 项判定即可确定（待补数据）"
                                           : "%lld values make %lld verdicts firm (sheet Fixes)",
                             (long long)values, (long long)firm));
}

static void add_rows(lines *l) {
  for (int i = 0; i < l->run->park->n_sources; i++) {
    const mj_source *s = &l->run->park->sources[i];
    const char *slash = strrchr(s->path, '/');
    const char *text = mj_arena_format(
        &l->run->arena, in_chinese(l) ? "%s（%s）：读入 %lld 行，采用 %lld 行" : "%s (%s): %lld rows read, %lld used",
        mj_table_id_word(s->role, l->run->lang), slash ? slash + 1 : s->path, (long long)s->rows_in,
        (long long)s->rows_kept);
    add_text(l, "输入", "input", text);
  }
}

mj_status mj_run_overview(mj_run *run, const mj_line **line, int *n, mj_error *err) {
  const mj_project *p = &run->park->project;
  const mj_ledger *ledger = &run->park->ledger;
  lines l = {.run = run, .cap = 96 + run->park->n_sources + (int)run->park->table[MJ_RECONCILIATION].n};
  l.line = mj_arena_alloc(&run->arena, (size_t)l.cap, sizeof *l.line);
  if (!l.line) return mj_fail(err, MJ_ENOMEM, "out of memory");
  add_text(&l, "园区", "park", p->name);
  add_text(&l, "基准日", "reference date", date_text(run, p->as_of));
  add(&l, (mj_line){.label = run->lang == MJ_ZH ? "评价年度" : "year", .number = p->year, .decimals = -1});
  add_place(&l);
  add_rulebooks(&l);
  add_text(&l, "说明", "note",
           run->lang == MJ_ZH
               ? "疑似闲置须经调查认定，程序结论不代替行政认定"
               : "suspected idle land is subject to investigation; the program's findings do not replace "
                 "an administrative decision");
  const char *areas = mj_basis_sentence(&run->words, &run->arena);
  if (!areas) l.failed = true;
  add_text(&l, "面积口径", "areas", areas);
  add_park(&l);
  add_fixes(&l);
  add_count(&l, "台账：剔除", "ledger: set aside", mj_ledger_count(ledger, MJ_SET_ASIDE));
  add_count(&l, "台账：警告", "ledger: warnings",
            mj_ledger_count(ledger, MJ_WARN) - mj_ledger_count(ledger, MJ_SET_ASIDE));
  add_count(&l, "台账：说明", "ledger: notes", ledger->n - mj_ledger_count(ledger, MJ_WARN));
  add_rows(&l);
  for (int i = 0; i < run->n; i++)
    if (!strcmp(run->item[i].sheet.name, "parcels") && !(run->item[i].to & MJ_TO_XLSX))
      add_text(&l, "宗地明细", "all parcels", "tables/parcels.csv");
  add_reconciliation(&l);
  add_text(&l, "运行编号", "run id", run->folder.run_id);
  *line = l.line;
  *n = l.n;
  return l.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}
