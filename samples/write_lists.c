/* Factory units, projects, contracts, and truth.csv: what is so in the park on purpose. */
#include <cpl_conv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static FILE *open_list(const char *dir, const char *name, const char *header) {
  FILE *f = fopen(CPLFormFilename(dir, name, NULL), "wb");
  need(f != NULL, "a list cannot be made in the folder");
  fprintf(f, "\xEF\xBB\xBF%s\n", header);
  return f;
}

static void close_list(FILE *f) { need(!ferror(f) && fclose(f) == 0, "a list cannot be written"); }

/* Tenants of a parcel in order of their number, NULL behind the last. */
static const firm *tenant(const park *p, int parcel_index, int number) {
  for (int i = 0; i < p->n_firms; i++)
    if (p->firm[i].n_uses && p->firm[i].use[0].parcel == parcel_index && number-- == 0) return &p->firm[i];
  return NULL;
}

/* Every storey of the let-out factories; the state and the tenant of each. No more stands empty than tenants
 * leave. */
static void write_units(const park *p, const char *dir) {
  FILE *f = open_list(dir, "factory_units.csv",
                      "单元编号,建筑编号,宗地代码,楼层,建筑面积（平方米）,统一社会信用代码,使用状态,起始日期");
  chance c = chance_of(p->seed, 8);
  double *left = grow(NULL, (size_t)p->n_parcels, sizeof *left);
  for (int i = 0; i < p->n_parcels; i++) {
    const parcel *q = &p->parcel[i];
    left[i] = q->let > 0 ? q->floor_m2 * (1 - q->let) : q->floor_m2;
  }
  for (int i = 0; i < p->n_buildings; i++) {
    const building *b = &p->building[i];
    const parcel *q = b->parcel < 0 ? NULL : &p->parcel[b->parcel];
    if (!q || (q->kind != SHARED && q->kind != CENTRE && q->kind != CLOSED) || strcmp(b->use, "厂房") != 0) continue;
    for (int floor = 1; floor <= b->floors; floor++) {
      double empty = q->kind == CLOSED   ? 0.9
                     : q->kind == CENTRE ? 0.28
                                         : 0.35,
             area = isnan(b->registered_m2) ? b->footprint_m2 : b->registered_m2 / b->floors;
      bool vacant = chance_is(&c, empty) && area <= left[b->parcel];
      if (vacant) left[b->parcel] -= area;
      const firm *t = vacant || !q->firms ? NULL : tenant(p, b->parcel, chance_below(&c, q->firms));
      const char *state = t ? "在用" : chance_is(&c, 0.8) ? "空置" : "停产";
      int since = 2019 + chance_below(&c, 7);
      fprintf(f, "%s-%d,%s,%s,%d,%.2f,%s,%s,%d-%02d-01\n", b->id, floor, b->id, q->key, floor, area, t ? t->code : "",
              state, since, 1 + chance_below(&c, 12));
    }
  }
  free(left);
  close_list(f);
}

/* The four batches: in use, being built, started, planned; 13 projects of 2024 and 13 of 2025 on vacant, stopped and
 * closed land. */
static void write_projects(const park *p, const char *dir) {
  static const char *const batch[] = {"投用一批", "建设一批", "开工一批", "谋划一批"};
  FILE *f = open_list(dir, "projects.csv",
                      "项目编号,项目名称,宗地代码,四个一批,总投资额（万元）,已投资额（万元）,用地面积（亩）,"
                      "建筑面积（平方米）,开工日期,竣工日期");
  chance c = chance_of(p->seed, 9);
  int n = 0;
  for (int i = 0; i < p->n_parcels && n < 26; i++) {
    const parcel *q = &p->parcel[i];
    bool fits = q->kind == CENTRE || q->kind == VACANT || q->kind == STOPPED || q->kind == CLOSED;
    if (!fits || (q->kind != CENTRE && i % 3 == 0) || q->code[0] == '\0') continue;
    int stage = q->kind == CENTRE ? 0 : q->kind == CLOSED ? 1 + n % 2 : q->kind == STOPPED ? 1 : 3;
    double mu = mu_of(q->area_m2), total = round_to(mu * chance_between(&c, 560, 720), 10);
    double done = stage == 0 ? total : stage == 1 ? total * 0.45 : stage == 2 ? total * 0.06 : 0;
    fprintf(f, "XM%03d,示例%s标准化改造项目%d,%s,%s,%.2f,%.2f,%.4f,%.0f,%s,%s\n", n + 1,
            q->zone < 0 ? "外围" : p->zone[q->zone].name, n + 1, q->key, batch[stage], total, done, mu,
            q->area_m2 * chance_between(&c, 1.8, 2.9),
            stage == 0  ? "2021-03-18"
            : stage < 3 ? "2025-05-20"
                        : "",
            stage == 0 ? "2023-11-30" : "");
    n++;
  }
  close_list(f);
}

static void write_contracts(const park *p, const char *dir) {
  FILE *f = open_list(dir, "contracts.csv",
                      "合同编号,宗地代码,签订日期,约定投资强度（万元/亩）,约定亩均产值（万元/亩）,约定亩均税收（万元/"
                      "亩）,约定容积率下限,约定竣工日期");
  chance c = chance_of(p->seed, 10);
  int n = 0;
  for (int i = 0; i < p->n_parcels; i++) {
    const parcel *q = &p->parcel[i];
    if (isnan(q->contract_m2) || !is_industrial(q) || !chance_is(&c, 0.6)) continue;
    int year = q->due[0]
                   ? (q->due[0] - '0') * 1000 + (q->due[1] - '0') * 100 + (q->due[2] - '0') * 10 + (q->due[3] - '0')
                   : 2020;
    char tax[16] = "";
    if (chance_is(&c, 0.75)) snprintf(tax, sizeof tax, "%d", 12 + 2 * chance_below(&c, 10));
    int month = 1 + chance_below(&c, 12), invest = 200 + 10 * chance_below(&c, 16),
        output = 300 + 20 * chance_below(&c, 20);
    double least = 0.8 + 0.1 * chance_below(&c, 5);
    fprintf(f, "SL-HT-%04d,%s,%d-%02d-10,%d,%d,%s,%.1f,%d-%02d-28\n", ++n, q->key, year - 1, month, invest, output, tax,
            least, year + 2, month);
  }
  close_list(f);
}

static void write_truth(const park *p, const char *dir) {
  FILE *f = open_list(dir, "truth.csv", "kind,layer,row,id,detail");
  for (int i = 0; i < p->n_truths; i++) {
    const truth *t = &p->truth[i];
    fprintf(f, "%s,%s,", t->kind, t->layer);
    if (t->row) fprintf(f, "%lld", (long long)t->row);
    fprintf(f, ",%s,\"%s\"\n", t->id, t->detail);
  }
  close_list(f);
}

void write_lists(const park *p, const char *dir) {
  write_units(p, dir);
  write_projects(p, dir);
  write_contracts(p, dir);
  write_truth(p, dir);
}
