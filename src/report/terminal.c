#include "report/terminal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/grid.h"
#include "report/run.h"

enum { MAX_ZONES = 15, N_COLUMNS = 7, NAME_WIDTH = 12 };

/* A column of the table; at most 80 columns together with the name. */
static const struct {
  const char *column, *zh, *en;
  int width, decimals;
} columns[N_COLUMNS] = {{"parcel_count", "宗地", "parcels", 7, 0},
                        {"assigned_mu", "面积(亩)", "mu", 10, 1},
                        {"plot_ratio", "容积率", "ratio", 7, 2},
                        {"headroom_industrial_m2", "工业可增容(㎡)", "ind. headroom", 15, 0},
                        {"tax_wan_per_mu", "税收(万元/亩)", "tax/mu (10k)", 14, 2},
                        {"idle_count", "疑似闲置", "idle", 9, 0},
                        {"inefficient_count", "低效", "ineff", 6, 0}};

static void put_spaces(mj_text *out, int n) {
  for (; n > 0; n--) mj_text_put(out, " ", 1);
}

static void put_right(mj_text *out, const char *text, int width) {
  put_spaces(out, width - mj_utf8_width(text));
  mj_text_add(out, text);
}

/* "12,345.6"; "-" where nothing is known. */
static void put_number(mj_text *out, double v, int decimals, int width) {
  char text[540];
  put_right(out, mj_double_grouped(v, decimals, true, text) ? text : "-", width);
}

static double value_at(const mj_table *t, const char *name, int64_t row) {
  const mj_column *c = mj_table_find(t, name);
  if (!c || mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[row] : c->type == MJ_I64 ? (double)c->i64[row] : (double)NAN;
}

static void put_zone(mj_text *out, const mj_table *zones, int64_t row, const char *name) {
  mj_short_put(out, name, NAME_WIDTH);
  for (int c = 0; c < N_COLUMNS; c++)
    put_number(out, value_at(zones, columns[c].column, row), columns[c].decimals, columns[c].width);
  mj_text_add(out, "\n");
}

static void put_zones(mj_text *out, const mj_table *zones, mj_lang lang) {
  const char **name = mj_table_text(zones, "zone");
  int64_t last = zones->n - 1, n = last;
  bool outside = n > 0 && name && name[n - 1] && !strcmp(name[n - 1], "outside");
  n -= outside;
  mj_short_put(out, lang == MJ_ZH ? "片区" : "zone", NAME_WIDTH);
  for (int c = 0; c < N_COLUMNS; c++) put_right(out, lang == MJ_ZH ? columns[c].zh : columns[c].en, columns[c].width);
  mj_text_add(out, "\n");
  for (int64_t i = 0; i < n && i < MAX_ZONES; i++) put_zone(out, zones, i, name && name[i] ? name[i] : "");
  if (n > MAX_ZONES)
    mj_text_format(out, lang == MJ_ZH ? "… 另有 %lld 个片区\n" : "... and %lld more zones\n",
                   (long long)(n - MAX_ZONES));
  if (outside) put_zone(out, zones, last - 1, lang == MJ_ZH ? "片区外" : "outside");
  put_zone(out, zones, last, lang == MJ_ZH ? "全园区" : "park");
}

/* The line above the table: its headings have no room for the areas they are over. */
static mj_status put_basis(mj_text *out, const mj_park *park, mj_error *err) {
  mj_arena arena = {.page_size = 1024};
  mj_wording words;
  mj_status s = mj_wording_of(park, &arena, &words);
  const char *sentence = s ? NULL : mj_basis_sentence(&words, &arena);
  if (sentence) mj_wrap_put(out, sentence, 0, 2, 80);
  mj_arena_reset(&arena);
  return sentence ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

static void put_kind(mj_text *out, const mj_table *kinds, const char *code, const char *word, mj_lang lang) {
  const char **kind = mj_table_text(kinds, "kind");
  for (int64_t i = 0; kind && i < kinds->n; i++) {
    if (!kind[i] || strcmp(kind[i], code) != 0) continue;
    double n = value_at(kinds, "parcel_count", i);
    mj_text_format(out, "%s ", word);
    if (isnan(n)) { /* it is not known of any parcel */
      mj_text_add(out, "-");
      return;
    }
    put_number(out, n, 0, 0);
    mj_text_add(out, lang == MJ_ZH ? " 宗 " : ", ");
    put_number(out, n > 0 ? value_at(kinds, "area_mu", i) : 0, 1, 0);
    mj_text_add(out, lang == MJ_ZH ? " 亩" : " mu");
    return;
  }
}

/* A parcel may be of several kinds, so the lines below add up to more than the first. */
static void put_candidates(mj_text *out, const mj_table *kinds, mj_lang lang) {
  bool zh = lang == MJ_ZH;
  put_kind(out, kinds, "any", zh ? "再开发候选" : "candidates", lang);
  mj_text_add(out, zh ? "，其中（可并列）\n  " : ", of several kinds:\n  ");
  put_kind(out, kinds, "idle", zh ? "疑似闲置" : "suspected idle", lang);
  mj_text_add(out, "\n  ");
  put_kind(out, kinds, "inefficient", zh ? "低效" : "inefficient", lang);
  mj_text_add(out, "\n  ");
  put_kind(out, kinds, "headroom", zh ? "可增容" : "headroom", lang);
  mj_text_add(out, "\n");
}

static void put_place(mj_text *out, const mj_park *park, mj_lang lang) {
  char place[200], line[320];
  if (!mj_run_place(park, lang, place)) return;
  snprintf(line, sizeof line, mj_tr(lang, "middle of the parcels: %s\n"), place);
  line[strcspn(line, "\n")] = 0;
  mj_wrap_put(out, line, 0, 2, 80);
}

static void put_ledger(mj_text *out, const mj_ledger *ledger, mj_lang lang) {
  int64_t aside = mj_ledger_count(ledger, MJ_SET_ASIDE), warned = mj_ledger_count(ledger, MJ_WARN) - aside;
  mj_text_format(out,
                 lang == MJ_ZH ? "数据质量台账：剔除 %lld，警告 %lld，说明 %lld，见 ledger.csv\n"
                               : "ledger: %lld set aside, %lld warnings, %lld notes: see "
                                 "ledger.csv\n",
                 (long long)aside, (long long)warned, (long long)(ledger->n - aside - warned));
}

void mj_run_first_fixes(const mj_park *park, int64_t *values, int64_t *firm) {
  enum { MOST = 10 };
  const mj_table *t = &park->table[MJ_FIXES];
  const int64_t *rank = t->name ? mj_table_i64(t, "rank") : NULL,
                *after = t->name ? mj_table_i64(t, "firm_after") : NULL;
  *values = *firm = 0;
  for (int64_t i = 0; rank && after && i < t->n && rank[i] != MJ_I64_NULL && (i < MOST || !*firm); i++) {
    if (after[i] == *firm) continue; /* a set that is not complete yet */
    *values = i + 1;
    *firm = after[i];
  }
}

static void put_fixes(mj_text *out, const mj_park *park, mj_lang lang) {
  bool zh = lang == MJ_ZH;
  int64_t values, firm;
  if (!park->open_verdicts) return;
  mj_run_first_fixes(park, &values, &firm);
  mj_text_format(out, zh ? "数据不足的判定 %lld 项（闲置、低效、提容分档）\n" : "verdicts that lack data: %lld\n",
                 (long long)park->open_verdicts);
  if (!firm) mj_text_add(out, zh ? "  应补的数据见 tables/fixes.csv\n" : "  what to supply: tables/fixes.csv\n");
  else
    mj_text_format(out,
                   zh ? "  先补 %lld 项数据，可使 %lld 项判定确定，见 tables/fixes.csv\n"
                      : "  fix these %lld values and %lld become firm: tables/fixes.csv\n",
                   (long long)values, (long long)firm);
}

/* A matter without a rule in force is 数据不足 in every row, and no data would change that. */
static void put_unjudged(mj_text *out, const mj_park *park, mj_lang lang) {
  for (int64_t i = 0; park->n_rulebooks && i < park->ledger.n; i++) {
    const mj_ledger_entry *e = &park->ledger.entry[i];
    if (e->code != MJ_L_NOT_JUDGED || !e->field) continue;
    bool idle = !strcmp(e->field, "idle");
    mj_text_format(out, mj_tr(lang, "no rulebook in force judges what is %s: no data would change that\n"),
                   idle ? mj_tr(lang, "idle") : mj_tr(lang, "inefficient"));
  }
}

mj_status mj_report_summary(const mj_park *park, mj_text *out, mj_error *err) {
  static const char *const only[] = {"zones", "candidate_kinds", "fit_zones", NULL};
  mj_summaries sums = {0};
  mj_lang lang = park->project.lang;
  mj_status s = mj_summaries_run(park, only, &sums, err);
  const mj_table *zones = s ? NULL : mj_summaries_find(&sums, "zones"),
                 *kinds = s ? NULL : mj_summaries_find(&sums, "candidate_kinds");
  if (zones && zones->n && !s) s = put_basis(out, park, err);
  if (zones && zones->n) put_zones(out, zones, lang);
  if (kinds) put_candidates(out, kinds, lang);
  if (!s) mj_terminal_fit(out, mj_summaries_find(&sums, "fit_zones"), lang);
  if (!s) mj_terminal_aims(out, park);
  if (!s && !park->n_rulebooks)
    mj_text_add(out, lang == MJ_ZH ? "未给规则集，不作判定；mujun rules list 列出可用的规则集\n"
                                   : "no rulebook is given, so nothing is judged: mujun rules list names them\n");
  if (!s) put_unjudged(out, park, lang);
  if (!s) put_place(out, park, lang);
  if (!s) put_fixes(out, park, lang);
  if (!s) put_ledger(out, &park->ledger, lang);
  mj_summaries_reset(&sums);
  return !s && out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : s;
}
