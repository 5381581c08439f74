/* Conditions of map themes: comparisons of a field with a number or a text, IN, IS NULL, AND, OR, NOT. As in SQL a
 * missing value makes a comparison neither true nor false: null. */
function ruleTokens(text) {
  const out = [], re = /\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(<>|!=|<=|>=|=|<|>|\(|\)|,)|([A-Za-z_]\w*))/y;
  while (re.lastIndex < text.trimEnd().length) {
    const m = re.exec(text);
    if (!m) return null;
    if (m[1] !== undefined) out.push({ is: "field", v: m[1].replace(/""/g, '"') });
    else if (m[2] !== undefined) out.push({ is: "value", v: m[2].replace(/''/g, "'") });
    else if (m[3] !== undefined) out.push({ is: "value", v: Number(m[3]) });
    else if (m[4] !== undefined) out.push({ is: m[4] });
    else out.push(/^(and|or|not|in|is|null)$/i.test(m[5]) ? { is: m[5].toLowerCase() } : { is: "field", v: m[5] });
  }
  return out;
}

function compared(op, a, b) {
  if (a === null || b === null || Number.isNaN(a)) return null;
  if (typeof b === "number" && typeof a !== "number") a = Number(a);
  if (op === "=") return a === b;
  if (op === "<>" || op === "!=") return a !== b;
  return op === "<" ? a < b : op === "<=" ? a <= b : op === ">" ? a > b : a >= b;
}

/* A condition as a function of a row, or null where the text is of another kind. */
function compileRule(text, tab) {
  const t = ruleTokens(text);
  let at = 0;
  const peek = () => (t[at] ? t[at].is : ""), take = is => (peek() === is ? !!++at : false);
  const need = is => { if (!take(is)) throw new Error("rule"); };
  function field() {
    const token = t[at];
    need("field");
    const c = tab.col(token.v);
    return c ? i => c.exact(i) : () => null;
  }
  function value() {
    const token = t[at];
    need("value");
    return token.v;
  }
  function one() {
    if (take("not")) { const f = one(); return i => { const v = f(i); return v === null ? null : !v; }; }
    if (take("(")) { const f = any(); need(")"); return f; }
    const f = field();
    if (take("is")) { const not = take("not"); need("null"); return i => (f(i) === null) !== not; }
    const not = take("not");
    if (take("in")) {
      const set = [];
      need("(");
      do set.push(value()); while (take(","));
      need(")");
      return i => { const v = f(i); return v === null ? null : set.some(s => compared("=", v, s)) !== not; };
    }
    const op = peek();
    if (!/^(=|<>|!=|<|<=|>|>=)$/.test(op)) throw new Error("rule");
    at++;
    const v = value();
    return i => compared(op, f(i), v);
  }
  function all() {
    let f = one();
    while (take("and")) { const a = f, b = one(); f = i => { const x = a(i), y = x === false ? false : b(i); return x === false || y === false ? false : x === null || y === null ? null : true; }; }
    return f;
  }
  function any() {
    let f = all();
    while (take("or")) { const a = f, b = all(); f = i => { const x = a(i), y = x === true ? true : b(i); return x === true || y === true ? true : x === null || y === null ? null : false; }; }
    return f;
  }
  try {
    const f = any();
    return at === t.length ? f : null;
  } catch (e) {
    return null;
  }
}
