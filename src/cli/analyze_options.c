#include "analyze.h"

#define ROLE(id, option, sentence)                                                                              \
  {                                                                                                             \
    .name = option, .kind = CLI_LIST, .value = "FILE[:LAYER]", .offset = offsetof(analyze_options, inputs[id]), \
    .recorded = true, .help = sentence                                                                          \
  }
#define OPTION(member, option, ...) \
  { .name = option, .offset = offsetof(analyze_options, member), __VA_ARGS__ }

/* What all three take. */
#define INPUTS                                                                                                       \
  ROLE(MJ_PARCELS, "parcels", "parcels (polygons); needed here or in PARK.YAML"),                                    \
      ROLE(MJ_ZONES, "zones", "zones of the park (polygons)"),                                                       \
      ROLE(MJ_BUILDINGS, "buildings", "buildings (polygons)"),                                                       \
      ROLE(MJ_PLAN_UNITS, "plan-units", "plan units with limits of plot ratio, coverage, height (polygons)"),        \
      ROLE(MJ_CONTROL_LINES, "control-lines", "industrial control lines (polygons)"),                                \
      ROLE(MJ_ROADS, "roads", "roads"), ROLE(MJ_WATER, "water", "water"),                                            \
      ROLE(MJ_EASEMENTS, "easements", "easements"),                                                                  \
      ROLE(MJ_ENTERPRISES, "enterprises", "enterprises by year (table)"),                                            \
      ROLE(MJ_OCCUPANCIES, "occupancies", "which enterprise uses which land or floor area (table)"),                 \
      ROLE(MJ_FACTORY_UNITS, "factory-units", "units of factory buildings (table)"),                                 \
      ROLE(MJ_PROJECTS, "projects", "construction projects (table or polygons)"),                                    \
      ROLE(MJ_CONTRACTS, "contracts", "land contracts (table)"),                                                     \
      OPTION(rules, "rules", .kind = CLI_NAMES, .value = "RULES", .recorded = true,                                  \
             .help =                                                                                                 \
                 "rulebooks: a name such as quanzhou-2025, or a YAML file; "                                         \
                 "commas between several"),                                                                          \
      OPTION(as_of, "as-of", .kind = CLI_DATE, .value = "DATE", .recorded = true,                                    \
             .help = "reference date, such as 2026-03-31; analyze needs it, here or in PARK.YAML"),                  \
      OPTION(year, "year", .kind = CLI_INT, .value = "YEAR", .low = MJ_YEAR_MIN, .high = MJ_YEAR_MAX,                \
             .recorded = true, .fallback = "the year before --as-of", .help = "year of the enterprise figures"),     \
      OPTION(output, "output", .letter = 'o', .kind = CLI_TEXT, .value = "DIR",                                      \
             .help = "folder of the results; made if it is not there"),                                              \
      OPTION(overwrite, "overwrite", .kind = CLI_FLAG, .help = "replace the result in DIR; other files there stay"), \
      OPTION(only, "only", .kind = CLI_CHOICES, .value = "KINDS", .choices = "geojson|csv|gpkg|xlsx|html",           \
             .fallback = "all", .recorded = true, .help = "kinds of results to write")

#define READING                                                                                                  \
  OPTION(crs, "crs", .kind = CLI_TEXT, .value = "CRS", .recorded = true,                                         \
         .help = "reference system of layers that carry none, such as EPSG:4549"),                               \
      OPTION(encoding, "encoding", .kind = CLI_TEXT, .value = "NAME", .recorded = true, .fallback = "found out", \
             .help = "encoding of the texts, such as GBK"),                                                      \
      OPTION(corrections, "corrections", .kind = CLI_TEXT, .value = "FILE", .recorded = true,                    \
             .help =                                                                                             \
                 "table of corrections: layer, id, field, old, new, reason, who; "                               \
                 "the inputs stay as they are")

#define RUNNING                                                                                                        \
  OPTION(decimals, "decimals", .kind = CLI_INT, .value = "N", .low = 0, .high = 12, .recorded = true, .fallback = "8", \
         .help = "decimals of GeoJSON coordinates in degrees (8: about 1 mm)"),                                        \
      OPTION(strict, "strict", .kind = CLI_FLAG, .help = "end with code 3 when rows were set aside"),                  \
      OPTION(threads, "threads", .kind = CLI_INT, .value = "N", .low = 0, .high = 64, .fallback = "one per core",      \
             .help = "threads; results do not depend on it"),                                                          \
      OPTION(no_sync, "no-sync", .kind = CLI_FLAG, .help = "do not wait until the disk has the results"),              \
      OPTION(quiet, "quiet", .letter = 'q', .kind = CLI_FLAG, .help = "print errors only"),                            \
      OPTION(progress, "progress", .kind = CLI_CHOICE, .value = "HOW", .choices = "auto|json|none",                    \
             .fallback = "auto",                                                                                       \
             .help =                                                                                                   \
                 "progress on stderr: a line on a terminal, JSON lines for "                                           \
                 "programs, or nothing"),                                                                              \
      OPTION(profile, "profile", .kind = CLI_FLAG, .help = "print the seconds of each stage on stderr")

const cli_option analyze_option_list[] = {
    INPUTS,
    OPTION(files, "files", .kind = CLI_NAMES, .value = "NAMES", .recorded = true,
           .help = "of the results only these, such as parcels.geojson,zones.csv; ledger and manifest always"),
    OPTION(all_reasons, "all-reasons", .kind = CLI_FLAG, .recorded = true,
           .help = "table reasons also says why a parcel is not idle or not inefficient, and by how much"),
    OPTION(pdf, "pdf", .kind = CLI_FLAG, .recorded = true,
           .help = "print report.html to report.pdf; it takes Chromium (chromium, chromium-browser or google-chrome)"),
    OPTION(fit, "fit", .kind = CLI_CHOICE, .value = "OF", .choices = "candidates|all|none", .fallback = "candidates",
           .recorded = true,
           .help = "parcels that standard factories are fitted on: candidates, all that may be "
                   "industrial, or none"),
    READING,
    OPTION(sql, "sql", .kind = CLI_LIST, .value = "FILE.sql", .recorded = true,
           .help = "a summary of your own: one SELECT over the tables of the result becomes a sheet, a CSV file and a "
                   "table"),
    RUNNING,
    {.name = NULL}};

const cli_option fit_option_list[] = {
    OPTION(on, "on", .kind = CLI_TEXT, .value = "FILE[:LAYER]", .recorded = true,
           .help = "a hand-drawn layer of polygons fitted instead of the parcels; a field such as "
                   "plot_ratio_cap gives the cap of each"),
    OPTION(caps, "cap", .kind = CLI_TEXT, .value = "CAPS", .recorded = true,
           .help = "plot ratio cap for every parcel; several are tried out: 1.5,2.0,2.5 or 1.5..3.0/0.5"),
    OPTION(modules, "module", .kind = CLI_TEXT, .value = "CODES", .recorded = true,
           .help = "modules to build with, codes of the catalogue: S,M; several sets are tried out: S/M/S,M"),
    OPTION(setbacks, "setback", .kind = CLI_TEXT, .value = "METRES", .recorded = true,
           .help = "setback from every border, m; several are tried out: 5,8 or 5..10/1"),
    OPTION(by_zone, "by-zone", .kind = CLI_FLAG, .recorded = true, .help = "what is tried out by zone too"),
    INPUTS,
    READING,
    RUNNING,
    {.name = NULL}};
