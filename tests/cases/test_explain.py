#!/usr/bin/python3
"""test_explain.py MUJUN PARK_FOLDER: the dossier of a parcel of each kind of the sample, in every format, against the layers and the inputs.
What a public dossier must not hold is read from the bureau's own tables, not from the result."""
import csv
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

import openpyxl

MUJUN, PARK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def holds(what, text, part):
    if part not in text:
        failures.append(f'{what}: lacks {part!r}')


def explain(out, parcel, *args, code=0):
    r = subprocess.run([MUJUN, 'explain', out, parcel, *args], capture_output=True, text=True)
    expect(f'{parcel} {args} ends with', (r.returncode, r.stderr if code == 0 else ''), (code, ''))
    return r.stdout if code == 0 else r.stderr


def analyze(out, *args):
    subprocess.run([MUJUN, 'analyze', os.path.join(PARK, 'park.yaml'), '-o', out, '--quiet', '--lang', 'zh', '--only', 'csv,gpkg,geojson', *args], check=True)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def years():
    """(credit code, name, parcel, figures) of every row of the three tables, figures as texts in 10,000 yuan with two decimals."""
    for name, encoding, factor in (('enterprises_2023.csv', 'gbk', 1e-4), ('enterprises_2024.csv', 'utf-8-sig', 1.0)):
        yield from rows(list(csv.reader(open(os.path.join(PARK, name), encoding=encoding, newline=''))), factor)
    book = openpyxl.load_workbook(os.path.join(PARK, 'enterprises_2025.xlsx'), read_only=True)
    yield from rows([['' if c is None else str(c) for c in r] for r in book.worksheets[0].iter_rows(values_only=True)], 1.0)


def rows(table, factor):
    head = next(i for i, r in enumerate(table) if any('信用代码' in c for c in r))
    find = lambda *words: next((i for i, c in enumerate(table[head]) if any(w in c for w in words)), None)
    code, name, parcel = find('信用代码'), find('企业名称', '单位'), find('宗地代码', '宗地')
    money = [i for i, c in enumerate(table[head]) if any(w in c for w in ('总产值', '实缴税收', '税收', '利润')) and '亩' not in c]
    for r in table[head + 1:]:
        if len(r) > code and r[code]:
            figures = [float(r[i]) * factor for i in money if i < len(r) and re.fullmatch(r'-?\d+(\.\d+)?', r[i])]
            yield r[code], r[name], (r[parcel] if parcel is not None else '').strip(), [f for f in figures if abs(f) >= 1]


def shown(v):
    """A figure of 10,000 yuan as a dossier would print it."""
    text = f'{v:,.2f}'
    return {text, text.rstrip('0').rstrip('.'), text.replace(',', '')}


class Page(html.parser.HTMLParser):
    """Nothing is fetched, nothing runs, every element that must be closed is."""
    VOID = {'meta', 'rect', 'path', 'circle', 'br'}

    def __init__(self):
        super().__init__()
        self.open, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for k, v in attrs:
            if k in ('src', 'href') or k.startswith('on'):
                failures.append(f'HTML holds {tag} {k}={v}')

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            expect('HTML closes', tag, self.open.pop())


def check_public(out, parcel, firms):
    names = {n for c, n, p, _ in firms if n}
    codes = {c for c, n, p, _ in firms}
    figures = {t for _, _, _, f in firms for v in f for t in shown(v) if len(t.replace(',', '')) >= 4}
    expect(f'{parcel} has figures to hide', bool(figures), True)
    for form in ('text', 'md', 'html'):
        public = explain(out, parcel, '--public', '--format', form)
        holds(f'{parcel} {form}', public, '公开版')
        whole = set(re.findall(r'(?<![\d.,])-?\d[\d,]*(?:\.\d+)?(?![\d])', re.sub(r'<svg.*?</svg>', '', public, flags=re.S)))
        expect(f'{parcel} {form}: names and codes', [t for t in names | codes if t in public], [])
        expect(f'{parcel} {form}: figures', sorted(figures & whole), [])
    internal = explain(out, parcel)
    expect(f'{parcel}: the internal dossier names them', [c for c in codes if c not in internal], [])


def corners(out, parcel, *more):
    """Vertices of the parcel itself in the map of its dossier."""
    page = explain(out, parcel, '--format', 'html', *more)
    path = re.search(r'<path class="self"[^>]* d="([^"]*)"', page) or re.search(r'd="([^"]*)"[^>]*class="self"', page)
    numbers = [float(n) for n in re.findall(r'-?[\d.]+', path.group(1))]
    return list(zip(numbers[::2], numbers[1::2]))


def check_public_map(out, parcels):
    """The public map has whole metres, each within a metre of the true place: 90 m is not 9 m."""
    seen = 0
    for p in parcels:
        true, rough = corners(out, p), corners(out, p, '--public')
        expect(f'{p}: whole metres', [c for c in rough if c != (round(c[0]), round(c[1]))], [])
        off = [c for c in rough if min(max(abs(c[0] - t[0]), abs(c[1] - t[1])) for t in true) > 0.56]
        expect(f'{p}: corners of the public map that are nowhere', off, [])
        seen += any(v % 10 == 0 and v for c in rough for v in c)
    expect('coordinates that end in 0 were among them', seen > 0, True)


with tempfile.TemporaryDirectory() as d:
    out = os.path.join(d, 'out')
    analyze(out)
    parcels = [f['properties'] for f in json.load(open(os.path.join(out, 'parcels.geojson'), encoding='utf-8'))['features']]
    check_public_map(out, [p['parcel_id'] for p in parcels if p['parcel_id']][:24])
    firms = list(years())
    uses = {}
    for r in csv.DictReader(open(os.path.join(PARK, 'occupancies.csv'), encoding='utf-8-sig', newline='')):
        uses.setdefault(r['宗地代码'].strip(), set()).add(r['统一社会信用代码'])
    word = {'idle': '疑似闲置', 'inefficient': '低效', 'headroom': '可增容', 'insufficient': '数据不足', 'normal': '正常'}
    ids = [p['parcel_id'] for p in parcels]
    labels = 0
    for status in word:
        some = [p for p in parcels if p['status'] == status and ids.count(p['parcel_id']) == 1]
        p = next((p for p in some if p['enterprise_count']), some[0])
        parcel = p['parcel_id']
        text, md, page = (explain(out, parcel, '--format', f) for f in ('text', 'md', 'html'))
        for form, said in (('text', text), ('md', md), ('html', page)):
            holds(f'{status} {form}', said, parcel)
            holds(f'{status} {form}', said, word[status])
            holds(f'{status} {form}', said, '疑似闲置（待调查认定）')
            holds(f'{status} {form}', said, '如何提出异议')
        expect(f'{status}: fits 80 columns', [l for l in text.split('\n') if width(l) > 80], [])
        checker = Page()
        checker.feed(page)
        expect(f'{status}: HTML is closed', checker.open, [])
        expect(f'{status}: a map and no script', ('svg' in checker.tags, 'script' in checker.tags, 'link' in checker.tags), (True, False, False))
        fitted = p['fit_rebuild_m2'] is not None
        expect(f'{status}: the fit stands where it was worked out', '标准厂房可建方案' in text, fitted)
        if fitted:
            holds(f'{status}: what rebuilding adds', md, f"{p['fit_rebuild_m2']:,.0f}")
        for matter in ('idle', 'inefficient'):
            name = '疑似闲置（待调查认定）' if matter == 'idle' else '低效用地'
            holds(f'{status} {matter}', md, f"**{dict(yes='是', no='否', unknown='数据不足')[p[matter]]}** {name}")
            proof = md.split(f'### {name}')[1].split('###')[0]
            holds(f'{status} {matter} is proved', proof, '| 结果 | 依据 |')
            if p[matter] == 'no':
                expect(f'{status} {matter} says what failed', '不满足' in proof or '不是：' in proof or '不在该规则的适用范围' in proof, True)
        if p['headroom_m2'] is not None:
            area = p['area_' + p['plot_ratio_basis'] + '_m2']
            expect(f'{status}: the sum', round(max(0, p['plot_ratio_cap'] * area - p['countable_floor_area_m2']), 2), round(p['headroom_m2'], 2))
            holds(f'{status} sum', md, f'{area:,.2f}'.rstrip('0').rstrip('.') + ' ㎡ − 计容建筑面积')
        view, shift = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', page), re.search(r'translate\(0 (-[\d.]+)\)', page)
        heights = [float(y) + float(shift[1]) for y in re.findall(r'<text class="(?:me|them)" x="[\d.]+" y="([\d.]+)"', page)]
        labels += len(heights)
        expect(f'{status}: names stand inside the frame', [y for y in heights if not 0 < y < float(view[1])], [])
        of = [f for f in firms if f[2] == parcel or f[0] in uses.get(parcel, ())]
        if of:
            expect(f'{status}: every year is told', md.count('| 2023 |') + md.count('| 2024 |') + md.count('| 2025 |') >= 1, True)
            check_public(out, parcel, of)
        public = explain(out, parcel, '--public')
        expect(f'{status}: no owner for the public', [p[k] for k in ('owner_name', 'owner_code', 'address') if p[k] and p[k] in public], [])
        expect(f'{status}: the same bytes', explain(out, parcel, '--format', 'html'), page)
    expect('there are names on the maps', labels > 0, True)
    # where its treatment changes stands there too, and not in public
    turns = list(csv.DictReader(open(os.path.join(out, 'tables', 'breakpoints.csv'), encoding='utf-8-sig', newline='')))
    t = next(t for t in turns if t['现值（万元）'] and ids.count(t['宗地代码']) == 1)
    at = f"{float(t['临界值（万元）']):,.9f}".rstrip('0').rstrip('.')
    holds('breakpoints', explain(out, t['宗地代码'], '--format', 'md'), f'| {at} |')
    expect('breakpoints in public', at in explain(out, t['宗地代码'], '--format', 'md', '--public'), False)
    # every reason of a parcel that has some stands in its dossier
    reasons = list(csv.DictReader(open(os.path.join(out, 'tables', 'reasons.csv'), encoding='utf-8-sig', newline='')))
    for parcel in ('350502901002GB00019', '350502901001GB00013'):
        md = explain(out, parcel, '--format', 'md').replace('\\', '')
        for r in (r for r in reasons if r['宗地代码'] == parcel and r['判定结果'] != '数据不足'):
            holds(parcel, md, r['说明'].removeprefix('疑似闲置（待调查认定）：'))
            holds(parcel, md, r['所用数据'])
            holds(parcel, md, f"规则 {r['规则']}")
    # two rows with one code; a code that is none; a folder that is none; a file that is there
    twice = next(i for i in ids if i and ids.count(i) > 1)
    holds('a repeated code', explain(out, twice), '这是第 2 行')
    twins, at_twice = [t for t in turns if ids.count(t['宗地代码']) > 1 and float(t['临界值（万元）'])], twice
    twice = twins[0]['宗地代码']
    twins = [t for t in twins if t['宗地代码'] == twice]
    expect('both rows have breakpoints', len({t['行号'] for t in twins}), 2)
    md = explain(out, twice, '--format', 'md')
    cells = [float(c.replace(',', '')) for c in re.findall(r'(?<=\| )-?[\d,]+(?:\.\d+)?(?= \|)', md)]
    for t in twins:
        at = float(t['临界值（万元）'])
        expect(f"breakpoint {at} of row {t['行号']} stands under that row alone", sum(abs(c - at) < 0.00006 for c in cells), 1)
    twice = at_twice
    line = explain(out, '350502901002GB0019', code=1)
    expect('one line', line.count('\n'), 1)
    holds('near codes', line, '350502901002GB00019')
    holds('no result', explain(d, twice, code=1), 'manifest.json')
    explain(out, twice, '--format', 'html', '-o', os.path.join(d, 'd.html'))
    explain(out, twice, '--format', 'html', '-o', os.path.join(d, 'd.html'), code=1)
    explain(out, twice, '--format', 'html', '-o', os.path.join(d, 'd.html'), '--overwrite')
    expect('a usage error', subprocess.run([MUJUN, 'explain', out], capture_output=True).returncode, 2)
    # grades
    graded = os.path.join(d, 'graded')
    analyze(graded, '--all-reasons', '--rules', 'national-idle-2012,huaian-2024', '--year', '2024', '--as-of', '2024-12-31')
    grade = next(g for g in csv.DictReader(open(os.path.join(graded, 'tables', 'grades.csv'), encoding='utf-8-sig', newline='')) if g['类别'])
    parcel = next(f[2] for f in firms if f[0] == grade['统一社会信用代码'] and f[2])
    md = explain(graded, parcel, '--format', 'md')
    holds('a grade', md, f"**{grade['类别']}**")
    holds('its name', md, grade['企业名称'])
    expect('no grade for the public', grade['统一社会信用代码'] in explain(graded, parcel, '--public', '--format', 'md'), False)
    # a 否 whose reasons were kept: the condition that failed, and by how much
    reason = next(r for r in csv.DictReader(open(os.path.join(graded, 'tables', 'reasons.csv'), encoding='utf-8-sig', newline=''))
                  if r['判定结果'] == '否' and r['差额'] and r['判定事项'] == '疑似闲置')
    md = explain(graded, reason['宗地代码'], '--format', 'md').replace('\\', '')
    holds('the reason of a no', md, f"| 否 | {reason['说明']} | {reason['数值']} |")
    expect('then nothing is held against it', '没有记载本宗地这一结论的依据' in md.split('## 低效用地')[0], False)
    # a GeoPackage of another run
    manifest = os.path.join(out, 'manifest.json')
    text = open(manifest, encoding='utf-8').read()
    open(manifest, 'w', encoding='utf-8').write(text.replace(json.loads(text)['run_id'], '0' * 16))
    holds('another run', explain(out, twice, code=1), '0000000000000000')

for f in failures:
    print(f)
print('the dossiers hold' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
