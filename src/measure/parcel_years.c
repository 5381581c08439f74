#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "measure/sums.h"

/* What columns.def has for the table, and what each is made from where it is not read itself. */
static const char *const columns[] = {
#define COLUMN(layer, name, type, unit, decimals, zh, en, about_zh, about_en, room) #layer "\0" #name,
#include "mujun/columns.def"
#undef COLUMN
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };
static const char *const made_from[][2] = {{"output_3y_wan", "output_wan"},
                                           {"tax_3y_wan", "tax_wan"},
                                           {"profit_3y_wan", "profit_wan"},
                                           {"output_wan_per_mu", "output_wan"},
                                           {"tax_wan_per_mu", "tax_wan"}};

/* True where the SQL has the word, without regard to case; quotes and comments may have it too, which costs a column.
 */
static bool has_word(const char *sql, const char *word) {
  size_t n = strlen(word);
  for (const char *at = sql; *at; at++) {
    bool begins = at == sql || !(isalnum((unsigned char)at[-1]) || at[-1] == '_');
    if (begins && !strncasecmp(at, word, n) && !(isalnum((unsigned char)at[n]) || at[n] == '_')) return true;
  }
  return false;
}

static bool asked(const mj_park *park, const char *word) {
  for (int32_t b = 0; b < park->n_rulebooks && park->rulebook_facts; b++)
    for (int i = 0; i < park->rulebook_facts[b].n_measures; i++)
      if (has_word(park->rulebook_facts[b].measures[i], word)) return true;
  return false;
}

static bool wanted(const mj_park *park, const char *name) {
  if (asked(park, name)) return true;
  for (size_t k = 0; k < sizeof made_from / sizeof *made_from; k++)
    if (!strcmp(made_from[k][1], name) && asked(park, made_from[k][0])) return true;
  return false;
}

/* The columns that enterprises fill and a target names. */
static mj_status add_columns(const mj__sums *s, mj_table *t) {
  const mj_park *park = s->park;
  if (!mj_table_add(t, "year", MJ_I64)) return MJ_ENOMEM;
  for (int c = 0; c < N_COLUMNS; c++) {
    const char *name = columns[c] + strlen(columns[c]) + 1;
    const mj_column *of = mj_table_find(&park->table[MJ_PARCELS], name);
    if (strcmp(columns[c], t->name) != 0 || !of || !mj__is_summed(s, name) || !wanted(park, name)) continue;
    if (!mj_table_add(t, name, of->type)) return MJ_ENOMEM;
  }
  return MJ_OK;
}

static bool anybody_asks(const mj_park *park) {
  bool any = asked(park, "year"); /* :year; a column of that name costs a table of it */
  for (int c = 0; c < N_COLUMNS && !any; c++)
    any = !strcmp(columns[c], "parcel_years") && asked(park, columns[c] + strlen(columns[c]) + 1);
  return any;
}

mj_status mj__parcel_years(mj__sums *s) {
  mj_park *park = s->park;
  mj_table *t = &park->table[MJ_PARCEL_YEARS];
  int64_t parcels = park->table[MJ_PARCELS].n;
  bool has[MJ__EARLIER + 1] = {false};
  int n = 0, last = 0;
  mj_table_reset(t);
  for (int64_t r = 0; r < s->places.n; r++) {
    int64_t back = s->places.year[r] == MJ_DATE_NULL ? 0 : (int64_t)park->project.year - s->places.year[r];
    if (back > 0 && back <= MJ__EARLIER) has[back] = true;
  }
  for (int back = 1; back <= MJ__EARLIER; back++)
    if (has[back]) {
      n++;
      last = back;
    }
  if (!n || !anybody_asks(park)) return MJ_OK;
  MJ_TRY(mj_table_init(t, mj_table_id_name(MJ_PARCEL_YEARS), n * parcels));
  MJ_TRY(add_columns(s, t));
  MJ_TRY(mj__count_rows(s, MJ__YEARS, last + MJ__YEARS));
  int64_t *year = mj_table_i64(t, "year"), at = 0;
  for (int back = 1; back <= last; back++) {
    if (!has[back]) continue;
    for (int64_t i = 0; i < parcels; i++) year[at + i] = park->project.year - back;
    MJ_TRY(mj__sum_year(s, back, false, t, at));
    at += parcels;
  }
  return MJ_OK;
}
