#include <math.h>
#include <string.h>

#include "report/html.h"

/* Past this a browser's numbers are no longer exact. */
static const int64_t most = (int64_t)1 << 52;

bool mj_html_planes(const int64_t *v, int64_t n, mj_text *head, mj_text *bytes) {
  int64_t low = 0, high = 0;
  for (int64_t i = 0; i < n; i++) {
    if (v[i] == MJ_I64_NULL) continue;
    if (v[i] < low) low = v[i];
    if (v[i] > high) high = v[i];
  }
  if (low < -most / 2 || high > most / 2) return false;
  bool folded = low < 0;
  uint64_t top = 1 + (folded ? 2 * (uint64_t)(high > -low ? high : -low) : (uint64_t)high);
  int width = 1;
  while (top >> (8 * width)) width++;
  char *at = mj_text_room(bytes, (size_t)n * (size_t)width + 1);
  if (!at) return false;
  for (int64_t i = 0; i < n; i++) {
    uint64_t u = 0;
    if (v[i] != MJ_I64_NULL)
      u = 1 + (!folded ? (uint64_t)v[i] : v[i] < 0 ? 2 * (uint64_t)-v[i] - 1 : 2 * (uint64_t)v[i]);
    for (int k = 0; k < width; k++) at[(int64_t)k * n + i] = (char)(u >> (8 * k));
  }
  bytes->n += (size_t)n * (size_t)width;
  mj_text_format(head, folded ? ",\"w\":%d,\"z\":1" : ",\"w\":%d", width);
  return true;
}

int64_t mj_html_scaled(double v, int decimals) {
  static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  double x = v * power[decimals], near = nearbyint(x);
  if (!isfinite(v) || fabs(x) > (double)most) return MJ_I64_NULL;
  if (fabs(fabs(x - near) - 0.5) > 1e-9 * (1 + fabs(x))) return (int64_t)near;
  char text[400]; /* so near a half that the product may be on the other side of it */
  int n = mj_double_fixed(v, decimals, text);
  int64_t out = 0;
  for (int i = 0; i < n; i++)
    if (text[i] >= '0' && text[i] <= '9') out = out * 10 + (text[i] - '0');
  return text[0] == '-' ? -out : out;
}
