"""Scores and classes of the sample's enterprises of 2024, from the two written formulas alone, beside tables/grades.csv.
huaian-2024: score = sum of value / base x weight, base = twice last year's total over total; A 20 %, B 40 %, C 35 %, D 5 %.
jingde-2022 with the weights, shares and columns filled in that its text lacks: weight x [20 + 80 x (x - min)/(max - min)] / 100.
Where a row has no score every place it may take is tried: a class stands only where all of them give the same one.
Robust scores from their formulas (docs/methods.md); the weight that has to move least before a class changes by walking through every crossing
with every other enterprise, in the same schemes with rows without a score left out and with score lines in place of shares."""
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


def quantile(values, p):
    """type 7: linear between the two values around (n - 1) p"""
    v = sorted(values)
    at = (len(v) - 1) * p
    below = math.floor(at)
    return v[below] + (at - below) * (v[min(below + 1, len(v) - 1)] - v[below])


def known(x, member):
    return [v for c, v in x.items() if member[c] and not math.isnan(v)]


HUAIAN = [('tax', 'mu', 45), ('output', 'mu', 35), ('tax', 'energy', 20)]


def huaian(this_year, last_year, robust):
    """[(members, weights, points of one point of weight)]; base: twice last year's total over total, or twice the median; capped at the 95th percentile"""
    member = {r['code']: huaian_member(r) for r in this_year}
    points = []
    for a, b, _ in HUAIAN:
        last = [r for r in last_year if huaian_member(r) and not math.isnan(ratio(r[a], r[b]))]
        base = 2 * math.fsum(r[a] for r in last) / math.fsum(r[b] for r in last)
        if robust:
            base = 2 * quantile([ratio(r[a], r[b]) for r in last], .5)
        u = {r['code']: ratio(r[a], r[b]) / base for r in this_year}
        if robust:
            most = quantile(known(u, member), .95)
            u = {c: v if math.isnan(v) else min(v, most) for c, v in u.items()}
        points.append(u)
    return [(member, [w for _, _, w in HUAIAN], points)]


ABOVE = [('tax', 'mu', 30), ('output', 'mu', 20), ('profit', 'mu', 10), ('added', 'staff', 10), ('output', 'power', 10), ('rd', 'output', 10), ('output', 'energy', 10)]
BELOW = [('tax', 'mu', 50), ('output', 'energy', 25), ('output', 'power', 25)]


def jingde(this_year, _, robust):
    groups = []
    for above, indicators in ((True, ABOVE), (False, BELOW)):
        member = {r['code']: r['above'] if above else (False if r['above'] else at_least(r['mu'], 5)) for r in this_year}
        points = []
        for a, b, _ in indicators:
            x = {r['code']: ratio(r[a], r[b]) for r in this_year}
            low, high = (quantile(known(x, member), q) for q in ((.05, .95) if robust else (0, 1)))
            points.append({c: v if math.isnan(v) else .2 + .8 * (min(max(v, low), high) - low) / (high - low) for c, v in x.items()})
        groups.append((member, [w for _, _, w in indicators], points))
    return groups


def scores(group):
    member, weights, points = group
    return {c: (m, sum(w * u[c] for w, u in zip(weights, points))) for c, m in member.items() if m is not False}


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


def line_class(score):
    return 'ABCD'[sum(score < line for line in LINES)]


LINES = (60, 30, 10)


def first_flip(own, others, direction, reach, lines):
    """(change, class) where the class of one enterprise first differs; own and others are (score, change a point of weight)"""
    a, b = own[0], own[1] * direction
    if lines:
        now = line_class(a)
        at = sorted(((line - a) / b, line) for line in LINES if b and (line - a) / b >= 0)
        for x, line in at:
            beyond = line_class(line + b * 1e-9)
            if beyond != now and x < reach:
                return x, beyond
        return None
    events, ahead = [], 0
    for s, r in others:
        d, e = s - a, r * direction - b
        ahead += d > 0
        x = -d / e if e else math.inf
        if d and 0 < x < reach:
            events.append((x, -1 if d > 0 else 1))
        elif not d and e > 0:
            events.append((0, 1))
    now = place(ahead + 1, len(others) + 1)
    events.sort()
    for i, (x, step) in enumerate(events):
        ahead += step
        at_once = i + 1 < len(events) and events[i + 1][0] - x < 1e-7  # several cross in one point
        if not at_once and place(ahead + 1, len(others) + 1) != now:
            return x, place(ahead + 1, len(others) + 1)
    return None


def nearest_flip(group, code, lines):
    """(indicator, weight, class) of the least change, upwards before downwards, the first of equal ones; None where there is none"""
    member, weights, points = group
    total = sum(weights)
    firm = {c: s for c, (m, s) in scores(group).items() if m and not math.isnan(s)}
    best = None
    for k, w in enumerate(weights):
        def line(c):
            rest = sum(v * u[c] for j, (v, u) in enumerate(zip(weights, points)) if j != k)
            return firm[c], points[k][c] - rest / (total - w)
        others = [line(c) for c in firm if c != code]
        for direction, reach in ((1, total - w), (-1, w)):
            found = first_flip(line(code), others, direction, reach, lines)
            if found and (best is None or found[0] < best[0] - 1e-7):
                best = (found[0], k, w + direction * found[0], found[1])
    return best and best[1:]


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


def variants(folder, jingde_path):
    """The two schemes once more: rows without a score left out, and score lines in place of shares."""
    paths = []
    for name, path in (('huaian-2024', os.path.join(os.path.dirname(__file__), '..', '..', 'rules', 'huaian-2024.yaml')), ('jingde-2022', jingde_path)):
        text = open(path, encoding='utf-8').read()
        code = {'huaian-2024': 'HA2024', 'jingde-2022': 'JD2022'}[name]
        classes = re.search(r'    classes:(.*?)\n  groups:', text, re.S).group(1)
        lined = ' [' + ', '.join(f'{{class: {c}, at_least: {line}}}' for c, line in zip('ABC', LINES)) + ', {class: D}]'
        for suffix, changed in (('-open', text.replace('by: rank', 'by: rank\n    unknown: leave_out')),
                                ('-lines', text.replace('by: rank', 'by: score').replace(classes, lined))):
            changed = changed.replace(f'rulebook: {name}', f'rulebook: {name}{suffix}').replace(f'code: {code}', f'code: {code}{suffix}')
            paths.append(os.path.join(folder, name + suffix + '.yaml'))
            open(paths[-1], 'w', encoding='utf-8').write(changed)
    return paths


def check_flips(scheme, got, groups, lines):
    """Every enterprise of a scheme whose classes are all told."""
    flips = never = 0
    for group in groups:
        firm = {c: s for c, (m, s) in scores(group).items() if m and not math.isnan(s)}
        for c, s in firm.items():
            want, row = nearest_flip(group, c, lines), got[c]
            assert row['类别'] == (line_class(s) if lines else place(1 + sum(v > s for v in firm.values()), len(firm))), (scheme, row)
            if want is None:
                assert not row['该权重的界线'] and row['改变类别的权重'].startswith('任何一项'), (scheme, row)
                never += 1
                continue
            k, to, cls = want
            assert abs(float(row['该权重的界线']) - to) < 1e-6 and row['改变后的类别'] == cls, (scheme, row, want)
            assert not scheme.startswith('HA') or row['该权重的指标'] == ('亩均税收', '亩均销售收入', '单位能耗税收')[k], (row, want)
            flips += 1
    return flips, never


def main():
    this_year, last_year = list(rows(2024)), list(rows(2023))
    with tempfile.TemporaryDirectory() as folder:
        out, jingde_path = os.path.join(folder, 'out'), fill_jingde(folder)
        books = ['huaian-2024', jingde_path, *variants(folder, jingde_path)]
        subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '--rules', ','.join(books), '--year', '2024',
                        '--as-of', '2024-12-31', '-o', out, '--quiet', '--lang', 'zh'], check=True)
        got = {}
        for r in csv.DictReader(open(os.path.join(out, 'tables', 'grades.csv'), encoding='utf-8-sig', newline='')):
            got.setdefault(r['评价办法'], {})[r['统一社会信用代码']] = r
    compared = given = flips = never = robust_differs = 0
    for scheme, method in (('HA2024', huaian), ('JD2022', jingde)):
        assert len(got[scheme]) == len(this_year)
        seen = set()
        for column, class_column, robust in (('得分', '类别', False), ('稳健得分', '稳健类别', True)):
            for group in method(this_year, last_year, robust):
                known_scores, want = classes(scores(group))
                for c, s in known_scores.items():
                    seen.add(c)
                    row = got[scheme][c]
                    assert abs(float(row[column]) - s) <= 1e-9 * max(1, abs(s)), (scheme, c, column, row[column], s)
                    assert (row[class_column] or None) == want[c], (scheme, c, row, want[c])
                    given += want[c] is not None
                    robust_differs += robust and row['稳健得分'] != row['得分']
                compared += len(known_scores)
        for c, r in got[scheme].items():
            assert c in seen or (not r['得分'] and not r['类别'] and not r['稳健得分']), (scheme, r)
            if scheme == 'HA2024' and c in seen:
                assert not r['该权重的界线'], r  # rows without a score may stand anywhere
        for suffix, lines in (('-open', False), ('-lines', True)):
            a, b = check_flips(scheme + suffix, got[scheme + suffix], method(this_year, last_year, False), lines)
            flips, never = flips + a, never + b
    assert compared > 600 and given > 60 and robust_differs > 200 and flips > 300, (compared, given, robust_differs, flips, never)
    print(f'{compared} scores and {given} classes agree; {flips} weights that change a class, {never} classes that none changes')


main()
