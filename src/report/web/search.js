/* Search by parcel code, enterprise name or credit code: a combobox with a list, arrow keys, Enter and Escape. */
const MOST_FOUND = 20;

function searchEntries() {
  const p = state.parcels, out = [], seen = new Set(), place = new Map();
  for (let i = 0; i < p.n; i++) {
    place.set(placeOf(i), i);
    const id = p.raw("parcel_id", i) || "#" + p.sourceRow(i);
    out.push({ key: id.toLowerCase(), text: id, more: p.show("zone", i), row: i });
  }
  const enter = (name, code, i) => {
    if (i === undefined || !(name || code) || seen.has(`${i} ${code} ${name}`)) return;
    seen.add(`${i} ${code} ${name}`);
    out.push({ key: `${name || ""} ${code || ""}`.toLowerCase(), text: name || code, more: [code, p.raw("parcel_id", i)].filter(x => x).join(" · "), row: i });
  };
  const shares = ready("occupancy_shares"), firms = ready("enterprises");
  for (let r = 0; shares && r < shares.n; r++) enter(shares.raw("enterprise_name", r), shares.raw("credit_code", r), place.get(shares.raw("parcel_row", r)));
  for (let r = 0; firms && r < firms.n; r++) {
    for (const id of [firms.raw("parcel_id", r), ...(firms.raw("places", r) || "").split(/[;；]/)]) {
      const at = id ? p.rowsOf("parcel_id", id.trim()) : [];
      if (at.length) enter(firms.raw("enterprise_name", r), firms.raw("credit_code", r), at[0]);
    }
  }
  for (let i = 0; i < p.n; i++) enter(p.raw("owner_name", i), p.raw("owner_code", i), i);
  return out;
}

function startSearch(input, list) {
  let entries = null, found = [], active = -1;
  const closeList = () => { list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = k => {
    active = k;
    [...list.children].forEach((c, n) => c.setAttribute("aria-selected", n === k ? "true" : "false"));
    if (k >= 0) { input.setAttribute("aria-activedescendant", list.children[k].id); list.children[k].scrollIntoView({ block: "nearest" }); }
  };
  const take = k => { if (!found[k]) return; input.value = found[k].text; closeList(); choose(found[k].row, "search"); };
  function look() {
    const text = input.value.trim().toLowerCase();
    if (!text) { closeList(); return say(""); }
    entries = entries || searchEntries();
    const all = entries.filter(e => e.key.includes(text)).sort((a, b) => a.key.indexOf(text) - b.key.indexOf(text));
    found = all.slice(0, MOST_FOUND);
    clear(list, found.map((e, k) => el("li", { role: "option", id: "found-" + k, "aria-selected": "false", onmousedown: ev => { ev.preventDefault(); take(k); } }, el("b", null, e.text), el("span", null, e.more))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", found.length ? "true" : "false");
    mark(-1);
    return say(all.length > found.length ? W.found_more(found.length, all.length) : W.found(all.length));
  }
  input.addEventListener("input", look);
  input.addEventListener("focus", () => { if (input.value) look(); });
  input.addEventListener("blur", closeList);
  input.addEventListener("keydown", e => {
    if (e.key === "Escape" && !list.hidden) { closeList(); e.stopPropagation(); }
    else if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); if (list.hidden) look(); else mark((active + (e.key === "ArrowDown" ? 1 : found.length)) % found.length); }
    else if (e.key === "Enter") { e.preventDefault(); take(active < 0 ? 0 : active); }
  });
  on("more", () => { entries = null; });
}
