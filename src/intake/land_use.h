/** @file land_use.h  Land-use codes of four schemes and the one class each belongs to: land_use.csv, compiled in. */
#ifndef MJ_INTAKE_LAND_USE_H
#define MJ_INTAKE_LAND_USE_H

#include <stdbool.h>

#include "base/keymap.h"
#include "mujun/arena.h"

/** The schemes, in the order of land_use.csv. Their codes collide: 1001 is industry in the first and a railway in the
 * second and third. */
enum { MJ_LAND_MNR2023, MJ_LAND_TD1055, MJ_LAND_GBT21010, MJ_LAND_GB50137, MJ_LAND_SCHEMES };
/** "mnr2023", "td1055", "gbt21010", "gb50137": what land_use_scheme says in park.yaml and in the output; NULL behind
 * the last. */
extern const char *const mj_land_scheme_names[MJ_LAND_SCHEMES + 1];

/** One line of land_use.csv. */
typedef struct {
  int scheme;
  const char *code;      /**< folded */
  const char *use_class; /**< "industrial", "warehouse", ...: lives as long as the program */
  int32_t name;          /**< number of its name among the names */
} mj_land_line;

/** Valid when {0}. */
typedef struct {
  mj_arena arena;
  mj_land_line *line;
  int n;
  mj_keymap codes[MJ_LAND_SCHEMES]; /**< folded code; first is the place of the line */
  mj_keymap names;                  /**< names without 用地 at the end */
} mj_land_use;

/** Read the table that is compiled in. Errors: MJ_ENOMEM, MJ_EFORMAT. Cost: 0.1 ms. */
MJ_NODISCARD mj_status mj_land_use_open(mj_land_use *table, mj_error *err);
void mj_land_use_close(mj_land_use *table);
/**
 * The line of @p code (folded) in @p scheme, or NULL. A zero that a spreadsheet took from the front ("601") is put
 * back. Longer codes stand for what they are a part of where the scheme has local extensions: 100100 is 1001, M11 is
 * M1.
 */
const mj_land_line *mj_land_use_find(const mj_land_use *table, int scheme, const char *code);
/** Number of @p name among the names, or -1. */
int32_t mj_land_use_name(const mj_land_use *table, const char *name);
/** True for a code that lost its leading zero: 3 or 5 digits. One digit may be anything. */
bool mj_land_code_short(const char *code);
#endif
