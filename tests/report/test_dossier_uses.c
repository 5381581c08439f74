#include "report/fixture.h"

/* Who uses a parcel, for the clerk and for the public, and the places of an enterprise. */

static char dir[96], base[64];

static const struct {
  int parcel; /* of 8000 + parcel / 3 m2 of floor and 10000 m2 of land */
  const char *role, *code;
  double floor, share, tax;
} use[] = {{0, "owner", "CODE-A", 5000, 0.625, 6.5}, {0, "vacant", NULL, 3000, 0.375, NAN},
           {1, "lessee", "CODE-A", 2000, 0.25, 3.5}, {1, "lessee", "CODE-B", 4000, 0.5, 1},
           {1, "vacant", NULL, 2000, 0.25, NAN},     {2, "owner", "CODE-A", 1000, 0.125, NAN},
           {2, "lessee", "CODE-B", 2000, 0.25, 2},   {2, "lessee", "CODE-C", 3000, 0.375, 3},
           {2, "vacant", NULL, 2000, 0.25, NAN},     {3, "lessee", "CODE-B", 8001, 0.9, 4},
           {3, "lessee", "CODE-C", NAN, 0.1, 5},     {4, "stranger", "CODE-B", 10, 0.5, 4},
           {4, "vacant", NULL, 7990, 0.5, NAN}};

enum { N = sizeof use / sizeof *use };

static void set_up(void) {
  mj_park park;
  mj_error err = {0};
  temp_dir(base);
  snprintf(dir, sizeof dir, "%s/out", base);
  make_park(&park, 7, 2);
  mj_table *t = &park.table[MJ_OCCUPANCY_SHARES];
  mj_table_reset(t);
  CU_ASSERT_EQUAL_FATAL(mj_table_init(t, "occupancy_shares", N), MJ_OK);
  mj_column *row = column(t, "parcel_row", MJ_I64), *id = column(t, "parcel_id", MJ_TEXT),
            *role = column(t, "use_role", MJ_TEXT), *code = column(t, "credit_code", MJ_TEXT),
            *name = column(t, "enterprise_name", MJ_TEXT), *floor = column(t, "floor_m2", MJ_F64),
            *share = column(t, "land_share", MJ_F64), *land = column(t, "land_m2", MJ_F64),
            *tax = column(t, "tax_wan", MJ_F64);
  for (int i = 0; i < N; i++) {
    row->i64[i] = use[i].parcel + 1;
    id->text[i] = mj_table_text(&park.table[MJ_PARCELS], "parcel_id")[use[i].parcel];
    role->text[i] = use[i].role;
    code->text[i] = use[i].code;
    name->text[i] = use[i].code ? mj_arena_format(&t->arena, "企业%s", use[i].code + 5) : NULL;
    floor->f64[i] = use[i].floor;
    share->f64[i] = use[i].share;
    land->f64[i] = use[i].share * 10000;
    tax->f64[i] = use[i].tax;
  }
  mj_report_options o = {.out_dir = dir, .gpkg = true, .no_sync = true, .version = "1.2.3"};
  CU_ASSERT_EQUAL_FATAL(mj_report(&park, &o, &err), MJ_OK);
  mj_park_reset(&park);
}

static const char *ask(const char *parcel, const char *firm, bool open) {
  static char text[200000];
  mj_error err = {.lang = MJ_ZH};
  mj_text out = {0};
  mj_dossier_options o = {.dir = dir, .parcel_id = parcel, .enterprise = firm, .format = MJ_DOSSIER_MD, .open = open};
  mj_status s = mj_dossier_make(&o, &out, &err);
  snprintf(text, sizeof text, "%s", s ? err.message : out.data ? out.data : "");
  mj_text_reset(&out);
  return text;
}

static void the_rows_add_up_beside_the_parcel(void) {
  set_up();
  const char *said = ask("350500000001", NULL, false);
  ASSERT_HAS(said, "| 承租 | 企业A | 2,000 |");
  ASSERT_HAS(said, "| 合计 |  | 8,000 |");
  ASSERT_HAS(said, "| 宗地 |  | 8,000.33 |");
  ASSERT_HAS(said, "| 相差 |  | -0.3333 |");
  said = ask("350500000003", NULL, false);
  ASSERT_HAS(said, "| 承租 | 企业C | 缺 |");
  ASSERT_HAS(said, "| 合计 |  | 8,001（另 1 行缺） |");
  remove_tree(base);
}

static void two_of_a_role_are_summed_for_the_public(void) {
  set_up();
  const char *said = ask("350500000001", NULL, true);
  ASSERT_HAS(said, "| 承租 | 2 | 6,000 | 0.75 | 7,500 |");
  ASSERT_HAS(said, "| 空置 |  | 2,000 | 0.25 | 2,500 |");
  remove_tree(base);
}

static void one_of_a_role_is_not_nor_what_would_give_it_away(void) {
  set_up();
  const char *said = ask("350500000000", NULL, true); /* vacant from the whole would be the owner's */
  ASSERT_HAS(said, "各类使用者的份额由单个企业的数据得出");
  CU_ASSERT_PTR_NULL(strstr(said, "5,000"));
  CU_ASSERT_PTR_NULL(strstr(said, "3,750"));
  said = ask("350500000002", NULL, true); /* the owner and its tenants hidden together: three enterprises */
  ASSERT_HAS(said, "| 自有 | 1 | 不公开 | 不公开 | 不公开 |");
  ASSERT_HAS(said, "| 承租 | 2 | 不公开 | 不公开 | 不公开 |");
  ASSERT_HAS(said, "| 空置 |  | 2,000 | 0.25 | 2,500 |");
  remove_tree(base);
}

static void a_sum_of_which_one_is_known_is_that_one_s(void) {
  set_up();
  ASSERT_HAS(ask("350500000003", NULL, true), "各类使用者的份额由单个企业的数据得出");
  ASSERT_HAS(ask("350500000004", NULL, true), "各类使用者的份额由单个企业的数据得出"); /* a role that has no word */
  remove_tree(base);
}

static void an_enterprise_has_all_its_places(void) {
  set_up();
  const char *said = ask(NULL, "CODE-A", false);
  ASSERT_HAS(said, "# 企业档案 企业A");
  ASSERT_HAS(said, "| 350500000002 |");
  ASSERT_HAS(said, "| 合计 |");
  ASSERT_HAS(said, "| 8,000 | 10,000 |");
  ASSERT_HAS(said, "| 10（另 1 行缺） |");
  CU_ASSERT_PTR_NULL(strstr(said, "CODE-B"));
  ASSERT_HAS(ask(NULL, "企业A", false), "| 统一社会信用代码 | CODE-A |");
  remove_tree(base);
}

static void an_enterprise_that_is_none_and_one_for_the_public_are_one_line(void) {
  set_up();
  ASSERT_HAS(ask(NULL, "CODE-D", false), "没有企业 'CODE-D'");
  ASSERT_HAS(ask(NULL, "CODE-D", false), "相近的有：CODE-A");
  ASSERT_HAS(ask(NULL, "CODE-A", true), "企业档案没有公开版");
  CU_ASSERT_PTR_NULL(strstr(ask(NULL, "CODE-A", true), "8,000"));
  remove_tree(base);
}

SUITE_OF(dossier_uses, T(the_rows_add_up_beside_the_parcel), T(two_of_a_role_are_summed_for_the_public),
         T(one_of_a_role_is_not_nor_what_would_give_it_away), T(a_sum_of_which_one_is_known_is_that_one_s),
         T(an_enterprise_has_all_its_places), T(an_enterprise_that_is_none_and_one_for_the_public_are_one_line));
