#include <string.h>

#include "report/dossier.h"

/* In a public paper a row of an enterprise keeps neither its name nor what was found; what was found of a parcel stands
 * only for open columns: texts of shapes carry coordinates. The field is "登记面积 area_recorded_m2" or a bare name. */
static bool open_row(const mj_dossier *d, const mj_piece *part, int64_t row) {
  const char *layer = mj_piece_text(part, row, "layer"), *field = mj_piece_text(part, row, "field");
  static const mj_table_id open[] = {MJ_PARCELS, MJ_BUILDINGS};
  bool land = false;
  for (size_t i = 0; layer && i < sizeof open / sizeof *open; i++) {
    const char *word = mj_table_id_word(open[i], d->run_lang);
    land = land || !strncmp(layer, word, strlen(word));
  }
  const char *name = field && strrchr(field, ' ') ? strrchr(field, ' ') + 1 : field;
  return land && name && mj_dossier_open_column(d, name);
}

static bool of_enterprise(const mj_dossier *d, const mj_piece *part, int64_t row) {
  const char *layer = mj_piece_text(part, row, "layer");
  static const mj_table_id closed[] = {MJ_ENTERPRISES, MJ_OCCUPANCIES, MJ_FACTORY_UNITS};
  for (size_t i = 0; layer && i < sizeof closed / sizeof *closed; i++) {
    const char *word = mj_table_id_word(closed[i], d->run_lang);
    if (!strncmp(layer, word, strlen(word))) return true;
  }
  return false;
}

static const char *cell(mj_dossier *d, const mj_piece *part, int64_t row, const char *column) {
  const char *value = mj_piece_value(d, part, row, column);
  bool found = !strcmp(column, "found") || !strcmp(column, "expected") || !strcmp(column, "old_value");
  bool name = !strcmp(column, "id");
  if (!d->ask->open || !value) return value;
  if (found && !open_row(d, part, row)) return mj_dossier_closed(d);
  return name && of_enterprise(d, part, row) && (!d->id || strcmp(value, d->id) != 0) ? mj_dossier_closed(d) : value;
}

static void put(mj_dossier *d, const mj_piece *part, const char *layer, const char *const *columns, int n) {
  const char *heading[8];
  bool right[8] = {0};
  for (int i = 0; i < n; i++) {
    heading[i] = mj_dossier_label(d, layer, columns[i]);
    right[i] = !strcmp(columns[i], "rank") || !strcmp(columns[i], "area_m2");
  }
  mj_paper_table(&d->paper, n, heading, right);
  for (int64_t row = 0; row < part->table.n; row++)
    for (int i = 0; i < n; i++) mj_paper_cell(&d->paper, cell(d, part, row, columns[i]));
}

static void put_ledger(mj_dossier *d) {
  static const char *const entries[] = {"code", "severity", "layer", "id", "field", "found", "text"},
                           *const places[] = {"severity", "kind", "id", "other_id", "area_m2", "text"};
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "数据质量台账中的有关记录", "What the ledger says of its data"));
  if (d->ledger.table.n) put(d, &d->ledger, "ledger", entries, 7);
  else mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN, MJ_WORDS(d, "没有记录。", "No entries."));
  if (!d->checks.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "图形检查", "Places found by the checks of shapes"));
  put(d, &d->checks, "checks", places, d->ask->open ? 5 : 6);
}

static void put_fixes(mj_dossier *d) {
  static const char *const columns[] = {"rank", "kind", "layer", "id", "field", "year", "old_value", "settles"};
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "如何提出异议", "How to object"));
  mj_paper_add(
      &d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
      MJ_WORDS(d,
               "本程序只作初筛：按所列规则和数据逐条比较，不作行政认定。认为数据有误或不全的，请提交下列各项的"
               "证明材料，经核实后写入更正文件（fixes.csv 的“新值”列）重新分析；结论随之改变的，以新结论为准。",
               "The program only screens: it compares the data named here with the rules named here, and "
               "decides nothing in law. Who finds data wrong or missing hands in evidence of the values "
               "below; once confirmed they go into the corrections file (column new_value of fixes.csv), the "
               "analysis is run again, and its answer replaces this one."));
  if (d->fixes.table.n) put(d, &d->fixes, "fixes", columns, 8);
  else
    mj_paper_add(
        &d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
        d->ask->enterprise
            ? MJ_WORDS(d, "待补数据表中没有该企业的项目。可对上文各项数据提出异议。",
                       "The list of fixes has nothing of this enterprise. What may be objected to are the data above.")
            : MJ_WORDS(d, "待补数据表中没有本宗地的项目。可对上文“所用数据”各项提出异议。",
                       "The list of fixes has nothing of this parcel. What may be objected to are the data read "
                       "above."));
}

void mj_dossier_doubts(mj_dossier *d) {
  put_ledger(d);
  put_fixes(d);
}
