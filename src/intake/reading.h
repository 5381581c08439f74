/** @file reading.h  What one text says: a number with its unit, a bound, a range, a day, yes or no, or nothing. */
#ifndef MJ_INTAKE_READING_H
#define MJ_INTAKE_READING_H

#include "intake/mapping.h"

/** How a text was read as a number. */
typedef enum {
  MJ_CELL_PLAIN,      /**< a plain number */
  MJ_CELL_READ,       /**< a number with more around it, or written otherwise: to be stated */
  MJ_CELL_PERCENT,    /**< the same, of a plot ratio with a percent sign */
  MJ_CELL_NOTHING,    /**< words for "nothing" ("-", "N/A", "待定"): NULL, nothing to say */
  MJ_CELL_NOT_SET,    /**< words for "no limit is set" ("不予规定"): NULL */
  MJ_CELL_RANGE,      /**< a range or a bound where one value is needed: NULL */
  MJ_CELL_UNREADABLE, /**< none of these: NULL */
  MJ_CELL_END
} mj_cell;

/** The unit met last, so that a column of "12亩" looks each up once. Valid when {0}; one a column. */
typedef struct {
  char unit[24];
  double factor;
  bool percent;
} mj_unit_memory;

/**
 * The number in @p text, in the field's unit; NaN in *out for every kind that is NULL. Full-width digits and signs,
 * thousands commas in groups of three ("12,5" is ambiguous and unreadable), an exponent. A unit of the field behind the
 * number wins over the header's. "约", "左右", "≈" and remarks such as "（暂定）" are left off, other remarks are not:
 * what they change is not known. Of a range or of bounds ("180~200", "1.0-2.5", "≥1.0", "不低于1.0", "2.5以下",
 * "≥1.0且≤2.5", "1.0≤R≤2.5") a field with _cap in its name takes the upper end, one with _min the lower; where the end
 * that it needs is not said, and for every other field, it is MJ_CELL_RANGE. Digits with blanks between them are
 * unreadable. Cost: about that of mj_double_parse for a plain number.
 */
mj_cell mj_read_number(const char *text, const mj_mapped *mapped, mj_unit_memory *memory, double *out);
/** The same for a whole-number field; of a day in a field of years, its year. */
mj_cell mj_read_whole(const char *text, const mj_mapped *mapped, mj_unit_memory *memory, double *out);
/** A day with or without a time, or the serial number of a spreadsheet (1954 to 2119); else MJ_DATE_NULL. */
int32_t mj_read_date(const char *text);
/** Whole words only: 未 also begins 未知, 已 also 已解押 and 已注销, which say neither. */
uint8_t mj_read_tri(const char *text);
/** What people write for "nothing", with blanks and in either width. */
bool mj_says_nothing(const char *text);
/** An answer that says that there is none yet: nothing to correct in the cell. */
bool mj_says_not_known(const char *text);
#endif
