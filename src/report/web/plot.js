/* Drawing charts: a chart is a figure with a picture, a sentence and a table with the same numbers. */
function chart(id, title, note) {
  const picture = el("div", { class: "picture" }), twin = el("div", { class: "scroll" });
  return { picture, twin, at: el("figure", { id, class: "chart" }, el("figcaption", null, el("b", null, title), el("span", { class: "small" }, note)), picture, el("details", null, el("summary", null, W.table), twin)) };
}

/* Round numbers for an axis from 0. */
function ticks(most, n) {
  const rough = most / n, ten = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 2.5, 5, 10].map(s => s * ten).find(s => s >= rough) || 1, out = [];
  for (let v = 0; v <= most * 1.0001; v += step) out.push(v);
  return out;
}

function board(w, h, label) {
  return svg("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": label, preserveAspectRatio: "xMidYMid meet" });
}

function words(g, x, y, text, about) {
  g.append(svg("text", Object.assign({ x, y }, about), text));
}

/* A hatch as an SVG pattern, for classes that lack data. */
function fillOf(g, paint, id) {
  if (!paint.hatch) return paint.fill || "#dddddd";
  if (!g.querySelector("#" + id)) {
    g.append(svg("defs", {}, svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { width: 6, height: 6, fill: "#fff" }), svg("rect", { width: 1.4, height: 6, fill: paint.hatch.colour }))));
  }
  return `url(#${id})`;
}

/* Upright bars: { label, value, fill } */
function columnsChart(label, bars, unit) {
  const w = 560, h = 250, left = 44, bottom = 40, top = 18, g = board(w, h, label), most = Math.max(1, ...bars.map(b => b.value));
  for (const t of ticks(most, 4)) {
    const y = h - bottom - (h - bottom - top) * t / most;
    g.append(svg("line", { x1: left, x2: w - 6, y1: y, y2: y, class: "rule" }));
    words(g, left - 6, y + 4, grouped(t, 0, 1), { class: "tick", "text-anchor": "end" });
  }
  const step = (w - left - 6) / bars.length;
  bars.forEach((b, k) => {
    const high = (h - bottom - top) * b.value / most, x = left + k * step + step * 0.14;
    g.append(svg("rect", { x, y: h - bottom - high, width: step * 0.72, height: Math.max(0, high), fill: fillOf(g, b.paint, "hatch-" + k), stroke: "#5b6b7c", "stroke-width": 0.6 }));
    words(g, x + step * 0.36, h - bottom - high - 5, grouped(b.value, 0, 0), { class: "value", "text-anchor": "middle" });
    const parts = b.label.length > 7 && b.label.includes(" ") ? b.label.split(/ (.*)/).slice(0, 2) : [b.label];
    parts.forEach((t, n) => words(g, x + step * 0.36, h - bottom + 15 + 13 * n, t, { class: "tick", "text-anchor": "middle" }));
  });
  words(g, left - 40, 12, unit, { class: "tick" });
  return g;
}

/* Lying bars, one over the other: rows { label, wide, narrow } */
function barsChart(label, rows, names) {
  const line = 40, left = 96, w = 560, h = rows.length * line + 34, g = board(w, h, label), most = Math.max(0.1, ...rows.map(r => Math.max(r.wide || 0, r.narrow || 0)));
  const x = v => left + (w - left - 62) * v / most;
  for (const t of ticks(most, 4)) {
    g.append(svg("line", { x1: x(t), x2: x(t), y1: 4, y2: h - 28, class: "rule" }));
    words(g, x(t), h - 14, grouped(t, 0, 1), { class: "tick", "text-anchor": "middle" });
  }
  rows.forEach((r, k) => {
    const y = 8 + k * line;
    words(g, left - 8, y + 18, r.label.length > 7 ? r.label.slice(0, 7) + "…" : r.label, { class: "name", "text-anchor": "end" });
    for (const [v, dy, high, ink] of [[r.wide, 0, 13, "#a9c6de"], [r.narrow, 14, 11, "#1f4e79"]]) {
      if (v === null || Number.isNaN(v)) continue;
      g.append(svg("rect", { x: left, y: y + dy, width: Math.max(0, x(v) - left), height: high, fill: ink }));
      words(g, x(v) + 5, y + dy + 10, grouped(v, 1, 1), { class: "value" });
    }
  });
  return [g, el("ul", { class: "keys" }, names.map(([n, c]) => el("li", null, el("i", { class: c }), n)))];
}

/* Progress: rows { label, share, text, expired }, a bar each; the mark is the target. */
function progressChart(label, rows) {
  const most = Math.min(1.5, Math.max(1.1, ...rows.map(r => r.share || 0)));
  return el("ul", { class: "progress", "aria-label": label }, rows.map(r => {
    const g = svg("svg", { viewBox: "0 0 1000 24", preserveAspectRatio: "none", "aria-hidden": "true" }), x = v => 1000 * Math.min(v, most) / most;
    g.append(svg("rect", { x: 0, y: 4, width: x(1), height: 16, fill: "#e3e8ee" }));
    if (!Number.isNaN(r.share)) g.append(svg("rect", { x: 0, y: 4, width: Math.max(0, x(r.share)), height: 16, fill: r.expired ? "#66727f" : r.share >= 1 ? "#2e6b42" : "#1f4e79" }));
    g.append(svg("rect", { x: x(1) - 2, y: 0, width: 3, height: 24, fill: "#8f1d14" }));
    return el("li", null, el("div", null, el("span", null, r.label, r.expired ? el("small", null, ` ${W.expired}`) : null), el("b", null, r.text, el("small", null, Number.isNaN(r.share) ? "" : ` ${grouped(100 * r.share, 1, 1)} %`))), g);
  }));
}

/* Dots on a canvas: many thousands are too many for SVG. points: { x, y, fill } */
function dotsChart(label, points, most, names) {
  const w = 560, h = 320, left = 46, bottom = 36, ratio = 2, c = el("canvas", { role: "img", "aria-label": label }), g = c.getContext("2d");
  c.width = w * ratio;
  c.height = h * ratio;
  g.scale(ratio, ratio);
  const x = v => left + (w - left - 12) * v / most.x, y = v => h - bottom - (h - bottom - 12) * v / most.y;
  g.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  g.fillStyle = "#4d5c6b";
  g.strokeStyle = "#e3e8ee";
  for (const t of ticks(most.x, 6)) { g.beginPath(); g.moveTo(x(t), 12); g.lineTo(x(t), h - bottom); g.stroke(); g.textAlign = "center"; g.fillText(grouped(t, 0, 2), x(t), h - bottom + 14); }
  for (const t of ticks(most.y, 5)) { g.beginPath(); g.moveTo(left, y(t)); g.lineTo(w - 12, y(t)); g.stroke(); g.textAlign = "right"; g.fillText(grouped(t, 0, 2), left - 6, y(t) + 4); }
  g.textAlign = "right";
  g.fillText(names.x, w - 12, h - 5);
  g.textAlign = "left";
  g.fillText(names.y, 4, 10);
  g.strokeStyle = "#8f1d14";
  g.setLineDash([5, 4]);
  const end = Math.min(most.x, most.y);
  g.beginPath(); g.moveTo(x(0), y(0)); g.lineTo(x(end), y(end)); g.stroke();
  g.setLineDash([]);
  g.globalAlpha = points.length > 3000 ? 0.45 : 0.75;
  for (const p of points) { g.beginPath(); g.arc(x(p.x), y(p.y), points.length > 3000 ? 1.8 : 3, 0, 7); g.fillStyle = p.fill; g.fill(); g.lineWidth = 0.4; g.strokeStyle = "#33475b"; g.stroke(); }
  return c;
}
