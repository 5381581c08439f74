#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyze.h"

/* A plot ratio above this is a slip; a setback above this leaves no factory a place. */
static const double MOST_CAP = 30, MOST_SETBACK_M = 1000;

/* A number at the start of @p at, with nothing behind it but what @p stops names or the end. */
static bool read_number(const char *at, const char *stops, double *out, const char **end) {
  char *after;
  *out = g_ascii_strtod(at, &after);
  if (after > at && after[-1] == '.' && *after == '.') after--; /* "1..3" is 1 and .. */
  *end = after;
  return after != at && isfinite(*out) && strchr(stops, *after);
}

/* "1.5..3.0/0.5": both ends, and what lies between; each is the number that its decimals say. */
static bool push_range(double low, const char *rest, GArray *out, const char **end) {
  double high, step;
  if (!read_number(rest, "/", &high, end) || **end != '/') return false;
  if (!read_number(*end + 1, ",", &step, end) || !(step > 0) || !(high >= low)) return false;
  if ((high - low) / step > MJ_FIT_MOST_VALUES) return false;
  for (int i = 0; low + i * step <= high + step * 1e-9; i++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    double v = g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.9g", low + i * step), NULL);
    g_array_append_val(out, v);
  }
  return true;
}

static bool push_numbers(const char *text, double least, double most, GArray *out) {
  for (const char *at = text; *at;) {
    double v;
    const char *end;
    if (!read_number(at, ",.", &v, &end)) return false;
    if (g_str_has_prefix(end, "..")) {
      if (!push_range(v, end + 2, out, &end)) return false;
    } else if (*end == '.') {
      return false;
    } else {
      g_array_append_val(out, v);
    }
    if (*end == ',' && !end[1]) return false;
    at = end + (*end == ',');
  }
  for (guint i = 0; i < out->len; i++)
    if (!(g_array_index(out, double, i) >= least && g_array_index(out, double, i) <= most)) return false;
  return out->len > 0 && out->len <= MJ_FIT_MOST_VALUES;
}

static int read_numbers(const cli_context *cli, const char *option, const char *text, double least, double most,
                        double **list, int *n) {
  if (!text) return CLI_DONE;
  GArray *out = g_array_new(FALSE, FALSE, sizeof(double));
  bool fine = push_numbers(text, least, most, out);
  *n = (int)out->len;
  *list = (double *)(void *)g_array_free(out, FALSE);
  if (fine) return CLI_DONE;
  return cli_usage_error(
      cli,
      mj_tr(cli->lang,
            "option '%s': '%s' is no list of at most %d numbers from %g to %g, such as 1.5,2.0 or 1.5..3.0/0.5"),
      option, text, (int)MJ_FIT_MOST_VALUES, least, most);
}

/* "S/M/S,M": sets of codes, none empty. */
static int read_modules(const cli_context *cli, const char *text, char ***list, int *n) {
  if (!text) return CLI_DONE;
  *list = g_strsplit(text, "/", -1);
  bool fine = true;
  for (*n = 0; (*list)[*n]; (*n)++) {
    const char *set = (*list)[*n];
    size_t length = strlen(set);
    fine = fine && length && *set != ',' && set[length - 1] != ',' && !strstr(set, ",,");
  }
  if (fine && *n <= MJ_FIT_MOST_VALUES) return CLI_DONE;
  return cli_usage_error(
      cli, mj_tr(cli->lang, "option '%s': '%s' is no set of module codes such as S,M, or several as S/M/S,M"),
      "--module", text);
}

int fit_values_read(const cli_context *cli, const analyze_options *asked, fit_values *out) {
  mj_fit_values *v = &out->values;
  int code = read_numbers(cli, "--cap", asked->caps, 0.01, MOST_CAP, &out->cap, &v->n_caps);
  if (!code) code = read_numbers(cli, "--setback", asked->setbacks, 0, MOST_SETBACK_M, &out->setback_m, &v->n_setbacks);
  if (!code) code = read_modules(cli, asked->modules, &out->modules, &v->n_modules);
  v->cap = out->cap;
  v->setback_m = out->setback_m;
  v->modules = (const char *const *)out->modules;
  v->by_zone = asked->by_zone;
  return code;
}

void fit_values_reset(fit_values *values) {
  g_free(values->cap);
  g_free(values->setback_m);
  g_strfreev(values->modules);
  *values = (fit_values){0};
}
