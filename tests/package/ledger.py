"""ledger.py: print the chapter on the ledger, docs/ledger.md or (with --zh) docs/zh/数据质量台账.md, from include/mujun/ledger.def and docs/ledger-examples.csv.

With --check, compare both with the files that are there: exit 1 and the first line that differs. A code without an example is an error. The examples are what
tests/cases/intake finds: `run.py MUJUN --examples` writes them, and every run of that suite holds them against what is found."""
import csv
import os
import sys

import formats

EXAMPLES = os.path.join(formats.ROOT, "docs/ledger-examples.csv")
FILES = {"en": "docs/ledger.md", "zh": "docs/zh/数据质量台账.md"}
SEVERITY = {"MJ_SET_ASIDE": ("set aside", "剔除"), "MJ_WARN": ("warning", "警告"), "MJ_NOTE": ("note", "说明")}
MANY = {"all columns": "全部列", "all columns of the row": "该行全部列", "last columns of the row": "该行末尾各列", "area_*": "各面积", "*_per_mu": "亩均指标", "text": "文字列",
        "{field}": "所述字段", "-": "无", "geojson": "GeoJSON"}
HEAD = {"en": """# The ledger

This file is made from `include/mujun/ledger.def` and `docs/ledger-examples.csv` by `tests/package/ledger.py`; a test compares them. 中文：[数据质量台账](zh/数据质量台账.md).

`mujun check` prints the codes it found with their numbers; `ledger.csv`, the workbook and the GeoPackage have every entry: code, severity, layer, row in the source, identifier,
field, what was found, what was expected, what it touches, what it means, what to do. The layer `checks` shows the places.

* **set aside**: the row or value takes no part in the figures it belongs to; the row stays in the output, with empty figures. With `--strict` the program ends with code 3.
* **warning**: a value is doubted, repaired or missing; the figures stand, with care.
* **note**: said for the record: a choice, a conversion, a reading.

Nothing is corrected in place. Correct the source, or write what is to be replaced into a corrections file (`--corrections`). More than 20 entries of one kind about one column are one
entry that says how many. *Touches* names the columns and verdicts that hang on it; `park.` and `zones.` are the sums.
""", "zh": """# 数据质量台账

本文件由 `tests/package/ledger.py` 根据 `include/mujun/ledger.def` 和 `docs/ledger-examples.csv` 生成，测试会核对。English: [ledger.md](../ledger.md).

`mujun check` 在终端按代码列出发现的问题和条数；`ledger.csv`、工作簿和 GeoPackage 里有每一条：代码、级别、图层、来源行号、标识、字段、实际值、应为、影响、含义、怎么处理。
图层 `checks` 给出位置。

* **剔除**：该记录或该值不参与相关数值的计算；记录仍在成果中，数值为空。加 `--strict` 时程序以代码 3 结束。
* **警告**：值存疑、被修复或缺失；数值照算，使用时须留意。
* **说明**：只作记录：采用了哪种口径、作了哪种换算、怎样读出。

程序从不就地修改数据。请改正来源，或把要替换的值写进更正文件（`--corrections`）。同一列的同类问题超过 20 条时合为一条，写明条数。“影响”列出与之有关的列和判定；“全园区”“片区”为合计。
"""}
COLUMNS = {"en": "| code | severity | meaning | found | expected | what to do | touches |", "zh": "| 代码 | 级别 | 含义 | 例：实际 | 例：应为 | 怎么处理 | 影响 |"}


def chinese_names():
    """Chinese names of columns, of parcels first: as the ledger words them."""
    names = {}
    for c in formats.rows("include/mujun/columns.def", "COLUMN"):
        names.setdefault(c[1], c[5])
    return names


def touched(text, lang, names):
    if lang == "en":
        return ", ".join(f"`{t}`" if t.isidentifier() or "*" in t or "." in t or "{" in t else t for t in text.split(", ")).replace("`{field}`", "the field")
    words = []
    for t in text.split(", "):
        of = next((zh for en, zh in (("park.", "全园区"), ("zones.", "片区")) if t.startswith(en)), "")
        bare = t.split(".", 1)[1] if of else t
        words.append(of + (MANY.get(bare) or names.get(bare) or f"`{bare}`"))
    return "、".join(words)


def example(text):
    """A real value as code, so that no character of it is taken for markup."""
    text = text.replace("\n", " ").replace("`", "'")
    return f"`{formats.cell(text)}`" if text.strip() else "–"


def document(lang):
    examples = {e["code"]: e for e in csv.DictReader(open(EXAMPLES, encoding="utf-8", newline=""))}
    codes, names, out = list(formats.rows("include/mujun/ledger.def", "LEDGER")), chinese_names(), [HEAD[lang], COLUMNS[lang], "|---" * 7 + "|"]
    missing = [c[0] for c in codes if c[0] not in examples]
    strange = sorted(set(examples) - {c[0] for c in codes})
    if missing or strange:
        sys.exit(f"docs/ledger-examples.csv: no example of {', '.join(missing) or 'none'}; no such code: {', '.join(strange) or 'none'}; "
                 "add a case to tests/cases/intake and run its run.py with --examples")
    for code, severity, touches, zh, en, todo_zh, todo_en in codes:
        e, z = examples[code], lang == "zh"
        out.append(f"| `{code}` | {SEVERITY[severity][z]} | {formats.cell(zh if z else en)} | {example(e['found_' + lang])} | {example(e['expected_' + lang])} | "
                   f"{formats.cell(todo_zh if z else todo_en)} | {touched(touches, lang, names)} |")
    return "\n".join(out) + "\n"


def main():
    if sys.argv[1:] != ["--check"]:
        sys.stdout.write(document("zh" if "--zh" in sys.argv[1:] else "en"))
        return 0
    for lang, file in FILES.items():
        path = os.path.join(formats.ROOT, file)
        there = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
        for number, (a, b) in enumerate(zip(there.split("\n") + [""], document(lang).split("\n") + [""]), 1):
            if a != b:
                print(f"{file}:{number}: {a!r}, expected {b!r}; run tests/package/ledger.py {'--zh ' if lang == 'zh' else ''}> {file}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
