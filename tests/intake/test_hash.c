#include <stdio.h>

#include "files.h"
#include "intake/hash.h"

static void three_letters_have_the_digest_of_the_standard(void) {
  char out[65];
  mj_hash_path(write_text("abc.csv", "abc"), out); /* FIPS 180-4, example of SHA-256 */
  ASSERT_TEXT(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_shapefile_is_all_its_parts_in_name_order(void) {
  char out[65];
  write_text("t.shp", "b");
  write_text("t.dbf", "a");
  write_text("t.shx", "c");
  write_text("t.qml", "not a part");
  write_text("t2.dbf", "another file");
  mj_hash_path(in_folder("t.shp"), out); /* t.dbf, t.shp, t.shx: "abc" */
  ASSERT_TEXT(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void what_cannot_be_read_has_no_digest(void) {
  char out[65] = "x";
  mj_hash_path("/nonexistent/file", out);
  ASSERT_TEXT(out, "");
}

static void paths_are_hashed_beside_the_work(void) {
  char abc[256];
  snprintf(abc, sizeof abc, "%s", write_text("abc.csv", "abc"));
  const char *const paths[] = {abc, "/nonexistent/file", abc};
  char out[3][65];
  mj_hashing *hashing = NULL;
  CU_ASSERT_EQUAL_FATAL(mj_hash_start(3, paths, &hashing, NULL), MJ_OK);
  CU_ASSERT(mj_hash_finish(hashing, out) > 0);
  ASSERT_TEXT(out[2], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  ASSERT_TEXT(out[0], out[2]);
  ASSERT_TEXT(out[1], "");
  mj_hash_finish(NULL, NULL);
}

CU_SuiteInfo hash_suite = {
    "hash",
    folder_make,
    folder_remove,
    NULL,
    NULL,
    (CU_TestInfo[]){T(three_letters_have_the_digest_of_the_standard), T(a_shapefile_is_all_its_parts_in_name_order),
                    T(what_cannot_be_read_has_no_digest), T(paths_are_hashed_beside_the_work), CU_TEST_INFO_NULL}};
