/* Names and codes: plainly made up, but of the shape the real ones have. */
#include <stdio.h>
#include <string.h>

#include "sample.h"

/* GB/T 4754-2017 classes; output per tax is what makes some trades turn over much and pay little. */
const industry industries[] = {
    {"3971", "电子元件", 32},   {"3976", "光电子器件", 30}, {"3829", "电气设备", 36}, {"1789", "产业用纺织", 44},
    {"3660", "汽车零部件", 40}, {"3484", "机械零部件", 38}, {"1711", "棉纺织", 48},   {"1819", "服装", 46},
    {"1952", "制鞋", 45},       {"3525", "模具", 35},       {"3899", "电气器材", 36}, {"4019", "仪器仪表", 28},
    {"2770", "卫生材料", 30},   {"3592", "环保设备", 33},   {"2927", "塑料制品", 42}, {"3311", "金属结构", 41}};

int industry_for(int zone, chance *c) {
  static const int of_zone[N_ZONES][6] = {{0, 1, 2, 3, 9, 14}, {4, 5, 6, 7, 8, 15}, {0, 11, 12, 13, 10, 4}};
  return of_zone[zone < 0 ? 1 : zone][chance_below(c, 6)];
}

void firm_name(int index, int industry_index, char *out, size_t size) {
  static const char *const first[] = {"青", "禾", "远", "川", "松", "岭", "鹤", "云", "海", "榕",
                                      "晨", "石", "溪", "竹", "枫", "桥", "帆", "霖", "峰"};
  static const char *const second[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬",
                                       "癸", "子", "丑", "寅", "卯", "辰", "巳", "午"};
  int a = index % 19, b = index / 19 % 17, again = index / (19 * 17);
  if (again) snprintf(out, size, "示例%s%s%d号%s有限公司", first[a], second[b], again, industries[industry_index].name);
  else snprintf(out, size, "示例%s%s%s有限公司", first[a], second[b], industries[industry_index].name);
}

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int value36(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

/* GB 11714: weights 3 7 9 10 5 8 4 2, modulo 11. */
static char organisation_check(const char *code8) {
  static const int weight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 8; i++) sum += weight[i] * value36(code8[i]);
  int c = 11 - sum % 11;
  return (char)(c == 10 ? 'X' : c == 11 ? '0' : '0' + c);
}

/* GB 32100-2015: weights 3^(i-1) modulo 31. */
static char credit_check(const char *code17) {
  int sum = 0, weight = 1;
  for (int i = 0; i < 17; i++) {
    sum += weight * (int)(strchr(alphabet, code17[i]) - alphabet);
    weight = weight * 3 % 31;
  }
  return alphabet[(31 - sum % 31) % 31];
}

void credit_code(int index, char out[24]) {
  char organisation[16];
  snprintf(organisation, sizeof organisation, "MXX%05d", (index * 37 + 11) % 100000);
  snprintf(out, 24, "91350502%.8s", organisation);
  out[16] = organisation_check(organisation);
  out[17] = credit_check(out);
  out[18] = '\0';
}
