/** @file front.h  The first sheet of the workbook, and the order of the others. */
#ifndef MJ_REPORT_FRONT_H
#define MJ_REPORT_FRONT_H

#include "report/run.h"

/** A sheet of the workbook. */
typedef struct {
  const char *name, *title, *about; /**< key, what the tab says, what it holds ("" where nobody said) */
  const char *group;                /**< "sums", "lists" or "data" */
  const mj_item *item;              /**< NULL: the overview */
} mj_tab;

/** The sheets behind the front one in their order, at most MJ_MAX_ITEMS + 1. Returns how many. */
int mj_front_tabs(const mj_run *run, mj_tab *tab);
/** The name of the front sheet. */
const char *mj_front_title(mj_lang lang);

/** A figure of the head of the sheet. */
typedef struct {
  const char *label, *below; /**< texts of the run's arena, below NULL: nothing */
  double value;
  int decimals;
} mj_tile;
enum { MJ_TILES = 6 };

/** The key figures: of the park, of a fit or of a check. Returns how many, -1: out of memory. */
int mj_front_tiles(mj_run *run, mj_tile tile[MJ_TILES]);

/** A target of the park as a whole, of the run's year or of no year. */
typedef struct {
  const char *text, *unit;
  double aimed, reached, progress;
  int32_t due;
  bool expired;
} mj_aim;
/** The first @p most targets in the order of the rulebooks; *all: how many there are. Returns how many. */
int mj_front_aims(const mj_park *park, mj_aim *aim, int most, int *all);

/** One line on the data: what was set aside, doubted and lacks. NULL: out of memory. */
const char *mj_front_quality(mj_run *run);

/** Write the front sheet: key figures, charts, targets, candidates by kind, contents. Errors: MJ_EIO, MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_front_write(mj_run *run, mj_book *book, const mj_tab *tab, int n_tabs, mj_error *err);
#endif
