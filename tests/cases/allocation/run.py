#!/usr/bin/python3
"""run.py MUJUN [SITUATION...]: who uses which floor and land. Every situation of situations.py is a small park of its own; `--keep DIR` leaves the files of the
named ones there. What must come of it was reckoned by hand; it is compared to 1e-9. In each, besides: the floor rows of a parcel add up to its floor area, its
shares to 1, and what the reconciliation says did not arrive and what stands on the shares to the figures that were delivered."""
import csv
import math
import multiprocessing
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'intake')]
import build
import situations

OCCUPANCIES = {'who': '统一社会信用代码', 'name': '企业名称', 'at': '宗地代码', 'house': '建筑编号', 'unit': '单元编号', 'role': '用地方式', 'floor': '建筑面积（㎡）',
               'used': '实际使用面积（㎡）', 'land': '用地面积（㎡）', 'share': '用地比例', 'lessor': '出租方代码', 'since': '起始日期', 'until': '终止日期'}
UNITS = {'unit': '单元编号', 'house': '建筑编号', 'at': '宗地代码', 'floor': '建筑面积（㎡）', 'who': '统一社会信用代码', 'state': '状态', 'since': '状态起始'}
FIRMS = {'who': '统一社会信用代码', 'name': '企业名称', 'at': '宗地代码', 'year': '年份', 'output': '产值（万元）', 'tax': '税收（万元）', 'floor': '使用建筑面积（㎡）'}
QUIET = {'CRS_DATUM_ASSUMED_EQUAL', 'LAND_USE_SCHEME', 'NOT_JUDGED', 'PARCEL_CODE_DIVISION', 'CREDIT_CODE_FORM', 'BUILDING_OFF_PARCEL'}  # said in every park, or not of the matter


def cell(key, value):
    if value is None:
        return ''
    if key in ('who', 'lessor'):
        return build.credit(value)
    return re.sub(r'[A-Z]', lambda m: build.pid(ord(m[0]) - 64), value) if key == 'at' else value


def write_table(park, role, header, rows):
    used = [k for k in header if any(k in r for r in rows)]
    with open(park.path(role + '.csv'), 'w', encoding='utf-8', newline='') as f:
        out = csv.writer(f)
        out.writerow([header[k] for k in used])
        out.writerows([cell(k, r.get(k)) for k in used] for r in rows)
    park.files[role.replace('_', '-')] = role + '.csv'


def make(s, folder):
    """Parcels of 100 m x 100 m side by side. A house stands on one parcel, or across the border to the next."""
    park = build.Park(folder)
    park.drop('zones', 'enterprises')
    park.fields['parcels'] = {'ZDDM': build.TEXT, 'DLBM': build.TEXT, 'ZDMJ': build.NUMBER, '权利人代码': build.TEXT}
    names = sorted(s.parcels)
    park.rows['parcels'] = [dict(geom=build.rect(100 * i, 0, 100, 100), ZDDM=build.pid(ord(s.alike.get(p, p)) - 64), DLBM='100101', ZDMJ=10000.0,
                                 **({'权利人代码': build.credit(s.owner[p])} if p in s.owner else {})) for i, p in enumerate(names)]
    park.fields['buildings'], park.rows['buildings'] = {'JZBH': build.TEXT, 'JZMJ': build.NUMBER}, []
    for name, (floor, left, width) in s.houses().items():
        at = 100 * names.index(name[0].upper()) if name[0].upper() in names else 0
        park.rows['buildings'].append(dict(geom=build.rect(at + left, 5 + 10 * int(name[1:]), width, 8), JZBH=name, JZMJ=float(floor)))
    if s.mapped:
        park.gpkg('buildings')
    else:
        park.drop('buildings')
    for role, header, rows in (('occupancies', OCCUPANCIES, s.occupancies), ('factory_units', UNITS, s.units), ('enterprises', FIRMS, s.firms)):
        if rows:
            write_table(park, role, header, rows)
    park.finish()
    return park


def analyze(mujun, s, folder):
    park = make(s, folder)
    done = subprocess.run([mujun, 'analyze', *park.arguments(), '-o', 'out', '--only', 'csv,gpkg', '--threads', '1', '--no-sync', '--quiet', '--as-of', '2026-03-31', '--lang', 'en'],
                          cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f'exit {done.returncode}: {done.stderr.strip()[:300]}')
    out = os.path.join(folder, 'out')
    db = sqlite3.connect(f"file:{os.path.join(out, 'mujun.gpkg')}?immutable=1", uri=True)
    db.row_factory = sqlite3.Row
    tables = {t: [dict(r) for r in db.execute(f'SELECT * FROM {t} ORDER BY fid')] for t in ('parcels', 'occupancy_shares', 'reconciliation')}
    db.close()
    with open(os.path.join(out, 'ledger.csv'), encoding='utf-8-sig', newline='') as f:
        return tables, list(csv.DictReader(f))


def near(a, b):
    return a is None and b is None or a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def add(values):
    return math.fsum(v for v in values if v is not None)


def check_rows(s, tables, say):
    """The rows, in order: parcel, role, who, floor_m2, land_share, output_wan, and more columns where the situation names them."""
    got = tables['occupancy_shares']
    whose = {build.credit(k): k for k in range(1, 100)}
    for i in range(max(len(got), len(s.rows))):
        if i >= len(got) or i >= len(s.rows):
            say(f'{len(got)} rows, expected {len(s.rows)}: {[(r["parcel_row"], r["use_role"], r["floor_m2"], r["land_share"]) for r in got]}')
            return
        g, (parcel, role, who, floor, share, output, *more) = got[i], s.rows[i]
        names = (sorted(s.parcels)[g['parcel_row'] - 1], g['use_role'], whose.get(g['credit_code'], g['enterprise_name']))
        if names != (parcel, role, who):
            say(f'row {i + 1} is of {names}, expected {(parcel, role, who)}')
        values = [('floor_m2', floor), ('land_share', share), ('land_m2', None if share is None else share * 10000), ('output_wan', output)]
        for name, want in values + list((more[0] if more else {}).items()):
            have = g[name]
            if not (have == want if isinstance(want, str) else near(have, want)):
                say(f'row {i + 1} {names} {name}: {have!r}, expected {want!r}')


def check_sums(s, tables, say):
    for i, p in enumerate(tables['parcels'], 1):
        rows = [r for r in tables['occupancy_shares'] if r['parcel_row'] == i]
        if p.get('floor_area_m2') is not None and not near(add(r['floor_m2'] for r in rows), p['floor_area_m2']):
            say(f"parcel {i}: floor of the rows {add(r['floor_m2'] for r in rows)}, floor area {p['floor_area_m2']}")
        if not near(add(r['land_share'] for r in rows), 1):
            say(f"parcel {i}: shares add up to {add(r['land_share'] for r in rows)}")
        want = s.output.get(sorted(s.parcels)[i - 1])
        if s.firms and not near(p['output_wan'], want):
            say(f"parcel {i}: output {p['output_wan']}, expected {want}")
    for measure in ('output_wan', 'tax_wan'):
        line = {r['item']: r['value'] for r in tables['reconciliation'] if r['layer'] == 'enterprises' and r['measure'] == measure}
        if not line:
            continue
        lost = add(v for k, v in line.items() if k not in ('source', 'parcels', 'on_parcels_with_missing_figures', 'residual'))
        delivered = add(f.get('output' if measure == 'output_wan' else 'tax') for f in s.firms if f.get('year', 2025) == 2025)
        if not near(line['source'], delivered) or not near(line['residual'], 0):
            say(f'{measure}: source {line["source"]}, delivered {delivered}, residual {line["residual"]}')
        if not s.blank and not near(add(r[measure] for r in tables['occupancy_shares']) + lost, delivered):
            say(f"{measure}: {add(r[measure] for r in tables['occupancy_shares'])} on the shares and {lost} not placed, delivered {delivered}")


def perform(job):
    mujun, name, keep = job
    s = next(x for x in situations.ALL if x.id == name)
    folder, wrong = os.path.join(keep, name) if keep else tempfile.mkdtemp(prefix='mujun-share-'), []
    os.makedirs(folder, exist_ok=True)
    try:
        tables, ledger = analyze(mujun, s, folder)
        check_rows(s, tables, wrong.append)
        check_sums(s, tables, wrong.append)
        codes = {e['code'] for e in ledger if not e['code'].startswith('UNIT_')} - QUIET  # UNIT_...: of the units' own ledger, see tests/cases/test_lists.py
        if codes != set(s.codes.split()):
            wrong.append(f'ledger: {sorted(codes)}, expected {sorted(s.codes.split())}')
    except Exception as e:
        wrong.append(f'{type(e).__name__}: {e}')
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    return name, wrong


def main():
    arguments, keep = sys.argv[1:], None
    if '--keep' in arguments:
        at = arguments.index('--keep')
        keep, arguments[at:at + 2] = os.path.abspath(arguments[at + 1]), []
    mujun, names = os.path.abspath(arguments[0]), arguments[1:] or [s.id for s in situations.ALL]
    failed = 0
    with multiprocessing.Pool(2) as pool:
        for name, wrong in pool.imap(perform, [(mujun, n, keep) for n in names]):
            failed += bool(wrong)
            if wrong:
                print(f'FAILED {name}', *wrong, sep='\n    ')
    print(f'{len(names)} situations: {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
