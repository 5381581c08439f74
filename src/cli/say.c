#include <stdarg.h>
#include <string.h>

#include "cli.h"

static gunichar char_at(const char *p, const char **next) {
  gunichar c = g_utf8_get_char_validated(p, -1);
  if (c == (gunichar)-1 || c == (gunichar)-2) {
    *next = p + 1;
    return 0xFFFD;
  }
  *next = p + g_utf8_skip[(guchar)*p];
  return c;
}

void cli_json(GString *out, const char *text) {
  g_string_append_c(out, '"');
  for (const char *p = text; *p;) {
    gunichar c = char_at(p, &p);
    if (c == '"' || c == '\\') g_string_append_printf(out, "\\%c", (char)c);
    else if (c == '\n') g_string_append(out, "\\n");
    else if (c < 0x20 || c == 0x7F) g_string_append_printf(out, "\\u%04x", (unsigned)c);
    else g_string_append_unichar(out, c);
  }
  g_string_append_c(out, '"');
}

int cli_width(const char *text) {
  int width = 0;
  for (const char *p = text; *p;) {
    gunichar c = char_at(p, &p);
    width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
  }
  return width;
}

void cli_pad(GString *out, const char *text, int width) {
  g_string_append(out, text);
  for (int i = cli_width(text); i < width; i++) g_string_append_c(out, ' ');
}

char *cli_sentence(const char *text, mj_lang lang) {
  char *sentence = g_strconcat(text, lang == MJ_ZH ? "。" : ".", NULL);
  sentence[0] = g_ascii_toupper(sentence[0]);
  return sentence;
}

/* File names and cell texts reach messages: what would steer the terminal is
 * shown as '?'. */
static char *without_controls(const char *message) {
  GString *out = g_string_new(NULL);
  for (const char *p = message; *p;) {
    gunichar c = char_at(p, &p);
    bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); /* the direction of writing */
    bool steers = c < 0x20 || (c >= 0x7F && c < 0xA0) || turns;
    g_string_append_unichar(out, steers ? '?' : c);
  }
  return g_string_free(out, FALSE);
}

void cli_error(const cli_context *cli, const char *message) {
  GString *line = g_string_new(NULL);
  if (cli->json_events) {
    g_string_append(line, "{\"event\":\"error\",\"message\":");
    cli_json(line, message);
    g_string_append(line, "}");
  } else {
    char *clean = without_controls(message);
    g_string_append_printf(line, "mujun: %s", clean);
    g_free(clean);
  }
  g_string_append_c(line, '\n');
  fputs(line->str, stderr);
  g_string_free(line, TRUE);
}

int cli_usage_error(const cli_context *cli, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *what = g_strdup_vprintf(format, args);
  va_end(args);
  GString *line = g_string_new(what);
  if (cli->command) g_string_append_printf(line, mj_tr(cli->lang, "; see 'mujun %s --help'"), cli->command);
  else g_string_append(line, mj_tr(cli->lang, "; see 'mujun --help'"));
  cli_error(cli, line->str);
  g_string_free(line, TRUE);
  g_free(what);
  return CLI_USAGE;
}
