#include "intake/land_use.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "intake/fields.h"

const char *const mj_land_scheme_names[MJ_LAND_SCHEMES + 1] = {"mnr2023", "td1055", "gbt21010", "gb50137", NULL};

/* What a code can be, for everybody who has to count land. */
static const char *const classes[] = {"industrial", "warehouse", "commercial", "residential", "public", "transport",
                                      "utility",    "green",     "farmland",   "water",       "mining", "other"};

static const char *class_named(const char *name) {
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (!strcmp(classes[i], name)) return classes[i];
  return NULL;
}

/* "工业用地" and "工业" are one name. */
static void fold_name(const char *name, char out[MJ_FOLD]) {
  static const char tail[] = "用地";
  mj_fold(name, out);
  size_t n = strlen(out), k = sizeof tail - 1;
  if (n > k && !strcmp(out + n - k, tail)) out[n - k] = '\0';
}

static const char *keep_folded(mj_arena *arena, const char *text, bool name) {
  char folded[MJ_FOLD];
  if (name) fold_name(text, folded);
  else mj_fold(text, folded);
  return mj_arena_text(arena, folded, strlen(folded));
}

/* One line: scheme,code,name_zh,name_en,class,certainty; no quotes in this file. */
static mj_status read_line(mj_land_use *t, char *line, mj_error *err) {
  enum { SCHEME, CODE, NAME, ENGLISH, CLASS, CERTAINTY, CELLS };
  char *cell[CELLS] = {line};
  for (int i = 1; i < CELLS; i++) {
    cell[i] = strchr(cell[i - 1], ',');
    if (!cell[i]) return mj_fail(err, MJ_EFORMAT, "land_use.csv: line '%s' has fewer than 6 cells", line);
    *cell[i]++ = '\0';
  }
  mj_land_line *out = &t->line[t->n];
  int32_t number;
  while (out->scheme < MJ_LAND_SCHEMES && strcmp(mj_land_scheme_names[out->scheme], cell[SCHEME])) out->scheme++;
  if (out->scheme == MJ_LAND_SCHEMES)
    return mj_fail(err, MJ_EFORMAT, "land_use.csv: unknown scheme '%s'", cell[SCHEME]);
  out->code = keep_folded(&t->arena, cell[CODE], false);
  out->use_class = class_named(cell[CLASS]);
  if (!out->use_class) return mj_fail(err, MJ_EFORMAT, "land_use.csv: unknown class '%s'", cell[CLASS]);
  const char *name = keep_folded(&t->arena, cell[NAME], true);
  if (!out->code || !name || mj_keymap_add(&t->codes[out->scheme], out->code, t->n, &number) ||
      mj_keymap_add(&t->names, name, t->n, &out->name))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  t->n++;
  return MJ_OK;
}

mj_status mj_land_use_open(mj_land_use *t, mj_error *err) {
  const mj_embedded *file = &mj_embedded_land_use[0];
  size_t lines = 1;
  for (size_t i = 0; i < file->n; i++) lines += file->text[i] == '\n';
  char *text = mj_arena_text(&t->arena, file->text, file->n);
  t->line = mj_arena_alloc(&t->arena, lines, sizeof *t->line);
  if (!text || !t->line) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (char *line = strchr(text, '\n'); line && line[1];) {
    char *next = strchr(++line, '\n');
    if (next) *next = '\0';
    if (*line) MJ_TRY(read_line(t, line, err));
    line = next;
  }
  return MJ_OK;
}

void mj_land_use_close(mj_land_use *t) {
  for (int s = 0; s < MJ_LAND_SCHEMES; s++) mj_keymap_reset(&t->codes[s]);
  mj_keymap_reset(&t->names);
  mj_arena_reset(&t->arena);
  *t = (mj_land_use){0};
}

bool mj_land_code_short(const char *code) {
  size_t n = strspn(code, "0123456789");
  return !code[n] && (n == 3 || n == 5);
}

static const mj_land_line *exact(const mj_land_use *t, int scheme, const char *code) {
  int32_t number = mj_keymap_find(&t->codes[scheme], code);
  return number < 0 ? NULL : &t->line[t->codes[scheme].first[number]];
}

const mj_land_line *mj_land_use_find(const mj_land_use *t, int scheme, const char *code) {
  char cut[16];
  size_t n = strlen(code), digits = strspn(code, "0123456789");
  if (!n || n > 10) return NULL;
  snprintf(cut, sizeof cut, "%s%s", mj_land_code_short(code) ? "0" : "", code);
  const mj_land_line *line = exact(t, scheme, cut);
  n = strlen(cut);
  bool extends = scheme == MJ_LAND_MNR2023 ? digits == strlen(code) && n % 2 == 0
                                           : scheme == MJ_LAND_GB50137 && !cut[1 + strspn(cut + 1, "0123456789")];
  size_t step = scheme == MJ_LAND_MNR2023 ? 2 : 1, least = scheme == MJ_LAND_MNR2023 ? 4 : 1;
  while (!line && extends && n > least && n >= step) {
    cut[n -= step] = '\0';
    line = exact(t, scheme, cut);
  }
  return line;
}

int32_t mj_land_use_name(const mj_land_use *t, const char *name) {
  char folded[MJ_FOLD];
  fold_name(name, folded);
  return mj_keymap_find(&t->names, folded);
}
