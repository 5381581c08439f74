/* The dossier of a parcel, put together from the tables of the run. The words are those of `mujun explain`. */
function firmsOf(i) {
  const shares = ready("occupancy_shares"), p = state.parcels, out = [];
  if (shares) for (const r of shares.rowsOf("parcel_row", placeOf(i))) { const name = shares.raw("enterprise_name", r); if (name && !out.includes(name)) out.push(name); }
  if (!out.length && ready("enterprises")) for (const r of ready("enterprises").rowsOf("parcel_id", p.raw("parcel_id", i))) { const name = ready("enterprises").raw("enterprise_name", r); if (name && !out.includes(name)) out.push(name); }
  return out;
}

/* Place of a parcel in the result, from 1. */
function placeOf(i) {
  return (state.parcels.at ? state.parcels.at[i] : i) + 1;
}

/* Rows of a table about a parcel: by its place or row where the table has one, else by its code. */
function about(name, i) {
  const tab = ready(name), p = state.parcels;
  if (!tab) return [];
  if (tab.has("parcel_row")) return tab.rowsOf("parcel_row", placeOf(i));
  const rows = tab.rowsOf("parcel_id", p.raw("parcel_id", i));
  return tab.has("row") && /^(reasons|breakpoints)$/.test(name) ? rows.filter(r => tab.raw("row", r) === p.sourceRow(i)) : rows;
}

function fact(tab, name, i) {
  const c = tab.col(name);
  return c ? el("div", null, el("dt", { title: [c.label, c.about].join("\n") }, tab.short(name)), el("dd", { "data-field": name }, el("span", null, c.show(i) || el("span", { class: "missing" }, W.missing)), c.unit && c.show(i) ? el("small", null, " " + c.unit) : null)) : null;
}

function facts(i, names) {
  return el("dl", { class: "facts" }, names.map(n => fact(state.parcels, n, i)));
}

function badge(tone, text) {
  return el("span", { class: "badge " + tone }, text);
}

function section(id, title, ...inside) {
  return el("section", { class: "part", "data-part": id }, el("h4", null, title), inside);
}

const TONE = { idle: "idle", inefficient: "inefficient", headroom: "headroom", insufficient: "unknown", normal: "normal" };

function dossier(i) {
  const p = state.parcels, id = p.raw("parcel_id", i), firms = firmsOf(i), same = id ? p.rowsOf("parcel_id", id).length : 1;
  return [
    el("div", { class: "dossier-head" },
      el("h3", { tabindex: "-1", id: "dossier-title" }, id || "#" + p.sourceRow(i)),
      badge(TONE[p.raw("status", i)] || "normal", p.show("status", i))),
    el("p", { class: "who" }, firms.join(W.and) || p.raw("owner_name", i) || ""),
    same > 1 ? el("p", { class: "note" }, W.same_id(same)) : null,
    facts(i, ["zone", "land_use_name", "area_mu", "plot_ratio", "plot_ratio_cap", "headroom_m2", "fit_floor_area_m2", "output_wan_per_mu", "tax_wan_per_mu", "candidate_for"]),
    section("verdicts", W.verdicts, verdicts(i)),
    section("change", W.change, changes(i)),
    section("people", W.people, people(i)),
    section("room", W.room, room(i)),
    lists(i),
    section("ledger", W.ledger, doubts(i)),
    el("details", { class: "part" }, el("summary", null, W.fields), allFields(i)),
  ];
}

function verdictLine(name, matter, i, reasons) {
  const p = state.parcels, v = p.raw(name, i), c = p.col(name);
  if (!c) return null;
  const tone = v === "yes" ? "yes" : v === "no" ? "no" : "unknown", rows = reasons.filter(r => ready("reasons").raw("verdict_on", r) === matter);
  return el("div", { class: "verdict " + tone, "data-matter": matter },
    el("p", null, badge(tone, c.show(i)), " ", el("b", null, c.label)),
    rows.length ? proofs(rows) : el("p", { class: "small" }, v === "no" ? W.no_reason : ""));
}

function verdicts(i) {
  const p = state.parcels, reasons = about("reasons", i), tab = ready("reasons");
  const renewal = reasons.filter(r => tab.raw("verdict_on", r) === "renewal"), text = p.raw("renewal_text", i);
  const others = reasons.filter(r => !["idle", "inefficient", "renewal"].includes(tab.raw("verdict_on", r)));
  return [
    verdictLine("idle", "idle", i, reasons),
    p.raw("idle", i) === "yes" ? el("p", { class: "small" }, W.suspected) : null,
    verdictLine("inefficient", "inefficient", i, reasons),
    text || renewal.length ? el("div", { class: "verdict plain", "data-matter": "renewal" }, el("p", null, badge("plain", p.short("renewal_text")), " ", el("b", null, text || W.unknown)), proofs(renewal)) : null,
    others.length ? proofs(others) : null,
    reasons.some(r => tab.raw("certainty", r) === "assumed") ? el("p", { class: "small" }, W.certain_note) : null,
  ];
}

/* One card a comparison: rule and article first, then what was read against what limit, and by how much. */
function proofs(rows) {
  const tab = ready("reasons");
  return rows.map(r => {
    const get = name => tab.show(name, r), line = (name, value) => value ? el("div", null, el("dt", null, name), el("dd", null, value)) : null;
    return el("div", { class: "proof", "data-rule": get("rule") },
      el("p", null, badge(tab.raw("verdict_on", r) === "renewal" && tab.raw("verdict", r) === "yes" ? "plain" : tab.raw("verdict", r) === "yes" ? "yes" : tab.raw("verdict", r) === "no" ? "no" : "unknown", get("verdict")), " ", el("b", null, get("text") || get("measure"))),
      el("dl", { class: "facts" },
        line(tab.short("measure"), get("measure")),
        line(tab.short("value"), get("value") || (tab.raw("op", r) ? W.missing : "")),
        line(tab.short("limit_value"), [get("op"), get("limit_value")].filter(x => x).join(" ")),
        line(tab.short("margin"), get("margin")),
        line(tab.short("operands"), get("operands")),
        line(tab.short("certainty"), get("certainty")),
        line(W.rule, [get("rule"), get("rulebook")].filter(x => x).join(" · ")),
        line(W.article, [get("document"), get("article")].filter(x => x).join(" "))));
  });
}

function showDossier(at, i) {
  at.classList.toggle("open", i >= 0);
  document.body.classList.toggle("reading", i >= 0);
  if (i < 0) return clear(at, el("p", { class: "hint" }, W.pick));
  return clear(at, el("button", { type: "button", class: "close", onclick: () => choose(-1), "aria-label": W.close }, "×"), dossier(i));
}

function startDossier(at) {
  showDossier(at, -1);
  on("chosen", (i, from) => {
    showDossier(at, i);
    if (i < 0) return;
    at.scrollTop = 0;
    if (from !== "map") document.getElementById("dossier-title").focus({ preventScroll: true });
    if (window.innerWidth < 900) at.scrollIntoView({ block: "start" });
  });
  on("more", () => { if (state.chosen >= 0) showDossier(at, state.chosen); });
}
