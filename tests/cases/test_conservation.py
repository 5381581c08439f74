#!/usr/bin/python3
"""test_conservation.py RESULT_FOLDER PARK_FOLDER: what goes in comes out. Rows, areas, floor areas, output and tax are summed anew from the sample's input
files with GDAL, and the lines of the reconciliation must say the same to 1e-9, with nothing left over."""
import json
import os
import sys

from osgeo import gdal, ogr

gdal.UseExceptions()
RESULT, PARK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failures = []
said = json.load(open(os.path.join(RESULT, 'manifest.json'), encoding='utf-8'))['reconciliation']
line = {(e.get('layer', 'enterprises'), e['measure'], e['item']): e['value'] for e in said['lines'] + said['enterprises']}


def near(what, got, want, scale=None):
    if got is None or abs(got - want) > 1e-9 * max(1.0, abs(scale if scale is not None else want)):
        failures.append(f'{what}: got {got!r}, want {want!r}')


def features(name, layer=0, options=()):
    ds = gdal.OpenEx(os.path.join(PARK, name), gdal.OF_VECTOR, open_options=list(options))
    ly = ds.GetLayer(layer)
    out = [(f.items(), f.GetGeometryRef().Clone() if f.GetGeometryRef() else None) for f in ly]
    return out


# rows: every layer and table, as it is delivered
header = ['HEADERS=FORCE']
count = {'parcels': len(features('parcels.gpkg')), 'zones': len(features('zones.geojson')), 'buildings': len(features('buildings.shp')),
         'plan_units': len(features('plan_units.gpkg')), 'control_lines': len(features('control_lines.geojson')),
         'roads': len(features('surroundings.gpkg', 'roads')), 'water': len(features('surroundings.gpkg', 'water')),
         'easements': len(features('surroundings.gpkg', 'easements')), 'occupancies': len(features('occupancies.csv')),
         'factory_units': len(features('factory_units.csv')), 'projects': len(features('projects.csv')), 'contracts': len(features('contracts.csv')),
         'enterprises': sum(len(features(f'enterprises_{y}.csv')) for y in (2023, 2024)) + len(features('enterprises_2025.xlsx', 0, header))}
for role, n in count.items():
    for measure in ('rows', 'rows_used'):
        near(f'{measure} of {role}', line.get((role, measure, 'source')), n)
    near(f'{role} in the table', line.get((role, 'rows', 'table')), n)
    near(f'{role} take part', line.get((role, 'rows_used', 'used')), n)

# areas: as delivered (shells less holes, by vertices), and after GEOS repaired what is invalid
parcels = features('parcels.gpkg')
raw = sum(g.GetArea() for _, g in parcels)
mended = sum(g.MakeValid().GetArea() for _, g in parcels)
recorded = sum(p['ZDMJ'] for p, _ in parcels if p['ZDMJ'])
near('planar area as delivered', line[('parcels', 'area_planar_m2', 'source')], raw)
near('planar area in the result', line[('parcels', 'area_planar_m2', 'table')], mended)
near('taken away by repair', line[('parcels', 'area_planar_m2', 'repair')], raw - mended, raw)
out = [f['properties'] for f in json.load(open(os.path.join(RESULT, 'parcels.geojson'), encoding='utf-8'))['features']]
near('recorded area in the layer', sum(p['area_recorded_m2'] or 0 for p in out), recorded)
near('planar area in the layer', sum(p['area_planar_m2'] for p in out), mended)

# buildings: registered area, else footprint by storeys; where they lie
houses = features('buildings.shp')
registered, storeys = '登记建筑面', '地上层数'
assert registered in houses[0][0] and storeys in houses[0][0], list(houses[0][0])
floor = [h[registered] if h[registered] else g.GetArea() * h[storeys] if h[storeys] else None for h, g in houses]
near('footprint', line[('buildings', 'footprint_m2', 'source')], sum(g.GetArea() for _, g in houses))
near('floor area', line[('buildings', 'floor_area_m2', 'source')], sum(f for f in floor if f is not None))
shapes = [g.MakeValid() for _, g in parcels]
boxes = [s.GetEnvelope() for s in shapes]
inside, incomplete, off, twice = 0.0, 0.0, 0.0, 0.0
for (_, g), f in zip(houses, floor):
    if f is None:
        continue
    b, whole, share = g.GetEnvelope(), g.GetArea(), 0.0
    for i, s in enumerate(shapes):
        e = boxes[i]
        if e[0] < b[1] and e[1] > b[0] and e[2] < b[3] and e[3] > b[2]:
            part = g.Intersection(s).GetArea() / whole
            share += part
            if out[i]['floor_area_m2'] is None:
                incomplete += f * part
            else:
                inside += f * part
    off += f * max(0.0, 1 - share)
    twice += f * min(0.0, 1 - share)
total = line[('buildings', 'floor_area_m2', 'source')]
near('floor area on parcels', line[('buildings', 'floor_area_m2', 'parcels')], inside)
near('floor area in the layer', sum(p['floor_area_m2'] or 0 for p in out), inside)
near('floor area on parcels that lack some', line[('buildings', 'floor_area_m2', 'on_parcels_with_missing_figures')], incomplete, total)
near('floor area off the parcels', line[('buildings', 'floor_area_m2', 'off_parcels')], off, total)
near('floor area counted twice', line[('buildings', 'floor_area_m2', 'counted_twice')], twice, total)

# output and tax of the year, in 万元
firms = features('enterprises_2025.xlsx', 0, header)
for measure, words in (('output_wan', ('产值', '营业收入')), ('tax_wan', ('税收', '纳税', '税'))):
    column = next(c for w in words for c in firms[0][0] if w in c and '亩均' not in c)
    values = [(f, float(f[column])) for f, _ in firms if str(f[column] or '').replace('.', '').isdigit()]
    near(f'{measure} of the table', line[('enterprises', measure, 'source')], sum(v for _, v in values))
    near(f'{measure} in the layer', sum(p[measure] or 0 for p in out), line[('enterprises', measure, 'parcels')])

# nothing is left over, of any measure: neither as told nor when the lines are added up again
for key in {(k[0], k[1]) for k in line}:
    source = line[key + ('source',)]
    items = sum(v for k, v in line.items() if k[:2] == key and k[2] not in ('source', 'residual'))
    near(f'{key} adds up', items, source)
    near(f'{key} leaves nothing over', line[key + ('residual',)], 0, source)

for f in failures:
    print(f)
print('everything that goes in comes out' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
