#include "report/dossier.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

/* A unit may name its building alone. */
mj_status mj_dossier_read_uses(mj_dossier *d, mj_error *err) {
  static const char units[] =
      "SELECT * FROM factory_units WHERE parcel_id = :id OR (parcel_id IS NULL AND building_id IN (SELECT value FROM "
      "json_each(:buildings))) ORDER BY fid";
  if (mj_dossier_has(d, "occupancy_shares"))
    MJ_TRY(mj_dossier_piece(d, "SELECT * FROM occupancy_shares WHERE parcel_row = :fid ORDER BY fid",
                            "occupancy_shares", &d->uses, err));
  if (mj_dossier_has(d, "fit_options"))
    MJ_TRY(mj_dossier_piece(d, "SELECT * FROM fit_options WHERE parcel_row = :fid ORDER BY fid", "fit_options", &d->fit,
                            err));
  if (mj_dossier_has_column(d, "factory_units", "building_id") &&
      mj_dossier_has_column(d, "factory_units", "parcel_id"))
    MJ_TRY(mj_dossier_piece(d, units, "factory_units", &d->units, err));
  if (mj_dossier_has_column(d, "projects", "parcel_id"))
    MJ_TRY(mj_dossier_piece(d, "SELECT * FROM projects WHERE parcel_id = :id ORDER BY fid", "projects", &d->projects,
                            err));
  return mj_dossier_has_column(d, "contracts", "parcel_id")
             ? mj_dossier_piece(d, "SELECT * FROM contracts WHERE parcel_id = :id ORDER BY fid", "contracts",
                                &d->contracts, err)
             : MJ_OK;
}

/* The credit codes of the enterprises read, or the names of those without one, as a JSON array. */
static mj_status bind_list(mj_dossier *d, const char *as, bool names, mj_error *err) {
  const mj_piece *const from[] = {&d->uses, &d->enterprises, &d->occupancies};
  mj_text list = {0};
  mj_text_add(&list, "[");
  for (size_t p = 0; p < sizeof from / sizeof *from; p++)
    for (int64_t i = 0; i < from[p]->table.n; i++) {
      const char *code = mj_piece_text(from[p], i, "credit_code"),
                 *value = !names ? code
                          : code ? NULL
                                 : mj_piece_text(from[p], i, "enterprise_name");
      if (!value) continue;
      if (list.n > 1) mj_text_add(&list, ",");
      mj_text_json(&list, value);
    }
  mj_text_add(&list, "]");
  mj_status s = list.failed ? no_memory(err) : mj_store_bind(d->store, as, list.data, 0, err);
  mj_text_reset(&list);
  return s;
}

mj_status mj_dossier_bind_people(mj_dossier *d, mj_error *err) {
  MJ_TRY(bind_list(d, "codes", false, err));
  return bind_list(d, "names", true, err);
}

mj_status mj_dossier_read_classes(mj_dossier *d, mj_error *err) {
  const struct {
    const char *table;
    mj_piece *out;
  } part[] = {{"grades", &d->grades},
              {"grade_points", &d->points},
              {"attributions", &d->ways},
              {"attribution_grades", &d->classes}};
  for (size_t i = 0; i < sizeof part / sizeof *part; i++)
    if (mj_dossier_has(d, part[i].table))
      MJ_TRY(mj_dossier_piece(d,
                              mj_arena_format(&d->arena,
                                              "SELECT * FROM %s WHERE credit_code IN (SELECT value FROM "
                                              "json_each(:codes)) OR (credit_code IS NULL AND enterprise_name IN "
                                              "(SELECT value FROM json_each(:names))) ORDER BY fid",
                                              part[i].table),
                              part[i].table, part[i].out, err));
  return MJ_OK;
}
