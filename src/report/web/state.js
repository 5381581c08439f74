/* What the page is about: the run, the parcels, what is chosen and what is filtered. Parts listen and follow. */
const state = {
  meta: null, parcels: null, shapes: {}, themes: [], theme: null, chosen: -1, hovered: -1,
  shown: null, /* [parcels] 1: passes the filters */
  filter: { zone: new Set(), status: new Set(), grade: new Set() },
  layers: { zones: true, buildings: false, fit: false, checks: false, check_points: false, enterprises: false },
  grades: null, /* grade code -> parcels */
};

const listeners = {};
function on(what, run) {
  (listeners[what] = listeners[what] || []).push(run);
}
function tell(what, ...about) {
  for (const run of listeners[what] || []) run(...about);
}

function choose(i, from) {
  if (i === state.chosen && from !== "list") return;
  state.chosen = i;
  tell("chosen", i, from);
}

function applyFilter() {
  const { zone, status, grade } = state.filter, p = state.parcels, shown = state.shown;
  for (let i = 0; i < p.n; i++) {
    shown[i] = (!zone.size || zone.has(p.raw("zone", i) || "outside")) && (!status.size || status.has(p.raw("status", i)))
      && (!grade.size || (state.grades && state.grades[i].some(g => grade.has(g)))) ? 1 : 0;
  }
  tell("filtered");
}

function shownRows() {
  const out = [];
  for (let i = 0; i < state.parcels.n; i++) if (state.shown[i]) out.push(i);
  return out;
}

/* A sum that is NaN until something is known. */
function added(sum, v) {
  return Number.isNaN(v) ? sum : Number.isNaN(sum) ? v : sum + v;
}

/* An area in mu; none is not 0. */
function muText(v) {
  return Number.isNaN(v) ? "–" : grouped(v, 1, 1);
}

function filteredNow() {
  return Object.values(state.filter).some(f => f.size);
}

/* Of a park that the page does not hold as a whole: what is counted is candidates. */
function ofHeld(text) {
  return state.meta.partly ? text + W.only : text;
}

/* Sum over the parcels that are shown; ratios are over those that have both figures. */
function sumOf(name, rows) {
  let sum = 0, known = 0;
  const c = state.parcels.col(name);
  for (const i of rows) {
    const v = c ? c.number(i) : NaN;
    if (!Number.isNaN(v)) { sum += v; known++; }
  }
  return known ? sum : NaN;
}

function ratioOf(top, bottom, rows) {
  let a = 0, b = 0, known = 0;
  const x = state.parcels.col(top), y = state.parcels.col(bottom);
  for (const i of rows) {
    const u = x ? x.number(i) : NaN, v = y ? y.number(i) : NaN;
    if (!Number.isNaN(u) && !Number.isNaN(v) && v > 0) { a += u; b += v; known++; }
  }
  return known ? a / b : NaN;
}
