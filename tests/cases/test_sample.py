#!/usr/bin/python3
"""test_sample.py RESULT_FOLDER TRUTH.csv: the answer on the sample park against what its generator planted, row by row.

truth.csv names a situation or a piece of dirt, the layer and the row; EXPECT below says what the program must make of it."""
import csv
import json
import os
import sys

from osgeo import gdal, ogr

gdal.UseExceptions()
RESULT, TRUTH = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


parcels = [f['properties'] for f in json.load(open(os.path.join(RESULT, 'parcels.geojson'), encoding='utf-8'))['features']]
truth = list(csv.DictReader(open(TRUTH, encoding='utf-8-sig')))
ledger = list(csv.reader(open(os.path.join(RESULT, 'ledger.csv'), encoding='utf-8-sig')))[1:]
CODE, LAYER, ROW, ID, FIELD = 0, 2, 3, 4, 5


def rows(*kinds):
    """0-based rows of the parcel layer that bear one of the kinds."""
    return [int(t['row']) - 1 for t in truth if t['kind'] in kinds and t['layer'] == 'parcels']


WORD = {'parcels': '宗地', 'buildings': '建筑物', 'enterprises': '企业'}


def entered(code, layer, row=None, ident=None, field=None):
    """A ledger in Chinese: "企业（file.csv）" is a layer, "登记面积 area_recorded_m2" a field."""
    return any(e[CODE] == code and e[LAYER].split('（')[0] == WORD[layer] and (row is None or e[ROW] == str(row)) and
               (ident is None or e[ID] == ident) and (field is None or e[FIELD].split(' ')[-1] == field) for e in ledger)


# Idle in law: yes, no, or a value is missing. Source: 闲置土地处置办法 article 2, worked out by the generator's dates.
IDLE = {'yes': ['idle_1y', 'idle_1y_delivered', 'idle_1y_exact', 'idle_1y_extended', 'idle_1y_government', 'idle_1y_short_by_a_day',
                'idle_2y', 'idle_2y_exact', 'idle_2y_government', 'idle_2y_short_by_a_day', 'stopped_1y_exact', 'stopped_quarter', 'stopped_third'],
        'no': ['delivered_not_due', 'not_yet_due_1y', 'start_in_future', 'stopped_above_both', 'stopped_at_limits', 'stopped_under_1y'],
        'unknown': ['dates_missing', 'extended_unsigned', 'started_missing', 'stopped_shares_missing', 'stopped_area_missing']}
IDLE['no'].append(IDLE['yes'].pop(IDLE['yes'].index('idle_1y_short_by_a_day')))  # a day less than a year
for verdict, kinds in IDLE.items():
    for kind in kinds:
        expect(f'{kind} is planted', len(rows(kind)) > 0, True)
        for i in rows(kind):
            expect(f'{kind} row {i + 1} idle', parcels[i]['idle'], verdict)
expect('no other parcel is idle', sum(p['idle'] == 'yes' for p in parcels), len(rows(*IDLE['yes'])))

# Both sides of the limits of 泉政办规〔2025〕13号: benefit 5 and 20 万元/亩, land 5 mu.
TIER = {13: ('yes', 'acquire'), 16: ('no', 'up_to_2.5'), 18: ('no', 'up_to_2.5'), 41: ('no', 'up_to_2.5'), 44: ('no', 'above_2.5'),
        51: ('no', 'above_2.5'), 218: ('no', 'acquire'), 262: ('no', 'above_2.5'), 193: ('no', 'acquire'), 100: ('no', 'above_2.5')}
expect('limits planted', sorted(TIER), sorted(i + 1 for i in rows('tax_per_mu_at_limit', 'area_at_5_mu')))
for row, (inefficient, tier) in TIER.items():
    p = parcels[row - 1]
    expect(f'limit row {row}', (p['inefficient'], p['renewal_tier']), (inefficient, tier))
    expect(f'limit row {row} cap', p['renewal_cap'], 2.5 if tier == 'up_to_2.5' else None)

# Dirt: each piece stands in the ledger, and its parcel has the figure it should have.
for kind, code, field in (('self_crossing_parcel', 'GEOM_INVALID', None), ('duplicate_parcel_code', 'ID_DUPLICATE', 'parcel_id'),
                          ('parcel_without_code', 'ID_MISSING', 'parcel_id'), ('parcel_outside_zones', 'PARCEL_OUTSIDE_ZONES', 'zone'),
                          ('recorded_area_in_mu', 'AREA_IMPLAUSIBLE', 'area_recorded_m2'), ('recorded_area_missing', 'AREA_NOT_RECORDED', 'area_recorded_m2'), ('recorded_area_0', 'VALUE_ZERO_MISSING', 'area_recorded_m2'),
                          ('plot_ratio_cap_0', 'VALUE_ZERO_MISSING', 'plot_ratio_cap'), ('parcel_code_trailing_blank', 'CODE_BLANKS', 'parcel_id')):
    for i in rows(kind):
        expect(f'{kind} row {i + 1} in the ledger', entered(code, 'parcels', i + 1, field=field), True)
for kind, code in (('building_without_storeys_or_area', 'BUILDING_NO_FLOORS'), ('building_on_no_parcel', 'BUILDING_OFF_PARCEL')):
    for t in (t for t in truth if t['kind'] == kind):
        expect(f"{kind} {t['id']}", entered(code, 'buildings', ident=t['id']), True)
for kind, code in (('enterprise_unknown_parcel', 'JOIN_NO_PARCEL'), ('enterprise_parcel_trailing_blank', 'CODE_BLANKS'), ('enterprise_without_parcel', 'JOIN_NO_KEY'), ('credit_code_wrong_check', 'CREDIT_CODE_CHECK'),
                   ('share_area_missing', 'ALLOC_NO_AREA'), ('share_area_mixed', 'ALLOC_MIXED_AREA')):
    for t in (t for t in truth if t['kind'] == kind):
        expect(f"{kind} {t['id']}", entered(code, 'enterprises', ident=t['id']), True)
for kind, year in (('tax_dash', '2024'), ('tax_slash', '2024'), ('output_na', '2024'), ('tax_missing', None), ('output_missing', '2025')):
    for t in (t for t in truth if t['kind'] == kind):
        expect(f"{kind} {t['id']}", any(e[CODE] == 'ENTERPRISE_VALUE_MISSING' and e[ID] == t['id'] and year in (None, e[6]) for e in ledger), True)
# Each key that matches nothing is proposed the parcel that its generator took it from, before anything less likely; nothing is joined by it.
proposals = list(csv.reader(open(os.path.join(RESULT, 'tables', 'join_candidates.csv'), encoding='utf-8-sig')))[1:]
for t in (t for t in truth if t['kind'] in ('enterprise_unknown_parcel', 'enterprise_without_parcel')):
    first = [p[4] for p in proposals if p[1] == t['id'] and p[2] == 'parcel_id'][:1]
    expect(f"parcel proposed for {t['id']}", first and f'its land is {first[0]}' in t['detail'], True)
expect('land-use codes of one scheme', {p['land_use_scheme'] for p in parcels}, {'mnr2023'})
for p in parcels:
    expect(f"class of {p['land_use']}", p['land_use_class'] in ('industrial', 'warehouse'), p['land_use'][:4] in ('1001', '1101'))
    expect(f"industrial {p['land_use']}", p['industrial'] == 'yes', p['land_use'][:4] in ('1001', '1101'))
expect('area basis without a record', [parcels[i]['area_basis'] for i in rows('recorded_area_0', 'recorded_area_missing', 'recorded_area_in_mu')], ['ellipsoid'] * 3)
expect('enterprise figures of a repeated code', [parcels[i]['tax_wan'] for i in rows('duplicate_parcel_code')], [None, None])
expect('cap of 0 is no cap of the contract', [parcels[i]['plot_ratio_cap_source'] for i in rows('plot_ratio_cap_0')] != ['contract'], True)

# Overlapping parcels: the pair and the area that the generator measured.
for t in (t for t in truth if t['kind'] == 'overlapping_parcels'):
    area = float(t['detail'].split(' by ')[1].split()[0])
    found = [e for e in ledger if e[CODE] == 'PARCELS_OVERLAP' and e[ID] == t['id']]
    expect(f"overlap of {t['id']}", [f'{area:.2f}' in e[6] and t['detail'].split(' ')[2] in e[6] for e in found], [True])
expect('overlaps', sum(e[CODE].startswith('PARCELS_') for e in ledger), sum(t['kind'] == 'overlapping_parcels' for t in truth))

# Footprints again by GDAL: every parcel with every building, one by one; towers stand on their podiums' ground.
park = os.path.dirname(TRUTH)
ground = ogr.Open(os.path.join(park, 'parcels.gpkg'))  # held: its layers die with it
shapes = [f.GetGeometryRef().Clone().MakeValid() for f in ground.GetLayer(0)]
houses = ogr.Open(os.path.join(park, 'buildings.shp'))
plans = [f.GetGeometryRef().Clone() for f in houses.GetLayer(0)]
for i, shape in enumerate(shapes):
    box = shape.GetEnvelope()
    covered = ogr.Geometry(ogr.wkbMultiPolygon)
    for h in plans:
        if h.GetEnvelope()[0] < box[1] and h.GetEnvelope()[1] > box[0] and h.GetEnvelope()[2] < box[3] and h.GetEnvelope()[3] > box[2]:
            covered = covered.Union(h.Intersection(shape))
    inside = covered.GetArea()
    if abs(inside - parcels[i]['footprint_m2']) > 1e-4:
        failures.append(f"footprint of row {i + 1}: {parcels[i]['footprint_m2']}, GDAL {inside}")
    if abs(shape.GetArea() - parcels[i]['area_planar_m2']) > 1e-6:
        failures.append(f"area of row {i + 1}: {parcels[i]['area_planar_m2']}, GDAL {shape.GetArea()}")

# Every row in, every row out; every sum reconciles to 1e-9.
manifest = json.load(open(os.path.join(RESULT, 'manifest.json'), encoding='utf-8'))
expect('parcels out', len(parcels), 400)
for r in manifest['reconciliation']['rows']:
    expect(f"rows of {r['role']}", r['residual'], 0)
for s in manifest['reconciliation']['sums']:
    for key in (k for k in s if k.startswith('residual')):
        expect(f"{s['measure']} {key}", abs(s[key]) <= 1e-9 * max(1, abs(s['park'])), True)
source = {e['measure']: e['value'] for e in manifest['reconciliation']['enterprises'] if e['item'] == 'source'}
for e in manifest['reconciliation']['enterprises']:
    if e['item'] == 'residual':
        expect(f"residual of {e['measure']}", abs(e['value']) <= 1e-9 * source[e['measure']], True)

for f in failures:
    print(f)
print('the sample park holds' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
