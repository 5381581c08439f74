#include <math.h>
#include <string.h>

#include "report/dossier.h"

static const char *sign(const mj_dossier *d, const char *op) {
  if (d->lang != MJ_ZH || !op) return op ? op : "";
  return !strcmp(op, "<=") ? "≤" : !strcmp(op, ">=") ? "≥" : !strcmp(op, "!=") ? "≠" : op;
}

static const char *certainty(mj_dossier *d, const mj_piece *part, int64_t row) {
  const char *code = mj_piece_text(part, row, "certainty");
  if (!code) return "";
  return !strcmp(code, "assumed") ? MJ_WORDS(d, "暂定（文件未载明）", "assumed (not stated in the document)")
                                  : mj_code_of("reasons", "certainty", code, d->lang);
}

/* ---- the conditions that stand in the reasons ---- */

static const char *or_dash(const char *text) { return text && *text ? text : "-"; }

/* The sentence without the words that stand above it already. */
static const char *bare(const char *text) {
  static const char *const said[] = {"疑似闲置（待调查认定）：", "suspected idle (to be investigated): "};
  for (size_t i = 0; text && i < sizeof said / sizeof *said; i++)
    if (!strncmp(text, said[i], strlen(said[i]))) return text + strlen(said[i]);
  return text;
}

static const char *sentence(mj_dossier *d, int64_t row, bool open) {
  const mj_piece *r = &d->reasons;
  const char *text = bare(mj_piece_text(r, row, "text")), *measure = or_dash(mj_piece_text(r, row, "measure")),
             *verdict = mj_piece_text(r, row, "verdict"), *op = mj_piece_text(r, row, "op"),
             *limit = mj_piece_text(r, row, "limit_value");
  bool unknown = verdict && !strcmp(verdict, "unknown");
  if (unknown && op && limit)
    return mj_arena_format(&d->arena,
                           MJ_WORDS(d, "%s。补齐后，若 %s %s %s 则该条件成立，否则不成立",
                                    "%s. Once supplied: it holds if %s %s %s, and else it does not"),
                           text ? text : measure, measure, sign(d, op), limit);
  if (open || unknown) return text ? text : measure;
  if (!op || !limit)
    return mj_arena_format(&d->arena, MJ_WORDS(d, "%s（数值不公开）", "%s (the value is not public)"), measure);
  bool failed = verdict && !strcmp(verdict, "no");
  return mj_arena_format(&d->arena, MJ_WORDS(d, "%s %s %s %s（数值不公开）", "%s %s %s %s (the value is not public)"),
                         measure, failed ? MJ_WORDS(d, "不满足", "is not") : MJ_WORDS(d, "满足", "is"), sign(d, op),
                         limit);
}

static void put_condition(mj_dossier *d, int64_t row) {
  const mj_piece *r = &d->reasons;
  bool open = !d->ask->open || mj_dossier_open_reason(d, row);
  const char *closed = mj_dossier_closed(d), *limit = mj_piece_text(r, row, "limit_value"),
             *verdict = mj_piece_value(d, r, row, "verdict");
  const char *text = sentence(d, row, open), *op = mj_piece_text(r, row, "op");
  const char *wanted = op && limit ? mj_arena_format(&d->arena, "%s %s", sign(d, op), limit) : or_dash(limit);
  if (!text || !wanted) d->paper.failed = true;
  mj_paper_cell(&d->paper, verdict);
  mj_paper_cell(&d->paper, text);
  mj_paper_cell(&d->paper, open ? or_dash(mj_piece_text(r, row, "value")) : closed);
  mj_paper_cell(&d->paper, wanted);
  mj_paper_cell(&d->paper, open ? or_dash(mj_piece_value(d, r, row, "margin")) : closed);
  mj_paper_cell(&d->paper, open ? or_dash(mj_piece_text(r, row, "operands")) : closed);
  mj_paper_cell(&d->paper, certainty(d, r, row));
}

static void put_law(mj_dossier *d, const mj_piece *r, int64_t row) {
  mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "规则 %s ｜ %s ｜ %s ｜ 规则集 %s", "rule %s | %s | %s | rulebook %s"),
               or_dash(mj_piece_text(r, row, "rule")), or_dash(mj_piece_text(r, row, "document")),
               or_dash(mj_piece_text(r, row, "article")), or_dash(mj_piece_text(r, row, "rulebook")));
}

static void begin_conditions(mj_dossier *d) {
  const char *const heading[] = {MJ_WORDS(d, "结果", "result"),
                                 MJ_WORDS(d, "依据", "reason"),
                                 mj_dossier_label(d, "reasons", "value"),
                                 MJ_WORDS(d, "条件", "condition"),
                                 mj_dossier_label(d, "reasons", "margin"),
                                 mj_dossier_label(d, "reasons", "operands"),
                                 mj_dossier_label(d, "reasons", "certainty")};
  mj_paper_table(&d->paper, 7, heading, NULL);
}

/* Reasons of one matter, each rule under its law. Returns how many. */
static int64_t put_proof(mj_dossier *d, const char *matter) {
  const char *before = NULL;
  int64_t n = 0;
  for (int64_t row = 0; row < d->reasons.table.n; row++) {
    const char *of = mj_piece_text(&d->reasons, row, "verdict_on"),
               *rule = or_dash(mj_piece_text(&d->reasons, row, "rule"));
    if (!of || strcmp(of, matter) != 0) continue;
    if (!before || strcmp(before, rule) != 0) {
      put_law(d, &d->reasons, row);
      begin_conditions(d);
    }
    put_condition(d, row);
    before = rule;
    n++;
  }
  return n;
}

/* ---- a parcel without reasons: the conditions of the run, held against its own values ---- */

/* What a comparison gives: 1, 0, or -1 where the value is missing or is no number; *margin as in the reasons. */
static int holds(const mj_piece *p, const char *column, const char *op, const char *limit, double *margin) {
  const char *text = mj_piece_text(p, 0, column);
  double v = mj_piece_number(p, 0, column), want;
  int32_t day = text ? mj_date_parse(text) : MJ_DATE_NULL, due = mj_date_parse(limit);
  *margin = (double)NAN;
  if (text && (!strcmp(text, "yes") || !strcmp(text, "no"))) v = !strcmp(text, "yes");
  if (day != MJ_DATE_NULL && due != MJ_DATE_NULL) *margin = day - due;
  else if (isfinite(v) && mj_double_parse(limit, &want)) *margin = v - want;
  if (isnan(*margin)) return -1;
  if (!strcmp(op, "<")) return *margin < 0;
  if (!strcmp(op, "<=")) return *margin <= 0;
  if (!strcmp(op, ">")) return *margin > 0;
  if (!strcmp(op, ">=")) return *margin >= 0;
  return !strcmp(op, "=") ? *margin == 0 : !strcmp(op, "!=") ? *margin != 0 : -1;
}

static void put_held(mj_dossier *d, const mj_piece *rules, int64_t row) {
  const char *column = mj_piece_text(rules, row, "measure_sql"), *op = mj_piece_text(rules, row, "op"),
             *limit = mj_piece_text(rules, row, "limit_value"), *value = mj_piece_value(d, &d->parcel, 0, column);
  double margin;
  int answer = holds(&d->parcel, column, op, limit, &margin);
  bool open = !d->ask->open || mj_dossier_open_column(column);
  mj_paper_cell(&d->paper, answer > 0    ? MJ_WORDS(d, "成立", "holds")
                           : answer == 0 ? MJ_WORDS(d, "不成立", "does not hold")
                                         : mj_tri_word(MJ_UNKNOWN, d->lang));
  mj_paper_cell(&d->paper, mj_piece_text(rules, row, "measure"));
  mj_paper_cell(&d->paper, open ? value ? value : MJ_WORDS(d, "缺", "missing") : mj_dossier_closed(d));
  mj_paper_cell(&d->paper, mj_arena_format(&d->arena, "%s %s", sign(d, op), limit));
  mj_paper_cell(&d->paper, open ? or_dash(mj_dossier_number(d, margin, 4, "")) : mj_dossier_closed(d));
  mj_paper_cell(&d->paper, certainty(d, rules, row));
}

/* The comparisons that reasons of this run speak of, where they read one column of the parcel against one limit. */
static mj_status put_conditions(mj_dossier *d, const char *matter, mj_error *err) {
  static const char sql[] =
      "SELECT rule, rulebook, document, article, measure, measure_sql, op, min(limit_value) AS limit_value, certainty "
      "FROM "
      "reasons WHERE verdict_on = :matter AND op IS NOT NULL AND limit_value IS NOT NULL GROUP BY rule, measure_sql, "
      "op "
      "HAVING count(DISTINCT limit_value) = 1 ORDER BY rule, min(fid)";
  const char *const heading[] = {MJ_WORDS(d, "结果", "result"),
                                 mj_dossier_label(d, "reasons", "measure"),
                                 MJ_WORDS(d, "本宗地", "this parcel"),
                                 MJ_WORDS(d, "条件", "condition"),
                                 mj_dossier_label(d, "reasons", "margin"),
                                 mj_dossier_label(d, "reasons", "certainty")};
  const char *before = NULL;
  mj_piece rules = {0};
  MJ_TRY(mj_store_bind(d->store, "matter", matter, 0, err));
  MJ_TRY(mj_dossier_piece(d, sql, "reasons", &rules, err));
  mj_paper_add(
      &d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
      MJ_WORDS(d,
               "成果的判定依据表没有记载本宗地这一结论的依据。下面用本次运行中同一事项的比较条件对照本宗地的数据；"
               "规则的适用范围和条件的组合见规则集（mujun rules show）；分析时加 --all-reasons 可记载每个“否”的依据。",
               "The table of reasons has none for this answer. Below, the comparisons that this run made in "
               "the same matter are held against the parcel's data; for the scope of the rules and how their "
               "conditions go together see the rulebook (mujun rules show); mujun analyze --all-reasons keeps the "
               "reasons of "
               "every no."));
  int64_t n = 0;
  for (int64_t row = 0; row < rules.table.n; row++) {
    const char *rule = or_dash(mj_piece_text(&rules, row, "rule")), *column = mj_piece_text(&rules, row, "measure_sql");
    if (!column || !mj_table_find(&d->parcel.table, column)) continue;
    if (!before || strcmp(before, rule) != 0) {
      put_law(d, &rules, row);
      mj_paper_table(&d->paper, 6, heading, NULL);
    }
    before = rule;
    put_held(d, &rules, row);
    n++;
  }
  if (!n)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "没有可对照的条件。", "There is none to hold against it."));
  mj_piece_reset(&rules);
  return MJ_OK;
}

/* ---- the matters ---- */

static void put_answer(mj_dossier *d, const char *matter, const char *what) {
  const char *code = mj_piece_text(&d->parcel, 0, matter);
  uint8_t v = code && !strcmp(code, "yes") ? MJ_YES : code && !strcmp(code, "no") ? MJ_NO : MJ_UNKNOWN;
  /* yes is what burdens the owner, so it is the warm tone */
  mj_tone tone = v == MJ_YES ? MJ_TONE_YES : v == MJ_NO ? MJ_TONE_NO : MJ_TONE_UNKNOWN;
  mj_paper_verdict(&d->paper, tone, mj_tri_word(v, d->lang), what);
}

static mj_status put_matter(mj_dossier *d, const char *matter, const char *what, mj_error *err) {
  const char *code = mj_piece_text(&d->parcel, 0, matter);
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, what);
  put_answer(d, matter, what);
  if (put_proof(d, matter)) return MJ_OK;
  if (d->reasons.table.name && code && !strcmp(code, "no")) return put_conditions(d, matter, err);
  mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "没有生效的规则对此作出判定。", "No rule in force judged this."));
  return MJ_OK;
}

/* What the facts of the idle rules say beside the verdict: the stage, and the dates that follow from it. */
static void put_idle_facts(mj_dossier *d) {
  static const char *const facts[] = {"idle_stage",
                                      "start_due",
                                      "start_extended",
                                      "delivered",
                                      "started",
                                      "started_on",
                                      "stopped_since",
                                      "idle_from",
                                      "idle_months",
                                      "idle_two_years",
                                      "idle_next_deadline",
                                      "idle_fee_wan",
                                      "idle_cause",
                                      "idle_government_cause",
                                      NULL};
  mj_dossier_facts(d, &d->parcel, "parcels", facts);
}

mj_status mj_dossier_verdicts(mj_dossier *d, mj_error *err) {
  const char *tier = mj_piece_value(d, &d->parcel, 0, "renewal_text");
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "判定与依据", "Verdicts and their proof"));
  MJ_TRY(put_matter(d, "idle", MJ_WORDS(d, "疑似闲置（待调查认定）", "suspected idle (to be investigated)"), err));
  put_idle_facts(d);
  MJ_TRY(put_matter(d, "inefficient", MJ_WORDS(d, "低效用地", "inefficient land"), err));
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "提容分档", "renewal tier"));
  mj_paper_verdict(&d->paper, MJ_TONE_PLAIN, tier ? MJ_WORDS(d, "分档", "tier") : MJ_WORDS(d, "无", "none"),
                   tier ? tier : MJ_WORDS(d, "提容分档", "renewal tier"));
  if (!put_proof(d, "renewal"))
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "成果没有记载分档依据：规则集未给分档标准、宗地不在其适用范围，或数据不足。",
                          "The result names no reason: no rulebook has a ladder, the parcel is outside its scope, or "
                          "data are missing."));
  put_proof(d, "cap");
  return MJ_OK;
}
