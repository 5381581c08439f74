#include <stdlib.h>
#include <string.h>

#include "report/map.h"

/* Fonts of one weight in the order in which they are asked; a face is made when it is first needed. */
typedef struct {
  FcPattern *asked;
  FcFontSet *sorted;
  cairo_scaled_font_t **unit; /* [sorted->nfont] of size 1, or NULL */
} family;

struct mj_map_fonts {
  FcConfig *config;
  family of[2];
  bool lacks;
};

static bool open_family(mj_map_fonts *fonts, family *f, int weight) {
  FcResult result;
  f->asked = FcPatternCreate();
  if (!f->asked) return false;
  FcPatternAddString(f->asked, FC_FAMILY, (const FcChar8 *)"Noto Sans CJK SC");
  FcPatternAddString(f->asked, FC_FAMILY, (const FcChar8 *)"sans-serif");
  FcPatternAddString(f->asked, FC_LANG, (const FcChar8 *)"zh-cn");
  FcPatternAddInteger(f->asked, FC_WEIGHT, weight);
  FcPatternAddBool(f->asked, FC_SCALABLE, FcTrue);
  FcConfigSubstitute(fonts->config, f->asked, FcMatchPattern);
  FcDefaultSubstitute(f->asked);
  f->sorted = FcFontSort(fonts->config, f->asked, FcTrue, NULL, &result);
  if (!f->sorted || !f->sorted->nfont) return false;
  f->unit = calloc((size_t)f->sorted->nfont, sizeof *f->unit);
  return f->unit != NULL;
}

mj_status mj_map_fonts_open(mj_map_fonts **out, mj_error *err) {
  *out = NULL;
  MJ_TRY(mj_cairo_load(err));
  mj_map_fonts *fonts = *out = calloc(1, sizeof *fonts);
  if (!fonts) return mj_fail(err, MJ_ENOMEM, "out of memory");
  fonts->config = FcInitLoadConfigAndFonts();
  if (fonts->config && open_family(fonts, &fonts->of[MJ_MAP_PLAIN], FC_WEIGHT_REGULAR) &&
      open_family(fonts, &fonts->of[MJ_MAP_BOLD], FC_WEIGHT_BOLD))
    return MJ_OK;
  mj_map_fonts_close(fonts);
  *out = NULL;
  return mj_fail(err, MJ_ENOTFOUND, "no font is installed that a map could be lettered with: install fonts-noto-cjk");
}

void mj_map_fonts_close(mj_map_fonts *fonts) {
  if (!fonts) return;
  for (int w = 0; w < 2; w++) {
    family *f = &fonts->of[w];
    for (int i = 0; f->unit && i < f->sorted->nfont; i++) cairo_scaled_font_destroy(f->unit[i]);
    free(f->unit);
    if (f->sorted) FcFontSetDestroy(f->sorted);
    if (f->asked) FcPatternDestroy(f->asked);
  }
  if (fonts->config) FcConfigDestroy(fonts->config);
  free(fonts);
}

bool mj_map_fonts_lack(const mj_map_fonts *fonts) { return fonts->lacks; }

/* The same widths on every surface and at every size: no hints. */
static cairo_scaled_font_t *make(const mj_map_fonts *fonts, const family *f, int i) {
  cairo_matrix_t one;
  FcPattern *whole = FcFontRenderPrepare(fonts->config, f->asked, f->sorted->fonts[i]);
  if (!whole) return NULL;
  cairo_font_face_t *face = cairo_ft_font_face_create_for_pattern(whole);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_matrix_init_identity(&one);
  cairo_scaled_font_t *made = cairo_scaled_font_create(face, &one, &one, options);
  cairo_font_options_destroy(options);
  cairo_font_face_destroy(face);
  FcPatternDestroy(whole);
  return made;
}

static cairo_scaled_font_t *font_at(mj_map_fonts *fonts, family *f, int i) {
  if (!f->unit[i]) f->unit[i] = make(fonts, f, i);
  return f->unit[i];
}

/* The first font that has the character; the first of all where none has it. */
static int font_for(mj_map_fonts *fonts, const family *f, FcChar32 c) {
  for (int i = 0; i < f->sorted->nfont; i++) {
    FcCharSet *set;
    if (FcPatternGetCharSet(f->sorted->fonts[i], FC_CHARSET, 0, &set) == FcResultMatch && FcCharSetHasChar(set, c))
      return i;
  }
  fonts->lacks = true;
  return 0;
}

/* The longest beginning of @p text that one font draws: its bytes, and the font. */
static size_t take_run(mj_map_fonts *fonts, const family *f, const char *text, int *font) {
  size_t n = strlen(text), at = 0;
  *font = -1;
  while (at < n) {
    FcChar32 c;
    int bytes = FcUtf8ToUcs4((const FcChar8 *)text + at, &c, (int)(n - at)), its;
    if (bytes <= 0) break;
    its = c == ' ' && *font >= 0 ? *font : font_for(fonts, f, c);
    if (*font >= 0 && its != *font) return at;
    *font = its;
    at += (size_t)bytes;
  }
  return at;
}

/* The run as a text of its own; one that is longer than any line of a map is cut. */
static const char *run_text(const char *text, size_t n, char buffer[512]) {
  n = n < 511 ? n : mj_utf8_cut(text, 511);
  memcpy(buffer, text, n);
  buffer[n] = 0;
  return buffer;
}

double mj_map_width(mj_map_fonts *fonts, const char *text, const mj_map_type *type) {
  family *f = &fonts->of[type->weight];
  char buffer[512];
  double w = 0;
  int font;
  for (size_t n; (n = take_run(fonts, f, text, &font)) > 0; text += n) {
    cairo_text_extents_t extents;
    cairo_scaled_font_t *unit = font_at(fonts, f, font);
    if (!unit) continue;
    cairo_scaled_font_text_extents(unit, run_text(text, n, buffer), &extents);
    w += extents.x_advance * type->size;
  }
  return w;
}

static void set_font(cairo_t *cr, cairo_scaled_font_t *unit, double size) {
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_scaled_font_get_font_options(unit, options);
  cairo_set_font_face(cr, cairo_scaled_font_get_font_face(unit));
  cairo_set_font_size(cr, size);
  cairo_set_font_options(cr, options);
  cairo_font_options_destroy(options);
}

void mj_map_text(cairo_t *cr, mj_map_fonts *fonts, const char *text, double x, double y, const mj_map_type *type) {
  family *f = &fonts->of[type->weight];
  char buffer[512];
  int font;
  if (type->align != MJ_MAP_LEFT) x -= mj_map_width(fonts, text, type) / (type->align == MJ_MAP_MIDDLE ? 2 : 1);
  for (int pass = type->halo > 0 ? 0 : 1; pass < 2; pass++) {
    double at = x;
    const char *rest = text;
    for (size_t n; (n = take_run(fonts, f, rest, &font)) > 0; rest += n) {
      cairo_scaled_font_t *unit = font_at(fonts, f, font);
      cairo_text_extents_t extents;
      if (!unit) continue;
      run_text(rest, n, buffer);
      cairo_scaled_font_text_extents(unit, buffer, &extents);
      set_font(cr, unit, type->size);
      cairo_move_to(cr, at, y);
      mj_map_colour(cr, pass ? type->rgb : type->rim, pass ? 1 : 0.85);
      if (pass) {
        cairo_show_text(cr, buffer);
      } else {
        cairo_text_path(cr, buffer);
        cairo_set_line_width(cr, 2 * type->halo);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cr);
      }
      at += extents.x_advance * type->size;
    }
  }
  cairo_new_path(cr);
}

const char *mj_map_cut(mj_map_fonts *fonts, const char *text, const mj_map_type *type, double w, mj_arena *arena) {
  size_t n = strlen(text);
  if (n > 400) n = mj_utf8_cut(text, 400);
  const char *out = mj_arena_text(arena, text, n);
  if (!out || (!text[n] && mj_map_width(fonts, out, type) <= w)) return out;
  size_t low = 0, high = n; /* the longest beginning that fits with the dots */
  while (low < high) {
    size_t middle = mj_utf8_cut(text, (low + high + 1) / 2);
    if (middle <= low) middle = (low + high + 1) / 2;
    while (middle < n && ((unsigned char)text[middle] & 0xC0) == 0x80) middle++;
    const char *some = mj_arena_format(arena, "%.*s…", (int)middle, text);
    if (!some) return NULL;
    if (mj_map_width(fonts, some, type) <= w) low = middle;
    else high = middle - 1;
    while (high > low && high < n && ((unsigned char)text[high] & 0xC0) == 0x80) high--;
  }
  return mj_arena_format(arena, "%.*s…", (int)low, text);
}
