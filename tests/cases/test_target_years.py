"""test_target_years.py MUJUN PARK_FOLDER: progress by zone and year. Tax and output per mu of licheng-2022 for 2023, 2024 and 2025 are summed again in plain Python
from the enterprise files, the occupancies and the areas of tables/parcels.csv; then a run of each earlier year has to say of its own year what the run of 2025 says of it."""
import collections
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import enterprise_files  # noqa: E402

mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


def analyze(folder, project):
    subprocess.run([mujun, 'analyze', project, '-o', folder, '--quiet', '--lang', 'zh', '--overwrite'], check=True)
    return lambda name: list(csv.DictReader(open(os.path.join(folder, 'tables', name + '.csv'), encoding='utf-8-sig', newline='')))


def occupied(rows, year):
    """Occupancies of the year by firm: [(parcel, floor, land)]."""
    out = collections.defaultdict(list)
    for r in rows:
        since, until = r['起始日期'], r['终止日期']
        if since and int(since[:4]) > year or until and int(until[:4]) < year:
            continue
        floor, land = (float(r[k]) if r[k] and float(r[k]) > 0 else None for k in ('建筑面积（平方米）', '用地面积（平方米）'))
        out[r['统一社会信用代码']].append((r['宗地代码'].strip(), floor, land))
    return out


def sums(rows, occupancies, parcels, year):
    """{parcel: {figure: sum}} of the year; None where a row lacks the figure, or may belong there and was not placed."""
    known = collections.Counter(p['宗地代码'] for p in parcels)
    used, times = occupied(occupancies, year), collections.Counter(r['code'] for y, r in rows if y == year)
    out = collections.defaultdict(lambda: {'output': 0, 'tax': 0})
    for y, r in rows:
        if y != year:
            continue
        places = used.get(r['code'], []) if times[r['code']] == 1 else []
        shares = None
        if not places:
            shares = [(r['parcel'], 1)]
        elif len(places) == 1:
            shares = [(places[0][0], 1)]
        else:
            for kind in (1, 2):
                if shares is None and all(p[kind] for p in places):
                    shares = [(p[0], p[kind] / sum(q[kind] for q in places)) for p in places]
        if shares and all(known[p] == 1 for p, _ in shares):
            for parcel, share in shares:
                for f in out[parcel]:
                    out[parcel][f] = None if out[parcel][f] is None or r[f] is None else out[parcel][f] + r[f] * share
        else:
            for parcel in {r['parcel'], *(p[0] for p in places)}:
                out[parcel] = {'output': None, 'tax': None}
    return out


def area(p):
    return float(p[f"{p['面积口径']}面积（㎡）"]) * 15 / 10000 if p['面积口径'] else None


def check_per_mu(table):
    rows, parcels = enterprise_files.delivered(park), table('parcels')
    occupancies = list(csv.DictReader(open(os.path.join(park, 'occupancies.csv'), encoding='utf-8-sig', newline='')))
    seen = 0
    for t in table('targets'):
        figure = {'LC2022-TAX-MU': 'tax', 'LC2022-OUT-MU': 'output'}.get(t['目标'])
        if not figure:
            continue
        of = sums(rows, occupancies, parcels, int(t['年度']))
        there = [(of[p['宗地代码']][figure], area(p)) for p in parcels if p['宗地代码'] in of and (not t['片区'] or p['片区'] == t['片区'])]
        both = [(v, mu) for v, mu in there if v is not None and mu]
        want = sum(v for v, _ in both) / sum(mu for _, mu in both)
        assert abs(float(t['现状值']) - want) <= .005 + 1e-9 * want, (t, want)
        seen += 1
    assert seen == 2 * 4 * 3, seen  # the park and three zones, three years


def check_totals(table):
    rows = enterprise_files.delivered(park)
    for t in table('targets'):
        if t['目标'] == 'LC2022-TAX':
            want = sum(r['tax'] for y, r in rows if y == int(t['年度']) and r['tax'] is not None) / 10000
            assert abs(float(t['现状值']) - want) <= .005 + 1e-9, (t, want)


def main():
    with tempfile.TemporaryDirectory() as folder:
        table = analyze(os.path.join(folder, 'out'), os.path.join(park, 'park.yaml'))
        targets = table('targets')
        check_per_mu(table)
        check_totals(table)
        years = [t['年度'] for t in targets]
        first = next(i for i, y in enumerate(years) if y not in ('', '2025'))
        assert '2025' not in years[first:] and '' not in years[first:], 'the rows of the year come first'
        assert years.count('') == 8, years  # land, floor area and projects
        copy = os.path.join(folder, 'park')
        shutil.copytree(park, copy)
        text = open(os.path.join(copy, 'park.yaml'), encoding='utf-8').read()
        for year in ('2024', '2023'):
            open(os.path.join(copy, 'park.yaml'), 'w', encoding='utf-8').write(re.sub(r'(?m)^year: 2025', f'year: {year}', text))
            own = [t for t in analyze(os.path.join(folder, 'out'), os.path.join(copy, 'park.yaml'))('targets') if t['年度'] == year]
            assert own and own == [t for t in targets if t['年度'] == year], year
    print('ok')


main()
