/** @file units.h  Units by any of their names, and their exact factors. */
#ifndef MJ_INTAKE_UNITS_H
#define MJ_INTAKE_UNITS_H

#include <stdbool.h>

/** Code of the unit that @p name means ("亩", "公顷", "㎡", "sqft", "万元/亩"), or NULL. Folded inside. */
const char *mj_unit_find(const char *name);
/** Factor from unit code @p from to the canonical unit @p to of a field ("" takes percent); false when they measure
 * different things. */
bool mj_unit_factor(const char *from, const char *to, double *factor);
/** The Chinese name of a unit code ("亩"); the code itself where it has none. out has 32 bytes. */
void mj_unit_zh(const char *code, char out[32]);
/** "m2, mu, ha, ...": the codes that can be converted to @p to. out has 200 bytes. */
void mj_unit_list(const char *to, char out[200]);
#endif
