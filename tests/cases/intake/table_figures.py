"""What the tables say of each other: allocation, years, plan units, lookups, records against maps, rulebooks."""
from build import NUMBER, TEXT, credit, pid, rect, ring
from cases import FITTED, add


def table(p, role, header, *rows):
    p.files[role], p.delivered[role] = role + '.csv', len(rows)
    return p.write(role + '.csv', '\n'.join([header, *(','.join(map(str, r)) for r in rows), '']))


def shared(p, *areas, header='统一社会信用代码,宗地代码,用地面积（㎡）,建筑面积（㎡）'):
    """Firm 1 (1000 and 40 of 2025) on parcels 1 and 6, by an occupancy table with these areas of land and floor."""
    for i in (1, 6, 11):
        p.firm(i, parcel='')
    return table(p, 'occupancies', header, *[(credit(1), pid(1 if k == 0 else 6), land, floor) for k, (land, floor) in enumerate(areas)])


def told(id, words, build, codes='', notes='', expect='noted', **more):
    add(f'figures-{id}', words, build, expect, codes=codes, notes=notes, **more)


BOTH = {(1, 'output_wan'): None, (6, 'output_wan'): None}
told('shared-land', 'an enterprise on two parcels, land areas 3:1', lambda p: shared(p, (7500, ''), (2500, '')), expect='right', cells={(1, 'output_wan'): 750.0, (6, 'output_wan'): 250.0, (6, 'tax_wan'): 10.0})
told('no-area', 'one of the areas is missing: its figures are not shared out', lambda p: shared(p, (7500, ''), ('', '')), 'ALLOC_NO_AREA', cells=BOTH)
told('mixed-areas', 'land on the one parcel, floor on the other', lambda p: shared(p, (7500, ''), ('', 2500)), 'ALLOC_MIXED_AREA USE_OVER_BUILT', cells=BOTH)
told('occupancy-stranger', 'an occupancy names an enterprise that no table has', lambda p: table(p, 'occupancies', '统一社会信用代码,宗地代码,用地面积（㎡）', (credit(99), pid(6), 1)), notes='OCCUPANCY_NO_ENTERPRISE')
told('year-none', 'an enterprise table without a year: it stands for the year of the run', lambda p: (p.rows.update(enterprises=[r[:3] + r[4:] for r in p.rows['enterprises'][10:]]), p.table.pop(3)),
     notes='YEAR_ASSUMED', options=['--year', '2025'], but=('output_3y_wan', 'tax_3y_wan', 'years_known'), cells={(5, 'output_wan'): 5000.0})
told('parcel-unknown', 'an enterprise on a parcel that is not in the layer', lambda p: p.firm(15, parcel='350502009009GB00077'), 'JOIN_NO_PARCEL ?KEY_NEARLY', cells={(5, 'output_wan'): None}, changed=(5,))
told('tax-missing', 'a blank cell of tax', lambda p: p.firm(15, tax=''), 'ENTERPRISE_VALUE_MISSING', cells={(5, 'tax_wan'): None, (5, 'output_wan'): 5000.0}, changed=(5,))
told('record-conflict', 'the parcel records floor area, the map shows no building: the record is used', lambda p: p.column('parcels', 'JZMJ', NUMBER, [None] * 5 + [4000.0]), 'BUILDING_RECORD_CONFLICT',
     cells={(6, 'floor_area_m2'): 4000.0}, changed=(6,))
told('area-missing', 'no recorded area: another one stands in, and is named', lambda p: p.parcel(6, ZDMJ=None), notes='AREA_NOT_RECORDED', cells={(6, 'area_basis'): 'ellipsoid'}, changed=(6,))
told('area-clipped', "the layer's own Shape_Area is larger than the shape: it was clipped", lambda p: p.column('parcels', 'Shape_Area', NUMBER, [10000.0] * 5 + [25000.0]), 'AREA_CLIPPED', changed=(6,))
told('axis-unit', 'kilometres', lambda p: p.drop('zones', 'buildings').move('parcels', lambda x, y: (x / 1000, y / 1000)).gpkg(srs=
     '+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +a=6378137 +rf=298.257222101 +units=km +towgs84=0,0,0,0,0,0,0 +no_defs'), notes='CRS_AXIS_UNIT', near=1e-9, only=('area_planar_m2', 'area_recorded_m2'))


SAME = ('area_planar_m2', 'floor_area_m2', 'output_wan', 'zone')  # what plan units do not change


def plan(p, *units):
    """Plan units (rectangle, cap) on parcel 6 (240, 120, 100 x 100) instead of the parcels' own caps."""
    p.fields['parcels'].pop('GHRJL')
    p.rows['plan_units'] = [dict(geom=rect(*r), DKBH=f'p{i}', RJL=c) for i, (r, c) in enumerate(units)]
    p.fields['plan_units'] = {'DKBH': TEXT, 'RJL': TEXT if any(isinstance(c, str) for _, c in units) else NUMBER}
    p.gpkg('plan_units')
    p.files['plan-units'] = p.files.pop('plan_units')


def roads(p, *shapes):
    p.rows['roads'], p.fields['roads'] = [dict(geom=g, DLMC=f'r{i}', DLKD=12.0) for i, g in enumerate(shapes)], {'DLMC': TEXT, 'DLKD': NUMBER}
    p.gpkg('roads', kind=0)


LINE = f'LINESTRING{ring((110, -10), (110, 230))}'
told('road', 'a road as a line', lambda p: roads(p, LINE), expect='right', but=(*FITTED, 'frontage_m'))
told('road-point', 'a point among the lines of the roads', lambda p: roads(p, LINE, 'POINT(353610 2756900)'), 'ROW_OTHER_KIND', but=(*FITTED, 'frontage_m'))

WHOLE = (240, 120, 100, 100)
told('plan', 'a plan unit over parcel 6: half 2.0, half 3.0', lambda p: plan(p, ((240, 120, 50, 100), 2.0), ((290, 120, 50, 100), 3.0)), expect='right', cells={(6, 'plan_cap'): 2.5}, only=SAME)
told('plan-partly', 'plan units over 80 % of the parcel', lambda p: plan(p, ((240, 120, 80, 100), 2.0)), notes='PLAN_PARTLY_COVERED', cells={(6, 'plan_cap'): 2.0, (6, 'plan_share'): 0.8}, only=SAME)
told('plan-little', 'plan units over 30 % of the parcel: they do not speak for it', lambda p: plan(p, ((240, 120, 30, 100), 2.0)), 'PLAN_TOO_LITTLE', cells={(6, 'plan_cap'): None}, only=SAME)
told('plan-overlap', 'plan units over each other', lambda p: plan(p, (WHOLE, 2.0), ((240, 120, 60, 100), 3.0)), 'PLAN_OVERLAP', only=SAME)
told('plan-percent', 'the plan unit says 200%', lambda p: plan(p, (WHOLE, '200%')), 'PLOT_RATIO_PERCENT', cells={(6, 'plan_cap'): 2.0}, only=SAME)
told('plan-not-set', 'the plan unit says 不予规定', lambda p: plan(p, (WHOLE, '不予规定')), notes='VALUE_NOT_SET', codes='?PLAN_TOO_LITTLE', cells={(6, 'plan_cap'): None}, only=SAME)

LOOKUP = 'lookups:\n  - {name: lookup_cap, table: caps.csv, key: code, match: ZDDM, value: cap}\n'


def lookup(p, *rows):
    p.write('park.yaml', LOOKUP).write('caps.csv', '\n'.join(['code,cap', *rows, '']))
    p.options = ['park.yaml']


ALL_CAPS = [f'{pid(i)},{i}' for i in range(1, 7)]
told('lookup', 'a lookup of caps by code', lambda p: lookup(p, *ALL_CAPS), expect='right', cells={(3, 'lookup_cap'): 3.0}, but=('lookup_cap',))
told('lookup-no-row', 'a code that the lookup has not', lambda p: lookup(p, *ALL_CAPS[:5]), 'LOOKUP_NO_ROW', cells={(6, 'lookup_cap'): None})
told('lookup-torn', 'a code with two values', lambda p: lookup(p, *ALL_CAPS, f'{pid(6)},9'), 'LOOKUP_REPEATED', cells={(6, 'lookup_cap'): None})

DATED = '''rulebook: t
version: "1"
name: {zh: 测试, en: test}
document: test
issuer: test
level: district
effective: {from: 2020-01-01, to: 2024-12-31}
rules:
  - {code: T-1, verdict: inefficient, article: "1", certainty: stated, when: {all: [{measure: area_mu, op: "<", limit: 5}]}, text: {zh: 测试, en: test}}
'''
told('rulebook-expired', 'a rulebook outside its dates gives no verdict', lambda p: p.write('r.yaml', DATED), notes='RULEBOOK_OUT_OF_FORCE NOT_JUDGED', options=['--rules', 'r.yaml'])
told('rulebook-elsewhere', 'a rulebook of another place is applied, and the ledger says so', lambda p: p.write('r.yaml', DATED.replace(', to: 2024-12-31', '').split('rules:')[0] + 'area: ["4110"]\n'), codes='RULEBOOK_ELSEWHERE', notes='NOT_JUDGED', options=['--rules', 'r.yaml'])
told('not-judged', 'no rulebook: nothing is judged', lambda p: p, notes='NOT_JUDGED')
