#include "intake/units.h"

#include <stdio.h>
#include <string.h>

#include "intake/fields.h"

typedef struct {
  const char *code, *to; /* to: the canonical unit of what it measures */
  double factor;
  const char *names; /* folded, with '|' around each */
} mj_unit;

/* The first code of a canonical unit is that unit. A mu is 10000/15 m2; a US survey foot 1200/3937 m. */
static const mj_unit units[] = {
    {"m2", "m2", 1, "|平方米|平米|平方公尺|sqm|m^2|sq.m|"},
    {"mu", "m2", 2000.0 / 3, "|亩|畝|市亩|"},
    {"ha", "m2", 1e4, "|公顷|公頃|hm2|hm^2|hectare|hectares|"},
    {"km2", "m2", 1e6, "|平方公里|平方千米|km^2|sqkm|"},
    {"wan_m2", "m2", 1e4, "|万m2|万平方米|万平米|万平|"},
    {"wan_mu", "m2", 2e7 / 3, "|万亩|"},
    {"sqft", "m2", 0.09290304, "|平方英尺|ft2|ft^2|sq_ft|sq.ft|squarefeet|sf|"},
    {"sqft_us", "m2", (1200.0 / 3937) * (1200.0 / 3937), "|usft2|us_sqft|"},
    {"acre", "m2", 4046.8564224, "|acres|英亩|"},
    {"m", "m", 1, "|米|公尺|meter|meters|metre|metres|"},
    {"km", "m", 1e3, "|公里|千米|"},
    {"ft", "m", 0.3048, "|英尺|feet|foot|"},
    {"ft_us", "m", 1200.0 / 3937, "|usft|us_ft|"},
    {"wan", "wan", 1, "|万元|万|万元人民币|人民币万元|万人民币|"},
    {"yuan", "wan", 1e-4, "|元|人民币元|人民币|rmb|cny|"},
    {"thousand_yuan", "wan", 0.1, "|千元|"},
    {"million_yuan", "wan", 100, "|百万元|"},
    {"yi", "wan", 1e4, "|亿元|亿|"},
    {"wan_per_mu", "wan_per_mu", 1, "|万元/亩|万/亩|万元每亩|wan/mu|"},
    {"yuan_per_mu", "wan_per_mu", 1e-4, "|元/亩|yuan/mu|"},
    {"yuan_per_m2", "wan_per_mu", 2.0 / 30, "|元/m2|元/平方米|yuan/m2|"},
    {"wan_per_ha", "wan_per_mu", 1.0 / 15, "|万元/公顷|万元/hm2|万元/ha|wan/ha|"},
    {"yi_per_km2", "wan_per_mu", 20.0 / 3, "|亿元/平方公里|亿元/km2|"},
    {"tce", "tce", 1, "|吨标准煤|吨标煤|"},
    {"wan_tce", "tce", 1e4, "|万吨标准煤|万吨标煤|"},
    {"kgce", "tce", 1e-3, "|千克标准煤|公斤标准煤|"},
    {"kwh", "kwh", 1, "|千瓦时|度|kw·h|千瓦·时|"},
    {"wan_kwh", "kwh", 1e4, "|万千瓦时|万度|万kwh|"},
    {"mwh", "kwh", 1e3, "|兆瓦时|"},
    {"person", "person", 1, "|人|名|persons|"},
    {"wan_person", "person", 1e4, "|万人|"},
    {"storey", "storey", 1, "|层|storeys|floors|"},
    {"year", "year", 1, "|年|年度|years|"},
    {"percent", "", 0.01, "|%|百分比|pct|"},
    {"permille", "", 0.001, "|‰|"},
};
enum { N_UNITS = sizeof units / sizeof *units };

const char *mj_unit_find(const char *name) {
  char folded[MJ_FOLD], key[MJ_FOLD + 2];
  mj_fold(name, folded);
  if (!*folded) return NULL;
  snprintf(key, sizeof key, "|%s|", folded);
  for (int i = 0; i < N_UNITS; i++)
    if (!strcmp(folded, units[i].code) || strstr(units[i].names, key)) return units[i].code;
  return NULL;
}

bool mj_unit_factor(const char *from, const char *to, double *factor) {
  for (int i = 0; i < N_UNITS; i++)
    if (!strcmp(units[i].code, from) && !strcmp(units[i].to, to)) {
      *factor = units[i].factor;
      return true;
    }
  return false;
}

void mj_unit_list(const char *to, char out[200]) {
  size_t n = 0;
  out[0] = '\0';
  for (int i = 0; i < N_UNITS; i++) {
    if (strcmp(units[i].to, to)) continue;
    int w = snprintf(out + n, 200 - n, "%s%s", n ? ", " : "", units[i].code);
    if (w < 0 || n + (size_t)w >= 200) return;
    n += (size_t)w;
  }
}

void mj_unit_zh(const char *code, char out[32]) {
  snprintf(out, 32, "%s", code);
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (strcmp(units[i].code, code) != 0) continue;
    for (const char *name = units[i].names + 1; *name; name += strcspn(name, "|") + 1) {
      if ((unsigned char)*name < 0x80) continue;
      snprintf(out, 32, "%.*s", (int)strcspn(name, "|"), name);
      return;
    }
  }
}
