#!/usr/bin/python3
"""test_fit_shapes.py RESULT_FOLDER: the shapes of the standard-factory fit on the sample, worked out again with OGR.

Every module lies in the buildable area of its parcel (to 1.5 cm), which is the parcel less buffers of its own; no two modules of a way meet; lanes keep off modules and buildings that
stand, run all round, and everything lies on the parcel. The columns of fit_options say the same areas. Exit 77 (skipped) where GDAL's bindings are not installed."""
import csv
import os
import sys

try:
    from osgeo import ogr
except ImportError:
    print('skipped: GDAL for Python is not installed')
    sys.exit(77)

ogr.UseExceptions()
result = sys.argv[1]
gpkg = ogr.Open(os.path.join(result, 'mujun.gpkg'))
TOLERANCE_M = 0.015
LANE_M, SIDE_M = 4, 3  # rules/fit.yaml
LEAST_CLEAR_M = 7      # a lane and its distance from the wall: no module is nearer to any border
FIRE_M = 10            # nor to any building
failures, asked = [], 0


def expect(what, ok):
    global asked
    asked += 1
    if not ok:
        failures.append(what)


def shapes(layer, *fields):
    for f in gpkg.GetLayer(layer):
        yield [f[name] for name in fields] + [f.GetGeometryRef().Clone()]


parcels = {key: g for key, g in shapes('parcels', 'parcel_id')}
of = {}
for key, way, part, chosen, g in shapes('fit', 'parcel_id', 'fit_way', 'part', 'chosen'):
    of.setdefault(key, {}).setdefault((way, part), []).append((chosen, g))
buildings = gpkg.GetLayer('buildings')

for key, rows in of.items():
    land = parcels[key]
    within = land.Buffer(TOLERANCE_M)
    for (way, part), items in rows.items():
        modules = [g for _, g in items]
        for _, g in items if part != 'storeys' else []:
            expect(f'{key} {way} {part} lies on the parcel', within.Contains(g))
            expect(f'{key} {way} {part} is valid', g.IsValid())
        if part == 'module':
            for i, a in enumerate(modules):
                expect(f'{key} {way}: {i} keeps {LEAST_CLEAR_M} m from the border', a.Distance(land.Boundary()) >= LEAST_CLEAR_M - TOLERANCE_M)
                for b in modules[:i]:
                    expect(f'{key} {way}: modules are {FIRE_M} m apart', a.Distance(b) >= FIRE_M - TOLERANCE_M)
        if part == 'buildable':
            expect(f'{key} {way}: one buildable area', len(items) == 1)
            area, expected = modules[0], land.Buffer(-LEAST_CLEAR_M, 60)
            buildings.SetSpatialFilter(land.Buffer(20))
            for f in buildings if way == 'open' else []:
                expected = expected.Difference(f.GetGeometryRef().Buffer(FIRE_M, 60))
            expect(f'{key} {way}: buildable keeps the least that anything asks for', expected.Buffer(TOLERANCE_M).Contains(area))
            for _, m in rows.get((way, 'module'), []):
                expect(f'{key} {way}: a module lies in the buildable area', area.Buffer(TOLERANCE_M).Contains(m))
        if part == 'lane':
            lane = modules[0]
            expect(f'{key} {way}: lanes where modules are', (way, 'module') in rows and len(items) == 1)
            stands = ogr.Geometry(ogr.wkbMultiPolygon)
            buildings.SetSpatialFilter(land)
            for f in buildings if way == 'open' else []:
                stands = stands.Union(f.GetGeometryRef())
            expect(f'{key} {way}: lanes keep off what stands', lane.Intersection(stands).GetArea() < 0.01)
            for _, m in rows.get((way, 'module'), []):
                expect(f'{key} {way}: lanes keep {SIDE_M} m off a module', lane.Distance(m) >= SIDE_M - TOLERANCE_M)
                strip = m.Buffer(SIDE_M + LANE_M, 24).Difference(m.Buffer(SIDE_M + 0.001, 24)).Intersection(land)
                expect(f'{key} {way}: the lane runs all round', strip.Difference(lane).GetArea() < 0.5)
    chosen = {way for (way, part), items in rows.items() for c, _ in items if c == 'yes'}
    expect(f'{key}: one way is chosen at most', len(chosen) <= 1)
    drawn = {way for way, part in rows if part in ('buildable', 'lane')}
    expect(f'{key}: one way is drawn at most, the chosen one', len(drawn) <= 1 and (not chosen or drawn <= chosen))

names = {'宗地代码': 'id', '改造方式': 'way', '可建范围面积（㎡）': 'area', '厂房栋数': 'modules'}
ways = {'空地新建': 'open', '加层改造': 'storeys', '拆除重建': 'rebuild'}
areas = 0
for row in csv.DictReader(open(os.path.join(result, 'tables/fit_options.csv'), encoding='utf-8-sig')):
    row = {names[k]: v for k, v in row.items() if k in names}
    way = ways[row['way']]
    expect(f"{row['id']} {way}: an area but for storeys", way != 'storeys' or row['area'] == '')
    for _, g in of.get(row['id'], {}).get((way, 'buildable'), []):
        areas += 1
        expect(f"{row['id']} {way}: buildable_m2 is the area drawn", abs(float(row['area']) - g.GetArea()) <= 0.51)
parts = [part for rows in of.values() for (_, part), items in rows.items() for _ in items]
for part, least in (('module', 300), ('buildable', 200), ('lane', 200), ('storeys', 20)):
    expect(f'the sample has at least {least} rows of {part}', parts.count(part) >= least)
expect('areas were compared', areas >= 200)
expect('much was asked', asked > 5000)

for f in failures[:20]:
    print('FAILED', f)
print(f'{asked - len(failures)} of {asked} hold')
sys.exit(1 if failures else 0)
