/** @file ledger.h  数据质量台账: every row set aside, repaired, doubted or overridden, with what it touches. */
#ifndef MUJUN_LEDGER_H
#define MUJUN_LEDGER_H

#include <stdint.h>

#include "mujun/arena.h"
#include "mujun/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Codes are named MJ_L_GEOM_INVALID and so on; each has severity, meaning, remedy and touched columns in ledger.def.
 */
typedef enum {
#define LEDGER(code, severity, touches, zh, en, todo_zh, todo_en) MJ_L_##code,
#include "mujun/ledger.def"
#undef LEDGER
  MJ_LEDGER_END
} mj_ledger_code;

typedef enum {
  MJ_NOTE,     /**< said for the record: a choice, a conversion */
  MJ_WARN,     /**< a value is doubted, repaired or missing: figures stand, with care */
  MJ_SET_ASIDE /**< a row or value takes no part in the figures it belongs to; --strict exits 3 */
} mj_severity;

/** One line. Texts belong to the ledger; NULL where there is nothing to say. row is 1-based in the source, 0 for the
 * whole layer. rows is how many rows an entry sets aside that tells of several as one; 0: the one. */
typedef struct {
  mj_ledger_code code;
  const char *layer, *id, *field, *found, *expected;
  int64_t row, rows;
} mj_ledger_entry;

/** Valid when {0}. Not for two threads at once: kernels mark rows, one pass writes entries in row order. */
typedef struct {
  mj_ledger_entry *entry;
  int64_t n, cap;
  mj_arena arena;
} mj_ledger;

/** More rows of a layer than this with one fault are one entry with their number: the ledger is for reading. */
enum { MJ_LEDGER_FEW = 20 };

/** Append a copy of @p e. Errors: MJ_ENOMEM. */
MJ_API MJ_NODISCARD mj_status mj_ledger_add(mj_ledger *ledger, mj_ledger_entry e);
/** Number of entries of at least that severity. */
MJ_API int64_t mj_ledger_count(const mj_ledger *ledger, mj_severity least);
/** Rows and values that entries set aside, those that are told as one by their number. */
MJ_API int64_t mj_ledger_set_aside(const mj_ledger *ledger);
MJ_API void mj_ledger_reset(mj_ledger *ledger);

/** "GEOM_INVALID", its severity, its sentence, what to do, and the columns and verdicts it touches. Never NULL. */
MJ_API const char *mj_ledger_code_name(mj_ledger_code code);
MJ_API mj_severity mj_ledger_severity(mj_ledger_code code);
MJ_API const char *mj_ledger_meaning(mj_ledger_code code, mj_lang lang);
MJ_API const char *mj_ledger_remedy(mj_ledger_code code, mj_lang lang);
MJ_API const char *mj_ledger_touches(mj_ledger_code code);
/** Word of a severity: note/warning/set aside, 说明/警告/剔除. */
MJ_API const char *mj_severity_name(mj_severity severity, mj_lang lang);

#ifdef __cplusplus
}
#endif
#endif
