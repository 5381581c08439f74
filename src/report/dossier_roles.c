#include <math.h>
#include <string.h>

#include "report/dossier.h"

/* Shares by role for the public. The floor area and the land of the parcel are open, so what is not shown can be had by
 * taking what is shown from the whole: a role of one enterprise is hidden, and with it as much as makes that rest the
 * sum of two enterprises; where there is not as much, everything is hidden. Floor and land go together: land is shared
 * by floor. */

static const char *const roles[] = {"owner", "lessee", "sublessee", "user", "unused", "vacant", "unknown", "excess"};
enum { ROLES = sizeof roles / sizeof *roles, OF_FIRMS = 5 };

static int role_of(const mj_dossier *d, int64_t row) {
  const char *role = mj_piece_text(&d->uses, row, "use_role");
  for (int i = 0; role && i < ROLES; i++)
    if (!strcmp(role, roles[i])) return i;
  return OF_FIRMS - 1; /* not known: as closed as an enterprise's */
}

static const char *key_of(const mj_dossier *d, int64_t row) {
  const char *code = mj_piece_text(&d->uses, row, "credit_code"),
             *name = mj_piece_text(&d->uses, row, "enterprise_name");
  return code ? code : name ? name : "";
}

/* Different enterprises with something of that column in these roles; column NULL: with or without. */
static int firms_in(const mj_dossier *d, unsigned set, const char *column) {
  int n = 0;
  for (int64_t row = 0; row < d->uses.table.n; row++) {
    bool first = true;
    if (!(set >> role_of(d, row) & 1) || (column && !(mj_piece_number(&d->uses, row, column) > 0))) continue;
    for (int64_t before = 0; first && before < row; before++)
      first = !(set >> role_of(d, before) & 1) || (column && !(mj_piece_number(&d->uses, before, column) > 0)) ||
              strcmp(key_of(d, before), key_of(d, row)) != 0;
    n += first;
  }
  return n;
}

static bool is_of_several(const mj_dossier *d, unsigned set) {
  return firms_in(d, set, "floor_m2") > 1 && firms_in(d, set, "land_share") > 1;
}

/* The roles that are hidden of those that there are. */
static unsigned hide(const mj_dossier *d, unsigned there) {
  unsigned hidden = 0;
  for (int i = 0; i < OF_FIRMS; i++)
    if (there >> i & 1 && !is_of_several(d, 1U << i)) hidden |= 1U << i;
  for (int i = 0; hidden && i < OF_FIRMS && !is_of_several(d, hidden); i++) hidden |= there & 1U << i;
  return hidden && !is_of_several(d, hidden) ? there : hidden;
}

static const char *sum(mj_dossier *d, int role, const char *column, int decimals) {
  double total = 0;
  for (int64_t row = 0; row < d->uses.table.n; row++) {
    double v = mj_piece_number(&d->uses, row, column);
    if (role_of(d, row) != role) continue;
    if (isnan(v)) return MJ_WORDS(d, "缺", "missing");
    total += v;
  }
  return mj_dossier_number(d, total, decimals, "");
}

static const char *word_of(mj_dossier *d, int role) {
  return mj_code_of("occupancy_shares", "use_role", roles[role], d->lang);
}

void mj_dossier_roles(mj_dossier *d) {
  static const char *const columns[] = {"floor_m2", "land_share", "land_m2"};
  static const bool right[] = {false, true, true, true, true};
  const char *heading[5] = {mj_piece_heading(&d->uses, "use_role"), MJ_WORDS(d, "企业数", "enterprises")};
  unsigned there = 0, hidden;
  for (int64_t row = 0; row < d->uses.table.n; row++) there |= 1U << role_of(d, row);
  hidden = hide(d, there);
  if (hidden == there) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "各类使用者的份额由单个企业的数据得出，或可由合计倒推，不公开。",
                          "The shares by role are one enterprise's, or give them away beside the whole: not public."));
    return;
  }
  for (int i = 0; i < 3; i++) heading[i + 2] = mj_piece_heading(&d->uses, columns[i]);
  mj_paper_table(&d->paper, 5, heading, right);
  for (int role = 0; role < ROLES; role++) {
    if (!(there >> role & 1)) continue;
    mj_paper_cell(&d->paper, word_of(d, role));
    mj_paper_cell(&d->paper, role < OF_FIRMS ? mj_arena_format(&d->arena, "%d", firms_in(d, 1U << role, NULL)) : "");
    for (int i = 0; i < 3; i++)
      mj_paper_cell(&d->paper, hidden >> role & 1 ? mj_dossier_closed(d) : sum(d, role, columns[i], i == 1 ? 4 : 2));
  }
}
