/* The map: Leaflet moves and zooms, the shapes are drawn by the page on two canvases, one for the layers and one for
 * what is chosen or under the pointer. */
const MARGIN = 0.25; /* of the map's size is drawn beyond its edges, so that dragging shows no gap */

const SheetLayer = L.Layer.extend({
  initialize(draw, name) { this.draw = draw; this.name = name; },
  onAdd(map) {
    this.canvas = el("canvas", { class: "sheet sheet-" + this.name, "aria-hidden": "true" });
    this.getPane().append(this.canvas);
    map.on("moveend resize", this.redraw, this);
    this.redraw();
  },
  onRemove(map) {
    map.off("moveend resize", this.redraw, this);
    this.canvas.remove();
  },
  redraw() {
    const map = this._map, size = map.getSize(), ratio = Math.min(2, window.devicePixelRatio || 1);
    const w = Math.round(size.x * (1 + 2 * MARGIN)), h = Math.round(size.y * (1 + 2 * MARGIN));
    const corner = map.containerPointToLayerPoint([-size.x * MARGIN, -size.y * MARGIN]).round();
    L.DomUtil.setPosition(this.canvas, corner);
    if (this.canvas.width !== w * ratio || this.canvas.height !== h * ratio) {
      this.canvas.width = w * ratio;
      this.canvas.height = h * ratio;
      this.canvas.style.width = w + "px";
      this.canvas.style.height = h + "px";
    }
    const world = map.getPixelOrigin().add(corner), k = 256 * Math.pow(2, map.getZoom());
    const view = { x: world.x / k, y: world.y / k, k: k * ratio, w: w * ratio, h: h * ratio, ratio };
    const g = this.canvas.getContext("2d");
    g.clearRect(0, 0, view.w, view.h);
    this.draw(g, view);
  },
});

/* The overlays of a view, in the order they lie. Used for the screen and for paper. */
function drawLayers(g, view, on_) {
  const s = state.shapes, keep = i => state.shown[i];
  if (s.parcels && state.theme && state.theme.layer === "parcels") drawThemed(g, s.parcels, state.theme.classify(state.parcels), state.theme, view, keep, true);
  for (const name of ["buildings", "fit", "checks", "zones", "enterprises", "check_points"]) {
    const tab = ready(name === "zones" ? "zones-layer" : name), shapes = s[name];
    if (!shapes || !on_[name]) continue;
    const theme = themeOf(name, tab);
    if (theme) drawThemed(g, shapes, tab ? theme.classify(tab) : new Int16Array(shapes.n), theme, view, name === "fit" ? i => chosenWay(tab, i) : null);
  }
  if (s.zones && on_.zones) drawZoneNames(g, s.zones, view);
}

/* Of the ways of renewal the one that adds most; the others would lie over it. */
function chosenWay(tab, i) {
  return tab.raw("chosen", i) !== "no" || tab.raw("part", i) === "buildable";
}

/* A layer without a theme that this page reads is drawn plainly. */
const PLAIN = new Theme({ id: "plain", kind: "single", classes: [{ label: "", layers: [{ brush: "solid", fill: "#1f4e79ff", pen: "#ffffffff", width: 0.25 }] }] });

function themeOf(layer, tab) {
  const fits = state.themes.filter(t => t.layer === layer);
  return fits.find(t => t.kind === "single" || (tab && t.classify(tab) && t.classify(tab).some(c => c >= 0 && !t.isRest(c)))) || PLAIN;
}

function drawZoneNames(g, shapes, view) {
  g.font = `600 ${13 * view.ratio}px ${getComputedStyle(document.body).fontFamily}`;
  g.textAlign = "center";
  g.lineJoin = "round";
  const taken = []; /* a name that would stand on another waits for a closer look */
  (state.zoneNames || []).forEach((name, i) => {
    if (!name || !shapes.visible(i, view)) return;
    const b = shapes.boxOf(i), x = ((b[0] + b[2]) / 2 - view.x) * view.k, y = (b[1] - view.y) * view.k - 5 * view.ratio;
    const half = g.measureText(name).width / 2, high = 15 * view.ratio;
    if (taken.some(t => Math.abs(t.x - x) < t.half + half && Math.abs(t.y - y) < high)) return;
    taken.push({ x, y, half });
    g.lineWidth = 4 * view.ratio;
    g.strokeStyle = "rgba(255,255,255,.92)";
    g.strokeText(name, x, y);
    g.fillStyle = "#143a5c";
    g.fillText(name, x, y);
  });
}

function outline(g, view, i, ink, wide) {
  const shapes = state.shapes.parcels;
  if (i < 0 || !shapes || !shapes.has(i)) return;
  g.beginPath();
  shapes.trace(g, i, view);
  g.lineJoin = "round";
  g.strokeStyle = "#fff";
  g.lineWidth = (wide + 3) * view.ratio;
  g.stroke();
  g.strokeStyle = ink;
  g.lineWidth = wide * view.ratio;
  g.stroke();
}

let map = null, sheet = null, marks = null;

function lonLat(x, y) {
  return [Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI, (x - 0.5) * 360];
}

function fit(box, about) {
  map.fitBounds([lonLat(box[0], box[1]), lonLat(box[2], box[3])], Object.assign({ padding: [18, 18], animate: false }, about));
}

function worldPoint(latlng) {
  const p = map.project(latlng, 0);
  return [p.x / 256, p.y / 256];
}

/* Code, enterprise and status of the parcel under the pointer. */
function hoverText(i) {
  const p = state.parcels, firms = firmsOf(i), name = firms.length ? firms[0] : p.raw("owner_name", i);
  return el("div", null, el("b", null, p.raw("parcel_id", i) || "#" + p.sourceRow(i)), el("br"),
    (name || W.hover) + (firms.length > 1 ? " " + W.enterprises_n(firms.length) : ""), el("br"),
    [p.show("status", i), state.theme && state.theme.id !== "status" ? themeWord(i) : ""].filter(x => x).join(" · "));
}

function themeWord(i) {
  const c = state.theme.classify(state.parcels)[i];
  return c < 0 ? "" : `${state.theme.name} ${state.theme.classes[c].label}`;
}

function startMap(at) {
  map = L.map(at, { zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90, zoomAnimation: false, fadeAnimation: false, attributionControl: false, maxZoom: 22, minZoom: 3, zoomControl: false });
  L.control.zoom({ zoomInTitle: "+", zoomOutTitle: "−" }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
  fit(state.shapes.parcels.all);
  sheet = new SheetLayer((g, view) => drawLayers(g, view, state.layers), "land").addTo(map);
  marks = new SheetLayer((g, view) => { outline(g, view, state.hovered, "#1d2733", 1.6); outline(g, view, state.chosen, "#0b62d6", 2.8); }, "marks").addTo(map);
  const tip = L.tooltip({ direction: "top", offset: [0, -6], className: "tip" });
  const leave = () => { if (state.hovered >= 0) { state.hovered = -1; map.closeTooltip(tip); marks.redraw(); } };
  map.on("mousemove", e => {
    const i = state.shapes.parcels.at(...worldPoint(e.latlng), k => state.shown[k]);
    if (i < 0) return leave();
    if (i !== state.hovered) { state.hovered = i; tip.setContent(hoverText(i)); marks.redraw(); }
    tip.setLatLng(e.latlng);
    if (!map.hasLayer(tip)) map.openTooltip(tip);
  });
  map.on("mouseout", leave);
  map.on("click", e => {
    const i = state.shapes.parcels.at(...worldPoint(e.latlng), k => state.shown[k]);
    choose(i, "map");
  });
  on("filtered", () => sheet.redraw());
  on("theme", () => sheet.redraw());
  on("layers", () => sheet.redraw());
  on("chosen", (i, from) => { marks.redraw(); if (i >= 0 && from !== "map") zoomTo(i); });
  new ResizeObserver(later(80, () => map.invalidateSize({ animate: false }))).observe(at);
}

/* Show all parcels that pass the filters. */
function fitShown() {
  const shapes = state.shapes.parcels, box = [Infinity, Infinity, -Infinity, -Infinity];
  if (!shapes || !map) return;
  for (const i of shownRows()) {
    if (!shapes.has(i)) continue;
    const b = shapes.boxOf(i);
    for (const k of [0, 1]) { box[k] = Math.min(box[k], b[k]); box[k + 2] = Math.max(box[k + 2], b[k + 2]); }
  }
  if (box[0] <= box[2]) fit(box);
}

function zoomTo(i) {
  const shapes = state.shapes.parcels;
  if (!shapes || !shapes.has(i) || !map) return;
  const b = shapes.boxOf(i), w = (b[2] - b[0]) * 1.1, h = (b[3] - b[1]) * 1.1;
  fit([b[0] - w, b[1] - h, b[2] + w, b[3] + h], { maxZoom: 18 });
}

/* Layers that are not needed at first are unpacked when they are switched on. */
async function needLayer(name) {
  if (state.shapes[name]) return;
  const [raw, tab] = await Promise.all([block("g-" + name), table(name)]);
  if (raw) state.shapes[name] = new Shapes(raw, tab ? tab.n : raw.arrays[0].n);
}
