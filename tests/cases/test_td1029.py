#!/usr/bin/python3
"""test_td1029.py MUJUN: td1029 on the national figures of 2019 (通报 of 2020), a ten-thousandth of them drawn as a park: developable 48.38, ready 43.28,
supplied 40.12, built 37.22 (万公顷). Published: 89.46 %, 92.68 %, 92.77 %, built of developable 76.92 %; industrial share 48.52 %, plot ratios 0.98 and 0.93,
investment 8984.3, tax 678.99 and 539.96 万元/公顷. The areas are published rounded, so that the shares agree to 0.03 points."""
import csv
import os
import subprocess
import sys
import tempfile

from osgeo import ogr

import park

MUJUN = os.path.abspath(sys.argv[1])
DEVELOPABLE, READY, SUPPLIED, BUILT = 48.38, 43.28, 40.12, 37.22
INDUSTRY = 0.4852 * BUILT
# state, land use, hectares, plot ratio, zone
LAND = [('已建成', '100101', INDUSTRY, 0.93), ('已建成', '070101', BUILT - INDUSTRY, (0.98 * BUILT - 0.93 * INDUSTRY) / (BUILT - INDUSTRY)),
        ('已供应未建成', '100101', SUPPLIED - BUILT, None), ('达到供地条件', '100101', READY - SUPPLIED, None), ('未达到供地条件', '070101', DEVELOPABLE - READY, None),
        ('不可建设', '1701', 5.0, None)]
INVESTED, INDUSTRY_TAX, TAX = 8984.3 * INDUSTRY, 678.99 * INDUSTRY, 539.96 * BUILT


def draw(folder, states):
    """Strips one kilometre wide, one above the other, a street of 20 m between them; the first four in one zone, the others in a second."""
    rows, y, south = [], 0.0, 0.0
    for i, ((_, use, ha, ratio), state) in enumerate(zip(LAND, states)):
        m2 = ha * 1e4
        rows.append((park.rectangle(0, y, 1000, m2 / 1000), f'350502001001GB{i + 1:05d}', use, m2, state, ratio * m2 if ratio else None, INVESTED if i == 0 else None))
        y += m2 / 1000 + 20
        south = y - 10 if i == 3 else south
    park.layer(os.path.join(folder, 'parcels.gpkg'), 'parcels', park.system(),
               [(n, ogr.OFTString if n in ('ZDDM', 'DLBM', '供地状态') else ogr.OFTReal) for n in ('ZDDM', 'DLBM', 'ZDMJ', '供地状态', '建筑面积', '已投资额')], rows)
    park.layer(os.path.join(folder, 'zones.gpkg'), 'zones', park.system(), [('PQMC', ogr.OFTString), ('常住人口', ogr.OFTReal)],
               [(park.rectangle(-10, -10, 1020, south + 10), '南', 3722.0), (park.rectangle(-10, south, 1020, y), '北', 0.0)])
    with open(os.path.join(folder, 'enterprises.csv'), 'w', encoding='utf-8') as f:
        f.write('统一社会信用代码,企业名称,宗地代码,年份,税收（万元）,用地面积（平方米）,高新技术企业\n')
        f.write(f'1,示例一有限公司,350502001001GB00001,2025,{INDUSTRY_TAX!r},{INDUSTRY * 1e4 / 4!r},是\n')
        f.write(f'2,示例二有限公司,350502001001GB00002,2025,{TAX - INDUSTRY_TAX!r},1000,否\n')


def indicators(states):
    with tempfile.TemporaryDirectory() as folder:
        draw(folder, states)
        r = subprocess.run([MUJUN, 'analyze', '--parcels', 'parcels.gpkg', '--zones', 'zones.gpkg', '--enterprises', 'enterprises.csv', '--rules', 'td1029', '--as-of', '2026-03-31',
                            '--year', '2025', '-o', 'out', '--quiet', '--lang', 'en'], cwd=folder, capture_output=True, text=True, timeout=300)
        assert r.returncode == 0, r.stderr
        rows = list(csv.reader(open(os.path.join(folder, 'out/tables/indicators.csv'), encoding='utf-8-sig')))
    at = {name: i for i, name in enumerate(rows[0])}
    return {(r[at['indicator']], r[at['zone']]): r[at['value']] for r in rows[1:]}


def near(got, want, tolerance, what):
    assert got and abs(float(got) - want) <= tolerance, f'{what}: {got!r}, not {want}'


states = [s for s, *_ in LAND]
value = indicators(states)
for code, published in (('TD-01', 0.8946), ('TD-02', 0.9268), ('TD-03', 0.9277), ('TD-04', 0.7692), ('TD-05', 0.4852)):
    near(value[code, ''], published, 0.0003, code)
near(value['TD-06', ''], 0.4852 / 4, 1e-4, 'TD-06')
for code, published in (('TD-07', 0.98), ('TD-09', 0.93), ('TD-11', 8984.3), ('TD-12', 678.99), ('TD-13', 539.96), ('TD-14', 100)):
    near(value[code, ''], published, 1e-4 * max(1, published), code)
near(value['TD-P1', ''], (DEVELOPABLE - SUPPLIED) * 15, 0.01, 'TD-P1')
near(value['TD-P1-IND', ''], (READY - SUPPLIED) * 15, 0.01, 'TD-P1-IND')
# nobody says when a term ends or what is idle: nothing is summed, and all that land is said to be left out
near(value['TD-P4-END-UNKNOWN', ''], (DEVELOPABLE + 5) * 15, 0.02, 'TD-P4-END-UNKNOWN')
near(value['TD-P4-IDLE-UNKNOWN', ''], (DEVELOPABLE + 5) * 15, 0.02, 'TD-P4-IDLE-UNKNOWN')
near(value['TD-P3-CAP-UNKNOWN', ''], INDUSTRY * 15, 0.02, 'TD-P3-CAP-UNKNOWN')
near(value['TD-02', '南'], SUPPLIED / READY, 1e-4, 'TD-02 of a zone')
assert value['TD-03', '北'] == '', 'nothing supplied, so no share of it'
for code in ('TD-08', 'TD-10', 'TD-15', 'TD-P2', 'TD-P3'):
    assert value[code, ''] == '', f'{code}: nothing is known, yet it is {value[code, ""]}'

# one parcel of unknown state leaves the shares open, of its zone and of the park; what is built is still measured
value = indicators(states[:3] + [None] + states[4:])
for zone in ('', '南'):
    assert value['TD-01', zone] == value['TD-03', zone] == value['TD-P1', zone] == value['TD-06', zone] == value['TD-14', zone] == '', zone
near(value['TD-01', '北'], 0, 1e-9, 'TD-01 of the other zone')
near(value['TD-07', ''], 0.98, 1e-4, 'TD-07')
