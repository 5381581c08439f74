/* The ranked list of candidates: sortable, a page at a time, arrow keys between rows. */
const RANKED = ["parcel_id", "zone", "status", "candidate_for", "area_mu", "plot_ratio", "plot_ratio_cap", "headroom_m2", "fit_floor_area_m2", "tax_wan_per_mu", "owner_name"];
const KIND = { idle: 0, inefficient: 1, headroom: 2 };

function ranked() {
  const p = state.parcels, out = [];
  for (let i = 0; i < p.n; i++) if (state.shown[i] && p.raw("candidate", i) === "yes") out.push(i);
  if (p.has("candidate_rank")) return out.sort((a, b) => p.num("candidate_rank", a) - p.num("candidate_rank", b));
  const kind = i => KIND[p.raw("status", i)] ?? 3, wide = i => { const v = p.num("headroom_m2", i); return Number.isNaN(v) ? -1 : v; };
  return out.sort((a, b) => kind(a) - kind(b) || wide(b) - wide(a) || a - b);
}

function sortedBy(rows, name, down) {
  const c = state.parcels.col(name), way = down ? -1 : 1;
  const none = i => (c.numeric ? Number.isNaN(c.number(i)) : c.raw(i) === null);
  return rows.slice().sort((a, b) => none(a) - none(b) || (none(a) ? 0 : c.numeric ? way * (c.number(a) - c.number(b)) : way * (c.show(a) < c.show(b) ? -1 : c.show(a) > c.show(b) ? 1 : 0)) || a - b);
}

function startRanked(at) {
  const p = state.parcels, cols = RANKED.map(n => p.col(n)).filter(c => c);
  const size = 25;
  let by = null, down = true, from = 0, rows = [];
  const heads = cols.map(c => el("th", { scope: "col", class: c.numeric ? "n" : null, title: c.about || null }, el("button", { type: "button", onclick: () => {
    down = by === c.name ? !down : c.numeric;
    by = c.name;
    from = 0;
    refresh();
  } }, p.short(c.name), c.unit ? el("small", null, ` ${c.unit}`) : null)));
  const body = el("tbody"), count = el("output"), turn = d => { from = Math.max(0, Math.min(from + d * size, rows.length - 1)); draw(); };
  const prev = el("button", { type: "button", onclick: () => turn(-1) }, W.prev), next = el("button", { type: "button", onclick: () => turn(1) }, W.next);
  clear(at, el("p", { class: "small" }, W.rank_about),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": W.ranked }, el("table", { class: "ranked", id: "ranked" }, el("caption", { class: "hidden" }, W.ranked), el("thead", null, el("tr", null, el("th", { scope: "col", class: "n" }, "#"), heads)), body)),
    el("div", { class: "pager" }, prev, count, next));
  body.addEventListener("keydown", e => {
    const row = e.target.closest("tr");
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      const to = e.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      e.preventDefault();
      if (to) to.querySelector("button").focus();
    }
  });
  body.addEventListener("click", e => { const row = e.target.closest("tr"); if (row) { choose(Number(row.dataset.row), "list"); document.getElementById("s-map").scrollIntoView(); } });
  function draw() {
    from = Math.floor(from / size) * size;
    const last = Math.min(from + size, rows.length);
    clear(body, rows.slice(from, last).map((i, k) => el("tr", { "data-row": i, "data-id": p.raw("parcel_id", i), class: i === state.chosen ? "chosen" : null },
      el("td", { class: "n" }, grouped(from + k + 1, 0, 0)),
      cols.map((c, n) => el("td", { class: c.numeric ? "n" : null, "data-field": c.name }, n ? (c.name === "status" ? badge(TONE[c.raw(i)] || "normal", c.show(i)) : c.show(i)) : el("button", { type: "button", class: "link" }, c.show(i) || "#" + p.sourceRow(i)))))));
    count.textContent = rows.length ? W.page(from + 1, last, rows.length) : W.none;
    prev.disabled = from === 0;
    next.disabled = last >= rows.length;
  }
  function refresh() {
    rows = by ? sortedBy(ranked(), by, down) : ranked();
    heads.forEach((h, k) => { if (cols[k].name === by) h.setAttribute("aria-sort", down ? "descending" : "ascending"); else h.removeAttribute("aria-sort"); });
    draw();
  }
  on("filtered", () => { from = 0; refresh(); });
  on("chosen", draw);
  refresh();
}
