#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"

bool mj_map_take(mj_map_taken *taken, const mj_map_rect *frame, mj_map_rect box) {
  if (box.x < frame->x || box.y < frame->y || box.x + box.w > frame->x + frame->w ||
      box.y + box.h > frame->y + frame->h)
    return false;
  for (int64_t i = 0; i < taken->n; i++) {
    const mj_map_rect *b = &taken->box[i];
    if (box.x < b->x + b->w && b->x < box.x + box.w && box.y < b->y + b->h && b->y < box.y + box.h) return false;
  }
  if (taken->n == taken->cap) {
    int64_t cap = taken->cap ? 2 * taken->cap : 64;
    mj_map_rect *grown = realloc(taken->box, (size_t)cap * sizeof *grown);
    if (!grown) return false;
    taken->box = grown;
    taken->cap = cap;
  }
  taken->box[taken->n++] = box;
  return true;
}

static void box_of(const mj_polys *polys, int64_t row, double box[4]) {
  box[0] = box[1] = HUGE_VAL;
  box[2] = box[3] = -HUGE_VAL;
  for (int32_t v = polys->vert0[polys->ring0[polys->part0[row]]]; v < polys->vert0[polys->ring0[polys->part0[row + 1]]];
       v++) {
    box[0] = fmin(box[0], polys->x[v]);
    box[1] = fmin(box[1], polys->y[v]);
    box[2] = fmax(box[2], polys->x[v]);
    box[3] = fmax(box[3], polys->y[v]);
  }
}

/* The widest piece that is inside on the three lines k, k + 1, k + 2. */
static double common(const mj_map_spans *s, int32_t k, double *from) {
  double best = 0;
  for (int64_t i = 0; i + 1 < s->n; i += 2) {
    if (s->at[i].line != k) continue;
    for (int64_t j = 0; j + 1 < s->n; j += 2) {
      if (s->at[j].line != k + 1) continue;
      for (int64_t l = 0; l + 1 < s->n; l += 2) {
        if (s->at[l].line != k + 2) continue;
        double a = fmax(s->at[i].at, fmax(s->at[j].at, s->at[l].at)),
               b = fmin(s->at[i + 1].at, fmin(s->at[j + 1].at, s->at[l + 1].at));
        if (b - a > best) {
          best = b - a;
          *from = a;
        }
      }
    }
  }
  return best;
}

/* Lines half a text apart, through the middle of the row: a text that is inside on three of them in a row is inside. */
bool mj_map_room(const mj_polys *polys, int64_t row, double w, double h, mj_map_spans *room, mj_map_rect *out) {
  enum { MOST_CROSSINGS = 600 };
  double box[4], step = h / 2, best = w, far = HUGE_VAL;
  box_of(polys, row, box);
  if (!(box[2] - box[0] >= w && box[3] - box[1] >= h)) return false;
  double middle = (box[1] + box[3]) / 2, offset = middle / step - floor(middle / step);
  if (mj_map_cross(polys, row, 0, step, offset, room) || !room->n || room->n > MOST_CROSSINGS) return false;
  for (int32_t k = room->at[0].line; k + 2 <= room->at[room->n - 1].line; k++) {
    double from = 0, wide = common(room, k, &from), at = ((double)k + 1 + offset) * step, away = fabs(at - middle);
    /* as near to the middle as width allows: a third more is worth going away for */
    if (wide < w || !(wide > best * 1.33 || (wide > best * 0.75 && away < far))) continue;
    best = wide;
    far = away;
    *out = (mj_map_rect){from + (wide - w) / 2, at - h / 2, w, h};
  }
  return far < HUGE_VAL;
}

const char *mj_map_short(const char *code) {
  size_t n = strlen(code), cut = n > 7 ? n - 7 : 0;
  while (cut && ((unsigned char)code[cut] & 0xC0) == 0x80) cut--;
  return code + cut;
}
