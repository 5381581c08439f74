#include "run.h"
#include "test.h"

#define PARK "$S/samples/park/park.yaml"
#define ONE "350502901001GB00001"

static void one_parcel_is_reported_on_the_terminal(void) {
  const run_result *r = run("$M fit " PARK " " ONE " --lang en");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
  CU_ASSERT(says(r->out, "Parcel " ONE " "));
  CU_ASSERT(says(r->out, "norms are assumed; see mujun rules show fit\n"));
  CU_ASSERT(!strstr(r->out, "Results:"));
}

static void files_go_to_a_folder_all_or_none(void) {
  const run_result *r = run("$M fit " PARK " " ONE " --lang en -o out1 --cap 1..2/0.5");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "\nResults: out1 (ledger: out1/ledger.csv)\n"));
  CU_ASSERT_EQUAL(run("test -s out1/fit.geojson && test -s out1/tables/fit_options.csv && test -s out1/mujun.gpkg && "
                      "test -s out1/summary.xlsx && test -s out1/manifest.json && test ! -e out1/tables/zones.csv && "
                      "test $(wc -l < out1/tables/fit_sweep.csv) = 4")
                      ->code,
                  0);
  CU_ASSERT_EQUAL(run("$M fit " PARK " " ONE " -o out1 -q")->code, 1);
  r = run("$M fit " PARK " 12 -o out2");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: 没有宗地 '12'\n")); /* the park speaks Chinese */
  CU_ASSERT_EQUAL(run("test ! -e out2")->code, 0);
}

static void a_wrong_line_ends_with_2(void) {
  static const char *const wrong[] = {"",
                                      PARK " " ONE " --on x.gpkg",
                                      PARK " --cap high",
                                      PARK " --cap 1..2",
                                      PARK " --cap 2..1/0.5",
                                      PARK " --cap 1.5,",
                                      PARK " --cap 0",
                                      PARK " --setback 5m",
                                      PARK " --module S,,M",
                                      PARK " --module S/"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    char script[256];
    snprintf(script, sizeof script, "$M fit %s -o never", wrong[i]);
    const run_result *r = run(script);
    CU_ASSERT_EQUAL(r->code, 2);
    CU_ASSERT(says(r->err, "; see 'mujun fit --help'\n"));
  }
  CU_ASSERT_EQUAL(run("$M fit --parcels $S/samples/park/parcels.gpkg")->code, 2); /* no reference date */
  CU_ASSERT_EQUAL(run("test ! -e never")->code, 0);
}

static void a_drawn_layer_needs_neither_park_nor_date(void) {
  static const char make[] =
      "echo "
      "'{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":"
      "\"Polygon\",\"coordinates\":[[[118.55,24.9],[118.552,24.9],[118.552,24.902],[118.55,24.902],[118.55,24.9]]]}}]}'"
      " "
      "> d.geojson";
  CU_ASSERT_EQUAL(run(make)->code, 0);
  const run_result *r = run("$M fit --on d.geojson --cap 2.0");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "Parcel 1: land "));
  CU_ASSERT(says(r->out, "m2 if the land is clear\n"));
  CU_ASSERT(says(r->out, "no roads were given"));
}

CLI_SUITE(fit, T(one_parcel_is_reported_on_the_terminal), T(files_go_to_a_folder_all_or_none),
          T(a_wrong_line_ends_with_2), T(a_drawn_layer_needs_neither_park_nor_date));
