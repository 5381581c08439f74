#!/usr/bin/python3
"""test_hostile.py MUJUN: a park whose names are attacks goes through the whole program: every output parses, holds no live markup and no formula, and the names as
they are; the ledger names what is no text. report.html, mujun.qgs and what else stands in the manifest are looked at where they are written."""
import csv
import gzip
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from osgeo import ogr  # noqa: E402

import hostile_park  # noqa: E402
from hostile_park import PARK_NAME, TEXTS, ZONES, parcel_id  # noqa: E402

mujun = os.path.abspath(sys.argv[1])
csv.field_size_limit(1 << 30)
failures = []
NO_XML = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]')
STEERS = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')
KEPT = {name: text.strip(''.join(map(chr, range(33)))) for name, text in TEXTS.items()}  # blanks around a text are no part of it


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {str(got)[:300]!r}, want {str(want)[:300]!r}')


def none_of(what, found):
    if found:
        failures.append(f'{what}: {len(found)}, first {str(found[0])[:300]!r}')


def has_all(what, texts, wanted):
    none_of(f'{what}: names that are not as they were', [w for w in wanted if w not in texts])


def run(*words, code=0):
    r = subprocess.run([mujun, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    expect(' '.join(words)[:80], r.returncode, code)
    return r.stdout.decode('utf-8'), r.stderr.decode('utf-8')


def cleaned(text):
    return NO_XML.sub('\ufffd', text)


class Page(html.parser.HTMLParser):
    """Elements, attributes, texts and contents of scripts of a page, as a browser takes them apart."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.texts, self.scripts, self.open = [], [], [], [], None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, k, v or '') for k, v in attributes]
        self.open = tag if tag in ('script', 'style', 'title', 'textarea') else self.open
        if tag == 'script':
            self.scripts.append(['', dict(attributes)])

    def handle_endtag(self, tag):
        self.open = None if tag == self.open else self.open

    def handle_data(self, data):
        if self.open == 'script':
            self.scripts[-1][0] += data
        elif self.open != 'style':
            self.texts.append(data)


# what pages of ours are made of; an img or an iframe is none of it
TAGS = set('html head meta title style script body header main footer section article nav aside div span p br hr h1 h2 h3 h4 h5 h6 a b i em strong small sub sup code pre '
           'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td button input select option label form fieldset legend details summary '
           'svg g path rect circle line polyline polygon text tspan defs pattern use symbol clippath marker canvas figure figcaption noscript datalist output progress abbr mark time'.split())


def page(what, text):
    """No element, attribute or script that we did not write; returns what a reader reads."""
    p = Page(text)
    none_of(f'{what}: foreign elements', sorted(set(p.tags) - TAGS))
    none_of(f'{what}: attributes that run', [a for a in p.attributes if a[1].startswith('on') or re.match(r'\s*(javascript|data:text)', a[2], re.I)])
    none_of(f'{what}: addresses outside', [a for a in p.attributes if a[1] in ('src', 'href', 'action', 'xlink:href') and re.match(r'\s*(https?:)?//', a[2])])
    for body, attributes in p.scripts:
        if 'json' in attributes.get('type', ''):
            json.loads(body)
        elif any(text in body for text in ('alert(1)', 'attacker.example')):
            failures.append(f'{what}: a name in a script')
    return ' '.join(p.texts)


def packed(text):
    """Data blocks of a page that are gzip in base64, unpacked."""
    import base64
    found = ''
    for block in re.findall(r'[A-Za-z0-9+/=\n]{200,}', text):
        try:
            found += gzip.decompress(base64.b64decode(block)).decode('utf-8')
        except (ValueError, OSError, EOFError):
            pass
    return found


def formula(cell):
    """Would a spreadsheet run it?"""
    bare = cell.lstrip(' \u00a0')
    if len(bare) < 2 or bare[0] not in '=+-@\t\r＝＋－＠':
        return False
    try:
        return not float(bare.replace(',', '')) < float('inf')
    except ValueError:
        return True


def tables(folder, files):
    names = [f for f in files if f.endswith('.csv')]
    expect('there are tables', len(names) > 20, True)
    seen = set()
    for name in names:
        with open(os.path.join(folder, name), encoding='utf-8-sig', newline='') as f:
            rows = list(csv.reader(f, strict=True))
        expect(f'{name}: as many cells in every row', len({len(r) for r in rows}), 1)
        none_of(f'{name}: formulas', [c for r in rows for c in r if formula(c)])
        none_of(f'{name}: no text', [c for r in rows for c in r if NO_XML.search(c)])
        seen.update(c for r in rows for c in r)
    guarded = {("'" if formula(t) else '') + cleaned(t) for t in KEPT.values()}
    has_all('tables', seen, guarded)


def layers(folder, files):
    for name in [f for f in files if f.endswith(('.geojson', '.json'))]:
        with open(os.path.join(folder, name), encoding='utf-8') as f:
            json.load(f)
    with open(os.path.join(folder, 'enterprises.geojson'), encoding='utf-8') as f:
        has_all('enterprises.geojson', {x['properties']['enterprise_name'] for x in json.load(f)['features']}, KEPT.values())
    gpkg = ogr.Open(os.path.join(folder, 'mujun.gpkg'))
    ids = {parcel_id(name) for name in TEXTS}
    for layer, field, wanted in (('parcels', 'owner_name', KEPT.values()), ('enterprises', 'enterprise_name', KEPT.values()), ('projects', 'project_name', KEPT.values()),
                                 ('zones', 'zone', [KEPT[z] for z in ZONES]), ('parcels', 'parcel_id', ids)):
        has_all(f'mujun.gpkg {layer}', {f.GetField(field) for f in gpkg.GetLayer(layer)}, wanted)
    styles = gpkg.GetLayer('layer_styles')
    for f in styles:
        ET.fromstring(f.GetField('styleQML'))
    for name in [f for f in files if f.endswith(('.qml', '.qgs', '.svg', '.xml'))]:
        project(name, ET.parse(os.path.join(folder, name)))


def project(name, tree):
    """A name in a project must not be an expression of QGIS, which runs what stands between [% and %] in labels and layouts. A title is only shown."""
    for e in tree.iter():
        for text in [e.text or '', *e.attrib.values()] if e.tag not in ('qgis', 'title') else []:
            run = re.findall(r'\[%(.*?)%\]', text, re.S)
            none_of(f'{name}: a name that is an expression in <{e.tag}>', [r for r in run if 'HOME' in r or 'eval(' in r or '1+1' in r])


def workbook(folder):
    import openpyxl
    path = os.path.join(folder, 'summary.xlsx')
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            if name.endswith(('.xml', '.rels')):
                ET.fromstring(z.read(name))
            if name.endswith('.rels'):
                none_of(f'summary.xlsx {name}: links outside', re.findall(rb'Target="(?:https?:|file:|//|\\\\)[^"]*"', z.read(name)))
    seen, formulas = set(), []
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == 'f' and ours(cell.value) is False:
                    formulas.append(f'{sheet.title} {cell.coordinate} {cell.value}')
                elif isinstance(cell.value, str):
                    seen.add(shown(cell.value))
    none_of('summary.xlsx: formulas', formulas)
    has_all('summary.xlsx', seen, [cleaned(t) for t in KEPT.values()])


def ours(value):
    """Formulas of the workbook itself are sums and the like over its own cells, and links within it."""
    return not any(t in value for t in ('cmd', 'attacker', '1+1', 'DDE', '!A0', 'WEBSERVICE'))


def shown(value):
    """What Excel shows for what the file holds: _xHHHH_ is the character."""
    return re.sub('_x([0-9A-Fa-f]{4})_', lambda m: chr(int(m.group(1), 16)), value)


def terminal(text, what):
    none_of(f'{what}: characters that steer a terminal', [line for line in text.split('\n') if STEERS.search(line)])


MARKS = re.compile(r'(?<!\\)(?:\\\\)*([<\[`*_])')


def dossiers(out):
    for name in TEXTS:
        text, _ = run('explain', out, '--', parcel_id(name))
        terminal(text, f'dossier of {name}')
        markdown, _ = run('explain', out, '--format', 'md', '--', parcel_id(name))
        terminal(markdown, f'Markdown of {name}')
        none_of(f'Markdown of {name}: markup', [line for line in markdown.split('\n') for m in MARKS.finditer(line) if m.group(1) in '<['])
        dossier, _ = run('explain', out, '--format', 'html', '--', parcel_id(name))
        read = page(f'dossier of {name}', dossier)
        if not NO_XML.search(KEPT[name]) and '\n' not in KEPT[name]:
            expect(f'dossier of {name} has it', KEPT[name] in read, True)
    for name in ('script', 'image', 'quotes', 'long', 'emoji', 'template'):
        firm, _ = run('explain', out, '--format', 'html', '--enterprise', KEPT[name])
        expect(f'dossier of the enterprise {name} has it', KEPT[name] in page(f'enterprise {name}', firm), True)
    public, _ = run('explain', out, '--public', '--format', 'html', '--', parcel_id('control'))
    page('public dossier', public)


def ledger(folder):
    with open(os.path.join(folder, 'ledger.csv'), encoding='utf-8-sig', newline='') as f:
        rows = list(csv.reader(f))
    told = [r for r in rows if 'TEXT_CONTROL' in r]
    odd = [n for n, t in TEXTS.items() if re.search('[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]', t.strip())]
    expect('odd texts', sorted(odd), ['control', 'not a character', 'right to left'])
    # names of owners, places and uses of land; of buildings three columns; of enterprises a year; of projects two columns; of units three; of contracts one
    expect('the ledger names every text of the parcels that is none', sum('parcels' in r or '宗地' in r for r in told), 3 * len(odd))
    expect('and of the enterprises', sum('enterprises' in r or '企业' in r for r in told), 3 * len(odd))
    none_of('a finding is shown as it was', [c for r in told for c in r if NO_XML.search(c)])


def summary(text, what):
    terminal(text, what)
    expect(f'{what} has the zones', '=cmd|' in text and ']]>' in text, True)


work = tempfile.mkdtemp()
park = hostile_park.make(os.path.join(work, 'park'))
for lang in ('zh', 'en'):
    out = os.path.join(work, lang)
    text, _ = run('analyze', park, '-o', out, '--lang', lang)
    summary(text, f'summary {lang}')
    with open(os.path.join(out, 'manifest.json'), encoding='utf-8') as f:
        manifest = json.load(f)
    expect('the manifest has the name of the park', manifest['park'], PARK_NAME)
    files = [o['file'] for o in manifest['outputs']]
    tables(out, files)
    layers(out, files)
    workbook(out)
    ledger(out)
    for name in [f for f in files if f.endswith('.html')]:
        with open(os.path.join(out, name), encoding='utf-8') as f:
            whole = f.read()
        read = page(name, whole) + packed(whole)
        expect(f'{name} has the name of the park', PARK_NAME in read or json.dumps(PARK_NAME, ensure_ascii=False)[1:-1] in read, True)
_, err = run('analyze', park, '-o', os.path.join(work, 'events'), '--progress=json', '--only', 'csv')
for line in err.splitlines():
    json.loads(line)
fit, _ = run('fit', park, parcel_id('script'), '--lang', 'zh')
terminal(fit, 'fit')
check, _ = run('check', park, '--lang', 'zh')
terminal(check, 'check')
dossiers(os.path.join(work, 'zh'))
for ending in ('csv', 'json'):
    rows, _ = run('query', os.path.join(work, 'zh'), 'SELECT enterprise_name FROM enterprises', '--format', ending)
    if ending == 'json':
        json.loads(rows)
    else:
        none_of('query: formulas', [r[0] for r in csv.reader(io.StringIO(rows.lstrip('\ufeff'), newline='')) if formula(r[0])])
asked, _ = run('query', os.path.join(work, 'zh'), 'SELECT enterprise_name FROM enterprises')
terminal(asked, 'query')
_, err = run('explain', os.path.join(work, 'zh'), '--', 'none \x1b[31m\u202e', code=1)
terminal(err, 'an error')
shutil.rmtree(work, ignore_errors=True)
for f in failures:
    print(f)
print('hostile names are texts everywhere' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
