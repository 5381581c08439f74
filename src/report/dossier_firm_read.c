#include <math.h>
#include <string.h>

#include "base/nearest.h"
#include "report/dossier.h"

/* Tables that know enterprises by code and name; what is first says what one is called. */
static const char *const known[] = {"enterprise_series", "enterprises", "enterprise_years",
                                    "occupancy_shares",  "occupancies", "factory_units"};

/* SELECT code, name of all of them where @p where holds; columns come with the input. NULL: there are none. */
static char *identities(mj_dossier *d, const char *where) {
  mj_text sql = {0};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    bool code = mj_dossier_has_column(d, known[i], "credit_code"),
         name = mj_dossier_has_column(d, known[i], "enterprise_name");
    if (!code && !name) continue;
    mj_text_format(&sql,
                   "%sSELECT DISTINCT credit_code, enterprise_name FROM (SELECT %s AS credit_code, %s AS "
                   "enterprise_name FROM %s) WHERE %s",
                   sql.n ? " UNION ALL " : "", code ? "credit_code" : "NULL", name ? "enterprise_name" : "NULL",
                   known[i], where);
  }
  char *kept = sql.n && !sql.failed ? mj_arena_text(&d->arena, sql.data, sql.n) : NULL;
  mj_text_reset(&sql);
  return kept;
}

static mj_status no_such_firm(mj_dossier *d, mj_error *err) {
  mj_table t = {0};
  mj_text near = {0};
  mj_nearest nearest;
  const char *sql = identities(d, "1");
  mj_status s = sql ? mj_store_table(d->store, sql, "identities", &t, err) : MJ_OK;
  mj_nearest_start(&nearest, d->ask->enterprise);
  for (int k = 0; !s && k < 2; k++) {
    const char **word = mj_table_text(&t, k ? "enterprise_name" : "credit_code");
    for (int64_t i = 0; word && i < t.n; i++)
      if (word[i]) mj_nearest_offer(&nearest, word[i]);
  }
  mj_nearest_put(&nearest, &near);
  if (!s && near.n)
    s = mj_fail(err, MJ_ENOTFOUND, "no enterprise '%s' in '%s' (near: %s)", d->ask->enterprise, d->ask->dir, near.data);
  else if (!s) s = mj_fail(err, MJ_ENOTFOUND, "no enterprise '%s' in '%s'", d->ask->enterprise, d->ask->dir);
  mj_text_reset(&near);
  mj_table_reset(&t);
  return s;
}

/* The rows found: of that code, else of that name, which must be of one enterprise. */
static mj_status choose(mj_dossier *d, const mj_table *t, mj_error *err) {
  const char **code = mj_table_text(t, "credit_code"), **name = mj_table_text(t, "enterprise_name"),
             *asked = d->ask->enterprise, *other = NULL;
  bool by_code = false;
  for (int64_t i = 0; code && i < t->n && !by_code; i++) by_code = code[i] && !strcmp(code[i], asked);
  for (int64_t i = 0; i < t->n; i++) {
    const char *c = code ? code[i] : NULL, *n = name ? name[i] : NULL;
    if (by_code && (!c || strcmp(c, asked) != 0)) continue;
    if (c && d->code && strcmp(c, d->code) != 0) other = c;
    if (c && !d->code) d->code = c;
    if (n && !d->name) d->name = n;
  }
  if (other)
    return mj_fail(err, MJ_EINVAL, "several enterprises are called '%s', among them %s and %s: give the credit code",
                   asked, d->code, other);
  if ((d->code && !(d->code = mj_arena_text(&d->arena, d->code, strlen(d->code)))) ||
      (d->name && !(d->name = mj_arena_text(&d->arena, d->name, strlen(d->name)))))
    return mj_fail(err, MJ_ENOMEM, "out of memory");
  return MJ_OK;
}

mj_status mj_dossier_find_firm(mj_dossier *d, mj_error *err) {
  mj_table t = {0};
  MJ_TRY(mj_store_bind(d->store, "asked", d->ask->enterprise, 0, err));
  const char *sql = identities(d, "credit_code = :asked OR enterprise_name = :asked");
  mj_status s = sql ? mj_store_table(d->store, sql, "identities", &t, err) : MJ_OK;
  if (!s && !t.n) s = no_such_firm(d, err);
  if (!s) s = choose(d, &t, err);
  mj_table_reset(&t);
  return s;
}

/* ---- its rows ---- */

/* The condition that a row of the table is the enterprise's: its code; without one its name, on rows without a code. */
static const char *whose(mj_dossier *d, const char *table) {
  bool code = mj_dossier_has_column(d, table, "credit_code"), name = mj_dossier_has_column(d, table, "enterprise_name");
  if (d->code) return code ? "credit_code = :code" : "0";
  if (!name) return "0";
  return code ? "credit_code IS NULL AND enterprise_name = :name" : "enterprise_name = :name";
}

/* The rows of a table that are its own, in their order; nothing where there is no such table. */
static mj_status read_own(mj_dossier *d, const char *table, const char *layer, const char *order, mj_piece *out,
                          mj_error *err) {
  if (!mj_dossier_has(d, table)) return MJ_OK;
  return mj_dossier_piece(
      d, mj_arena_format(&d->arena, "SELECT * FROM %s WHERE %s ORDER BY %sfid", table, whose(d, table), order), layer,
      out, err);
}

static mj_status read_years(mj_dossier *d, mj_error *err) {
  const char *from = mj_dossier_has(d, "enterprise_years") ? "enterprise_years" : "enterprises";
  MJ_TRY(
      read_own(d, from, "enterprises", mj_dossier_has_column(d, from, "year") ? "year, " : "", &d->enterprises, err));
  MJ_TRY(read_own(d, "enterprises", "enterprises", "", &d->judged, err));
  MJ_TRY(read_own(d, "enterprise_series", "enterprise_series", "", &d->series, err));
  return read_own(d, "enterprise_reasons", "enterprise_reasons", "", &d->reasons, err);
}

/* Projects and contracts of the parcels that it uses, or that its rows of the year name. */
static mj_status read_parcels(mj_dossier *d, mj_error *err) {
  static const char *const from[] = {"occupancy_shares", "occupancies", "enterprises"};
  const struct {
    const char *table;
    mj_piece *out;
  } part[] = {{"projects", &d->projects}, {"contracts", &d->contracts}};
  const char *list = "SELECT NULL";
  for (size_t i = 0; list && i < sizeof from / sizeof *from; i++)
    if (mj_dossier_has_column(d, from[i], "parcel_id"))
      list = mj_arena_format(&d->arena, "%s UNION SELECT parcel_id FROM %s WHERE %s", list, from[i], whose(d, from[i]));
  if (!list) return mj_fail(err, MJ_ENOMEM, "out of memory");
  for (size_t i = 0; i < sizeof part / sizeof *part; i++)
    if (mj_dossier_has_column(d, part[i].table, "parcel_id"))
      MJ_TRY(mj_dossier_piece(
          d, mj_arena_format(&d->arena, "SELECT * FROM %s WHERE parcel_id IN (%s) ORDER BY fid", part[i].table, list),
          part[i].table, part[i].out, err));
  return MJ_OK;
}

/* Its rows stand in the ledger under its code or name; its factory units under theirs. */
static mj_status read_findings(mj_dossier *d, mj_error *err) {
  bool units = mj_dossier_has_column(d, "factory_units", "unit_id");
  const char *about = mj_arena_format(
      &d->arena,
      "(((layer LIKE :enterprises || '%%' OR layer LIKE :occupancies || '%%') AND id IN (:code, :name)) OR (layer LIKE "
      ":units || '%%' AND id IN (SELECT %s FROM %s WHERE %s)))",
      units ? "unit_id" : "NULL", units ? "factory_units" : "parcels", units ? whose(d, "factory_units") : "0");
  if (!about) return mj_fail(err, MJ_ENOMEM, "out of memory");
  MJ_TRY(mj_dossier_bind_layers(d, err));
  if (mj_dossier_has(d, "ledger"))
    MJ_TRY(mj_dossier_piece(d, mj_arena_format(&d->arena, "SELECT * FROM ledger WHERE %s ORDER BY fid", about),
                            "ledger", &d->ledger, err));
  if (!mj_dossier_has(d, "fixes")) return MJ_OK;
  return mj_dossier_piece(
      d, mj_arena_format(&d->arena, "SELECT * FROM fixes WHERE %s ORDER BY rank IS NULL, rank, fid", about), "fixes",
      &d->fixes, err);
}

mj_status mj_dossier_read_firm(mj_dossier *d, mj_error *err) {
  MJ_TRY(mj_store_bind(d->store, "code", d->code, (double)NAN, err)); /* NaN is NULL in SQL */
  MJ_TRY(mj_store_bind(d->store, "name", d->name, (double)NAN, err));
  MJ_TRY(read_years(d, err));
  MJ_TRY(read_own(d, "occupancy_shares", "occupancy_shares", "", &d->uses, err));
  MJ_TRY(read_own(d, "occupancies", "occupancies", "", &d->occupancies, err));
  MJ_TRY(read_own(d, "factory_units", "factory_units", "", &d->units, err));
  MJ_TRY(mj_dossier_bind_people(d, err));
  MJ_TRY(mj_dossier_read_classes(d, err));
  MJ_TRY(read_parcels(d, err));
  return read_findings(d, err);
}
