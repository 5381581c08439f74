/* On paper there is nothing to click: pictures of the map stand for the map, and a longer list for the one that turns pages. */
const PRINT_ROWS = 200;

/* Degrees of the world's width that a metre takes at this height of the map. */
function metre(y) {
  const lat = lonLat(0.5, y)[0];
  return 1 / (40075016.686 * Math.cos(lat * Math.PI / 180));
}

function scaleBar(g, view, w, h) {
  const one = metre(view.y + h / 2 / view.k) * view.k, most = w * 0.22;
  let m = 10 ** Math.floor(Math.log10(most / one));
  m = [5, 2, 1].map(k => k * m).find(v => v * one <= most) || m;
  const x = 24, y = h - 22, long = m * one;
  g.fillStyle = "rgba(255,255,255,.85)";
  g.fillRect(x - 10, y - 26, long + 20, 38);
  g.fillStyle = g.strokeStyle = "#1d2733";
  g.lineWidth = 3;
  g.beginPath(); g.moveTo(x, y - 7); g.lineTo(x, y); g.lineTo(x + long, y); g.lineTo(x + long, y - 7); g.stroke();
  g.font = `20px ${getComputedStyle(document.body).fontFamily}`;
  g.textAlign = "center";
  g.fillText(m >= 1000 ? `${m / 1000} ${W.km}` : `${m} ${W.m}`, x + long / 2, y - 9);
}

function northArrow(g, w) {
  const x = w - 36, y = 22;
  g.fillStyle = "#1d2733";
  g.beginPath(); g.moveTo(x, y); g.lineTo(x - 11, y + 36); g.lineTo(x, y + 28); g.lineTo(x + 11, y + 36); g.fill();
  g.font = `22px ${getComputedStyle(document.body).fontFamily}`;
  g.textAlign = "center";
  g.fillText(W.north, x, y + 60);
}

/* A picture of the land inside a box of the world. */
function mapPicture(title, box, w, h) {
  const c = el("canvas", { role: "img", "aria-label": title }), g = c.getContext("2d"), pad = 64;
  c.width = w;
  c.height = h;
  const k = Math.min((w - 2 * pad) / (box[2] - box[0]), (h - 2 * pad) / (box[3] - box[1]));
  const view = { x: (box[0] + box[2]) / 2 - w / 2 / k, y: (box[1] + box[3]) / 2 - h / 2 / k, k, w, h, ratio: 1.7 };
  g.fillStyle = "#fff";
  g.fillRect(0, 0, w, h);
  drawLayers(g, view, state.layers);
  outline(g, view, state.chosen, "#0b62d6", 3);
  scaleBar(g, view, w, h);
  northArrow(g, w);
  return el("figure", { class: "map-picture" }, c, el("figcaption", null, title));
}

function boxAround(rows) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of rows) {
    if (!state.shapes.parcels.has(i)) continue;
    const b = state.shapes.parcels.boxOf(i);
    for (const k of [0, 1]) { box[k] = Math.min(box[k], b[k]); box[k + 2] = Math.max(box[k + 2], b[k + 2]); }
  }
  return box[0] <= box[2] ? box : null;
}

/* The whole park, then each zone where there are a few. */
function mapPictures() {
  const p = state.parcels, rows = shownRows(), box = state.shapes.parcels && boxAround(rows), out = [];
  if (!box || !state.theme) return out;
  const tall = (box[3] - box[1]) / (box[2] - box[0]);
  out.push(mapPicture(`${state.meta.park || W.park} · ${state.theme.name} · ${state.meta.as_of}`, box, 1400, Math.round(1400 * Math.min(1.1, Math.max(0.6, tall)))));
  const zones = [...p.index("zone").keys()].sort();
  if (zones.length < 2 || zones.length > 6) return out;
  for (const z of zones) {
    const part = boxAround(p.rowsOf("zone", z).filter(i => state.shown[i]));
    if (part) out.push(mapPicture(`${p.show("zone", p.rowsOf("zone", z)[0])} · ${state.theme.name}`, part, 1400, 900));
  }
  return out;
}

function printedLegend() {
  const classes = state.theme.classify(state.parcels), used = state.theme.classes.map((c, k) => [k, c]).filter(([k]) => classes.includes(k));
  return el("ul", { class: "legend" }, used.map(([k, c]) => el("li", null, swatch(state.theme.paint(k)), el("span", null, c.label))));
}

function printedList() {
  const p = state.parcels, cols = RANKED.filter(n => n !== "owner_name").map(n => p.col(n)).filter(c => c), rows = ranked();
  return [el("p", { class: "small" }, rows.length > PRINT_ROWS ? W.print_about(PRINT_ROWS) + W.more(rows.length - PRINT_ROWS) : W.rank_about.split(/[；;]/)[0]),
    grid(W.ranked, [{ text: "#", number: true }, ...cols.map(c => ({ text: p.short(c.name) + (c.unit ? ` ${c.unit}` : ""), number: c.numeric }))], rows.slice(0, PRINT_ROWS).map((i, k) => [grouped(k + 1, 0, 0), ...cols.map(c => c.show(i))]))];
}

function makePrint() {
  dropPrint();
  const maps = el("div", { class: "print-only print-maps" }, mapPictures());
  if (maps.children.length) maps.children[0].append(printedLegend());
  document.getElementById("s-map").append(maps);
  document.getElementById("s-ranked").append(el("div", { class: "print-only print-list" }, printedList()));
}

function dropPrint() {
  for (const e of document.querySelectorAll(".print-only")) e.remove();
}

function startPrint() {
  window.addEventListener("beforeprint", makePrint);
  window.addEventListener("afterprint", dropPrint);
  if (location.hash === "#print") makePrint();
}
