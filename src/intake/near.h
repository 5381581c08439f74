/** @file near.h  Keys that match nothing but nearly match something: what is proposed, and on which grounds. */
#ifndef MJ_INTAKE_NEAR_H
#define MJ_INTAKE_NEAR_H

#include "intake/fields.h"
#include "mujun/park.h"

/** Grounds of a proposal, the surest first. */
typedef enum {
  MJ_NEAR_FORM,      /**< the same but for blanks, full-width letters or case */
  MJ_NEAR_UNIT,      /**< 28 characters name the parcel of their first 19 */
  MJ_NEAR_LOOKALIKE, /**< the same but for O and 0, I and 1 (in credit codes also Z and 2, S and 5) */
  MJ_NEAR_ZEROS,     /**< the same but for zeros in front */
  MJ_NEAR_OWNER,     /**< the parcel's owner has the enterprise's credit code, and no other parcel */
  MJ_NEAR_EDIT,      /**< one character wrong, missing, too many or two swapped; the only key so near */
  MJ_NEAR_NUMBER,    /**< digits that a spreadsheet cut; the only key that begins so */
  MJ_NEAR_NAME,      /**< the same name of the enterprise */
  MJ_NEAR_NAME_STEM, /**< the same name but for the kind of company, brackets or the place in front */
  MJ_NEAR_REASONS
} mj_near_reason;

/** A line of the table join_candidates. Texts are borrowed from the tables or live in the park's arena. */
typedef struct {
  mj_table_id role; /**< of the table whose value is proposed to change */
  const char *id, *field, *from, *to;
  mj_near_reason reason;
  double score;
  int64_t rows;
  const char *text; /**< beyond the reason's own words, in English for mj_tr, or NULL */
} mj_near;

/** Valid when {0}; mj_nears_reset frees it. */
typedef struct {
  mj_near *item;
  int64_t n, cap;
} mj_nears;

/** Append a copy. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_nears_push(mj_nears *list, mj_near near);
void mj_nears_reset(mj_nears *list);
/** Score of a reason by itself, 0 to 1: how often such a proposal is expected to be right, not measured. */
double mj_near_score(mj_near_reason reason);
/** The table join_candidates of @p list, in its order; none where the list is empty. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_nears_table(mj_park *park, const mj_nears *list);

/** What a key is compared as. */
typedef enum { MJ_KEY_PARCEL, MJ_KEY_CREDIT, MJ_KEY_OTHER } mj_key_kind;
/** @p key folded (MJ_NEAR_FORM), with lookalikes made digits (MJ_NEAR_LOOKALIKE), or without zeros in front as well
 * (MJ_NEAR_ZEROS). */
void mj_key_normal(const char *key, mj_key_kind kind, mj_near_reason how, char out[MJ_FOLD]);
/** The same of a key that is folded already, or has lookalikes made digits; in place. */
void mj_key_further(char form[MJ_FOLD], mj_key_kind kind, mj_near_reason how);

enum { MJ_EDIT_NONE = -1, MJ_EDIT_SEVERAL = -2 };
/**
 * For each of @p n_query texts the number of the only one of the distinct keys at one edit (a character changed,
 * missing, too many, or two neighbours swapped), MJ_EDIT_NONE or MJ_EDIT_SEVERAL, in @p out. Texts under 8 or over 64
 * bytes have none. Of credit codes only keys with the right check character count, and queries that have it too are
 * other enterprises. Errors: MJ_ENOMEM. Cost: a hash of the queries' deletions and one look for each deletion of each
 * key, on @p threads, whose number changes nothing; no pairs.
 */
MJ_NODISCARD mj_status mj_near_edits(const char *const *key, int32_t n_key, const char *const *query, int32_t n_query,
                                     mj_key_kind kind, int threads, int32_t *out);

/** A name of an enterprise without the words that are written in several ways: kind of company, brackets, place in
 * front ("泉州市示例机械有限责任公司" and "示例（泉州）机械有限公司" are 示例机械). "" where under two characters are
 * left. */
void mj_name_stem(const char *name, char out[MJ_FOLD]);

/**
 * Compare the keys of enterprises, occupancies, factory units, projects and contracts with what they should meet, and
 * fill table join_candidates; KEY_NEARLY says how many. Nothing is joined by it. Errors: MJ_ENOMEM. Cost: hashes;
 * 50,000 keys that all miss against 50,000 take 0.25 s of one core.
 */
MJ_NODISCARD mj_status mj_near_keys(mj_park *park, mj_error *err);
#endif
