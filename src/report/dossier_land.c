#include <math.h>
#include <string.h>

#include "report/dossier.h"

void mj_dossier_books(mj_dossier *d) {
  const mj_piece p = {.table = d->books};
  bool zh = d->lang == MJ_ZH;
  if (!d->books.n)
    mj_paper_fact(&d->paper, MJ_WORDS(d, "规则集", "rulebook"), MJ_WORDS(d, "无，未作判定", "none: nothing is judged"));
  for (int64_t i = 0; i < d->books.n; i++) {
    const char *name = mj_piece_text(&p, i, "name"), *document = mj_piece_text(&p, i, "document"),
               *from = mj_piece_text(&p, i, "from"), *to = mj_piece_text(&p, i, "to"),
               *book = mj_piece_text(&p, i, "rulebook"), *version = mj_piece_text(&p, i, "version");
    const char *force =
        mj_piece_number(&p, i, "in_force") > 0
            ? MJ_WORDS(d, "基准日有效", "in force on the reference date")
            : MJ_WORDS(d, "基准日不在有效期，未采用", "not in force on the reference date, not applied");
    const char *text =
        mj_arena_format(&d->arena, zh ? "%s 第 %s 版：%s %s（%s 至 %s，%s）" : "%s version %s: %s %s (%s to %s, %s)",
                        book ? book : "?", version ? version : "?", name ? name : "", document ? document : "",
                        from ? from : "?", to ? to : MJ_WORDS(d, "长期", "further notice"), force);
    if (!text) d->paper.failed = true;
    mj_paper_fact(&d->paper, MJ_WORDS(d, "规则集", "rulebook"), text);
  }
}

void mj_dossier_language(mj_dossier *d) {
  if (d->lang != d->run_lang)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
                 MJ_WORDS(d, "判定依据和台账的文字按成果生成时的语言（英文）引用。",
                          "Reasons and ledger are quoted in the language of the run (Chinese)."));
}

static void put_notes(mj_dossier *d) {
  if (d->ask->open)
    mj_paper_add(
        &d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
        MJ_WORDS(d,
                 "公开版：依统计资料保密要求，略去企业名称、产值、税收、用工、能耗，以及由单个企业数据得出的"
                 "各项数值和差额（标“不公开”）；判定结论和分档本身说明有关数值落在限值的哪一侧或"
                 "哪一档。坐标取整到 100 米；地图不带坐标，裁到图幅、取整到米，但图形仍可与已公布的图层比对出位置。",
                 "Public version: names, output, tax, staff and energy of enterprises and every figure "
                 "worked out from those of a single enterprise are left out (marked not public); "
                 "verdict and tier themselves show on which side of a limit, or in which bracket, a figure lies. "
                 "Coordinates are rounded to 100 m; the map carries none, is cut to its frame and drawn in "
                 "whole metres, but its shapes can be matched with published layers."));
  if (d->n_rows > 1)
    mj_paper_say(
        &d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
        MJ_WORDS(d,
                 "成果中有 %d 行使用这一宗地代码，逐行列出，这是第 %d 行。企业数据按宗地代码关联，不能分到其中某一行。",
                 "%d rows of the result bear this id; each is shown, this is number %d. Enterprises are "
                 "joined by the id and cannot be told apart between them."),
        d->n_rows, d->row);
  if (d->mixed_reasons)
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
                 MJ_WORDS(d, "判定依据不能逐行区分，下面列出该代码全部各行的依据。",
                          "The reasons of these rows cannot be told apart: those of all of them are shown."));
  mj_dossier_language(d);
}

static void put_status(mj_dossier *d) {
  static const struct {
    const char *status;
    mj_tone tone;
  } tones[] = {
      {"idle", MJ_TONE_YES}, {"inefficient", MJ_TONE_YES}, {"insufficient", MJ_TONE_UNKNOWN}, {"normal", MJ_TONE_NO}};
  const char *status = mj_piece_text(&d->parcel, 0, "status"), *word = mj_piece_value(d, &d->parcel, 0, "status");
  mj_tone tone = MJ_TONE_PLAIN;
  for (size_t i = 0; status && i < sizeof tones / sizeof *tones; i++)
    if (!strcmp(tones[i].status, status)) tone = tones[i].tone;
  if (status && !strcmp(status, "idle"))
    word = MJ_WORDS(d, "疑似闲置（待调查认定）", "suspected idle (to be investigated)");
  mj_paper_verdict(
      &d->paper, tone, word ? word : MJ_WORDS(d, "未判定", "not judged"),
      MJ_WORDS(d, "程序初筛所得状态；本档案不代替行政认定", "status by screening; this paper decides nothing in law"));
}

void mj_dossier_head(mj_dossier *d) {
  static const char *const first[] = {"zone",       "land_use", "land_use_name", "industrial", "tenure_type",
                                      "tenure_end", NULL},
                           *const owner[] = {"owner_name", "owner_code", "address", "mortgaged", "seized", NULL};
  const mj_piece run = {.table = d->run};
  const char *park = mj_piece_text(&run, 0, "park"), *as_of = mj_piece_text(&run, 0, "as_of");
  const char *missing = MJ_WORDS(d, "（无代码）", "(no id)"), *id = d->id ? d->id : missing;
  mj_paper_say(&d->paper, MJ_BLOCK_TITLE, MJ_TONE_PLAIN, "%s %s", MJ_WORDS(d, "宗地档案", "Dossier of parcel"), id);
  put_notes(d);
  put_status(d);
  if (park) mj_paper_fact(&d->paper, MJ_WORDS(d, "园区", "park"), park);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "宗地代码", "parcel"), id);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "成果行号", "row of the result"),
                mj_arena_format(&d->arena, "%lld", (long long)d->fid));
  mj_dossier_facts(d, &d->parcel, "parcels", first);
  if (!d->ask->open) mj_dossier_facts(d, &d->parcel, "parcels", owner);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "基准日 / 评价年度", "reference date / year"),
                mj_arena_format(&d->arena, "%s / %.0f", as_of ? as_of : "?", mj_piece_number(&run, 0, "year")));
  mj_dossier_books(d);
  mj_paper_fact(&d->paper, MJ_WORDS(d, "运行编号", "run"), mj_piece_text(&run, 0, "run_id"));
}

/* ---- areas and buildings ---- */

static const char *basis_column(const char *basis) {
  static const char *const columns[][2] = {{"recorded", "area_recorded_m2"},
                                           {"contract", "area_contract_m2"},
                                           {"ellipsoid", "area_ellipsoid_m2"},
                                           {"planar", "area_planar_m2"},
                                           {"tuban", "area_tuban_m2"}};
  for (size_t i = 0; basis && i < sizeof columns / sizeof *columns; i++)
    if (!strcmp(columns[i][0], basis)) return columns[i][1];
  return NULL;
}

static void put_areas(mj_dossier *d) {
  static const char *const columns[] = {"area_recorded_m2", "area_contract_m2", "area_ellipsoid_m2", "area_planar_m2",
                                        "area_tuban_m2"};
  const char *yield = basis_column(mj_piece_text(&d->parcel, 0, "area_basis")),
             *ratio = basis_column(mj_piece_text(&d->parcel, 0, "plot_ratio_basis"));
  const char *const heading[] = {MJ_WORDS(d, "面积", "area"), mj_unit_word("m2", d->lang), mj_unit_word("mu", d->lang),
                                 MJ_WORDS(d, "用于", "used for")};
  static const bool right[] = {false, true, true, false};
  mj_paper_table(&d->paper, 4, heading, right);
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    double m2 = mj_piece_number(&d->parcel, 0, columns[i]);
    bool per_mu = yield && !strcmp(yield, columns[i]), of_ratio = ratio && !strcmp(ratio, columns[i]);
    mj_paper_cell(&d->paper, mj_dossier_label(d, "parcels", columns[i]));
    mj_paper_cell(&d->paper, isnan(m2) ? MJ_WORDS(d, "缺", "missing") : mj_dossier_number(d, m2, 2, ""));
    mj_paper_cell(&d->paper, mj_dossier_number(d, m2 * 15 / 10000, 4, ""));
    mj_paper_cell(&d->paper, per_mu && of_ratio ? MJ_WORDS(d, "亩均指标、容积率", "per-mu figures, plot ratio")
                             : per_mu           ? MJ_WORDS(d, "亩均指标", "per-mu figures")
                             : of_ratio         ? MJ_WORDS(d, "容积率", "plot ratio")
                                                : "");
  }
}

static void put_neighbours(mj_dossier *d) {
  static const char *const columns[] = {"parcel_id", "zone", "area_mu", NULL};
  if (!d->neighbours.table.n) return;
  mj_paper_add(&d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "相邻宗地（边界相距 1 米以内）", "Neighbours (borders within 1 m)"));
  mj_dossier_table(d, &d->neighbours, columns);
}

static void put_buildings(mj_dossier *d) {
  static const char *const sums[] = {"building_count",          "footprint_m2", "floor_area_m2", "floor_area_source",
                                     "countable_floor_area_m2", "plot_ratio",   "coverage",      NULL};
  static const char *const names[] = {"building_id", "floors", "height_m", "year_built", "structure"};
  const mj_piece *b = &d->buildings;
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "建筑", "Buildings"));
  mj_dossier_facts(d, &d->parcel, "parcels", sums);
  if (!b->table.n) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "建筑图层中没有与本宗地重叠的建筑。", "No building of the layer lies on the parcel."));
    return;
  }
  enum { N = 5 };
  static const bool right[N + 3] = {false, true, true, true, false, true, true, true};
  const char *heading[N + 3];
  for (int i = 0; i < N; i++) heading[i] = mj_piece_heading(b, names[i]);
  for (int i = 0; i < 3; i++) {
    static const char *const inside[] = {"share", "footprint_m2", "floor_area_m2"};
    const char *label = mj_dossier_label(d, "parcel_buildings", inside[i]),
               *unit = i ? mj_unit_word("m2", d->lang) : "";
    heading[N + i] = i ? mj_arena_format(&d->arena, d->lang == MJ_ZH ? "%s（%s）" : "%s (%s)", label, unit) : label;
    if (!heading[N + i]) d->paper.failed = true;
  }
  if (d->paper.failed) return;
  mj_paper_table(&d->paper, N + 3, heading, right);
  for (int64_t row = 0; row < b->table.n; row++) {
    double share = mj_piece_number(b, row, "share");
    if (share > 1) share = 1; /* by the last bits of two areas */
    for (int i = 0; i < N; i++) {
      const char *value = mj_piece_value(d, b, row, names[i]);
      mj_paper_cell(&d->paper, value ? value : MJ_WORDS(d, "缺", "missing"));
    }
    mj_paper_cell(&d->paper, mj_dossier_number(d, share, 4, ""));
    mj_paper_cell(&d->paper, mj_dossier_number(d, share * mj_piece_number(b, row, "footprint_m2"), 2, ""));
    mj_paper_cell(&d->paper, mj_dossier_number(d, share * mj_piece_number(b, row, "floor_area_m2"), 2, ""));
  }
}

void mj_dossier_land(mj_dossier *d) {
  put_areas(d);
  put_neighbours(d);
  put_buildings(d);
}

/* ---- what may still be built ---- */

static void put_missing(mj_dossier *d, bool cap, bool area, bool built) {
  const bool known[] = {cap, area, built};
  const char *const words[] = {MJ_WORDS(d, "容积率上限", "plot ratio cap"), MJ_WORDS(d, "用地面积", "land area"),
                               MJ_WORDS(d, "计容建筑面积", "countable floor area")};
  const char *list = "";
  for (int i = 0; list && i < 3; i++)
    if (!known[i]) list = mj_arena_format(&d->arena, "%s%s%s", list, *list ? MJ_WORDS(d, "、", ", ") : "", words[i]);
  mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "无法计算，缺：%s。", "It cannot be computed, missing: %s."), list ? list : "?");
}

static void put_sum(mj_dossier *d) {
  const mj_piece *p = &d->parcel;
  const char *area_column = basis_column(mj_piece_text(p, 0, "plot_ratio_basis")), *unit = mj_unit_word("m2", d->lang);
  double cap = mj_piece_number(p, 0, "plot_ratio_cap"), built = mj_piece_number(p, 0, "countable_floor_area_m2"),
         area = area_column ? mj_piece_number(p, 0, area_column) : (double)NAN,
         given = mj_piece_number(p, 0, "headroom_m2");
  double left = cap * area - built;
  if (!isfinite(left) || !isfinite(given)) {
    put_missing(d, isfinite(cap), isfinite(area), isfinite(built));
    return;
  }
  const char *source = mj_piece_value(d, p, 0, "plot_ratio_cap_source");
  mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
               MJ_WORDS(d, "容积率上限 %s（来源：%s）× %s %s − 计容建筑面积 %s = %s",
                        "plot ratio cap %s (from: %s) x %s %s - countable floor area %s = %s"),
               mj_dossier_number(d, cap, 4, ""), source ? source : "?", mj_dossier_label(d, "parcels", area_column),
               mj_dossier_number(d, area, 2, unit), mj_dossier_number(d, built, 2, unit),
               mj_dossier_number(d, left, 2, unit));
  if (left < 0)
    mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN,
                 MJ_WORDS(d, "已超出上限 %s；剩余可建计容建筑面积为 0。", "%s above the cap; headroom is 0."),
                 mj_dossier_number(d, -left, 2, unit));
  if (fabs((left > 0 ? left : 0) - given) > 0.01 + 1e-9 * fabs(given))
    mj_paper_say(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE,
                 MJ_WORDS(d, "成果中该项为 %s，与上式不符。", "The result has %s, which this sum does not give."),
                 mj_dossier_number(d, given, 2, unit));
}

/* At which tax or output the parcel would be treated otherwise; all of it is worked out from enterprises. */
static void put_breakpoints(mj_dossier *d) {
  static const char *const columns[] = {"figure", "value", "breakpoint", "change", "included", "after", "rule", NULL};
  if (!d->breakpoints.table.n) return;
  mj_paper_add(
      &d->paper, MJ_BLOCK_SUBHEADING, MJ_TONE_PLAIN,
      MJ_WORDS(d, "判定与分档在何值上改变（其他数据不变）", "Where verdict and tier change, all else as it is"));
  if (d->ask->open) mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN, mj_dossier_closed(d));
  else mj_dossier_table(d, &d->breakpoints, columns);
}

void mj_dossier_room(mj_dossier *d) {
  static const char *const caps[] = {
      "headroom_m2", "plot_ratio", "plot_ratio_cap",       "plot_ratio_cap_source",   "plot_ratio_cap_contract",
      "plan_cap",    "plan_share", "plot_ratio_excess_m2", "plot_ratio_shortfall_m2", NULL};
  static const char *const become[] = {"candidate",   "candidate_for",       "renewal_text",
                                       "renewal_cap", "renewal_headroom_m2", "plot_ratio_cap_breakpoint",
                                       NULL};
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN,
               MJ_WORDS(d, "剩余可建计容建筑面积", "Floor area that may still be built"));
  put_sum(d);
  mj_dossier_facts(d, &d->parcel, "parcels", caps);
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "可能的去向", "What it could become"));
  mj_dossier_facts(d, &d->parcel, "parcels", become);
  put_breakpoints(d);
}
