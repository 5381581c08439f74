#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mujun/status.h"
#include "test.h"

static const struct {
  const char *en, *zh;
} messages[] = {
#define MSG(en, zh) {en, zh},
#include "src/base/messages.def"
#undef MSG
};
enum { N = sizeof messages / sizeof *messages };

/* The conversions of a format as "s lld .1f ": what printf would take from its arguments. */
static void conversions(const char *format, char *out, size_t cap) {
  size_t n = 0;
  for (const char *p = format; *p; p++) {
    if (*p != '%') continue;
    if (p[1] == '%') {
      p++;
      continue;
    }
    size_t length = strcspn(p + 1, "diouxXeEfFgGcsp") + 1;
    n += (size_t)snprintf(out + n, n < cap ? cap - n : 0, "%.*s ", (int)length, p + 1);
    p += length;
  }
  out[n < cap ? n : cap - 1] = 0;
}

static void both_languages_have_the_same_conversions_in_the_same_order(void) {
  CU_ASSERT_FATAL(N > 0);
  for (int i = 0; i < N; i++) {
    char en[256] = "", zh[256] = "";
    conversions(messages[i].en, en, sizeof en);
    conversions(messages[i].zh, zh, sizeof zh);
    if (strcmp(en, zh) != 0) printf("\n    \"%s\": %s / %s", messages[i].en, en, zh);
    CU_ASSERT_STRING_EQUAL(en, zh);
  }
}

static void no_message_stands_twice(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < i; j++) {
      bool twice = !strcmp(messages[i].en, messages[j].en);
      if (twice) printf("\n    twice: \"%s\"", messages[i].en);
      CU_ASSERT(!twice);
    }
}

static void english_is_ascii_and_chinese_is_not_empty(void) {
  for (int i = 0; i < N; i++) {
    for (const char *p = messages[i].en; *p; p++) CU_ASSERT((unsigned char)*p < 0x80);
    CU_ASSERT(messages[i].zh[0] != 0);
  }
}

static bool known(const char *text) {
  for (int i = 0; i < N; i++)
    if (!strcmp(messages[i].en, text)) return true;
  return false;
}

/* Nothing but conversions and marks, as in "%s:%d: %s": there is nothing to translate. */
static bool wordless(const char *format) {
  for (const char *p = format; *p; p++) {
    if (*p == '%') p += strcspn(p + 1, "diouxXeEfFgGcsp") + 1;
    else if (isalpha((unsigned char)*p)) return false;
  }
  return true;
}

static const char *skip_space(const char *p) {
  while (isspace((unsigned char)*p)) p++;
  return p;
}

/* The adjacent literals at @p p as one text; false where there is none, or a macro such as PRId64 stands between. */
static bool read_literals(const char *p, char *out, size_t cap) {
  size_t n = 0;
  if (*p != '"') return false;
  while (*p == '"') {
    for (p++; *p && *p != '"'; p++) {
      if (*p == '\\') p++;
      if (n + 1 < cap) out[n++] = *p == 'n' && p[-1] == '\\' ? '\n' : *p;
    }
    if (*p) p = skip_space(p + 1);
  }
  out[n] = 0;
  return *p == ',' || *p == ')';
}

/* The argument number @p skip behind @p call. Strings and calls in the arguments before are stepped over. */
static const char *argument(const char *call, int skip) {
  int depth = 0;
  const char *p = call;
  for (; *p && skip; p++) {
    if (*p == '(') depth++;
    if (*p == ')' && --depth < 0) return "";
    if (*p == ',' && depth == 0) skip--;
  }
  return skip_space(p);
}

static int missing_in(const char *path, const char *source, const char *function, int skip) {
  int missing = 0;
  char text[1024];
  for (const char *p = source; (p = strstr(p, function)); p++) {
    if (!read_literals(argument(p + strlen(function), skip), text, sizeof text)) continue;
    if (known(text) || wordless(text)) continue;
    printf("\n    %s: no Chinese for \"%s\"", path, text);
    missing++;
  }
  return missing;
}

static int missing_in_file(const char *path) {
  static char source[1 << 18];
  FILE *file = fopen(path, "r");
  if (!file) return 1;
  size_t n = fread(source, 1, sizeof source - 1, file);
  fclose(file);
  source[n] = 0;
  return missing_in(path, source, "mj_fail(", 2) + missing_in(path, source, "mj_yaml_fail(", 2) +
         missing_in(path, source, "mj_tr(", 1) + missing_in(path, source, "mj_progress_stage(", 1);
}

static int missing_in_folder(const char *tree, const char *folder) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", tree, folder);
  DIR *dir = opendir(path);
  if (!dir) return 1;
  int missing = 0;
  for (struct dirent *entry; (entry = readdir(dir));) {
    size_t n = strlen(entry->d_name);
    if (n < 2 || strcmp(entry->d_name + n - 2, ".c") != 0) continue;
    snprintf(path, sizeof path, "%s/%s/%s", tree, folder, entry->d_name);
    missing += missing_in_file(path);
  }
  closedir(dir);
  return missing;
}

static void every_text_of_the_sources_has_a_chinese_line(void) {
  static const char *const folders[] = {"src/base",  "src/yaml", "src/geom",   "src/intake", "src/measure",
                                        "src/judge", "src/plan", "src/report", "src/cli",    "gis"};
  const char *tree = getenv("MUJUN_SOURCE");
  CU_ASSERT_PTR_NOT_NULL_FATAL(tree);
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) CU_ASSERT_EQUAL(missing_in_folder(tree, folders[i]), 0);
}

static void a_missing_line_is_noticed(void) {
  CU_ASSERT_EQUAL(missing_in("(on purpose)", "mj_fail(err, code(1, 2), \"no such \"\n  \"line\", x);", "mj_fail(", 2),
                  1);
  CU_ASSERT_EQUAL(missing_in("", "mj_fail(err, MJ_EIO, \"%s\", why);", "mj_fail(", 2), 0);
}

static void chinese_is_said_where_it_is_asked_for(void) {
  CU_ASSERT_STRING_EQUAL(mj_tr(MJ_EN, "no file given"), "no file given");
  CU_ASSERT_STRING_EQUAL(mj_tr(MJ_ZH, "no file given"), "没有给出文件");
  CU_ASSERT_STRING_EQUAL(mj_tr(MJ_ZH, "a text without a line"), "a text without a line");
  mj_error err = {.lang = MJ_ZH};
  CU_ASSERT_EQUAL(mj_fail(&err, MJ_EIO, "cannot write '%s': %s", "a.csv", "EIO"), MJ_EIO);
  CU_ASSERT_STRING_EQUAL(err.message, "无法写入 'a.csv'：EIO");
}

SUITE_OF(messages, T(both_languages_have_the_same_conversions_in_the_same_order), T(no_message_stands_twice),
         T(english_is_ascii_and_chinese_is_not_empty), T(every_text_of_the_sources_has_a_chinese_line),
         T(a_missing_line_is_noticed), T(chinese_is_said_where_it_is_asked_for));
