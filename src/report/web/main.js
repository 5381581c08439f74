/* Puts the page together: the map and the lists first, then, when they stand, what a dossier and the charts need. */
const LATER = ["occupancy_shares", "enterprises", "reasons", "breakpoints", "fit_options", "fixes", "ledger", "enterprise_series", "grades", "contracts", "projects", "factory_units", "over_leases"];
const SMALL = ["zones", "targets", "fit_zones", "ledger_codes", "reconciliation", "indicators", "fit_targets"];

function frame() {
  const main = document.getElementById("main"), figures = document.getElementById("s-figures"), candidates = document.getElementById("s-candidates");
  const part = (id, title) => el("section", { id, "aria-labelledby": id + "-h" }, el("h2", { id: id + "-h" }, title));
  const s = { figures: el("section", { id: "s-now", "aria-label": W.figures }), map: part("s-map", W.map), charts: part("s-charts", W.charts), ranked: part("s-ranked", W.ranked), zones: document.getElementById("s-zones"), quality: part("s-quality", W.quality), methods: part("s-methods", W.methods) };
  if (figures) figures.remove();
  if (candidates) candidates.remove();
  main.prepend(s.figures, s.map, s.charts, s.ranked);
  if (s.zones) main.append(s.zones);
  main.append(s.quality, s.methods);
  document.body.prepend(el("a", { href: "#s-map", class: "skip" }, W.skip));
  document.body.append(el("div", { id: "live", class: "hidden", role: "status", "aria-live": "polite" }));
  document.getElementById("head").append(el("nav", { "aria-label": W.all }, [["s-map", W.map], ["s-charts", W.charts], ["s-ranked", W.ranked], ["s-zones", W.zones], ["s-quality", W.quality], ["s-methods", W.methods]].filter(([id]) => document.getElementById(id)).map(([id, t]) => el("a", { href: "#" + id }, t)), el("button", { type: "button", id: "print", onclick: () => window.print() }, W.print)));
  return s;
}

function mapPart(at) {
  const filters = el("div", { class: "filters", role: "group", "aria-label": W.filters }), theme = el("div", { class: "theme" }), layers = el("div", { class: "layers" });
  const input = el("input", { type: "search", id: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", placeholder: W.search });
  const found = el("ul", { id: "found", role: "listbox", hidden: true, "aria-label": W.search });
  const canvas = el("div", { id: "map", tabindex: "0", role: "application", "aria-label": `${W.map}（${W.keys}）` });
  const home = el("button", { type: "button", id: "home", onclick: () => { choose(-1); fit(state.shapes.parcels.all); }, title: W.home }, W.fit_all);
  const side = el("div", { class: "side" }), legend = el("div", { id: "legend" }), paper = el("article", { id: "dossier", "aria-label": W.dossier });
  put(at, el("div", { class: "bar" }, el("div", { class: "search" }, el("label", { for: "search", class: "hidden" }, W.search), input, found), theme, filters),
    el("div", { class: "desk" }, el("div", { class: "board" }, el("div", { class: "bar small-bar" }, layers, state.shapes.parcels ? home : null), state.shapes.parcels ? canvas : el("p", { class: "note" }, W.no_map)), side));
  put(side, legend, paper);
  startTheme(theme);
  startFilters(filters);
  if (state.shapes.parcels) { startLayers(layers); startMap(canvas); }
  if (state.theme) startLegend(legend);
  startDossier(paper);
  startSearch(input, found);
  document.addEventListener("keydown", e => { if (e.key === "Escape" && state.chosen >= 0) choose(-1); });
}

async function first() {
  state.meta = await block("meta");
  W = state.meta.lang === "zh" ? ZH : EN;
  const [p, g, z] = await Promise.all([table("parcels"), block("g-parcels"), block("g-zones")]);
  state.parcels = p || new Table({ name: "parcels", title: "", n: 0, columns: [], words: [] });
  state.shown = new Uint8Array(state.parcels.n).fill(1);
  state.themes = state.meta.themes.map(t => new Theme(t));
  if (g && state.parcels.n) state.shapes.parcels = new Shapes(g, state.parcels.n);
  if (z) state.shapes.zones = new Shapes(z, z.arrays[0].n);
  state.layers.zones = !!z;
  if (state.meta.partly) await Promise.all(["zones", "status", "fit_zones"].map(table)); /* the key figures are theirs */
  state.zoneNames = z && state.meta.zones ? state.meta.zones : [];
}

/* report.html#p=ID opens on the parcel of that code: the workbook's list of candidates leads there. */
function openNamed() {
  if (!location.hash.startsWith("#p=")) return;
  let id = location.hash.slice(3);
  try { id = decodeURIComponent(id); } catch { return; }
  const [row] = state.parcels.rowsOf("parcel_id", id);
  if (row === undefined) return;
  choose(row);
  if (state.shapes.parcels) zoomTo(row);
  document.getElementById("s-map").scrollIntoView();
}

async function rest(s) {
  await Promise.all(SMALL.map(table));
  tell("small");
  startCharts(s.charts);
  startQuality(s.quality);
  startMethods(s.methods);
  await nextFrame();
  for (const name of LATER) await table(name);
  state.layerWord = state.meta.layer_word;
  tell("more");
  startPrint();
  document.documentElement.dataset.ready = "all";
}

async function start() {
  if (typeof DecompressionStream === "undefined") {
    document.getElementById("main").prepend(el("p", { class: "note" }, document.documentElement.lang === "en" ? EN.old : ZH.old));
    return;
  }
  try {
    await first();
    const s = frame();
    startFigures(s.figures.appendChild(el("div")));
    if (state.meta.partly) s.figures.append(el("p", { class: "note" }, W.partly(state.meta.held, state.meta.parcels, state.meta.candidates)));
    mapPart(s.map);
    startRanked(s.ranked.appendChild(el("div")));
    await nextFrame();
    document.documentElement.dataset.ready = "map";
    document.documentElement.dataset.interactive = Math.round(performance.now());
    openNamed();
    addEventListener("hashchange", openNamed);
    await rest(s);
  } catch (e) {
    document.getElementById("main").prepend(el("p", { class: "note" }, (document.documentElement.lang === "en" ? EN.broken : ZH.broken) + e.message));
    throw e;
  }
}

start();
