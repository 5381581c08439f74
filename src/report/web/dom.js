/* The page is built of elements and text nodes; no text of the data is ever read as HTML. */
function el(tag, about, ...inside) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(about || {})) {
    if (v === null || v === undefined || v === false) continue;
    if (k === "class") e.className = v;
    else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else e.setAttribute(k, v === true ? "" : v);
  }
  put(e, ...inside);
  return e;
}

function put(e, ...inside) {
  for (const x of inside.flat(Infinity)) if (x !== null && x !== undefined && x !== false) e.append(x);
  return e;
}

function clear(e, ...inside) {
  e.replaceChildren();
  return put(e, ...inside);
}

function svg(tag, about, ...inside) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [k, v] of Object.entries(about || {})) e.setAttribute(k, v);
  return put(e, ...inside);
}

/* A table with a caption; heads: [{ text, number }], rows: lists of texts or elements. */
function grid(caption, heads, rows, about) {
  return el("table", about,
    el("caption", { class: "hidden" }, caption),
    el("thead", null, el("tr", null, heads.map(h => el("th", { scope: "col", class: h.number ? "n" : null, title: h.about || null }, h.text)))),
    el("tbody", null, rows.map(r => el("tr", null, r.map((c, k) => el("td", { class: heads[k].number ? "n" : null }, c))))));
}

/* Some columns of some rows of a table, those columns left out that have nothing to say. */
function part(tab, caption, names, rows, about) {
  const cols = names.map(n => tab.col(n)).filter(c => c && rows.some(i => c.raw(i) !== null));
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    grid(caption, cols.map(c => ({ text: c.label, number: c.numeric, about: c.about })), rows.map(i => cols.map(c => c.show(i))), about));
}

function say(text) {
  document.getElementById("live").textContent = text;
}

/* Run it once, when nothing more comes for some time. */
function later(ms, run) {
  let timer = 0;
  return (...with_) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...with_), ms);
  };
}

const nextFrame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
