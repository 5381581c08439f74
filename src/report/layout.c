#include "report/layout.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/embed.h"

static const mj_code codes[] = {
#define CODE(layer, column, code, zh, en) {#layer, #column, #code, zh, en},
#include "report/codes.def"
#undef CODE
};

static void find_codes(mj_out_column *out, const char *layer) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (!strcmp(codes[i].column, out->column->name) && !strcmp(codes[i].layer, layer)) {
      if (!out->n_codes) out->codes = &codes[i];
      out->n_codes++;
    }
}

const char *mj_code_of(const char *layer, const char *column, const char *code, mj_lang lang) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (!strcmp(codes[i].layer, layer) && !strcmp(codes[i].column, column) && !strcmp(codes[i].code, code))
      return lang == MJ_ZH ? codes[i].zh : codes[i].en;
  return code;
}

/* "亩均税收（万元/亩，登记>合同>椭球）": unit and the area it is over, where there are any. */
static const char *heading(const char *label, size_t n, const char *unit, const char *basis, mj_lang lang,
                           mj_arena *arena) {
  const char *word = mj_unit_word(unit, lang);
  bool zh = lang == MJ_ZH, over = basis && *basis;
  if (!*word && !over) return mj_arena_text(arena, label, n);
  return mj_arena_format(arena, zh ? "%.*s（%s%s%s）" : "%.*s (%s%s%s)", (int)n, label, word,
                         !*word || !over ? ""
                         : zh            ? "，"
                                         : "; ",
                         over ? basis : "");
}

/* The first of "a|b|c" that is not plain ASCII: aliases carry the Chinese name
 * of a field. */
static const char *chinese_alias(const char *list, size_t n, size_t *length) {
  for (size_t at = 0; at < n; at += *length + 1) {
    *length = strcspn(list + at, "|\r\n");
    for (size_t i = 0; i < *length; i++)
      if ((unsigned char)list[at + i] >= 0x80) return list + at;
  }
  return NULL;
}

/* The line "layer,field,type,unit,aliases" of fields.csv for that field; fills
 * unit and the place of the aliases. */
static bool find_field(const char *layer, const char *field, char unit[16], const char **aliases, size_t *n_aliases) {
  size_t n_layer = strlen(layer), n_field = strlen(field);
  for (const char *line = mj_embedded_fields[0].text; line && *line; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    const char *at = line + n_layer + 1;
    if (strncmp(line, layer, n_layer) || line[n_layer] != ',' || strncmp(at, field, n_field) || at[n_field] != ',')
      continue;
    at = strchr(at + n_field + 1, ',');
    if (!at) return false;
    size_t n = strcspn(at + 1, ",\n");
    if (n < 16) {
      memcpy(unit, at + 1, n);
      unit[n] = 0;
    }
    *aliases = at + 1 + n + (at[1 + n] == ',');
    *n_aliases = strcspn(*aliases, "\r\n");
    return true;
  }
  return false;
}

const char *mj_field_heading(const char *layer, const char *name, mj_lang lang, mj_arena *arena, bool *ok) {
  char unit[16];
  const char *aliases;
  size_t n_aliases, n;
  int n_facts;
  const mj_column_fact *fact = mj_column_facts(&n_facts);
  for (int i = 0; i < n_facts; i++)
    if (!strcmp(fact[i].name, name) && !strcmp(fact[i].layer, layer)) return lang == MJ_ZH ? fact[i].zh : fact[i].en;
  if (!find_field(layer, name, unit, &aliases, &n_aliases)) return NULL;
  const char *zh = lang == MJ_ZH ? chinese_alias(aliases, n_aliases, &n) : NULL;
  if (!zh) return name;
  const char *kept = mj_arena_text(arena, zh, n);
  if (!kept) *ok = false;
  return kept;
}

/* Heading of a canonical field that is not in columns.def: its Chinese alias,
 * or its name in words without the unit. */
static mj_status label_field(mj_out_column *out, const char *layer, mj_lang lang, mj_arena *arena) {
  char unit[16] = "";
  const char *aliases = NULL, *name = out->column->name;
  size_t n_aliases = 0, n = strlen(name);
  bool known = find_field(layer, name, unit, &aliases, &n_aliases);
  const char *zh = known && lang == MJ_ZH ? chinese_alias(aliases, n_aliases, &n) : NULL;
  const char *word = mj_unit_word(unit, lang);
  out->unit =
      word == unit ? mj_arena_text(arena, unit, strlen(unit)) : word; /* a unit without a word is on the stack */
  if (!zh) {
    size_t n_unit = strlen(unit);
    n = strlen(name);
    if (n_unit && n > n_unit + 1 && !strcmp(name + n - n_unit, unit) && name[n - n_unit - 1] == '_') n -= n_unit + 1;
  }
  char *label = mj_arena_text(arena, zh ? zh : name, n);
  for (char *c = label; !zh && c && *c; c++)
    if (*c == '_') *c = ' ';
  out->label = label ? heading(label, n, unit, NULL, lang, arena) : NULL;
  return out->label && out->unit ? MJ_OK : MJ_ENOMEM;
}

/* Heading of what a rulebook computes: the words and the unit it gives. */
static mj_status label_computed(mj_out_column *out, const mj_wording *words, mj_arena *arena) {
  const mj_column *c = out->column;
  mj_lang lang = words->lang;
  const char *unit = c->unit && strcmp(c->unit, "share") != 0 ? c->unit : "";
  out->label =
      heading(c->label, strlen(c->label), unit, c->over_area_mu ? words->basis[MJ_OVER_YIELD] : NULL, lang, arena);
  out->about = lang == MJ_ZH ? "规则集计算的指标" : "computed by a rulebook";
  out->unit = mj_unit_word(unit, lang);
  out->share = c->unit && !strcmp(c->unit, "share");
  out->decimals = 4;
  out->at_most = true;
  return out->label ? MJ_OK : MJ_ENOMEM;
}

static mj_status label_fact(mj_out_column *out, const mj_column_fact *fact, const mj_wording *words, mj_arena *arena) {
  mj_lang lang = words->lang;
  const char *label = lang == MJ_ZH ? fact->zh : fact->en;
  out->label =
      heading(label, strlen(label), fact->unit, mj_basis_of_column(words, fact->layer, fact->name), lang, arena);
  out->about = lang == MJ_ZH ? fact->about_zh : fact->about_en;
  out->unit = mj_unit_word(fact->unit, lang);
  out->share = !strcmp(fact->unit, "share");
  out->decimals = abs(fact->decimals);
  out->at_most = fact->decimals < 0;
  out->ours = true;
  return out->label ? MJ_OK : MJ_ENOMEM;
}

static bool taken(const mj_sheet *sheet, const char *name) {
  if (!strcasecmp(name, "fid") || !strcasecmp(name, "geom")) return true;
  for (int i = 0; i < sheet->n_columns; i++)
    if (!strcasecmp(sheet->columns[i].name, name)) return true;
  return false;
}

/* A GeoPackage knows no difference of case: "ZONE" of the input beside our
 * "zone" becomes "ZONE_src". */
static const char *free_name(const mj_sheet *sheet, const char *name, mj_arena *arena) {
  const char *tried = name;
  for (int i = 1; tried && taken(sheet, tried); i++)
    tried = i == 1 ? mj_arena_format(arena, "%s_src", name) : mj_arena_format(arena, "%s_src%d", name, i);
  return tried;
}

typedef struct {
  mj_sheet *sheet;
  const char *layer;
  const mj_wording *words;
  mj_arena *arena;
} layout;

static bool placed(const mj_sheet *sheet, const mj_column *column) {
  for (int i = 0; i < sheet->n_columns; i++)
    if (sheet->columns[i].column == column ||
        (!column->from_source && !strcmp(sheet->columns[i].column->name, column->name)))
      return true;
  return false;
}

static mj_status place(layout *l, const mj_column *column, const mj_column_fact *fact) {
  if (placed(l->sheet, column)) return MJ_OK;
  mj_out_column out = {.column = column, .label = column->name, .about = "", .unit = "", .decimals = -1};
  out.name = free_name(l->sheet, column->name, l->arena);
  find_codes(&out, column->from_source ? "" : l->layer);
  if (!out.name) return MJ_ENOMEM;
  if (fact) MJ_TRY(label_fact(&out, fact, l->words, l->arena));
  else if (column->label) MJ_TRY(label_computed(&out, l->words, l->arena));
  else if (!column->from_source) MJ_TRY(label_field(&out, l->layer, l->words->lang, l->arena));
  l->sheet->columns[l->sheet->n_columns++] = out;
  return MJ_OK;
}

static mj_status place_facts(layout *l, int n_tables, const mj_table *const *tables) {
  int n;
  const mj_column_fact *fact = mj_column_facts(&n);
  for (int i = 0; i < n; i++)
    for (int t = 0; t < n_tables && !strcmp(fact[i].layer, l->layer); t++) {
      const mj_column *column = mj_table_find(tables[t], fact[i].name);
      if (!column || column->from_source) continue;
      MJ_TRY(place(l, column, &fact[i]));
      break;
    }
  return MJ_OK;
}

static mj_status place_others(layout *l, bool from_source, int n_tables, const mj_table *const *tables) {
  for (int t = 0; t < n_tables; t++)
    for (int i = 0; i < tables[t]->n_columns; i++)
      if (tables[t]->columns[i]->from_source == from_source) MJ_TRY(place(l, tables[t]->columns[i], NULL));
  return MJ_OK;
}

static bool heading_taken(const mj_sheet *sheet, int n, const char *label) {
  for (int i = 0; i < n; i++)
    if (!strcmp(sheet->columns[i].label, label)) return true;
  return false;
}

/* No two columns of a sheet have one heading: what was delivered says so, since our own columns stand before it. */
static mj_status tell_apart(layout *l) {
  bool zh = l->words->lang == MJ_ZH;
  for (int i = 1; i < l->sheet->n_columns; i++) {
    mj_out_column *c = &l->sheet->columns[i];
    if (c->ours || !heading_taken(l->sheet, i, c->label)) continue;
    const char *plain = c->label, *by = c->column->from_source ? zh ? "（来源）" : " (source)"
                                        : c->column->label     ? zh ? "（规则集）" : " (rulebook)"
                                        : zh                   ? "（登记）"
                                                               : " (as recorded)";
    c->label = mj_arena_format(l->arena, "%s%s", plain, by);
    for (int n = 2; c->label && heading_taken(l->sheet, i, c->label); n++)
      c->label = mj_arena_format(l->arena, "%s%s %d", plain, by, n);
    if (!c->label) return MJ_ENOMEM;
  }
  return MJ_OK;
}

mj_status mj_sheet_make(mj_sheet *sheet, const char *layer, int n_tables, const mj_table *const *tables,
                        const mj_wording *words, mj_arena *arena, mj_error *err) {
  layout l = {sheet, layer, words, arena};
  int total = 0;
  for (int t = 0; t < n_tables; t++) total += tables[t]->n_columns;
  sheet->table = tables[0];
  sheet->n = tables[0]->n;
  sheet->n_columns = 0;
  sheet->columns = mj_arena_alloc(arena, (size_t)total + 1, sizeof *sheet->columns);
  mj_status s = sheet->columns ? place_facts(&l, n_tables, tables) : MJ_ENOMEM;
  if (!s) s = place_others(&l, false, n_tables, tables);
  if (!s) s = place_others(&l, true, n_tables, tables);
  if (!s) s = tell_apart(&l);
  return s ? mj_fail(err, s, "out of memory") : MJ_OK;
}

static size_t size_of(mj_type type) { return type == MJ_TRI ? 1 : type == MJ_DATE ? 4 : 8; }

void mj_sheet_ahead(const mj_sheet *sheet, int64_t i) {
  enum { SOON = 3 };
  bool cells = i + SOON < sheet->n, texts = i + 1 < sheet->n;
  int64_t soon = !cells ? 0 : sheet->rows ? sheet->rows[i + SOON] : i + SOON;
  int64_t next = !texts ? 0 : sheet->rows ? sheet->rows[i + 1] : i + 1;
  for (int c = 0; c < sheet->n_columns && texts; c++) {
    const mj_column *column = sheet->columns[c].column;
    if (!column->data) continue;
    if (cells) __builtin_prefetch((const char *)column->data + (size_t)soon * size_of(column->type));
    if (column->type == MJ_TEXT && column->text[next]) __builtin_prefetch(column->text[next]);
  }
}
