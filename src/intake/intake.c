#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "intake/code_checks.h"
#include "intake/corrections.h"
#include "intake/frame.h"
#include "intake/hash.h"
#include "intake/kept_area.h"
#include "intake/near.h"
#include "intake/project.h"
#include "intake/shapes.h"
#include "intake/system.h"
#include "intake/unite.h"
#include "mujun/rooms.h"

/* Everything that lives for one call. */
typedef struct {
  mj_park *park;
  mj_fields fields;
  mj_part *part;   /* [n] ordered by role, then as given */
  mj_part **order; /* [n] pointers to them */
  int n;
  int first[MJ_ROLE_END + 1]; /* parts of role r: first[r] .. first[r+1]-1 */
  mj_crs *working;
  mj_marks marks;
  mj_corrections corrections;
  mj_hashing *hashing;
  const char **path; /* [n + lookups + corrections] what is hashed, in the order of park->sources */
  mj_error *err;
} intake;

static mj_status no_memory(intake *in) { return mj_fail(in->err, MJ_ENOMEM, "out of memory"); }

/* "parcels", or "parcels (north.shp)" where the role has several files. */
static void label_part(mj_part *p, bool alone) {
  const char *slash = strrchr(p->input->path, '/'), *name = slash ? slash + 1 : p->input->path,
             *role = mj_table_id_name(p->input->role);
  if (alone) snprintf(p->label, sizeof p->label, "%s", role);
  else
    snprintf(p->label, sizeof p->label, "%s (%s%s%s)", role, name, p->input->layer ? ":" : "",
             p->input->layer ? p->input->layer : "");
}

static mj_status order_parts(intake *in) {
  const mj_project *project = &in->park->project;
  size_t n = (size_t)project->n_inputs;
  in->part = calloc(n + 1, sizeof *in->part);
  in->order = calloc(n + 1, sizeof *in->order);
  if (!in->part || !in->order) return no_memory(in);
  for (int role = 0; role < MJ_ROLE_END; role++) {
    in->first[role] = in->n;
    for (int32_t i = 0; i < project->n_inputs; i++) {
      if ((int)project->inputs[i].role != role) continue;
      mj_part *p = &in->part[in->n];
      p->input = &project->inputs[i];
      p->project = project;
      p->fields = &in->fields;
      p->err.lang = in->err ? in->err->lang : MJ_EN;
      in->order[in->n++] = p;
    }
    for (int i = in->first[role]; i < in->n; i++) label_part(&in->part[i], in->n - in->first[role] == 1);
  }
  in->first[MJ_ROLE_END] = in->n;
  if (in->first[MJ_PARCELS + 1] == 0)
    return mj_fail(in->err, MJ_EINVAL, "no parcels are given; name a layer with --parcels or parcels: in park.yaml");
  return MJ_OK;
}

/* Inputs, lookup tables, and the file of corrections where there is one. */
static int count_files(const intake *in) {
  return in->n + in->park->project.n_lookups + (in->corrections.path != NULL);
}

static mj_status start_hashing(intake *in) {
  const mj_project *project = &in->park->project;
  int n = count_files(in), lookups = in->n + project->n_lookups;
  in->path = calloc((size_t)n + 1, sizeof *in->path);
  if (!in->path) return no_memory(in);
  for (int i = 0; i < in->n; i++) in->path[i] = in->part[i].input->path;
  for (int i = in->n; i < lookups; i++) in->path[i] = project->lookups[i - in->n].path;
  if (lookups < n) in->path[lookups] = in->corrections.path;
  return mj_hash_start(n, in->path, &in->hashing, in->err);
}

/* ---- reading ---- */

static mj_status read_range(void *ctx, int64_t first, int64_t last, int worker) {
  intake *in = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) {
    mj_progress *progress = i == 0 ? &in->park->progress : NULL; /* one voice: the parcels' */
    MJ_TRY(mj_part_read(&in->part[i], progress));
    if (!in->corrections.path) MJ_TRY(mj_part_type(&in->part[i]));
  }
  return MJ_OK;
}

static mj_status type_range(void *ctx, int64_t first, int64_t last, int worker) {
  intake *in = ctx;
  (void)worker;
  for (int64_t i = first; i < last; i++) MJ_TRY(mj_part_type(&in->part[i]));
  return MJ_OK;
}

static mj_status run_parts(intake *in, mj_range_fn fn) {
  mj_status status = mj_parallel(in->park->project.threads, in->n, 1, fn, in);
  if (!status) return MJ_OK;
  for (int i = 0; i < in->n; i++)
    if (in->part[i].err.code) {
      if (in->err) *in->err = in->part[i].err;
      return in->part[i].err.code;
    }
  return mj_fail(in->err, status, "reading: %s", mj_status_name(status));
}

/* Corrections are compared with all rows as delivered, so they wait until every file is read. */
static mj_status read_parts(intake *in) {
  mj_progress_stage(&in->park->progress, "reading");
  MJ_TRY(run_parts(in, read_range));
  if (!in->corrections.path) return MJ_OK;
  MJ_TRY(mj_corrections_apply(&in->corrections, in->part, in->n, in->park, in->err));
  return run_parts(in, type_range);
}

/* `match` of a lookup may name a parcel column that has become a canonical one. */
static void follow_lookups(intake *in) {
  mj_project *project = &in->park->project;
  for (int32_t i = 0; i < project->n_lookups; i++)
    for (int k = 0; k < in->part[0].mapping.n; k++) {
      const mj_mapped *m = &in->part[0].mapping.item[k];
      if (m->column < 0 || strcmp(in->part[0].column[m->column], project->lookups[i].match)) continue;
      char *name = mj_arena_text(&project->arena, m->field->name, strlen(m->field->name));
      if (name) project->lookups[i].match = name;
    }
}

/* ---- into one frame ---- */

static mj_status frame_parts(intake *in) {
  mj_park *park = in->park;
  int threads = park->project.threads;
  mj_progress_stage(&park->progress, "checking shapes");
  MJ_TRY(mj_systems_agree(in->part, in->n, in->err));
  MJ_TRY(mj_frame_make(in->order, in->first[MJ_PARCELS + 1], &park->frame, &in->working, in->err));
  for (int i = 0; i < in->n; i++) {
    mj_part *p = &in->part[i];
    if (!mj_part_has_shape(p)) continue;
    MJ_TRY(mj_frame_enter(p, &in->part[0], in->working, &park->frame, threads, in->err));
    double *before = mj_areas_before(p);
    mj_status status = before ? MJ_OK : no_memory(in);
    if (!status) status = mj_shapes_check(p, in->working, park->frame.unit_m, threads, &in->marks, in->err);
    if (!status && mj_areas_after(p, before, park->frame.unit_m)) status = no_memory(in);
    free(before);
    if (status) return status;
  }
  return MJ_OK;
}

/* ---- what is handed on ---- */

static mj_status merge_ledgers(intake *in) {
  for (int i = 0; i < in->n; i++)
    for (int64_t k = 0; k < in->part[i].ledger.n; k++)
      if (mj_ledger_add(&in->park->ledger, in->part[i].ledger.entry[k])) return no_memory(in);
  return MJ_OK;
}

static mj_status unite_roles(intake *in) {
  for (int role = 0; role < MJ_ROLE_END; role++) {
    int first = in->first[role], n = in->first[role + 1] - first;
    mj_table *table = &in->park->table[role];
    if (!n) continue;
    MJ_TRY(mj_unite(in->order + first, n, table, in->err));
    MJ_TRY(mj_ids_check(in->order + first, n, table, &in->park->ledger, in->err));
  }
  return mj_marks_put(&in->marks, in->park) ? no_memory(in) : MJ_OK;
}

static const char *keep(mj_park *park, const char *text) {
  return text ? mj_arena_text(&park->arena, text, strlen(text)) : "";
}

static mj_status fill_source(intake *in, int i, mj_source *s) {
  mj_park *park = in->park;
  *s = (mj_source){
      .role = MJ_TABLE_END, .path = keep(park, in->path[i]), .layer = "", .format = "", .crs = "", .encoding = ""};
  if (i < in->n) {
    const mj_part *p = &in->part[i];
    s->role = p->input->role;
    s->layer = keep(park, p->layer_name);
    s->format = keep(park, p->format);
    s->encoding = keep(park, p->encoding);
    s->crs = p->crs ? keep(park, mj_crs_label(p->crs)) : "";
    s->rows_in = p->rows_in;
    s->rows_kept = p->table.n;
    s->area_in_m2 = p->area_in_m2;
    s->area_repair_m2 = p->area_repair_m2;
    s->area_lost_m2 = p->area_lost_m2;
  }
  if (i >= in->n + park->project.n_lookups) {
    s->role = MJ_CORRECTIONS;
    s->layer = keep(park, in->corrections.layer);
    s->format = keep(park, in->corrections.format);
    s->encoding = keep(park, in->corrections.encoding);
    s->rows_in = in->corrections.rows_in;
    s->rows_kept = in->corrections.n;
  }
  return s->path && s->layer && s->format && s->encoding && s->crs ? MJ_OK : no_memory(in);
}

static mj_status fill_sources(intake *in) {
  mj_park *park = in->park;
  int n = count_files(in);
  char(*digest)[65] = calloc((size_t)n + 1, sizeof *digest);
  park->sources = mj_arena_alloc(&park->arena, (size_t)n + 1, sizeof *park->sources);
  mj_status status = digest && park->sources ? MJ_OK : no_memory(in);
  mj_progress_beside(&park->progress, "hashing the inputs", mj_hash_finish(in->hashing, digest));
  in->hashing = NULL;
  for (int i = 0; !status && i < n; i++) {
    status = fill_source(in, i, &park->sources[i]);
    memcpy(park->sources[i].sha256, digest[i], sizeof digest[i]);
  }
  if (!status) park->n_sources = n;
  free(digest);
  return status;
}

static mj_status run(intake *in) {
  MJ_TRY(mj_fields_open(&in->fields, in->err));
  MJ_TRY(order_parts(in));
  MJ_TRY(mj_corrections_load(&in->park->project, &in->park->ledger, &in->corrections, in->err));
  MJ_TRY(start_hashing(in));
  MJ_TRY(read_parts(in));
  follow_lookups(in);
  MJ_TRY(frame_parts(in));
  MJ_TRY(merge_ledgers(in));
  MJ_TRY(unite_roles(in));
  MJ_TRY(mj_codes_check(in->park, in->order, in->first, in->err));
  MJ_TRY(mj_near_keys(in->park, in->err));
  return fill_sources(in);
}

/* The year of the figures follows from the reference date where nobody said it. */
static void default_year(mj_project *project) {
  int year, month, day;
  if ((project->year && project->year != MJ_DATE_NULL) || !project->as_of || project->as_of == MJ_DATE_NULL) return;
  mj_date_to_ymd(project->as_of, &year, &month, &day);
  project->year = year - 1;
}

mj_status mj_intake(mj_park *park, mj_error *err) {
  intake in = {.park = park, .err = err};
  default_year(&park->project);
  mj_status status = run(&in);
  mj_hash_finish(in.hashing, NULL);
  for (int i = 0; in.part && i < in.n; i++) mj_part_reset(&in.part[i]);
  free(in.part);
  free(in.order);
  free(in.path);
  mj_crs_close(in.working);
  mj_marks_reset(&in.marks);
  mj_corrections_reset(&in.corrections);
  mj_fields_close(&in.fields);
  return status;
}
