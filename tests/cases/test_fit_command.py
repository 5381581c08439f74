#!/usr/bin/python3
"""test_fit_command.py MUJUN PARK_FOLDER: mujun fit end to end. Sums by zone, constraint and cap are made again from tables/fit_options.csv; what is
tried out agrees with runs of each combination; a drawn plot is worked out by hand; errors leave nothing behind."""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from park import layer, ogr, rectangle, system  # noqa: E402

MUJUN, PARK = os.path.abspath(sys.argv[1]), os.path.join(os.path.abspath(sys.argv[2]), 'park.yaml')
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def near(what, got, want, within):
    if not abs(got - want) <= within:
        failures.append(f'{what}: got {got!r}, want {want!r} within {within}')


def run(*args, lang='en', command='fit'):
    return subprocess.run([MUJUN, command, *args, '--lang', lang], capture_output=True, text=True)


def done(*args, **kw):
    r = run(*args, **kw)
    expect(f'{args} runs', (r.returncode, r.stderr), (0, ''))
    return r.stdout


def table(out, name):
    with open(os.path.join(out, 'tables', name + '.csv'), encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def number(text):
    return float(text) if text else None


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def fits_80(what, text):
    expect(f'{what}: no line over 80 columns', [line for line in text.splitlines() if width(line) > 80], [])


def by_parcel(options):
    parcels = {}
    for o in options:
        parcels.setdefault(o['parcel row'], []).append(o)
    return list(parcels.values())


def best(ways):
    chosen = [w for w in ways if w['adds most'] == 'yes']
    assert len(chosen) <= 1
    return chosen[0] if chosen else None


NET, BUILT, ROOM = 'net (m²)', 'built (m²)', 'headroom (m²)'


def sums(parcels):
    """What a zone of these parcels comes to, from the rows of fit_options, which are whole m2."""
    chosen = [b for b in map(best, parcels) if b]
    known = [p for p in parcels if any(w[NET] for w in p)]
    paired = [p for p in known if p[0][ROOM]]
    return {'fitted': len(parcels), 'gaining': len(chosen), 'not known': len(parcels) - len(known), 'net': sum(float(b[NET]) for b in chosen),
            'built': sum(float(b[BUILT]) for b in chosen), 'modules': sum(int(b['modules']) for b in chosen),
            'paper': sum(float(p[0][ROOM]) for p in parcels if p[0][ROOM]),
            'share': sum(float(best(p)[NET]) for p in paired if best(p)) / max(sum(float(p[0][ROOM]) for p in paired), 1),
            'land': sum(float(p[0]['land (m²)']) for p in known), 'stands': sum(float(p[0]['countable floor area (m²)']) for p in known)}


def check_zones(out):
    parcels = by_parcel(table(out, 'fit_options'))
    rows = {z['zone']: z for z in table(out, 'fit_zones')}
    zones = {}
    for p in parcels:
        zones.setdefault(p[0]['zone'] or 'outside every zone', []).append(p)
    expect('zones of fit_zones', sorted(rows), sorted([*zones, 'park']))
    expect('the park stands last', list(rows)[-1], 'park')
    for name, members in [*zones.items(), ('park', parcels)]:
        s, z = sums(members), rows[name]
        for key, column in (('fitted', 'fitted'), ('gaining', 'gaining'), ('not known', 'not known'), ('modules', 'modules')):
            expect(f'{name}: {column}', int(z[column]), s[key])
        for key, column in (('net', 'buildable net (m²)'), ('built', 'built (m²)'), ('paper', 'paper headroom (m²)')):
            near(f'{name}: {column}', float(z[column] or 0), s[key], len(members))
        if z['buildable share']:
            near(f'{name}: share', float(z['buildable share']), s['share'], 1e-3)
        near(f'{name}: ratio before', float(z['plot ratio before']), s['stands'] / s['land'], 1e-3)
        near(f'{name}: gain', float(z['gain in plot ratio']), s['net'] / s['land'], 1e-3)
        expect(f'{name}: no share of the state company is published', z['to the state company (m²)'], '')
    counts = {}
    for p in parcels:
        for w in p:
            key = (w['way of renewal'], w['binding constraint'])
            counts[key] = counts.get(key, 0) + 1
    expect('constraints', {(c['way of renewal'], c['binding constraint']): int(c['parcels']) for c in table(out, 'fit_constraints')}, counts)


def check_caps(out, folder):
    """The caps that 50, 90 and 100 % of the capacity need, sorted by hand; at the last the fit reaches the capacity, and a higher one brings nothing."""
    each = []
    for p in by_parcel(table(out, 'fit_options')):
        ways = [(float(w['without a cap (m²)']) - float(w['cleared (m²)']), -float(w['cap that still helps'])) for w in p if w[NET]]
        ways = [w for w in ways if w[0] > 0]
        if ways:
            most = max(ways)
            each.append((-most[1], most[0]))
    each.sort()
    whole, reached, want, shares = sum(c for _, c in each), 0, [], [0.5, 0.9, 1.0]
    for at, capacity in each:
        reached += capacity
        while shares and reached >= shares[0] * whole - 1:
            want.append(at)
            shares.pop(0)
    caps = table(out, 'fit_caps')
    expect('shares', [c['share'] for c in caps], ['0.50', '0.90', '1.00'])
    for c, w in zip(caps, want):
        near(f"cap of {c['share']}", float(c['cap']), w, 0.006)  # fit_options.csv has two decimals
    near('capacity', float(caps[2]['their capacity (m²)']), whole, len(each))
    top = float(caps[2]['cap'])
    done(PARK, '-o', os.path.join(folder, 'caps'), '--overwrite', '-q', '--only', 'csv', '--cap', f'{top - 0.01:.4f},{top + 0.0001:.4f},30')
    nets = [float(s['buildable net (m²)']) for s in table(os.path.join(folder, 'caps'), 'fit_sweep')]
    expect('below the last cap less fits', nets[0] < nets[1], True)
    expect('above it nothing more', nets[1], nets[2])
    near('and it is the capacity', nets[2], float(caps[2]['their capacity (m²)']), 1)


def check_sweep(folder):
    """Every combination that is tried out is what a run of its own gives, in the park and in each zone."""
    out, one = os.path.join(folder, 'sweep'), os.path.join(folder, 'one')
    done(PARK, '-o', out, '-q', '--only', 'csv', '--cap', '1.5,2.2', '--setback', '5,8', '--module', 'S/M,L', '--by-zone')
    tried = table(out, 'fit_sweep')
    expect('combinations', sorted({int(t['combination']) for t in tried}), list(range(1, 9)))
    for cap, setback, modules in (('1.5', '5', 'S'), ('2.2', '8', 'M,L'), ('2.2', '5', 'M,L')):
        done(PARK, '-o', one, '--overwrite', '-q', '--only', 'csv', '--cap', cap, '--setback', setback, '--module', modules)
        rows = {t['zone']: t for t in tried if (float(t['cap']), float(t['setback (m)']), t['modules used']) == (float(cap), float(setback), modules)}
        zones = table(one, 'fit_zones')
        expect(f'zones of {cap} {setback} {modules}', sorted(rows), sorted(z['zone'] for z in zones))
        for z in zones:
            for column in ('fitted', 'gaining', 'not known', 'buildable net (m²)', 'built (m²)', 'modules'):
                expect(f"{cap} {setback} {modules} {z['zone']} {column}", rows[z['zone']][column], z[column] or '0')
        used = {f['properties']['module'] for f in json.load(open(os.path.join(folder, 'layer', 'fit.geojson'), encoding='utf-8'))['features']}
        expect('all modules are used where nothing is said', {'S', 'M', 'L'} <= used, True)
    done(PARK, '-o', out, '--overwrite', '-q', '--only', 'csv', '--cap', '1..2/0.5,3.1')
    expect('a range', [t['cap'] for t in table(out, 'fit_sweep')], ['1.00', '1.50', '2.00', '3.10'])
    # one setback and one set of modules set, caps tried out
    done(PARK, '-o', out, '--overwrite', '-q', '--only', 'csv', '--cap', '1.5,2.2', '--setback', '8', '--module', 'M,L')
    again = [t for t in table(out, 'fit_sweep') if t['cap'] == '2.20'][0]
    same = [t for t in tried if (t['cap'], t['setback (m)'], t['modules used'], t['zone']) == ('2.20', '8.0', 'M,L', 'park')][0]
    for column in ('buildable net (m²)', 'built (m²)', 'modules', 'setback (m)', 'modules used'):
        expect(f'set or tried out: {column}', again[column], same[column])


def check_named():
    text = done(PARK, '350502901001GB00001', '#7')
    fits_80('two parcels', text)
    expect('both are reported', [line.split(':')[0] for line in text.splitlines() if line.startswith('Parcel ')],
           ['Parcel 350502901001GB00001 北部片区', 'Parcel 350502901001GB00007 北部片区'])
    expect('what is assumed is said', text.splitlines()[-1], '24 of 25 norms are assumed; see mujun rules show fit')
    r = run(PARK, '350502901001GB00001', '350502901001GB99999', '-o', 'nowhere')
    expect('no such parcel', (r.returncode, r.stdout, r.stderr.count('\n'), r.stderr.startswith("mujun: no parcel '350502901001GB99999' (near: ")), (1, '', 1, True))
    expect('and no folder', os.path.exists('nowhere'), False)
    expect('a row that is not there', run(PARK, '#401').stderr, "mujun: no parcel '#401'\n")
    r = run(PARK, '350502901001GB99999', lang='zh')
    expect('in Chinese', r.stderr.startswith("mujun: 没有宗地 '350502901001GB99999'（相近："), True)


def check_draft(folder):
    """60 m x 60 m, setback 5 m on all sides: one module S of 42.0 m x 25.2 m (1058.4 m2 a storey) has room, two do not (2 x 25.2 + 10 > 50). Of 3600 m2 x 2.0
    there are 6 storeys (6350.4 m2), of x 1.0 there are 3, of x 3.0 all 8 (8467.2 m2); a cap above 8467.2 / 3600 = 2.352 brings nothing."""
    fields = [('地块编号', ogr.OFTString), ('规划容积率', ogr.OFTReal), ('宗地面积', ogr.OFTReal)]
    draft = layer(os.path.join(folder, 'draft.gpkg'), 'plots', system(), fields,
                  [(rectangle(0, 0, 60, 60), 'A', 2.0, 3600.0), (rectangle(200, 0, 60, 60), 'B', None, 3600.0)])
    out = os.path.join(folder, 'draft')
    text = done('--on', draft, '-o', out)
    fits_80('a draft', text)
    rows = {(o['parcel'], o['way of renewal']): o for o in table(out, 'fit_options')}
    a, b = rows['A', 'cleared and rebuilt'], rows['B', 'cleared and rebuilt']
    expect('cap of its own', (a[BUILT], a['modules'], a['least storeys (storeys)'], a['binding constraint']), ('6350', '1', '6', 'plot ratio'))
    expect('breakpoint', a['cap that still helps'], '2.35')
    expect('no cap', (b[BUILT], b['least storeys (storeys)']), ('8467', '8'))
    expect('what stands is not known without buildings', (a[NET], rows['A', 'open land'][NET]), ('', ''))
    expect('and said', 'Net is not known: 6350 m2 if the land is clear' in text.replace(',', ''), True)
    done('--on', draft, '-o', out, '--overwrite', '--cap', '1.0,3.0', '-q')
    expect('caps tried out', [t['built where what stands is not known (m²)'] for t in table(out, 'fit_sweep')], ['6350', '16934'])
    done('--on', draft, '-o', out, '--overwrite', '--cap', '1.0', '-q')
    expect('a cap for all', [o[BUILT] for o in table(out, 'fit_options') if o['way of renewal'] == 'cleared and rebuilt'], ['3175', '3175'])
    # with a building of 20 m x 20 m and 3 storeys on A, and a road: what stands is known, and rebuilding clears it
    building = layer(os.path.join(folder, 'b.gpkg'), 'buildings', system(), [('building_id', ogr.OFTString), ('floors', ogr.OFTInteger)], [(rectangle(10, 10, 20, 20), 'x', 3)])
    done('--on', draft, '--buildings', building, '-o', out, '--overwrite', '-q')
    rows = {(o['parcel'], o['way of renewal']): o for o in table(out, 'fit_options')}
    a = rows['A', 'cleared and rebuilt']
    expect('cleared', (a['cleared (m²)'], a[BUILT], a[NET]), ('1200', '6350', '5150'))
    expect('nothing stands on B', (rows['B', 'open land'][NET], rows['B', 'open land'][ROOM]), ('8467', ''))
    roads = layer(os.path.join(folder, 'r.gpkg'), 'roads', system(), [('width_m', ogr.OFTReal)], [('LINESTRING(353500 2756400,353800 2756400)', 8.0)], ogr.wkbLineString)
    text = done('--on', draft, '--buildings', building, '--roads', roads)
    expect('land that no road reaches stays empty', 'no edge faces a road, and nothing stands there' in text, True)
    expect('roads are known now', 'no roads were given' in text, False)
    # the draft in degrees on the sample park: its buildings count, its parcels do not
    text = done(PARK, '--on', draft, '-o', out, '--overwrite')
    manifest = json.load(open(os.path.join(out, 'manifest.json'), encoding='utf-8'))
    expect('roles that count', sorted({i['role'] for i in manifest['inputs']}), ['buildings', 'control_lines', 'easements', 'parcels', 'plan_units', 'roads', 'water', 'zones'])
    expect('the draft stands in the manifest', [i['name'] for i in manifest['inputs'] if i['role'] == 'parcels'], ['draft.gpkg'])
    expect('one module is drawn at most a plot', len(json.load(open(os.path.join(out, 'fit.geojson'), encoding='utf-8'))['features']) <= 6, True)


def check_usage(folder):
    for args, code, says in (([], 2, 'no land: give PARK.YAML'), ([PARK, 'a', '--on', 'x.gpkg'], 2, 'not both'), ([PARK, '--cap', 'high'], 2, "'high' is no list"),
                             ([PARK, '--cap', '1.5..2.0'], 2, 'is no list'), ([PARK, '--cap', '0'], 2, 'is no list'), ([PARK, '--cap', '1.5,'], 2, 'is no list'),
                             ([PARK, '--setback', '-1'], 2, 'is no list'), ([PARK, '--cap', '1..2/0.001'], 2, 'is no list'), ([PARK, '--cap', '3..2/0.5'], 2, 'is no list'),
                             ([PARK, '--module', 'S,'], 2, 'no set of module codes'), ([PARK, '--module', 'S/XL'], 1, "no module 'XL' in the catalogue, which has S, M, L"),
                             ([PARK, '--cap', '1..5/0.1', '--setback', '1..20/1'], 1, '820 combinations of values are more than 512'),
                             (['--on', 'nothing.gpkg'], 1, 'nothing.gpkg'), (['nothing.yaml'], 1, 'nothing.yaml'), ([PARK, '--of', 'all'], 2, 'unknown option')):
        r = run(*args, '-o', os.path.join(folder, 'never'))
        expect(f'{args}: code', r.returncode, code)
        expect(f'{args}: one line that says {says}', (r.stderr.count('\n'), says in r.stderr, r.stdout), (1, True, ''))
    expect('nothing was written', os.path.exists(os.path.join(folder, 'never')), False)


def check_analyze(folder):
    """--fit of analyze, and fit_of of the project file."""
    out = os.path.join(folder, 'analyze')
    rows = {}
    for of in ('candidates', 'all', 'none'):
        done(PARK, '-o', out, '--overwrite', '-q', '--only', 'csv', '--fit', of, command='analyze')
        there = os.path.exists(os.path.join(out, 'tables', 'fit_options.csv'))
        rows[of] = len(table(out, 'fit_options')) // 3 if there else 0
        expect(f'{of}: summaries go with it', os.path.exists(os.path.join(out, 'tables', 'fit_zones.csv')), there)
        manifest = json.load(open(os.path.join(out, 'manifest.json'), encoding='utf-8'))
        expect(f'{of}: in the manifest', (f'--fit={of}' in manifest['parameters']['command'], manifest['parameters']['fit_of']), (True, of))
    candidates = table(out, 'candidates')
    expect('candidates', rows['candidates'], len([c for c in candidates if c['industrial'] != 'no']))
    expect('all', rows['all'], len([p for p in table(out, 'parcels') if p['industrial'] != 'no']))
    expect('none', rows['none'], 0)
    path = os.path.join(os.path.dirname(PARK), 'park.yaml')
    text = open(path, encoding='utf-8').read().replace('settings:', 'settings:\n  fit_of: none')
    for name in ('parcels.gpkg', 'zones.geojson', 'buildings.shp', 'plan_units.gpkg', 'control_lines.geojson', 'surroundings.gpkg', 'enterprises_', 'occupancies.csv', 'factory_units.csv',
                 'projects.csv', 'contracts.csv'):
        text = text.replace(f' {name}', f' {os.path.dirname(path)}/{name}')
    mine = os.path.join(folder, 'mine.yaml')
    text = text.replace('file: enterprises_', f'file: {os.path.dirname(path)}/enterprises_').replace(f'{os.path.dirname(path)}/{os.path.dirname(path)}', os.path.dirname(path))
    open(mine, 'w', encoding='utf-8').write(text)
    done(mine, '-o', out, '--overwrite', '-q', '--only', 'csv', command='analyze')
    expect('fit_of: none in the project file', os.path.exists(os.path.join(out, 'tables', 'fit_options.csv')), False)
    done(mine, '-o', out, '--overwrite', '-q', '--only', 'csv', '--fit', 'candidates', command='analyze')
    expect('the option wins', len(table(out, 'fit_options')) // 3, rows['candidates'])


def check_bytes(folder):
    a, b = os.path.join(folder, 'one_thread'), os.path.join(folder, 'four')
    for out, threads in ((a, '1'), (b, '4')):
        done(PARK, '-o', out, '-q', '--only', 'csv,geojson', '--cap', '1.5,2', '--threads', threads)
    for name in ('fit.geojson', 'tables/fit_sweep.csv', 'tables/fit_zones.csv', 'tables/fit_options.csv', 'manifest.json'):
        expect(f'{name} does not depend on threads', open(os.path.join(a, name), 'rb').read() == open(os.path.join(b, name), 'rb').read(), True)


with tempfile.TemporaryDirectory() as d:
    full = os.path.join(d, 'layer')
    for lang in ('zh', 'en'):
        said = done(PARK, '-o', full, '--overwrite', '--cap', '1.5,2.0', lang=lang)
        fits_80(f'the park in {lang}', said.replace(full, ''))
    files = sorted(os.path.relpath(os.path.join(f, n), full) for f, _, names in os.walk(full) for n in names)
    for name in ('fit.geojson', 'parcels.geojson', 'mujun.gpkg', 'summary.xlsx', 'ledger.csv', 'manifest.json', 'tables/fit_options.csv', 'tables/fit_zones.csv',
                 'tables/fit_constraints.csv', 'tables/fit_caps.csv', 'tables/fit_targets.csv', 'tables/fit_sweep.csv'):
        expect(f'{name} is written', name in files, True)
    expect('only of the fit', [n for n in files if 'enterprise' in n or 'zones.geojson' in n], [])
    expect('parcels are those that were fitted', len(table(full, 'parcels')), len(by_parcel(table(full, 'fit_options'))))
    check_zones(full)
    check_caps(full, d)
    check_sweep(d)
    check_named()
    check_draft(d)
    check_usage(d)
    check_analyze(d)
    check_bytes(d)

for f in failures:
    print(f)
print('mujun fit agrees with itself' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
