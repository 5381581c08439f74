/* What the ledger says, what was reconciled, and by which rulebooks and definitions the run judged. */
function startQuality(at) {
  const codes = ready("ledger_codes");
  put(at, el("p", { class: "small" }, W.led_about));
  if (codes) put(at, part(codes, W.quality, ["severity", "code", "entries", "text", "todo"], [...Array(codes.n).keys()], { id: "codes" }));
  else put(at, el("p", null, W.none));
  reconciled(at);
}

/* Every sum that was reconciled: the source, and what the items leave over. */
function sums() {
  const t = ready("reconciliation"), out = new Map();
  for (let r = 0; t && r < t.n; r++) {
    const key = `${t.show("layer", r)} · ${t.show("measure", r)}`, o = out.get(key) || { source: "", residual: NaN, text: "" };
    const item = t.raw("item", r);
    if (item === "source") o.source = t.show("value", r);
    if (item === "residual") { o.residual = t.num("value", r); o.text = t.show("value", r); }
    out.set(key, o);
  }
  return [...out].filter(([, o]) => o.text !== "");
}

function reconciled(at) {
  const all = sums(), off = all.filter(([, o]) => Math.abs(o.residual) > 0), t = ready("reconciliation");
  if (!t) return;
  put(at, el("h3", null, W.rec), el("p", { class: "small" }, W.rec_about));
  put(at, el("p", { id: "residual" }, off.length ? W.rec_bad(off.length) : W.rec_ok(all.length)));
  const table_ = list => el("div", { class: "scroll" }, grid(W.rec, [{ text: W.what }, { text: W.source, number: true }, { text: W.residual, number: true }], list.map(([k, o]) => [k, o.source, o.text])));
  if (off.length) put(at, table_(off));
  put(at, el("details", null, el("summary", null, W.rec_table), part(t, W.rec, ["layer", "measure", "item", "rows", "value"], [...Array(t.n).keys()])));
}

function startMethods(at) {
  const m = state.meta;
  put(at, el("h3", null, W.books), el("div", { class: "scroll" }, grid(W.books, [W.book, W.document, W.from, W.to, W.force].map(text => ({ text })),
    m.books.map(b => [`${b.code} ${b.version}`, [b.name, b.document].filter(x => x).join(" "), b.from || "", b.to || W.open, b.in_force ? W.in_force : W.not_force]))));
  put(at, el("p", { class: "small" }, W.certain_note), el("p", { class: "small" }, W.suspected));
  put(at, el("h3", null, W.about_run), el("div", { class: "scroll" }, el("table", null, el("caption", { class: "hidden" }, W.about_run), el("tbody", null, m.overview.map(([k, v]) => el("tr", null, el("th", { scope: "row" }, k), el("td", null, v)))))));
  put(at, el("p", { class: "small" }, `${W.made} ${m.version} · ${m.run_id} · ${m.as_of} · ${W.leaflet}`));
}
