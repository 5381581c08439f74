"""test_lists.py MUJUN PARK_FOLDER: the ledger of factory units, the projects and the contracts of the sample, and their summaries, worked out again in plain
Python from the sample's own files; of the result only the facts of the parcels and the names of the enterprises of the year are read."""
import collections
import csv
import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

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


# ---- projects ----

def check_projects(t, zones):
    given, got = read(os.path.join(park, 'projects.csv')), [bare(r) for r in t['projects']]
    assert len(got) == len(given) == 26
    groups = collections.OrderedDict()
    for g, r in zip(got, given):
        r = bare(r)
        start, finish = day(r['开工日期']), day(r['竣工日期'])
        done = bool(finish and finish <= AS_OF)
        state = '已竣工' if done else '在建' if start and start <= AS_OF else '未开工' if start or r['四个一批'] == '谋划一批' else ''
        days = (finish if done else AS_OF) - start if state in ('已竣工', '在建') else None
        year = str((finish if done else start).year) if done or start else ''
        zone = zones.get(r['宗地代码']) or '宗地不详'
        assert (g['项目编号'], g['批次'], g['片区'], g['进度'], g['年度']) == (r['项目编号'], r['四个一批'], zone, state, year), (g, r)
        assert g['已历天数'] == (str(days.days) if days else '') and g['逾期天数'] == '', g
        near(g['用地'], float(r['用地面积']), g, 0.00006)
        near(g['投资完成比例'], float(r['已投资额']) / float(r['总投资额']), g, 0.00006)
        for key in ((r['四个一批'], zone, year), (r['四个一批'], '全园区', '各年'), ('合计', '全园区', '各年')):
            groups.setdefault(key, []).append(r)
    assert len(t['project_batches']) == len(groups)
    for row in map(bare, t['project_batches']):
        rows = groups[row['批次'], row['片区'], row['年度']]
        assert int(row['项目数']) == len(rows) and row['新增建筑面积'] == '' and row['有新增面积的'] == '0', row
        for field, source, known in (('用地', '用地面积', '有用地的'), ('建筑面积', '建筑面积', '有建筑面积的'), ('总投资', '总投资额', '有总投资的'), ('已投资', '已投资额', '有已投资的')):
            assert int(row[known]) == sum(r[source] != '' for r in rows), (row, known)
            near(row[field], total(number(r[source]) for r in rows), (row, field), 0.006)
    return len(got)


# ---- contracts ----

def off(paper, measured):
    return paper and measured and max(paper / measured, measured / paper) >= 10 * (1 - 0.02)


def land_of(p):
    """The parcel's area by contract, else as its per-mu figures; one that slipped by its unit is none."""
    for basis, word in (('area_contract_m2', '合同'), ('area_recorded_m2', '登记'), ('area_ellipsoid_m2', '椭球')):
        if p[basis] and p[basis] > 0 and not off(p[basis], p['area_ellipsoid_m2']):
            return p[basis] * 3 / 2000, word
    return None, ''


def verdict(agreed, actual, ahead):
    if agreed is None:
        return ''
    if actual is None:
        return '数据不足'
    return '是' if actual >= agreed - 1e-9 * abs(agreed) else '数据不足' if ahead else '否'


def expected_contract(r, p):
    due = day(r['约定竣工日期'])
    ahead = due > AS_OF
    money = p and (p.get('fixed_investment_wan') if p.get('fixed_investment_wan') is not None else p['invested_wan'])
    land, word = land_of(p) if p else (None, '')
    actual = {'投资强度': money / land if p and money is not None and land else None, '亩均产值': p and p['output_wan_per_mu'], '亩均税收': p and p['tax_wan_per_mu'], '容积率': p and p['plot_ratio']}
    agreed = {'投资强度': number(r['约定投资强度']), '亩均产值': number(r['约定亩均产值']), '亩均税收': number(r['约定亩均税收']), '容积率': number(r['约定容积率下限'])}
    answers = {k: verdict(agreed[k], actual[k], ahead) for k in agreed}
    # no parcel of the sample has a day of finish: one that is not started is known to be late
    answers['按期竣工'] = '否' if p and p['started'] == 'no' and due < AS_OF else '数据不足'
    asked = [a for a in answers.values() if a]
    whole = '否' if '否' in asked else '是' if set(asked) == {'是'} else '数据不足'
    return answers, actual, agreed, whole, ahead, word


def check_contracts(t, facts):
    given, got = [bare(r) for r in read(os.path.join(park, 'contracts.csv'))], [bare(r) for r in t['contracts']]
    assert len(got) == len(given) == 110
    groups, seen = collections.defaultdict(collections.Counter), collections.Counter()
    for g, r in zip(got, given):
        p = facts.get(r['宗地代码'])
        answers, actual, agreed, whole, ahead, word = expected_contract(r, p)
        assert (g['合同编号'], g['片区'], g['约定是否达到'], g['到期状态'], g['用地口径']) == (r['合同编号'], p['zone'] if p else '', whole, '未到期' if ahead else '已到期', word), (g, whole)
        for k, answer in answers.items():
            assert g[k if k == '按期竣工' else k + '达到'] == answer, (g, k, answer)
            if k in actual:
                near(g['实际' + k], actual[k], (g, k), 0.005)
                near(g[k + '差额'], actual[k] - agreed[k] if actual[k] is not None and agreed[k] is not None else None, (g, k), 0.005)
        for zone in (p['zone'] if p else '宗地不详', '全园区'):
            for k, answer in dict(answers, 整体=whole).items():
                count = groups[zone, k]
                count['合同数'] += 1
                count['有约定的'] += answer != ''
                count[{'是': '达到', '否': '未达到', '数据不足': '数据不足', '': ''}[answer]] += 1
                count['其中未到期'] += answer == '数据不足' and ahead
        seen[whole] += 1
    assert len(t['contract_compliance']) == len(groups)
    for row in map(bare, t['contract_compliance']):
        count = groups[row['片区'], row['约定事项']]
        for k in ('合同数', '有约定的', '达到', '未达到', '数据不足', '其中未到期'):
            assert int(row[k]) == count[k], (row, k, count)
        judged = count['达到'] + count['未达到']
        near(row['达到比例'], count['达到'] / judged if judged else None, row, 0.00005)
    assert len(seen) > 1, seen
    return len(got)


def parcels_of(folder):
    """Facts of the parcels whose code stands once, to the last bit."""
    with sqlite3.connect(os.path.join(folder, 'mujun.gpkg')) as db:
        db.row_factory = sqlite3.Row
        rows = [dict(r) for r in db.execute('SELECT * FROM parcels')]
    many = collections.Counter(r['parcel_id'] for r in rows)
    return {r['parcel_id']: r for r in rows if many[r['parcel_id']] == 1}


def check_tables(folder, t):
    """The same rows in the GeoPackage and the workbook; nothing without its input."""
    with sqlite3.connect(os.path.join(folder, 'mujun.gpkg')) as db:
        for name in ('factory_units', 'projects', 'contracts', 'summary_factory_use', 'summary_factory_vacancy', 'summary_project_batches', 'summary_contract_compliance'):
            assert db.execute(f'SELECT count(*) FROM {name}').fetchone()[0] == len(t[name.replace('summary_', '')]), name
        assert {r[0] for r in db.execute('SELECT DISTINCT use_state FROM factory_units')} == {'in_use', 'vacant', 'stopped'}
        assert {r[0] for r in db.execute('SELECT DISTINCT state FROM factory_units')} == set(WORDS)  # as delivered
    book = zipfile.ZipFile(os.path.join(folder, 'summary.xlsx')).read('xl/workbook.xml').decode()
    assert all(f'name="{title}"' in book for title in ('厂房台账', '厂房利用', '厂房空置', '项目', '四个一批', '合同', '合同履约'))
    bare_folder = os.path.join(folder, 'bare')
    less = analyze(bare_folder, '--parcels', os.path.join(park, 'parcels.gpkg'), '--as-of', '2026-03-31', '--rules', 'national-idle-2012')
    assert not [n for n in less if n.startswith(('factory_', 'project', 'contract'))], list(less)


def analyze(folder, *more):
    subprocess.run([mujun, 'analyze', *more, '-o', folder, '--quiet', '--lang', 'zh', '--overwrite'], check=True)
    return {n[:-4]: read(os.path.join(folder, 'tables', n)) for n in os.listdir(os.path.join(folder, 'tables'))}


def main():
    folder = tempfile.mkdtemp(prefix='mujun-lists-')
    t = analyze(folder, os.path.join(park, 'park.yaml'))
    facts = parcels_of(folder)
    zones = {k: r['zone'] for k, r in facts.items()}
    names = {}
    for year, word in (('2023', 'gbk'), ('2024', 'utf-8-sig')):
        with open(os.path.join(park, f'enterprises_{year}.csv'), encoding=word, newline='') as f:
            names.update({r.get('统一社会信用代码') or r.get('社会统一信用代码'): r['企业名称'] for r in csv.DictReader(f)})
    names.update({bare(r)['统一社会信用代码']: bare(r)['企业名称'] for r in t['enterprises']})
    n = check_units(t, zones, names), check_projects(t, zones), check_contracts(t, facts)
    check_tables(folder, t)
    shutil.rmtree(folder)
    print('%d factory units, %d projects and %d contracts agree' % n)


main()
