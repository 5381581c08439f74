/* The park's key figures, of the parcels that are shown; beside them the targets that are in force. */
const FIGURES = [
  ["count", rows => [grouped(rows.length, 0, 0), ""]],
  ["area_mu", rows => [grouped(sumOf("area_mu", rows) || 0, 1, 1), ""]],
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

function startFigures(at) {
  const unit = UNITS[state.meta.lang], p = state.parcels;
  const names = FIGURES.filter(([n]) => n === "count" || p.has(n));
  const draw = () => {
    const rows = shownRows(), kinds = ["idle", "inefficient", "headroom", "insufficient"];
    const cards = names.map(([n, f]) => el("div", { class: "card", "data-figure": n }, el("dt", null, n === "count" ? W.l_parcels : p.short(n)), el("dd", null, f(rows)[0], el("small", null, unit[n] || "")), goal(n, rows)));
    const status = p.col("status"), tally = {};
    for (const i of rows) { const s = status ? status.raw(i) : null; tally[s] = (tally[s] || 0) + 1; }
    const words = status && status.codes ? status.codes : {};
    clear(at, el("dl", { class: "cards" }, cards),
      el("dl", { class: "tally" }, kinds.filter(k => words[k]).map(k => el("div", { "data-status": k }, el("dt", null, badge(TONE[k], words[k])), el("dd", null, grouped(tally[k] || 0, 0, 0))))));
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
