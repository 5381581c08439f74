/* Which class of a theme a row is of, and how the class is drawn: as the styles for QGIS say. */
function colour(hex, strength) {
  const a = parseInt(hex.slice(7, 9), 16) / 255 * (strength === undefined ? 1 : strength);
  return `rgba(${parseInt(hex.slice(1, 3), 16)},${parseInt(hex.slice(3, 5), 16)},${parseInt(hex.slice(5, 7), 16)},${a})`;
}

class Theme {
  constructor(raw) {
    Object.assign(this, raw);
    this.rowsOf = new Map();
  }
  /* The test of each class; null where the theme is of a kind that this page does not read. */
  tests(tab) {
    if (this.kind === "single") return this.classes.map(() => () => true);
    if (this.kind === "rules") {
      const all = this.classes.map(c => (c.rule ? compileRule(c.rule, tab) : () => true));
      return all.some(f => !f) ? null : all;
    }
    if (!/^\w+$/.test(this.of)) return null;
    const c = tab.col(this.of), raw = i => (c ? c.exact(i) : null);
    if (this.kind === "ranges") return this.classes.map(k => i => { const v = raw(i); return v !== null && v >= k.low && v <= k.high; });
    return this.classes.map(k => (k.values.length ? i => { const v = raw(i); return v !== null && k.values.includes(String(v)); } : () => true));
  }
  /* The class of each row, -1: none. */
  classify(tab) {
    if (this.rowsOf.has(tab)) return this.rowsOf.get(tab);
    const tests = this.tests(tab);
    let out = null;
    if (tests) {
      out = new Int16Array(tab.n).fill(-1);
      const last = tests.map((f, k) => k).sort((a, b) => this.isRest(a) - this.isRest(b)); /* "all others" comes last */
      for (let i = 0; i < tab.n; i++) out[i] = last.find(k => tests[k](i) === true) ?? -1;
    }
    this.rowsOf.set(tab, out);
    return out;
  }
  isRest(k) {
    return this.kind === "values" && !this.classes[k].values.length;
  }
  /* How a class is filled: a colour, or a hatch on a ground. */
  paint(k) {
    const out = { fill: null, hatch: null, pen: null, width: 0.5, dash: false };
    for (const l of this.classes[k].layers) {
      if (l.brush === "solid" || l.marker) out.fill = colour(l.fill);
      else if (l.brush !== "no") out.hatch = { brush: l.brush, colour: colour(l.fill), angle: l.angle };
      if (l.pen) Object.assign(out, { pen: colour(l.pen), width: Math.max(0.6, l.width * 3.2), dash: !!l.dash });
    }
    return out;
  }
}

/* A tile of lines at a slant, made once a hatch and a size. */
const tiles = new Map();
function hatchTile(hatch, ratio) {
  const key = JSON.stringify(hatch) + ratio;
  if (tiles.has(key)) return tiles.get(key);
  const n = Math.round(7 * ratio), c = document.createElement("canvas"), g = c.getContext("2d");
  c.width = c.height = n;
  g.strokeStyle = hatch.colour;
  g.lineWidth = 1.1 * ratio;
  const line = (...p) => { g.beginPath(); g.moveTo(p[0] * n, p[1] * n); g.lineTo(p[2] * n, p[3] * n); g.stroke(); };
  const falling = hatch.brush === "falling" || hatch.brush === "diagonal" || (hatch.brush === "lines" && hatch.angle > 90);
  if (/horizontal|cross/.test(hatch.brush)) line(0, 0.5, 1, 0.5);
  if (/vertical|cross/.test(hatch.brush)) line(0.5, 0, 0.5, 1);
  if (falling) for (const d of [-1, 0, 1]) line(d - 0.2, -0.2, d + 1.2, 1.2);
  if (!/horizontal|vertical|cross|falling/.test(hatch.brush) && !(hatch.brush === "lines" && falling)) for (const d of [-1, 0, 1]) line(d - 0.2, 1.2, d + 1.2, -0.2);
  tiles.set(key, c);
  return c;
}

/* A small picture of a class for legends. */
function swatch(paint, round) {
  const ratio = 2, w = 24, h = 15, c = el("canvas", { class: "swatch", "aria-hidden": "true" }), g = c.getContext("2d");
  c.width = w * ratio;
  c.height = h * ratio;
  g.beginPath();
  if (round) g.arc(w * ratio / 2, h * ratio / 2, h * ratio / 2.6, 0, 7);
  else g.rect(ratio, ratio, (w - 2) * ratio, (h - 2) * ratio);
  if (!round) { g.fillStyle = "#fff"; g.fill(); }
  if (paint.fill) { g.fillStyle = paint.fill; g.fill(); }
  if (paint.hatch) { g.fillStyle = g.createPattern(hatchTile(paint.hatch, ratio), "repeat"); g.fill(); }
  if (paint.pen) { g.strokeStyle = paint.pen; g.lineWidth = paint.width * ratio; g.stroke(); }
  return c;
}
