#include <stdio.h>

#include "judge/run.h"

/* Whose word holds where several rulebooks judge one matter: the higher document's (上位法优先), unless it leaves the
   matter to lower ones. */

static bool judges(const mj_rulebook *book, mj_rb_matter matter) {
  if (matter == MJ_RB_RENEWAL) return book->ladder != NULL;
  for (int r = 0; r < book->n_rules; r++)
    if (book->rule[r].matter == matter) return true;
  return false;
}

/* A delegation counts where somebody below takes it up. */
static bool leaves_it(const mj_rulebook *const *book, int n, int b, mj_rb_matter matter) {
  if (!book[b]->delegates[matter]) return false;
  for (int i = 0; i < n; i++)
    if (book[i]->level > book[b]->level && judges(book[i], matter)) return true;
  return false;
}

void mj_rb_rank(const mj_rulebook *const *book, int n, mj_rb_matter matter, int *rank) {
  for (int b = 0; b < n; b++) {
    rank[b] = -1;
    if (!judges(book[b], matter)) continue;
    rank[b] = 0;
    bool left = leaves_it(book, n, b, matter);
    for (int i = 0; i < n; i++) {
      if (i == b || !judges(book[i], matter)) continue;
      bool other_left = leaves_it(book, n, i, matter);
      if (other_left != left ? left : book[i]->level < book[b]->level) rank[b]++;
    }
  }
}
