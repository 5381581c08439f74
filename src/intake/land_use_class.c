#include "intake/land_use_class.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/fields.h"

enum { ALL = (1 << MJ_LAND_SCHEMES) - 1 };

/* A distinct code of the column. */
typedef struct {
  const mj_land_line *line[MJ_LAND_SCHEMES]; /* NULL: the scheme has no such code */
  bool coarse;                               /* two digits: the first level of three schemes */
  bool padded;                               /* its zero was put back */
  bool words;                                /* no code at all: a name where the code should be */
} use_code;

typedef struct {
  mj_park *park;
  mj_table *table;
  const char **text, **name; /* land_use, land_use_name; NULL where there is no such column */
  mj_land_use uses;
  mj_keymap codes, names;
  use_code *code;                   /* [codes.n] */
  int32_t *use;                     /* [rows] number of the code, -1 without */
  int32_t *name_of;                 /* [names.n] number among the crosswalk's names, -1 */
  int32_t *called;                  /* [rows] number of the name among the crosswalk's, -1 */
  const char **use_class, **scheme; /* the columns that are filled */
} classing;

/* ---- the distinct codes ---- */

/* What the cell holds, folded: "1001" of "1001 工业用地" too; "" for words alone. */
static void read_code(const char *cell, char out[MJ_FOLD]) {
  mj_fold(cell, out);
  size_t n = strcspn(out, "(");
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)out[i] >= 0x80) n = i;
  out[n] = '\0';
}

static mj_status look_up_codes(classing *c) {
  int64_t n = c->table->n;
  mj_arena *arena = &c->table->arena;
  c->use = malloc(((size_t)n + 1) * sizeof *c->use);
  if (!c->use) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i++) {
    c->use[i] = -1;
    if (c->text && c->text[i]) MJ_TRY(mj_keymap_add(&c->codes, c->text[i], (int32_t)i, &c->use[i]));
  }
  c->code = mj_arena_alloc(arena, (size_t)c->codes.n + 1, sizeof *c->code);
  if (!c->code) return MJ_ENOMEM;
  for (int32_t k = 0; k < c->codes.n; k++) {
    char folded[MJ_FOLD];
    read_code(c->codes.key[k], folded);
    c->code[k].words = !*folded;
    for (int s = 0; s < MJ_LAND_SCHEMES; s++) c->code[k].line[s] = mj_land_use_find(&c->uses, s, folded);
    c->code[k].coarse = strlen(folded) <= 2 && strspn(folded, "0123456789") == strlen(folded);
    c->code[k].padded = mj_land_code_short(folded);
  }
  return MJ_OK;
}

static mj_status look_up_names(classing *c) {
  int64_t n = c->table->n;
  c->called = malloc(((size_t)n + 1) * sizeof *c->called);
  if (!c->called) return MJ_ENOMEM;
  for (int64_t i = 0; i < n; i++) {
    c->called[i] = -1;
    if (c->name && c->name[i]) MJ_TRY(mj_keymap_add(&c->names, c->name[i], (int32_t)i, &c->called[i]));
  }
  c->name_of = mj_arena_alloc(&c->table->arena, (size_t)c->names.n + 1, sizeof *c->name_of);
  if (!c->name_of) return MJ_ENOMEM;
  for (int32_t k = 0; k < c->names.n; k++) c->name_of[k] = mj_land_use_name(&c->uses, c->names.key[k]);
  for (int64_t i = 0; i < n; i++) {
    if (c->called[i] >= 0) c->called[i] = c->name_of[c->called[i]];
    if (c->use[i] < 0 || !c->code[c->use[i]].words) continue;
    if (c->called[i] < 0) c->called[i] = mj_land_use_name(&c->uses, c->text[i]);
    c->use[i] = -1;
  }
  return MJ_OK;
}

/* ---- which scheme ---- */

/* Rows of a file: with a code, of each scheme, with the name that the scheme gives the code. */
typedef struct {
  int64_t rows, fine, padded, known, in[MJ_LAND_SCHEMES], named[MJ_LAND_SCHEMES];
} counts;

static counts count(const classing *c, const mj_range *range) {
  counts out = {0};
  for (int64_t i = range->first; i < range->first + range->n; i++) {
    if (c->use[i] < 0) continue;
    const use_code *code = &c->code[c->use[i]];
    bool any = false;
    out.rows++;
    out.fine += !code->coarse;
    for (int s = 0; s < MJ_LAND_SCHEMES; s++) {
      out.in[s] += code->line[s] != NULL;
      out.named[s] += code->line[s] && c->called[i] >= 0 && code->line[s]->name == c->called[i];
      any = any || code->line[s];
    }
    out.known += any;
    out.padded += any && code->padded;
  }
  return out;
}

static int64_t most(const int64_t *value, unsigned set) {
  int64_t best = 0;
  for (int s = 0; s < MJ_LAND_SCHEMES; s++)
    if (set & 1U << s && value[s] > best) best = value[s];
  return best;
}

/* The schemes of @p set that come within the margin of the best. */
static unsigned leaders(const int64_t *value, unsigned set, int64_t rows, double margin) {
  unsigned out = 0;
  int64_t best = most(value, set);
  for (int s = 0; s < MJ_LAND_SCHEMES; s++) {
    double behind = (double)(best - value[s]);
    bool close = margin > 0 ? behind < margin * (double)rows : behind <= 0;
    if (set & 1U << s && (close || behind <= 0)) out |= 1U << s;
  }
  return out;
}

/* Of few rows one code may be wrong as well, as long as the others are more. */
static bool fits(int64_t rows, int64_t in, double fit) {
  return (double)in >= fit * (double)rows || (rows - in == 1 && in > 2);
}

/* The schemes a column may be in, a bit each; 0: none. What was said in park.yaml is not asked again. */
static unsigned schemes_of(const classing *c, const counts *n) {
  const mj_check_limits *limits = &c->park->project.checks;
  double fit = limits->land_use_fit > 0 ? limits->land_use_fit : 1;
  unsigned set = 0;
  for (int s = 0; s < MJ_LAND_SCHEMES; s++)
    if (c->park->project.land_use_scheme && !strcmp(c->park->project.land_use_scheme, mj_land_scheme_names[s]))
      return 1U << s;
  for (int s = 0; s < MJ_LAND_SCHEMES; s++)
    if (n->rows && fits(n->rows, n->in[s], fit)) set |= 1U << s;
  bool names_speak = 2 * most(n->named, set) >= n->rows && n->rows;
  if (names_speak) set = leaders(n->named, set, n->rows, limits->land_use_margin);
  else if (!n->fine) return 0; /* two digits alone: any list of numbers would do */
  return leaders(n->in, set, n->rows, limits->land_use_margin);
}

/* ---- the classes ---- */

/* The class that all of @p set give the code; NULL where they differ (*differ) or none has it. */
static const char *class_of(const mj_land_line *const *line, unsigned set, bool *differ) {
  const char *found = NULL;
  *differ = false;
  for (int s = 0; s < MJ_LAND_SCHEMES; s++) {
    if (!(set & 1U << s) || !line[s]) continue;
    if (found && strcmp(found, line[s]->use_class) != 0) *differ = true;
    found = line[s]->use_class;
  }
  return *differ ? NULL : found;
}

/* The class of a name alone: what every scheme of the set that has the name says. */
static const char *class_of_name(const classing *c, int32_t name, unsigned set) {
  const char *found = NULL;
  for (int k = 0; k < c->uses.n; k++) {
    const mj_land_line *line = &c->uses.line[k];
    if (line->name != name || !(set & 1U << line->scheme)) continue;
    if (found && strcmp(found, line->use_class) != 0) return NULL;
    found = line->use_class;
  }
  return found;
}

/* "mnr2023", or "gbt21010 / td1055". */
static void list_schemes(unsigned set, char *out, size_t size) {
  size_t n = 0;
  *out = '\0';
  for (int s = 0; s < MJ_LAND_SCHEMES; s++)
    if (set & 1U << s && n < size)
      n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " / " : "", mj_land_scheme_names[s]);
}

static bool is_one(unsigned set) { return set && !(set & (set - 1)); }

static mj_status say_scheme(const classing *c, const mj_range *range, unsigned set, const counts *n) {
  mj_lang lang = c->park->project.lang;
  char list[64], found[200], zeros[100] = "";
  list_schemes(set, list, sizeof list);
  if (n->padded)
    snprintf(zeros, sizeof zeros, mj_tr(lang, "; %lld codes read with the leading 0 they had lost"),
             (long long)n->padded);
  snprintf(found, sizeof found, mj_tr(lang, "%s (%lld of %lld rows)%s"), list, (long long)most(n->in, set),
           (long long)n->rows, zeros);
  return mj_range_note(c->park, range, MJ_L_LAND_USE_SCHEME, "land_use", found, NULL);
}

/* One entry for a column that is in no scheme. */
static mj_status say_none(const classing *c, const mj_range *range, const counts *n) {
  const char *example = NULL;
  for (int k = 0; k < 2 && !example; k++) /* one that no scheme has, if there is one */
    for (int64_t i = range->first; !example && i < range->first + range->n; i++)
      if (k ? c->use[i] >= 0 : c->use[i] < 0 && c->text && c->text[i]) example = c->text[i];
  return mj_range_note_many(c->park, range, MJ_L_LAND_USE_UNKNOWN, "land_use", example, n->rows,
                            n->fine ? "codes of one land-use scheme; or land_use_scheme: in park.yaml"
                                    : "codes of four or more digits; or land_use_scheme: in park.yaml");
}

/* Rows with a name and no code, by their name. */
static mj_status fill_named(const classing *c, const mj_range *range, unsigned set, mj_tally *unknown) {
  const char **known = calloc((size_t)c->uses.names.n + 1, sizeof *known);
  bool *asked = calloc((size_t)c->uses.names.n + 1, sizeof *asked);
  for (int64_t i = range->first; known && asked && i < range->first + range->n; i++) {
    int32_t name = c->called[i];
    if (c->use[i] < 0 && name < 0 && c->text && c->text[i])
      mj_tally_add(unknown, i, c->text[i], "codes of one land-use scheme; or land_use_scheme: in park.yaml");
    if (c->use[i] >= 0 || name < 0) continue;
    if (!asked[name]) known[name] = class_of_name(c, name, set ? set : ALL);
    asked[name] = true;
    c->use_class[i] = known[name];
  }
  bool whole = known && asked;
  free(known);
  free(asked);
  return whole ? MJ_OK : MJ_ENOMEM;
}

static mj_status fill(const classing *c, const mj_range *range, unsigned set) {
  mj_tally unknown = {.park = c->park, .range = range, .field = "land_use", .code = MJ_L_LAND_USE_UNKNOWN},
           ambiguous = {.park = c->park, .range = range, .field = "land_use", .code = MJ_L_LAND_USE_AMBIGUOUS};
  char list[64];
  list_schemes(set, list, sizeof list);
  for (int64_t i = range->first; i < range->first + range->n; i++) {
    bool differ = false;
    if (is_one(set))
      for (int s = 0; s < MJ_LAND_SCHEMES; s++)
        if (set & 1U << s) c->scheme[i] = mj_land_scheme_names[s];
    if (c->use[i] < 0 || !set) continue;
    c->use_class[i] = class_of(c->code[c->use[i]].line, set, &differ);
    if (differ) mj_tally_add(&ambiguous, i, c->text[i], list);
    else if (!c->use_class[i]) mj_tally_add(&unknown, i, c->text[i], list);
  }
  MJ_TRY(fill_named(c, range, set, &unknown));
  MJ_TRY(mj_tally_end(&ambiguous));
  return mj_tally_end(&unknown);
}

static mj_status classify(const classing *c, const mj_range *range, unsigned set, const counts *n) {
  if (n->rows) MJ_TRY(set ? say_scheme(c, range, set, n) : say_none(c, range, n));
  return fill(c, range, set);
}

/* All files together where one scheme explains them; else each by itself. */
static mj_status classify_files(const classing *c, const mj_range *range, int n) {
  mj_range whole = {.role = MJ_PARCELS, .label = n == 1 ? range[0].label : "parcels", .n = c->table->n};
  counts all = count(c, &whole);
  unsigned set = schemes_of(c, &all);
  if (n == 1 || is_one(set)) return classify(c, &whole, set, &all);
  for (int i = 0; i < n; i++) {
    counts own = count(c, &range[i]);
    MJ_TRY(classify(c, &range[i], schemes_of(c, &own), &own));
  }
  return MJ_OK;
}

mj_status mj_land_use_classify(mj_park *park, const mj_range *range, int n, mj_error *err) {
  mj_table *t = &park->table[MJ_PARCELS];
  classing c = {
      .park = park, .table = t, .text = mj_table_text(t, "land_use"), .name = mj_table_text(t, "land_use_name")};
  if (!n || !t->n || (!c.text && !c.name)) return MJ_OK;
  mj_status status = mj_land_use_open(&c.uses, err);
  if (!status) {
    mj_column *use_class = mj_table_add(t, "land_use_class", MJ_TEXT),
              *scheme = mj_table_add(t, "land_use_scheme", MJ_TEXT);
    status = use_class && scheme ? look_up_codes(&c) : MJ_ENOMEM;
    if (!status) status = look_up_names(&c);
    if (!status) c.use_class = use_class->text;
    if (!status) c.scheme = scheme->text;
    if (!status) status = classify_files(&c, range, n);
    if (status) status = mj_fail(err, status, "out of memory");
  }
  free(c.use);
  free(c.called);
  mj_keymap_reset(&c.codes);
  mj_keymap_reset(&c.names);
  mj_land_use_close(&c.uses);
  return status;
}
