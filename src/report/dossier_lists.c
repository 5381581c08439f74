#include <string.h>

#include "report/dossier.h"

/* Projects and contracts of the parcel, or of the parcels of the enterprise. */

/* What a contract may agree on: its columns, and whether they are facts of the land. */
static const struct {
  const char *zh, *en, *agreed, *actual, *margin, *meets, *unit;
} items[] = {
    {"投资强度", "investment", "invest_wan_per_mu", "invest_actual_wan_per_mu", "invest_margin_wan_per_mu",
     "meets_invest", "wan_per_mu"},
    {"亩均产值", "output per mu", "output_wan_per_mu", "output_actual_wan_per_mu", "output_margin_wan_per_mu",
     "meets_output", "wan_per_mu"},
    {"亩均税收", "tax per mu", "tax_wan_per_mu", "tax_actual_wan_per_mu", "tax_margin_wan_per_mu", "meets_tax",
     "wan_per_mu"},
    {"容积率", "plot ratio", "plot_ratio_min", "plot_ratio_actual", "plot_ratio_margin", "meets_plot_ratio", ""},
    {"竣工", "finish", "finish_due", "finished_on", "finish_margin_days", "meets_finish", "day"}};

/* In public an item stands where the parcel's own column is open; of contracts only the plot ratio is. */
static void put_item(mj_dossier *d, int64_t row, size_t i) {
  const mj_piece *c = &d->contracts;
  bool open = !d->ask->open || mj_dossier_open_column(d, items[i].agreed);
  const char *const columns[] = {items[i].agreed, items[i].actual, items[i].margin, items[i].meets};
  mj_paper_cell(&d->paper, MJ_WORDS(d, items[i].zh, items[i].en));
  for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
    mj_paper_cell(&d->paper, open ? mj_dossier_cell(d, c, row, columns[k]) : mj_dossier_closed(d));
  }
  mj_paper_cell(&d->paper, *items[i].unit ? mj_unit_word(items[i].unit, d->lang) : "");
}

static void put_items(mj_dossier *d, int64_t row) {
  static const bool right[] = {false, true, true, true, false, false};
  const char *const heading[] = {MJ_WORDS(d, "约定事项", "item"), MJ_WORDS(d, "约定", "agreed"),
                                 MJ_WORDS(d, "实际", "actual"),   MJ_WORDS(d, "差额", "margin"),
                                 MJ_WORDS(d, "达到", "met"),      MJ_WORDS(d, "单位", "unit")};
  bool begun = false;
  for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
    if (!mj_piece_text(&d->contracts, row, items[i].meets)) continue; /* nothing agreed */
    if (!begun) mj_paper_table(&d->paper, 6, heading, right);
    begun = true;
    put_item(d, row, i);
  }
  if (!begun)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "合同没有约定可对照的事项。", "The contract agrees on nothing that can be compared."));
}

static void put_contract(mj_dossier *d, int64_t row) {
  static const char *const about[] = {"parcel_id", "signed_on", "due_state", "land_mu", "land_basis", "invest_source"};
  const mj_piece *c = &d->contracts;
  const char *met = mj_piece_text(c, row, "met"), *id = mj_piece_text(c, row, "contract_id");
  uint8_t answer = met && !strcmp(met, "yes") ? MJ_YES : met && !strcmp(met, "no") ? MJ_NO : MJ_UNKNOWN;
  mj_paper_say(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, "%s %s", MJ_WORDS(d, "合同", "contract"),
               d->ask->open ? ""
               : id         ? id
                            : MJ_WORDS(d, "（无编号）", "(no id)"));
  if (!d->ask->open) {
    mj_paper_verdict(&d->paper,
                     answer == MJ_YES  ? MJ_TONE_NO /* no burden: the calm tone */
                     : answer == MJ_NO ? MJ_TONE_YES
                                       : MJ_TONE_UNKNOWN,
                     mj_tri_word(answer, d->lang),
                     MJ_WORDS(d, "各项约定都达到（合同与现状的对照，不是规则集的判定）",
                              "all that is agreed is met (a comparison with the contract, no verdict of a rulebook)"));
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
      const char *value = mj_piece_value(d, c, row, about[i]);
      if (value) mj_paper_fact(&d->paper, mj_piece_heading(c, about[i]), value);
    }
  }
  put_items(d, row);
}

void mj_dossier_contracts(mj_dossier *d) {
  if (!d->contracts.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "出让合同履约", "Contracts"));
  for (int64_t row = 0; row < d->contracts.table.n; row++) put_contract(d, row);
}

void mj_dossier_projects(mj_dossier *d) {
  static const char *const columns[] = {"project_id",       "project_name", "batch",          "parcel_id",
                                        "progress",         "land_mu",      "start_on",       "finish_on",
                                        "finish_due",       "days_running", "days_late",      "floor_area_m2",
                                        "invest_total_wan", "invested_wan", "invested_share", NULL};
  if (!d->projects.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "项目", "Projects"));
  if (d->ask->open) {
    mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "项目 %lld 个；名称、投资和进度不公开。",
                          "%lld projects; names, investment and progress are not public."),
                 (long long)d->projects.table.n);
    return;
  }
  for (int64_t row = 0; row < d->projects.table.n; row++) {
    const char *name = mj_piece_value(d, &d->projects, row, "project_name"),
               *id = mj_piece_value(d, &d->projects, row, "project_id");
    mj_paper_say(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN, "%s %s", id ? id : "", name ? name : "");
    for (int i = 2; columns[i]; i++) {
      const char *value = mj_piece_value(d, &d->projects, row, columns[i]);
      if (value) mj_paper_fact(&d->paper, mj_piece_heading(&d->projects, columns[i]), value);
    }
  }
}
