#include <string.h>

#include "report/dossier.h"

static mj_status no_memory(mj_error *err) { return mj_fail(err, MJ_ENOMEM, "out of memory"); }

bool mj_dossier_has(mj_dossier *d, const char *table) {
  mj_table t = {0};
  bool has = !mj_store_bind(d->store, "table", table, 0, NULL) &&
             !mj_store_table(d->store, "SELECT 1 AS one FROM sqlite_master WHERE name = :table AND type = 'table'",
                             "has", &t, NULL) &&
             t.n == 1;
  mj_table_reset(&t);
  return has;
}

bool mj_dossier_has_column(mj_dossier *d, const char *table, const char *column) {
  mj_arena names = {.page_size = 1024};
  const char *const *name;
  int n;
  const char *sql = mj_arena_format(&names, "SELECT \"%s\" FROM \"%s\" LIMIT 0", column, table);
  bool has = sql && !mj_store_headings(d->store, sql, &names, &name, &n, NULL);
  mj_arena_reset(&names);
  return has;
}

void mj_piece_reset(mj_piece *part) {
  mj_table_reset(&part->table);
  *part = (mj_piece){0};
}

mj_status mj_dossier_piece(mj_dossier *d, const char *sql, const char *layer, mj_piece *out, mj_error *err) {
  mj_wording words = {.lang = d->lang};
  mj_piece_reset(out);
  if (!sql) return no_memory(err);
  MJ_TRY(mj_store_table(d->store, sql, layer, &out->table, err));
  const mj_table *table = &out->table;
  return mj_sheet_make(&out->sheet, layer, 1, &table, &words, &d->arena, err);
}

/* The row that the reasons know the parcel by is that of its source. Where an id stands on several rows they follow
 * each other as the parcels do; where one of them has no reasons that is not enough, but a single source kept whole has
 * the result's own rows. */
static mj_status bind_source_row(mj_dossier *d, bool *known, mj_error *err) {
  static const char sql[] =
      "WITH same AS (SELECT fid, row_number() OVER (ORDER BY fid) AS k FROM parcels WHERE parcel_id IS :id), "
      "runs AS (SELECT row, row_number() OVER (ORDER BY min(fid)) AS k FROM reasons WHERE parcel_id IS :id GROUP BY "
      "row), "
      "source AS (SELECT count(*) AS n, sum(json_extract(value, '$.rows_in') = json_extract(value, '$.rows_kept')) AS "
      "whole FROM json_each(:manifest, '$.inputs') WHERE json_extract(value, '$.role') = 'parcels') "
      "SELECT CASE WHEN (SELECT count(*) FROM same) = (SELECT count(*) FROM runs) THEN "
      "(SELECT runs.row FROM runs JOIN same USING (k) WHERE same.fid = :fid) "
      "WHEN (SELECT n = 1 AND whole = 1 FROM source) THEN :fid END AS row";
  mj_table t = {0};
  MJ_TRY(mj_store_table(d->store, sql, "row", &t, err));
  mj_piece p = {.table = t};
  double row = mj_piece_number(&p, 0, "row");
  *known = row > 0;
  mj_table_reset(&t);
  return mj_store_bind(d->store, "row", NULL, *known ? row : 0, err);
}

static mj_status read_reasons(mj_dossier *d, mj_error *err) {
  bool known = true;
  d->mixed_reasons = false;
  if (!mj_dossier_has(d, "reasons")) return MJ_OK;
  if (d->n_rows == 1 && d->id)
    return mj_dossier_piece(d, "SELECT * FROM reasons WHERE parcel_id = :id ORDER BY fid", "reasons", &d->reasons, err);
  MJ_TRY(bind_source_row(d, &known, err));
  d->mixed_reasons = !known;
  return mj_dossier_piece(d,
                          known ? "SELECT * FROM reasons WHERE parcel_id IS :id AND row = :row ORDER BY fid"
                                : "SELECT * FROM reasons WHERE parcel_id IS :id ORDER BY fid",
                          "reasons", &d->reasons, err);
}

/* Buildings by what lies inside the parcel, as a share of each: right in metres and in degrees. */
static mj_status read_buildings(mj_dossier *d, mj_error *err) {
  static const char sql[] =
      "SELECT * FROM (SELECT b.*, ST_Area(ST_Intersection(b.geom, p.geom)) / ST_Area(b.geom) AS share FROM parcels p "
      "JOIN rtree_buildings_geom r ON r.maxx >= ST_MinX(p.geom) AND r.minx <= ST_MaxX(p.geom) AND r.maxy >= "
      "ST_MinY(p.geom) AND r.miny <= ST_MaxY(p.geom) JOIN buildings b ON b.fid = r.id WHERE p.fid = :fid) "
      "WHERE share > 1e-6 ORDER BY fid";
  mj_text ids = {0};
  if (mj_dossier_has(d, "rtree_buildings_geom")) MJ_TRY(mj_dossier_piece(d, sql, "buildings", &d->buildings, err));
  mj_text_add(&ids, "[");
  for (int64_t i = 0; i < d->buildings.table.n; i++) {
    const char *id = mj_piece_text(&d->buildings, i, "building_id");
    if (!id) continue;
    if (ids.n > 1) mj_text_add(&ids, ",");
    mj_text_json(&ids, id);
  }
  mj_text_add(&ids, "]");
  mj_status s = ids.failed ? no_memory(err) : mj_store_bind(d->store, "buildings", ids.data, 0, err);
  mj_text_reset(&ids);
  return s;
}

/* Enterprises that name the parcel, and those that use it. */
static mj_status read_enterprises(mj_dossier *d, mj_error *err) {
  const char *from = mj_dossier_has(d, "enterprise_years") ? "enterprise_years"
                     : mj_dossier_has(d, "enterprises")    ? "enterprises"
                                                           : NULL;
  bool code = from && mj_dossier_has_column(d, from, "credit_code");
  if (mj_dossier_has_column(d, "occupancies", "parcel_id"))
    MJ_TRY(mj_dossier_piece(d, "SELECT * FROM occupancies WHERE parcel_id = :id ORDER BY fid", "occupancies",
                            &d->occupancies, err));
  MJ_TRY(mj_dossier_bind_people(d, err));
  if (!from) return MJ_OK;
  MJ_TRY(mj_dossier_piece(
      d,
      mj_arena_format(&d->arena, "SELECT * FROM %s WHERE %s%s ORDER BY %s%sfid", from,
                      mj_dossier_has_column(d, from, "parcel_id") ? "parcel_id = :id" : "0",
                      code ? " OR credit_code IN (SELECT value FROM json_each(:codes))" : "",
                      code ? "credit_code, " : "", mj_dossier_has_column(d, from, "year") ? "year, " : ""),
      "enterprises", &d->enterprises, err));
  return mj_dossier_bind_people(d, err);
}

/* Layers stand in the ledger and the list of fixes under their words, with the file where several make up one. */
static const char about[] =
    "((id = :id AND (layer LIKE :parcels || '%' OR layer LIKE :enterprises || '%' OR layer LIKE :occupancies || '%')) "
    "OR (layer LIKE :houses || '%' AND id IN (SELECT value FROM json_each(:buildings))) "
    "OR ((layer LIKE :enterprises || '%' OR layer LIKE :occupancies || '%') AND id IN (SELECT value FROM "
    "json_each(:codes))))";

mj_status mj_dossier_bind_layers(mj_dossier *d, mj_error *err) {
  static const struct {
    const char *name;
    mj_table_id id;
  } word[] = {{"parcels", MJ_PARCELS},
              {"houses", MJ_BUILDINGS},
              {"enterprises", MJ_ENTERPRISES},
              {"occupancies", MJ_OCCUPANCIES},
              {"units", MJ_FACTORY_UNITS}};
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    MJ_TRY(mj_store_bind(d->store, word[i].name, mj_table_id_word(word[i].id, d->run_lang), 0, err));
  return MJ_OK;
}

static mj_status read_findings(mj_dossier *d, mj_error *err) {
  static const char places[] =
      "SELECT kind, severity, layer, id, other_layer, other_id, area_m2, width_m, text FROM checks WHERE (layer = "
      "'parcels' AND id = :id) OR (other_layer = 'parcels' AND other_id = :id) OR (layer = 'buildings' AND id IN "
      "(SELECT "
      "value FROM json_each(:buildings)))";
  MJ_TRY(mj_dossier_bind_layers(d, err));
  if (mj_dossier_has(d, "ledger"))
    MJ_TRY(mj_dossier_piece(d, mj_arena_format(&d->arena, "SELECT * FROM ledger WHERE %s ORDER BY fid", about),
                            "ledger", &d->ledger, err));
  if (mj_dossier_has(d, "fixes"))
    MJ_TRY(mj_dossier_piece(
        d,
        mj_arena_format(&d->arena, "SELECT * FROM fixes WHERE parcel_id = :id OR %s ORDER BY rank IS NULL, rank, fid",
                        about),
        "fixes", &d->fixes, err));
  return mj_dossier_has(d, "checks") ? mj_dossier_piece(d, places, "checks", &d->checks, err) : MJ_OK;
}

static mj_status read_neighbours(mj_dossier *d, mj_error *err) {
  static const char sql[] =
      "SELECT n.* FROM parcels p JOIN rtree_parcels_geom r ON r.maxx >= "
      "ST_MinX(p.geom) - :near AND r.minx <= ST_MaxX(p.geom) + :near AND r.maxy >= ST_MinY(p.geom) - :near AND r.miny "
      "<= "
      "ST_MaxY(p.geom) + :near JOIN parcels n ON n.fid = r.id WHERE p.fid = :fid AND n.fid <> :fid AND "
      "ST_Distance(n.geom, p.geom) <= :near ORDER BY n.fid";
  MJ_TRY(mj_store_bind(d->store, "near", NULL, (d->degrees ? 1 / 111320.0 : 1) / d->unit_m, err));
  return mj_dossier_has(d, "rtree_parcels_geom") ? mj_dossier_piece(d, sql, "parcels", &d->neighbours, err) : MJ_OK;
}

void mj_dossier_forget(mj_dossier *d) {
  mj_piece *parts[] = {&d->parcel,      &d->reasons, &d->proofs, &d->breakpoints, &d->buildings, &d->enterprises,
                       &d->occupancies, &d->grades,  &d->points, &d->fixes,       &d->ledger,    &d->checks,
                       &d->neighbours,  &d->uses,    &d->units,  &d->projects,    &d->contracts, &d->ways,
                       &d->classes,     &d->series,  &d->judged, &d->fit};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) mj_piece_reset(parts[i]);
}

mj_status mj_dossier_read(mj_dossier *d, mj_error *err) {
  mj_dossier_forget(d);
  MJ_TRY(mj_store_bind(d->store, "fid", NULL, (double)d->fid, err));
  MJ_TRY(mj_dossier_piece(d, "SELECT * FROM parcels WHERE fid = :fid", "parcels", &d->parcel, err));
  d->id = mj_piece_text(&d->parcel, 0, "parcel_id");
  MJ_TRY(mj_store_bind(d->store, "id", d->id, (double)NAN, err)); /* NaN is NULL in SQL */
  MJ_TRY(read_buildings(d, err));
  MJ_TRY(mj_dossier_read_uses(d, err));
  MJ_TRY(read_enterprises(d, err));
  MJ_TRY(mj_dossier_read_classes(d, err));
  MJ_TRY(read_reasons(d, err));
  MJ_TRY(mj_dossier_prove(d, err));
  if (mj_dossier_has(d, "breakpoints") && !d->mixed_reasons) /* of which row is not known: then of none */
    MJ_TRY(mj_dossier_piece(d,
                            d->n_rows == 1 && d->id
                                ? "SELECT * FROM breakpoints WHERE parcel_id = :id ORDER BY fid"
                                : "SELECT * FROM breakpoints WHERE parcel_id IS :id AND row = :row ORDER BY fid",
                            "breakpoints", &d->breakpoints, err));
  MJ_TRY(read_findings(d, err));
  return read_neighbours(d, err);
}
