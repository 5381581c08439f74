/** @file unite.h  Several files of one role become one table; identifiers are checked. */
#ifndef MJ_INTAKE_UNITE_H
#define MJ_INTAKE_UNITE_H

#include "intake/layer.h"

/** Rows of all parts, in order, under the role's name; columns are united, NULL where a part has none. The parts'
 * tables are emptied. Errors: MJ_EFORMAT shapes of two kinds; MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_unite(mj_part *const *part, int n, mj_table *out, mj_error *err);
/** Missing and repeated identifiers of parcels (ID_MISSING, ID_DUPLICATE on every such row), missing zone names,
 * "b<row>" for buildings. Errors: MJ_ENOMEM. Cost: one hash. */
MJ_NODISCARD mj_status mj_ids_check(mj_part *const *part, int n, mj_table *table, mj_ledger *ledger, mj_error *err);
#endif
