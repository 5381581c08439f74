#include <math.h>
#include <string.h>

#include "report/dossier.h"

const char *mj_piece_text(const mj_piece *part, int64_t row, const char *column) {
  const mj_column *c = part->table.name && row >= 0 && row < part->table.n ? mj_table_find(&part->table, column) : NULL;
  return c && c->type == MJ_TEXT ? c->text[row] : NULL;
}

double mj_piece_number(const mj_piece *part, int64_t row, const char *column) {
  const mj_column *c = part->table.name && row >= 0 && row < part->table.n ? mj_table_find(&part->table, column) : NULL;
  if (!c || mj_column_is_null(c, row)) return (double)NAN;
  return c->type == MJ_F64 ? c->f64[row] : c->type == MJ_I64 ? (double)c->i64[row] : (double)NAN;
}

static const mj_out_column *find(const mj_piece *part, const char *column) {
  for (int i = 0; part->table.name && i < part->sheet.n_columns; i++)
    if (!strcmp(part->sheet.columns[i].column->name, column)) return &part->sheet.columns[i];
  return NULL;
}

const char *mj_piece_heading(const mj_piece *part, const char *column) {
  const mj_out_column *c = find(part, column);
  return c ? c->label : column;
}

const char *mj_dossier_number(mj_dossier *d, double v, int decimals, const char *unit) {
  char text[540];
  if (!mj_double_grouped(v, decimals, false, text)) return NULL;
  return mj_arena_format(&d->arena, "%s%s%s", text, *unit ? " " : "", unit);
}

static const char *tri(const mj_dossier *d, const char *code) {
  return !strcmp(code, "yes")       ? mj_tri_word(MJ_YES, d->lang)
         : !strcmp(code, "no")      ? mj_tri_word(MJ_NO, d->lang)
         : !strcmp(code, "unknown") ? mj_tri_word(MJ_UNKNOWN, d->lang)
                                    : NULL;
}

static bool is_in(const char *list, const char *name) {
  size_t n = strlen(name);
  for (const char *at = list; n && (at = strstr(at, name)); at += n)
    if (at > list && at[-1] == ' ' && at[n] == ' ') return true;
  return false;
}

const char *mj_piece_value(mj_dossier *d, const mj_piece *part, int64_t row, const char *column) {
  const mj_out_column *c = find(part, column);
  const char *text = mj_piece_text(part, row, column);
  if (!c) return NULL;
  if (text && !c->n_codes && tri(d, text)) return tri(d, text);
  if (text) {
    mj_text scratch = {0}, clean = {0};
    const char *word = mj_clean_text(mj_code_word(c, text, d->lang, &scratch), &clean);
    const char *kept = mj_arena_text(&d->arena, word, strlen(word));
    mj_text_reset(&scratch);
    mj_text_reset(&clean);
    return kept;
  }
  double v = mj_piece_number(part, row, column);
  bool year = is_in(" year row year_built first_year last_year batch_year ", column);
  if (year && isfinite(v)) return mj_arena_format(&d->arena, "%.0f", v);
  return mj_dossier_number(d, v, c->decimals < 0 || c->decimals > 4 ? 4 : c->decimals, "");
}

/* What the run itself calls a column that a rulebook computes, with its unit. */
static const char *run_word(mj_dossier *d, const char *layer, const char *column) {
  static const char sql[] =
      "SELECT label AS word FROM fields WHERE field = :column AND (table_name = :layer OR table_name LIKE '% ' || "
      ":layer)";
  mj_table t = {0};
  const char *word = NULL;
  if (!mj_dossier_has(d, "fields") || mj_store_bind(d->store, "column", column, 0, NULL) ||
      mj_store_bind(d->store, "layer", layer, 0, NULL))
    return NULL;
  if (!mj_store_table(d->store, sql, "word", &t, NULL)) {
    const char **text = mj_table_text(&t, "word");
    if (t.n && text && text[0]) word = mj_arena_text(&d->arena, text[0], strlen(text[0]));
  }
  mj_table_reset(&t);
  return word;
}

const char *mj_dossier_label(mj_dossier *d, const char *layer, const char *column) {
  bool ok = true;
  const char *word = mj_field_heading(layer, column, d->lang, &d->arena, &ok);
  if (!word && ok) word = run_word(d, layer, column);
  if (!word) word = column;
  char *spaced = ok ? mj_arena_text(&d->arena, word, strlen(word)) : NULL;
  if (!spaced) d->paper.failed = true;
  for (char *p = spaced; p && d->lang == MJ_EN && *p; p++)
    if (*p == '_') *p = ' ';
  return spaced ? spaced : "";
}

/* What is a fact of the land, or a verdict on it. Whatever is not named here is closed. */
bool mj_dossier_open_column(const mj_dossier *d, const char *column) {
  static const char open[] =
      " parcel_id zone zone_share land_use land_use_name land_use_class land_use_scheme industrial status"
      " candidate candidate_for idle inefficient area_mu area_basis area_planar_m2 area_ellipsoid_m2"
      " area_tuban_m2 area_recorded_m2 area_contract_m2 area_recorded_diff_m2 area_planar_diff_m2"
      " building_count footprint_m2 floor_area_m2 floor_area_source countable_floor_area_m2 coverage"
      " plot_ratio plot_ratio_basis plot_ratio_cap plot_ratio_cap_source plot_ratio_cap_contract"
      " plot_ratio_min plot_ratio_cap_breakpoint plot_ratio_excess_m2 plot_ratio_shortfall_m2 headroom_m2 renewal_tier "
      "renewal_text"
      " renewal_cap renewal_headroom_m2 enterprise_count control_share control_level plan_share plan_cap"
      " plan_min start_due start_extended delivered started started_on stopped_since developed_area_m2"
      " developable_area_m2 tenure_type tenure_end building_id floors height_m ";
  /* facts of rulebooks that came with the program; one of somebody else may call anything so */
  static const char facts[] =
      " idle_start_due idle_from idle_started idle_developed_share idle_stopped_year idle_government_cause "
      "idle_two_years"
      " idle_months idle_stage idle_next_deadline in_block_lines ";
  return is_in(open, column) || (!d->own_rules && is_in(facts, column));
}

/* Columns that a rule may read under a word of columns.def or fields.csv; the words are the result's. */
static bool open_word(mj_dossier *d, const char *word, size_t n) {
  const mj_piece *p = &d->parcel;
  for (int i = 0; i < p->table.n_columns; i++) {
    bool ok = true;
    const char *name = p->table.columns[i]->name;
    if (!mj_dossier_open_column(d, name)) continue;
    const char *heading = mj_field_heading("parcels", name, d->run_lang, &d->arena, &ok);
    if (heading && strlen(heading) == n && !strncmp(heading, word, n)) return true;
    if (strlen(name) == n && !strncmp(name, word, n)) return true;
  }
  return false;
}

/* "label=value; label=value": every label must be known to be open. */
bool mj_dossier_open_reason(mj_dossier *d, const mj_piece *r, int64_t row) {
  const char *operands = mj_piece_text(r, row, "operands"), *measure = mj_piece_text(r, row, "measure_sql");
  if (!operands || !*operands) return measure && mj_dossier_open_column(d, measure);
  for (const char *at = operands; *at;) {
    const char *equals = strchr(at, '='), *end = strstr(at, "; ");
    if (!equals || (end && end < equals) || !open_word(d, at, (size_t)(equals - at))) return false;
    at = end ? end + 2 : at + strlen(at);
  }
  return true;
}

const char *mj_dossier_cell(mj_dossier *d, const mj_piece *part, int64_t row, const char *column) {
  const char *value = mj_piece_value(d, part, row, column);
  return value ? value : MJ_WORDS(d, "缺", "missing");
}

const char *mj_dossier_closed(const mj_dossier *d) { return MJ_WORDS(d, "不公开", "not public"); }

void mj_dossier_facts(mj_dossier *d, const mj_piece *part, const char *layer, const char *const *columns) {
  for (; *columns; columns++) {
    const mj_out_column *c = find(part, *columns);
    if (!c) continue;
    const char *value = mj_piece_value(d, part, 0, *columns);
    if (d->ask->open && !mj_dossier_open_column(d, *columns)) value = mj_dossier_closed(d);
    else if (!value) value = MJ_WORDS(d, "缺", "missing");
    else if (*c->unit) value = mj_arena_format(&d->arena, "%s %s", value, c->unit);
    if (!value) d->paper.failed = true;
    mj_paper_fact(&d->paper, mj_dossier_label(d, layer, *columns), value);
  }
}

void mj_dossier_table(mj_dossier *d, const mj_piece *part, const char *const *columns) {
  enum { MOST = 16 };
  const mj_out_column *c[MOST];
  const char *heading[MOST];
  bool right[MOST];
  int n = 0;
  for (; *columns && n < MOST; columns++)
    if ((c[n] = find(part, *columns))) {
      heading[n] = c[n]->label;
      right[n] = part->table.n > 0 && c[n]->column->type != MJ_TEXT;
      n++;
    }
  if (!n) return;
  mj_paper_table(&d->paper, n, heading, right);
  for (int64_t row = 0; row < part->table.n; row++)
    for (int i = 0; i < n; i++) mj_paper_cell(&d->paper, mj_piece_value(d, part, row, c[i]->column->name));
}
