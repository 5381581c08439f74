#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/nearest.h"
#include "report/dossier.h"

static mj_status read_file(mj_dossier *d, const char *path, const char **out, mj_error *err) {
  mj_text text = {0};
  FILE *f = fopen(path, "rb");
  if (!f && errno == ENOENT)
    return mj_fail(err, MJ_ENOTFOUND, "'%s' is no result of mujun analyze: there is no manifest.json in it",
                   d->ask->dir);
  if (!f) return mj_fail(err, MJ_EIO, "cannot open '%s'", path);
  char buffer[8192];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, f));) mj_text_put(&text, buffer, n);
  bool broken = ferror(f) != 0;
  fclose(f);
  *out = text.failed || broken ? NULL : mj_arena_text(&d->arena, text.n ? text.data : "", text.n);
  mj_text_reset(&text);
  if (broken) return mj_fail(err, MJ_EIO, "cannot open '%s'", path);
  return *out ? MJ_OK : mj_fail(err, MJ_ENOMEM, "out of memory");
}

static mj_status read_manifest(mj_dossier *d, const char *path, mj_error *err) {
  static const char run[] =
      "SELECT json_extract(:manifest, '$.run_id') AS run_id, json_extract(:manifest, '$.park') AS park, "
      "json_extract(:manifest, '$.as_of') AS as_of, json_extract(:manifest, '$.year') AS year, "
      "json_extract(:manifest, '$.lang') AS lang, json_extract(:manifest, '$.mujun') AS mujun, "
      "json_extract(:manifest, '$.frame.delivered') AS crs, json_extract(:manifest, '$.frame.degrees') AS degrees, "
      "json_extract(:manifest, '$.frame.metres_per_unit') AS unit_m, "
      "json_extract(:manifest, '$.frame.middle_lat_deg') AS lat_deg";
  static const char books[] =
      "SELECT json_extract(value, '$.rulebook') AS rulebook, json_extract(value, '$.version') AS version, "
      "json_extract(value, '$.name') AS name, json_extract(value, '$.document') AS document, "
      "json_extract(value, '$.from') AS \"from\", json_extract(value, '$.to') AS \"to\", "
      "json_extract(value, '$.in_force') AS in_force FROM json_each(:manifest, '$.rulebooks')";
  MJ_TRY(mj_store_bind(d->store, "manifest", d->manifest, 0, err));
  if (mj_store_table(d->store, run, "run", &d->run, err) || mj_store_table(d->store, books, "books", &d->books, err) ||
      !mj_table_text(&d->run, "run_id"))
    return mj_fail(err, MJ_EFORMAT, "'%s' is no manifest of mujun", path);
  mj_piece p = {.table = d->run};
  const char *lang = mj_piece_text(&p, 0, "lang");
  d->run_lang = lang && !strcmp(lang, "zh") ? MJ_ZH : MJ_EN;
  d->lang = d->ask->lang_given ? d->ask->lang : d->run_lang;
  d->crs = mj_piece_text(&p, 0, "crs");
  d->degrees = mj_piece_number(&p, 0, "degrees") > 0;
  d->unit_m = mj_piece_number(&p, 0, "unit_m") > 0 ? mj_piece_number(&p, 0, "unit_m") : 1;
  d->lat_deg = mj_piece_number(&p, 0, "lat_deg");
  return MJ_OK;
}

/* One run wrote both, or they do not belong together. */
static mj_status same_run(mj_dossier *d, mj_error *err) {
  static const char sql[] =
      "SELECT substr(metadata, instr(metadata, '\"mujun_run_id\">') + 15, 16) AS id FROM gpkg_metadata WHERE metadata "
      "LIKE '%\"mujun_run_id\">%'";
  mj_table t = {0};
  mj_status s = mj_store_table(d->store, sql, "gpkg", &t, err);
  const char **id = s ? NULL : mj_table_text(&t, "id");
  const char *found = id && t.n && id[0] ? id[0] : "?", *want = mj_table_text(&d->run, "run_id")[0];
  if (!s && strcmp(found, want) != 0)
    s = mj_fail(err, MJ_EFORMAT, "mujun.gpkg in '%s' is of run %s and manifest.json of run %s: analyze again",
                d->ask->dir, found, want);
  mj_table_reset(&t);
  if (!s && !mj_dossier_has(d, "parcels"))
    s = mj_fail(err, MJ_ENOTFOUND, "the result in '%s' has no parcels: it is not of mujun analyze", d->ask->dir);
  return s;
}

mj_status mj_dossier_open(mj_dossier *d, mj_error *err) {
  const char *manifest = mj_arena_format(&d->arena, "%s/manifest.json", d->ask->dir),
             *gpkg = mj_arena_format(&d->arena, "%s/mujun.gpkg", d->ask->dir);
  struct stat info;
  if (!manifest || !gpkg) return mj_fail(err, MJ_ENOMEM, "out of memory");
  d->paper.arena = &d->arena;
  MJ_TRY(read_file(d, manifest, &d->manifest, err));
  if (stat(gpkg, &info))
    return mj_fail(err, MJ_ENOTFOUND, "there is no mujun.gpkg in '%s': analyze with gpkg among --only", d->ask->dir);
  MJ_TRY(mj_store_open_file(gpkg, &d->store, err));
  MJ_TRY(read_manifest(d, manifest, err));
  return same_run(d, err);
}

static mj_status no_such_parcel(mj_dossier *d, mj_error *err) {
  mj_table t = {0};
  mj_text near = {0};
  mj_nearest nearest;
  mj_status s = mj_store_table(d->store, "SELECT parcel_id AS id FROM parcels WHERE parcel_id IS NOT NULL ORDER BY fid",
                               "ids", &t, err);
  const char **id = s ? NULL : mj_table_text(&t, "id");
  mj_nearest_start(&nearest, d->ask->parcel_id);
  for (int64_t i = 0; id && i < t.n; i++)
    if (id[i]) mj_nearest_offer(&nearest, id[i]);
  mj_nearest_put(&nearest, &near);
  if (!s && near.n)
    s = mj_fail(err, MJ_ENOTFOUND, "no parcel '%s' in '%s' (near: %s)", d->ask->parcel_id, d->ask->dir, near.data);
  else if (!s) s = mj_fail(err, MJ_ENOTFOUND, "no parcel '%s' in '%s'", d->ask->parcel_id, d->ask->dir);
  mj_text_reset(&near);
  mj_table_reset(&t);
  return s;
}

/* "#17" is a row of the result: a parcel may have no id. */
mj_status mj_dossier_find(mj_dossier *d, const int64_t **fid, int *n, mj_error *err) {
  double number;
  mj_table t = {0};
  bool row = d->ask->parcel_id[0] == '#' && mj_double_parse(d->ask->parcel_id + 1, &number);
  MJ_TRY(mj_store_bind(d->store, "asked", row ? NULL : d->ask->parcel_id, row ? number : 0, err));
  mj_status s = mj_store_table(d->store,
                               row ? "SELECT fid FROM parcels WHERE fid = :asked"
                                   : "SELECT fid FROM parcels WHERE parcel_id = :asked ORDER BY fid",
                               "rows", &t, err);
  if (!s && !t.n) s = no_such_parcel(d, err);
  int64_t *copy = s ? NULL : mj_arena_alloc(&d->arena, (size_t)t.n, sizeof *copy);
  if (copy) memcpy(copy, mj_table_i64(&t, "fid"), (size_t)t.n * sizeof *copy);
  if (!s && !copy) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  *fid = copy;
  *n = d->n_rows = (int)t.n;
  mj_table_reset(&t);
  return s;
}

void mj_dossier_reset(mj_dossier *d) {
  mj_dossier_forget(d);
  mj_table_reset(&d->run);
  mj_table_reset(&d->books);
  mj_store_close(d->store);
  d->store = NULL;
  mj_arena_reset(&d->arena);
}
