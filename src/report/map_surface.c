#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "report/map.h"

#define POINTS_PER_MM (72 / 25.4)

mj_status mj_map_format_of(const char *path, mj_map_format *out, mj_error *err) {
  static const char *const end[] = {".png", ".svg", ".pdf"};
  const char *dot = strrchr(path, '.');
  for (int i = 0; dot && i < 3; i++)
    if (!strcasecmp(dot, end[i])) {
      *out = (mj_map_format)i;
      return MJ_OK;
    }
  return mj_fail(err, MJ_EINVAL, "'%s': a map is a .png, .svg or .pdf", path);
}

static cairo_status_t put(void *to, const unsigned char *bytes, unsigned n) {
  mj_text_put(to, (const char *)bytes, n);
  return ((mj_text *)to)->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* The day of the data, not of the drawing: the same bytes every time. */
static void put_metadata(const mj_map *map, cairo_surface_t *pdf, const char *title) {
  mj_piece run = {.table = map->d.run};
  const char *as_of = mj_piece_text(&run, 0, "as_of");
  char date[40];
  snprintf(date, sizeof date, "%.10sT00:00:00", as_of ? as_of : "1970-01-01");
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, date);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "mujun");
}

/* Letters are outlines in the picture: what it is called and what the legend says stand in it for readers aloud. */
static void put_words(mj_map *map, mj_text *svg, const char *title) {
  mj_text out = {0}, scratch = {0}, legend = {0};
  char *root = svg->data ? strstr(svg->data, "<svg") : NULL, *end = root ? strchr(root, '>') : NULL;
  if (!end) return;
  mj_map_describe(map, &legend);
  mj_text_put(&out, svg->data, (size_t)(end + 1 - svg->data));
  mj_text_add(&out, "\n<title>");
  mj_style_xml(&out, title, &scratch);
  mj_text_add(&out, "</title>\n<desc>");
  mj_style_xml(&out, legend.data ? legend.data : "", &scratch);
  mj_text_add(&out, "</desc>");
  mj_text_put(&out, end + 1, svg->n - (size_t)(end + 1 - svg->data));
  out.failed |= scratch.failed || legend.failed || svg->failed;
  mj_text_reset(&scratch);
  mj_text_reset(&legend);
  mj_text_reset(svg);
  *svg = out;
}

static cairo_surface_t *open_surface(mj_map_format format, double w, double h, mj_text *out) {
  if (format == MJ_MAP_PNG) return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(w), (int)lround(h));
  if (format == MJ_MAP_PDF) return cairo_pdf_surface_create_for_stream(put, out, w, h);
  cairo_surface_t *svg = cairo_svg_surface_create_for_stream(put, out, w, h);
  cairo_svg_surface_set_document_unit(svg, CAIRO_SVG_UNIT_PX);
  return svg;
}

mj_status mj_map_render(mj_map *map, const mj_map_page *page, mj_map_format format, mj_text *out, mj_error *err) {
  double per_mm = format == MJ_MAP_PDF ? POINTS_PER_MM : map->ask->size_px / MJ_MAP_PAGE_MM;
  const char *title = mj_map_title(map);
  if (!title) return mj_fail(err, MJ_ENOMEM, "out of memory");
  cairo_surface_t *surface = open_surface(format, page->w * per_mm, page->h * per_mm, out);
  if (format == MJ_MAP_PDF) put_metadata(map, surface, title);
  cairo_t *cr = cairo_create(surface);
  cairo_scale(cr, per_mm, per_mm);
  mj_status s = mj_map_draw(cr, map, page, err);
  cairo_status_t bad = cairo_status(cr);
  cairo_destroy(cr);
  if (!s && !bad && format == MJ_MAP_PNG) bad = cairo_surface_write_to_png_stream(surface, put, out);
  cairo_surface_finish(surface);
  if (!bad) bad = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (!s && format == MJ_MAP_SVG) put_words(map, out, title);
  if (!s && (bad == CAIRO_STATUS_NO_MEMORY || out->failed)) s = mj_fail(err, MJ_ENOMEM, "out of memory");
  if (!s && bad) s = mj_fail(err, MJ_EIO, "the map cannot be drawn: %s", cairo_status_to_string(bad));
  return s;
}
