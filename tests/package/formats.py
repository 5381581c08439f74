"""formats.py: print docs/formats.md from include/mujun/columns.def, src/report/codes.def and src/intake/fields.csv.

With --rule-columns, print the columns that a rulebook may read, in Chinese: the part of docs/zh/规则集写法.md between its two marks.
With --check, compare both with the files that are there: exit 1 and the first line that differs.
"""
import csv
import os
import re
import sys

ROOT = os.environ.get("MUJUN_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LAYERS = {
    "parcels": ("宗地", "`mujun.gpkg` layer, `parcels.geojson`, `tables/parcels.csv`, `summary.xlsx`; `candidates` has the same columns"),
    "zones": ("片区", "`mujun.gpkg` layer and table `summary_zones`, `zones.geojson`, `tables/zones.csv`, `summary.xlsx`"),
    "buildings": ("建筑物", "`mujun.gpkg` layer"),
    "parcel_zones": ("宗地与片区", "`mujun.gpkg` table, `tables/parcel_zones.csv`"),
    "parcel_buildings": ("宗地与建筑", "in memory, for rules and the library"),
    "reasons": ("判定依据", "`mujun.gpkg` table, `tables/reasons.csv`, `summary.xlsx`"),
    "indicators": ("指标", "`mujun.gpkg` table, `tables/indicators.csv`, `summary.xlsx`"),
    "enterprises": ("企业", "`mujun.gpkg` layer of points, `enterprises.geojson`, `tables/enterprises.csv`; one row a row of the run's year; the other fields of fields.csv follow. `enterprise_years`: every year, as delivered"),
    "enterprise_reasons": ("企业判定依据", "`mujun.gpkg` table, `tables/enterprise_reasons.csv`, `summary.xlsx`"),
    "breakpoints": ("临界值", "`mujun.gpkg` table, `tables/breakpoints.csv`, `summary.xlsx`"),
    "occupancy_shares": ("用地用房分摊", "`mujun.gpkg` table, `tables/occupancy_shares.csv`, `summary.xlsx`; where the park has occupancies or factory units"),
    "attributions": ("归属方式", "`mujun.gpkg` table, `tables/attributions.csv`, `summary.xlsx`; where the park has occupancies or factory units"),
    "over_leases": ("租大用小核查", "`mujun.gpkg` table, `tables/over_leases.csv`, `summary.xlsx`; where the park has occupancies or factory units"),
    "attribution_grades": ("各归属方式分类", "`mujun.gpkg` table, `tables/attribution_grades.csv`, `summary.xlsx`; where a rulebook grades and the park has occupancies or factory units"),
    "rulebook_files": ("规则集原文", "`mujun.gpkg` table"),
    "flips": ("变动", "`mujun rules diff A B PARK.YAML -o FILE.csv`"),
    "fit_options": ("改造方式比较", "`mujun.gpkg` table, `tables/fit_options.csv`, `summary.xlsx`; three rows a parcel that factories were fitted on"),
    "fit": ("可建方案", "`mujun.gpkg` layer, `fit.geojson`; factories, storeys added, buildable areas and lanes of every way"),
    "fit_zones": ("可建方案汇总", "`mujun.gpkg` table `summary_fit_zones`, `tables/fit_zones.csv`, `summary.xlsx`; where factories were fitted"),
    "fit_constraints": ("可建方案制约", "`mujun.gpkg` table `summary_fit_constraints`, `tables/fit_constraints.csv`, `summary.xlsx`; where factories were fitted"),
    "zone_status": ("片区状态", "`mujun.gpkg` table `summary_zone_status`, `tables/zone_status.csv`, `summary.xlsx`; where zones are given"),
    "fit_caps": ("容积率与可建能力", "`mujun.gpkg` table `summary_fit_caps`, `tables/fit_caps.csv`, `summary.xlsx`; where factories were fitted"),
    "fit_targets": ("可建方案与目标", "`mujun.gpkg` table `summary_fit_targets`, `tables/fit_targets.csv`, `summary.xlsx`; where factories were fitted and a rulebook has targets whose codes end in -FLOOR and -LAND"),
    "fit_sweep": ("可建方案试算", "`mujun fit` with several caps, setbacks or sets of modules: `mujun.gpkg` table, `tables/fit_sweep.csv`, `summary.xlsx`"),
    "audits": ("目标核对", "`mujun.gpkg` table, `tables/audits.csv`, `summary.xlsx`"),
    "targets": ("目标", "`mujun.gpkg` table, `tables/targets.csv`, `summary.xlsx`"),
    "grades": ("企业分类", "`mujun.gpkg` table, `tables/grades.csv`, `summary.xlsx`; where a rulebook in force has a grade scheme"),
    "grade_points": ("分类得分", "`mujun.gpkg` table, `tables/grade_points.csv`; where a rulebook in force has a grade scheme"),
    "occupancy_shares": ("用地用房份额", "`mujun.gpkg` table, `tables/occupancy_shares.csv`, `summary.xlsx`; where there are occupancies or factory units"),
    "join_candidates": ("关联建议", "`mujun.gpkg` table, `tables/join_candidates.csv`, `summary.xlsx`; only where there are any. A line with `who` filled in is a line of the corrections file"),
    "enterprise_series": ("企业历年", "`mujun.gpkg` table, `tables/enterprise_series.csv`, `summary.xlsx`; where enterprises are given"),
    "reconciliation": ("核对", "`mujun.gpkg` table, `tables/reconciliation.csv`, `summary.xlsx`"),
    "checks": ("检查", "`mujun.gpkg` layer, `checks.geojson`, `tables/checks.csv`, `summary.xlsx`; the polygons at fault: the common ground, the gap, what lies outside"),
    "check_points": ("检查点", "`mujun.gpkg` layer, `check_points.geojson`, `tables/check_points.csv`, `summary.xlsx`; places that are points, such as where a ring crosses itself"),
    "ledger_codes": ("台账汇总", "`mujun.gpkg` table, `tables/ledger_codes.csv`, `summary.xlsx`"),
    "corrections": ("更正", "`mujun.gpkg` table, `tables/corrections.csv`, `summary.xlsx`; where a corrections file is given"),
    "fit_options": ("改造方式比较", "`mujun.gpkg` table, `tables/fit_options.csv`, `summary.xlsx`; three rows a parcel that factories were fitted on"),
    "fit": ("可建方案", "`mujun.gpkg` layer, `fit.geojson`; where factories were fitted"),
    "fixes": ("待补数据", "`mujun.gpkg` table, `tables/fixes.csv`, `summary.xlsx`; with `new_value` filled in it is a corrections file"),
    "parcel_years": ("宗地历年", "in memory, for the library: what `targets` of earlier years are measured on; the columns that a target names"),
    "gaps": ("缺项", "in memory, for the library"),
    "ledger": ("数据质量台账", "`mujun.gpkg` table, `ledger.csv`, `summary.xlsx`"),
    "status": ("状态汇总", "`mujun.gpkg` table `summary_status`, `tables/status.csv`, `summary.xlsx`"),
    "land_use": ("用地汇总", "`mujun.gpkg` table `summary_land_use`, `tables/land_use.csv`, `summary.xlsx`"),
    "candidate_kinds": ("候选类别汇总", "`mujun.gpkg` table `summary_candidate_kinds`, `tables/candidate_kinds.csv`, `summary.xlsx`"),
    "verdicts": ("判定汇总", "`mujun.gpkg` table `summary_verdicts`, `tables/verdicts.csv`, `summary.xlsx`"),
    "sizes": ("用地规模汇总", "`mujun.gpkg` table `summary_sizes`, `tables/sizes.csv`, `summary.xlsx`"),
    "owner_types": ("权利人类型汇总", "`mujun.gpkg` table `summary_owner_types`, `tables/owner_types.csv`, `summary.xlsx`; where parcels or enterprises have the field `owner_type`"),
    "industries": ("行业汇总", "`mujun.gpkg` table `summary_industries`, `tables/industries.csv`, `summary.xlsx`; where enterprises have the field `industry_code`"),
    "grade_classes": ("分类汇总", "`mujun.gpkg` table `summary_grade_classes`, `tables/grade_classes.csv`, `summary.xlsx`; where a rulebook in force has a grade scheme"),
    "years": ("历年汇总", "`mujun.gpkg` table `summary_years`, `tables/years.csv`, `summary.xlsx`; where enterprises have output or tax"),
    "factory_units": ("厂房台账", "`mujun.gpkg` layer, `tables/factory_units.csv`, `summary.xlsx`; one row a row of the input, where factory units are given"),
    "composition": ("产业构成汇总", "`mujun.gpkg` table `summary_composition`, `tables/composition.csv`, `summary.xlsx`; where enterprises say whether they are above scale or high-tech"),
    "factory_use": ("厂房利用汇总", "`mujun.gpkg` table `summary_factory_use`, `tables/factory_use.csv`, `summary.xlsx`; where factory units are given"),
    "factory_vacancy": ("厂房空置汇总", "`mujun.gpkg` table `summary_factory_vacancy`, `tables/factory_vacancy.csv`, `summary.xlsx`; where factory units are given"),
    "projects": ("项目", "`mujun.gpkg` layer, `projects.geojson`, `tables/projects.csv`, `summary.xlsx`; one row a row of the input, where projects are given"),
    "project_batches": ("四个一批汇总", "`mujun.gpkg` table `summary_project_batches`, `tables/project_batches.csv`, `summary.xlsx`; where projects are given"),
    "contracts": ("合同履约", "`mujun.gpkg` table, `tables/contracts.csv`, `summary.xlsx`; one row a row of the input, where contracts are given"),
    "contract_compliance": ("合同履约汇总", "`mujun.gpkg` table `summary_contract_compliance`, `tables/contract_compliance.csv`, `summary.xlsx`; where contracts are given"),
    "fit_options": ("可建方案", "`mujun.gpkg` table, `tables/fit_options.csv`, `summary.xlsx`; a row a way of renewal on each parcel that was fitted"),
    "fit": ("可建方案图层", "`fit.geojson`, `mujun.gpkg` layer; factories, storeys that can be added, buildable areas and fire lanes"),
    "fields": ("字段说明", "`tables/fields.csv`, `summary.xlsx`"),
}
TYPES = {"MJ_F64": "number", "MJ_I64": "whole number", "MJ_TEXT": "text", "MJ_DATE": "date", "MJ_TRI": "yes/no/unknown"}
HEAD = """# Formats

This file is made from `include/mujun/columns.def`, `src/report/codes.def` and `src/intake/fields.csv` by `tests/package/formats.py`; a test compares them.

## The output folder

| file | what it is |
|---|---|
| `mujun.gpkg` | everything in one GeoPackage: layers in the reference system the parcels came in, tables, styles that QGIS applies by itself, words for codes |
| `mujun.qgs` | QGIS project (3.22 and newer) over `mujun.gpkg` beside it: groups, map themes, print layouts; XML, paths relative |
| `parcels.geojson` `zones.geojson` `candidates.geojson` `checks.geojson` `check_points.geojson` | RFC 7946 (WGS 84, longitude first, MultiPolygon, shells counter-clockwise), 8 decimals (1 mm) correctly rounded, one feature a line; a `.qml` beside each |
| `enterprises.geojson` `projects.geojson` | the same of points and of polygons; a row of which no place or shape is known has `"geometry": null` |
| `parcels.geojson` `zones.geojson` `candidates.geojson` `fit.geojson` `checks.geojson` `check_points.geojson` | RFC 7946 (WGS 84, longitude first, MultiPolygon, shells counter-clockwise), 8 decimals (1 mm) correctly rounded, one feature a line; a `.qml` beside each |
| `parcels.geojson` `zones.geojson` `candidates.geojson` | RFC 7946 (WGS 84, longitude first, MultiPolygon, shells counter-clockwise), 8 decimals (1 mm) correctly rounded, one feature a line; a `.qml` beside each |
| `tables/*.csv` | UTF-8 with BOM, CRLF, headings with units, and for figures over land the area they are over, in the language of the run; a text that a spreadsheet would run as a formula begins with `'` |
| `tables/NAME.csv` | a summary of your own (`--sql NAME.sql`, or `summaries:` of park.yaml), also a sheet and table `summary_NAME` of `mujun.gpkg`; its headings are the aliases of the SELECT, its figures as they come |
| `ledger.csv` | 数据质量台账: every row that was set aside, repaired or doubted, and why |
| `report.html` | one offline page for a browser and for paper: map, dossiers, charts, lists, data quality, methods; up to 20,000 parcels all of them, above that the candidates and the zones; not of `check` and `fit` |
| `report.pdf` | the page printed by Chromium (`--pdf`) |
| `summary.xlsx` | the same tables with frozen headings and number formats; codes stay text |
| `manifest.json` | inputs with SHA-256 and row counts, rulebooks, versions, parameters, reconciliation, outputs; written last, so a folder without it is not a result |
| `timings.json` | seconds a stage took; with `report.pdf` the only file that may differ between two equal runs |

Layers (GeoPackage, GeoJSON) carry stable codes and the shortest text that reads back as the same double; tables (CSV, XLSX) carry words and the decimals below.
Missing is `null`, a blank cell or NULL, never 0. An undecided verdict is a value of its own: `unknown`, 数据不足.
A column of the input that has the name of one of ours, without regard to case, is written as `<name>_src`; `fid` and `geom` are kept free for the GeoPackage.
"""


def rows(path, macro):
    """Argument lists of MACRO(...) lines; texts without their quotes."""
    for line in open(os.path.join(ROOT, path), encoding="utf-8"):
        if line.startswith(macro + "("):
            body = line.strip()[len(macro) + 1 : -1]
            parts = re.findall(r'\s*("(?:[^"\\]|\\.)*"|[^,"\s][^,]*)\s*(?:,|$)', body)
            yield [p[1:-1] if p.startswith('"') else p for p in parts]


def cell(text):
    return text.replace("|", "\\|")


def document():
    columns = list(rows("include/mujun/columns.def", "COLUMN"))
    codes = list(rows("src/report/codes.def", "CODE"))
    out = [HEAD]
    for layer in dict.fromkeys(c[0] for c in columns):
        title, where = LAYERS[layer]
        out.append(f"## {layer} {title}\n\n{where[0].upper() + where[1:] if where[0].isalpha() else where}.\n")
        out.append("| column | name | type | unit | decimals | what it holds | 说明 | from |\n|---|---|---|---|---|---|---|---|")
        for _, name, kind, unit, decimals, zh, _en, about_zh, about_en, room in (c for c in columns if c[0] == layer):
            shown = decimals.replace("-", "at most ") if kind == "MJ_F64" else ""
            out.append(f"| `{name}` | {zh} | {TYPES[kind]} | {unit} | {shown} | {cell(about_en)} | {cell(about_zh)} | {room} |")
        for column in dict.fromkeys(c[1] for c in codes if c[0] == layer):
            words = "; ".join(f"`{c[2]}` {c[3]}" for c in codes if c[0] == layer and c[1] == column)
            out.append(f"\nCodes of `{column}`: {words}.")
        out.append("")
    out.append("## Fields that are read\n\nThe names by which a field is found in the input; every other column is carried over as it is.\n")
    out.append("| role | field | type | unit | found as |\n|---|---|---|---|---|")
    for row in fields():
        out.append(f"| {row['role']} | `{row['field']}` | {row['type']} | {row['unit']} | {', '.join(row['aliases'].split('|'))} |")
    return "\n".join(out) + "\n"


# ---- what a rulebook may read ----

GUIDE, FROM, TO = "docs/zh/规则集写法.md", "<!-- 列表开始：tests/package/formats.py --rule-columns -->", "<!-- 列表结束 -->"
KINDS = {"num": "数", "MJ_F64": "数", "int": "整数", "MJ_I64": "整数", "text": "文字", "MJ_TEXT": "文字", "date": "日期", "MJ_DATE": "日期", "bool": "是否", "MJ_TRI": "是否"}
EARLY, RULES, VERDICTS, LAST = "指标", "规则", "判定后", "目标"  # the first stage of judge.c that finds the column filled in
JUDGED = {"industrial": EARLY, "plot_ratio_cap": RULES, "plot_ratio_cap_source": RULES, "plot_ratio_cap_contract": RULES, "idle": VERDICTS,
          "inefficient": VERDICTS, "renewal_tier": LAST, "renewal_text": LAST, "renewal_cap": LAST}


def fields():
    with open(os.path.join(ROOT, "src/intake/fields.csv"), encoding="utf-8") as file:
        yield from csv.DictReader(file)


def units():
    """The words that headings have for units."""
    text = open(os.path.join(ROOT, "src/report/facts.c"), encoding="utf-8").read()
    return dict(re.findall(r'\{"(\w+)", "([^"]*)", "[^"]*"\}', text[text.index("mj_unit_word") :]))


def delivered(layer, known=()):
    """(name, Chinese name, type, unit, what it holds) of the fields of a layer that are not known yet; the first Chinese alias is the name."""
    for row in fields():
        if row["role"] == layer and row["field"] not in known:
            name = next((a for a in row["aliases"].split("|") if ord(a[0]) > 127), row["field"])
            yield row["field"], name, KINDS[row["type"]], row["unit"], "随数据交来"


def rule_columns():
    """(name, Chinese name, type, unit, what it holds, first stage) of the parcels; and those that no rulebook can read."""
    columns = [c for c in rows("include/mujun/columns.def", "COLUMN") if c[0] == "parcels"]
    out, closed = [], []
    for _, name, kind, unit, _decimals, zh, _en, about, _about_en, room in columns:
        stage = JUDGED.get(name) if room == "judge" else EARLY if room in ("intake", "measure") else None
        if stage:
            out.append((name, zh, KINDS[kind], unit, about, stage))
        else:
            closed.append(name)
    out += [(*f, EARLY) for f in delivered("parcels", [c[1] for c in columns])]
    return out, closed


def rule_section():
    words = units()
    out = [FROM, "", "宗地（`parcels`）：", "", "| 列 | 名称 | 类型 | 单位 | 内容 | 从哪一步起有值 |", "|---|---|---|---|---|---|"]
    open_, closed = rule_columns()
    out += [f"| `{n}` | {zh} | {kind} | {words.get(unit, unit)} | {cell(about)} | {stage} |" for n, zh, kind, unit, about, stage in open_]
    out += ["", f"规则集不能用的宗地列（在判定之后才算出，或只是文字）：{'、'.join(f'`{n}`' for n in closed)}。", ""]
    out += ["企业（`enterprises`，分类评价和子查询用；一行是一个企业一年）：", "", "| 列 | 名称 | 类型 | 单位 |", "|---|---|---|---|"]
    out += [f"| `{n}` | {zh} | {kind} | {words.get(unit, unit)} |" for n, zh, kind, unit, _ in delivered("enterprises")]
    return "\n".join(out + ["", TO]) + "\n"


def compare(path, there, made, first, remedy):
    for number, (a, b) in enumerate(zip(there.split("\n") + [""], made.split("\n") + [""]), first):
        if a != b:
            print(f"{path}:{number}: {a!r}, expected {b!r}; {remedy}")
            return 1
    return 0


def read(path):
    path = os.path.join(ROOT, path)
    return open(path, encoding="utf-8").read() if os.path.exists(path) else ""


def main():
    if sys.argv[1:] != ["--check"]:
        sys.stdout.write(rule_section() if sys.argv[1:] == ["--rule-columns"] else document())
        return 0
    guide = read(GUIDE)
    before, _, rest = guide.partition(FROM)
    there = FROM + rest.partition(TO)[0] + TO + "\n" if rest else ""
    return (compare("docs/formats.md", read("docs/formats.md"), document(), 1, "run tests/package/formats.py > docs/formats.md")
            or compare(GUIDE, there, rule_section(), before.count("\n") + 1, "put what tests/package/formats.py --rule-columns prints between its marks"))


if __name__ == "__main__":
    sys.exit(main())
