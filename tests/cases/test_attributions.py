#!/usr/bin/python3
"""test_attributions.py RESULT PARK: land and figures in four ways, worked out again in plain Python from the enterprise file of the year, the parcels and who uses them."""
import csv
import os
import sys
from collections import defaultdict

import enterprise_files

RESULT, PARK = sys.argv[1], sys.argv[2]
WAYS = {'随宗地主': 'owner', '合并共享': 'merged', '按用房面积': 'floor_area', '租户单独评价': 'apart'}
M2_PER_MU = 10000 / 15
failed = 0


def expect(what, got, want, near=0.0):
    global failed
    same = got == want if got is None or want is None or isinstance(got, str) else abs(got - want) <= near * max(1, abs(want))
    if not same:
        failed += 1
        if failed < 30:
            print(f'{what}: got {got!r}, want {want!r}')


def table(name):
    with open(os.path.join(RESULT, 'tables', name + '.csv'), encoding='utf-8-sig', newline='') as f:
        return [{k.split('（')[0]: v for k, v in r.items()} for r in csv.DictReader(f)]


def number(text):
    return float(text) if text else None


parcels, shares = table('parcels'), table('occupancy_shares')
firms = {r['code']: r for year, r in enterprise_files.delivered(PARK) if year == 2025}
by_code = defaultdict(list)
for i, p in enumerate(parcels):
    by_code[p['宗地代码'].strip()].append(i)
land = [number(p['面积']) * M2_PER_MU for p in parcels]  # to four digits of a mu

# the rows of a parcel add up to it
floor, share = defaultdict(float), defaultdict(float)
for s in shares:
    floor[int(s['宗地行号']) - 1] += number(s['使用建筑面积']) or 0
    share[int(s['宗地行号']) - 1] += number(s['用地份额']) or 0
for i, p in enumerate(parcels):
    if p['建筑面积']:
        expect(f'floor of parcel {i + 1}', floor[i], number(p['建筑面积']), 1e-6 * len(shares))
    expect(f'share of parcel {i + 1}', share[i], 1.0, 1e-5)

# who owns: the occupancies of owners, else the land record by code or by the name of one enterprise
names = defaultdict(set)
for code, r in firms.items():
    names[r['name']].add(code)
owner = {}
for i, p in enumerate(parcels):
    said = {s['统一社会信用代码'] for s in shares if int(s['宗地行号']) == i + 1 and s['用途'] == '自有'}
    record = p['权利人代码'] or (min(names[p['权利人']]) if len(names.get(p['权利人'], ())) == 1 else 'name ' + p['权利人'] if p['权利人'] else None)
    owner[i] = record if not said or record in said else min(said) if len(said) == 1 else None

uses = defaultdict(list)  # of an enterprise: parcel, share of land, role
for s in shares:
    if s['统一社会信用代码']:
        uses[s['统一社会信用代码']].append((int(s['宗地行号']) - 1, number(s['用地份额']), s['用途']))
part_of = {}


def root(x):
    while part_of.setdefault(x, x) != x:
        x = part_of[x]
    return x


for code in uses:
    for i, _, _ in uses[code]:
        part_of[root(('firm', code))] = root(('parcel', i))

rows = {(r['统一社会信用代码'], WAYS[r['归属方式']]): r for r in table('attributions') if r['统一社会信用代码']}
checked = defaultdict(int)
for code, mine in uses.items():
    # by floor in use: the shares of what it uses; apart: with what it leases and does not use, and an owner with all that nobody else has
    for way in ('floor_area', 'apart'):
        r, parts = rows[code, way], [(i, x) for i, x, role in mine if way == 'apart' or role != '租而未用']
        if way == 'apart':
            for i, who in owner.items():
                others = [s for s in shares if int(s['宗地行号']) == i + 1 and s['用途'] in ('空置', '用途不明')]
                parts += [(i, number(s['用地份额'])) for s in others if who == code]
        want = None if any(x is None for _, x in parts) else sum(x * land[i] for i, x in parts) / M2_PER_MU
        expect(f'{way} {code}: land', number(r['用地面积']), want, 1e-4)
        expect(f'{way} {code}: tax', number(r['税收']), firms[code]['tax'] if code in firms else None, 1e-6)
        checked[way] += want is not None
    # merged: all parcels that hang together, and all enterprises on them
    r, here = rows[code, 'merged'], root(('firm', code))
    members = [c for c in uses if root(('firm', c)) == here]
    taxes = [firms[c]['tax'] for c in members if c in firms]
    expect(f'merged {code}: land', number(r['用地面积']), sum(land[i] for i in {i for c in members for i, _, _ in uses[c]}) / M2_PER_MU, 1e-4)
    expect(f'merged {code}: tax', number(r['税收']), None if None in taxes or not taxes else sum(taxes), 1e-6)
    expect(f'merged {code}: enterprises', r['单元企业数'], str(len(members)))
    checked['merged'] += 1
# following the owner: all its parcels
for who in {w for w in owner.values() if w and (w, 'owner') in rows}:
    r = rows[who, 'owner']
    expect(f'owner {who}: land', number(r['用地面积']), sum(land[i] for i, w in owner.items() if w == who) / M2_PER_MU, 1e-4)
    on = [number(s['税收']) for s in shares if owner[int(s['宗地行号']) - 1] == who and s['统一社会信用代码'] in firms]
    if r['税收'] and None not in on:
        expect(f'owner {who}: tax', number(r['税收']), sum(on), 1e-3)
        checked['owner'] += 1
for r in rows.values():
    if r['税收'] and number(r['用地面积']):
        expect(f"{r['统一社会信用代码']} {r['归属方式']}: tax per mu", number(r['亩均税收']), number(r['税收']) / number(r['用地面积']), 1e-2)
assert min(checked[w] for w in ('owner', 'merged', 'floor_area', 'apart')) > 100, dict(checked)
# every sum reconciles
for r in table('reconciliation'):
    if r['图层'] == '归属方式' and r['去向'] == '差额':
        expect(f"{r['指标']}: residual", number(r['数值']), 0.0, 1e-5)
        checked['residual'] += 1
assert checked['residual'] == 12
print(dict(checked))
sys.exit(f'{failed} differences' if failed else 0)
