#include "intake/reading.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "intake/units.h"

static bool is_one_of(const char *text, const char *const *words) {
  while (*words && strcmp(text, *words)) words++;
  return *words;
}

/* ---- words ---- */

bool mj_says_nothing(const char *text) {
  static const char *const words[] = {"-",   "--",   "---",  "—",   "——",   "/",      "//",   "\\",
                                      "n/a", "na",   "#n/a", "nil", "null", "<null>", "none", "nan",
                                      "无",  "暂无", "待定", "空",  "未定", NULL};
  char folded[MJ_FOLD];
  if (*text >= '0' && *text <= '9') return false; /* most cells */
  if (strlen(text) > 24) return false;
  mj_fold(text, folded);
  return !*folded || is_one_of(folded, words);
}

bool mj_says_not_known(const char *text) {
  static const char *const words[] = {"未知",   "不详", "未填",   "未填报", "未核实",
                                      "待核实", "待补", "待补充", "不明",   NULL};
  return mj_says_nothing(text) || is_one_of(text, words);
}

static bool says_not_set(const char *folded) {
  static const char *const words[] = {"不予规定", "不作规定", "不做规定", "不规定",   "未规定",   "无规定", "不限",
                                      "不限制",   "不作限制", "不做限制", "无限制",   "不予限制", "不设限", "不作要求",
                                      "不做要求", "无要求",   "不控制",   "不予控制", "不作控制", NULL};
  return is_one_of(folded, words);
}

/* ---- a number among other things ---- */

/* The signs that words become: G at least, L at most, H and K the same behind the number, A about, ~ to, & and. Folded
 * text has no capitals. The longer word first where one begins another. */
static const struct {
  const char *word, *sign;
} signs[] = {
    {">=", "G"},       {"=>", "G"},       {"<=", "L"},       {"=<", "L"},         {">", "G"},        {"<", "L"},
    {"≥", "G"},        {"≧", "G"},        {"⩾", "G"},        {"≤", "L"},          {"≦", "L"},        {"⩽", "L"},
    {"不得低于", "G"}, {"不应低于", "G"}, {"不低于", "G"},   {"不得小于", "G"},   {"不应小于", "G"}, {"不小于", "G"},
    {"不得少于", "G"}, {"不少于", "G"},   {"大于等于", "G"}, {"大于或等于", "G"}, {"至少", "G"},     {"不得高于", "L"},
    {"不应高于", "L"}, {"不高于", "L"},   {"不得大于", "L"}, {"不应大于", "L"},   {"不大于", "L"},   {"不得超过", "L"},
    {"不应超过", "L"}, {"不超过", "L"},   {"小于等于", "L"}, {"小于或等于", "L"}, {"至多", "L"},     {"大于", "G"},
    {"高于", "G"},     {"超过", "G"},     {"小于", "L"},     {"低于", "L"},       {"及以上", "H"},   {"(含)以上", "H"},
    {"以上(含)", "H"}, {"以上", "H"},     {"及以下", "K"},   {"(含)以下", "K"},   {"以下(含)", "K"}, {"以下", "K"},
    {"以内", "K"},     {"大约", "A"},     {"约为", "A"},     {"约", "A"},         {"≈", "A"},        {"左右", "A"},
    {"且", "&"},       {"至", "~"},       {"到", "~"},       {"——", "~"},         {"—", "~"},        {"–", "~"},
    {"―", "~"},        {"〜", "~"},       {"∼", "~"},        {"~", "~"},          {"−", "-"},        {"(暂定)", ""},
    {"(暂估)", ""},    {"(预估)", ""},    {"(估)", ""},      {"(估算)", ""},      {"(约)", ""},      {"(预计)", ""},
    {"(实测)", ""},    {"(核定)", ""},    {"(备案)", ""},    {"(申报)", ""}};

static void simplify(const char *folded, char out[MJ_FOLD]) {
  size_t n = 0;
  while (*folded) {
    size_t size = 1, k = 0;
    bool may = (unsigned char)*folded >= 0x80 || strchr("<>=~(", *folded);
    while (may && k < sizeof signs / sizeof *signs && strncmp(folded, signs[k].word, strlen(signs[k].word)) != 0) k++;
    if (may && k < sizeof signs / sizeof *signs) {
      size = strlen(signs[k].word);
      if (*signs[k].sign) out[n++] = *signs[k].sign;
    } else {
      out[n++] = *folded;
    }
    folded += size;
  }
  out[n] = '\0';
}

typedef struct {
  char sign;    /* N number, G L H K ~ & as above, W other words */
  double value; /* of a number, in its own unit */
  double factor;
  bool own, percent; /* the number has a unit of its own; it is a percent sign */
} token;

enum { MOST = 7 };

/* The unit in at[n], with brackets around it or without. False: no unit of the field. */
static bool take_unit(const char *at, size_t n, const mj_mapped *m, token *t) {
  char name[64];
  if (n > 2 && at[0] == '(' && at[n - 1] == ')') {
    at++;
    n -= 2;
  }
  if (n >= sizeof name) return false;
  memcpy(name, at, n);
  name[n] = '\0';
  const char *unit = mj_unit_find(name);
  t->own = true;
  t->percent = unit && !strcmp(unit, "percent");
  return unit && mj_unit_factor(unit, m->field->unit, &t->factor);
}

/* Length of the number at p: commas and exponent only between digits. */
static size_t number_size(const char *p) {
  size_t n = *p == '-' || *p == '+';
  while ((p[n] >= '0' && p[n] <= '9') || p[n] == '.' || (p[n] == ',' && p[n + 1] >= '0' && p[n + 1] <= '9')) n++;
  if (p[n] == 'e') {
    size_t k = n + 1 + (p[n + 1] == '-' || p[n + 1] == '+'), digits = strspn(p + k, "0123456789");
    if (digits) n = k + digits;
  }
  return n;
}

/* That is no thousands comma: 0,125 may be an eighth. */
static bool starts_with_zero_comma(const char *text) {
  text += strspn(text, " \t\r\n+-");
  return text[0] == '0' && text[1] == ',';
}

static bool parse(const char *p, size_t n, double *out) {
  char text[64];
  if (n >= sizeof text) return false;
  memcpy(text, p, n);
  text[n] = '\0';
  return !starts_with_zero_comma(text) && mj_double_parse(text, out);
}

/* False: something that is no part of any form. */
static bool tokens_of(const char *p, const mj_mapped *m, token out[MOST], int *n) {
  *n = 0;
  while (*p) {
    char before = *n ? out[*n - 1].sign : 0;
    size_t size = 1;
    token t = {.sign = *p};
    if (*n == MOST) return false;
    if (*p == '-' && before == 'N') {
      t.sign = '~';
    } else if (strchr(",;", *p) || !strncmp(p, "、", 3)) {
      size = *p == ',' || *p == ';' ? 1 : 3;
      t.sign = '&';
    } else if (number_size(p) > 0 && before != 'N') {
      size = number_size(p);
      t.sign = 'N';
      t.factor = m->factor;
      if (!parse(p, size, &t.value)) return false;
      size_t unit = strcspn(p + size, "~GLHKA&,;-");
      if (unit && !take_unit(p + size, unit, m, &t)) return false;
      size += unit;
    } else if (!strchr("~GLHKA&", *p)) {
      size = strcspn(p, "~GLHKA&,;0123456789");
      t.sign = 'W';
    }
    p += size;
    if (t.sign != 'A') out[(*n)++] = t; /* about is left off */
  }
  return true;
}

/* ---- forms ---- */

static bool form_is(const token *t, int n, const char *form) {
  for (int i = 0; i < n; i++)
    if (t[i].sign != form[i]) return false;
  return !form[n];
}

/* The first and last number of a range; a unit behind the last holds for both. */
static bool both_ends(const token *first, const token *last, double *low, double *high) {
  if (first->own && !last->own) return false;
  *low = first->value * (first->own ? first->factor : last->factor);
  *high = last->value * last->factor;
  return true;
}

/* The bounds that the tokens give, NaN for one that is not given. False: they have no known form. */
static bool bounds_of(const token *t, int n, double *low, double *high) {
  *low = *high = (double)NAN;
  if (form_is(t, n, "N~N")) return both_ends(&t[0], &t[2], low, high);
  if (form_is(t, n, "GN")) *low = t[1].value * t[1].factor;
  else if (form_is(t, n, "NH")) *low = t[0].value * t[0].factor;
  else if (form_is(t, n, "LN")) *high = t[1].value * t[1].factor;
  else if (form_is(t, n, "NK")) *high = t[0].value * t[0].factor;
  else if (form_is(t, n, "GN&LN")) return both_ends(&t[1], &t[4], low, high);
  else if (form_is(t, n, "LN&GN")) return both_ends(&t[4], &t[1], low, high) || both_ends(&t[1], &t[4], high, low);
  else if (form_is(t, n, "GNLN")) return both_ends(&t[1], &t[3], low, high);
  else if (form_is(t, n, "NLWLN")) return both_ends(&t[0], &t[4], low, high);
  else return false;
  return true;
}

/* True where the field is that kind of limit: "plot_ratio_cap", "height_cap_m". */
static bool is_limit(const mj_field *field, const char *kind) {
  const char *at = strstr(field->name, kind);
  return at && (!at[strlen(kind)] || at[strlen(kind)] == '_');
}

static mj_cell value_of(const token *t, int n, const mj_mapped *m, double *out) {
  double low, high;
  bool percent = false;
  for (int i = 0; i < n; i++) percent |= t[i].percent && strstr(m->field->name, "plot_ratio");
  if (form_is(t, n, "N")) {
    *out = t->value * t->factor;
  } else {
    if (!bounds_of(t, n, &low, &high) || low > high) return MJ_CELL_UNREADABLE;
    if (low == high || (is_limit(m->field, "_cap") && !isnan(high))) *out = high;
    else if (is_limit(m->field, "_min") && !isnan(low)) *out = low;
    else return MJ_CELL_RANGE;
  }
  return percent ? MJ_CELL_PERCENT : MJ_CELL_READ;
}

/* ---- one text ---- */

static size_t digit_size(const char *p) {
  if (*p >= '0' && *p <= '9') return 1;
  return (unsigned char)p[0] == 0xEF && (unsigned char)p[1] == 0xBC && (unsigned char)p[2] >= 0x90 &&
                 (unsigned char)p[2] <= 0x99
             ? 3
             : 0;
}

static size_t blank_size(const char *p) {
  if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n') return 1;
  if (!strncmp(p, "\xC2\xA0", 2)) return 2;
  return !strncmp(p, "\xE3\x80\x80", 3) ? 3 : 0;
}

/* Two numbers with only blanks between them, or one with blanks in it: which, is not known. */
static bool is_split(const char *text) {
  for (const char *p = text; *p; p++) {
    size_t digit = digit_size(p), blank;
    if (!digit || !blank_size(p + digit)) continue;
    p += digit;
    while ((blank = blank_size(p)) > 0) p += blank;
    if (digit_size(p)) return true;
    p--;
  }
  return false;
}

static bool remembered(const char *text, const mj_unit_memory *memory, double *out) {
  size_t n = strspn(text, "0123456789.");
  if (!*memory->unit || !n || strcmp(text + n, memory->unit) != 0 || !parse(text, n, out)) return false;
  *out *= memory->factor;
  return true;
}

/* Plain digits and a unit behind them, as most cells with a unit are. */
static void remember(const char *text, const token *t, mj_unit_memory *memory) {
  size_t n = strspn(text, "0123456789.");
  if (!n || !t->own || strlen(text + n) >= sizeof memory->unit) return;
  strcpy(memory->unit, text + n);
  memory->factor = t->factor;
  memory->percent = t->percent;
}

mj_cell mj_read_number(const char *text, const mj_mapped *m, mj_unit_memory *memory, double *out) {
  char folded[MJ_FOLD], plain[MJ_FOLD];
  token t[MOST];
  int n;
  if (mj_double_parse(text, out) && !starts_with_zero_comma(text)) {
    *out *= m->factor;
    return strchr(text, ',') ? MJ_CELL_READ : MJ_CELL_PLAIN;
  }
  bool percent = memory->percent && strstr(m->field->name, "plot_ratio");
  if (remembered(text, memory, out)) return percent ? MJ_CELL_PERCENT : MJ_CELL_READ;
  *out = (double)NAN;
  if (mj_says_nothing(text)) return MJ_CELL_NOTHING;
  if (strlen(text) > 200) return MJ_CELL_UNREADABLE;
  mj_fold(text, folded);
  if (says_not_set(folded)) return MJ_CELL_NOT_SET;
  if (mj_says_not_known(folded)) return MJ_CELL_NOTHING;
  simplify(folded, plain);
  if (is_split(text) || !tokens_of(plain, m, t, &n)) return MJ_CELL_UNREADABLE;
  mj_cell cell = value_of(t, n, m, out);
  if (n == 1 && (cell == MJ_CELL_READ || cell == MJ_CELL_PERCENT)) remember(text, t, memory);
  if (!isfinite(*out) && (cell == MJ_CELL_READ || cell == MJ_CELL_PERCENT)) return MJ_CELL_UNREADABLE;
  return cell;
}

mj_cell mj_read_whole(const char *text, const mj_mapped *m, mj_unit_memory *memory, double *out) {
  int32_t date = strcmp(m->field->unit, "year") ? MJ_DATE_NULL : mj_date_parse(text);
  int year, month, day;
  if (date == MJ_DATE_NULL) return mj_read_number(text, m, memory, out);
  mj_date_to_ymd(date, &year, &month, &day);
  *out = year;
  return MJ_CELL_READ;
}

int32_t mj_read_date(const char *text) {
  char head[64];
  double serial;
  int32_t date = mj_date_parse(text);
  if (date != MJ_DATE_NULL) return date;
  size_t n = strcspn(text, " T");
  if (text[n] && n < sizeof head) { /* a time behind the date */
    memcpy(head, text, n);
    head[n] = '\0';
    return mj_date_parse(head);
  }
  /* the serial number of a spreadsheet cell that lost its format: days since 1899-12-30; 1954 to 2119 */
  if (mj_double_parse(text, &serial) && serial >= 20000 && serial < 80000) return (int32_t)floor(serial) - 25569;
  return MJ_DATE_NULL;
}

uint8_t mj_read_tri(const char *text) {
  static const char *const yes[] = {"1",      "是",     "y",      "yes",    "true",   "t",      "有",     "已",
                                    "√",      "对",     "on",     "动工",   "开工",   "抵押",   "查封",   "办理",
                                    "已动工", "已开工", "已抵押", "已查封", "已办理", "已建成", "已竣工", NULL};
  static const char *const no[] = {"0",      "否",     "n",      "no",     "false",  "f",      "无",     "未",
                                   "×",      "没有",   "不是",   "off",    "未动工", "未开工", "未抵押", "未查封",
                                   "未办理", "未建成", "未竣工", "无抵押", "无查封", NULL};
  char folded[MJ_FOLD];
  mj_fold(text, folded);
  if (is_one_of(folded, yes)) return MJ_YES;
  if (is_one_of(folded, no)) return MJ_NO;
  double v;
  if (mj_double_parse(folded, &v) && (v == 0 || v == 1)) return v == 1 ? MJ_YES : MJ_NO;
  return MJ_UNKNOWN;
}
