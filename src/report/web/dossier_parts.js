/* The longer parts of a dossier: what would change it, who uses it, what may be built, what the ledger doubts. */
function changes(i) {
  const turns = about("breakpoints", i), wanted = fixesOf(i), b = ready("breakpoints"), f = ready("fixes");
  return [
    turns.length ? el("p", { class: "small" }, W.turns) : null,
    turns.length ? part(b, W.change, ["figure", "value", "breakpoint", "change", "after", "rule"], turns) : null,
    wanted.length ? el("p", { class: "small" }, W.fixes) : null,
    wanted.length ? part(f, W.fixes, ["layer", "id", "field", "year", "old_value", "settles", "part_of", "code"], wanted) : null,
    !turns.length && !wanted.length ? el("p", { class: "small" }, W.no_turns) : null,
  ];
}

/* Values wanted for this parcel: those that name it first, or stand under its own code. */
function fixesOf(i) {
  const f = ready("fixes"), id = state.parcels.raw("parcel_id", i);
  if (!f || id === null) return [];
  return [...new Set([...f.rowsOf("parcel_id", id), ...f.rowsOf("id", id)])].sort((a, b) => a - b);
}

const FIRM = ["output_wan", "tax_wan", "profit_wan", "added_value_wan", "rd_wan", "staff", "energy_tce", "electricity_kwh", "output_wan_per_mu", "tax_wan_per_mu", "grade", "grade_text"];

function people(i) {
  const rows = about("occupancy_shares", i), tab = ready("occupancy_shares"), out = [];
  if (rows.length) out.push(part(tab, W.people, ["use_role", "enterprise_name", "credit_code", "floor_m2", "floor_source", "land_share", "land_m2", "output_wan", "tax_wan", "staff"], rows));
  out.push(facts(i, ["enterprise_count", "output_wan", "tax_wan", "output_wan_per_mu", "tax_wan_per_mu", "staff", "energy_tce", "electricity_kwh", "tax_3y_wan", "years_known"]));
  for (const r of enterpriseRows(i, rows)) out.push(enterprise(r));
  const leases = ready("over_leases"), codes = rows.map(r => tab.raw("credit_code", r)).filter(c => c);
  const doubtful = leases ? [...new Set(codes.flatMap(c => leases.rowsOf("credit_code", c)))].filter(r => leases.raw("over_leased", r) === "yes") : [];
  if (doubtful.length) out.push(part(leases, W.people, ["enterprise_name", "over_leased", "evidence"], doubtful));
  if (!rows.length && !firmsOf(i).length) out.unshift(el("p", { class: "small" }, W.nobody));
  return out;
}

/* Rows of the year's enterprises that use the parcel, or name it. */
function enterpriseRows(i, shares) {
  const firms = ready("enterprises"), tab = ready("occupancy_shares"), id = state.parcels.raw("parcel_id", i), out = new Set();
  if (!firms) return [];
  for (const r of shares) for (const k of firms.rowsOf("credit_code", tab.raw("credit_code", r))) out.add(k);
  for (const k of firms.rowsOf("parcel_id", id)) out.add(k);
  return [...out].slice(0, 12);
}

function enterprise(r) {
  const firms = ready("enterprises"), series = ready("enterprise_series"), grades = ready("grades");
  const code = firms.raw("credit_code", r), line = name => fact(firms, name, r);
  const past = series && code ? series.rowsOf("credit_code", code) : [], graded = grades && code ? grades.rowsOf("credit_code", code) : [];
  return el("details", { class: "firm" },
    el("summary", null, firms.raw("enterprise_name", r) || code || W.hover, el("span", { class: "small" }, " " + [code, firms.show("industry_name", r)].filter(x => x).join(" · "))),
    el("dl", { class: "facts" }, FIRM.filter(n => firms.has(n) && firms.raw(n, r) !== null).map(line)),
    past.length ? el("dl", { class: "facts" }, ["first_year", "last_year", "output_3y_wan", "tax_3y_wan", "output_growth", "tax_growth", "stopped", "half_stopped", "zombie", "evidence"].filter(n => series.raw(n, past[0]) !== null).map(n => fact(series, n, past[0]))) : null,
    graded.length ? part(grades, W.grade, ["scheme", "group_name", "class", "class_text", "state", "score", "rank", "group_size", "to_better", "to_worse", "reason"], graded) : null);
}

function room(i) {
  const p = state.parcels, rows = about("fit_options", i), tab = ready("fit_options"), out = [];
  const area = p.num({ recorded: "area_recorded_m2", contract: "area_contract_m2", ellipsoid: "area_ellipsoid_m2", planar: "area_planar_m2", tuban: "area_tuban_m2" }[p.raw("plot_ratio_basis", i)], i);
  if (!Number.isNaN(p.num("headroom_m2", i)) && !Number.isNaN(p.num("plot_ratio_cap", i)) && !Number.isNaN(area)) {
    out.push(el("p", { class: "sum" }, W.sum_headroom(p.show("plot_ratio_cap", i), p.show("plot_ratio_cap_source", i), grouped(area, 0, 2), p.show("plot_ratio_basis", i), p.show("countable_floor_area_m2", i), p.show("headroom_m2", i))));
  }
  out.push(facts(i, ["plot_ratio_cap_source", "plot_ratio_excess_m2", "renewal_cap", "renewal_headroom_m2", "fit_way", "binding_constraint", "fit_reason"].filter(n => p.raw(n, i) !== null)));
  if (rows.length) {
    out.push(part(tab, W.room, ["fit_way", "chosen", "net_m2", "gross_m2", "demolished_m2", "modules", "storeys_max", "plot_ratio_after", "binding_constraint", "second_constraint"], rows));
    out.push(el("details", null, el("summary", null, tab.col("binding_constraint").label), part(tab, W.room, ["fit_way", "ceiling_plot_ratio_m2", "ceiling_coverage_m2", "ceiling_green_m2", "ceiling_shape_m2", "ceiling_distance_m2", "ceiling_height_m2", "ceiling_structure_m2", "cap_breakpoint"], rows)));
    for (const r of rows) if (tab.raw("fit_reason", r)) out.push(el("p", { class: "small" }, `${tab.show("fit_way", r)}: ${tab.raw("fit_reason", r)}`));
  }
  return out;
}

function lists(i) {
  const one = (name, title, columns) => { const rows = about(name, i); return rows.length ? section(name, title, part(ready(name), title, columns, rows)) : null; };
  return [
    one("contracts", W.contracts, ["contract_id", "signed_on", "finish_due", "met", "meets_invest", "meets_output", "meets_tax", "meets_plot_ratio", "meets_finish", "invest_wan_per_mu", "invest_actual_wan_per_mu", "tax_wan_per_mu", "tax_actual_wan_per_mu", "plot_ratio_min", "plot_ratio_actual"]),
    one("projects", W.projects, ["project_id", "project_name", "batch", "progress", "floor_area_m2", "invest_total_wan", "invested_wan", "start_on", "finish_due", "days_late"]),
    one("factory_units", W.units, ["unit_id", "building_id", "floor", "floor_area_m2", "use_state", "enterprise_name", "since", "months_in_state"]),
  ];
}

/* Entries of the ledger under the parcel's code or row, under its enterprises and its factory units' buildings. */
function doubts(i) {
  const led = ready("ledger"), p = state.parcels, id = p.raw("parcel_id", i);
  if (!led) return el("p", { class: "small" }, W.no_doubts);
  const keys = new Set([id, ...about("occupancy_shares", i).flatMap(r => [ready("occupancy_shares").raw("credit_code", r), ready("occupancy_shares").raw("building_id", r)])]);
  const rows = new Set([...keys].filter(k => k).flatMap(k => led.rowsOf("id", k)));
  for (const r of led.rowsOf("row", p.sourceRow(i))) if (led.raw("layer", r) === state.layerWord && (led.raw("id", r) === null || led.raw("id", r).trim() === id)) rows.add(r);
  const list = [...rows].sort((a, b) => a - b);
  return list.length ? list.map(r => doubt(led, r)) : el("p", { class: "small" }, W.no_doubts);
}

/* One entry: what is meant, then where, what was found and what to do. */
function doubt(led, r) {
  const line = name => led.raw(name, r) === null ? null : el("div", null, el("dt", null, led.short(name)), el("dd", null, led.show(name, r)));
  return el("div", { class: "proof", "data-code": led.raw("code", r) },
    el("p", null, badge("unknown", led.show("severity", r)), " ", el("b", null, led.show("text", r))),
    el("dl", { class: "facts" }, ["layer", "id", "field", "found", "expected", "touches", "todo", "code"].map(line)));
}

function allFields(i) {
  const p = state.parcels;
  return el("dl", { class: "facts all" }, p.columns.filter(c => c.raw(i) !== null).map(c => fact(p, c.name, i)));
}
