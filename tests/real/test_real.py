#!/usr/bin/python3
"""test_real.py MUJUN CASE: run a project of this folder on real data ($MUJUN_REALDATA) and hold the answer against independent truth columns.

CASE is nyc, cambridge, xinwu or gbk. Exit 77 (skipped) without MUJUN_REALDATA."""
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from osgeo import gdal

HERE = os.path.dirname(os.path.abspath(__file__))
FT2 = 0.3048006096 ** 2
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def expect_true(what, ok, detail=''):
    if not ok:
        failures.append(f'{what} {detail}')


def analyze(mujun, case):
    """Properties of every parcel, the ledger, the manifest and the folder of a run in a fresh folder."""
    folder = tempfile.mkdtemp(prefix='mujun-real-')
    os.symlink(os.environ['MUJUN_REALDATA'], os.path.join(folder, 'data'))
    for name in os.listdir(HERE):
        if name.endswith('.yaml'):
            shutil.copy(os.path.join(HERE, name), folder)
    out = os.path.join(folder, 'out')
    run = subprocess.run([mujun, 'analyze', os.path.join(folder, case + '.yaml'), '-o', out, '--lang', 'en', '--quiet'], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f'{case}: exit {run.returncode}: {run.stderr}')
    check = subprocess.run([mujun, 'check', os.path.join(folder, case + '.yaml'), '-o', os.path.join(folder, 'check'), '--lang', 'en'], capture_output=True, text=True)
    expect(f'check: {check.stderr}', check.returncode, 0)
    codes = [{e['code'] for e in csv.DictReader(open(os.path.join(folder, part, 'ledger.csv'), encoding='utf-8-sig'))} for part in ('out', 'check')]
    expect('check: codes that it leaves out', codes[0] - codes[1] - {'NOT_JUDGED', 'RULEBOOK_OUT_OF_FORCE', 'RULEBOOK_ELSEWHERE', 'YEAR_LATER', 'FIT_NO_ROADS'}, set())
    expect('check: codes of its own', codes[1] - codes[0], set())
    parcels = [f['properties'] for f in json.load(open(os.path.join(out, 'parcels.geojson'), encoding='utf-8'))['features']]
    ledger = list(csv.DictReader(open(os.path.join(out, 'ledger.csv'), encoding='utf-8-sig')))
    manifest = json.load(open(os.path.join(out, 'manifest.json'), encoding='utf-8'))
    return parcels, ledger, manifest, folder


def ids(ledger, code, layer='parcels'):
    return sorted(e['identifier'] for e in ledger if e['code'] == code and e['layer'] == layer)


def nyc(parcels, ledger, manifest, folder):
    expect('lots', len(parcels), 982)
    known = [p for p in parcels if p['plot_ratio'] is not None]
    expect('lots with a plot ratio', len(known), 972)
    expect('lots without one have no recorded area', all(p['area_recorded_m2'] is None for p in parcels if p['plot_ratio'] is None), True)
    expect('plot ratio = BuiltFAR to rounding', sum(abs(p['plot_ratio'] - p['plot_ratio_recorded']) <= 0.005000001 for p in known), 972)
    for ours, theirs in (('lookup_resid', 'ResidFAR'), ('lookup_comm', 'CommFAR'), ('lookup_facil', 'FacilFAR')):
        expect(f'{ours} = {theirs}', sum(abs((p[ours] or 0) - p[theirs]) < 1e-9 for p in parcels), 982)
    highest = sum(abs((p['plot_ratio_cap'] or 0) - max(p['ResidFAR'], p['CommFAR'], p['FacilFAR'])) < 1e-9 for p in parcels)
    expect('cap = highest of the three', highest, 982)
    close = sum(abs(p['area_planar_m2'] / (p['SHAPE_Area'] * FT2) - 1) < 1e-6 for p in parcels)
    expect('planar area = SHAPE_Area in m2', close, 969)
    expect('clipped lots', ids(ledger, 'AREA_CLIPPED'), ['1001420025', '1001420050', '1001840002', '1002400006'])
    expect('invalid polygon in the ledger', ids(ledger, 'GEOM_INVALID'), ['1000160003'])
    expect('and in the output', sum(p['parcel_id'] == '1000160003' for p in parcels), 1)
    for p in parcels:
        if p['plot_ratio'] is None or p['plot_ratio_cap'] is None:
            expect(f"headroom of {p['parcel_id']}", p['headroom_m2'], None)
            continue
        want = max(0, p['plot_ratio_cap'] * p['area_recorded_m2'] - p['countable_floor_area_m2'])
        expect_true('headroom', abs(p['headroom_m2'] - want) <= 1e-6 * max(1, want), p['parcel_id'])


def cambridge(parcels, ledger, manifest, folder):
    expect('parcels', len(parcels), 13159)
    join = manifest['joins'][0]
    expect('keys in the layer, with the missing key', join['left_keys'] + 1, 13078)
    expect('keys in the table, with the missing key', join['right_keys'] + 1, 13055)
    expect('matched', join['matched_keys'], 13007)
    # The list in the data's README counts the missing key as one more key on each side; here a missing key is no key.
    expect('missing keys in the layer and the table', (join['left_null'], join['right_null']), (6, 5))
    expect('only in the layer, with the missing key', join['only_left'] + 1, 71)
    expect('only in the table, with the missing key', join['only_right'] + 1, 48)
    expect('keys with several rows, with the missing key', join['right_repeated'] + 1, 2126)
    expect('rows of the most repeated key', join['right_most'], 438)
    expect('invalid polygons', len(ids(ledger, 'GEOM_INVALID')), 22)
    areas = [p['enterprise_land_m2'] for p in parcels if p['enterprise_land_m2'] is not None]
    expect('zero land areas', sum(a == 0 for a in areas), 0)
    rows = list(csv.DictReader(open(os.path.join(os.environ['MUJUN_REALDATA'], 'cambridge', 'tax_fy2013.csv'), encoding='utf-8')))
    truth = {}
    for r in rows:
        if r['LandArea'] and float(r['LandArea']) > 0:
            truth[r['ML']] = truth.get(r['ML'], 0) + float(r['LandArea']) * 0.09290304
    count = {}
    for p in parcels:
        count[p['parcel_id']] = count.get(p['parcel_id'], 0) + 1
    wrong = [p['parcel_id'] for p in parcels if count[p['parcel_id']] == 1 and p['parcel_id'] is not None and
             abs((p['enterprise_land_m2'] or 0) - truth.get(p['parcel_id'], 0)) > 1e-6 * max(1, truth.get(p['parcel_id'], 0))]
    expect('land stated by rows, summed by key', wrong, [])


def xinwu(parcels, ledger, manifest, folder):
    expect('parcels', len(parcels), 2033)
    source = os.path.join(os.environ['MUJUN_REALDATA'], 'xinwu', 'xinwu_urban_form_250m.gpkg')
    truth = dict(sqlite3.connect(f'file:{source}?immutable=1', uri=True).execute('select cast(grid_id_main as text), area_industrial_m2 from urban_form_250m'))
    zones = {f['properties']['zone']: f['properties'] for f in json.load(open(os.path.join(folder, 'out', 'zones.geojson'), encoding='utf-8'))['features']}
    expect('zones', len(zones), 3999)
    worst = max(abs((zones[z]['split_industrial_m2'] or 0) - (truth[z] or 0)) for z in truth)
    expect_true('industrial area of every zone within 1e-6 m2', worst <= 1e-6, f'worst {worst}')
    outside = [e for e in ledger if e['code'] == 'CRS_OUTSIDE_AREA' and e['layer'] == 'parcels']
    expect('wrong-zone warning', len(outside), 1)
    expect_true('with what it costs', outside and '0.18' in (outside[0]['found'] + outside[0]['expected']), str(outside))
    excess = sum(p['area_planar_m2'] for p in parcels) / sum(p['area_ellipsoid_m2'] for p in parcels) - 1
    expect_true('planar is 0.18 % above the ellipsoid', abs(excess - 0.0018) < 0.0001, f'{excess}')


def gbk(mujun):
    """78 names decode, and without a reference system the run asks for one."""
    path = os.path.join(os.environ['MUJUN_REALDATA'], 'gbk', 'chinese_encoding.shp')
    shown = subprocess.run([mujun, 'inspect', path, '--lang', 'zh'], capture_output=True, text=True)
    expect('inspect ends well', shown.returncode, 0)
    expect_true('names are right', '安徽' in shown.stdout, shown.stdout[:400])
    folder = tempfile.mkdtemp(prefix='mujun-real-')
    project = os.path.join(folder, 'park.yaml')
    with open(project, 'w', encoding='utf-8') as f:
        f.write(f'as_of: 2026-03-31\nparcels: {{file: {path}, fields: {{parcel_id: COUNTY_ID}}}}\n')
    run = subprocess.run([mujun, 'analyze', project, '-o', os.path.join(folder, 'o'), '--lang', 'en'], capture_output=True, text=True)
    expect('exit', run.returncode, 1)
    expect_true('asked for', '--crs' in run.stderr and 'chinese_encoding.shp' in run.stderr, run.stderr)
    check = subprocess.run([mujun, 'check', project, '--lang', 'en'], capture_output=True, text=True)
    expect('check: exit', check.returncode, 1)
    expect_true('check: asked for', '--crs' in check.stderr, check.stderr)
    run = subprocess.run([mujun, 'analyze', project, '--crs', 'EPSG:4214', '-o', os.path.join(folder, 'o'), '--lang', 'en', '--only', 'csv', '-q'], capture_output=True, text=True)
    expect(f'with a system: {run.stderr}', run.returncode, 0)
    with open(os.path.join(folder, 'o', 'tables', 'parcels.csv'), encoding='utf-8-sig', newline='') as f:
        ours = list(csv.DictReader(f))
    layer = gdal.OpenEx(path, open_options=['ENCODING=GB18030'])
    rows = [feature.items() for feature in layer.GetLayer(0)]
    expect('rows', (len(ours), len(rows)), (78, 78))
    names = [name for name in rows[0] if name in ours[0] and isinstance(rows[0][name], str)]
    expect_true('columns of names', len(names) >= 4, str(names))
    for name in names:
        wrong = [(a[name], b[name]) for a, b in zip(ours, rows) if a[name] != (b[name] or '').strip()]
        expect(f'{name}: names that differ', wrong, [])
    shutil.rmtree(folder)


def main():
    mujun, case = sys.argv[1:3]
    if not os.environ.get('MUJUN_REALDATA'):
        print(f'skipped: {case}: MUJUN_REALDATA is not set')
        sys.exit(77)
    if case == 'gbk':
        gbk(mujun)
    else:
        parcels, ledger, manifest, folder = analyze(mujun, case)
        globals()[case](parcels, ledger, manifest, folder)
        shutil.rmtree(folder)
    for f in failures:
        print(f)
    print(f'{case}: {"holds" if not failures else str(len(failures)) + " failed"}')
    sys.exit(bool(failures))


main()
