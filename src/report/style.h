/** @file style.h  What layers are painted by: the files of styles/, the themes of themes.def, and a style made for a
 * sheet. */
#ifndef MJ_REPORT_STYLE_H
#define MJ_REPORT_STYLE_H

#include "report/layout.h"

/** One line of themes.def. */
typedef struct {
  const char *name, *layer, *file, *zh, *en;
} mj_theme_fact;

/** Every line of themes.def, in order. */
const mj_theme_fact *mj_theme_facts(int *n);
/** The text of a file of styles/ as it is there, Chinese; NULL: no such file. */
const char *mj_theme_text(const char *file);
/** Has the sheet every field that the theme paints by, and a value in one of them? */
bool mj_theme_fits(const mj_theme_fact *theme, const mj_sheet *sheet);
/** What the sheet is painted by when it is opened: its first theme that fits, else that of <layer>.qml; NULL: it has
 * none. */
const mj_theme_fact *mj_theme_default(const mj_sheet *sheet);

/** Append text[n] of a style with its labels in @p lang. */
void mj_style_words(const char *text, size_t n, mj_lang lang, mj_text *out);
/** Append @p value for an attribute or a text of XML: escaped, without what XML forbids. */
void mj_style_xml(mj_text *out, const char *value, mj_text *scratch);
/** The style of a theme with aliases and value maps for the sheet's columns, in @p lang. False: there is no such file.
 */
bool mj_style_theme(const mj_theme_fact *theme, const mj_sheet *sheet, mj_lang lang, mj_text *out);
/** mj_style_theme of mj_theme_default; false: the sheet has no theme. */
bool mj_style_make(const mj_sheet *sheet, mj_lang lang, mj_text *out);
#endif
