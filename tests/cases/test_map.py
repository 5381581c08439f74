#!/usr/bin/python3
"""test_map.py MUJUN RESULT_FOLDER STYLES_FOLDER: pictures of a result by `mujun map`, against the layers they show.

Colours of parcels in the picture by its world file, counts of the legend by the GeoPackage, the same bytes again, hostile names, errors."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import numpy
from osgeo import gdal, ogr

import park

gdal.UseExceptions()
ogr.UseExceptions()
mujun, result, styles = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3]
work = tempfile.mkdtemp(prefix='mujun-map-')
failures = []
THEMES = [m.groups() for m in re.finditer(r'^MJ_THEME\((\w+), (\w+), ([\w.]+), "([^"]*)", "([^"]*)"\)',
                                          open(os.path.join(styles, '../src/report/themes.def'), encoding='utf-8').read(), re.M)]


def check(ok, what):
    if not ok:
        failures.append(what)


def at(name):
    return os.path.join(work, name)


def draw(folder, name, *words, lang='zh', code=0):
    run = subprocess.run([mujun, 'map', folder, '-o', at(name), '--lang', lang, *words], capture_output=True, text=True)
    check(run.returncode == code, f'{name} {words}: exit {run.returncode}, not {code}: {run.stderr}')
    return run.stderr


def read(name):
    with open(at(name), 'rb') as f:
        return f.read()


def pixels(name):
    ds = gdal.Open(at(name))
    return ds.ReadAsArray().transpose(1, 2, 0).astype(int)


def legend(name):
    """{label: (count, amount or None)} of the description in an SVG."""
    root = ET.fromstring(read(name))
    lines = root.find('{http://www.w3.org/2000/svg}desc').text.split('\n')
    out = {}
    for line in lines:
        m = re.match(r'(.*?) ([\d,]+) (\S+)(?: ([\d,.]+|–) .*)?$', line)
        check(m, f'{name}: the legend has {line!r}')
        if m:
            out[m[1]] = (int(m[2].replace(',', '')), None if m[4] in (None, '–') else float(m[4].replace(',', '')))
    return out


def rows(layer, fields, where=None):
    ds = gdal.OpenEx(os.path.join(result, 'mujun.gpkg'))
    ly = ds.GetLayerByName(layer)
    ly.SetAttributeFilter(where)
    return [tuple(f.GetField(n) for n in fields) + (f.GetGeometryRef().Clone() if f.GetGeometryRef() else None,) for f in ly]


def colours(style):
    """{value: (r, g, b)} of the solid classes of a categorised style, {value: None} of the hatched ones."""
    root = ET.parse(os.path.join(styles, style)).getroot()
    renderer = root.find('renderer-v2')
    by_symbol = {}
    for s in renderer.find('symbols'):
        o = {x.get('name'): x.get('value') for x in s.find('layer').find('Option')}
        by_symbol[s.get('name')] = tuple(int(c) for c in o['color'].split(',')[:3]) if o['style'] == 'solid' else None
    return {c.get('value'): by_symbol[c.get('symbol')] for c in renderer.find('categories')}


def every_theme():
    drawn = 0
    for name, layer, *_ in THEMES:
        said = draw(result, f'{name}.png', '--theme', name, '--size', '500') if name != 'grade' else \
            draw(result, f'{name}.png', '--theme', name, code=1)  # the sample has no grade scheme
        if name == 'grade':
            check('grade' in said and said.count('\n') == 1, f'no word that there are no grades: {said!r}')
            continue
        image = pixels(f'{name}.png')
        check(max(image.shape[:2]) == 500 and image.shape[2] == 3, f'{name}: {image.shape}')
        check(len(numpy.unique(image.reshape(-1, 3), axis=0)) > 20, f'{name}: an empty picture')
        drawn += 1
    check(drawn >= 15, f'only {drawn} themes')


def counts():
    parcels = rows('parcels', ('status', 'plot_ratio', 'tax_wan_per_mu', 'area_mu', 'zone'))
    draw(result, 'status.svg', '--theme', 'status')
    got = legend('status.svg')
    for value, label in (('idle', '疑似闲置'), ('inefficient', '低效'), ('headroom', '可增容'), ('insufficient', '数据不足'), ('normal', '正常')):
        want = [p for p in parcels if p[0] == value]
        check(got[label][0] == len(want) and abs(got[label][1] - sum(p[3] for p in want)) < 0.06, f'{label}: {got[label]}')
    check(got['合计'][0] == len(parcels), f'total {got["合计"]}')
    bounds = ((('0（未建）', 0, 0), ('0.5 以下', 1e-300, 0.5), ('0.5～1.0', 0.5, 1), ('1.0～1.5', 1, 1.5), ('1.5～2.0', 1.5, 2), ('2.0 以上', 2, 1e9)),
              (('5 万元/亩以下', -1e9, 5), ('5～10', 5, 10), ('10～20', 10, 20), ('20～30', 20, 30), ('30 万元/亩以上', 30, 1e9)))
    for k, theme in ((1, 'plot_ratio'), (2, 'yield')):
        draw(result, f'{theme}.svg', '--theme', theme)
        got = legend(f'{theme}.svg')
        for label, low, high in bounds[k - 1]:
            want = sum(1 for p in parcels if p[k] is not None and (low <= p[k] < high or low == high == p[k]))
            check(got[label][0] == want, f'{theme} {label}: {got[label]}, not {want}')
        check(got['数据不足'][0] == sum(1 for p in parcels if p[k] is None), f'{theme}: without a figure {got["数据不足"]}')
    for name, layer, *_ in THEMES:  # every parcel is in one class
        if layer == 'parcels' and name != 'base':
            draw(result, 'all.svg', '--theme', name, '--overwrite')
            got = legend('all.svg')
            check(sum(n for label, (n, _) in got.items() if label != '合计') == len(parcels), f'{name}: {got}')
    draw(result, 'zone.svg', '--zone', '中部片区')
    check(legend('zone.svg')['合计'][0] == sum(1 for p in parcels if p[4] == '中部片区'), 'the zone counts others too')
    modules = rows('fit', ('storeys', 'floor_area_m2'), "part = 'module' AND chosen = 'yes' AND storeys <= 3")
    draw(result, 'fit.svg', '--theme', 'fit')
    got = legend('fit.svg')['3 层及以下']
    check(got[0] == len(modules) and abs(got[1] - sum(m[1] for m in modules)) <= 0.5, f'modules {got}')


def places():
    """Whole parcels inside have the colour of their class where the world file says they are."""
    want = colours('parcels.qml')
    draw(result, 'world.png', '--zone', '北部片区', '--world', '--size', '2400')
    image = pixels('world.png')
    dx, a, b, dy, x0, y0 = (float(v) for v in read('world.pgw').split())
    check(a == b == 0 and dx > 0 and abs(dx + dy) < 1e-9, 'the world file is not north-up')
    houses = ogr.Geometry(ogr.wkbMultiPolygon)
    for *_, g in rows('buildings', ()):
        for part in g:
            houses.AddGeometry(part)
    seen = {}
    for status, zone, g in rows('parcels', ('status', 'zone')):
        if zone != '北部片区' or g is None:
            continue
        inner = g.Buffer(-2.5).Difference(houses.Buffer(1.5)) if g.Buffer(-2.5) else None
        if not inner or inner.GetArea() < 400:
            continue
        w, e, s, n = inner.GetEnvelope()
        found = []
        for x in numpy.arange(w, e, 3):
            for y in numpy.arange(s, n, 3):
                p = ogr.Geometry(ogr.wkbPoint)
                p.AddPoint_2D(x, y)
                if inner.Contains(p):
                    found.append(tuple(image[round((y - y0) / dy), round((x - x0) / dx)]))
        most = max(set(found), key=found.count)
        expected = want[status]
        if expected is None:
            check(most == (255, 255, 255) and any(sum(c) < 600 for c in found), f'a hatched parcel is {most}')
        else:
            check(most == expected, f'a parcel that is {status} is {most}, not {expected}')
        seen[status] = seen.get(status, 0) + 1
    check(set(seen) >= {'idle', 'inefficient', 'headroom', 'insufficient', 'normal'} and sum(seen.values()) > 60, f'looked at {seen}')


def one_parcel():
    draw(result, 'one.png', '--parcel', '350502901002GB00019', '--theme', 'fit')
    red = (pixels('one.png') == (0xC4, 0x16, 0x1C)).all(axis=2).sum()
    check(red > 500, f'the parcel has no red line: {red} pixels')
    draw(result, 'one.svg', '--parcel', '350502901002GB00019', '--theme', 'fit')
    count = len(rows('fit', (), "part = 'module' AND chosen = 'yes' AND parcel_id = '350502901002GB00019'"))
    check(sum(n for label, (n, _) in legend('one.svg').items() if '层' in label and '加' not in label) == count, 'the neighbours are counted')


def again():
    for end in ('png', 'svg', 'pdf'):
        draw(result, f'a.{end}')
        draw(result, f'b.{end}')
        check(read(f'a.{end}') == read(f'b.{end}'), f'{end}: other bytes the second time')
        draw(result, f'en.{end}', lang='en')
        check(read(f'en.{end}') != read(f'a.{end}'), f'{end}: English is Chinese')
    check('suspected idle' in legend('en.svg') and 'total' in legend('en.svg'), f'{legend("en.svg")}')
    pdf = read('a.pdf')
    box = [float(v) for v in re.search(rb'/MediaBox \[([^\]]*)\]', pdf)[1].split()]
    check(pdf.startswith(b'%PDF') and abs(max(box) - 297 * 72 / 25.4) < 0.01, f'the page is {box}')
    check(b'20260331' in pdf, 'the day of the PDF is not that of the data')


def hostile():
    names = ['<script>alert(1)</script> & "x"', '=cmd()', 'y' * 300]
    folder = at('hostile')
    os.mkdir(folder)
    park.make(folder, parcels=[(park.rectangle(*p[1:]), f'<b>{p[0]}&"', '100101', 10000.0, 2.0) for p in park.PARCELS])
    park.layer(os.path.join(folder, 'zones.gpkg'), 'zones', park.system(), [('PQMC', ogr.OFTString)],
               [(park.rectangle(-10, -10, 400, 120), names[0]), (park.rectangle(-10, 110, 400, 300), names[2])])
    with open(os.path.join(folder, 'park.yaml'), 'w', encoding='utf-8') as f:
        f.write("park: '</title><script>\"&'\nas_of: 2026-03-31\nyear: 2025\nparcels: parcels.gpkg\nbuildings: buildings.gpkg\nzones: zones.gpkg\n")
    outs = []
    for threads in ('1', '3'):
        out = at('out' + threads)
        subprocess.run([mujun, 'analyze', os.path.join(folder, 'park.yaml'), '-o', out, '--quiet', '--threads', threads], check=True)
        draw(out, f'h{threads}.svg')
        outs.append(read(f'h{threads}.svg'))
        draw(out, f'h{threads}.png')
    check(outs[0] == outs[1] and read('h1.png') == read('h3.png'), 'other bytes on other threads')
    root = ET.fromstring(outs[0])
    check(not [e for e in root.iter() if 'script' in e.tag], 'a script in the SVG')
    check(root.find('{http://www.w3.org/2000/svg}title').text.startswith('</title><script>"&'), 'the title is not the name')
    draw(at('out1'), 'hz.svg', '--zone', names[0])
    check(names[0] in ET.fromstring(read('hz.svg')).find('{http://www.w3.org/2000/svg}title').text, 'the zone is not named')
    draw(at('out1'), 'hp.pdf', '--parcel', f'<b>{park.PARCELS[0][0]}&"')


def libraries():
    """Cairo comes with the first map: no other run needs it, and a machine without it is told."""
    folder = at('libraries')
    os.mkdir(folder)
    open(os.path.join(folder, 'libcairo.so.2'), 'w', encoding='utf-8').close()  # found first, and it is none
    paths = [folder] + [p for p in [os.environ.get('LD_LIBRARY_PATH')] if p]
    env = {**os.environ, 'LD_LIBRARY_PATH': os.pathsep.join(paths)}
    run = subprocess.run([mujun, 'map', result, '-o', at('none.png'), '--lang', 'en'], capture_output=True, text=True, env=env)
    check(run.returncode == 1 and 'maps need libcairo.so.2, which is not installed' in run.stderr, f'without Cairo: {run.returncode} {run.stderr}')
    check(not os.path.exists(at('none.png')), 'without Cairo: a picture')
    run = subprocess.run([mujun, 'version'], capture_output=True, text=True, env=env)
    check(not run.returncode, f'version without Cairo: {run.stderr}')


def errors():
    before = read('a.png')
    for words, code, parts in ((('--theme', 'nothing'), 2, ('status', 'plot_ratio')), (('--zone', '西部'), 1, ('西部', '中部片区')),
                               (('--parcel', '350502901002GB0001X'), 1, ('350502901002GB00016',)), (('--zone', 'a', '--parcel', 'b'), 2, ('--zone',)),
                               (('--size', '10'), 2, ('200',))):
        said = draw(result, 'none.png', *words, code=code)
        check(all(p in said for p in parts) and said.count('\n') == 1, f'{words}: {said!r}')
    check('.svg' in draw(result, 'a.jpg', code=1), 'no word on other endings')
    check('manifest' in draw(work, 'none.png', code=1), 'no word on a folder without a result')
    check('--overwrite' in draw(result, 'a.png', code=1) and read('a.png') == before, 'a picture was replaced')
    draw(result, 'w.svg', '--world', code=1)
    draw(result, 'a.png', '--overwrite', '--theme', 'zones')
    check(read('a.png') != before, '--overwrite did not')
    check(not os.path.exists(at('none.png')) and not [n for n in os.listdir(work) if '.tmp' in n], f'left over: {os.listdir(work)}')


for part in (every_theme, counts, places, one_parcel, again, hostile, libraries, errors):
    part()
subprocess.run(['rm', '-rf', work], check=True)
print('\n'.join(failures) or 'all maps show what the layers hold')
sys.exit(bool(failures))
