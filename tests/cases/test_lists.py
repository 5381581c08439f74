"""test_lists.py MUJUN PARK_FOLDER: the ledger of factory units, the projects and the contracts of the sample, and their summaries, worked out again in plain
Python from the sample's own files; of the result only the facts of the parcels are read."""
import collections
import csv
import datetime
import os
import shutil
import subprocess
import sys
import tempfile

from osgeo import ogr

ogr.UseExceptions()
mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
AS_OF = datetime.date(2026, 3, 31)
WORDS = {'在用': '在用', '空置': '空置', '停产': '停产停用'}


def read(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def bare(row):
    """Headings without units."""
    return {k.split('（')[0]: v for k, v in row.items()}


def number(text):
    return float(text) if text else None


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def near(got, want, what, step=0.005):
    if want is None or got == '':
        assert want is None and got == '', (what, got, want)
    else:
        assert abs(float(got) - want) <= step + 1e-9 * abs(want), (what, got, want)


def total(values):
    return sum(v for v in values if v is not None)


def by_zone(rows, zone):
    """Rows of each zone and of the whole park."""
    out = collections.defaultdict(list)
    for r in rows:
        out[zone(r)].append(r)
        out['全园区'].append(r)
    return out


# ---- factory units ----

def built():
    layer = ogr.Open(os.path.join(park, 'buildings.shp'))
    return {f['建筑编号']: f['建成年份'] for f in layer.GetLayer(0)}


def age_class(year):
    if not year:
        return '数据不足'
    age = AS_OF.year - year
    return next((n for limit, n in ((5, '5年以下'), (10, '5至10年'), (20, '10至20年'), (30, '20至30年')) if age < limit), '30年及以上')


def months(since):
    return (AS_OF.year - since.year) * 12 + AS_OF.month - since.month - (AS_OF.day < since.day)


def expected_units(zones, names):
    years = built()
    for r in read(os.path.join(park, 'factory_units.csv')):
        state = WORDS.get(r['使用状态'])
        if state == '空置' and r['统一社会信用代码']:
            state = '租而未用'
        yield dict(id=r['单元编号'], zone=zones.get(r['宗地代码'], ''), area=number(r['建筑面积（平方米）']), state=state, recorded=r['使用状态'], code=r['统一社会信用代码'],
                   name=names.get(r['统一社会信用代码'], ''), months=months(day(r['起始日期'])), year=years.get(r['建筑编号']), floor=int(r['楼层']))


def check_units(t, zones, names):
    want = list(expected_units(zones, names))
    got = [bare(r) for r in t['factory_units']]
    assert len(got) == len(want) == 267
    for g, w in zip(got, want):
        assert (g['单元编号'], g['片区'], g['使用状态'], g['登记状态'], g['承租企业信用代码'], g['承租企业']) == (w['id'], w['zone'], w['state'], w['recorded'], w['code'], w['name']), (g, w)
        assert int(g['已持续整月']) == w['months'] and g['建成年份'] == str(w['year'] or ''), (g, w)
        assert g['依据'].startswith(f"登记为“{w['recorded']}”") and (w['code'] in g['依据'])
    groups = by_zone(want, lambda w: w['zone'])
    assert [r['片区'] for r in t['factory_use']] == ['北部片区', '中部片区', '南部片区', '全园区'] and set(groups) == {r['片区'] for r in t['factory_use']}
    for row in map(bare, t['factory_use']):
        units = groups[row['片区']]
        known = total(w['area'] for w in units if w['state'])
        used = total(w['area'] for w in units if w['state'] == '在用')
        assert int(row['单元数']) == len(units)
        near(row['建筑面积'], total(w['area'] for w in units), row)
        for state in ('在用', '空置', '停产停用', '租而未用'):
            assert int(row[state + '单元']) == sum(w['state'] == state for w in units), (row, state)
            near(row[state + '面积'], total(w['area'] for w in units if w['state'] == state), row)
        near(row['利用率'], used / known, row, 0.00005)
        near(row['达到80%还差'], max(0, 0.8 * known - used), row)
        near(row['达到90%还差'], max(0, 0.9 * known - used), row)
    floors = ('1层', '2层', '3层', '4层', '5层及以上')
    seen = collections.Counter()
    for row in map(bare, t['factory_vacancy']):
        age = row['分组'] == '建筑年龄'
        units = [w for w in want if (age_class(w['year']) if age else floors[min(w['floor'], 5) - 1]) == row['类别']]
        known, empty = total(w['area'] for w in units if w['state']), total(w['area'] for w in units if w['state'] == '空置')
        assert int(row['单元数']) == len(units) and int(row['空置单元']) == sum(w['state'] == '空置' for w in units), row
        near(row['空置面积'], empty, row)
        near(row['空置率'], empty / known, row, 0.00005)
        near(row['未利用率'], total(w['area'] for w in units if w['state'] != '在用') / known, row, 0.00005)
        seen[row['分组']] += len(units)
    assert seen == {'建筑年龄': 267, '楼层': 267}
    return len(want)


def analyze(folder, *more):
    subprocess.run([mujun, 'analyze', *more, '-o', folder, '--quiet', '--lang', 'zh', '--overwrite', '--only', 'csv'], check=True)
    return {n[:-4]: read(os.path.join(folder, 'tables', n)) for n in os.listdir(os.path.join(folder, 'tables'))}


def main():
    folder = tempfile.mkdtemp(prefix='mujun-lists-')
    t = analyze(folder, os.path.join(park, 'park.yaml'))
    parcels = collections.defaultdict(list)
    for r in t['parcels']:
        parcels[r['宗地代码']].append(bare(r))
    one = {k: v[0] for k, v in parcels.items() if k and len(v) == 1}
    zones = {k: v['片区'] for k, v in one.items()}
    names = {}
    for year, word in (('2023', 'gbk'), ('2024', 'utf-8-sig')):
        with open(os.path.join(park, f'enterprises_{year}.csv'), encoding=word, newline='') as f:
            names.update({r.get('统一社会信用代码') or r.get('社会统一信用代码'): r['企业名称'] for r in csv.DictReader(f)})
    names.update({bare(r)['统一社会信用代码']: bare(r)['企业名称'] for r in t['enterprises']})
    n = check_units(t, zones, names)
    shutil.rmtree(folder)
    print(f'{n} factory units agree')


main()
