#!/usr/bin/python3
"""test_report.py MUJUN SAMPLE_DIR: Chromium opens report.html of the sample park: it is interactive in time, asks nothing of the network, follows search, filters, click and
keys, and its figures are those of tables/*.csv and of `mujun explain`.

Exit 77 (skipped) where Chromium, its driver or python3-selenium is not installed."""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

MUJUN, PARK = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import browser  # noqa: E402

work = tempfile.mkdtemp(prefix='mujun-report-')
failures = []


def check(ok, what):
    if not ok:
        failures.append(what)


def analyze(name, *more):
    out = os.path.join(work, name)
    subprocess.run([MUJUN, 'analyze', os.path.join(PARK, 'park.yaml'), '-o', out, '--quiet', '--no-sync', *more], check=True)
    return out


def rows(folder, name):
    with open(os.path.join(folder, 'tables', name + '.csv'), encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def plain(text):
    return text.replace(',', '')


def heading(row, start):
    return next(k for k in row if k.split('（')[0] == start)


zh = analyze('zh', '--lang', 'zh', '--only', 'html,csv,gpkg')
with browser.Page(os.path.join(zh, 'report.html')) as page:
    check(page.interactive_ms() < 1500, f'the sample is interactive after {page.interactive_ms()} ms')
    parcels = rows(zh, 'parcels')

    # every parcel and every figure of the list of candidates stands as in the table
    head = parcels[0]
    columns = {'area_mu': heading(head, '面积'), 'plot_ratio': heading(head, '容积率'), 'headroom_m2': heading(head, '剩余可建计容建筑面积'), 'tax_wan_per_mu': heading(head, '亩均税收'),
               'status': '状态', 'zone': '片区', 'fit_floor_area_m2': heading(head, '可建标准厂房净增建筑面积'), 'tax_wan': heading(head, '税收')}
    shown = page.run('return [...Array(state.parcels.n).keys()].map(i => [state.parcels.raw("parcel_id", i), ...arguments[0].map(n => state.parcels.show(n, i))])', list(columns))
    check(len(shown) == len(parcels), f'{len(shown)} parcels in the page, {len(parcels)} in the table')
    for got, want in zip(shown, parcels):
        for name, cell in zip(columns, got[1:]):
            check(plain(cell) == want[columns[name]], f'{got[0]} {name}: {cell!r} on the page, {want[columns[name]]!r} in the table')

    # search, by code and by name; the dossier is that of explain
    some = next(p for p in parcels if p['状态'] == '疑似闲置')
    page.type('#search', some['宗地代码'])
    check('1' in page.text('#live'), f'the search says {page.text("#live")!r}')
    page.keys('#search', 'Enter')
    check(page.text('#dossier-title') == some['宗地代码'], f'the search led to {page.text("#dossier-title")!r}')
    paper = subprocess.run([MUJUN, 'explain', zh, some['宗地代码'], '--format', 'md'], check=True, capture_output=True, text=True).stdout
    dossier = page.text('#dossier')
    for rule in {r['规则'] for r in rows(zh, 'reasons') if r['宗地代码'] == some['宗地代码']}:
        check(rule in dossier and rule in paper, f'rule {rule} stands in only one of page and dossier')
    page.key('Escape')
    check(not page.run('return document.body.classList.contains("reading")'), 'Escape does not close the dossier')

    # filters: map, list and figures follow
    page.select('#f-status', 'idle')
    idle = [p for p in parcels if p['状态'] == '疑似闲置']
    check(re.match(r'[\d,]+', page.text('[data-figure="count"] dd'))[0] == str(len(idle)), f'{page.text("[data-figure=count] dd")} parcels filtered, {len(idle)} are idle')
    check({r for r in page.run('return [...document.querySelectorAll("#ranked tbody tr")].map(r => r.dataset.id)')} <= {p['宗地代码'] for p in idle}, 'the list has others than idle parcels')
    page.click('#reset')

    check(not page.errors(), f'console: {page.errors()}')
    check(not page.requests(), f'requests: {page.requests()}')

shutil.rmtree(work)
if failures:
    print('\n'.join(failures[:40]))
    sys.exit(1)
print('the report of the sample holds')
