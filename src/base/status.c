#include "mujun/status.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[MJ_STATUS_END] = {
    [MJ_OK] = "ok",
    [MJ_ENOMEM] = "out of memory",
    [MJ_EINVAL] = "invalid argument",
    [MJ_EIO] = "input/output error",
    [MJ_EFORMAT] = "malformed data",
    [MJ_ENOTFOUND] = "not found",
    [MJ_EEXIST] = "already exists",
    [MJ_ECRS] = "reference system error",
    [MJ_ERULE] = "rule cannot be evaluated",
};

typedef struct {
  const char *en, *zh;
} message;
static const message messages[] = {
#define MSG(en, zh) {en, zh},
#include "messages.def"
#undef MSG
};
enum { N_MESSAGES = sizeof messages / sizeof *messages };
static const message *by_text[N_MESSAGES];
static pthread_once_t sorted = PTHREAD_ONCE_INIT;

const char *mj_status_name(mj_status code) { return (unsigned)code < MJ_STATUS_END ? names[code] : "unknown status"; }

static int in_order(const void *a, const void *b) {
  return strcmp((*(const message *const *)a)->en, (*(const message *const *)b)->en);
}

static void sort_messages(void) {
  for (int i = 0; i < N_MESSAGES; i++) by_text[i] = &messages[i];
  qsort(by_text, N_MESSAGES, sizeof *by_text, in_order);
}

const char *mj_tr(mj_lang lang, const char *english) {
  if (lang != MJ_ZH) return english;
  pthread_once(&sorted, sort_messages);
  const message asked = {english, NULL}, *key = &asked;
  const message *const *found = bsearch(&key, by_text, N_MESSAGES, sizeof *by_text, in_order);
  return found ? (*found)->zh : english;
}

/* A message is one line of text: control bytes that a file smuggled in are shown as '?', and a cut leaves no half
 * character. */
static void tidy(char *text, size_t cap) {
  size_t n = strlen(text);
  if (n == cap - 1) {
    size_t lead = n;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead > 0 && ((unsigned char)text[lead - 1] & 0x80)) text[lead - 1] = 0;
  }
  for (; *text; text++)
    if ((unsigned char)*text < 0x20 || *text == 0x7f) *text = '?';
}

mj_status mj_fail(mj_error *err, mj_status code, const char *fmt, ...) {
  if (err) {
    va_list args;
    va_start(args, fmt);
    err->code = code;
    vsnprintf(err->message, sizeof err->message, mj_tr(err->lang, fmt), args);
    va_end(args);
    tidy(err->message, sizeof err->message);
  }
  return code;
}
