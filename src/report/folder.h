/** @file folder.h  The output folder: everything is written beside its name,
 * and takes its name only when all of it is there. */
#ifndef MJ_REPORT_FOLDER_H
#define MJ_REPORT_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/park.h"
#include "mujun/rooms.h"

/** One file of the result. */
typedef struct {
  const char *name;    /**< inside the folder: "tables/parcels.csv" */
  const char *path;    /**< its place */
  const char *temp;    /**< where it is written first */
  int64_t bytes, rows; /**< rows: -1 where it has none to count */
  bool synced;         /**< the disk has it */
  bool exempt;         /**< may differ between equal runs (timings.json): not listed in
                          the manifest */
} mj_out_file;

enum { MJ_MAX_OUT_FILES = 96 };

/** Valid when {.lock = -1}. */
typedef struct {
  const char *dir;
  char run_id[17];
  bool sync, overwrite;
  int lock; /**< the folder itself, locked against a second run */
  bool made, made_tables;
  mj_out_file file[MJ_MAX_OUT_FILES];
  int n;
  mj_arena arena;
} mj_folder;

/** As mj_report_ready. */
MJ_NODISCARD mj_status mj_folder_check(const char *dir, bool overwrite, mj_error *err);
/**
 * Make the folder where it is missing, lock it, remove what killed runs left in
 * it. dir, run_id, sync and overwrite are set before. Errors: MJ_EEXIST a
 * result is there and overwrite is not set, or another run is writing to it;
 * MJ_EIO.
 */
MJ_NODISCARD mj_status mj_folder_open(mj_folder *folder, mj_error *err);
/** Announce a file; *out belongs to the folder. Errors: MJ_EEXIST, MJ_EIO (its
 * place is a folder, or open in QGIS), MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_folder_add(mj_folder *folder, const char *name, mj_out_file **out, mj_error *err);
/** Refuse outputs that are one of the inputs. Errors: MJ_EEXIST. */
MJ_NODISCARD mj_status mj_folder_spare(const mj_folder *folder, const mj_park *park, mj_error *err);
/** Wait until the disk has the files announced so far, each once. Nothing without folder->sync. Errors: MJ_EIO. */
MJ_NODISCARD mj_status mj_folder_sync(mj_folder *folder, mj_error *err);
/** Sync what is not yet, and rename everything into place in the order it was announced; old files of
 * ours that this run does not write go, others stay. Where a rename fails the old result is put back. Errors: MJ_EIO,
 * MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_folder_commit(mj_folder *folder, mj_error *err);
/** Remove what was not committed, unlock, free. */
void mj_folder_close(mj_folder *folder);
#endif
