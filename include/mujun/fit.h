/** @file fit.h  What the standard-factory fit goes by: norms, module types, what stands. All of it is rulebook data. */
#ifndef MUJUN_FIT_H
#define MUJUN_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "mujun/status.h"
#include "mujun/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The norms that are numbers, a member a line of fit.def, in its unit. */
typedef struct {
#define FIT(name, unit, zh, en) double name;
#include "mujun/fit.def"
#undef FIT
} mj_fit_limits;
enum { MJ_FIT_LIMITS = sizeof(mj_fit_limits) / sizeof(double), MJ_FIT_MODULES = 16, MJ_FIT_LENGTHS = 16 };
typedef struct {
  const char *name, *unit, *zh, *en;
} mj_fit_fact;
/** What they are, [MJ_FIT_LIMITS], in the order of the members: the i-th is ((double *)limits)[i]. Never NULL. */
MJ_API const mj_fit_fact *mj_fit_facts(void);

/** A type of standard factory: one depth, several lengths, all multiples of 0.1 m. */
typedef struct {
  const char *code, *zh, *en;               /**< never NULL: without a text zh and en are the code */
  double depth_m, length_m[MJ_FIT_LENGTHS]; /**< lengths ascending, none below the depth */
  int n_lengths;
  double ground_m, upper_m; /**< height of the ground storey and of each upper one */
  int storeys_min, storeys_max;
  bool assumed;
  const char *source; /**< who said it: a rulebook's code or "park.yaml" */
} mj_fit_module;

/** What is known of existing buildings by their structure; the first that matches holds. */
typedef struct {
  const char **word; /**< [n_words] the building's structure begins with one of them; no words: every other building */
  int n_words;
  int fire_class;       /**< 1 .. 4 */
  int storeys_add;      /**< storeys that can be added; 0: none, or not known */
  double age_max_years; /**< to a building not older than this; 0 where none can be added */
  bool known;           /**< false: whether storeys can be added is not known */
  bool assumed;
  const char *zh, *en; /**< the text beside it, or NULL */
  const char *source;  /**< who said it */
} mj_fit_structure;

/** Norms from park.yaml, the rulebooks in force in their order, then rules/fit.yaml: the first that says a number, the
 * modules or the structures. */
typedef struct {
  mj_fit_limits limits;
  uint64_t said;    /**< bit i: limits' member i has a value */
  uint64_t assumed; /**< bit i: no document states it */
  uint64_t unknown; /**< bit i: said to be unknown (value NaN, said not set); state_share alone may be */
  const char *source[MJ_FIT_LIMITS]; /**< who said it: a rulebook's code or "park.yaml"; NULL: nobody */
  const char *zh[MJ_FIT_LIMITS];     /**< the text beside the number: where it stands, or why; NULL: none */
  const char *en[MJ_FIT_LIMITS];
  const mj_fit_module *module; /**< [n_modules] */
  int n_modules;
  const mj_fit_structure *structure; /**< [n_structures] */
  int n_structures;
} mj_fit_norms;
/** What the norms say of a building of that structure (NULL: not known); NULL where they say nothing. */
MJ_API const mj_fit_structure *mj_fit_structure_of(const mj_fit_norms *norms, const char *structure);
/** Take from @p from what @p into does not say; texts and lists stay where they are. A number said to be unknown is
 * said; modules and structures are taken as a whole. */
MJ_API void mj_fit_norms_fill(mj_fit_norms *into, const mj_fit_norms *from);

#ifdef __cplusplus
}
#endif
#endif
