#include "measure/use_words.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/text.h"

enum { LONGEST = 120 };

static mj__meaning meaning(const char *text, size_t n) {
  static const char *const names[] = {"",      "in_use", "own_use",   "vacant",  "stopped", "let_unused",
                                      "owner", "lessee", "sublessee", "planned", "running", "finished"};
  for (int i = 1; i <= MJ__FINISHED; i++)
    if (strlen(names[i]) == n && !strncmp(names[i], text, n)) return (mj__meaning)i;
  return MJ__NO_WORD;
}

static mj_status read_line(mj__use_words *w, const char *line, mj_error *err) {
  size_t n = strcspn(line, "\r\n"), last = n;
  int32_t number;
  while (last && line[last - 1] != ',') last--;
  mj__meaning means = last ? meaning(line + last, n - last) : MJ__NO_WORD;
  if (!means) return mj_fail(err, MJ_EFORMAT, "use_words.csv: cannot be read at '%.40s'", line);
  const char *key = mj_arena_text(&w->arena, line, last - 1);
  if (!key || mj_keymap_add(&w->words, key, 0, &number)) return mj_fail(err, MJ_ENOMEM, "out of memory");
  w->means[number] = (uint8_t)means;
  return MJ_OK;
}

mj_status mj__use_words_open(mj__use_words *w, mj_error *err) {
  const char *text = mj_embedded_use_words[0].text;
  *w = (mj__use_words){0};
  w->means = mj_arena_alloc(&w->arena, mj_embedded_use_words[0].n, 1); /* more bytes than lines */
  if (!w->means) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (const char *line = strchr(text, '\n'); line && line[1]; line = strchr(line + 1, '\n'))
    MJ_TRY(read_line(w, line + 1, err));
  return MJ_OK;
}

mj__meaning mj__use_word(const mj__use_words *w, const char *column, const char *cell) {
  char key[LONGEST];
  size_t n = 0, used = strlen(column) + 1;
  const char *text = cell ? mj_trim(cell, &n) : NULL;
  if (!n || used + n >= sizeof key) return MJ__NO_WORD;
  snprintf(key, sizeof key, "%s,", column);
  for (size_t i = 0; i < n; i++) key[used + i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
  key[used + n] = 0;
  int32_t k = mj_keymap_find(&w->words, key);
  return k < 0 ? MJ__NO_WORD : (mj__meaning)w->means[k];
}

void mj__use_words_reset(mj__use_words *w) {
  mj_keymap_reset(&w->words);
  mj_arena_reset(&w->arena);
}
