#include <fcntl.h>
#include <sys/file.h>
#include <sys/inotify.h>

#include "base/text.h"
#include "report/fixture.h"
#include "report/folder.h"

static const mj_folder closed = {.lock = -1};

static mj_folder folder_at(const char *dir, bool overwrite) {
  mj_folder f = closed;
  f.dir = dir;
  f.overwrite = overwrite;
  strcpy(f.run_id, "0123456789abcdef");
  return f;
}

static void add_file(mj_folder *f, const char *name, const char *text) {
  mj_out_file *out;
  CU_ASSERT_EQUAL_FATAL(mj_folder_add(f, name, &out, NULL), MJ_OK);
  FILE *file = fopen(out->temp, "wb");
  CU_ASSERT_PTR_NOT_NULL_FATAL(file);
  fputs(text, file);
  fclose(file);
}

static void nothing_has_its_name_before_the_commit(void) {
  char dir[64], out[96];
  snprintf(out, sizeof out, "%s/new/deeper/", temp_dir(dir));
  mj_folder f = folder_at(out, false);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "parcels.geojson", "a");
  add_file(&f, "tables/parcels.csv", "b");
  add_file(&f, "manifest.json", "c");
  CU_ASSERT_FALSE(file_there(out, "parcels.geojson"));
  CU_ASSERT_TRUE(file_there(out, ".parcels.geojson.tmp.0123456789abcdef"));
  CU_ASSERT_EQUAL(mj_folder_commit(&f, NULL), MJ_OK);
  mj_folder_close(&f);
  CU_ASSERT_EQUAL(count_entries(out), 3);
  CU_ASSERT_TRUE(file_there(out, "parcels.geojson") && file_there(out, "tables/parcels.csv") &&
                 file_there(out, "manifest.json"));
  remove_tree(dir);
}

static void files_are_waited_for_once(void) {
  char dir[64];
  mj_error err = {0};
  mj_folder f = folder_at(temp_dir(dir), false);
  f.sync = true;
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "parcels.geojson", "a");
  CU_ASSERT_EQUAL(mj_folder_sync(&f, NULL), MJ_OK);
  CU_ASSERT_TRUE(f.file[0].synced);
  CU_ASSERT_EQUAL(unlink(f.file[0].temp), 0);
  CU_ASSERT_EQUAL(mj_folder_sync(&f, NULL), MJ_OK); /* not looked at again */
  add_file(&f, "zones.geojson", "b");
  CU_ASSERT_EQUAL(unlink(f.file[1].temp), 0);
  CU_ASSERT_EQUAL(mj_folder_sync(&f, &err), MJ_EIO);
  CU_ASSERT_PTR_NOT_NULL(strstr(err.message, "zones.geojson': No such file or directory"));
  f.sync = false;
  CU_ASSERT_EQUAL(mj_folder_sync(&f, NULL), MJ_OK);
  mj_folder_close(&f);
  remove_tree(dir);
}

static void a_run_that_gives_up_leaves_no_trace(void) {
  char dir[64], out[96];
  snprintf(out, sizeof out, "%s/new", temp_dir(dir));
  mj_folder f = folder_at(out, false);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "tables/parcels.csv", "b");
  mj_folder_close(&f);
  CU_ASSERT_EQUAL(count_entries(dir), 0);
  remove_tree(dir);
}

static void a_result_is_refused_without_overwrite_and_replaced_with_it(void) {
  char dir[64], expected[200];
  mj_error err = {0};
  temp_dir(dir);
  write_file(dir, "manifest.json",
             "{\"mujun\": \"0\",\n{\"file\": \"mujun.gpkg\", \"bytes\": 1},\n{\"file\": "
             "\"../precious.csv\"},\n{\"file\": \"parcels.geojson\"}");
  write_file(dir, "mujun.gpkg", "old");
  write_file(dir, "parcels.geojson", "old");
  write_file(dir, "notes.txt", "theirs");
  CU_ASSERT_EQUAL(mj_folder_check(dir, false, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected,
           "'%s' already holds manifest.json: give another folder, or --overwrite to replace it", dir);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, &err), MJ_OK);
  add_file(&f, "parcels.geojson", "new");
  add_file(&f, "manifest.json", "new manifest");
  char *old = read_file(dir, "parcels.geojson", NULL);
  CU_ASSERT_STRING_EQUAL(old, "old");
  free(old);
  CU_ASSERT_EQUAL(mj_folder_commit(&f, &err), MJ_OK);
  mj_folder_close(&f);
  char *now = read_file(dir, "parcels.geojson", NULL);
  CU_ASSERT_STRING_EQUAL(now, "new");
  free(now);
  CU_ASSERT_FALSE(file_there(dir, "mujun.gpkg")); /* the old manifest calls it ours, and this run wrote none */
  CU_ASSERT_TRUE(file_there(dir, "notes.txt"));
  CU_ASSERT_EQUAL(count_entries(dir), 3);
  remove_tree(dir);
}

static const char old_manifest[] =
    "{\"mujun\": \"0\",\n{\"file\": \"parcels.geojson\"},\n{\"file\": \"tables/zones.csv\"},\n"
    "{\"file\": \"mujun.gpkg\"}";

static void text_is(const char *dir, const char *name, const char *want) {
  char *got = read_file(dir, name, NULL);
  CU_ASSERT(got && !strcmp(got, want));
  free(got);
}

/* Two are in place and the old files of three moved when the way of the last but one is barred. */
static void a_rename_that_fails_half_way_puts_the_old_result_back(void) {
  char dir[64], path[96], expected[200];
  mj_error err = {0};
  temp_dir(dir);
  snprintf(path, sizeof path, "%s/tables", dir);
  mkdir(path, 0777);
  write_file(dir, "manifest.json", old_manifest);
  write_file(dir, "parcels.geojson", "old parcels");
  write_file(dir, "mujun.gpkg", "old package");
  write_file(path, "zones.csv", "old zones");
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "parcels.geojson", "new parcels");
  add_file(&f, "candidates.geojson", "new candidates"); /* the old result had none */
  add_file(&f, "tables/zones.csv", "new zones");
  add_file(&f, "summary.xlsx", "new summary");
  add_file(&f, "manifest.json", "new manifest");
  snprintf(path, sizeof path, "%s/summary.xlsx", dir);
  mkdir(path, 0777);
  CU_ASSERT_EQUAL(mj_folder_commit(&f, &err), MJ_EIO);
  snprintf(expected, sizeof expected, "cannot write '%s': Is a directory", path);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  mj_folder_close(&f);
  text_is(dir, "manifest.json", old_manifest);
  text_is(dir, "parcels.geojson", "old parcels");
  text_is(dir, "mujun.gpkg", "old package");
  text_is(dir, "tables/zones.csv", "old zones");
  CU_ASSERT_EQUAL(count_entries(dir), 5); /* three files, tables, and the folder in the way */
  snprintf(path, sizeof path, "%s/tables", dir);
  CU_ASSERT_EQUAL(count_entries(path), 1);
  remove_tree(dir);
}

/* Names that moved in the folder, in order: -name away, +name here, one a line. */
static void read_moves(int watch, mj_text *out) {
  static char bytes[16384] __attribute__((aligned(8)));
  for (ssize_t n = read(watch, bytes, sizeof bytes), at = 0; at < n;) {
    const struct inotify_event *e = (const struct inotify_event *)(bytes + at);
    if (e->name[0] != '.') mj_text_format(out, "%s%s\n", e->mask & IN_MOVED_TO ? "+" : "-", e->name);
    at += (ssize_t)sizeof *e + e->len;
  }
}

/* What a reader sees while the result changes: never a manifest beside files that are not its own. */
static void the_old_manifest_goes_first_and_the_new_one_comes_last(void) {
  char dir[64];
  mj_text moves = {0};
  temp_dir(dir);
  write_file(dir, "manifest.json", old_manifest);
  write_file(dir, "parcels.geojson", "old");
  write_file(dir, "mujun.gpkg", "old"); /* not written again */
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "parcels.geojson", "new");
  add_file(&f, "zones.geojson", "new");
  add_file(&f, "manifest.json", "new");
  int watch = inotify_init1(IN_NONBLOCK);
  CU_ASSERT_FATAL(watch >= 0 && inotify_add_watch(watch, dir, IN_MOVE | IN_DELETE) >= 0);
  CU_ASSERT_EQUAL(mj_folder_commit(&f, NULL), MJ_OK);
  read_moves(watch, &moves);
  close(watch);
  mj_folder_close(&f);
  CU_ASSERT_STRING_EQUAL(moves.data,
                         "-manifest.json\n-parcels.geojson\n+parcels.geojson\n+zones.geojson\n-mujun.gpkg\n"
                         "+manifest.json\n");
  CU_ASSERT_EQUAL(count_entries(dir), 3);
  mj_text_reset(&moves);
  remove_tree(dir);
}

static void leftovers_of_killed_runs_go_and_other_hidden_files_stay(void) {
  char dir[64], tables[96];
  temp_dir(dir);
  snprintf(tables, sizeof tables, "%s/tables", dir);
  mkdir(tables, 0777);
  write_file(dir, ".parcels.geojson.tmp.fedcba9876543210", "x");
  write_file(dir, ".mujun.tmp-fedcba9876543210.gpkg", "x");
  write_file(dir, ".mujun.tmp-fedcba9876543210.gpkg-journal", "x");
  write_file(tables, ".zones.csv.tmp.fedcba9876543210", "x");
  write_file(dir, ".zones.geojson.old.fedcba9876543210", "x");
  write_file(dir, ".hidden", "x");
  write_file(dir, ".vim.tmp.swap", "x");
  mj_folder f = folder_at(dir, false);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  mj_folder_close(&f);
  CU_ASSERT_EQUAL(count_entries(dir), 3); /* tables and the two that are not ours */
  CU_ASSERT_EQUAL(count_entries(tables), 0);
  CU_ASSERT_TRUE(file_there(dir, ".hidden") && file_there(dir, ".vim.tmp.swap"));
  remove_tree(dir);
}

static void a_link_is_replaced_and_never_followed(void) {
  char dir[64], link[96], target[96];
  struct stat st;
  temp_dir(dir);
  snprintf(link, sizeof link, "%s/ledger.csv", dir);
  snprintf(target, sizeof target, "%s/elsewhere", dir);
  write_file(dir, "elsewhere", "theirs");
  CU_ASSERT_EQUAL_FATAL(symlink(target, link), 0);
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "ledger.csv", "ours");
  CU_ASSERT_EQUAL(mj_folder_commit(&f, NULL), MJ_OK);
  mj_folder_close(&f);
  char *kept = read_file(dir, "elsewhere", NULL);
  CU_ASSERT_STRING_EQUAL(kept, "theirs");
  free(kept);
  CU_ASSERT(!lstat(link, &st) && S_ISREG(st.st_mode));
  remove_tree(dir);
}

static void an_input_is_never_replaced(void) {
  char dir[64], input[96], expected[220];
  mj_error err = {0};
  temp_dir(dir);
  snprintf(input, sizeof input, "%s/../%s/parcels.geojson", dir, strrchr(dir, '/') + 1);
  write_file(dir, "parcels.geojson", "{}");
  mj_source source = {.role = MJ_PARCELS, .path = input};
  mj_park park = {.sources = &source, .n_sources = 1};
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  add_file(&f, "parcels.geojson", "new");
  CU_ASSERT_EQUAL(mj_folder_spare(&f, &park, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected, "'%s' is an input and would be replaced: give another output folder", input);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  mj_folder_close(&f);
  CU_ASSERT_EQUAL(count_entries(dir), 1);
  remove_tree(dir);
}

static void places_that_cannot_be_written_are_named(void) {
  char dir[64], path[96], expected[240];
  mj_error err = {0};
  mj_out_file *out;
  temp_dir(dir);
  write_file(dir, "file", "x");
  snprintf(path, sizeof path, "%s/file", dir);
  CU_ASSERT_EQUAL(mj_folder_check(path, true, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected, "'%s' is a file, not a folder", path);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  snprintf(path, sizeof path, "%s/file/out", dir);
  CU_ASSERT_EQUAL(mj_folder_check(path, true, &err), MJ_EIO);
  snprintf(expected, sizeof expected, "cannot write '%s': Not a directory", path);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  CU_ASSERT_EQUAL(mj_folder_check("", true, &err), MJ_EINVAL);
  CU_ASSERT_STRING_EQUAL(err.message, "no output folder is given");
  snprintf(path, sizeof path, "%s/summary.xlsx", dir);
  mkdir(path, 0777);
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL_FATAL(mj_folder_open(&f, NULL), MJ_OK);
  CU_ASSERT_EQUAL(mj_folder_add(&f, "summary.xlsx", &out, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected, "'%s' is a folder where a file is to be written", path);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  mj_folder_close(&f);
  remove_tree(dir);
}

static void a_second_run_and_an_open_qgis_are_told_apart(void) {
  char dir[64], expected[200];
  mj_error err = {0};
  temp_dir(dir);
  int held = open(dir, O_RDONLY | O_DIRECTORY);
  CU_ASSERT_EQUAL_FATAL(flock(held, LOCK_EX), 0);
  mj_folder f = folder_at(dir, true);
  CU_ASSERT_EQUAL(mj_folder_open(&f, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected, "another run is writing to '%s'", dir);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  mj_folder_close(&f);
  close(held);
  write_file(dir, "mujun.gpkg-wal", "");
  CU_ASSERT_EQUAL(mj_folder_check(dir, true, &err), MJ_EEXIST);
  snprintf(expected, sizeof expected, "'%s/mujun.gpkg' is open in another program: close it in QGIS first", dir);
  CU_ASSERT_STRING_EQUAL(err.message, expected);
  remove_tree(dir);
}

SUITE_OF(folder, T(nothing_has_its_name_before_the_commit), T(files_are_waited_for_once),
         T(a_run_that_gives_up_leaves_no_trace), T(a_result_is_refused_without_overwrite_and_replaced_with_it),
         T(a_rename_that_fails_half_way_puts_the_old_result_back),
         T(the_old_manifest_goes_first_and_the_new_one_comes_last),
         T(leftovers_of_killed_runs_go_and_other_hidden_files_stay), T(a_link_is_replaced_and_never_followed),
         T(an_input_is_never_replaced), T(places_that_cannot_be_written_are_named),
         T(a_second_run_and_an_open_qgis_are_told_apart));
