#include <string.h>

#include "intake/look.h"

/* Parts of names that speak for a role, folded. */
static const struct {
  mj_table_id role;
  const char *words;
} hints[] = {
    {MJ_PARCELS, "parcel|宗地|地块|zd|land_use|landuse|tax_lot|pluto|lot|用地"},
    {MJ_ZONES, "zone|片区|分区|district|园区|pq"},
    {MJ_BUILDINGS, "building|bldg|建筑|房屋|footprint|fw|jzw"},
    {MJ_PLAN_UNITS, "plan_unit|planunit|规划|控规|zoning|gh"},
    {MJ_CONTROL_LINES, "control|区块线|控制线|kzx"},
    {MJ_ROADS, "road|道路|street"},
    {MJ_WATER, "water|水系|河"},
    {MJ_EASEMENTS, "easement|地役"},
    {MJ_ENTERPRISES, "enterprise|企业|company|tax|税|qy|亩均"},
    {MJ_OCCUPANCIES, "occupanc|租赁|承租|用地关系|用房"},
    {MJ_FACTORY_UNITS, "factory|厂房|标准厂房"},
    {MJ_PROJECTS, "project|项目"},
    {MJ_CONTRACTS, "contract|合同"},
};

/* The longest word of the role's hints in the text; "" for none. */
static size_t hint_in(mj_table_id role, const char *text, char word[32]) {
  size_t best = 0;
  word[0] = '\0';
  for (const char *w = hints[role].words; w;) {
    const char *bar = strchr(w, '|');
    size_t n = bar ? (size_t)(bar - w) : strlen(w);
    char one[32];
    memcpy(one, w, n);
    one[n] = '\0';
    if (n > best && strstr(text, one)) {
      best = n;
      memcpy(word, one, n + 1);
    }
    w = bar ? bar + 1 : NULL;
  }
  return best;
}

static bool allowed(mj_table_id role, const char *geometry) {
  if (!strcmp(geometry, "None")) return !mj_role_has_shape(role);
  if (strstr(geometry, "Point")) return false;
  if (strstr(geometry, "Line") || strstr(geometry, "Curve")) return role == MJ_ROADS || role == MJ_WATER;
  return mj_role_has_shape(role) || mj_role_may_shape(role);
}

/* Points for the fields of a role: its identifier speaks loudest; a field that many roles share says little. */
static int field_points(const mj_fields *fields, mj_table_id role, const mj_layer_info *info, bool dbf, int *known) {
  int points = 0;
  bool seen[512] = {false};
  *known = 0;
  for (int i = 0; i < info->n_fields; i++) {
    mj_guess g = mj_fields_guess(fields, role, info->field[i], dbf);
    size_t at = g.field ? (size_t)(g.field - fields->field) : 0;
    if (!g.field || at >= 512 || seen[at]) continue;
    seen[at] = true;
    bool first = at == 0 || fields->field[at - 1].role != role;
    points += first ? 4 : 2;
    ++*known;
  }
  return points;
}

mj_role_guess mj_guess_role(const mj_fields *fields, const char *path, const mj_layer_info *info, bool dbf) {
  mj_role_guess best = {.role = MJ_ROLE_END};
  char layer[MJ_FOLD], file[MJ_FOLD];
  const char *slash = strrchr(path, '/');
  int most = 0;
  mj_fold(info->name, layer);
  mj_fold(slash ? slash + 1 : path, file);
  for (int r = 0; r < MJ_ROLE_END; r++) {
    mj_role_guess g = {.role = (mj_table_id)r};
    char word[32];
    if (!allowed(g.role, info->geometry)) continue;
    int points = field_points(fields, g.role, info, dbf, &g.known);
    size_t n = hint_in(g.role, layer, g.word);
    if (n) points += 8 + (int)n / 3; /* a longer word says more */
    if (!n && (n = hint_in(g.role, file, word))) {
      points += 6 + (int)n / 3;
      memcpy(g.word, word, sizeof word);
    }
    if (points <= most || (g.known < 2 && !*g.word && r != MJ_PARCELS))
      continue; /* one common field alone says too little */
    most = points;
    best = g;
  }
  return best;
}
