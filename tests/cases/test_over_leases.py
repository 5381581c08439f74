"""test_over_leases.py MUJUN PARK_FOLDER: table over_leases of the sample, made again in plain Python from the enterprise file of the year, the occupancies and
the floors in use of occupancy_shares; then with leases edited (floor in use, half a year, a sub-lease, no area) and other limits."""
import collections
import csv
import datetime
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from enterprise_files import delivered  # noqa: E402

mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
YEAR = 2025
FIGURES = {'staff': 'staff', 'electricity_kwh': 'kwh', 'output_wan': 'output'}
HELD = ('m2_per_person', 'kwh_per_m2', 'output_wan_per_m2')
LEASES = ('lessee', 'sublessee')


def part_of_year(row):
    first, last = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)
    begin = max(first, datetime.date.fromisoformat(row['起始日期'] or '1900-01-01'))
    end = min(last, datetime.date.fromisoformat(row['终止日期'] or '2999-01-01'))
    return max(0, (end - begin).days + 1) / 365


def stated_leases(folder):
    """Floor leased less what is sub-let, and floor in use, of each lessee: from the occupancies alone. In them only the one that lessor says sub-lets."""
    leased, used = collections.defaultdict(float), collections.defaultdict(float)
    for row in csv.DictReader(open(os.path.join(folder, 'occupancies.csv'), encoding='utf-8-sig', newline='')):
        share, code = part_of_year(row), row['统一社会信用代码']
        if row['用地方式'] not in ('承租', '转租') or not share:
            continue
        floor = float(row['建筑面积（平方米）'] or 'nan') * share
        leased[code] += floor
        used[code] += float(row.get('实际使用面积（平方米）') or 'nan') * share
        if row.get('出租方代码'):
            leased[row['出租方代码']] -= floor
    return leased, used


def add(values):
    values = list(values)
    return None if None in values else sum(values)


def figures_on(uses, leased, rows):
    """The figures on the uses, or leases, of one enterprise; None where it is not known."""
    out = {}
    for figure, name in FIGURES.items():
        parts, all_parts = [], []
        for parcel in sorted({u['parcel_row'] for u in uses}):
            here = [u for u in uses if u['parcel_row'] == parcel]
            all_parts += [u[figure] for u in here if u[figure] is not None] or [None]
            mine = [u for u in here if not leased or u['use_role'] in LEASES]
            if mine:
                told = [u[figure] for u in mine if u[figure] is not None]
                parts += [None] if not told or (len(mine) < len(here) and any(u[figure] is None for u in here)) else told
        whole, arrived = add(r[name] for r in rows) if rows else None, add(all_parts)
        if arrived is not None and (whole is None or abs(whole - arrived) > 1e-6 * max(1, abs(whole))):
            out[figure] = None  # some of it reached no parcel
        else:
            out[figure] = add(parts)
    return out


def divided(floor, figures):
    if floor is None or floor != floor or floor <= 0:
        return dict.fromkeys(HELD)
    staff, kwh, output = (figures[f] for f in FIGURES)
    return {'m2_per_person': None if staff is None else floor / staff if staff else float('inf'), 'kwh_per_m2': None if kwh is None else kwh / floor,
            'output_wan_per_m2': None if output is None else output / floor}


def expected(shares, folder, least, times, share):
    rows, uses = collections.defaultdict(list), collections.OrderedDict()
    for year, r in delivered(folder):
        if year == YEAR:
            rows[r['code']].append(r)
    for u in shares:
        if u['use_role'] in LEASES + ('owner', 'user'):
            uses.setdefault(u['credit_code'], []).append(u)
    division, need = {}, {}
    for code, of in uses.items():
        said = {r['industry'][:2] for r in rows[code] if r['industry'][:2].isdigit()}
        division[code] = said.pop() if len(said) == 1 else None
        v = divided(add(u['floor_m2'] for u in of), figures_on(of, False, rows[code]))
        need[code] = {h: x for h, x in v.items() if x is not None and 0 < x < float('inf')}
    leased, used = stated_leases(folder)
    for code, of in uses.items():
        if not any(u['use_role'] in LEASES for u in of):
            continue
        floor = leased[code] if leased[code] == leased[code] else None
        own = divided(floor, figures_on(of, True, rows[code]))
        want = {'leased_m2': floor, 'used_m2': used[code] if used[code] == used[code] else None, 'industry_division': division[code]}
        beyond, good = [], False
        for h in HELD:
            peers = [need[c][h] for c in uses if c != code and division[code] and division[c] == division[code] and h in need[c]]
            middle = statistics.median(peers) if len(peers) >= least else None
            want[h], want[h + '_peers'], want[h + '_median'] = None if own[h] == float('inf') else own[h], len(peers), middle
            if own[h] is None or middle is None:
                want[h + '_beyond'] = 'unknown'
                continue
            over = own[h] > times * middle * (1 + 1e-9) if h == HELD[0] else own[h] < share * middle * (1 - 1e-9)
            good = good or (own[h] <= middle if h == HELD[0] else own[h] >= middle)
            want[h + '_beyond'] = 'yes' if over else 'no'
        beyond = [want[h + '_beyond'] for h in HELD]
        want['over_leased'] = 'no' if beyond.count('no') >= 2 else 'yes' if beyond.count('yes') >= 2 and not good else 'unknown'
        yield code, want


def check(out, folder, least=5, times=2, share=.5):
    base = sqlite3.connect(os.path.join(out, 'mujun.gpkg'))
    base.row_factory = sqlite3.Row
    got = collections.OrderedDict((r['credit_code'], dict(r)) for r in base.execute('SELECT * FROM over_leases ORDER BY fid'))
    want = dict(expected([dict(r) for r in base.execute('SELECT * FROM occupancy_shares')], folder, least, times, share))
    base.close()
    assert set(got) == set(want) and len(want) > 50, set(got) ^ set(want)
    for code, w in want.items():
        for k, v in w.items():
            g = got[code][k]
            assert abs(g - v) <= 1e-9 * max(1, abs(v)) if isinstance(v, float) and g is not None else g == v, (code, k, g, v, got[code])
    order = [r['over_leased'] for r in got.values()]
    assert order == sorted(order, key=('yes', 'unknown', 'no').index)
    assert all((r['evidence'] is None) == (r['over_leased'] == 'no') for r in got.values())
    return got


def analyze(out, project):
    subprocess.run([mujun, 'analyze', project, '-o', out, '--quiet', '--lang', 'zh', '--overwrite'], check=True)


def edit(copy):
    """Leases that say more and less: returns the codes."""
    path, project = os.path.join(copy, 'occupancies.csv'), os.path.join(copy, 'park.yaml')
    rows = list(csv.DictReader(open(path, encoding='utf-8-sig', newline='')))
    tenants = [r for r in rows if r['用地方式'] == '承租' and part_of_year(r) == 1]
    once = [r for r in tenants if sum(q['统一社会信用代码'] == r['统一社会信用代码'] for q in rows) == 1]
    a, b, c, d = once[:4]
    for r in rows:
        r['实际使用面积（平方米）'] = r['出租方代码'] = ''
    a['实际使用面积（平方米）'] = '%.2f' % (float(a['建筑面积（平方米）']) / 4)
    b['终止日期'] = '2025-06-30'
    c['建筑面积（平方米）'] = ''
    rows.append(dict(d, 统一社会信用代码='91350502MXX99999X0', 企业名称='示例转租有限公司', 用地方式='转租', 出租方代码=d['统一社会信用代码'], **{'建筑面积（平方米）': '%.2f' % (float(d['建筑面积（平方米）']) / 2)}))
    with open(path, 'w', encoding='utf-8-sig', newline='') as f:
        out = csv.DictWriter(f, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    text = open(project, encoding='utf-8').read()
    assert 'settings:\n' in text
    open(project, 'w', encoding='utf-8').write(text.replace('settings:\n', 'settings:\n  checks: {over_lease_peers_min: 12, over_lease_area_times: 1.5, over_lease_power_share: 0.6, over_lease_output_share: 0.6}\n', 1))
    return [r['统一社会信用代码'] for r in (a, b, c, d)]


def main():
    with tempfile.TemporaryDirectory() as folder:
        out, copy = os.path.join(folder, 'out'), os.path.join(folder, 'park')
        analyze(out, os.path.join(park, 'park.yaml'))
        seen = collections.Counter(r['over_leased'] for r in check(out, park).values())
        assert min(seen[v] for v in ('yes', 'no', 'unknown')) >= 2, seen
        shutil.copytree(park, copy)
        a, b, c, d = edit(copy)
        analyze(out, os.path.join(copy, 'park.yaml'))
        got = check(out, copy, 12, 1.5, .6)
        assert abs(got[a]['unused_share'] - .75) < 1e-4 and got[c]['leased_m2'] is None, (got[a], got[c])
        assert got[c]['over_leased'] == 'unknown' and got[c]['evidence'] == '租用建筑面积不详', got[c]
        assert got['91350502MXX99999X0']['staff'] is None and got['91350502MXX99999X0']['over_leased'] == 'unknown'
        assert any('至少要 12 家' in (r['evidence'] or '') for r in got.values())
    print('ok')


main()
