/* The four charts; the first two follow the filters, the others are of the park. */
function yieldChart() {
  const c = chart("ch-yield", ofHeld(W.ch_yield), W.ch_yield_about), theme = state.themes.find(t => t.id === "yield");
  const draw = () => {
    const classes = theme && theme.classify(state.parcels);
    if (!classes) return;
    const count = theme.classes.map(() => 0), land = theme.classes.map(() => NaN), area = state.parcels.col("area_mu");
    for (const i of shownRows()) if (classes[i] >= 0) { count[classes[i]]++; land[classes[i]] = added(land[classes[i]], area ? area.number(i) : NaN); }
    clear(c.picture, columnsChart(W.ch_yield, theme.classes.map((k, n) => ({ label: k.label, value: count[n], paint: theme.paint(n) })), W.parcels_n));
    clear(c.twin, grid(W.ch_yield, [{ text: theme.name }, { text: W.parcels_n, number: true }, { text: W.area, number: true }], theme.classes.map((k, n) => [k.label, grouped(count[n], 0, 0), muText(land[n])])));
  };
  on("filtered", later(60, draw));
  draw();
  return theme ? c.at : null;
}

function ratioChart() {
  const c = chart("ch-ratio", ofHeld(W.ch_ratio), W.ch_ratio_about), p = state.parcels;
  const draw = () => {
    const known = shownRows().filter(i => !Number.isNaN(p.num("plot_ratio", i)) && !Number.isNaN(p.num("plot_ratio_cap", i)));
    const x = known.map(i => p.num("plot_ratio_cap", i)), y = known.map(i => p.num("plot_ratio", i)), most = list => list.reduce((a, b) => Math.max(a, b), 0.5);
    const theme = state.themes.find(t => t.id === "status"), classes = theme && theme.classify(p);
    const ink = i => { const k = classes ? classes[i] : -1; return k < 0 ? "#888" : theme.paint(k).fill || "#ffffff"; };
    clear(c.picture, dotsChart(W.ch_ratio, known.map((i, n) => ({ x: x[n], y: y[n], fill: ink(i) })), { x: most(x) * 1.05, y: most(y) * 1.05 }, { x: W.cap, y: W.ratio }));
    const bands = new Map();
    known.forEach((i, n) => {
      const b = bands.get(x[n]) || { n: 0, over: 0, sum: 0 };
      bands.set(x[n], { n: b.n + 1, over: b.over + (y[n] > x[n] ? 1 : 0), sum: b.sum + y[n] });
    });
    const rows = [...bands].sort((a, b) => a[0] - b[0]);
    const few = rows.length <= 30 ? rows : binned(rows);
    clear(c.twin, grid(W.ch_ratio, [{ text: W.cap, number: true }, { text: W.parcels_n, number: true }, { text: W.over, number: true }, { text: W.ratio, number: true }], few.map(([v, b]) => [grouped(v, 0, 2), grouped(b.n, 0, 0), grouped(b.over, 0, 0), grouped(b.sum / b.n, 2, 2)])));
  };
  on("filtered", later(60, draw));
  draw();
  return p.has("plot_ratio") && p.has("plot_ratio_cap") ? c.at : null;
}

function binned(rows) {
  const out = new Map();
  for (const [v, b] of rows) {
    const key = Math.floor(v * 2) / 2, o = out.get(key) || { n: 0, over: 0, sum: 0 };
    out.set(key, { n: o.n + b.n, over: o.over + b.over, sum: o.sum + b.sum });
  }
  return [...out];
}

/* Paper and buildable are of the same parcels, those fitted. Without a fit there is the paper alone. */
function roomChart() {
  const zones = ready("zones"), fitted = ready("fit_zones"), from = fitted || zones, wide = fitted ? "headroom_m2" : "headroom_industrial_m2";
  if (!from || !from.has(wide)) return null;
  const c = chart("ch-room", W.ch_room, W.ch_room_about), rows = [];
  for (let r = 0; r < from.n - 1; r++) /* the last is the park */
    rows.push({ label: from.show("zone", r), wide: from.num(wide, r) / 1e4, narrow: fitted ? fitted.num("net_m2", r) / 1e4 : NaN });
  const useful = rows.filter(r => r.wide > 0 || r.narrow > 0);
  clear(c.picture, barsChart(W.ch_room, useful, [[W.paper, "pale"], [W.buildable, "dark"]]));
  clear(c.twin, grid(W.ch_room, [{ text: W.zone }, { text: W.paper, number: true }, { text: W.buildable, number: true }], rows.map(r => [r.label, Number.isNaN(r.wide) ? "" : grouped(r.wide, 2, 2), Number.isNaN(r.narrow) ? "" : grouped(r.narrow, 2, 2)])));
  return c.at;
}

/* Targets of the whole park, of the run's year where they have years. */
function targetRows() {
  const t = ready("targets"), out = [];
  for (let r = 0; t && r < t.n; r++) {
    if (t.raw("zone", r) || (t.raw("year", r) !== null && t.raw("year", r) !== state.meta.year)) continue;
    out.push({ r, label: t.show("text", r) || t.show("target", r), share: t.num("progress", r), expired: t.raw("state", r) === "expired", text: `${t.show("reached_value", r) || W.missing} / ${t.show("target_value", r)} ${t.show("unit", r)}` });
  }
  return out;
}

function targetChart() {
  const t = ready("targets"), rows = targetRows();
  if (!rows.length) return null;
  const c = chart("ch-target", W.ch_target, W.ch_target_about), names = ["target", "rulebook", "text", "target_value", "reached_value", "progress", "unit", "due_on", "state"].filter(n => t.has(n));
  clear(c.picture, progressChart(W.ch_target, rows.slice(0, 10)));
  clear(c.twin, grid(W.ch_target, names.map(n => ({ text: t.col(n).label, number: t.col(n).numeric })), rows.map(x => names.map(n => t.show(n, x.r)))));
  return c.at;
}

function startCharts(at) {
  put(at, el("div", { class: "charts" }, yieldChart(), ratioChart(), roomChart(), targetChart()));
}
