/** @file project.h  mujun.qgs: the layers of mujun.gpkg in groups, painted, with map themes and print layouts. Written
 * beside the GeoPackage and pointing at it by a relative path. */
#ifndef MJ_REPORT_PROJECT_H
#define MJ_REPORT_PROJECT_H

#include "report/run.h"
#include "report/style.h"

enum { MJ_QGS_LAYERS = 40 };

/** One layer of the project: a layer of the GeoPackage under one theme. */
typedef struct {
  const mj_item *item;
  const mj_theme_fact *theme;
  const char *id;    /**< "mujun_parcels_status": QGIS throws away ids of ten characters or fewer */
  const char *title; /**< in the layer panel and in legends */
  int group;         /**< of mj_qgs_group */
  bool on;           /**< ticked when the project opens */
} mj_qgs_layer;

/** Groups of the layer panel, from the top. */
typedef enum { MJ_QGS_EDGES, MJ_QGS_DATA, MJ_QGS_FIRMS, MJ_QGS_PLAN, MJ_QGS_PARCELS, MJ_QGS_GROUPS } mj_qgs_group;

/** A project on its way. */
typedef struct {
  mj_run *run;
  bool zh;
  mj_qgs_layer layer[MJ_QGS_LAYERS];
  int n;
  mj_box park; /**< of the parcels (of all layers where there are none), in the frame; xmin > xmax: no shape */
  mj_text *out, scratch;
  int sheets, items; /**< layouts and items so far: their numbers make the uuids */
} mj_qgs;

/** The word of the run's language. */
static inline const char *mj_qgs_word(const mj_qgs *q, const char *zh, const char *en) { return q->zh ? zh : en; }
/** The layer of a theme; NULL where the run has none. */
const mj_qgs_layer *mj_qgs_find(const mj_qgs *q, const char *theme);
/** Choose the layers and measure the park. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_qgs_choose(mj_qgs *q, mj_error *err);
/** The box of rows [from, to) of an item in the frame; xmin > xmax where none has a shape. */
mj_box mj_qgs_box(const mj_item *item, int64_t from, int64_t to);

/** " xmin=... ymin=..." of a box. */
void mj_qgs_extent(mj_qgs *q, mj_box box);
/** <spatialrefsys>: of the frame, or with @p delivered of the layers. */
void mj_qgs_srs(mj_qgs *q, bool delivered);
/** <layer-tree-group> with every group. */
void mj_qgs_tree(mj_qgs *q);
/** <projectlayers>, each with its whole style. */
void mj_qgs_layers(mj_qgs *q);
/** <visibility-presets>: one map theme per way to look at the park. */
void mj_qgs_presets(mj_qgs *q);
/** <Layouts>: the sheets of sheets of paper, see project_sheets.c. */
void mj_qgs_layouts(mj_qgs *q);

/** mujun.qgs of the run. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_run_project(mj_run *run, mj_text *out, mj_error *err);
#endif
