#include "run.h"
#include "test.h"

static void inspect_looks_at_every_file_and_fails_when_one_cannot_be_read(void) {
  const run_result *r = run("$M inspect $S/samples/park/parcels.gpkg");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(same(r->err, ""));
  CU_ASSERT(says(r->out, "parcel_id"));
  r = run("$M inspect none.gpkg $S/samples/park/parcels.gpkg");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(says(r->err, "none.gpkg"));
  CU_ASSERT(says(r->out, "parcel_id"));
}

static void no_file_is_a_usage_error(void) {
  CU_ASSERT(same(run("$M inspect")->err, "mujun: no file given; see 'mujun inspect --help'\n"));
  CU_ASSERT_EQUAL(run("$M inspect 2> /dev/null")->code, 2);
  CU_ASSERT(same(run("$M init -o park.yaml")->err, "mujun: no file given; see 'mujun init --help'\n"));
  CU_ASSERT_EQUAL(run("test -e park.yaml")->code, 1);
}

static void init_prints_or_writes_a_project_and_replaces_none(void) {
  const run_result *r = run("$M init $S/samples/park/parcels.gpkg");
  CU_ASSERT_EQUAL(r->code, 0);
  CU_ASSERT(says(r->out, "parcels:"));
  CU_ASSERT_EQUAL(run("$M init -o park.yaml $S/samples/park/parcels.gpkg")->code, 0);
  CU_ASSERT_EQUAL(run("grep -q ^parcels: park.yaml && cp park.yaml before")->code, 0);
  r = run("$M init -o park.yaml $S/samples/park/parcels.gpkg");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: 'park.yaml' is already there; give --overwrite to replace it\n"));
  CU_ASSERT_EQUAL(run("cmp before park.yaml && $M init -o park.yaml --overwrite $S/samples/park/parcels.gpkg")->code,
                  0);
  r = run("$M init -o nowhere/park.yaml $S/samples/park/parcels.gpkg");
  CU_ASSERT_EQUAL(r->code, 1);
  CU_ASSERT(same(r->err, "mujun: cannot write 'nowhere/park.yaml': No such file or directory\n"));
}

static void a_project_written_elsewhere_still_finds_its_files(void) {
  run("mkdir -p sub && cp $S/samples/park/parcels.gpkg . && $M init -o sub/p.yaml parcels.gpkg");
  const run_result *r = run("grep -q \"$PWD/parcels.gpkg\" sub/p.yaml");
  CU_ASSERT_EQUAL(r->code, 0);
}

CLI_SUITE(files, T(inspect_looks_at_every_file_and_fails_when_one_cannot_be_read), T(no_file_is_a_usage_error),
          T(init_prints_or_writes_a_project_and_replaces_none), T(a_project_written_elsewhere_still_finds_its_files));
