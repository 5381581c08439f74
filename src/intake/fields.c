#include "intake/fields.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"
#include "intake/units.h"

/* ---- folding ---- */

/* Length of the UTF-8 character at s by its first byte, 1 for a stray byte. */
static size_t char_size(const char *s) {
  unsigned char c = (unsigned char)*s;
  size_t want = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  for (size_t i = 1; i < want; i++)
    if (((unsigned char)s[i] & 0xC0) != 0x80) return 1;
  return want;
}

static bool is(const char *s, size_t n, const char *what) { return n == strlen(what) && !memcmp(s, what, n); }

/* What one character folds to, in out[5]; "" drops it. */
static void fold_char(const char *s, size_t n, char out[5]) {
  unsigned code =
      n == 3 ? ((unsigned)(s[0] & 0x0F) << 12) | ((unsigned)(s[1] & 0x3F) << 6) | (unsigned)(s[2] & 0x3F) : 0;
  out[0] = out[1] = '\0';
  if (n == 1) {
    char c = *s;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return;
    out[0] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  } else if (code >= 0xFF01 && code <= 0xFF5E) { /* full-width ASCII */
    char c = (char)(code - 0xFF01 + 0x21);
    out[0] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  } else if (code == 0x3000 || code == 0xFEFF || code == 0x200B || is(s, n, "\xC2\xA0")) {
    return;
  } else if (is(s, n, "²")) {
    out[0] = '2';
  } else if (is(s, n, "㎡")) {
    strcpy(out, "m2");
  } else if (is(s, n, "【") || is(s, n, "〔") || is(s, n, "［")) {
    out[0] = '(';
  } else if (is(s, n, "】") || is(s, n, "〕") || is(s, n, "］")) {
    out[0] = ')';
  } else {
    memcpy(out, s, n);
    out[n] = '\0';
  }
  if (out[0] == '[' && !out[1]) out[0] = '(';
  if (out[0] == ']' && !out[1]) out[0] = ')';
}

/* What an ASCII character folds to; NUL drops it. */
static char fold_ascii(char c) {
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return '\0';
  return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '[' ? '(' : c == ']' ? ')' : c;
}

void mj_fold(const char *text, char out[MJ_FOLD]) {
  size_t n = 0;
  while (*text) {
    char one[5];
    if ((unsigned char)*text < 0x80 && n + 1 < MJ_FOLD) { /* most of all texts */
      out[n] = fold_ascii(*text++);
      n += out[n] != '\0';
      continue;
    }
    size_t size = char_size(text);
    fold_char(text, size, one);
    size_t k = strlen(one);
    if (n + k >= MJ_FOLD) break;
    memcpy(out + n, one, k);
    n += k;
    text += size;
  }
  out[n] = '\0';
}

/* ---- the table ---- */

mj_table_id mj_role_find(const char *name) {
  for (int i = 0; i < MJ_ROLE_END; i++)
    if (!strcmp(mj_table_id_name((mj_table_id)i), name)) return (mj_table_id)i;
  return MJ_ROLE_END;
}

static mj_type type_of(const char *word) {
  if (!strcmp(word, "num")) return MJ_F64;
  if (!strcmp(word, "int")) return MJ_I64;
  if (!strcmp(word, "date")) return MJ_DATE;
  if (!strcmp(word, "bool")) return MJ_TRI;
  return MJ_TEXT;
}

static bool parse_aliases(mj_fields *fields, mj_field *field, char *list) {
  int n = 1;
  for (const char *c = list; *c; c++) n += *c == '|';
  field->alias = mj_arena_alloc(&fields->arena, (size_t)n, sizeof *field->alias);
  if (!field->alias) return false;
  for (char *word = list; word;) {
    char folded[MJ_FOLD], *bar = strchr(word, '|');
    if (bar) *bar = '\0';
    mj_fold(word, folded);
    if (*folded && !(field->alias[field->n_alias++] = mj_arena_text(&fields->arena, folded, strlen(folded))))
      return false;
    word = bar ? bar + 1 : NULL;
  }
  return true;
}

/* One line: role,field,type,unit,aliases; no quotes in this file. */
static mj_status parse_line(mj_fields *fields, char *line, mj_error *err) {
  char *cell[5] = {line};
  for (int i = 1; i < 5; i++) {
    cell[i] = strchr(cell[i - 1], ',');
    if (!cell[i]) return mj_fail(err, MJ_EFORMAT, "fields.csv: line '%s' has fewer than 5 cells", line);
    *cell[i]++ = '\0';
  }
  mj_field *field = &fields->field[fields->n++];
  field->role = mj_role_find(cell[0]);
  field->name = cell[1];
  field->type = type_of(cell[2]);
  field->unit = cell[3];
  if (field->role == MJ_ROLE_END) return mj_fail(err, MJ_EFORMAT, "fields.csv: unknown role '%s'", cell[0]);
  return parse_aliases(fields, field, cell[4]) ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

mj_status mj_fields_open(mj_fields *fields, mj_error *err) {
  const mj_embedded *file = &mj_embedded_fields[0];
  size_t lines = 1;
  for (size_t i = 0; i < file->n; i++) lines += file->text[i] == '\n';
  char *text = mj_arena_text(&fields->arena, file->text, file->n);
  fields->field = mj_arena_alloc(&fields->arena, lines, sizeof *fields->field);
  if (!text || !fields->field) return mj_fail(err, MJ_ENOMEM, "out of memory");
  char *line = strchr(text, '\n');
  while (line && line[1]) {
    char *next = strchr(++line, '\n');
    if (next) *next = '\0';
    if (*line) MJ_TRY(parse_line(fields, line, err));
    line = next;
  }
  return MJ_OK;
}

void mj_fields_close(mj_fields *fields) {
  mj_arena_reset(&fields->arena);
  *fields = (mj_fields){0};
}

const mj_field *mj_fields_find(const mj_fields *fields, mj_table_id role, const char *name) {
  for (int i = 0; i < fields->n; i++)
    if (fields->field[i].role == role && !strcmp(fields->field[i].name, name)) return &fields->field[i];
  return NULL;
}

const char *mj_field_zh(const mj_field *field) {
  for (int a = 0; a < field->n_alias; a++)
    if ((unsigned char)field->alias[a][0] >= 0x80) return field->alias[a];
  return field->name;
}

/* ---- guessing ---- */

enum { RANK_BARE = 100, RANK_CUT = 1000 };

/* An alias equal to name; where bare is set, also an alias whose own unit suffix is left off ("area_recorded" of
 * "area_recorded_m2"). */
static bool find_alias(const mj_fields *fields, mj_table_id role, const char *name, bool bare, mj_guess *out) {
  for (int i = 0; i < fields->n; i++) {
    const mj_field *f = &fields->field[i];
    if (f->role != role) continue;
    for (int a = 0; a < f->n_alias; a++) {
      size_t n = strlen(name), unit = strlen(f->unit);
      bool same = !strcmp(f->alias[a], name);
      bool stem = bare && a == 0 && unit && strlen(f->alias[a]) == n + 1 + unit && !strncmp(f->alias[a], name, n) &&
                  f->alias[a][n] == '_' && !strcmp(f->alias[a] + n + 1, f->unit);
      if (!same && !stem) continue;
      out->field = f;
      out->rank = a + (bare ? RANK_BARE : 0);
      return true;
    }
  }
  return false;
}

/* Bytes the name would take in GBK. */
static size_t gbk_size(const char *name) {
  size_t n = 0;
  for (; *name; name += char_size(name)) n += (unsigned char)*name < 0x80 ? 1 : 2;
  return n;
}

/* A name that a DBF may have cut at ten bytes: the beginning of aliases of one field only. */
static bool find_cut(const mj_fields *fields, mj_table_id role, const char *header, mj_guess *out) {
  char name[MJ_FOLD], folded[MJ_FOLD];
  size_t n = strlen(header);
  if (n >= sizeof name || !((n >= 9 && n <= 10) || (gbk_size(header) >= 9 && gbk_size(header) <= 10))) return false;
  memcpy(name, header, n + 1);
  size_t end = 0; /* drop an incomplete last character, or the mark that a reader put in its place */
  while (name[end]) {
    size_t size = char_size(name + end);
    if ((size == 1 && (unsigned char)name[end] >= 0x80) || is(name + end, size, "\xEF\xBF\xBD")) break;
    end += size;
  }
  name[end] = '\0';
  mj_fold(name, folded);
  size_t k = strlen(folded);
  const mj_field *found = NULL;
  if (k < 6) return false;
  for (int i = 0; i < fields->n; i++)
    for (int a = 0; fields->field[i].role == role && a < fields->field[i].n_alias; a++) {
      const char *alias = fields->field[i].alias[a];
      if (strncmp(alias, folded, k) || !alias[k]) continue;
      if (found && found != &fields->field[i]) return false;
      found = &fields->field[i];
    }
  if (!found) return false;
  out->field = found;
  out->rank = RANK_CUT;
  return true;
}

/* Split "base(unit)" in place; the unit is what stands in the last brackets. */
static char *split_brackets(char *name) {
  char *open = strrchr(name, '('), *close = open ? strchr(open, ')') : NULL;
  if (!open || open == name || (close && close[1])) return NULL;
  if (close) *close = '\0';
  *open = '\0';
  return open + 1;
}

/* Split "base_unit" or "base/unit" in place where what follows is a unit. */
static const char *split_suffix(char *name) {
  for (char *c = name + strlen(name); c-- > name + 1;) {
    if (*c != '_' && *c != '/') continue;
    const char *unit = mj_unit_find(c + 1);
    if (!unit) continue;
    *c = '\0';
    return unit;
  }
  return NULL;
}

/* Words in brackets: a unit, or words that leave the meaning of a number open. */
static void read_brackets(mj_guess *guess, const char *words) {
  guess->unit = mj_unit_find(words);
  if (!guess->unit && (guess->field->type == MJ_F64 || guess->field->type == MJ_I64))
    snprintf(guess->strange, sizeof guess->strange, "%.*s", (int)mj_utf8_cut(words, 60), words);
}

mj_guess mj_fields_guess(const mj_fields *fields, mj_table_id role, const char *header, bool dbf) {
  mj_guess guess = {0};
  char name[MJ_FOLD];
  mj_fold(header, name);
  if (!*name || find_alias(fields, role, name, false, &guess)) return guess;
  const char *words = split_brackets(name);
  if (words) {
    if (find_alias(fields, role, name, false, &guess) || find_alias(fields, role, name, true, &guess))
      read_brackets(&guess, words);
    return guess;
  }
  const char *unit = split_suffix(name);
  if (unit) {
    double factor;
    if (find_alias(fields, role, name, true, &guess)) {
      if (guess.field->type != MJ_F64 || !mj_unit_factor(unit, guess.field->unit, &factor)) return (mj_guess){0};
      guess.unit = unit;
      return guess;
    }
  }
  if (dbf) find_cut(fields, role, header, &guess);
  return guess;
}
