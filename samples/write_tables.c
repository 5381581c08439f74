/* The enterprise tables of three years, each as another office would send it, and who uses which land. */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static FILE *open_table(const char *dir, const char *name) {
  FILE *f = fopen(CPLFormFilename(dir, name, NULL), "wb");
  need(f != NULL, "a table cannot be made in the folder");
  return f;
}

static void close_table(FILE *f) { need(!ferror(f) && fclose(f) == 0, "a table cannot be written"); }

/* One row in UTF-8, or in GBK where asked. */
__attribute__((format(printf, 3, 4))) static void put_row(FILE *f, bool gbk, const char *format, ...) {
  char line[2048];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  need(n >= 0 && (size_t)n < sizeof line, "a row is too long");
  char *other = gbk ? CPLRecode(line, "UTF-8", "CP936") : NULL;
  fputs(other ? other : line, f);
  CPLFree(other);
}

/* A number of so many decimals, "" for NaN; one of eight turns of memory, enough for one row. */
static const char *cell(double value, int decimals) {
  static char text[12][32];
  static int turn;
  turn = (turn + 1) % 12;
  text[turn][0] = '\0';
  if (!isnan(value)) snprintf(text[turn], sizeof text[turn], "%.*f", decimals, value);
  return text[turn];
}

static const char *or_text(const char *text, double value, int decimals) { return text ? text : cell(value, decimals); }

static double land_of(const firm *f) {
  double sum = 0;
  for (int i = 0; i < f->n_uses; i++) sum += f->use[i].land_m2;
  return f->n_uses ? sum : EMPTY;
}

/* 2023: GBK, yuan and square metres, no year column. Tenants of every third firm say 0 for land. */
static void write_2023(const park *p, const char *dir) {
  FILE *out = open_table(dir, "enterprises_2023.csv");
  put_row(out, true,
          "统一社会信用代码,企业名称,宗地代码,行业代码,工业总产值（元）,实缴税收（元）,研发经费（元）,利润总额（元）,"
          "工业增加值（元）,"
          "综合能耗（吨标准煤）,用电量（千瓦时）,平均用工人数（人）,占地面积（平方米）,是否规上,高新技术企业\r\n");
  for (int i = 0; i < p->n_firms; i++) {
    const firm *f = &p->firm[i];
    if (!f->listed[0]) continue;
    double land = land_of(f);
    if (isnan(land) && i % 3 == 0) land = 0;
    put_row(out, true, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\r\n", f->code, f->name, f->parcel_key,
            industries[f->industry].code, or_text(f->output_text[0], f->output_wan[0] * 10000, 0),
            or_text(f->tax_text[0], f->tax_wan[0] * 10000, 0), cell(f->rd_wan[0] * 10000, 0),
            cell(f->profit_wan[0] * 10000, 0), cell(f->added_wan[0] * 10000, 0), cell(f->energy_tce[0], 1),
            cell(f->power_kwh[0], 0), cell(f->staff[0], 0), cell(land, 2), f->above_scale ? "是" : "否",
            f->high_tech ? "是" : "否");
  }
  close_table(out);
}

/* 2024: UTF-8 with a byte order mark, 万元 and 亩, a year column. */
static void write_2024(const park *p, const char *dir) {
  FILE *out = open_table(dir, "enterprises_2024.csv");
  put_row(
      out, false,
      "\xEF\xBB\xBF年份,企业名称,社会统一信用代码,宗地代码,行业代码,工业总产值（万元）,实缴税收（万元）,"
      "研发经费（万元）,利润总额（万元）,"
      "工业增加值（万元）,综合能耗（吨标准煤）,用电量（千瓦时）,从业人员（人）,占地面积（亩）,是否规上,高新技术企业\n");
  for (int i = 0; i < p->n_firms; i++) {
    const firm *f = &p->firm[i];
    if (!f->listed[1]) continue;
    put_row(out, false, "2024,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", f->name, f->code, f->parcel_key,
            industries[f->industry].code, or_text(f->output_text[1], f->output_wan[1], 2),
            or_text(f->tax_text[1], f->tax_wan[1], 2), cell(f->rd_wan[1], 2), cell(f->profit_wan[1], 2),
            cell(f->added_wan[1], 2), cell(f->energy_tce[1], 1), cell(f->power_kwh[1], 0), cell(f->staff[1], 0),
            cell(mu_of(land_of(f)), 4), f->above_scale ? "是" : "否", f->high_tech ? "是" : "否");
  }
  close_table(out);
}

static void set_2025(OGRFeatureH r, const firm *f, int i) {
  double mu = mu_of(land_of(f));
  bool low = f->tax_wan[2] < 5 * mu;
  set_text(r, "区县名称", "示例区");
  set_number(r, "年份", 2025);
  set_text(r, "企业名称", f->name);
  set_text(r, "开发区名称", "示例高新区");
  set_text(r, "社会统一信用代码", f->code);
  set_number(r, "占地面积（亩）", round_to(mu, 0.0001));
  set_text(r, "坐落", "示例高新区");
  set_number(r, "上年度亩均税收（万元/亩）", f->listed[1] ? round_to(f->tax_wan[1] / mu, 0.01) : EMPTY);
  set_number(r, "上上年度亩均税收（万元/亩）", f->listed[0] ? round_to(f->tax_wan[0] / mu, 0.01) : EMPTY);
  set_text(r, "现状用途", "工业用地");
  set_text(r, "低效类型", low ? "产出效率差" : "");
  set_text(r, "处置方式", low ? (i % 2 ? "收储改造" : "自主改造") : "");
  set_text(r, "当前状态", low ? "未处置" : "");
  set_number(r, "处置面积（公顷）", low ? round_to(mu / 15, 0.0001) : EMPTY);
  set_text(r, "宗地代码", f->parcel_key);
  set_text(r, "行业代码", industries[f->industry].code);
  set_number(r, "工业总产值（万元）", f->output_text[2] ? EMPTY : f->output_wan[2]);
  set_number(r, "实缴税收（万元）", f->tax_text[2] ? EMPTY : f->tax_wan[2]);
  set_number(r, "研发经费（万元）", f->rd_wan[2]);
  set_number(r, "利润总额（万元）", f->profit_wan[2]);
  set_number(r, "工业增加值（万元）", f->added_wan[2]);
  set_number(r, "综合能耗（吨标准煤）", f->energy_tce[2]);
  set_number(r, "用电量（千瓦时）", f->power_kwh[2]);
  set_number(r, "从业人员（人）", f->staff[2]);
  set_text(r, "是否规上", f->above_scale ? "是" : "否");
  set_text(r, "高新技术企业", f->high_tech ? "是" : "否");
}

/* 2025: a workbook with the headers of the inefficient-land template and the figures behind them. */
static void write_2025(const park *p, const char *dir) {
  static const char *const a[] = {"区县名称", NULL}, *const year[] = {"年份", NULL},
                           *const b[] = {"企业名称", "开发区名称", "社会统一信用代码", NULL};
  static const char *const c[] = {"占地面积（亩）", NULL}, *const d[] = {"坐落", NULL},
                           *const e[] = {"上年度亩均税收（万元/亩）", "上上年度亩均税收（万元/亩）", NULL};
  static const char *const g[] = {"现状用途", "低效类型", "处置方式", "当前状态", NULL},
                           *const h[] = {"处置面积（公顷）", NULL}, *const k[] = {"宗地代码", "行业代码", NULL};
  static const char *const n[] = {"工业总产值（万元）", "实缴税收（万元）",   "研发经费（万元）",
                                  "利润总额（万元）",   "工业增加值（万元）", "综合能耗（吨标准煤）",
                                  "用电量（千瓦时）",   "从业人员（人）",     NULL};
  static const char *const flags[] = {"是否规上", "高新技术企业", NULL};
  GDALDatasetH file = create_file("XLSX", dir, "enterprises_2025.xlsx");
  OGRLayerH layer = create_layer(file, "2025年度", 0, wkbNone, NULL);
  add_fields(layer, OFTString, a);
  add_fields(layer, OFTInteger, year);
  add_fields(layer, OFTString, b);
  add_fields(layer, OFTReal, c);
  add_fields(layer, OFTString, d);
  add_fields(layer, OFTReal, e);
  add_fields(layer, OFTString, g);
  add_fields(layer, OFTReal, h);
  add_fields(layer, OFTString, k);
  add_fields(layer, OFTReal, n);
  add_fields(layer, OFTString, flags);
  for (int i = 0; i < p->n_firms; i++) {
    if (!p->firm[i].listed[2]) continue;
    OGRFeatureH r = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_2025(r, &p->firm[i], i);
    put_feature(layer, r, NULL);
  }
  GDALClose(file);
}

void write_enterprises(const park *p, const char *dir) {
  write_2023(p, dir);
  write_2024(p, dir);
  write_2025(p, dir);
}

void write_occupancies(const park *p, const char *dir) {
  FILE *out = open_table(dir, "occupancies.csv");
  put_row(out, false,
          "\xEF\xBB\xBF统一社会信用代码,企业名称,宗地代码,用地方式,用地面积（平方米）,建筑面积（平方米）,起始日期,"
          "终止日期\n");
  for (int i = 0; i < p->n_firms; i++) {
    const firm *f = &p->firm[i];
    for (int k = 0; k < f->n_uses; k++) {
      bool owner = strcmp(f->use[k].how, "自有") == 0;
      char from[16], to[16] = "";
      snprintf(from, sizeof from, "%d-%02d-01", f->listed[0] ? 2009 + i % 13 : f->listed[1] ? 2024 : 2025, 1 + i % 6);
      if (!owner) snprintf(to, sizeof to, "%d-12-31", 2026 + i % 4);
      put_row(out, false, "%s,%s,%s,%s,%s,%s,%s,%s\n", f->code, f->name, p->parcel[f->use[k].parcel].key, f->use[k].how,
              cell(f->use[k].land_m2, 2), cell(f->use[k].floor_m2, 2), from, to);
    }
  }
  close_table(out);
}
