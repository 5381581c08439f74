/* Blocks of data in the page: base64 of a zlib stream of one JSON object, a NUL, and the bytes of its numbers. Each is
 * unpacked once, when it is first wanted. */
const blocks = new Map();

function bytesOf(text) {
  const raw = atob(text), out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

/* Whole numbers as the page's writer puts them: all lowest bytes, then all second ones ...; 0 is none, here NaN. */
function planes(bytes, from, n, width, folded) {
  const out = new Float64Array(n);
  for (let k = width - 1; k >= 0; k--) {
    const at = from + k * n;
    for (let i = 0; i < n; i++) out[i] = out[i] * 256 + bytes[at + i];
  }
  for (let i = 0; i < n; i++) {
    const u = out[i] - 1;
    out[i] = u < 0 ? NaN : !folded ? u : u % 2 ? -(u + 1) / 2 : u / 2;
  }
  return out;
}

async function unpack(id) {
  const at = document.getElementById(id);
  if (!at) return null;
  const stream = new Blob([bytesOf(at.textContent)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let end = bytes.indexOf(0);
  if (end < 0) end = bytes.length;
  const out = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  let from = end + 1;
  for (const c of [...(out.columns || []), ...(out.arrays || []), ...(out.at ? [out.at] : []), ...(out.rows ? [out.rows] : [])]) {
    if (!c.w) { c.v = Float64Array.from(c.v, v => (v === null ? NaN : v)); continue; }
    const n = c.n >= 0 ? c.n : out.n;
    c.v = planes(bytes, from, n, c.w, c.z);
    from += n * c.w;
    if (c.t === "f" && c.d > 0) for (let i = 0, by = 10 ** c.d; i < n; i++) c.v[i] /= by;
  }
  at.remove();
  return out;
}

function block(id) {
  if (!blocks.has(id)) blocks.set(id, unpack(id));
  return blocks.get(id);
}

/* Numbers that were written as differences. */
function summed(list) {
  let last = 0;
  return list ? list.v.map(d => (last += d)) : null;
}

const DAY = 86400000;
function dateText(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/* At most so many decimals, at least so few, rounded as the tables of the result are: by the exact binary value. */
function grouped(v, least, most) {
  const x = v * 10 ** most, tie = Number.isInteger(v * 2 ** (most + 1)) && Math.abs(x - Math.trunc(x)) === 0.5; /* toFixed takes the larger, the tables the even one */
  let [whole, rest] = (tie ? 2 * Math.round(x / 2) / 10 ** most : v).toFixed(most).split(".");
  while (rest && rest.length > least && rest.endsWith("0")) rest = rest.slice(0, -1);
  if (/^-0+$/.test(whole) && !/[1-9]/.test(rest || "")) whole = whole.slice(1);
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (rest ? "." + rest : "");
}

/* A column of a table. raw(i) is the value, null where it is missing; show(i) is how a person reads it. */
class Column {
  constructor(c, words) {
    Object.assign(this, { name: c.n, label: c.l, unit: c.u || "", about: c.a || "", decimals: c.d, atMost: !!c.m, ours: !!c.o, source: !!c.x, codes: c.c || null, type: c.t, v: c.v });
    this.words = words;
    this.full = c.e && c.e.length ? new Map() : null;
    for (let k = 0; c.e && k < c.e.length; k += 2) this.full.set(c.e[k], c.e[k + 1]);
  }
  /* The number in full, where it is by a hair on the other side of a border than its rounded form. */
  exact(i) {
    return this.full && this.full.has(i) ? this.full.get(i) : this.raw(i);
  }
  get numeric() {
    return this.type === "f" || this.type === "i";
  }
  raw(i) {
    const v = this.v[i];
    if (Number.isNaN(v)) return null;
    if (this.type === "s") return this.words[v];
    if (this.type === "b") return v === 2 && !this.ours ? null : ["no", "yes", "unknown"][v];
    return v;
  }
  number(i) {
    return this.numeric ? this.v[i] : NaN;
  }
  /* The word of a code, or of several joined by ; or +. */
  word(code) {
    if (!this.codes) return code;
    if (this.codes[code] !== undefined) return this.codes[code];
    const all = code.split(/[;+]/);
    return all.length > 1 && all.every(c => this.codes[c] !== undefined) ? all.map(c => this.codes[c]).join(W.and) : code;
  }
  format(v) {
    if (v === null || v === undefined || Number.isNaN(v)) return "";
    if (this.type === "f") {
      const d = this.decimals < 0 ? 6 : this.decimals;
      return grouped(v, this.atMost || this.decimals < 0 ? 0 : d, d);
    }
    if (this.type === "i") return this.atMost || /year|年/.test(this.unit) ? String(v) : grouped(v, 0, 0);
    return String(v);
  }
  show(i) {
    const v = this.raw(i);
    if (v === null) return "";
    if (this.type === "s") return this.word(v);
    if (this.type === "b") return v === "yes" ? W.yes : v === "no" ? W.no : W.unknown;
    if (this.type === "d") return dateText(v);
    return this.format(v);
  }
}

class Table {
  constructor(raw) {
    this.name = raw.name;
    this.title = raw.title;
    this.n = raw.n;
    this.columns = raw.columns.map(c => new Column(c, raw.words));
    this.by = new Map(this.columns.map(c => [c.name, c]));
    this.at = summed(raw.at);
    this.rows = summed(raw.rows);
  }
  has(name) {
    return this.by.has(name);
  }
  col(name) {
    return this.by.get(name);
  }
  raw(name, i) {
    const c = this.by.get(name);
    return c ? c.raw(i) : null;
  }
  num(name, i) {
    const c = this.by.get(name);
    return c ? c.number(i) : NaN;
  }
  show(name, i) {
    const c = this.by.get(name);
    return c ? c.show(i) : "";
  }
  /* Heading without unit and area in brackets. */
  short(name) {
    const c = this.by.get(name);
    return c ? c.label.replace(/[（(][^（）()]*[）)]$/, "") : name;
  }
  /* Row number in the source: what reasons and the ledger name. */
  sourceRow(i) {
    return this.rows ? this.rows[i] : (this.at ? this.at[i] : i) + 1;
  }
  /* Rows by the text of a column. */
  index(name) {
    this.indexes = this.indexes || new Map();
    if (!this.indexes.has(name)) {
      const map = new Map(), c = this.by.get(name);
      for (let i = 0; c && i < this.n; i++) {
        const key = c.raw(i);
        if (key === null) continue;
        if (map.has(key)) map.get(key).push(i);
        else map.set(key, [i]);
      }
      this.indexes.set(name, map);
    }
    return this.indexes.get(name);
  }
  rowsOf(name, key) {
    return this.index(name).get(key) || [];
  }
}

const tables = new Map();
/* A table of the run, or null where the run has none. */
async function table(name) {
  if (!tables.has(name)) {
    const raw = await block("t-" + name);
    if (!tables.has(name)) tables.set(name, raw ? new Table(raw) : null);
  }
  return tables.get(name);
}
/* One that was unpacked before. */
function ready(name) {
  return tables.get(name) || null;
}
