"""test_series.py MUJUN PARK_FOLDER: table enterprise_series of the sample, made again in plain Python from the three enterprise files as they were delivered;
then with years of an enterprise edited so that it stops, halves, dies and contradicts itself."""
import collections
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from enterprise_files import FIGURES, delivered  # noqa: E402

mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
NOW = 2025


def median(v):
    v = sorted(v)
    return (v[(len(v) - 1) // 2] + v[len(v) // 2]) / 2


def all_of(answers):
    """Kleene's and: False decides, else None is None."""
    return False if False in answers else None if None in answers else True


def series(rows):
    firms = collections.OrderedDict()
    for year, r in rows:
        firms.setdefault(r['code'], {}).setdefault(year, []).append(r)
    spoken = {year for year, _ in rows}
    for code, by_year in firms.items():
        years = sorted(by_year)
        of = {y: {f: None if any(r[f] is None for r in by_year[y]) else sum(r[f] for r in by_year[y]) for f in FIGURES} for y in years}

        def at(figure, year):
            return of.get(year, {}).get(figure)

        def mean(figure):
            v = [at(figure, NOW - k) for k in range(3)]
            return None if None in v else sum(v) / 3

        def growth(figure):
            now, base = at(figure, NOW), at(figure, NOW - 1)
            return None if now is None or base is None or base <= 0 else now / base - 1

        def trend(figure):
            known = [(y, at(figure, y)) for y in years if at(figure, y) is not None]
            return median([(b - a) / (y - x) for i, (x, a) in enumerate(known) for y, b in known[i + 1:]]) if len(known) >= 3 else None

        def nothing(figure, year):
            v = at(figure, year)
            return None if v is None else v <= 0

        def low(figure, year, share):
            v = at(figure, year)
            if v is None or v <= 0:
                return nothing(figure, year)
            before = [at(figure, y) for y in years if y < year and at(figure, y) is not None]
            return v <= share * max(before) if before else None

        per_mu = [None if at('tax', y) is None or at('land', y) is None else at('tax', y) / (at('land', y) * 15 / 10000) for y in (NOW, NOW - 1)]
        here = NOW in by_year
        stopped = all_of([nothing('output', NOW), low('kwh', NOW, .1)]) if here else None
        going = None if stopped is None else not stopped
        latest = by_year[years[-1]]
        yield {'统一社会信用代码': code, '企业名称': latest[0]['name'], '行业代码': latest[0]['industry'], '所在宗地': ';'.join(dict.fromkeys(r['parcel'] for r in latest if r['parcel'])),
               '首次年度': years[0], '最近年度': years[-1], '年数': len(years),
               '本年新增': here and years[0] == NOW if years[0] < NOW or NOW - 1 in spoken else None, '本年消失': not here,
               '停产': stopped, '半停产': all_of([low('output', NOW, .5), low('kwh', NOW, .5), going]) if here else None,
               '僵尸企业': all_of([x for k in (0, 1) for x in (nothing('tax', NOW - k), nothing('staff', NOW - k), low('kwh', NOW - k, .1))]) if here else None,
               '产值（万元）': at('output', NOW), '税收（万元）': at('tax', NOW), '从业人数（人）': at('staff', NOW), '用电量（千瓦时）': at('kwh', NOW), '综合能耗（吨标准煤）': at('tce', NOW),
               '三年平均产值（万元）': mean('output'), '三年平均税收（万元）': mean('tax'), '产值增长率': growth('output'), '税收增长率': growth('tax'),
               '产值年均变化（万元）': trend('output'), '税收年均变化（万元）': trend('tax'), '两年平均亩均税收（万元/亩，企业申报）': None if None in per_mu else sum(per_mu) / 2}


STEP = {'从业人数（人）': 1e-9, '用电量（千瓦时）': .5, '产值增长率': 5e-5, '税收增长率': 5e-5}


def analyze(folder, project):
    subprocess.run([mujun, 'analyze', project, '-o', folder, '--quiet', '--lang', 'zh', '--overwrite'], check=True)
    return list(csv.DictReader(open(os.path.join(folder, 'tables', 'enterprise_series.csv'), encoding='utf-8-sig', newline='')))


def check(got, rows):
    want = list(series(rows))
    assert len(got) == len(want), (len(got), len(want))
    words = {True: '是', False: '否', None: '数据不足'}
    seen = collections.Counter()
    for g, w in zip(got, want):
        for k, v in w.items():
            if k in ('本年新增', '本年消失', '停产', '半停产', '僵尸企业'):
                assert g[k] == words[v], (g, k, v)
                seen[k, g[k]] += 1
            elif isinstance(v, float):
                assert g[k] != '' and abs(float(g[k]) - v) <= STEP.get(k, .005) + 1e-9 * abs(v), (g, k, v)
                seen[k, 'known'] += 1
            else:
                assert g[k] == ('' if v is None else str(v)), (g, k, v)
        assert (g['状态依据'] == '') == all(w[k] is False for k in ('停产', '半停产', '僵尸企业')), g
    return seen


def edited(line, **figures):
    """The line of enterprises_2024.csv with other figures."""
    cells = line.split(',')
    for at, v in figures.items():
        cells[int(at[1:])] = v
    return ','.join(cells)


def main():
    with tempfile.TemporaryDirectory() as folder:
        seen = check(analyze(os.path.join(folder, 'out'), os.path.join(park, 'park.yaml')), delivered(park))
        assert seen['本年新增', '是'] and seen['本年消失', '是'] and seen['产值年均变化（万元）', 'known'] > 200, seen
        copy = os.path.join(folder, 'park')
        shutil.copytree(park, copy)
        path, project = os.path.join(copy, 'enterprises_2024.csv'), os.path.join(copy, 'park.yaml')
        lines = open(path, encoding='utf-8-sig').read().splitlines()
        # columns of the file: 5 output, 6 tax, 11 electricity, 12 staff
        lines[1] = edited(lines[1], c5='0', c11='0')
        lines[2] = edited(lines[2], c5='0', c11='')
        lines[3] = edited(lines[3], c5='10', c11='10', c6='0', c12='0')
        lines.append(edited(lines[4], c6='12345'))
        open(path, 'w', encoding='utf-8-sig').write('\n'.join(lines) + '\n')
        text = open(project, encoding='utf-8').read()
        open(project, 'w', encoding='utf-8').write(re.sub(r'(?m)^year: 2025', 'year: 2024', text))
        global NOW
        NOW = 2024
        rows = [(y, r) for y, r in delivered(copy) if y <= 2024]
        later = [(y, r) for y, r in delivered(copy) if y > 2024 and r['code'] not in {s['code'] for _, s in rows}]
        got = analyze(os.path.join(folder, 'out'), project)
        assert len(later) == len(got) - len({r['code'] for _, r in rows}) and all(g['年数'] == '0' for g in got[len(got) - len(later):])
        seen = check(got[:len(got) - len(later)], rows)
        assert seen['停产', '是'] == 1 and seen['停产', '数据不足'] and seen['半停产', '是'], seen
        first = next(g for g in got if g['停产'] == '是')
        assert first['状态依据'] == '停产：2024年产值 0 万元、2024年用电量 0 千瓦时', first
        ledger = [r for r in csv.DictReader(open(os.path.join(folder, 'out', 'ledger.csv'), encoding='utf-8-sig', newline='')) if '12345' in r.values()]
        assert len(ledger) == 1 and 'YEAR_CONFLICT' in ledger[0].values() and any('（第 4 行）' in v for v in ledger[0].values()), ledger
    print('ok')


main()
