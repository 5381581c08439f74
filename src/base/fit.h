/** @file fit.h  Norms of the standard-factory fit that cannot all hold. */
#ifndef MJ_BASE_FIT_H
#define MJ_BASE_FIT_H

#include "mujun/fit.h"

enum { MJ_FIT_SAYING = 512 };
/** The first contradiction among what @p norms says, in @p lang, with both numbers and with @p sources who said them,
 * as a sentence in @p out; false: none. @p member (may be NULL) is the one to name the place of. Cost: modules. */
bool mj_fit_contradicts(const mj_fit_norms *norms, mj_lang lang, bool sources, int *member, char out[MJ_FIT_SAYING]);
#endif
