/** @file embed.h  Data files compiled into the library (cmake/Embed.cmake). */
#ifndef MJ_BASE_EMBED_H
#define MJ_BASE_EMBED_H
#include "mujun/park.h"
/** One file. A list ends with a NULL name. */
typedef mj_rulebook_file mj_embedded;
extern const mj_embedded mj_embedded_fields[];      /* src/intake/fields.csv */
extern const mj_embedded mj_embedded_land_use[];    /* src/intake/land_use.csv */
extern const mj_embedded mj_embedded_industry[];    /* src/intake/industry.csv */
extern const mj_embedded mj_embedded_divisions[];   /* src/intake/divisions.csv */
extern const mj_embedded mj_embedded_use_words[];   /* src/measure/use_words.csv */
extern const mj_embedded mj_embedded_sql[];         /* gis/sql, in order of name */
extern const mj_embedded mj_embedded_rules[];       /* rules: *.yaml */
extern const mj_embedded mj_embedded_rule_tables[]; /* rules: *.csv */
extern const mj_embedded mj_embedded_checks[];      /* rules/checks.yaml */
extern const mj_embedded mj_embedded_fit[];         /* rules/fit.yaml */
extern const mj_embedded mj_embedded_page[];        /* page.css, page.js, page.csp (cmake/Page.cmake) */
extern const mj_embedded mj_embedded_styles[];      /* styles: *.qml */
#endif
