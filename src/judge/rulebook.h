/** @file rulebook.h  A rulebook in memory: what a policy's YAML file says. Everything lives in the arena it was read
 * into. */
#ifndef MJ_JUDGE_RULEBOOK_H
#define MJ_JUDGE_RULEBOOK_H

#include "mujun/park.h"
#include "mujun/text.h"
#include "yaml/yaml.h"

/** A text in both languages; zh stands for a missing en. */
typedef struct {
  const char *zh, *en;
} mj_rb_words;

/** A SQL expression and where it stands; sql is NULL where none was given. */
typedef struct {
  const char *sql;
  int line, column;
} mj_rb_sql;

/** Columns of parcels that an expression reads, facts replaced by what they read. */
typedef struct {
  const mj_column **column;
  int n;
} mj_rb_reads;

typedef enum { MJ_RB_ALL, MJ_RB_ANY, MJ_RB_NOT, MJ_RB_COMPARE, MJ_RB_RAW } mj_rb_branch;

/** A condition: a tree whose leaves are comparisons or raw SQL. */
typedef struct mj_rb_cond {
  mj_rb_branch kind;
  struct mj_rb_cond *first, *next;
  mj_rb_sql measure; /**< of a comparison; the whole expression of raw SQL */
  const char *op;
  mj_rb_sql limit;
  const char *unit; /**< "" where none */
  bool assumed;
  mj_rb_words text; /**< label of the measure; zh NULL: that of the column */
  int slot;         /**< number among the leaves of its rule */
  const char *sql;  /**< of a leaf, the whole comparison; once bound */
  mj_rb_reads reads;
} mj_rb_cond;

typedef enum { MJ_RB_IDLE, MJ_RB_INEFFICIENT, MJ_RB_RENEWAL } mj_rb_matter;

typedef struct {
  const char *code;
  mj_rb_matter matter;
  const char *article, *consequence; /**< "" where none */
  bool assumed;
  mj_rb_sql scope;
  mj_rb_reads scope_reads;
  mj_rb_cond *when;
  mj_rb_cond **leaf;
  int n_leaves;
  mj_rb_words text;
  int line, column;
} mj_rb_rule;

typedef struct mj_rb_lookup mj_rb_lookup; /* lookup.h */

typedef struct {
  const char *name;
  mj_rb_sql sql;        /**< of a lookup: the code to find */
  mj_rb_lookup *lookup; /**< or NULL */
  const char *unit;
  int type;
  bool assumed;
  bool set;   /**< its SQL is the project's */
  bool after; /**< evaluated when the verdicts stand, which it may read; rules cannot read it */
  mj_rb_words text;
  mj_rb_reads reads;
} mj_rb_fact;
typedef struct {
  const char *name, *text;
  double number;
  const char *unit;
  bool assumed;
  bool overridden; /**< no constant: a fact of that name has its value for each parcel */
  mj_rb_words words;
} mj_rb_limit;
typedef enum { MJ_RB_CONTRACT, MJ_RB_PLAN, MJ_RB_LOOKUP, MJ_RB_ZONE, MJ_RB_LAND_USE, MJ_RB_INDUSTRY } mj_rb_cap_source;
typedef struct {
  mj_rb_cap_source source;
  mj_rb_sql sql;
} mj_rb_cap;
/** One step of the ladder: its condition as a rule (matter MJ_RB_RENEWAL), the tier it names, the plot ratio it allows.
 */
typedef struct {
  mj_rb_rule rule;
  const char *tier;
  mj_rb_sql cap;
} mj_rb_tier;
typedef struct {
  mj_rb_rule head;
  mj_rb_sql *input;
  mj_rb_reads *input_reads; /**< [n_inputs], once bound */
  int n_inputs;
  mj_rb_tier *tier;
  int n_tiers;
} mj_rb_ladder;
/** Which year a target's value is of: none; the run's alone; the run's, and any earlier one by its own figures. */
typedef enum { MJ_RB_OF_NO_YEAR, MJ_RB_OF_THE_YEAR, MJ_RB_OF_ANY_YEAR } mj_rb_by_year;
typedef struct {
  const char *code, *name, *zone; /**< name: the code as SQL names it, :name is the value aimed at */
  bool by_zone;
  mj_rb_sql measure;
  double target;
  const char *unit;
  int32_t due;
  mj_rb_words text;
  mj_rb_by_year by_year; /**< mj_rb_target_years */
} mj_rb_target;
/** A figure of the park and of each zone, held against what is ideal. */
typedef struct {
  const char *code, *unit, *article;
  mj_rb_sql measure, ideal;
  bool ideal_unknown, weighted; /**< ideal_unknown: the document's number was not found */
  double weight;                /**< NaN: not found, or none */
  bool lower, assumed;          /**< lower: less is better */
  mj_rb_words text;
} mj_rb_indicator;
/** Two figures that follow from a policy's own numbers, and the park's beside them. */
typedef struct {
  const char *code, *unit, *article;
  mj_rb_sql policy, against, park;
  double tolerance; /**< share of against */
  mj_rb_words text;
} mj_rb_audit;
#define MJ_RB_AUDIT_TOLERANCE 0.05
/** What a policy wants of a zone; @c where picks the rows of zones, else the name does. */
typedef struct {
  const char *zone;
  mj_rb_sql where;
  mj_rb_words strategy;
  const char *article;
} mj_rb_strategy;

struct mj_rulebook {
  mj_rulebook_file source;        /**< its YAML as read */
  const mj_rulebook_file *tables; /**< where its tables are found; NULL: in files beside it */
  const char *file, *code, *version, *document, *issuer;
  mj_rb_words name;
  int level;         /**< 0 nation .. 3 district */
  bool delegates[3]; /**< by mj_rb_matter: left to lower documents where one of them judges it */
  const char **area;
  int n_areas;
  int32_t from, to; /**< in force from .. to, both days included; to may be MJ_DATE_NULL: open */
  mj_yaml_settings settings;
  mj_fit_norms fit;
  mj_rb_sql industrial;
  mj_rb_limit *limit;
  int n_limits;
  mj_rb_fact *fact;
  int n_facts;
  mj_rb_rule *rule;
  int n_rules;
  mj_rb_rule *firm_rule; /**< over rows of the enterprises */
  int n_firm_rules;
  mj_rb_cap *cap;
  int n_caps;
  mj_rb_ladder *ladder; /**< or NULL */
  mj_rb_target *target;
  int n_targets;
  mj_rb_indicator *indicator;
  int n_indicators;
  mj_rb_audit *audit;
  int n_audits;
  mj_rb_strategy *strategy;
  int n_strategies;
  struct mj_gr_scheme *grades; /**< or NULL; see grades.h */
};

/** "idle", "inefficient", "renewal". */
const char *mj_rb_matter_name(mj_rb_matter matter);
/** "contract", "plan", "lookup", "zone", "land_use", "industry". */
const char *mj_rb_cap_name(mj_rb_cap_source source);
/** The text in @p lang, the other where it is missing, "" where both are. */
const char *mj_rb_say(mj_rb_words words, mj_lang lang);
/** True on the days the rulebook is in force. */
bool mj_rb_in_force(const mj_rulebook *book, int32_t date);

/** True for the path of a file, false for the name of a shipped rulebook. */
bool mj_rb_is_path(const char *name);
/** The rulebook of that name or path, into @p arena. Errors: MJ_ENOTFOUND, MJ_EFORMAT "file:line:column: ...". */
MJ_NODISCARD mj_status mj_rb_open(mj_arena *arena, const char *name, mj_rulebook **out, mj_error *err);
/** The rulebook that the tree says; @p tables: where its tables are found (NULL: beside doc->file). Errors: MJ_EFORMAT
 * "file:line:column: ...", MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_read(const mj_yaml_doc *doc, const mj_rulebook_file *tables, const mj_yaml_node *root,
                                  mj_rulebook **out);

/** One thing that a rulebook says: its place in the text of mj_rb_describe. */
typedef struct {
  const char *heading, *key; /**< "Limits", "benefit_low" */
  size_t from, to;
} mj_rb_item;
/** The book in words, appended to @p out; @p items (in @p arena; NULL: not asked for) says where each thing stands.
 * Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_rb_describe(const mj_rulebook *book, mj_lang lang, mj_text *out, mj_arena *arena,
                                      mj_rb_item **items, int *n, mj_error *err);
/* lines of it on the standard-factory fit */
void mj_rb_describe_norm(const mj_fit_norms *norms, int i, mj_lang lang, mj_text *out);
void mj_rb_describe_module(const mj_fit_module *module, mj_lang lang, mj_text *out);
void mj_rb_describe_structure(const mj_fit_structure *structure, mj_lang lang, mj_text *out);

/* pieces of the schema, one file each */
MJ_NODISCARD mj_status mj_rb_read_words(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key,
                                        mj_rb_words *out);
/** Expression under @p key; a plain date becomes a SQL text. */
MJ_NODISCARD mj_status mj_rb_read_sql(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, mj_rb_sql *out);
/** stated or assumed under "certainty". */
MJ_NODISCARD mj_status mj_rb_read_certainty(const mj_yaml_doc *doc, const mj_yaml_node *map, bool absent,
                                            bool *assumed);
/** Items of the list under @p key, zeroed, and their number; 0 where absent. */
MJ_NODISCARD mj_status mj_rb_read_items(const mj_yaml_doc *doc, const mj_yaml_node *map, const char *key, size_t size,
                                        void **items, const mj_yaml_node **first, int *n);
MJ_NODISCARD mj_status mj_rb_read_rules(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book);
MJ_NODISCARD mj_status mj_rb_read_ladder(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book);
/** True for the names that SQL binds for itself: :as_of, :year, :zone. */
bool mj_rb_is_bound(const char *name);
/** indicators and audits; names the targets, which must have been read. */
MJ_NODISCARD mj_status mj_rb_read_indicators(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book);
MJ_NODISCARD mj_status mj_rb_read_targets(const mj_yaml_doc *doc, const mj_yaml_node *root, mj_rulebook *book);
#endif
