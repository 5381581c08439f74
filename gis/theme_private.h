/** @file theme_private.h  What the reader of a style and that of its symbols share. */
#ifndef MJ_GIS_THEME_PRIVATE_H
#define MJ_GIS_THEME_PRIVATE_H

#include "gis/theme.h"

struct CPLXMLNode;
/** One <layer> of a symbol of opacity @p alpha. Errors: MJ_EFORMAT it is of a kind or a unit that is not known. */
MJ_NODISCARD mj_status mj__theme_layer(struct CPLXMLNode *node, double alpha, mj_arena *arena, mj_theme_layer *out,
                                       mj_error *err);
#endif
