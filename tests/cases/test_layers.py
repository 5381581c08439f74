"""test_layers.py MUJUN PARK_FOLDER: enterprises, projects and factory units of the sample as layers, held against the parcels, buildings and tables that they
come from, with GDAL's own geometry. The projects come as a layer of polygons in degrees, some of them without a shape."""
import collections
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def system(code):
    s = osr.SpatialReference()
    s.ImportFromEPSG(code)
    s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return s


def rows(path):
    with open(path, encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def features(ds, name):
    """(attributes, geometry or None) of each."""
    found = []
    for f in ds.GetLayerByName(name):
        g = f.GetGeometryRef()
        found.append((f.items(), g.Clone() if g else None))
    return found


def run(folder, config, *more):
    out = os.path.join(folder, 'out' + ''.join(more))
    p = subprocess.run([mujun, 'analyze', config, '-o', out, '--quiet', '--no-sync', '--lang', 'zh', *more], capture_output=True, text=True)
    expect('analyze', (p.returncode, p.stderr), (0, ''))
    return out


def project_layer(path, parcels):
    """The sample's projects in degrees: every other one with a square of 20 m in its parcel, the others without a shape. Gives the squares by number."""
    to = osr.CoordinateTransformation(system(4549), system(4490))
    ds = ogr.GetDriverByName('GPKG').CreateDataSource(path)
    layer = ds.CreateLayer('项目', system(4490), ogr.wkbPolygon)
    given = rows(os.path.join(park, 'projects.csv'))
    squares = {}
    for name in given[0]:
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for i, row in enumerate(given):
        f = ogr.Feature(layer.GetLayerDefn())
        for name, value in row.items():
            if value:
                f.SetField(name, value)
        if i % 2 == 0:
            box = parcels[row['宗地代码']].PointOnSurface().Buffer(10).GetEnvelope()
            square = ogr.CreateGeometryFromWkt('POLYGON(({0} {2},{1} {2},{1} {3},{0} {3},{0} {2}))'.format(*box))
            squares[row['项目编号']] = square.Clone()
            square.Transform(to)
            f.SetGeometry(square)
        layer.CreateFeature(f)
    return squares


def check_enterprises(out, ds, parcels):
    """One feature a row of the year; points lie in their building or parcel; classes are those of the tables of grades."""
    layer, table = features(ds, 'enterprises'), rows(os.path.join(out, 'tables', 'enterprises.csv'))
    data = json.load(open(os.path.join(out, 'enterprises.geojson'), encoding='utf-8'))['features']
    expect('enterprises', (len(layer), len(data)), (len(table), len(table)))
    buildings = [g for _, g in features(ds, 'buildings') if g]
    to = osr.CoordinateTransformation(system(4549), system(4326))
    kinds = collections.Counter()
    for (a, g), j in zip(layer, data):
        kinds[a['point_from']] += 1
        expect(f"{a['credit_code']} has a point", (g is not None, j['geometry'] is not None), (a['point_from'] is not None,) * 2)
        expect(f"{a['credit_code']} in GeoJSON", (j['properties']['credit_code'], j['properties']['point_from']), (a['credit_code'], a['point_from']))
        land, tax = a['land_area_m2'], a['tax_wan']
        want = tax / (land * 15 / 10000) if land and tax is not None else None
        if (want is None) != (a['tax_wan_per_mu'] is None) or want is not None and abs(want - a['tax_wan_per_mu']) > 1e-9 * want:
            failures.append(f"{a['credit_code']}: tax per mu {a['tax_wan_per_mu']}, want {want}")
        if g is None:
            expect(f"{a['credit_code']} has no place", a['places'], None)
            continue
        lon, lat = to.TransformPoint(g.GetX(), g.GetY())[:2]
        x, y = j['geometry']['coordinates']
        expect(f"{a['credit_code']}: coordinates", (abs(lon - x) < 1e-7, abs(lat - y) < 1e-7), (True, True))
        inside = [parcels[c] for c in a['places'].split(';')] if a['point_from'] == 'parcel' else buildings
        expect(f"{a['credit_code']} lies in its {a['point_from']}", any(s.Contains(g) for s in inside), True)
    expect('points in parcels and buildings, and rows without', (set(kinds), kinds['parcel'] > 200, kinds['building'] > 50), ({'parcel', 'building', None}, True, True))
    db = sqlite3.connect(os.path.join(out, 'mujun.gpkg'))
    for column, sql in (('grade', 'SELECT credit_code, class FROM grades'), ('grade_text', 'SELECT credit_code, class_text FROM grades'),
                        ('grade_depends', 'SELECT credit_code, depends FROM attribution_grades')):
        got, want = {a['credit_code']: a[column] for a, _ in layer}, dict(db.execute(sql))
        expect(f'{column} of the enterprises', {k: got[k] for k in want}, want)
        expect(f'{column} has values', len(set(want.values())) > 1, True)
    years = {r[1] for r in db.execute('PRAGMA table_info(enterprise_years)')}
    expect('columns of the year', years & {'geom', 'zone', 'point_from', 'places', 'grade', 'tax_wan_per_mu'}, set())
    db.close()


def check_projects(out, ds, parcels, squares):
    layer = features(ds, 'projects')
    expect('projects', collections.Counter(a['shape_from'] for a, _ in layer), collections.Counter(own=len(squares), parcel=len(layer) - len(squares)))
    for a, g in layer:
        want = squares.get(a['project_id'], parcels[a['parcel_id']])
        off = g.SymmetricDifference(want).Area() / want.Area()
        expect(f"{a['project_id']} is {a['shape_from']}", (a['shape_from'], off < 1e-5), ('own' if a['project_id'] in squares else 'parcel', True))
    codes = {r['代码'] for r in rows(os.path.join(out, 'ledger.csv'))}
    expect('a list may lack shapes', 'ROW_NO_GEOMETRY' in codes, False)
    expect('projects.geojson', len(json.load(open(os.path.join(out, 'projects.geojson'), encoding='utf-8'))['features']), len(layer))


def check_units(ds, parcels):
    buildings = {a['building_id']: g for a, g in features(ds, 'buildings')}
    kinds = collections.Counter()
    for a, g in features(ds, 'factory_units'):
        kinds[a['shape_from']] += 1
        want = buildings[a['building_id']] if a['shape_from'] == 'building' else parcels[a['parcel_id']]
        expect(f"{a['unit_id']} is its {a['shape_from']}", g.Equals(want), True)
    expect('units', (sum(kinds.values()), kinds['building'] > 200), (len(rows(os.path.join(park, 'factory_units.csv'))), True))


def check_styles(out):
    """Every layer with a geometry has the style that QGIS takes by itself, and every GeoJSON its own beside it."""
    db = sqlite3.connect(os.path.join(out, 'mujun.gpkg'))
    layers = {r[0] for r in db.execute('SELECT table_name FROM gpkg_geometry_columns')}
    styles = dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE f_geometry_column = 'geom' AND f_table_schema = '' AND useAsDefault"))
    db.close()
    expect('layers with a style', set(styles), layers)
    expect('new layers', {'enterprises', 'projects', 'factory_units'} <= layers, True)
    expect('by class', ('attr="grade"' in styles['enterprises'], 'name="评价类别"' in styles['enterprises']), (True, True))
    for row in json.load(open(os.path.join(out, 'manifest.json'), encoding='utf-8'))['outputs']:
        if row['file'].endswith('.geojson'):
            expect(f"{row['file']} has a style beside it", os.path.exists(os.path.join(out, row['file'][:-7] + 'qml')), True)


with tempfile.TemporaryDirectory() as d:
    source = ogr.Open(os.path.join(park, 'parcels.gpkg'))
    parcels = {f['ZDDM']: f.GetGeometryRef().Clone() for f in source.GetLayer(0)}
    squares = project_layer(os.path.join(d, '项目.gpkg'), parcels)
    config = os.path.join(d, 'park.yaml')
    with open(os.path.join(park, 'park.yaml'), encoding='utf-8') as f:
        text = f.read()
    for name in sorted(os.listdir(park)):
        text = text.replace(f' {name}', f' {os.path.join(park, name)}')
    text = text.replace(os.path.join(park, 'projects.csv'), '项目.gpkg').replace('rules: [', 'rules: [huaian-2024, ')
    with open(config, 'w', encoding='utf-8') as f:
        f.write(text)
    out = run(d, config, '--threads=1')
    ds = ogr.Open(os.path.join(out, 'mujun.gpkg'))
    parcels = {a['parcel_id']: g for a, g in features(ds, 'parcels')}
    check_enterprises(out, ds, parcels)
    check_projects(out, ds, parcels, squares)
    check_units(ds, parcels)
    check_styles(out)
    again = run(d, config, '--threads=3')
    for name in ('enterprises.geojson', 'projects.geojson', 'mujun.gpkg'):
        expect(f'{name} with three threads', open(os.path.join(again, name), 'rb').read() == open(os.path.join(out, name), 'rb').read(), True)
    p = subprocess.run([mujun, 'init', os.path.join(park, 'parcels.gpkg'), os.path.join(d, '项目.gpkg')], capture_output=True, text=True)
    expect('init takes a layer of projects for what it is', [line for line in p.stdout.split('\n') if line.startswith('projects:')] != [], True)
    bare = os.path.join(d, 'bare')
    subprocess.run([mujun, 'analyze', '--parcels', os.path.join(park, 'parcels.gpkg'), '--rules', 'quanzhou-2025', '--as-of', '2026-03-31', '-o', bare, '--quiet',
                    '--only', 'geojson'], check=True)
    expect('a park of parcels alone', sorted(n for n in os.listdir(bare) if n.endswith('.geojson')), ['candidates.geojson', 'check_points.geojson', 'checks.geojson', 'parcels.geojson'])

for f in failures[:40]:
    print(f)
print('layers hold' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
