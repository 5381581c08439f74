/* Blocks of data in the page: base64 of a zlib stream of JSON. Each is unpacked once, when it is first wanted. */
const blocks = new Map();

function bytesOf(text) {
  const raw = atob(text), out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

async function unpack(id) {
  const at = document.getElementById(id);
  if (!at) return null;
  const stream = new Blob([bytesOf(at.textContent)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const out = JSON.parse(await new Response(stream).text());
  at.remove();
  return out;
}

function block(id) {
  if (!blocks.has(id)) blocks.set(id, unpack(id));
  return blocks.get(id);
}

/* Numbers that were written as differences. */
function summed(v) {
  let last = 0;
  return v && v.map(d => (last += d));
}

const DAY = 86400000;
function dateText(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/* At most so many decimals, at least so few, rounded as the tables of the result are: by the exact binary value. */
function grouped(v, least, most) {
  let [whole, rest] = Math.abs(v) < 1e21 ? v.toFixed(most).split(".") : [String(v), ""];
  while (rest && rest.length > least && rest.endsWith("0")) rest = rest.slice(0, -1);
  if (/^-0+$/.test(whole) && !/[1-9]/.test(rest || "")) whole = whole.slice(1);
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (rest ? "." + rest : "");
}

/* A column of a table. raw(i) is the value, null where it is missing; show(i) is how a person reads it. */
class Column {
  constructor(c, words) {
    Object.assign(this, { name: c.n, label: c.l, unit: c.u || "", about: c.a || "", decimals: c.d, atMost: !!c.m, ours: !!c.o, source: !!c.x, codes: c.c || null, type: c.t, v: c.v });
    this.words = words;
  }
  get numeric() {
    return this.type === "f" || this.type === "i";
  }
  raw(i) {
    const v = this.v[i];
    if (this.type === "s") return v < 0 ? null : this.words[v];
    if (this.type === "b") return v === 2 && !this.ours ? null : ["no", "yes", "unknown"][v];
    return v;
  }
  number(i) {
    const v = this.v[i];
    return this.numeric && v !== null ? v : NaN;
  }
  /* The word of a code, or of several joined by ; or +. */
  word(code) {
    if (!this.codes) return code;
    if (this.codes[code] !== undefined) return this.codes[code];
    const all = code.split(/[;+]/);
    return all.length > 1 && all.every(c => this.codes[c] !== undefined) ? all.map(c => this.codes[c]).join("、") : code;
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
    this.at = summed(raw.at) || null;
    this.rows = summed(raw.rows) || null;
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
