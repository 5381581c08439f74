/* Shapes of a table on the sphere's map plane: x east and y south, 0 to 1 over the world, as web maps draw it. */
class Shapes {
  constructor(raw, n) {
    this.kind = raw.kind;
    this.n = n;
    const [parts, rings, vertices, east, north] = raw.arrays.map(a => a.v), m = east.length;
    this.x = new Float64Array(m);
    this.y = new Float64Array(m);
    let lon = 0, lat = 0;
    const deg = 1 / raw.s;
    for (let k = 0; k < m; k++) {
      lon += east[k];
      lat += north[k];
      const s = Math.sin(lat * deg * Math.PI / 180);
      this.x[k] = lon * deg / 360 + 0.5;
      this.y[k] = 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
    }
    this.ring0 = new Int32Array(n + 1); /* rings of a row, all its parts together: even-odd filling needs no more */
    this.vert0 = new Int32Array(vertices.length + 1);
    for (let r = 0; r < vertices.length; r++) this.vert0[r + 1] = this.vert0[r] + vertices[r];
    let p = 0, r = 0;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < parts[i]; k++) r += rings[p++];
      this.ring0[i + 1] = r;
    }
    this.boxes();
  }
  boxes() {
    this.box = new Float64Array(4 * this.n);
    this.all = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.n; i++) {
      const b = [Infinity, Infinity, -Infinity, -Infinity];
      for (let k = this.vert0[this.ring0[i]]; k < this.vert0[this.ring0[i + 1]]; k++) {
        b[0] = Math.min(b[0], this.x[k]); b[1] = Math.min(b[1], this.y[k]); b[2] = Math.max(b[2], this.x[k]); b[3] = Math.max(b[3], this.y[k]);
      }
      this.box.set(b, 4 * i);
      for (const k of [0, 1]) { this.all[k] = Math.min(this.all[k], b[k]); this.all[k + 2] = Math.max(this.all[k + 2], b[k + 2]); }
    }
  }
  has(i) {
    return this.ring0[i + 1] > this.ring0[i];
  }
  boxOf(i) {
    return [...this.box.subarray(4 * i, 4 * i + 4)];
  }
  /* Is the point in row i? A ray to the east crosses the border an odd number of times. */
  inside(i, x, y) {
    const b = this.box, o = 4 * i;
    if (x < b[o] || y < b[o + 1] || x > b[o + 2] || y > b[o + 3]) return false;
    let odd = false;
    for (let r = this.ring0[i]; r < this.ring0[i + 1]; r++) {
      for (let k = this.vert0[r], j = this.vert0[r + 1] - 1; k < this.vert0[r + 1]; j = k++) {
        if ((this.y[k] > y) !== (this.y[j] > y) && x < (this.x[j] - this.x[k]) * (y - this.y[k]) / (this.y[j] - this.y[k]) + this.x[k]) odd = !odd;
      }
    }
    return odd;
  }
  /* The smallest row under a point, -1: none. */
  at(x, y, keep) {
    let best = -1, size = Infinity;
    for (let i = 0; i < this.n; i++) {
      if ((keep && !keep(i)) || !this.inside(i, x, y)) continue;
      const o = 4 * i, s = (this.box[o + 2] - this.box[o]) * (this.box[o + 3] - this.box[o + 1]);
      if (s < size) { best = i; size = s; }
    }
    return best;
  }
  /* The border of row i as a path; view: pixels are (x - view.x) * view.k. */
  trace(g, i, view) {
    for (let r = this.ring0[i]; r < this.ring0[i + 1]; r++) {
      const first = this.vert0[r], last = this.vert0[r + 1];
      g.moveTo((this.x[first] - view.x) * view.k, (this.y[first] - view.y) * view.k);
      const near = 0.6 / view.k; /* of what is closer than a pixel one is drawn */
      for (let k = first + 1, j = first; k < last; k++) {
        if (k + 1 < last && Math.abs(this.x[k] - this.x[j]) + Math.abs(this.y[k] - this.y[j]) < near) continue;
        g.lineTo((this.x[k] - view.x) * view.k, (this.y[k] - view.y) * view.k);
        j = k;
      }
      if (this.kind === "polygon") g.closePath();
    }
  }
  visible(i, view) {
    const o = 4 * i, b = this.box;
    return b[o] <= b[o + 2] && (b[o + 2] - view.x) * view.k >= 0 && (b[o] - view.x) * view.k <= view.w && (b[o + 3] - view.y) * view.k >= 0 && (b[o + 1] - view.y) * view.k <= view.h;
  }
}

/* Draw the rows of a table in the classes of a theme: one path a class. view.ratio: canvas pixels of a pixel. */
function drawThemed(g, shapes, classes, theme, view, keep, faint) {
  const by = new Map(), away = [];
  for (let i = 0; i < shapes.n; i++) {
    if (!shapes.visible(i, view)) continue;
    const c = classes ? classes[i] : -1;
    if (keep && !keep(i)) { if (faint) away.push(i); continue; }
    if (c < 0 || theme.classes[c].shown === false) continue;
    if (by.has(c)) by.get(c).push(i);
    else by.set(c, [i]);
  }
  if (away.length) {
    g.beginPath();
    for (const i of away) shapes.trace(g, i, view);
    g.strokeStyle = "#c3c9d0";
    g.lineWidth = 0.6 * view.ratio;
    g.stroke();
  }
  for (const [c, rows] of [...by].sort((a, b) => a[0] - b[0])) drawClass(g, shapes, rows, theme.paint(c), view);
}

function drawClass(g, shapes, rows, paint, view) {
  const ratio = view.ratio;
  g.beginPath();
  for (const i of rows) {
    if (shapes.kind === "point") {
      const k = shapes.vert0[shapes.ring0[i]], x = (shapes.x[k] - view.x) * view.k, y = (shapes.y[k] - view.y) * view.k, r = (paint.radius || 4) * ratio;
      g.moveTo(x + r, y);
      g.arc(x, y, r, 0, 7);
    } else shapes.trace(g, i, view);
  }
  if (paint.fill) { g.fillStyle = paint.fill; g.fill("evenodd"); }
  if (paint.hatch) { g.fillStyle = g.createPattern(hatchTile(paint.hatch, ratio), "repeat"); g.fill("evenodd"); }
  if (!paint.pen) return;
  g.strokeStyle = paint.pen;
  g.lineWidth = paint.width * ratio;
  g.setLineDash(paint.dash ? [6 * ratio, 4 * ratio] : []);
  g.stroke();
  g.setLineDash([]);
}
