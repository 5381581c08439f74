#include "cli.h"

typedef struct {
  char *output, *zone, *parcel;
  int theme, size;
  bool world, overwrite;
} map_options;

enum { SIZE = 1600 };

#define OPTION(member, option, ...) \
  { .name = option, .offset = offsetof(map_options, member), __VA_ARGS__ }

static const cli_option options[] = {
    OPTION(theme, "theme", .kind = CLI_CHOICE, .value = "THEME", .choices = MJ_THEMES, .fallback = "status",
           .help = "what the parcels (or another layer) are coloured by; the themes are those of QGIS"),
    OPTION(zone, "zone", .kind = CLI_TEXT, .value = "NAME", .help = "only this zone"),
    OPTION(parcel, "parcel", .kind = CLI_TEXT, .value = "ID", .help = "only this parcel and what is around it"),
    OPTION(size, "size", .kind = CLI_INT, .value = "PIXELS", .low = 200, .high = 20000, .fallback = "1600",
           .help = "longer side of the picture; a PDF is 297 mm long and has no pixels"),
    OPTION(output, "output", .letter = 'o', .kind = CLI_TEXT, .value = "FILE",
           .help = "the picture: its name ends in .png, .svg or .pdf"),
    OPTION(world, "world", .kind = CLI_FLAG,
           .help = "write a world file beside a PNG (map.pgw), so that GIS programs put the picture in its place"),
    OPTION(overwrite, "overwrite", .kind = CLI_FLAG, .help = "replace the file"),
    {.name = NULL}};

static int draw(const cli_context *cli, const map_options *asked, const char *dir) {
  mj_error err = {.lang = cli->lang};
  mj_text warnings = {0};
  char theme[64] = "";
  if (asked->theme) {
    char **names = g_strsplit(MJ_THEMES, "|", -1);
    g_strlcpy(theme, names[asked->theme - 1], sizeof theme);
    g_strfreev(names);
  }
  mj_map_options o = {.dir = dir,
                      .theme = *theme ? theme : NULL,
                      .zone = asked->zone,
                      .parcel_id = asked->parcel,
                      .size_px = asked->size,
                      .lang = cli->lang,
                      .lang_given = cli->lang_given,
                      .world = asked->world,
                      .overwrite = asked->overwrite};
  mj_status status = mj_map_write(&o, asked->output, &warnings, &err);
  if (status) cli_error(cli, err.message);
  else if (warnings.data) cli_error(cli, warnings.data);
  mj_text_reset(&warnings);
  return status ? CLI_FAILED : CLI_DONE;
}

static int run(cli_context *cli, int argc, char **argv) {
  map_options asked = {.size = SIZE};
  GPtrArray *words = g_ptr_array_new();
  int code = cli_parse(cli, &cmd_map, argc, argv, &asked, words);
  if (!code && words->len != 1) code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "give the folder of a result, one"));
  if (!code && !asked.output) code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "give -o FILE.png, .svg or .pdf"));
  if (!code && asked.zone && asked.parcel)
    code = cli_usage_error(cli, "%s", mj_tr(cli->lang, "--zone and --parcel do not go together"));
  if (!code) code = draw(cli, &asked, g_ptr_array_index(words, 0));
  g_ptr_array_unref(words);
  cli_options_free(options, &asked);
  return code;
}

const cli_command cmd_map = {
    .name = "map",
    .run = run,
    .arguments = "DIR",
    .summary = "a picture of a result for a paper or a slide: parcels by theme, legend, scale, north arrow, source",
    .detail =
        "DIR is the folder of a result of mujun analyze. Classes and colours are those that QGIS shows; the legend "
        "counts what each class holds. QGIS is not needed. The page is 297 mm long, lines and letters are in "
        "millimetres, and the legend goes where the map leaves room. Letters of an SVG are outlines, so that it looks "
        "the same on a machine without the font. The same result gives the same bytes.",
    .options = options,
    .examples = {{"mujun map out --theme status --size 1600 -o map.png", "the whole park by what was found"},
                 {"mujun map out --theme plot_ratio --zone 中部片区 -o map.pdf", "one zone by plot ratio"}},
    .exit_codes = "012",
};
