#include "report/html.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/parallel.h"
#include "gis/deflate.h"
#include "report/sink.h"

enum { LEVEL = 6, MAX_BLOCKS = 64 };

/* A block of data of the page: the run's facts, a table, or the shapes of one. Each is packed by itself, so that
 * several can be at once, and the browser unpacks late what it needs late. */
typedef struct {
  char id[48]; /* "meta", "t-parcels", "g-parcels" */
  const mj_sheet *sheet;
  const double *lon_deg, *lat_deg; /* NULL: the table, not its shapes */
  mj_text text;
} block;

typedef struct {
  mj_html *page;
  block block[MAX_BLOCKS];
  int n;
  const char *themes; /* what the run's facts say of them */
  mj_error *err;
} blocks;

/* Tables of which the page needs these columns only: the dossier reads them, or a theme. Of the others it has all that
 * did not come with the input, of parcels and enterprises all. */
static const struct {
  const char *table, *columns;
} needed[] = {
    {"occupancy_shares",
     " parcel_row parcel_id use_role credit_code enterprise_name building_id floor_m2 floor_source "
     "land_share land_m2 output_wan tax_wan staff "},
    {"enterprise_series",
     " credit_code first_year last_year output_3y_wan tax_3y_wan output_growth tax_growth stopped "
     "half_stopped zombie evidence "},
    {"reasons",
     " parcel_id row verdict_on verdict rule rulebook document article measure value op limit_value margin "
     "operands certainty text "},
    {"breakpoints", " parcel_id row figure value breakpoint included after rule "},
    {"fit_options",
     " parcel_row fit_way chosen net_m2 gross_m2 demolished_m2 modules storeys_max plot_ratio_after binding_constraint "
     "second_constraint ceiling_plot_ratio_m2 ceiling_coverage_m2 ceiling_green_m2 ceiling_shape_m2 "
     "ceiling_distance_m2 ceiling_height_m2 ceiling_structure_m2 cap_breakpoint fit_reason "},
    {"over_leases", " credit_code enterprise_name over_leased evidence "},
    {"fit", " fit_way chosen part storeys "},
    {"buildings", " floors "}};

static bool is_needed(const mj_sheet *sheet, const mj_out_column *c) {
  char name[80];
  for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
    if (!strcmp(needed[i].table, sheet->name)) {
      snprintf(name, sizeof name, " %s ", c->name);
      return strstr(needed[i].columns, name) != NULL;
    }
  return !c->column->from_source || !strcmp(sheet->name, "parcels") || !strcmp(sheet->name, "enterprises");
}

static const mj_sheet *lean(mj_html *page, const mj_sheet *sheet) {
  mj_sheet *out = mj_arena_alloc(&page->arena, 1, sizeof *out);
  if (!out) return NULL;
  *out = *sheet;
  out->n_columns = 0;
  out->columns = mj_arena_alloc(&page->arena, (size_t)sheet->n_columns + 1, sizeof *out->columns);
  for (int c = 0; out->columns && c < sheet->n_columns; c++)
    if (is_needed(sheet, &sheet->columns[c])) out->columns[out->n_columns++] = sheet->columns[c];
  return out->columns ? out : NULL;
}

/* The rows of the page, with the columns it needs. */
static const mj_sheet *part_of(mj_html *page, const mj_sheet *sheet) {
  if (!(sheet = mj_html_part(page, sheet))) return NULL;
  if (!strcmp(sheet->name, "fit") && !(sheet = mj_html_factories(page, sheet))) return NULL;
  return lean(page, sheet);
}

static mj_status add(blocks *b, const char *letter, const mj_sheet *sheet, block **out) {
  if (b->n == MAX_BLOCKS) return mj_fail(b->err, MJ_EINVAL, "more than %d blocks of data", MAX_BLOCKS);
  *out = &b->block[b->n++];
  snprintf((*out)->id, sizeof(*out)->id, "%s-%s", letter, sheet->name);
  (*out)->sheet = sheet;
  return MJ_OK;
}

static mj_status add_table(blocks *b, const char *name) {
  const mj_sheet *sheet = mj_html_sheet(b->page->run, name);
  block *out = NULL;
  if (!sheet || !sheet->n) return MJ_OK;
  if (!(sheet = part_of(b->page, sheet))) return mj_fail(b->err, MJ_ENOMEM, "out of memory");
  return add(b, "t", sheet, &out);
}

static mj_status add_shapes(blocks *b, const char *name) {
  mj_run *run = b->page->run;
  const mj_sheet *sheet = NULL;
  block *out = NULL;
  for (int i = 0; i < run->n && !sheet; i++)
    if (run->item[i].shapes && !strcmp(run->item[i].sheet.name, name)) sheet = &run->item[i].sheet;
  if (!sheet || !sheet->n || run->park->frame.no_wgs84) return MJ_OK;
  if (!(sheet = part_of(b->page, sheet))) return mj_fail(b->err, MJ_ENOMEM, "out of memory");
  MJ_TRY(add(b, "g", sheet, &out));
  return mj_shapes_lonlat(run->park, sheet->table, &b->page->arena, &out->lon_deg, &out->lat_deg, b->err);
}

/* In the order in which the page needs them. */
static mj_status list(blocks *b) {
  static const char *const first[] = {"parcels", "zones"},
                           *const then[] = {"candidate_kinds",
                                            "status",
                                            "verdicts",
                                            "targets",
                                            "indicators",
                                            "fit_zones",
                                            "fit_targets",
                                            "fit_constraints",
                                            "land_use",
                                            "sizes",
                                            "industries",
                                            "factory_use",
                                            "years",
                                            "contract_compliance",
                                            "ledger_codes",
                                            "reconciliation",
                                            "enterprises",
                                            "enterprise_series",
                                            "occupancy_shares",
                                            "reasons",
                                            "breakpoints",
                                            "fit_options",
                                            "fixes",
                                            "ledger",
                                            "grades",
                                            "contracts",
                                            "projects",
                                            "factory_units",
                                            "over_leases"},
                           *const layers[] = {"fit", "checks", "check_points"}, *const whole[] = {"buildings"};
  for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
    MJ_TRY(add_table(b, first[i]));
    MJ_TRY(add_shapes(b, first[i]));
  }
  for (size_t i = 0; i < sizeof then / sizeof *then; i++) MJ_TRY(add_table(b, then[i]));
  MJ_TRY(add_shapes(b, "enterprises"));
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    MJ_TRY(add_table(b, layers[i]));
    MJ_TRY(add_shapes(b, layers[i]));
  }
  for (size_t i = 0; i < sizeof whole / sizeof *whole && !b->page->partly; i++) {
    MJ_TRY(add_table(b, whole[i]));
    MJ_TRY(add_shapes(b, whole[i]));
  }
  return MJ_OK;
}

static void put_base64(mj_text *out, const char *bytes, size_t n) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *in = (const unsigned char *)bytes;
  char *at = mj_text_room(out, (n + 2) / 3 * 4);
  if (!at) return;
  for (size_t i = 0; i < n; i += 3, at += 4) {
    unsigned v = (unsigned)in[i] << 16 | (i + 1 < n ? (unsigned)in[i + 1] << 8 : 0) | (i + 2 < n ? in[i + 2] : 0u);
    at[0] = letters[v >> 18];
    at[1] = letters[v >> 12 & 63];
    at[2] = i + 1 < n ? letters[v >> 6 & 63] : '=';
    at[3] = i + 2 < n ? letters[v & 63] : '=';
  }
  out->n += (n + 2) / 3 * 4;
}

static mj_status pack(mj_text *text) {
  mj_text packed = {0};
  mj_status s = mj_deflate(text->data, text->n, LEVEL, &packed, NULL);
  text->n = 0;
  if (!s) put_base64(text, packed.data, packed.n);
  mj_text_reset(&packed);
  return s || text->failed ? MJ_ENOMEM : MJ_OK;
}

/* Blocks do not depend on each other, nor on who makes them. */
static mj_status make(void *ctx, int64_t first, int64_t last, int worker) {
  blocks *b = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    block *k = &b->block[i];
    bool fine = k->sheet && (!strcmp(k->sheet->name, "parcels") || !strcmp(k->sheet->name, "zones"));
    if (k->lon_deg) MJ_TRY(mj_html_shapes(k->sheet, k->lon_deg, k->lat_deg, fine ? 1e7 : 1e6, &k->text, NULL));
    else if (k->sheet) MJ_TRY(mj_html_table(k->sheet, b->themes, b->page->run->lang, &k->text, NULL));
    MJ_TRY(pack(&k->text));
  }
  return MJ_OK;
}

static const mj_embedded *page_file(const char *name) {
  const mj_embedded *f = mj_embedded_page;
  while (f->name && strcmp(f->name, name) != 0) f++;
  return f;
}

static void put_file(mj_text *out, const char *name) { mj_text_put(out, page_file(name)->text, page_file(name)->n); }

static void put_head(const mj_html *page, mj_text *out) {
  bool zh = page->run->lang == MJ_ZH;
  const char *park = page->run->park->project.name;
  char as_of[11];
  mj_date_format(page->run->park->project.as_of, as_of);
  mj_text_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", zh ? "zh-CN" : "en");
  mj_text_add(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"");
  mj_html_put(out, page_file("page.csp")->text);
  mj_text_add(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  mj_html_put(out, park ? park : "mujun");
  mj_text_add(out, zh ? " · 亩均分析报告</title>\n<style>" : " · land report</title>\n<style>");
  put_file(out, "page.css");
  mj_text_add(out, "</style>\n</head>\n<body>\n<header id=\"head\"><div><h1>");
  mj_html_put(out, park ? park : zh ? "园区" : "Park");
  mj_text_add(out, zh ? " 亩均分析报告</h1>\n<p>基准日 " : ": land report</h1>\n<p>Reference date ");
  mj_text_add(out, as_of);
  mj_text_format(out, zh ? " · 评价年度 %d</p></div>\n" : " · year %d</p></div>\n", (int)page->run->park->project.year);
  mj_text_add(out, zh ? "<p class=\"internal\">内部使用 · 含企业数据，请勿外传</p></header>\n"
                      : "<p class=\"internal\">For internal use: holds figures of enterprises</p></header>\n");
  mj_text_add(out, "<main id=\"main\">\n");
}

static mj_status put_page(blocks *b, mj_sink *sink, mj_error *err) {
  mj_text text = {0};
  put_head(b->page, &text);
  mj_html_static(b->page, &text);
  mj_text_add(&text, "</main>\n");
  mj_status s = MJ_OK;
  for (int i = 0; i < b->n && !s; i++) {
    mj_text_format(&text, "<script type=\"text/plain\" id=\"%s\">", b->block[i].id);
    s = text.failed ? MJ_OK : mj_sink_put(sink, text.data, text.n, err);
    if (!s) s = mj_sink_put(sink, b->block[i].text.data, b->block[i].text.n, err);
    text.n = 0;
    mj_text_add(&text, "</script>\n");
  }
  mj_text_add(&text, "<script>");
  put_file(&text, "page.js");
  mj_text_add(&text, "</script>\n</body>\n</html>\n");
  if (text.failed && !s) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s) s = mj_sink_put(sink, text.data, text.n, err);
  mj_text_reset(&text);
  return s;
}

static mj_status write_page(blocks *b, mj_out_file *file, mj_error *err) {
  const mj_run *run = b->page->run;
  mj_sink sink;
  int threads = run->park->project.threads;
  if (mj_parallel(threads, b->n, 1, make, b)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_sink_open(&sink, file->temp, file->path, err));
  mj_status s = put_page(b, &sink, err);
  file->bytes = sink.bytes;
  if (!s) return mj_sink_close(&sink, err);
  mj_sink_drop(&sink);
  return s;
}

mj_status mj_html_write(mj_run *run, mj_error *err) {
  mj_html page = {.run = run};
  blocks b = {.page = &page, .err = err, .n = 1, .block = {{.id = "meta"}}};
  mj_out_file *file;
  mj_text meta = {0};
  mj_status s = mj_folder_add(&run->folder, "report.html", &file, err);
  if (!s) s = mj_html_pick(&page, err);
  if (!s) s = mj_html_meta(&page, &meta, err);
  if (!s) mj_text_put(&b.block[0].text, meta.data, meta.n);
  b.themes = meta.data;
  if (!s) s = list(&b);
  if (!s) s = write_page(&b, file, err);
  for (int i = 0; i < b.n; i++) mj_text_reset(&b.block[i].text);
  if (!s && run->options.pdf) s = mj_pdf_write(run, file->temp, err);
  mj_text_reset(&meta);
  mj_arena_reset(&page.arena);
  return s;
}
