"""Scores and classes of the sample's enterprises of 2024, from the two written formulas alone, beside tables/grades.csv.
huaian-2024: score = sum of value / base x weight, base = twice last year's total over total; A 20 %, B 40 %, C 35 %, D 5 %.
jingde-2022 with the weights, shares and columns filled in that its text lacks: weight x [20 + 80 x (x - min)/(max - min)] / 100.
Where a row has no score every place it may take is tried: a class stands only where all of them give the same one."""
import csv
import math
import os
import re
import subprocess
import sys
import tempfile

mujun, park = sys.argv[1:3]
SHARES = [('A', 20), ('B', 40), ('C', 35), ('D', 5)]


def number(text, factor=1.0):
    return float(text) * factor if re.fullmatch(r'-?\d+(\.\d+)?', text or '') else math.nan


def rows(year):
    """The two files as a person reads them: 2023 in yuan and square metres, 2024 in 10,000 yuan and mu."""
    name, encoding, money, land, code = (('enterprises_2023.csv', 'gbk', '元', '占地面积（平方米）', '统一社会信用代码') if year == 2023 else
                                         ('enterprises_2024.csv', 'utf-8-sig', '万元', '占地面积（亩）', '社会统一信用代码'))
    wan = 1e-4 if year == 2023 else 1.0
    for r in csv.DictReader(open(os.path.join(park, name), encoding=encoding, newline='')):
        mu = number(r[land], 3 / 2000 if year == 2023 else 1.0)
        yield {'code': r[code], 'above': {'是': True, '否': False}.get(r['是否规上']), 'mu': mu if mu > 0 else math.nan, 'industry': r['行业代码'],
               **{k: number(r[f'{zh}（{money}）'], wan) for k, zh in (('tax', '实缴税收'), ('output', '工业总产值'), ('rd', '研发经费'),
                                                                   ('profit', '利润总额'), ('added', '工业增加值'))},
               'energy': number(r['综合能耗（吨标准煤）']), 'power': number(r['用电量（千瓦时）']),
               'staff': number(r.get('从业人员（人）') or r.get('平均用工人数（人）'))}


def ratio(a, b):
    return a / b if b else math.nan


def at_least(mu, limit):
    return None if math.isnan(mu) else mu >= limit


def either(a, b):
    return True if a or b else None if a is None or b is None else False


def huaian_member(r):
    return either(r['above'], at_least(r['mu'], 3))


def huaian(this_year, last_year):
    values = {'tax': ('tax', 'mu', 45), 'sales': ('output', 'mu', 35), 'green': ('tax', 'energy', 20)}
    base = {}
    for name, (a, b, _) in values.items():
        known = [r for r in last_year if huaian_member(r) and not math.isnan(ratio(r[a], r[b]))]
        base[name] = 2 * math.fsum(r[a] for r in known) / math.fsum(r[b] for r in known)
    group = {}
    for r in this_year:
        member = huaian_member(r)
        group[r['code']] = (member, sum(ratio(r[a], r[b]) / base[n] * w for n, (a, b, w) in values.items()))
    return [group]


ABOVE = [('tax', 'mu', 30), ('output', 'mu', 20), ('profit', 'mu', 10), ('added', 'staff', 10), ('output', 'power', 10), ('rd', 'output', 10), ('output', 'energy', 10)]
BELOW = [('tax', 'mu', 50), ('output', 'energy', 25), ('output', 'power', 25)]


def jingde(this_year, _):
    groups = []
    for above, indicators in ((True, ABOVE), (False, BELOW)):
        member = {r['code']: r['above'] if above else (False if r['above'] else at_least(r['mu'], 5)) for r in this_year}
        score = {r['code']: 0.0 for r in this_year}
        for a, b, w in indicators:
            x = {r['code']: ratio(r[a], r[b]) for r in this_year}
            known = [x[c] for c in x if member[c] and not math.isnan(x[c])]
            low, high = min(known), max(known)
            for c in score:
                score[c] += w * (20 + 80 * (x[c] - low) / (high - low)) / 100
        groups.append({c: (member[c], score[c]) for c in score if member[c] is not False})
    return groups


def place(position, size):
    total = 0
    for name, share in SHARES:
        total += share
        if position <= math.floor(size * total / 100 + 0.5) or name == 'D':
            return name


def classes(group):
    """class or None of every member: over every number of the rows in doubt that stand above, and of those that are no members after all"""
    known = {c: s for c, (m, s) in group.items() if m and not math.isnan(s)}
    blank = sum(1 for m, s in group.values() if m and math.isnan(s))
    maybe = sum(1 for m, _ in group.values() if m is None)
    out = {}
    for c, s in known.items():
        first = 1 + sum(1 for v in known.values() if v > s)
        possible = set()
        for present in range(maybe + 1):
            held = blank + present
            possible |= {place(first + j, len(known) + held) for j in range(held + 1)}
        out[c] = possible.pop() if len(possible) == 1 else None
    return known, out


def fill_jingde(folder):
    """What a county does that has the document: weights and shares; two columns stand in for those the sample lacks."""
    text = open(os.path.join(os.path.dirname(__file__), '..', '..', 'rules', 'jingde-2022.yaml'), encoding='utf-8').read()
    for _, _, w in ABOVE + BELOW:
        text = text.replace('weight: unknown', f'weight: {w}', 1)
    text = text.replace('sql: "NULL", unit: wan', 'sql: profit_wan, unit: wan').replace('sql: "NULL"', 'sql: electricity_kwh')
    text = text.replace('by: unknown\n    classes: [{class: A}, {class: B}, {class: C}, {class: D}]',
                        'by: rank\n    classes: [' + ', '.join(f'{{class: {n}, share: {s / 100}}}' for n, s in SHARES) + ']')
    assert 'unknown' not in re.sub('#.*', '', text)
    path = os.path.join(folder, 'jingde.yaml')
    open(path, 'w', encoding='utf-8').write(text)
    return path


def main():
    this_year, last_year = list(rows(2024)), list(rows(2023))
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '--rules', 'huaian-2024,' + fill_jingde(folder), '--year', '2024',
                        '--as-of', '2024-12-31', '-o', out, '--quiet', '--lang', 'zh'], check=True)
        got = {}
        for r in csv.DictReader(open(os.path.join(out, 'tables', 'grades.csv'), encoding='utf-8-sig', newline='')):
            got.setdefault(r['评价办法'], {})[r['统一社会信用代码']] = r
    scores = given = 0
    for scheme, method in (('HA2024', huaian), ('JD2022', jingde)):
        assert len(got[scheme]) == len(this_year)
        seen = set()
        for group in method(this_year, last_year):
            known, want = classes(group)
            for c, s in known.items():
                seen.add(c)
                assert abs(float(got[scheme][c]['得分']) - s) <= 1e-9 * max(1, abs(s)), (scheme, c, got[scheme][c]['得分'], s)
                assert (got[scheme][c]['类别'] or None) == want[c], (scheme, c, got[scheme][c], want[c])
                given += want[c] is not None
            scores += len(known)
        for c, r in got[scheme].items():
            assert c in seen or (not r['得分'] and not r['类别']), (scheme, r)
    assert scores > 300 and given > 30, (scores, given)
    print(f'{scores} scores and {given} classes agree')


main()
