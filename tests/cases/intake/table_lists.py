"""Lists beside the layers: factory units, projects, contracts."""
from build import credit, pid
from cases import add

UNIT = dict(unit='101', house='b1', parcel=pid(1), floor=1, area=100, firm=credit(1), state='在用', since='2024-01-01')
UNITS = '单元编号,建筑编号,宗地代码,楼层,建筑面积（㎡）,统一社会信用代码,使用状态,起始日期'


def deliver(p, role, head, rows):
    p.files[role], p.delivered[role.replace('-', '_')] = f'{role}.csv', len(rows)
    return p.write(f'{role}.csv', '\n'.join([head] + [','.join('' if v is None else str(v) for v in r) for r in rows]) + '\n')


def units(id, words, changes, expect='noted', **more):
    """Unit 101 of building b1 as it should be, then one row for each of changes."""
    rows = [UNIT] + [dict(UNIT, unit=str(102 + i), **c) if 'unit' not in c else dict(UNIT, **c) for i, c in enumerate(changes)]
    add(f'units-{id}', words, lambda p: deliver(p, 'factory-units', UNITS, [list(r.values()) for r in rows]), expect, **more)


units('right', 'units in use, let, vacant and stopped', [dict(state='已租'), dict(state='空置', firm=None), dict(state='停产', firm=None)], 'right')
units('no-parcel', 'a unit on a parcel that is not there', [dict(parcel=pid(77))], codes='LIST_NO_PARCEL ?KEY_NEARLY')
add('units-twice-parcel', 'a unit on one of two parcels of one code', lambda p: deliver(p.parcel(2, ZDDM=pid(1)), 'factory-units', UNITS, [list(UNIT.values())]), 'noted',
    codes='LIST_DUPLICATE_PARCEL ID_DUPLICATE JOIN_DUPLICATE_PARCEL ?JOIN_NO_PARCEL ?KEY_NEARLY', changed=(1, 2))
units('no-building', 'a unit in a building that is not there', [dict(house='b77')], codes='UNIT_NO_BUILDING ?KEY_NEARLY')
units('no-area', 'a unit without an area, one of 0 and one below', [dict(area=None), dict(area=0), dict(area=-3)], codes='UNIT_NO_AREA VALUE_NEGATIVE', notes='VALUE_ZERO_MISSING')
units('later', 'a state that begins after the reference date', [dict(since='2026-04-01')], codes='UNIT_SINCE_LATER')
units('twice', 'a unit twice', [dict(unit='101')], codes='UNIT_REPEATED')
units('over', 'units of 8000 m2 in a building of 7500', [dict(area=7900)], codes='UNITS_OVER_BUILDING USE_OVER_BUILDING USE_OVER_BUILT')
units('word', 'a state that says nothing', [dict(state='半停半用')], codes='UNIT_STATE_UNKNOWN')
units('let-unused', 'recorded as vacant with a tenant', [dict(state='空置')], codes='UNIT_LET_UNUSED')
units('no-tenant', 'recorded as in use without a tenant', [dict(firm=None)], notes='UNIT_NO_TENANT')
add('units-quiet', 'a tenant without output, staff and electricity', lambda p: deliver(p, 'factory-units', UNITS, [list(UNIT.values())]) and quiet(p), 'noted', codes='UNIT_TENANT_QUIET',
    changed=(1,))


def quiet(p):
    p.table += ['从业人员', '用电量（千瓦时）']
    for row in p.rows['enterprises']:
        mine = row[0] == credit(1) and row[3] == 2025
        row += [0 if mine else 10, 0 if mine else 1000]
        row[4] = 0 if mine else row[4]
        row[5] = 0 if mine else row[5]
    return p.csv()


PROJECT = dict(id='XM1', name='示例项目', parcel=pid(1), batch='建设一批', total=1000, spent=300, land=9000, floor=18000, start='2025-01-01', finish=None)
PROJECTS = '项目编号,项目名称,宗地代码,四个一批,总投资额（万元）,已投资额（万元）,用地面积（平方米）,建筑面积（平方米）,开工日期,竣工日期'
CONTRACT = dict(id='HT1', parcel=pid(1), signed='2015-01-01', invest=200, output=300, tax=20, ratio=1.0, due='2017-01-01')
CONTRACTS = '合同编号,宗地代码,签订日期,约定投资强度（万元/亩）,约定亩均产值（万元/亩）,约定亩均税收（万元/亩）,约定容积率下限,约定竣工日期'


def projects(id, words, changes, expect='noted', **more):
    rows = [PROJECT] + [dict(PROJECT, **{'id': f'XM{2 + i}', **c}) for i, c in enumerate(changes)]
    add(f'projects-{id}', words, lambda p: deliver(p, 'projects', PROJECTS, [list(r.values()) for r in rows]), expect, **more)


def contracts(id, words, changes, expect='noted', **more):
    rows = [CONTRACT] + [dict(CONTRACT, **{'id': f'HT{2 + i}', 'parcel': pid(2 + i), **c}) for i, c in enumerate(changes)]
    add(f'contracts-{id}', words, lambda p: deliver(p, 'contracts', CONTRACTS, [list(r.values()) for r in rows]), expect, **more)


projects('right', 'projects planned, running and finished', [dict(batch='谋划一批', start=None), dict(batch='投用一批', finish='2025-12-31')], 'right')
projects('reversed', 'a start after the finish', [dict(start='2025-12-31', finish='2025-01-01')], codes='PROJECT_DATES')
projects('no-finish', 'in use without a day', [dict(batch='投用一批')], codes='PROJECT_NO_FINISH')
projects('negative', 'a negative land area and floor area', [dict(land=-9000), dict(floor=-1)], codes='VALUE_NEGATIVE')
projects('overspent', 'more invested than the total', [dict(spent=1200)], codes='PROJECT_INVESTMENT')
projects('twice', 'one number on two rows', [dict(id='XM1')], codes='LIST_REPEATED')
projects('no-parcel', 'a project without a parcel', [dict(parcel=None)], codes='LIST_NO_PARCEL')
contracts('right', 'contracts of two parcels', [{}], 'right')
contracts('twice', 'one number on two rows', [dict(id='HT1')], codes='LIST_REPEATED')
contracts('two-on-parcel', 'two contracts on a parcel', [dict(parcel=pid(1))], notes='CONTRACTS_ON_PARCEL')
contracts('no-parcel', 'a contract of a parcel that is not there', [dict(parcel=pid(77))], codes='LIST_NO_PARCEL ?KEY_NEARLY')
