#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "intake/frame.h"
#include "intake/look.h"
#include "intake/numbers.h"
#include "intake/units.h"
#include "mujun/rooms.h"

static const char *say(mj_lang lang, const char *en, const char *zh) { return lang == MJ_ZH ? zh : en; }

/* What the layers of all files add up to; the inputs of a role are collected in its own text. */
typedef struct {
  mj_lang lang;
  mj_text role[MJ_ROLE_END + 1]; /* the last: layers without a role, as comments */
  int n_role[MJ_ROLE_END + 1];
  mj_text no_crs;
  char no_shift[128]; /* a system on a datum without a known way to WGS 84, "": none */
  int32_t last_year;
  bool in_quanzhou; /* a parcel code begins with the city's division code */
} draft;

/* What lies beside data and holds none of its own. */
static bool is_sidecar(const char *path) {
  static const char *const ext[] = {".cpg", ".dbf", ".prj",      ".shx",  ".sbn", ".sbx",  ".qix",
                                    ".qml", ".qmd", ".qgs",      ".csvt", ".xml", ".yaml", ".yml",
                                    ".md",  ".txt", ".json.aux", "-wal",  "-shm", ".lock"};
  size_t n = strlen(path);
  for (size_t i = 0; i < sizeof ext / sizeof *ext; i++) {
    size_t k = strlen(ext[i]);
    if (n > k && !strcasecmp(path + n - k, ext[i])) return true;
  }
  return false;
}

/* A .txt is mostly a note somebody left; one of boundary points, or a table of several columns and a row, is data. */
static bool is_data_text(const char *path) {
  mj_source_file *file = NULL;
  size_t n = strlen(path);
  if (n < 5 || strcasecmp(path + n - 4, ".txt") != 0 || mj_source_open(path, NULL, &file, NULL)) return false;
  bool has =
      !strcmp(mj_source_format(file), "TXT") || (mj_source_layers(file) == 1 && mj_source_layer(file, 0)->n_fields > 2);
  mj_source_close(file);
  return has;
}

/* A year between 1990 and 2099 in the name of the file, or 0. */
static int year_in_name(const char *path) {
  const char *slash = strrchr(path, '/');
  for (const char *p = slash ? slash + 1 : path; *p; p++) {
    bool four = strspn(p, "0123456789") == 4;
    int year = four ? (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0') : 0;
    if (year >= 1990 && year < 2100) return year;
    p += strspn(p, "0123456789");
    if (!*p) break;
  }
  return 0;
}

/* A YAML double-quoted scalar takes a JSON string as it is; a plain word needs no quotes. */
static void put_word(mj_text *out, const char *word) {
  size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_./");
  bool plain =
      n &&
      (word[n] == '\0' ||
       (n && word[n + strspn(word + n, "0123456789_./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")] == '\0'));
  static const char *const taken[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  char lower[8] = "";
  for (size_t i = 0; i < sizeof lower - 1 && word[i]; i++)
    lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
  for (size_t i = 0; strlen(word) < 6 && i < sizeof taken / sizeof *taken; i++)
    plain = plain && strcmp(lower, taken[i]) != 0;
  if (plain) mj_text_add(out, word);
  else mj_text_json(out, word);
}

static void put_comment(mj_text *out, const char *indent, const char *text) {
  mj_text_format(out, "%s# ", indent);
  for (; *text; text++) mj_text_put(out, (unsigned char)*text < ' ' ? " " : text, 1);
  mj_text_add(out, "\n");
}

/* Areas, lengths and money come in several units; a header that is the canonical name has said which. */
static bool in_doubt(const mj_mapped *m, const char *header) {
  static const char *const many[] = {"m2", "m", "wan", "wan_per_mu", "tce", "kwh"};
  for (size_t i = 0; i < sizeof many / sizeof *many; i++)
    if (!m->unit && !strcmp(m->field->unit, many[i])) return strcmp(header, m->field->name) != 0;
  return false;
}

/* In Chinese the meaning and the unit stand in words behind the codes. */
static void put_meaning(mj_text *out, const mj_mapped *m, const char *unit, mj_lang lang) {
  char word[32];
  if (lang != MJ_ZH) return;
  mj_unit_zh(unit, word);
  mj_text_format(out, *word ? "  # %s（%s）" : "  # %s", mj_field_zh(m->field), word);
}

static void put_field(mj_text *out, const mj_look *look, const mj_mapped *m, mj_lang lang) {
  const mj_look_field *f = &look->field[m->column];
  const char *sign = lang == MJ_ZH ? "；" : "  # ";
  mj_text_format(out, "      %s: ", m->field->name);
  if (!*f->unit || m->field->type != MJ_F64) {
    put_word(out, look->info->field[m->column]);
  } else {
    mj_text_add(out, "{column: ");
    mj_text_json(out, look->info->field[m->column]);
    mj_text_format(out, ", unit: %s}", f->unit);
  }
  put_meaning(out, m, m->field->type == MJ_F64 ? f->unit : "", lang);
  if (f->believed)
    mj_text_format(out, "%s%s", sign, say(lang, "unit by comparison with the shapes", "单位由与图形面积比较得出"));
  else if (in_doubt(m, look->info->field[m->column]))
    mj_text_format(out, "%s%s", sign, say(lang, "the header names no unit: please check", "列名未注单位，请核对"));
  mj_text_add(out, "\n");
}

static void put_unused(mj_text *out, const mj_look *look, mj_lang lang) {
  mj_text names = {0};
  for (int i = 0; i < look->info->n_fields; i++)
    if (!look->field[i].mapped) mj_text_format(&names, "%s%s", names.n ? ", " : "", look->info->field[i]);
  if (names.n) {
    mj_text_format(out, "    # %s: ", say(lang, "columns without a known meaning", "未识别的列"));
    for (size_t i = 0; i < names.n; i++) mj_text_put(out, (unsigned char)names.data[i] < ' ' ? " " : names.data + i, 1);
    mj_text_add(out, "\n");
  }
  out->failed |= names.failed;
  mj_text_reset(&names);
}

static void put_why(mj_text *out, const mj_look *look, mj_lang lang) {
  const mj_role_guess *g = &look->guess;
  char text[400];
  snprintf(text, sizeof text, "%lld %s, %s%s%s%s, %d %s", (long long)look->table.n, say(lang, "rows", "行"),
           mj_look_geometry(look, lang), *g->word ? say(lang, "; its name has '", "；名称含“") : "", g->word,
           *g->word ? say(lang, "'", "”") : "", g->known, say(lang, "fields recognised", "个字段已识别"));
  put_comment(out, "    ", text);
  if (look->crs) {
    const mj_crs_facts *f = mj_crs_get(look->crs);
    snprintf(text, sizeof text, "%s: %.40s %.200s", say(lang, "reference system", "参考系"), f->authority, f->name);
    put_comment(out, "    ", text);
  }
  if (look->n_invalid) {
    snprintf(text, sizeof text, "%lld %s", (long long)look->n_invalid,
             say(lang, "invalid polygons, repaired on reading", "个不合法图形，读取时修复"));
    put_comment(out, "    ", text);
  }
}

/* An enterprise table without a year column counts for no year until somebody says which: the name of the file is a
 * proposal. */
static void put_year(draft *d, const mj_look *look, const char *path, mj_text *out) {
  if (look->guess.role != MJ_ENTERPRISES || look->last_year != MJ_DATE_NULL) return;
  int year = year_in_name(path);
  if (!year) {
    mj_text_format(out, "    # year: 2025         # %s\n",
                   say(d->lang, "the table has no year column: say which year it is", "表中没有年份列：请注明年度"));
    return;
  }
  mj_text_format(out, "    year: %d             # %s\n", year,
                 say(d->lang, "from the name of the file, the table has no year column: please check",
                     "取自文件名，表中没有年份列，请核对"));
  if (d->last_year == MJ_DATE_NULL || year > d->last_year) d->last_year = year;
}

/* What the role cannot do without, ready to be filled in. */
static void put_missing_key(const draft *d, const mj_look *look, mj_text *out) {
  const char *key = look->guess.role == MJ_PARCELS ? "parcel_id" : look->guess.role == MJ_ZONES ? "zone" : NULL;
  if (!key || mj_mapping_find(&look->mapping, key)) return;
  if (!look->mapping.n) mj_text_add(out, "    fields:\n");
  mj_text_format(out, "      %s: fid  # %s\n", key,
                 say(d->lang, "no column looks like it: name one, or keep fid, the number of the row",
                     "没有识别出对应列：请填列名，或保留 fid（记录号）"));
}

static bool begins_with(const mj_look *look, const char *code) {
  const mj_mapped *m = mj_mapping_find(&look->mapping, "parcel_id");
  const char **text = m && m->column >= 0 ? mj_table_text(&look->table, look->info->field[m->column]) : NULL;
  for (int64_t i = 0; text && i < look->table.n; i++)
    if (text[i] && !strncmp(text[i], code, strlen(code))) return true;
  return false;
}

static void put_input(draft *d, const mj_look *look, const char *path, bool name_layer) {
  mj_text *out = &d->role[look->guess.role];
  mj_text_add(out, "  - file: ");
  put_word(out, path);
  mj_text_add(out, "\n");
  put_why(out, look, d->lang);
  if (name_layer) {
    mj_text_add(out, "    layer: ");
    mj_text_json(out, look->info->name);
    mj_text_add(out, "\n");
  }
  if (look->mapping.n) mj_text_add(out, "    fields:\n");
  for (int i = 0; i < look->mapping.n; i++)
    if (look->mapping.item[i].column >= 0) put_field(out, look, &look->mapping.item[i], d->lang);
  put_unused(out, look, d->lang);
  put_year(d, look, path, out);
  put_missing_key(d, look, out);
  if (look->guess.role == MJ_ENTERPRISES)
    mj_text_format(out, "    # complete: true     # %s\n",
                   say(d->lang, "when an enterprise that is not listed has no output", "未列入的企业确无产出时填写"));
}

/* "odd (by its numbers EPSG:4527 ... would fit)". */
static void note_no_crs(draft *d, const mj_look *look) {
  char fit[320];
  mj_numbers_would_fit(look->box, d->lang, fit);
  mj_text_format(&d->no_crs, *fit ? "%s%s (%s)" : "%s%s%s", d->no_crs.n ? ", " : "", look->info->name, fit);
}

static void add_look(draft *d, const mj_look *look, const char *path, bool name_layer) {
  d->n_role[look->guess.role]++;
  if (look->guess.role == MJ_ROLE_END) {
    char text[600];
    snprintf(text, sizeof text, "%.300s: %.200s (%s)", path, look->info->name, mj_look_geometry(look, d->lang));
    put_comment(&d->role[MJ_ROLE_END], "", text);
    return;
  }
  put_input(d, look, path, name_layer);
  if (look->table.geom.n && !look->crs) note_no_crs(d, look);
  if (look->crs && !*d->no_shift && !mj_crs_reaches_wgs84(look->crs))
    snprintf(d->no_shift, sizeof d->no_shift, "%s", mj_crs_label(look->crs));
  if (look->last_year != MJ_DATE_NULL && (d->last_year == MJ_DATE_NULL || look->last_year > d->last_year))
    d->last_year = look->last_year;
  if (look->guess.role == MJ_PARCELS) d->in_quanzhou = d->in_quanzhou || begins_with(look, "3505");
}

static mj_status add_file(draft *d, const mj_fields *fields, const char *path, mj_error *err) {
  mj_source_file *file = NULL;
  mj_status status = mj_source_open(path, NULL, &file, err);
  int n = status ? 0 : mj_source_layers(file);
  for (int i = 0; !status && i < n; i++) {
    mj_look look = {0};
    status = mj_look_layer(fields, file, path, i, &look, err);
    if (!status && strcmp(look.info->name, "layer_styles")) add_look(d, &look, path, n > 1);
    mj_look_reset(&look);
  }
  mj_source_close(file);
  return status;
}

/* The year of the figures is the latest in the data, and the reference date the end of the quarter in which such
 * figures come out. */
static void put_dates(const draft *d, mj_text *out) {
  int year = d->last_year != MJ_DATE_NULL ? d->last_year : 0;
  if (!year) {
    mj_text_format(
        out, "# as_of: 2026-03-31       # %s\n",
        say(d->lang, "reference date, required; nothing in the data tells it", "基准日，必填；数据中没有线索"));
    return;
  }
  mj_text_format(out, "as_of: %d-03-31         # %s\n", year + 1,
                 say(d->lang, "reference date; proposed from the latest year in the data: please check",
                     "基准日；按数据中最近年度推定，请核对"));
  mj_text_format(out, "year: %d                # %s\n", year,
                 say(d->lang, "of the enterprise figures", "企业数据的评价年度"));
}

static void put_head(const draft *d, mj_text *out) {
  mj_text_format(out, "# %s\n",
                 say(d->lang, "Project file for mujun: which file is what, which column means what, in which unit.",
                     "mujun 项目文件：哪个文件是什么、哪一列是什么、用什么单位。"));
  mj_text_format(out, "# %s\n",
                 say(d->lang, "Run it with: mujun analyze park.yaml -o out/", "运行：mujun analyze park.yaml -o out/"));
  mj_text_format(out, "park: \"%s\"\n", say(d->lang, "my park", "我的园区"));
  put_dates(d, out);
  mj_text_format(out, "lang: %s\n", say(d->lang, "en", "zh"));
  if (*d->no_shift)
    mj_text_format(out, "# datum_shift: [dx, dy, dz, rx, ry, rz, s]  # %s: %s\n", d->no_shift,
                   say(d->lang, "parameters to WGS 84 or CGCS2000, for GeoJSON and for layers on another datum",
                       "到 WGS84 或 CGCS2000 的转换参数，写 GeoJSON 或有其他基准的图层时需要"));
  if (d->no_crs.n) {
    mj_text_format(out, "# crs: EPSG:4549          # %s: ",
                   say(d->lang, "name the reference system of layers that carry none", "请注明下列图层的参考系"));
    for (size_t i = 0; i < d->no_crs.n; i++)
      mj_text_put(out, (unsigned char)d->no_crs.data[i] < ' ' ? " " : d->no_crs.data + i, 1);
    mj_text_add(out, "\n");
  }
  mj_text_format(out, "rules: [national-idle-2012%s]  # %s\n", d->in_quanzhou ? ", quanzhou-2025" : "",
                 say(d->lang, "rulebooks, by name or file; without one nothing is judged",
                     "规则集，名称或文件；没有规则集就不作判定"));
}

static void put_draft(const draft *d, mj_text *out) {
  put_head(d, out);
  for (int role = 0; role < MJ_ROLE_END; role++) {
    if (d->n_role[role])
      mj_text_format(out, "\n%s:\n%s", mj_table_id_name((mj_table_id)role),
                     d->role[role].data ? d->role[role].data : "");
    out->failed |= d->role[role].failed;
  }
  if (!d->n_role[MJ_PARCELS])
    mj_text_format(out, "\n# parcels: parcels.gpkg   # %s\n",
                   say(d->lang, "required: none of the files looks like parcels", "必填：所给文件都不像宗地图层"));
  if (d->n_role[MJ_ROLE_END])
    mj_text_format(out, "\n# %s\n%s", say(d->lang, "not recognised:", "未识别："),
                   d->role[MJ_ROLE_END].data ? d->role[MJ_ROLE_END].data : "");
}

mj_status mj_init_project(int n, const char *const *paths, mj_lang lang, mj_text *out, mj_error *err) {
  draft d = {.lang = lang, .last_year = MJ_DATE_NULL};
  mj_fields fields = {0};
  mj_status status = mj_fields_open(&fields, err);
  for (int i = 0; !status && i < n; i++)
    if (n == 1 || !is_sidecar(paths[i]) || is_data_text(paths[i])) status = add_file(&d, &fields, paths[i], err);
  if (!status) put_draft(&d, out);
  if (!status && (out->failed || d.no_crs.failed)) status = mj_fail(err, MJ_ENOMEM, "out of memory");
  for (int role = 0; role <= MJ_ROLE_END; role++) mj_text_reset(&d.role[role]);
  mj_text_reset(&d.no_crs);
  mj_fields_close(&fields);
  return status;
}
