#include "report/dossier.h"
#include "report/fixture.h"

enum { N = 7 };

static char dir[96], base[64];

/* Reasons as the engine writes them: an idle parcel, one that lacks data, and a comparison that reads a tax. */
static void fill_proof(mj_table *t) {
  static const struct {
    const char *id, *on, *rule, *measure, *value, *op, *limit, *operands, *sql, *text;
    int64_t row;
    uint8_t verdict;
    double margin;
  } line[] = {{"350500000000", "idle", "IDLE53-1", "应动工日满一年", "2025-09-30", "<=", "2026-03-31",
               "约定动工日期=2024-09-30", "start_due",
               "疑似闲置（待调查认定）：应动工日满一年 2025-09-30 ≤ 2026-03-31（已超 182 天）", 1, MJ_YES, -182},
              {"350500000001", "inefficient", "QZ2025-1", "亩均税收", "1.3533", "<", "5", "税收=20.3 万元; 面积=15 亩",
               "tax_wan_per_mu", "亩均税收 1.3533 < 5 万元/亩（差 3.6467）", 2, MJ_YES, -3.6467},
              {"350500000003", "idle", "IDLE53-1", "应动工日满一年", NULL, "<=", "2026-03-31", "约定动工日期=缺",
               "start_due", "缺少：约定动工日期", 4, MJ_UNKNOWN, NAN}};
  mj_table_reset(t);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "reasons", 3), MJ_OK);
  static const char *const names[] = {"parcel_id", "verdict_on",  "rule",     "measure",     "value",
                                      "op",        "limit_value", "operands", "measure_sql", "text",
                                      "rulebook",  "document",    "article",  "certainty"};
  mj_column *c[14], *row = column(t, "row", MJ_I64), *verdict = column(t, "verdict", MJ_TRI),
                    *margin = column(t, "margin", MJ_F64);
  for (int i = 0; i < 14; i++) c[i] = column(t, names[i], MJ_TEXT);
  for (int i = 0; i < 3; i++) {
    const char *texts[] = {line[i].id,    line[i].on,
                           line[i].rule,  line[i].measure,
                           line[i].value, line[i].op,
                           line[i].limit, line[i].operands,
                           line[i].sql,   line[i].text,
                           "some-book 1", "某办法 第53号",
                           "第二条",      i == 1 ? "assumed" : "stated"};
    for (int k = 0; k < 14; k++) c[k]->text[i] = texts[k];
    row->i64[i] = line[i].row;
    verdict->tri[i] = line[i].verdict;
    margin->f64[i] = line[i].margin;
  }
}

static void set_up(bool twice) {
  mj_park park;
  mj_error err = {0};
  temp_dir(base);
  snprintf(dir, sizeof dir, "%s/out", base);
  make_park(&park, N, 2);
  fill_proof(&park.table[MJ_REASONS]);
  mj_table *parcels = &park.table[MJ_PARCELS];
  mj_column *cap = column(parcels, "plot_ratio_cap", MJ_F64), *per_mu = column(parcels, "tax_wan_per_mu", MJ_F64),
            *owner = column(parcels, "owner_name", MJ_TEXT);
  for (int i = 0; i < N; i++) {
    cap->f64[i] = 2;
    per_mu->f64[i] = 1.3533;
    owner->text[i] = "某权利人公司";
  }
  mj_table_f64(parcels, "headroom_m2")[1] = 20000 - mj_table_f64(parcels, "countable_floor_area_m2")[1];
  if (twice) mj_table_text(parcels, "parcel_id")[2] = mj_table_text(parcels, "parcel_id")[1];
  mj_table *firms = &park.table[MJ_ENTERPRISES];
  mj_column *id = column(firms, "parcel_id", MJ_TEXT), *code = column(firms, "credit_code", MJ_TEXT),
            *tax = column(firms, "tax_wan", MJ_F64);
  for (int i = 0; i < 3; i++) {
    id->text[i] = "350500000001";
    code->text[i] = i ? "CODE-B" : "CODE-A";
    tax->f64[i] = 987.65;
  }
  mj_report_options o = {.out_dir = dir, .gpkg = true, .no_sync = true, .version = "1.2.3"};
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, &err), MJ_OK);
  mj_park_reset(&park);
}

static const char *ask(const char *id, mj_dossier_format format, bool open) {
  static char text[200000];
  mj_error err = {.lang = MJ_ZH};
  mj_text out = {0};
  mj_dossier_options o = {.dir = dir, .parcel_id = id, .format = format, .open = open};
  mj_status s = mj_dossier_make(&o, &out, &err);
  snprintf(text, sizeof text, "%s", s ? err.message : out.data ? out.data : "");
  mj_text_reset(&out);
  return text;
}

static void a_verdict_is_read_aloud_with_its_proof(void) {
  set_up(false);
  const char *said = ask("350500000000", MJ_DOSSIER_MD, false);
  ASSERT_HAS(said, "# 宗地档案 350500000000");
  ASSERT_HAS(said, "**是** 疑似闲置（待调查认定）");
  ASSERT_HAS(said, "规则 IDLE53-1 ｜ 某办法 第53号 ｜ 第二条 ｜ 规则集 some-book 1");
  ASSERT_HAS(said,
             "| 是 | 应动工日满一年 2025-09-30 ≤ 2026-03-31（已超 182 天） | 2025-09-30 | ≤ 2026-03-31 | -182 | "
             "约定动工日期=2024-09-30 | 文件载明 |");
  ASSERT_HAS(said, "GEOM\\_INVALID");
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_MD, false), "| 税收=20.3 万元; 面积=15 亩 | 暂定（文件未载明） |");
  said = ask("350500000003", MJ_DOSSIER_MD, false);
  ASSERT_HAS(said, "**数据不足** 疑似闲置（待调查认定）");
  ASSERT_HAS(said, "缺少：约定动工日期。补齐后，若 应动工日满一年 ≤ 2026-03-31 则该条件成立，否则不成立");
  remove_tree(base);
}

static void an_answer_that_cannot_be_proved_says_so(void) {
  set_up(false);
  const char *said = ask("350500000001", MJ_DOSSIER_MD, false);
  ASSERT_HAS(said, "**否** 疑似闲置（待调查认定）");
  ASSERT_HAS(said, "成果没有记载依据，也没有附规则集。");
  remove_tree(base);
}

static void headroom_stands_with_its_sum(void) {
  set_up(false);
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false),
             "登记面积 10,000 ㎡ − 计容建筑面积 8,000.33 ㎡ =\n  11,999.67 ㎡");
  remove_tree(base);
}

static void the_public_paper_holds_nothing_of_an_enterprise(void) {
  static const char *const closed[] = {"1.3533", "20.3", "3.6467", "987.65", "alert", "电子", "CODE-A", "某权利人公司"};
  set_up(false);
  for (int format = MJ_DOSSIER_TEXT; format <= MJ_DOSSIER_HTML; format++) {
    const char *said = ask("350500000001", (mj_dossier_format)format, true);
    ASSERT_HAS(said, "公开版");
    ASSERT_HAS(said, "不公开");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
      if (strstr(said, closed[i])) printf("\n    format %d holds %s", format, closed[i]);
      CU_ASSERT_PTR_NULL(strstr(said, closed[i]));
    }
  }
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, true), "中心约（东、北）：460200, 2755100，EPSG:4549。");
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false), "中心（东、北）：460170.00, 2755050.00，EPSG:4549。");
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false), "987.65");
  remove_tree(base);
}

static void the_map_carries_no_coordinate_of_the_system(void) {
  set_up(false);
  const char *said = ask("350500000001", MJ_DOSSIER_HTML, true), *svg = strstr(said, "<svg"),
             *end = strstr(said, "</svg>");
  CU_ASSERT_FATAL(svg && end && strstr(said, "class=\"self\""));
  ASSERT_HAS(svg, "class=\"parcel\"");
  for (const char *p = svg; p < end; p++) CU_ASSERT_FATAL(strncmp(p, "4601", 4) != 0 && strncmp(p, "2755", 4) != 0);
  remove_tree(base);
}

/* A shape that reaches beyond the frame is cut there, and what is drawn has whole metres: the map of the clerk has both
 * as they are. */
static void a_public_map_is_cut_and_drawn_in_whole_metres(void) {
  set_up(false);
  for (int open = 0; open < 2; open++) {
    const char *said = ask("350500000001", MJ_DOSSIER_HTML, open), *svg = strstr(said, "<svg"),
               *end = svg ? strstr(svg, "</svg>") : NULL;
    double span = 0, most = 0;
    int decimals = 0, paths = 0;
    CU_ASSERT_FATAL(end && sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %lf", &span) == 1);
    for (const char *p = strstr(svg, " d=\""); p && p < end; p = strstr(p, " d=\"")) {
      if (strstr(p, "<g class=\"bar\"") == NULL) break; /* the arrow of the north */
      paths++;
      for (p += 4; *p != '"'; p++) {
        if (*p == '.') decimals++;
        if ((*p >= '0' && *p <= '9') || *p == '-') {
          char *rest;
          most = fmax(most, fabs(strtod(p, &rest)));
          decimals += memchr(p, '.', (size_t)(rest - p)) != NULL;
          p = rest - 1;
        }
      }
    }
    CU_ASSERT_TRUE(paths > 2);
    CU_ASSERT_EQUAL(most > span + 3, !open);
    CU_ASSERT_TRUE(!open || !decimals); /* the frame itself cuts between two metres */
  }
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, true), "图层比对");
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, true), "判定结论和分档本身");
  remove_tree(base);
}

static void rows_with_the_same_id_are_all_shown(void) {
  set_up(true);
  const char *said = ask("350500000001", MJ_DOSSIER_MD, false);
  ASSERT_HAS(said, "这是第 1 行");
  ASSERT_HAS(said, "这是第 2 行");
  ASSERT_HAS(ask("#2", MJ_DOSSIER_MD, false), "| 成果行号 | 2 |");
  remove_tree(base);
}

static void what_is_no_result_or_no_parcel_is_told_in_one_line(void) {
  set_up(false);
  ASSERT_HAS(ask("35050000001", MJ_DOSSIER_TEXT, false), "相近的有：350500000001");
  size_t n;
  char *manifest = read_file(dir, "manifest.json", &n), *id = manifest ? strstr(manifest, "\"run_id\": \"") : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(id);
  id[strlen("\"run_id\": \"")] = 'x';
  write_file(dir, "manifest.json", manifest);
  free(manifest);
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false), "不属同一次运行");
  write_file(dir, "manifest.json", "{");
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false), "不是 mujun 的成果清单");
  char path[160];
  snprintf(path, sizeof path, "%s/manifest.json", dir);
  unlink(path);
  ASSERT_HAS(ask("350500000001", MJ_DOSSIER_TEXT, false), "没有 manifest.json");
  remove_tree(base);
}

static void a_rulebook_without_its_keys_is_a_question_mark(void) {
  set_up(false);
  size_t n;
  char *manifest = read_file(dir, "manifest.json", &n), *books = manifest ? strstr(manifest, "\"rulebooks\"") : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(books);
  size_t cap = n + 64;
  char *bare = malloc(cap);
  CU_ASSERT_PTR_NOT_NULL_FATAL(bare);
  snprintf(bare, cap, "%.*s\"rulebooks\": [{}], \"was\"%s", (int)(books - manifest), manifest,
           books + strlen("\"rulebooks\""));
  write_file(dir, "manifest.json", bare);
  const char *said = ask("350500000001", MJ_DOSSIER_MD, false);
  ASSERT_HAS(said, "| 规则集 | ? 第 ? 版：");
  CU_ASSERT_PTR_NULL(strstr(said, "(null)"));
  free(bare);
  free(manifest);
  remove_tree(base);
}

static void a_file_is_written_whole_or_not_at_all(void) {
  set_up(false);
  char path[160];
  mj_error err = {0};
  mj_dossier_options o = {.dir = dir, .parcel_id = "350500000001", .format = MJ_DOSSIER_HTML};
  snprintf(path, sizeof path, "%s/d.html", base);
  ASSERT_INT(mj_dossier_write(&o, path, false, &err), MJ_OK);
  ASSERT_INT(mj_dossier_write(&o, path, false, &err), MJ_EEXIST);
  ASSERT_INT(mj_dossier_write(&o, path, true, &err), MJ_OK);
  o.parcel_id = "none";
  ASSERT_INT(mj_dossier_write(&o, path, true, &err), MJ_ENOTFOUND);
  CU_ASSERT_TRUE(file_there(base, "d.html"));
  ASSERT_INT(count_entries(base), 2);
  remove_tree(base);
}

/* An enterprise without a year has no last row: row -1 is asked for. */
static void a_row_that_is_none_says_nothing(void) {
  mj_dossier d = {0};
  mj_piece piece = {0};
  CU_ASSERT_PTR_NULL(mj_piece_text(&piece, 0, "name")); /* no table */
  CU_ASSERT_EQUAL_FATAL(mj_table_init(&piece.table, "rows", 1), MJ_OK);
  column(&piece.table, "name", MJ_TEXT)->text[0] = "one";
  column(&piece.table, "tax_wan", MJ_F64)->f64[0] = 7;
  ASSERT_TEXT(mj_piece_text(&piece, 0, "name"), "one");
  ASSERT_NEAR(mj_piece_number(&piece, 0, "tax_wan"), 7, 0);
  for (int64_t row = -1; row <= 1; row += 2) {
    CU_ASSERT_PTR_NULL(mj_piece_text(&piece, row, "name"));
    CU_ASSERT(isnan(mj_piece_number(&piece, row, "tax_wan")));
    CU_ASSERT_PTR_NULL(mj_piece_value(&d, &piece, row, "tax_wan"));
  }
  mj_table_reset(&piece.table);
}

SUITE_OF(dossier, T(a_verdict_is_read_aloud_with_its_proof), T(an_answer_that_cannot_be_proved_says_so),
         T(headroom_stands_with_its_sum), T(the_public_paper_holds_nothing_of_an_enterprise),
         T(the_map_carries_no_coordinate_of_the_system), T(a_public_map_is_cut_and_drawn_in_whole_metres),
         T(a_rulebook_without_its_keys_is_a_question_mark), T(rows_with_the_same_id_are_all_shown),
         T(what_is_no_result_or_no_parcel_is_told_in_one_line), T(a_file_is_written_whole_or_not_at_all),
         T(a_row_that_is_none_says_nothing));
