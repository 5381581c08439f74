/* Legend of the theme: its classes with the number and the land of the parcels that are shown; and what else is on. */
function drawLegend(at) {
  const theme = state.theme, p = state.parcels, classes = theme.classify(p), area = p.col("area_mu");
  const count = theme.classes.map(() => 0), land = theme.classes.map(() => NaN);
  let n = 0;
  for (let i = 0; i < p.n; i++) {
    if (!state.shown[i]) continue;
    n++;
    if (classes[i] < 0) continue;
    count[classes[i]]++;
    if (area) land[classes[i]] = added(land[classes[i]], area.number(i));
  }
  const rows = theme.classes.map((c, k) => [k, c]).filter(([k]) => count[k]);
  clear(at,
    el("h3", null, `${W.legend}：${ofHeld(theme.name)}`.replace("：", state.meta.lang === "zh" ? "：" : ": ")),
    el("table", { class: "legend" },
      el("caption", { class: "hidden" }, `${W.legend} ${theme.name}`),
      el("thead", null, el("tr", null, el("th", { scope: "col" }, el("span", { class: "hidden" }, theme.name)), el("th", { scope: "col", class: "n" }, W.count), el("th", { scope: "col", class: "n" }, W.area))),
      el("tbody", null, rows.map(([k, c]) => el("tr", { "data-class": c.label },
        el("th", { scope: "row" }, swatch(theme.paint(k)), el("span", null, c.label)), el("td", { class: "n" }, grouped(count[k], 0, 0)), el("td", { class: "n" }, muText(land[k])))))),
    otherLegends());
}

function otherLegends() {
  const out = [];
  for (const name of ["fit", "checks", "check_points", "enterprises"]) {
    if (!state.layers[name] || !state.shapes[name]) continue;
    const tab = ready(name), theme = themeOf(name, tab);
    const classes = theme.classify(tab), used = theme.classes.map((c, k) => [k, c]).filter(([k, c]) => c.label && c.shown !== false && classes.includes(k) && (name !== "fit" || classes.some((v, i) => v === k && chosenWay(tab, i))));
    if (used.length) {
      out.push(el("h3", null, W["l_" + name]), el("ul", { class: "legend" }, used.map(([k, c]) => el("li", null, swatch(theme.paint(k), tab && state.shapes[name].kind === "point"), el("span", null, c.label)))));
    }
  }
  return out;
}

function startLegend(at) {
  const draw = () => drawLegend(at);
  on("filtered", draw);
  on("theme", draw);
  on("layers", draw);
  draw();
}

/* Has the park figures for this theme? */
function usable(theme) {
  const classes = theme.classify(state.parcels);
  return classes && new Set(classes).size > 1;
}
