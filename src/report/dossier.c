#include "report/dossier.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/sink.h"

enum { COLUMNS = 80 };

static mj_status compose_parcel(mj_dossier *d, mj_error *err) {
  const int64_t *fid;
  int n;
  MJ_TRY(mj_dossier_find(d, &fid, &n, err));
  for (int i = 0; i < n; i++) {
    d->fid = fid[i];
    d->row = i + 1;
    MJ_TRY(mj_dossier_read(d, err));
    mj_dossier_head(d);
    MJ_TRY(mj_dossier_map(d, err));
    mj_dossier_land(d);
    mj_dossier_uses(d);
    mj_dossier_units(d);
    mj_dossier_people(d);
    mj_dossier_ways(d);
    mj_dossier_verdicts(d);
    mj_dossier_room(d);
    mj_dossier_fit(d);
    mj_dossier_grades(d);
    mj_dossier_contracts(d);
    mj_dossier_projects(d);
    mj_dossier_doubts(d);
  }
  return MJ_OK;
}

static mj_status compose_firm(mj_dossier *d, mj_error *err) {
  MJ_TRY(mj_dossier_find_firm(d, err));
  MJ_TRY(mj_dossier_read_firm(d, err));
  mj_dossier_firm(d);
  return MJ_OK;
}

static mj_status compose(mj_dossier *d, mj_error *err) {
  bool firm = d->ask->enterprise != NULL;
  MJ_TRY(firm ? compose_firm(d, err) : compose_parcel(d, err));
  d->paper.language = d->lang == MJ_ZH ? "zh-CN" : "en";
  d->paper.title =
      firm ? mj_arena_format(&d->arena, "%s %s", MJ_WORDS(d, "企业档案", "Dossier of enterprise"),
                             d->name ? d->name : d->code)
           : mj_arena_format(&d->arena, "%s %s", MJ_WORDS(d, "宗地档案", "Dossier of parcel"), d->ask->parcel_id);
  if (!d->paper.title) d->paper.failed = true;
  return d->paper.failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

mj_status mj_dossier_make(const mj_dossier_options *options, mj_text *out, mj_error *err) {
  mj_dossier d = {.ask = options, .lang = options->lang};
  if (options->enterprise && options->open)
    return mj_fail(err, MJ_EINVAL, "there is no public dossier of an enterprise: all of it is its own figures");
  mj_status s = mj_dossier_open(&d, err);
  if (!s) s = compose(&d, err);
  if (!s && options->format == MJ_DOSSIER_HTML) mj_paper_as_html(&d.paper, out);
  else if (!s && options->format == MJ_DOSSIER_MD) mj_paper_as_md(&d.paper, out);
  else if (!s) mj_paper_as_text(&d.paper, COLUMNS, out);
  mj_dossier_reset(&d);
  return !s && out->failed ? mj_fail(err, MJ_ENOMEM, "out of memory") : s;
}

mj_status mj_dossier_write(const mj_dossier_options *options, const char *path, bool overwrite, mj_error *err) {
  struct stat info;
  mj_text text = {0};
  mj_arena arena = {.page_size = 4096};
  int64_t bytes;
  if (!overwrite && !stat(path, &info))
    return mj_fail(err, MJ_EEXIST, "'%s' is already there; give --overwrite to replace it", path);
  mj_status s = mj_dossier_make(options, &text, err);
  const char *temp = mj_arena_format(&arena, "%s.tmp-%ld", path, (long)getpid());
  if (!s && !temp) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s) s = mj_sink_text(temp, path, &text, &bytes, err);
  if (!s) s = mj_sink_place(temp, path, err);
  if (s && temp) unlink(temp);
  mj_text_reset(&text);
  mj_arena_reset(&arena);
  return s;
}
