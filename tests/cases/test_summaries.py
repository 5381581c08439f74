"""test_summaries.py MUJUN PARK_FOLDER: the summary tables of the sample, added up again in plain Python from tables/parcels.csv, enterprises.csv and grades.csv;
and a planner's own SELECT (samples/park/by_street.sql) by --sql and by `summaries:` of park.yaml, as CSV, sheet and GeoPackage table."""
import collections
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
RULES = 'national-idle-2012,quanzhou-2025,licheng-2022,huaian-2024'


def analyze(folder, *more):
    subprocess.run([mujun, 'analyze', *more, '-o', folder, '--quiet', '--lang', 'zh', '--overwrite'], check=True)
    return {name[:-4]: list(csv.DictReader(open(os.path.join(folder, 'tables', name), encoding='utf-8-sig', newline=''))) for name in os.listdir(os.path.join(folder, 'tables'))}


def number(text):
    return float(text) if text else None


def total(rows, name):
    known = [number(r[name]) for r in rows if r[name]]
    return sum(known) if known else None


def per(rows, name, land):
    both = [(number(r[name]), land(r)) for r in rows if r[name] and land(r)]
    return sum(a for a, _ in both) / sum(b for _, b in both) if both else None


def groups(rows, key):
    out = collections.OrderedDict()
    for r in rows:
        out.setdefault(key(r), []).append(r)
    return out


def column(row, start):
    """The value under the heading that begins so: units and areas stand behind."""
    return next(v for k, v in row.items() if k == start or k.startswith(start + '（'))


def same(got, want, step, what):
    """Sums of figures that were written with so many decimals."""
    if want is None or got == '':
        assert want is None and got == '', (what, got, want)
    else:
        assert abs(float(got) - want) <= step + 1e-9 * abs(want), (what, got, want)


def area(r):
    """in mu, from the square metres that the parcel's basis names: mu are written with four decimals, too few beside a border"""
    return number(r[f"{r['面积口径']}面积（㎡）"]) * 3 / 2000 if r['面积口径'] else None


def check_parcels(t):
    parcels, seen = t['parcels'], 0
    by = groups(parcels, lambda r: size_of(area(r)))
    for row in t['sizes']:
        rows = by.get(row['用地规模'], [])
        assert int(row['宗地数']) == len(rows), (row, len(rows))
        same(column(row, '面积'), sum(area(r) for r in rows if area(r)) if rows else None, .01, row)
        same(column(row, '税收'), total(rows, '税收（万元）'), .01 * (len(rows) + 1), row)
        same(column(row, '亩均税收'), per(rows, '税收（万元）', area), .01, row)
        assert int(row['疑似闲置宗数']) == sum(r['疑似闲置'] == '是' for r in rows)
        seen += len(rows)
    assert seen == len(parcels)
    for row in t['verdicts']:
        rows = [r for r in parcels if r[{'候选地块': '再开发候选'}.get(row['判定事项'], row['判定事项'])] == row['结论']]
        assert int(row['宗地数']) == len(rows), (row, len(rows))
        same(column(row, '面积'), sum(area(r) or 0 for r in rows) if rows else None, .01, row)
    assert len(t['verdicts']) == 9


def size_of(mu):
    names = ((5, '5亩以下'), (20, '5至20亩'), (50, '20至50亩'), (100, '50至100亩'))
    return '数据不足（无面积）' if mu is None else next((n for limit, n in names if mu < limit), '100亩及以上')


def land_mu(r):
    return number(r['占地面积（㎡）']) * 3 / 2000 if r['占地面积（㎡）'] and float(r['占地面积（㎡）']) > 0 else None


def division(code):
    return (re.match(r'[A-T]?(\d\d)', code) or [None, ''])[1]


def check_firms(t):
    firms = t['enterprises']  # of the year
    check_composition(t, firms)
    by = groups(firms, lambda r: division(r['行业代码']))
    assert sum(int(r['企业数']) for r in t['industries']) == len(firms) and len(by) == len(t['industries'])
    for row in t['industries']:
        rows = by[row['行业大类']]
        assert int(row['企业数']) == len(rows) and row['行业名称']
        same(column(row, '产值'), total(rows, '工业总产值（万元）'), .01, row)
        same(column(row, '用地'), sum(land_mu(r) or 0 for r in rows), .01, row)
        same(column(row, '亩均税收'), per(rows, '税收（万元）', land_mu), .01, row)
    year = next(r for r in t['years'] if r['年度'] == '2025')
    assert int(year['企业数']) == len(firms) and int(year['有税收的']) == sum(r['税收（万元）'] != '' for r in firms)
    same(column(year, '税收'), total(firms, '税收（万元）'), .01, year)
    same(column(year, '亩均产值'), per(firms, '工业总产值（万元）', land_mu), .01, year)
    assert [r['年度'] for r in t['years']] == ['2023', '2024', '2025']
    grades, of = t['grades'], {(r['统一社会信用代码'], r['企业名称']): r for r in firms}
    by = groups(grades, lambda r: (r['评价办法'], r['分组'], r['状态'], r['类别']))
    assert len(by) == len(t['grade_classes'])
    for row in t['grade_classes']:
        rows = by[row['评价办法'], row['分组'], row['状态'], row['类别']]
        assert int(row['企业数']) == len(rows) and int(row['稳健类别不同']) == sum(bool(r['类别'] and r['稳健类别']) and r['类别'] != r['稳健类别'] for r in rows)
        if all((r['统一社会信用代码'], r['企业名称']) in of for r in rows) and len({r['统一社会信用代码'] for r in rows}) == len(rows):
            same(column(row, '税收'), total([of[r['统一社会信用代码'], r['企业名称']] for r in rows], '税收（万元）'), .01, row)
    assert 'owner_types' not in t  # the sample has no such column


def check_own(folder, t):
    by = groups(t['parcels'], lambda r: (r['片区'] or '片区外', (re.search(r'片区(.*?路)', r['坐落']) or [None, '坐落不明'])[1]))
    assert len(by) == len(t['by_street']) > 15
    for row in t['by_street']:
        rows = by[row['片区'], row['道路']]
        assert int(row['宗地数']) == len(rows) and int(row['低效']) == sum(r['低效'] == '是' for r in rows)
        same(row['面积（亩）'], sum(area(r) or 0 for r in rows), .01, row)
        same(row['亩均税收（万元/亩）'], per(rows, '税收（万元）', area), .011, row)
    assert list(t['by_street'][0]) == ['片区', '道路', '宗地数', '面积（亩）', '亩均税收（万元/亩）', '疑似闲置', '低效', '闲置低效（亩）']
    with sqlite3.connect(os.path.join(folder, 'mujun.gpkg')) as db:
        for name in ('by_street', 'industries', 'verdicts', 'sizes', 'grade_classes', 'years'):
            assert db.execute(f'SELECT count(*) FROM summary_{name}').fetchone()[0] == len(t[name]), name
        assert db.execute('SELECT sum("宗地数") FROM summary_by_street').fetchone()[0] == len(t['parcels'])
    book = zipfile.ZipFile(os.path.join(folder, 'summary.xlsx')).read('xl/workbook.xml').decode()
    assert all(f'name="{title}"' in book for title in ('按道路', '行业', '判定汇总', '用地规模', '分类汇总', '历年'))


KINDS = ('工业', '仓储', '采矿', '商业服务', '居住')


def check_composition(t, firms):
    """Each enterprise at its own parcel, else at that of its largest occupancy."""
    zone_of, largest = {}, {}
    for r in t['parcels']:
        zone_of.setdefault(r['宗地代码'], r['片区'] or '片区外')
    for r in csv.DictReader(open(os.path.join(park, 'occupancies.csv'), encoding='utf-8-sig', newline='')):
        size = float(r['建筑面积（平方米）'] or r['用地面积（平方米）'] or 0)
        code = r['统一社会信用代码']
        if code not in largest or size > largest[code][0]:
            largest[code] = (size, r['宗地代码'].strip())
    by = collections.defaultdict(list)
    for r in firms:
        at = r['宗地代码'] or largest.get(r['统一社会信用代码'], (0, None))[1]
        by[zone_of.get(at, '宗地不详')].append(r)
    by['全园区'] = firms
    land = groups(t['parcels'], lambda r: r['片区'] or '片区外')
    land['全园区'] = t['parcels']
    assert {r['片区'] for r in t['composition']} == set(by) | set(land) and len(t['composition']) == len(set(by) | set(land))
    for row in t['composition']:
        rows, plots = by[row['片区']], [r for r in land.get(row['片区'], ()) if r['用地类别'] in KINDS]
        same(column(row, '建设用地'), sum(map(area, plots)) if plots else None, .01, row)
        if plots:
            same(row['工业用地占比'], sum(area(r) for r in plots if r['用地类别'] == '工业') / sum(map(area, plots)), 1e-4, row)
        assert int(row['企业数']) == len(rows) and int(row['规上企业数'] or 0) == sum(r['是否规上'] == '是' for r in rows), row
        assert int(row['高新企业数'] or 0) == sum(r['高新技术企业'] == '是' for r in rows), row
        output = collections.Counter()
        for r in rows:
            output[division(r['行业代码'])] += number(r['工业总产值（万元）']) or 0
        output.pop('', None)
        best = max(output, key=output.get)
        assert row['主导产业代码'] == best, (row, output)
        same(row['主导产业占比'], output[best] / sum(output.values()), 1e-4, row)
        high = sum(number(r['工业总产值（万元）']) or 0 for r in rows if r['高新技术企业'] == '是')
        same(row['高新产值占比'], high / sum(number(r['工业总产值（万元）']) or 0 for r in rows if r['高新技术企业']), 1e-4, row)


def manifest(folder):
    return json.load(open(os.path.join(folder, 'manifest.json'), encoding='utf-8'))


def main():
    folder = tempfile.mkdtemp(prefix='mujun-summaries-')
    yaml, own = os.path.join(park, 'park.yaml'), os.path.join(park, 'by_street.sql')
    a, b = os.path.join(folder, 'a'), os.path.join(folder, 'b')
    t = analyze(a, yaml, '--rules', RULES, '--sql', own)
    check_parcels(t)
    check_firms(t)
    check_own(a, t)
    # by park.yaml, beside the file; another text is another run
    copy = os.path.join(folder, 'park')
    shutil.copytree(park, copy)
    with open(os.path.join(copy, 'park.yaml'), 'a', encoding='utf-8') as f:
        f.write('\nsummaries: [by_street.sql]\n')
    again = analyze(b, os.path.join(copy, 'park.yaml'), '--rules', RULES)
    assert again['by_street'] == t['by_street'] and manifest(a)['run_id'] == manifest(b)['run_id']
    assert manifest(a)['summaries'] == manifest(b)['summaries'] and manifest(a)['summaries'][0]['name'] == 'by_street'
    with open(os.path.join(copy, 'by_street.sql'), 'a', encoding='utf-8') as f:
        f.write('-- changed\n')
    analyze(b, os.path.join(copy, 'park.yaml'), '--rules', RULES)
    assert manifest(a)['run_id'] != manifest(b)['run_id']
    # a fault stops the run with its place and leaves the old result
    with open(os.path.join(copy, 'by_street.sql'), 'w', encoding='utf-8') as f:
        f.write('SELECT zone,\n       taxes\nFROM parcels\n')
    run = subprocess.run([mujun, 'analyze', os.path.join(copy, 'park.yaml'), '-o', b, '--overwrite', '--quiet', '--lang', 'en'], capture_output=True, text=True)
    assert run.returncode == 1 and 'by_street.sql:2:8: no such column: taxes' in run.stderr, run.stderr
    assert os.path.exists(os.path.join(b, 'tables', 'by_street.csv'))
    # without it the next result has none of its files
    text = open(os.path.join(copy, 'park.yaml'), encoding='utf-8').read().replace('summaries: [by_street.sql]', '')
    open(os.path.join(copy, 'park.yaml'), 'w', encoding='utf-8').write(text)
    assert 'by_street' not in analyze(b, os.path.join(copy, 'park.yaml'), '--rules', RULES)
    shutil.rmtree(folder)
    print(f"{sum(len(t[n]) for n in ('sizes', 'verdicts', 'industries', 'years', 'grade_classes', 'by_street'))} rows of summaries agree")


main()
