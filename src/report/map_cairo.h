/** @file map_cairo.h  Cairo and Fontconfig, loaded when the first map is drawn: linked, they and the ten libraries of
 * X11 behind them cost every run 5 ms and 2 MB. The functions are called by their own names. */
#ifndef MJ_REPORT_MAP_CAIRO_H
#define MJ_REPORT_MAP_CAIRO_H

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include "mujun/status.h"

/* every function that the map calls; below, each once more */
// clang-format off
#define MJ_CAIRO(F) \
  F(cairo_arc) F(cairo_clip) F(cairo_close_path) F(cairo_create) F(cairo_destroy) F(cairo_fill) \
  F(cairo_fill_preserve) F(cairo_font_face_destroy) F(cairo_font_options_create) F(cairo_font_options_destroy) \
  F(cairo_font_options_set_antialias) F(cairo_font_options_set_hint_metrics) F(cairo_font_options_set_hint_style) \
  F(cairo_ft_font_face_create_for_pattern) F(cairo_image_surface_create) F(cairo_line_to) \
  F(cairo_matrix_init_identity) F(cairo_move_to) F(cairo_new_path) F(cairo_new_sub_path) F(cairo_paint) \
  F(cairo_path_extents) F(cairo_pdf_surface_create_for_stream) F(cairo_pdf_surface_set_metadata) \
  F(cairo_rectangle) F(cairo_restore) F(cairo_save) F(cairo_scale) F(cairo_scaled_font_create) \
  F(cairo_scaled_font_destroy) F(cairo_scaled_font_get_font_face) F(cairo_scaled_font_get_font_options) \
  F(cairo_scaled_font_text_extents) F(cairo_set_dash) F(cairo_set_font_face) F(cairo_set_font_options) \
  F(cairo_set_font_size) F(cairo_set_line_cap) F(cairo_set_line_join) F(cairo_set_line_width) \
  F(cairo_set_source_rgba) F(cairo_show_text) F(cairo_status) F(cairo_status_to_string) F(cairo_stroke) \
  F(cairo_surface_destroy) F(cairo_surface_finish) F(cairo_surface_status) F(cairo_surface_write_to_png_stream) \
  F(cairo_svg_surface_create_for_stream) F(cairo_svg_surface_set_document_unit) F(cairo_text_path)
#define MJ_FONTCONFIG(F) \
  F(FcCharSetHasChar) F(FcConfigDestroy) F(FcConfigSubstitute) F(FcDefaultSubstitute) F(FcFontRenderPrepare) \
  F(FcFontSetDestroy) F(FcFontSort) F(FcInitLoadConfigAndFonts) F(FcPatternAddBool) F(FcPatternAddInteger) \
  F(FcPatternAddString) F(FcPatternCreate) F(FcPatternDestroy) F(FcPatternGetCharSet) F(FcUtf8ToUcs4)
// clang-format on

#define MJ_MEMBER(name) __typeof__(name) *name;
typedef struct {
  MJ_CAIRO(MJ_MEMBER)
  MJ_FONTCONFIG(MJ_MEMBER)
} mj_cairo_functions;
#undef MJ_MEMBER

/** Filled by mj_cairo_load(), which comes before the first call of any of them. */
extern mj_cairo_functions mj_cairo;

/** Load both libraries, once a process; they stay. Errors: MJ_ENOTFOUND with the name of the one that is not there. */
MJ_NODISCARD mj_status mj_cairo_load(mj_error *err);

#ifndef MJ_CAIRO_LOADER /* it asks for them by these names */
#define cairo_arc mj_cairo.cairo_arc
#define cairo_clip mj_cairo.cairo_clip
#define cairo_close_path mj_cairo.cairo_close_path
#define cairo_create mj_cairo.cairo_create
#define cairo_destroy mj_cairo.cairo_destroy
#define cairo_fill mj_cairo.cairo_fill
#define cairo_fill_preserve mj_cairo.cairo_fill_preserve
#define cairo_font_face_destroy mj_cairo.cairo_font_face_destroy
#define cairo_font_options_create mj_cairo.cairo_font_options_create
#define cairo_font_options_destroy mj_cairo.cairo_font_options_destroy
#define cairo_font_options_set_antialias mj_cairo.cairo_font_options_set_antialias
#define cairo_font_options_set_hint_metrics mj_cairo.cairo_font_options_set_hint_metrics
#define cairo_font_options_set_hint_style mj_cairo.cairo_font_options_set_hint_style
#define cairo_ft_font_face_create_for_pattern mj_cairo.cairo_ft_font_face_create_for_pattern
#define cairo_image_surface_create mj_cairo.cairo_image_surface_create
#define cairo_line_to mj_cairo.cairo_line_to
#define cairo_matrix_init_identity mj_cairo.cairo_matrix_init_identity
#define cairo_move_to mj_cairo.cairo_move_to
#define cairo_new_path mj_cairo.cairo_new_path
#define cairo_new_sub_path mj_cairo.cairo_new_sub_path
#define cairo_paint mj_cairo.cairo_paint
#define cairo_path_extents mj_cairo.cairo_path_extents
#define cairo_pdf_surface_create_for_stream mj_cairo.cairo_pdf_surface_create_for_stream
#define cairo_pdf_surface_set_metadata mj_cairo.cairo_pdf_surface_set_metadata
#define cairo_rectangle mj_cairo.cairo_rectangle
#define cairo_restore mj_cairo.cairo_restore
#define cairo_save mj_cairo.cairo_save
#define cairo_scale mj_cairo.cairo_scale
#define cairo_scaled_font_create mj_cairo.cairo_scaled_font_create
#define cairo_scaled_font_destroy mj_cairo.cairo_scaled_font_destroy
#define cairo_scaled_font_get_font_face mj_cairo.cairo_scaled_font_get_font_face
#define cairo_scaled_font_get_font_options mj_cairo.cairo_scaled_font_get_font_options
#define cairo_scaled_font_text_extents mj_cairo.cairo_scaled_font_text_extents
#define cairo_set_dash mj_cairo.cairo_set_dash
#define cairo_set_font_face mj_cairo.cairo_set_font_face
#define cairo_set_font_options mj_cairo.cairo_set_font_options
#define cairo_set_font_size mj_cairo.cairo_set_font_size
#define cairo_set_line_cap mj_cairo.cairo_set_line_cap
#define cairo_set_line_join mj_cairo.cairo_set_line_join
#define cairo_set_line_width mj_cairo.cairo_set_line_width
#define cairo_set_source_rgba mj_cairo.cairo_set_source_rgba
#define cairo_show_text mj_cairo.cairo_show_text
#define cairo_status mj_cairo.cairo_status
#define cairo_status_to_string mj_cairo.cairo_status_to_string
#define cairo_stroke mj_cairo.cairo_stroke
#define cairo_surface_destroy mj_cairo.cairo_surface_destroy
#define cairo_surface_finish mj_cairo.cairo_surface_finish
#define cairo_surface_status mj_cairo.cairo_surface_status
#define cairo_surface_write_to_png_stream mj_cairo.cairo_surface_write_to_png_stream
#define cairo_svg_surface_create_for_stream mj_cairo.cairo_svg_surface_create_for_stream
#define cairo_svg_surface_set_document_unit mj_cairo.cairo_svg_surface_set_document_unit
#define cairo_text_path mj_cairo.cairo_text_path
#define FcCharSetHasChar mj_cairo.FcCharSetHasChar
#define FcConfigDestroy mj_cairo.FcConfigDestroy
#define FcConfigSubstitute mj_cairo.FcConfigSubstitute
#define FcDefaultSubstitute mj_cairo.FcDefaultSubstitute
#define FcFontRenderPrepare mj_cairo.FcFontRenderPrepare
#define FcFontSetDestroy mj_cairo.FcFontSetDestroy
#define FcFontSort mj_cairo.FcFontSort
#define FcInitLoadConfigAndFonts mj_cairo.FcInitLoadConfigAndFonts
#define FcPatternAddBool mj_cairo.FcPatternAddBool
#define FcPatternAddInteger mj_cairo.FcPatternAddInteger
#define FcPatternAddString mj_cairo.FcPatternAddString
#define FcPatternCreate mj_cairo.FcPatternCreate
#define FcPatternDestroy mj_cairo.FcPatternDestroy
#define FcPatternGetCharSet mj_cairo.FcPatternGetCharSet
#define FcUtf8ToUcs4 mj_cairo.FcUtf8ToUcs4
#endif
#endif
