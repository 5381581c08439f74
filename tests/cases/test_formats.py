#!/usr/bin/python3
"""test_formats.py MUJUN PARK_FOLDER: the sample's parcels and one enterprise table in every format that is read give the same answer."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

from osgeo import gdal

gdal.UseExceptions()
MUJUN, PARK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COLUMNS = ('land_use', 'area_planar_m2', 'area_mu', 'floor_area_m2', 'plot_ratio_cap', 'headroom_m2', 'start_due', 'started', 'tax_wan', 'enterprise_count')
folder = tempfile.mkdtemp(prefix='mujun-formats-')
failures = []


def translate(name, driver, **options):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    gdal.VectorTranslate(path, os.path.join(PARK, 'parcels.gpkg'), format=driver, layers=['ZD'], **options)
    return path


def answer(parcels, enterprises):
    """Properties by parcel code and delivered row: the code alone is not unique in the sample."""
    out = os.path.join(folder, 'out')
    run = subprocess.run([MUJUN, 'analyze', '--parcels', parcels, '--buildings', os.path.join(PARK, 'buildings.shp'), '--enterprises', enterprises, '--as-of', '2026-03-31',
                          '-o', out, '--overwrite', '--quiet', '--only', 'geojson', '--lang', 'en'], capture_output=True, text=True)
    if run.returncode:
        failures.append(f'{os.path.basename(parcels)}: {run.stderr}')
        return None
    rows = [f['properties'] for f in json.load(open(os.path.join(out, 'parcels.geojson'), encoding='utf-8'))['features']]
    return sorted(((p['parcel_id'] or '', round(p['area_planar_m2'], 3), p) for p in rows), key=lambda r: r[:2])


def same(a, b, name):
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= (1e-6 if name == 'FileGDB' else 1e-9) * max(1, abs(a))  # a geodatabase rounds coordinates to 0.1 mm
    return a == b


table = os.path.join(PARK, 'enterprises_2025.xlsx')
parcels = {'FlatGeobuf': translate('a/p.fgb', 'FlatGeobuf'), 'FileGDB': translate('a/p.gdb', 'OpenFileGDB', geometryType='MULTIPOLYGON'),
           'GeoJSON': translate('a/p.geojson', 'GeoJSON', layerCreationOptions=['COORDINATE_PRECISION=12']),
           'shapefile': translate('shp/ZD.shp', 'ESRI Shapefile', layerCreationOptions=['ENCODING=UTF-8']),
           'shapefile in GBK': translate('gbk/ZD.shp', 'ESRI Shapefile', layerCreationOptions=['ENCODING=GBK'])}
parcels['zip'] = os.path.join(folder, 'p.zip')
with zipfile.ZipFile(parcels['zip'], 'w') as z:
    for n in sorted(os.listdir(os.path.join(folder, 'shp'))):
        z.write(os.path.join(folder, 'shp', n), n)
reference = answer(os.path.join(PARK, 'parcels.gpkg') + ':ZD', table)
tables = {'CSV': os.path.join(folder, 'e.csv')}
gdal.VectorTranslate(tables['CSV'], table, format='CSV')
office = shutil.which('soffice') or shutil.which('libreoffice')
if office:
    subprocess.run([office, f'-env:UserInstallation=file://{folder}/profile', '--headless', '--convert-to', 'xls', '--outdir', folder, table], check=True, capture_output=True)
    tables['XLS'] = os.path.join(folder, 'enterprises_2025.xls')
runs = {name: answer(path, table) for name, path in parcels.items()}
runs.update({name: answer(os.path.join(PARK, 'parcels.gpkg'), path) for name, path in tables.items()})
for name, rows in runs.items():
    if rows is None:
        continue
    if len(rows) != len(reference):
        failures.append(f'{name}: {len(rows)} parcels, {len(reference)} in the GeoPackage')
    wrong = [(p['parcel_id'], c, q[c], p[c]) for (_, _, p), (_, _, q) in zip(rows, reference) for c in COLUMNS if not same(p.get(c), q.get(c), name)]
    if wrong:
        failures.append(f'{name}: {len(wrong)} values differ, the first {wrong[0]}')
shutil.rmtree(folder)
for f in failures:
    print(f)
print(f'{", ".join(runs)}: the same answer' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
