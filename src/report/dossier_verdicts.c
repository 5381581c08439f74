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

static const char *sentence(mj_dossier *d, const mj_piece *r, int64_t row, bool open) {
  const char *text = bare(mj_piece_text(r, row, "text")), *measure = or_dash(mj_piece_text(r, row, "measure")),
             *verdict = mj_piece_text(r, row, "verdict"), *op = mj_piece_text(r, row, "op"),
             *limit = mj_piece_text(r, row, "limit_value");
  bool unknown = verdict && !strcmp(verdict, "unknown");
  if (!open && !unknown)
    return mj_arena_format(
        &d->arena, MJ_WORDS(d, "所看的指标：%s（数值和限值不公开）", "looked at: %s (value and limit are not public)"),
        measure);
  if (open && unknown && op && limit)
    return mj_arena_format(&d->arena,
                           MJ_WORDS(d, "%s。补齐后，若 %s %s %s 则该条件成立，否则不成立",
                                    "%s. Once supplied: it holds if %s %s %s, and else it does not"),
                           text ? text : measure, measure, sign(d, op), limit);
  return text ? text : measure;
}

static void put_condition(mj_dossier *d, const mj_piece *r, int64_t row) {
  bool open = !d->ask->open || mj_dossier_open_reason(d, r, row);
  const char *closed = mj_dossier_closed(d), *limit = mj_piece_text(r, row, "limit_value"),
             *verdict = mj_piece_value(d, r, row, "verdict");
  const char *text = sentence(d, r, row, open), *op = mj_piece_text(r, row, "op");
  const char *wanted = op && limit ? mj_arena_format(&d->arena, "%s %s", sign(d, op), limit) : or_dash(limit);
  if (!text || !wanted) d->paper.failed = true;
  mj_paper_cell(&d->paper, verdict);
  mj_paper_cell(&d->paper, text);
  mj_paper_cell(&d->paper, open ? or_dash(mj_piece_text(r, row, "value")) : closed);
  mj_paper_cell(&d->paper, open ? wanted : closed); /* a limit may be computed from what is closed */
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

int64_t mj_dossier_proof(mj_dossier *d, const mj_piece *r, const char *matter) {
  const char *before = NULL;
  int64_t n = 0;
  for (int64_t row = 0; row < r->table.n; row++) {
    const char *of = mj_piece_text(r, row, "verdict_on"), *rule = or_dash(mj_piece_text(r, row, "rule"));
    if (!of || strcmp(of, matter) != 0) continue;
    if (!before || strcmp(before, rule) != 0) {
      put_law(d, r, row);
      begin_conditions(d);
    }
    put_condition(d, r, row);
    before = rule;
    n++;
  }
  return n;
}

/* ---- the matters ---- */

void mj_dossier_answer(mj_dossier *d, const char *code, const char *what) {
  uint8_t v = code && !strcmp(code, "yes") ? MJ_YES : code && !strcmp(code, "no") ? MJ_NO : MJ_UNKNOWN;
  /* yes is what burdens the owner, so it is the warm tone */
  mj_tone tone = v == MJ_YES ? MJ_TONE_YES : v == MJ_NO ? MJ_TONE_NO : MJ_TONE_UNKNOWN;
  mj_paper_verdict(&d->paper, tone, mj_tri_word(v, d->lang), what);
}

/* The reasons that the result keeps, else those found again. */
static void put_matter(mj_dossier *d, const char *matter, const char *what) {
  const char *code = mj_piece_text(&d->parcel, 0, matter);
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, what);
  mj_dossier_answer(d, code, what);
  if (mj_dossier_proof(d, &d->reasons, matter) || mj_dossier_proof(d, &d->proofs, matter)) return;
  if (d->unproved)
    mj_paper_say(
        &d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
        MJ_WORDS(d, "按成果所附规则集重新核对未能完成：%s", "The rulebooks of the result do not prove it again: %s"),
        d->unproved);
  else if (code && strcmp(code, "unknown") != 0)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "成果没有记载依据，也没有附规则集。",
                          "The result keeps no reason, and no rulebook to find one by."));
  else
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "没有生效的规则对此作出判定。", "No rule in force judged this."));
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

void mj_dossier_verdicts(mj_dossier *d) {
  const char *tier = mj_piece_value(d, &d->parcel, 0, "renewal_text");
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "判定与依据", "Verdicts and their proof"));
  put_matter(d, "idle", MJ_WORDS(d, "疑似闲置（待调查认定）", "suspected idle (to be investigated)"));
  put_idle_facts(d);
  put_matter(d, "inefficient", MJ_WORDS(d, "低效用地", "inefficient land"));
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "提容分档", "renewal tier"));
  mj_paper_verdict(&d->paper, MJ_TONE_PLAIN, tier ? MJ_WORDS(d, "分档", "tier") : MJ_WORDS(d, "无", "none"),
                   tier ? tier : MJ_WORDS(d, "提容分档", "renewal tier"));
  if (!mj_dossier_proof(d, &d->reasons, "renewal"))
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "成果没有记载分档依据：规则集未给分档标准、宗地不在其适用范围，或数据不足。",
                          "The result names no reason: no rulebook has a ladder, the parcel is outside its scope, or "
                          "data are missing."));
}
