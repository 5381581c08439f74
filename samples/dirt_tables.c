/* The dirt in the enterprise and occupancy tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

/* The next listed enterprise of one plain parcel, from a share of the list on. */
static int pick_firm(const park *p, double from, bool *used) {
  for (int k = 0; k < p->n_firms; k++) {
    int i = ((int)(from * p->n_firms) + k) % p->n_firms;
    const firm *f = &p->firm[i];
    bool all = f->listed[0] && f->listed[1] && f->listed[2];
    if (used[i] || f->flat || !all || f->n_uses != 1 || p->parcel[f->use[0].parcel].marked ||
        strcmp(f->use[0].how, "自有") != 0)
      continue;
    used[i] = true;
    return i;
  }
  need(false, "too few enterprises for the dirt; ask for more parcels");
  return -1;
}

static void wrong_keys(park *p, bool *used) {
  firm *f = &p->firm[pick_firm(p, 0.12, used)];
  note(p, "enterprise_unknown_parcel", "enterprises", 0, f->code,
       "all years name 350502909001GB00001, which is in no layer; its land is %s; no occupancy row", f->parcel_key);
  snprintf(f->parcel_key, sizeof f->parcel_key, "350502909001GB00001");
  f->n_uses = 0;
  f = &p->firm[pick_firm(p, 0.18, used)];
  note(p, "enterprise_parcel_trailing_blank", "enterprises", 0, f->code,
       "the parcel code %s ends in a blank in all years", f->parcel_key);
  strncat(f->parcel_key, " ", 2);
  f = &p->firm[pick_firm(p, 0.24, used)];
  note(p, "enterprise_without_parcel", "enterprises", 0, f->code,
       "no parcel code in any year and no occupancy row; its land is %s", f->parcel_key);
  f->parcel_key[0] = '\0';
  f->n_uses = 0;
  f = &p->firm[pick_firm(p, 0.3, used)];
  f->code[17] = f->code[17] == '0' ? '1' : '0';
  note(p, "credit_code_wrong_check", "enterprises", 0, f->code, "the last character is wrong in every table; parcel %s",
       f->parcel_key);
  snprintf(p->parcel[f->use[0].parcel].owner_code, sizeof p->parcel[0].owner_code, "%s", f->code);
}

static void wrong_numbers(park *p, bool *used) {
  static const struct {
    double from;
    int year;
    bool tax;
    const char *text, *kind;
  } cell[] = {{0.36, 1, true, "-", "tax_dash"},       {0.42, 1, false, "N/A", "output_na"},
              {0.48, 0, true, "", "tax_missing"},     {0.54, 2, true, "", "tax_missing"},
              {0.60, 2, false, "", "output_missing"}, {0.66, 1, true, "/", "tax_slash"}};
  for (int i = 0; i < 6; i++) {
    firm *f = &p->firm[pick_firm(p, cell[i].from, used)];
    if (cell[i].tax) f->tax_text[cell[i].year] = cell[i].text;
    else f->output_text[cell[i].year] = cell[i].text;
    note(p, cell[i].kind, "enterprises", 0, f->code, "%s of %d is written '%s'; parcel %s",
         cell[i].tax ? "tax" : "output", FIRST_YEAR + cell[i].year, cell[i].text, f->parcel_key);
  }
}

/* Enterprises on several parcels whose shares cannot be worked out. */
static void wrong_shares(park *p) {
  int turn = 0;
  for (int i = 0; i < p->n_firms && turn < 2; i++) {
    firm *f = &p->firm[i];
    if (f->n_uses < 2 || isnan(f->use[0].floor_m2) || isnan(f->use[1].floor_m2) || i % 2 == 0) continue;
    f->use[1].land_m2 = EMPTY;
    if (turn == 0) {
      for (int k = 0; k < f->n_uses; k++) f->use[k].floor_m2 = EMPTY;
      note(p, "share_area_missing", "occupancies", 0, f->code,
           "land area missing on the second of %d parcels, floor area on all", f->n_uses);
    } else {
      f->use[0].floor_m2 = EMPTY;
      note(p, "share_area_mixed", "occupancies", 0, f->code,
           "land area on the first parcel, floor area alone on the second");
    }
    turn++;
  }
}

static void note_years(park *p) {
  for (int i = 0; i < p->n_firms; i++) {
    const firm *f = &p->firm[i];
    int n = f->listed[0] + f->listed[1] + f->listed[2];
    if (n == N_YEARS) continue;
    note(p, "year_missing", "enterprises", 0, f->code, "rows for%s%s%s only", f->listed[0] ? " 2023" : "",
         f->listed[1] ? " 2024" : "", f->listed[2] ? " 2025" : "");
  }
}

void make_firm_dirt(park *p) {
  bool *used = grow(NULL, (size_t)p->n_firms, sizeof *used);
  memset(used, 0, (size_t)p->n_firms * sizeof *used);
  wrong_keys(p, used);
  wrong_numbers(p, used);
  wrong_shares(p);
  note_years(p);
  free(used);
}
