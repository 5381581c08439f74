"""Who uses which floor and land: occupancies and factory units that do not go together, or name what is not there. The clean park: parcel 1 has house b1 of 7500 m2,
parcel 2 b2 of 4800, parcel 5 none; firm i stands on parcel i by the code in its rows."""
from build import PLACES, X0, Y0, credit, osr, pid, system
from cases import add
from table_figures import table

OCC = ('统一社会信用代码', '宗地代码', '用地方式', '建筑面积（㎡）')
UNIT = ('单元编号', '宗地代码', '建筑编号', '建筑面积（㎡）', '统一社会信用代码', '状态')


def uses(id, words, codes, *rows, header=OCC, notes='', **more):
    def make(p):
        table(p, 'occupancies', ','.join(header), *rows)
    add(f'uses-{id}', words, make, 'noted' if codes or notes else 'right', codes=codes, notes=notes, **more)


def units(id, words, codes, *rows, notes='', **more):
    def make(p):
        table(p, 'factory_units', ','.join(UNIT), *rows)
        p.files['factory-units'] = p.files.pop('factory_units')
    add(f'units-{id}', words, make, 'noted', codes=codes, notes=notes, but=FLOORS, **more)


FLOORS = ('floor_in_use_m2', 'floor_unused_m2', 'floor_vacant_m2', 'floor_unknown_m2', 'floor_excess_m2')  # what the clean park, without uses, has not
LOST = {(1, 'output_wan'): None}
uses('right', 'an owner and a lessee', '', (credit(1), pid(1), '自有', 5000), (credit(2), pid(2), '承租', 4000), cells={(1, 'floor_in_use_m2'): 5000.0, (1, 'floor_unknown_m2'): 2500.0})
uses('parcel-unknown', 'an occupancy of a parcel that is not there', 'USE_NO_PLACE JOIN_NO_PARCEL ?KEY_NEARLY', (credit(1), '350502009009GB00077', '承租', 100), cells=LOST)
uses('house-unknown', 'an occupancy of a building that is not there, on a parcel that is', 'USE_NO_BUILDING', (credit(1), pid(1), '承租', 100, 'b99'), header=OCC + ('建筑编号',))
uses('dates', 'an occupancy that begins after it ends', 'USE_DATES', (credit(1), pid(1), '承租', 100, '2025-12-31', '2025-01-01'), header=OCC + ('起始日期', '终止日期'))
uses('share-zero', 'a share of 0', 'USE_AREA', (credit(1), pid(1), '承租', '', 0), header=OCC + ('用房比例',))
uses('area-zero', 'an area of 0', '', (credit(1), pid(1), '承租', 0), notes='VALUE_ZERO_MISSING')
uses('role', 'a role that is no known word', '', (credit(1), pid(1), '托管', 100), notes='USE_ROLE_UNKNOWN')
uses('no-lessor', 'a sub-lease where two lessees may be the lessor', 'USE_NO_LESSOR', (credit(1), pid(1), '承租', 3000), (credit(2), pid(1), '承租', 2000), (credit(3), pid(1), '转租', 500),
     changed=(1, 2, 3))
uses('let-too-much', 'more sub-let than leased', 'USE_LET_TOO_MUCH', (credit(1), pid(1), '承租', 1000), (credit(2), pid(1), '转租', 1500), changed=(1, 2))
uses('over-leased', 'more in use than leased', 'USE_OVER_LEASED', (credit(1), pid(1), '承租', 1000, 1200), header=OCC + ('实际使用面积',))
uses('over-built', 'more leased than built', 'USE_OVER_BUILT', (credit(1), pid(1), '承租', 8000))
uses('over-building', 'more leased in a building than it has', 'USE_OVER_BUILDING USE_OVER_BUILT', (credit(1), pid(1), '承租', 8000, 'b1'), header=OCC + ('建筑编号',))
uses('over-land', 'land stated for more than the parcel', 'USE_OVER_LAND', (credit(5), pid(5), 8000), (credit(1), pid(5), 4000), header=('统一社会信用代码', '宗地代码', '用地面积（㎡）'), changed=(1, 5))
uses('two-owners', 'an owner whom the land record does not name', 'USE_TWO_OWNERS', (credit(2), pid(1), '自有', 100), (credit(1), pid(1), '自有', 100), changed=(1, 2))
units('tenant', 'a tenant that no occupancy names', '', ('u1', pid(1), 'b1', 900, credit(1), '在租'), notes='USE_FROM_UNIT')
units('nowhere', 'a vacant unit on a parcel that is not there', 'LIST_NO_PARCEL UNIT_NO_BUILDING ?KEY_NEARLY', ('u1', '350502009009GB00077', '', 900, '', '空置'))


def listed(p):
    for i in (1, 6, 11):
        p.firm(i, parcel=f'{pid(1)};00006')


add('uses-list', 'several codes in one cell, the second in short form: the firm is on both, by what is built on them', listed, 'noted', codes='?KEY_NEARLY', notes='USE_FROM_LIST',
    cells={(1, 'output_wan'): (1000.0, 1e-9), (6, 'output_wan'): (0.0, 1e-9)}, changed=(1, 6))
add('uses-no-attribution', 'a rulebook that measures tenants apart, and no occupancies: land and figures are taken as the table states them',
    lambda p: None, 'noted', codes='GRADE_NO_ATTRIBUTION GRADE_NUMBER_UNKNOWN RULEBOOK_ELSEWHERE ?GRADE_DATA_MISSING', notes='NOT_JUDGED', options=['--rules', 'cixi-groups'])


def located(p, east_deg=0.0):
    """Every enterprise tells the middle of its parcel; firm 5 names no parcel in 2025."""
    op = osr.CoordinateTransformation(system(), system(4490))
    p.table += ['经度', '纬度']
    for i, row in enumerate(p.rows['enterprises']):
        x, y = PLACES[i % 5]
        lon, lat = op.TransformPoint(X0 + x + 50, Y0 + y + 50)[:2]
        row += [f'{lon + east_deg:.8f}', f'{lat:.8f}']
    p.firm(15, parcel='')


add('uses-point', 'an enterprise without a parcel code, and where it is', located, 'noted', codes='?KEY_NEARLY', notes='USE_FROM_POINT', cells={(5, 'output_wan'): 5000.0})
add('uses-point-off', 'places that lie half a kilometre off are not trusted', lambda p: located(p, 0.005), 'noted', codes='USE_POINTS_DOUBTED JOIN_NO_KEY ?KEY_NEARLY',
    notes='POINT_NOT_USED', cells={(5, 'output_wan'): None}, changed=(5,))


def far(p):
    """Firm 1 tells a place on the equator in 2025."""
    located(p)
    p.rows['enterprises'][10][-2:] = ['0.5', '0.5']


add('uses-point-far', 'one place among many lies on another continent: it is not where the map shows the enterprise', far, 'noted', codes='?KEY_NEARLY', notes='POINT_NOT_USED',
    cells={(5, 'output_wan'): 5000.0})
