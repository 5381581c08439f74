#include "base/nearest.h"

#include <string.h>

enum { MOST = 63 };

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (unsigned char)c; }

/* Edit distance in bytes, ASCII letters without case; names longer than 63 bytes are cut. */
static int distance(const char *a, const char *b) {
  int row[MOST + 1], na = (int)strlen(a), nb = (int)strlen(b);
  if (na > MOST) na = MOST;
  if (nb > MOST) nb = MOST;
  for (int j = 0; j <= nb; j++) row[j] = j;
  for (int i = 1; i <= na; i++) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= nb; j++) {
      int above = row[j], cost = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
      if (above + 1 < cost) cost = above + 1;
      if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1;
      diagonal = above;
      row[j] = cost;
    }
  }
  return row[nb];
}

void mj_nearest_start(mj_nearest *near, const char *name) {
  *near = (mj_nearest){.name = name, .far = (int)strlen(name) / 3 + 1};
  for (int k = 0; k < MJ_NEAREST; k++) near->score[k] = near->far + 1;
}

void mj_nearest_offer(mj_nearest *near, const char *other) {
  int d = distance(near->name, other), at = MJ_NEAREST;
  for (int k = 0; k < MJ_NEAREST; k++)
    if (near->best[k] && !strcmp(near->best[k], other)) return;
  while (at > 0 && d < near->score[at - 1]) at--;
  if (at == MJ_NEAREST) return;
  for (int k = MJ_NEAREST - 1; k > at; k--) {
    near->best[k] = near->best[k - 1];
    near->score[k] = near->score[k - 1];
  }
  near->best[at] = other;
  near->score[at] = d;
}

void mj_nearest_put(const mj_nearest *near, mj_text *out) {
  for (int k = 0; k < MJ_NEAREST && near->best[k]; k++) mj_text_format(out, "%s%s", k ? ", " : "", near->best[k]);
}
