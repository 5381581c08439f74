#!/usr/bin/python3
"""test_fixes.py MUJUN PARK_FOLDER: the promise of tables/fixes.csv. The sample park is analysed; the first k values of the list are supplied, cells
through the corrections file (the list itself, with its column 新值 filled in), whole rows in one more enterprise table; analysed again, as many
verdicts must be firm as the list promised. They are counted from the layers, not from what the program says of them."""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

MUJUN, PARK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failures = []
VALUES = {'started': '1', 'start_due': '2020-05-01', 'stopped_since': '2026-01-15', 'delivered': '2020-01-01', 'extension_signed_on': '2025-01-15'}


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def analyze(folder, out, *args):
    r = subprocess.run([MUJUN, 'analyze', os.path.join(folder, 'park.yaml'), '-o', out, '--overwrite', '--quiet', '--lang', 'zh', '--only', 'csv,geojson', *args],
                       capture_output=True, text=True)
    assert r.returncode == 0, r.stderr
    return out


def open_verdicts(out):
    """(parcel row, matter) of every verdict that lacks data. Renewal: industrial land inside block lines of level 1 or 2 (泉政办规〔2025〕13号) always has
    a tier; the sample's parcels all lie in the layer of lines, so whether they are inside is known."""
    parcels = [f['properties'] for f in json.load(open(os.path.join(out, 'parcels.geojson'), encoding='utf-8'))['features']]
    found = {(i, m) for i, p in enumerate(parcels) for m in ('idle', 'inefficient') if p[m] == 'unknown'}
    inside = [p['industrial'] == 'yes' and (p['control_share'] or 0) >= 0.5 and p['control_level'] in ('一级', '二级') for p in parcels]
    return found | {(i, 'renewal') for i, p in enumerate(parcels) if inside[i] and p['renewal_tier'] is None}


def table(out, name):
    with open(os.path.join(out, 'tables', name + '.csv'), encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def supply(folder, fixes, k):
    """fixes.csv with the first k values filled in, and the rows among them as a table of their own."""
    rows, values = [], 0
    with open(os.path.join(folder, 'filled.csv'), 'w', encoding='utf-8-sig', newline='') as f:
        out = csv.DictWriter(f, list(fixes[0]))
        out.writeheader()
        for i, line in enumerate(fixes):
            line = dict(line)
            if i < k and line['类别'] == '数值':
                line['新值'] = VALUES.get(line['字段'].split(' ')[-1], '1234.5')
                values += 1
            elif i < k:
                expect(f'line {i + 1} is a value or a row', line['类别'], '整条记录')
                rows.append((f'NEW{i}', line['编号'], line['所属年度']))
            out.writerow(line)
    with open(os.path.join(folder, 'more.csv'), 'w', encoding='utf-8') as f:
        f.write('统一社会信用代码,宗地代码,年份,产值（万元）,税收（万元）\n' + ''.join(f'{c},{p},{y},900,77\n' for c, p, y in rows))
    yaml = open(os.path.join(PARK, 'park.yaml'), encoding='utf-8').read()
    old = '  - {file: enterprises_2025.xlsx, year: 2025}'
    assert yaml.count(old) == 1
    with open(os.path.join(folder, 'park.yaml'), 'w', encoding='utf-8') as f:
        f.write(yaml.replace(old, old + '\n  - {file: more.csv}' if rows else old))
    return values


with tempfile.TemporaryDirectory() as d:
    park = os.path.join(d, 'park')
    shutil.copytree(PARK, park)
    bytes_before = {n: open(os.path.join(park, n), 'rb').read() for n in os.listdir(park) if n != 'park.yaml'}
    before = open_verdicts(analyze(park, os.path.join(d, 'before')))
    fixes = table(os.path.join(d, 'before'), 'fixes')
    ranked = [f for f in fixes if f['次序']]
    expect('ranks count up from 1', [int(f['次序']) for f in ranked], list(range(1, len(ranked) + 1)))
    expect('the ranked values stand first', fixes[:len(ranked)], ranked)
    firm = [int(f['累计确定判定']) for f in ranked]
    expect('a value more settles no verdict less', firm, sorted(firm))
    # each settles alone every verdict that lacks it: nothing is settled by chance
    alone = next(i for i, f in enumerate(ranked) if f['单独确定判定'] != f['相关判定'])
    expect('several values settle by themselves', alone >= 5, True)
    for k in (1, alone, alone + 40, len(ranked)):
        values = supply(park, fixes, k)
        after = open_verdicts(analyze(park, os.path.join(d, 'after'), '--corrections', os.path.join(park, 'filled.csv')))
        state = [c['结果'] for c in table(os.path.join(d, 'after'), 'corrections')]
        expect(f'{k}: every value is applied', state.count('已采用'), values)
        expect(f'{k}: no verdict comes open', after - before, set())
        settled = len(before) - len(after)
        # beyond `alone` a value may settle by what it is: a parcel that has started needs no agreed start
        expect(f'{k} values settle what they promise ({settled} of {firm[k - 1]})', settled == firm[k - 1] if k <= alone else settled >= firm[k - 1], True)
    touched = {n: open(os.path.join(park, n), 'rb').read() for n in bytes_before}
    expect('the inputs stay as they are', touched == bytes_before, True)
    manifest = json.load(open(os.path.join(d, 'after', 'manifest.json'), encoding='utf-8'))
    source = [s for s in manifest['inputs'] if s['role'] == 'corrections']
    expect('the file stands in the manifest with its hash', [len(s['sha256']) for s in source], [64])
    # the check of the data applies them too, and says what became of them
    r = subprocess.run([MUJUN, 'check', os.path.join(park, 'park.yaml'), '--corrections', os.path.join(park, 'filled.csv'), '-o', os.path.join(d, 'check'), '--quiet',
                        '--lang', 'zh'], capture_output=True, text=True)
    expect('the check runs', (r.returncode, r.stderr), (0, ''))
    expect('and applies them', [c['结果'] for c in table(os.path.join(d, 'check'), 'corrections')].count('已采用'), values)

for f in failures:
    print(f)
print('the list of fixes keeps its promise' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
