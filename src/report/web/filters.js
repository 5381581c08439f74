/* Filters by zone, status and grade; the theme; the layers. */
function parcelGrades() {
  const firms = ready("enterprises"), p = state.parcels, out = new Array(p.n);
  for (let i = 0; i < p.n; i++) out[i] = [];
  if (!firms || !firms.has("grade")) return null;
  for (let r = 0; r < firms.n; r++) {
    const g = firms.raw("grade", r);
    if (!g) continue;
    for (const id of new Set([firms.raw("parcel_id", r), ...(firms.raw("places", r) || "").split(/[;；]/)])) {
      for (const i of id ? p.rowsOf("parcel_id", id.trim()) : []) if (!out[i].includes(g)) out[i].push(g);
    }
  }
  return out.some(g => g.length) ? out : null;
}

function choices(kind) {
  const p = state.parcels;
  if (kind === "grade") return state.grades ? [...new Set(state.grades.flat())].sort().map(g => [g, g]) : [];
  const c = p.col(kind), found = new Map();
  for (let i = 0; c && i < p.n; i++) found.set(c.raw(i) || "outside", c.raw(i) ? c.show(i) : W.outside);
  const order = ["idle", "inefficient", "headroom", "insufficient", "normal"];
  return [...found].sort((a, b) => (kind === "status" ? order.indexOf(a[0]) - order.indexOf(b[0]) : a[1] < b[1] ? -1 : 1));
}

function filterBox(kind) {
  const all = choices(kind);
  if (!all.length || (kind !== "status" && all.length < 2)) return null;
  const select = el("select", { id: "f-" + kind, onchange: e => {
    state.filter[kind] = new Set(e.target.value === "" ? [] : [e.target.value]);
    applyFilter();
    if (kind === "zone") fitShown();
    say(ofHeld(W.filtered(shownRows().length, state.parcels.n)));
  } }, el("option", { value: "" }, W.all), all.map(([code, word]) => el("option", { value: code }, word)));
  return el("label", { for: "f-" + kind }, W[kind], select);
}

function startFilters(at) {
  const reset = el("button", { type: "button", id: "reset", onclick: () => {
    for (const k of Object.keys(state.filter)) state.filter[k] = new Set();
    for (const s of at.querySelectorAll("select")) s.value = "";
    applyFilter();
    fitShown();
    say(ofHeld(W.filtered(state.parcels.n, state.parcels.n)));
  } }, W.reset);
  const count = el("output", { id: "count" });
  const draw = () => clear(at, filterBox("zone"), filterBox("status"), filterBox("grade"), reset, count);
  on("filtered", () => { count.textContent = ofHeld(W.filtered(shownRows().length, state.parcels.n)); reset.disabled = !filteredNow(); });
  on("more", () => { state.grades = parcelGrades(); if (state.grades && !at.querySelector("#f-grade")) { draw(); applyFilter(); } });
  draw();
  count.textContent = ofHeld(W.filtered(state.parcels.n, state.parcels.n));
  reset.disabled = true;
}

function startTheme(at) {
  const all = state.themes.filter(t => t.layer === "parcels"), option = t => el("option", { value: t.id }, t.name);
  state.theme = all.find(usable) || all.find(t => (t.classify(state.parcels) || []).some(c => c >= 0)) || null; /* all alike: they are drawn all the same */
  const select = el("select", { id: "theme", onchange: e => { state.theme = all.find(t => t.id === e.target.value); tell("theme"); } }, state.theme ? option(state.theme) : null);
  put(at, el("label", { for: "theme" }, W.theme, select));
  on("more", () => put(select, all.filter(t => t !== state.theme && usable(t)).map(option))); /* not before the map stands */
}

function startLayers(at) {
  const there = name => name === "zones" ? state.shapes.zones : document.getElementById("g-" + name);
  put(at, el("fieldset", null, el("legend", null, W.layers), Object.keys(state.layers).filter(there).map(name =>
    el("label", null, el("input", { type: "checkbox", id: "layer-" + name, checked: state.layers[name], onchange: async e => {
      state.layers[name] = e.target.checked;
      if (e.target.checked) await needLayer(name);
      tell("layers");
    } }), W["l_" + name]))));
}
