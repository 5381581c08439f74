#include <math.h>
#include <string.h>

#include "report/dossier.h"

/* Metres around the parcel that the map shows at least; the parcel takes at most a bit over half of its width. */
enum { MARGIN_M = 40, DRAWN = 900 };
/* Of the square window a strip is seen: from HIDDEN below its upper edge, TALL high. */
#define HIDDEN 0.16
#define TALL 0.68

/* Everything is moved to the map's own corner and into metres before it is written: no coordinate leaves the file. The
 * window of the map is :x0, :y1 (its upper left corner) and :span wide. A public map is cut to what is seen of it
 * (:west to :top) and drawn in whole metres, so that no more of a border can be matched with another layer than is
 * shown. */
#define CUT                                                                                                      \
  "CASE WHEN NOT :open OR (ST_MinX(geom) >= :west AND ST_MaxX(geom) <= :right AND ST_MinY(geom) >= :bottom AND " \
  "ST_MaxY(geom) <= :top) THEN geom ELSE ST_CollectionExtract(ST_Intersection(geom, BuildMbr(:west, :bottom, "   \
  ":right, :top, ST_SRID(geom))), 3) END"
#define MOVED "ScaleCoords(ST_Translate(" CUT ", -:x0, -:y1, 0), :east, :north)"
/* Asked for no decimals, AsSvg takes the 0 of 90 for one that can go: whole metres are made before. */
#define SHAPE "AsSvg(CASE WHEN :open THEN ST_SnapToGrid(" MOVED ", 1.0) ELSE " MOVED " END, 0, 1)"
#define INSIDE "r.maxx >= :x0 AND r.minx <= :x0 + :span / :east AND r.maxy >= :y1 - :span / :north AND r.miny <= :y1"

static const char zones[] = "SELECT 'zone' AS kind, zone AS name, NULL AS x, NULL AS y, " SHAPE
                            " AS path FROM zones WHERE geom IS NOT NULL ORDER BY fid";
static const char parcels[] =
    "SELECT 'parcel' AS kind, parcel_id AS name, (ST_X(p) - :x0) * :east AS x, (:y1 - ST_Y(p)) * :north AS y, path, "
    "fid = "
    ":fid AS self FROM (SELECT fid, parcel_id, ST_PointOnSurface(geom) AS p, " SHAPE
    " AS path FROM parcels t JOIN rtree_parcels_geom r ON r.id = t.fid WHERE " INSIDE ") ORDER BY fid";
static const char buildings[] =
    "SELECT 'building' AS kind, " SHAPE
    " AS path FROM buildings t JOIN rtree_buildings_geom r ON r.id = t.fid WHERE " INSIDE " ORDER BY t.fid";

/* What is seen, and 2 m more so that the cut itself is not. */
static mj_status bind_cut(mj_dossier *d, double span, const double *middle, double east, double north, mj_error *err) {
  double x = (span / 2 + 2) / east, y = (span * TALL / 2 + 2) / north;
  MJ_TRY(mj_store_bind(d->store, "open", NULL, d->ask->open, err));
  MJ_TRY(mj_store_bind(d->store, "west", NULL, middle[0] - x, err));
  MJ_TRY(mj_store_bind(d->store, "right", NULL, middle[0] + x, err));
  MJ_TRY(mj_store_bind(d->store, "bottom", NULL, middle[1] - y, err));
  return mj_store_bind(d->store, "top", NULL, middle[1] + y, err);
}

/* The window: a square around the parcel. */
static mj_status aim(mj_dossier *d, double *span, double *middle, bool *drawn, mj_error *err) {
  mj_table t = {0};
  MJ_TRY(
      mj_store_table(d->store,
                     "SELECT ST_MinX(geom) AS x0, ST_MaxX(geom) AS x1, ST_MinY(geom) AS y0, ST_MaxY(geom) AS y1 FROM "
                     "parcels WHERE fid = :fid",
                     "box", &t, err));
  mj_piece p = {.table = t};
  double x0 = mj_piece_number(&p, 0, "x0"), x1 = mj_piece_number(&p, 0, "x1"), y0 = mj_piece_number(&p, 0, "y0"),
         y1 = mj_piece_number(&p, 0, "y1");
  mj_table_reset(&t);
  double north = d->degrees ? 110574 : d->unit_m,
         east = d->degrees ? 111320 * cos((isnan(d->lat_deg) ? 0 : d->lat_deg) * 3.14159265358979 / 180) : d->unit_m;
  double size = fmax((x1 - x0) * east, (y1 - y0) * north);
  *drawn = isfinite(size);
  if (!*drawn) return MJ_OK;
  *span = ceil(fmax(size * 1.8, size + 2 * MARGIN_M));
  middle[0] = (x0 + x1) / 2;
  middle[1] = (y0 + y1) / 2;
  MJ_TRY(bind_cut(d, *span, middle, east, north, err));
  MJ_TRY(mj_store_bind(d->store, "east", NULL, east, err));
  MJ_TRY(mj_store_bind(d->store, "north", NULL, north, err));
  MJ_TRY(mj_store_bind(d->store, "span", NULL, *span, err));
  MJ_TRY(mj_store_bind(d->store, "x0", NULL, middle[0] - *span / east / 2, err));
  return mj_store_bind(d->store, "y1", NULL, middle[1] + *span / north / 2, err);
}

static void put_escaped(mj_text *out, const char *text) {
  for (; *text; text++) {
    if (*text == '&') mj_text_add(out, "&amp;");
    else if (*text == '<') mj_text_add(out, "&lt;");
    else if ((unsigned char)*text >= ' ') mj_text_put(out, text, 1);
  }
}

/* The end of a code says which parcel of a neighbourhood it is. */
static const char *short_name(const char *name) {
  size_t n = strlen(name), cut = n > 7 ? n - 7 : 0;
  while (cut && ((unsigned char)name[cut] & 0xC0) == 0x80) cut--;
  return name + cut;
}

/* A name where there is room for it inside the window. */
static void put_name(mj_text *out, const mj_piece *p, int64_t row, double span, bool self, int decimals) {
  const char *name = mj_piece_text(p, row, "name");
  double x = mj_piece_number(p, row, "x"), y = mj_piece_number(p, row, "y");
  if (!name || !(x > 0.06 * span && x < 0.94 * span && y > (HIDDEN + 0.04) * span && y < (HIDDEN + TALL - 0.02) * span))
    return;
  mj_text_format(out, "<text class=\"%s\" x=\"%.*f\" y=\"%.*f\" font-size=\"%.2f\">", self ? "me" : "them", decimals, x,
                 decimals, y, span / (self ? 38 : 52));
  put_escaped(out, short_name(name));
  mj_text_add(out, "</text>\n");
}

static mj_status put_layer(mj_dossier *d, const char *table, const char *sql, double span, mj_text *out, mj_text *names,
                           mj_error *err) {
  mj_table t = {0};
  if (!mj_dossier_has(d, table)) return MJ_OK;
  MJ_TRY(mj_store_table(d->store, sql, "shapes", &t, err));
  mj_piece p = {.table = t};
  for (int pass = 0; pass < 2; pass++) /* the parcel itself over its neighbours */
    for (int64_t i = 0; i < t.n; i++) {
      const char *path = mj_piece_text(&p, i, "path"), *kind = mj_piece_text(&p, i, "kind");
      bool self = mj_piece_number(&p, i, "self") > 0;
      if (!path || !kind || self != pass) continue;
      mj_text_format(out, "<path class=\"%s\" d=\"%s\"/>\n", self ? "self" : kind, path);
      if (!strcmp(kind, "parcel")) put_name(names, &p, i, span, self, d->ask->open ? 0 : 1);
    }
  mj_table_reset(&t);
  return MJ_OK;
}

/* 1, 2 or 5 times a power of ten, about a quarter of the width. */
static double bar_of(double span) {
  double power = pow(10, floor(log10(span / 4))), times = span / 4 / power;
  return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

static void put_furniture(const mj_dossier *d, double span, double high, mj_text *out) {
  double bar = bar_of(span), x = span * 0.03, y = high - span * 0.03, thick = span * 0.008, s = span / 44;
  mj_text_format(out,
                 "<g class=\"bar\"><rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#fff\" "
                 "fill-opacity=\".86\"/>",
                 x - s * 0.6, y - s * 2.1, bar + s * 1.2, s * 2.7);
  mj_text_format(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#1d2733\"/>", x, y - thick,
                 bar / 2, thick);
  mj_text_format(out,
                 "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#fff\" stroke=\"#1d2733\" "
                 "stroke-width=\"%.3f\"/>",
                 x + bar / 2, y - thick, bar / 2, thick, thick / 8);
  mj_text_format(out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\">0</text>", x, y - thick * 1.7, s);
  mj_text_format(out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" text-anchor=\"end\">%g %s</text></g>\n", x + bar,
                 y - thick * 1.7, s, bar, MJ_WORDS(d, "米", "m"));
  mj_text_format(out,
                 "<g transform=\"translate(%.2f %.2f) scale(%.4f)\"><circle r=\"1.75\" cy=\"-.3\" fill=\"#fff\" "
                 "fill-opacity=\".86\"/><path d=\"M0-1.1.62 1 0 .55-.62 1z\" fill=\"#1d2733\"/><text y=\"-1.2\" "
                 "font-size=\".8\" text-anchor=\"middle\">%s</text></g>\n",
                 span * 0.95, span * 0.062, span / 36, MJ_WORDS(d, "北", "N"));
}

static mj_status draw(mj_dossier *d, double span, mj_text *out, mj_error *err) {
  static const char classes[] =
      "<style>.zone{fill:none;stroke:#6b4fa0;stroke-width:2;stroke-dasharray:9 5}.parcel{fill:#f4f1e8;stroke:#9aa3ad;"
      "stroke-width:1}.self{fill:#fbd9b5;stroke:#b3261e;stroke-width:3}.building{fill:#8795a3;fill-opacity:.72;stroke:"
      "#4d5a66;stroke-width:.7}path{vector-effect:non-scaling-stroke;fill-rule:evenodd}text{fill:#1d2733;font-family:"
      "inherit}.them,.me{text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-opacity:.85;stroke-linejoin:round}"
      ".them{fill:#5b6b7c;stroke-width:.25em}.me{fill:#8c1c13;font-weight:700;stroke-width:.25em}</style>\n";
  double high = span * TALL, top = span * HIDDEN;
  mj_text names = {0};
  mj_text_format(
      out,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" width=\"%d\" height=\"%d\" role=\"img\" "
      "aria-label=\"%s\">\n%s<rect width=\"100%%\" height=\"100%%\" fill=\"#fbfaf6\"/>\n<g "
      "transform=\"translate(0 %.1f)\">\n",
      span, high, DRAWN, (int)(DRAWN * TALL + 0.5), MJ_WORDS(d, "位置图", "location map"), classes, -top);
  mj_status s = put_layer(d, "rtree_parcels_geom", parcels, span, out, &names, err);
  if (!s) s = put_layer(d, "rtree_buildings_geom", buildings, span, out, &names, err);
  if (!s) s = put_layer(d, "zones", zones, span, out, &names, err);
  mj_text_add(out, names.data ? names.data : "");
  mj_text_add(out, "</g>\n");
  put_furniture(d, span, high, out);
  mj_text_add(out, "</svg>");
  out->failed |= names.failed;
  mj_text_reset(&names);
  return s;
}

/* Where it is, in the layers' own system: to the centimetre, or to 100 m in a public paper. */
static const char *place(mj_dossier *d, const double *middle) {
  double step = d->degrees ? 0.001 : 100 / d->unit_m, x = middle[0], y = middle[1];
  if (d->ask->open) {
    x = round(x / step) * step;
    y = round(y / step) * step;
  }
  return mj_arena_format(&d->arena,
                         d->degrees     ? d->ask->open ? "%.3f, %.3f" : "%.7f, %.7f"
                         : d->ask->open ? "%.0f, %.0f"
                                        : "%.2f, %.2f",
                         x, y);
}

mj_status mj_dossier_map(mj_dossier *d, mj_error *err) {
  double span = 0, middle[2] = {0};
  bool drawn = false;
  mj_text svg = {0};
  mj_paper_add(&d->paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, MJ_WORDS(d, "位置与面积", "Place and areas"));
  MJ_TRY(aim(d, &span, middle, &drawn, err));
  if (!drawn) {
    mj_paper_add(&d->paper, MJ_BLOCK_TEXT, MJ_TONE_PLAIN, MJ_WORDS(d, "本宗地没有图形。", "The parcel has no shape."));
    return MJ_OK;
  }
  if (d->ask->format == MJ_DOSSIER_HTML) MJ_TRY(draw(d, span, &svg, err));
  const char *at = place(d, middle);
  mj_block *block = mj_paper_say(&d->paper, MJ_BLOCK_FIGURE, MJ_TONE_PLAIN,
                                 MJ_WORDS(d, "%s中心%s（东、北）：%s，%s。", "%sMiddle%s (east, north): %s, %s."),
                                 d->ask->format == MJ_DOSSIER_HTML
                                     ? MJ_WORDS(d, "红线为本宗地，灰块为建筑，紫色虚线为片区界，上方为坐标北。",
                                                "Red: the parcel; grey: buildings; dashed: zones; up is grid north. ")
                                     : "",
                                 d->ask->open ? MJ_WORDS(d, "约", ", about") : "", at ? at : "", d->crs ? d->crs : "?");
  if (block && svg.data) block->svg = mj_arena_text(&d->arena, svg.data, svg.n);
  if (!at || svg.failed || (svg.data && (!block || !block->svg))) d->paper.failed = true;
  mj_text_reset(&svg);
  return MJ_OK;
}
