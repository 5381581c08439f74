/* The park's key figures, of the parcels that are shown; beside them the targets that are in force. Of a park that the
 * page does not hold as a whole they are those of the summary of zones, until a filter is set. */
const FIGURES = [
  ["count", rows => [grouped(rows.length, 0, 0), ""]],
  ["area_mu", rows => [muText(sumOf("area_mu", rows)), ""]],
  ["plot_ratio", rows => [ratioText(weighted(rows), 2), ""]],
  ["headroom_m2", rows => [bigArea(sumOf("headroom_m2", rows)), ""]],
  ["fit_floor_area_m2", rows => [bigArea(sumOf("fit_floor_area_m2", rows)), ""]],
  ["output_wan_per_mu", rows => [ratioText(ratioOf("output_wan", "area_mu", rows), 2), ""]],
  ["tax_wan_per_mu", rows => [ratioText(ratioOf("tax_wan", "area_mu", rows), 2), ""]],
];
const UNITS = { zh: { area_mu: "亩", headroom_m2: "万㎡", fit_floor_area_m2: "万㎡", output_wan_per_mu: "万元/亩", tax_wan_per_mu: "万元/亩", count: "宗" },
  en: { area_mu: "mu", headroom_m2: "10,000 m²", fit_floor_area_m2: "10,000 m²", output_wan_per_mu: "10k yuan/mu", tax_wan_per_mu: "10k yuan/mu", count: "" } };

function ratioText(v, d) {
  return Number.isNaN(v) ? W.missing : grouped(v, d, d);
}
function bigArea(v) {
  return Number.isNaN(v) ? W.missing : grouped(v / 1e4, 1, 1);
}
/* Countable floor area over the land that the plot ratio is of: area = floor / ratio is not safe where it is 0. */
function weighted(rows) {
  const p = state.parcels, of = { recorded: "area_recorded_m2", contract: "area_contract_m2", ellipsoid: "area_ellipsoid_m2", planar: "area_planar_m2", tuban: "area_tuban_m2" };
  let floor = 0, land = 0;
  for (const i of rows) {
    const f = p.num("countable_floor_area_m2", i), a = p.num(of[p.raw("plot_ratio_basis", i)], i);
    if (!Number.isNaN(f) && !Number.isNaN(a)) { floor += f; land += a; }
  }
  return land ? floor / land : NaN;
}

/* Where the summary of zones has a figure; its last row is the park. */
const OF_PARK = {
  count: ["zones", "parcel_count", v => grouped(v, 0, 0)], area_mu: ["zones", "assigned_mu", v => grouped(v, 1, 1)], plot_ratio: ["zones", "plot_ratio", v => ratioText(v, 2)],
  headroom_m2: ["zones", "headroom_m2", bigArea], fit_floor_area_m2: ["fit_zones", "net_m2", bigArea],
  output_wan_per_mu: ["zones", "output_wan_per_mu", v => ratioText(v, 2)], tax_wan_per_mu: ["zones", "tax_wan_per_mu", v => ratioText(v, 2)],
};
function ofPark(name) {
  const [tab, column, text] = OF_PARK[name], t = ready(tab), v = t ? t.num(column, t.n - 1) : NaN;
  return Number.isNaN(v) ? W.missing : text(v);
}

/* Parcels by status: of the park from its summary, else of the parcels shown. */
function tallyOf(rows, park) {
  const out = {}, t = park ? ready("status") : state.parcels;
  if (park) for (let r = 0; t && r < t.n; r++) out[t.raw("status", r)] = t.num("parcel_count", r);
  else if (t.has("status")) for (const i of rows) out[t.raw("status", i)] = (out[t.raw("status", i)] || 0) + 1;
  return out;
}

/* Did any rule say yes or no to it? Without, that none is idle is not known. */
function judged(kind) {
  const c = state.parcels.col({ idle: "idle", inefficient: "inefficient", headroom: "candidate" }[kind]);
  if (kind === "insufficient") return true;
  for (let i = 0; c && i < state.parcels.n; i++) if (c.raw(i) === "yes" || c.raw(i) === "no") return true;
  return false;
}

function tallyList(tally, words) {
  const kinds = ["idle", "inefficient", "headroom", "insufficient"].filter(k => words[k] && (tally[k] || judged(k)));
  return el("dl", { class: "tally" }, kinds.map(k => el("div", { "data-status": k }, el("dt", null, badge(TONE[k], words[k])), el("dd", null, grouped(tally[k] || 0, 0, 0)))));
}

function startFigures(at) {
  const unit = UNITS[state.meta.lang], p = state.parcels;
  const draw = () => {
    const rows = shownRows(), partly = state.meta.partly, park = partly && ready("zones") && !filteredNow();
    const label = n => n === "count" ? (partly && !park ? W.held : W.l_parcels) : p.has(n) || !park ? p.short(n) : ready(OF_PARK[n][0]).short(OF_PARK[n][1]);
    const has = n => n === "count" || (park ? ready(OF_PARK[n][0]) && ready(OF_PARK[n][0]).has(OF_PARK[n][1]) : p.has(n));
    const cards = FIGURES.filter(([n]) => has(n)).map(([n, f]) => el("div", { class: "card", "data-figure": n }, el("dt", null, label(n)),
      el("dd", null, park ? ofPark(n) : f(rows)[0], el("small", null, unit[n] || "")), partly && !park ? null : goal(n)));
    const status = (park && ready("status") || p).col("status");
    clear(at, partly && !park ? el("h2", { id: "s-held" }, W.held_figures) : null, el("dl", { class: "cards" }, cards),
      park && !ready("status") ? null : tallyList(tallyOf(rows, park), (status && status.codes) || {}));
  };
  on("filtered", draw);
  on("small", draw);
  draw();
}

/* A park-wide target for this figure, for the run's year, where there is one. */
function goal(name) {
  const t = ready("targets");
  if (!t || name !== "tax_wan_per_mu") return null;
  for (let r = 0; r < t.n; r++) {
    if (t.raw("zone", r) || (t.raw("year", r) !== null && t.raw("year", r) !== state.meta.year) || !/亩均税收|tax per mu|TAX-MU/i.test(`${t.raw("target", r)} ${t.raw("text", r)}`)) continue;
    return el("p", { class: "goal" }, `${W.target} ${t.show("target_value", r)}${t.raw("state", r) && t.show("state", r) ? "（" + t.show("state", r) + "）" : ""}`);
  }
  return null;
}
