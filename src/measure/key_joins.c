#include <string.h>

#include "measure/enterprises.h"
#include "measure/lists.h"

static void count_key(mj_join *j, int32_t rows) {
  j->right_keys += rows > 0;
  j->right_repeated += rows > 1;
  if (rows > j->right_most) j->right_most = rows;
}

mj_status mj__count_join(mj_park *park, const mj__use_tables *tables) {
  const mj_keymap *parcels = &tables->parcels;
  const mj_table *pt = &park->table[MJ_PARCELS], *et = &park->table[MJ_ENTERPRISES];
  const char **parcel = mj_table_text(et, "parcel_id");
  mj_join *join = mj_arena_alloc(&park->arena, (size_t)park->n_joins + 1, sizeof *join);
  int32_t *rows =
      mj_arena_alloc(&park->scratch, (size_t)pt->n + 1, sizeof *rows); /* by the first parcel of their code */
  mj_keymap strange = {0};
  mj_status status = join && rows ? MJ_OK : MJ_ENOMEM;
  int32_t number;
  if (status || !parcel) return status;
  if (park->n_joins) memcpy(join, park->joins, (size_t)park->n_joins * sizeof *join);
  mj_join *j = &join[park->n_joins];
  *j = (mj_join){.left = "parcels",
                 .right = "enterprises",
                 .key = "parcel_id",
                 .left_rows = pt->n,
                 .right_rows = et->n,
                 .left_keys = parcels->n};
  for (int64_t i = 0; i < et->n && !status; i++)
    if (tables->row_parcel[i] >= 0) rows[tables->row_parcel[i]]++;
    else if (tables->row_parcel[i] == MJ__SEVERAL_PARCELS) rows[parcels->first[mj_keymap_find(parcels, parcel[i])]]++;
    else if (parcel[i]) status = mj_keymap_add(&strange, parcel[i], (int32_t)i, &number);
    else j->right_null++;
  for (int64_t p = 0; p < pt->n; p++) count_key(j, rows[p]);
  j->matched_keys = j->right_keys;
  for (int32_t k = 0; k < strange.n; k++) count_key(j, strange.count[k]);
  j->only_left = j->left_keys - j->matched_keys;
  j->only_right = j->right_keys - j->matched_keys;
  j->left_null = pt->n;
  for (int32_t k = 0; k < parcels->n; k++) j->left_null -= parcels->count[k];
  park->joins = join;
  park->n_joins++;
  mj_keymap_reset(&strange);
  return status;
}

mj_status mj__note_strangers(mj_park *park, const mj__firms *firms) {
  const mj_table *t = &park->table[MJ_OCCUPANCIES], *et = &park->table[MJ_ENTERPRISES];
  const char **code = mj_table_text(t, "credit_code");
  uint8_t *known = mj_arena_alloc(&park->scratch, (size_t)firms->n + 1, 1);
  mj__faults strangers = {
      .park = park, .code = MJ_L_OCCUPANCY_NO_ENTERPRISE, .table = MJ_OCCUPANCIES, .field = "credit_code"};
  if (!known) return MJ_ENOMEM;
  if (!code || !mj_table_text(et, "credit_code")) return MJ_OK;
  for (int64_t i = 0; i < et->n; i++) known[firms->of_row[i]] = 1;
  for (int64_t i = 0; i < t->n; i++)
    if (code[i] && !known[firms->of_occupancy[i]]) MJ_TRY(mj__fault(&strangers, i, code[i], NULL));
  return mj__tell_faults(&strangers);
}
