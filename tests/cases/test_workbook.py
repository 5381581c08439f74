#!/usr/bin/python3
"""test_workbook.py RESULT_FOLDER: LibreOffice opens the workbook and, saved again by it, every cell of every sheet has the same value.
Links lead where they say, charts show cells that are there, shares are in percent, and every sheet prints with its heading.

Exit 77 (skipped) where LibreOffice or openpyxl is not installed."""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as ET
import zipfile

try:
    import openpyxl
except ImportError:
    print('skipped: openpyxl is not installed')
    sys.exit(77)
office = shutil.which('soffice') or shutil.which('libreoffice')
if not office:
    print('skipped: LibreOffice is not installed')
    sys.exit(77)

warnings.filterwarnings('ignore', message='.*extension is not supported')  # bars in cells
source = os.path.join(os.path.abspath(sys.argv[1]), 'summary.xlsx')
folder = tempfile.mkdtemp(prefix='mujun-office-')
subprocess.run([office, f'-env:UserInstallation=file://{folder}/profile', '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', folder, source],
               check=True, capture_output=True, timeout=300)


def cells(path):
    book = openpyxl.load_workbook(path)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value is not None}, [s.title for s in book]


ours, our_sheets = cells(source)
theirs, their_sheets = cells(os.path.join(folder, 'summary.xlsx'))
shutil.rmtree(folder)
failures = []
if our_sheets != their_sheets:
    failures.append(f'sheets differ: {our_sheets} and {their_sheets}')
if len(ours) < 1000:
    failures.append(f'only {len(ours)} cells')
for key in ours.keys() | theirs.keys():
    a, b = ours.get(key), theirs.get(key)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        same = abs(a - b) <= 1e-9 * max(1, abs(a))  # LibreOffice keeps 15 digits
    else:
        same = a == b
    if not same:
        failures.append(f'{key}: {a!r} became {b!r}')
    if isinstance(a, str) and a.startswith('=') and theirs.get(key) != a:
        failures.append(f'{key}: text that looks like a formula did not stay text')
book = openpyxl.load_workbook(source)
front, tables = book.worksheets[0], book.worksheets[1:]
wrapped = 0
for sheet in tables:
    for cell in (c for row in sheet.iter_rows(min_row=2) for c in row if c.alignment.wrap_text and isinstance(c.value, str)):
        width = sheet.column_dimensions[cell.column_letter].width
        cells_wide = sum(2 if ord(c) > 0x2E7F else 1 for c in cell.value)
        if cells_wide > width:
            wrapped += 1
            if (sheet.row_dimensions[cell.row].height or 15) < 30:
                failures.append(f'{sheet.title}!{cell.coordinate}: a sentence of {cells_wide} cells stands in one line of {width:g}')
if not wrapped:
    failures.append('no sentence is wrapped')


def check(ok, what):
    if not ok:
        failures.append(what)


# every sheet: heading frozen, repeated and filtered, A4 across, the sheet's name and pages below
folder_of = os.path.abspath(sys.argv[1])
chinese = front.title == '首页'
for sheet in tables:
    last = f'{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}'
    check(sheet.freeze_panes == 'B2', f'{sheet.title}: frozen at {sheet.freeze_panes}')
    check(sheet.print_title_rows == '$1:$1', f'{sheet.title}: repeats {sheet.print_title_rows}')
    check(sheet.title in ('总览', 'Overview') or sheet.auto_filter.ref == f'A1:{last}', f'{sheet.title}: filter {sheet.auto_filter.ref}, data to {last}')
    check(sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, f'{sheet.title}: not fitted to the width')
    check(all(c.value and c.font.b for c in sheet[1]), f'{sheet.title}: a column without a heading')
for sheet in book:
    check(sheet.page_setup.orientation == 'landscape' and sheet.page_setup.paperSize == 9, f'{sheet.title}: not A4 across')
    foot = sheet.oddFooter
    check('&A' in (foot.center.text or '') and '&P' in (foot.right.text or '') and '&N' in foot.right.text, f'{sheet.title}: footer {foot.center.text} {foot.right.text}')
    fonts = {c.font.name for row in sheet.iter_rows() for c in row if c.value is not None}
    check(not chinese or fonts <= {'Microsoft YaHei'}, f'{sheet.title}: fonts {fonts}')

# links: the contents name every sheet, candidates lead to their own row
report = os.path.exists(os.path.join(folder_of, 'report.html'))
inside = outside = 0
for sheet in book:
    for cell in (c for row in sheet.iter_rows() for c in row if c.hyperlink):
        if cell.hyperlink.target:
            outside += 1
            check(report and cell.hyperlink.target == 'report.html' and cell.hyperlink.location.startswith('p='), f'{sheet.title}!{cell.coordinate}: leads to {cell.hyperlink.target}')
            continue
        inside += 1
        name, place = re.fullmatch(r"'(.+)'!([A-Z]+[0-9]+)", cell.hyperlink.location).groups()
        check(name.replace("''", "'") in book.sheetnames, f'{sheet.title}!{cell.coordinate}: no sheet {name}')
        if sheet.title in ('候选地块', 'Candidates'):
            check(book[name][place].value == cell.value, f'{cell.coordinate}: {cell.value} leads to {book[name][place].value}')
contents = {c.value for row in front.iter_rows() for c in row if c.hyperlink}
check(set(book.sheetnames[1:]) <= contents, f'the contents lack {set(book.sheetnames[1:]) - contents}')
candidates = book['候选地块' if chinese else 'Candidates']
check(all(row[0].hyperlink for row in candidates.iter_rows(min_row=2)), 'a candidate without a link')
check(not report or outside == candidates.max_row - 1, f'{outside} links to the report')

# the ranked list: 1, 2, 3 and so on, in the CSV as in the sheet
rows = list(csv.reader(open(os.path.join(folder_of, 'tables', 'candidates.csv'), encoding='utf-8-sig', newline='')))
check([r[1] for r in rows[1:]] == [str(i) for i in range(1, len(rows))], 'candidates.csv does not stand in order of rank')
check([r[0] for r in rows[1:]] == [r[0].value for r in candidates.iter_rows(min_row=2)], 'sheet and CSV of candidates differ in order')

# charts: every range is a column of its table, categories are texts or years, values are numbers, none is the row of the whole park
charts = 0
with zipfile.ZipFile(source) as z:
    for name in (n for n in z.namelist() if n.startswith('xl/charts/chart')):
        charts += 1
        refs = [e.text for e in ET.fromstring(z.read(name)).iter('{http://schemas.openxmlformats.org/drawingml/2006/chart}f')]
        check(len(refs) >= 2, f'{name}: shows nothing')
        for ref in refs:
            sheet_name, column, first, last = re.fullmatch(r"'?(.+?)'?!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", ref).groups()
            values = [book[sheet_name][f'{column}{i}'].value for i in range(int(first), int(last) + 1)]
            check(int(first) == 2 and int(last) <= book[sheet_name].max_row, f'{name}: {ref} is outside the data')
            check(not {'全园区', '片区外', 'park', 'outside every zone'} & set(values), f'{name}: {ref} holds the sum')
            check(len({type(v) is str for v in values}) == 1 and None not in values, f'{name}: {ref} is {values}')
check(charts == 3, f'{charts} charts')

# the figures of the front are those of the sheets
targets = book['目标' if chinese else 'Targets']
park_year = {r[4].value: r for r in targets.iter_rows(min_row=2) if r[2].value is None and r[3].value in (None, 2025)}
shown = 0
for row in front.iter_rows():
    text = row[0].value
    whole = park_year.get(text) or next((r for t, r in park_year.items() if isinstance(text, str) and text.endswith('…') and t.startswith(text[:-1])), None)
    if whole:
        shown += 1
        check((row[3].value, row[4].value, row[6].value) == (whole[5].value, whole[6].value, whole[7].value), f'front: {text}')
check(shown == min(18, len(park_year)) and shown > 3, f'{shown} targets of {len(park_year)} on the front')

# shares are in percent, and nothing else is
definitions = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'include', 'mujun', 'columns.def')
share = {(m[1], m[3 if chinese else 4]) for m in re.finditer(r'^COLUMN\((\w+), (\w+), MJ_F64, "share", -?\d+, "([^"]*)", "([^"]*)"', open(definitions, encoding='utf-8').read(), re.M)}
known = {f'COLUMN({m[1]}, ' + m[2] for m in re.finditer(r'^COLUMN\((\w+), \w+, MJ_F64, "[^"]*", -?\d+, "([^"]*)"', open(definitions, encoding='utf-8').read(), re.M)}
check(len(share) > 20, 'columns.def names few shares')
layers = {'zones': '片区', 'status': '状态', 'sizes': '用地规模', 'composition': '产业构成', 'factory_use': '厂房利用', 'targets': '目标', 'parcels': '宗地', 'fit_zones': '可建方案汇总', 'projects': '项目', 'fit_options': '改造方式比较'}
percents = 0
for layer, title in layers.items():
    sheet = book[title] if title in book.sheetnames else None
    for column in sheet.iter_cols() if sheet else ():
        heading = re.sub('（.*', '', column[0].value)
        formats = {c.number_format for c in column[1:] if isinstance(c.value, (int, float))}
        is_share = (layer, heading) in share
        if not is_share and f'COLUMN({layer}, ' + heading not in known:
            continue  # a rulebook's own column
        percents += is_share and bool(formats)
        check(all(f.endswith('%') == is_share for f in formats), f'{title}, {heading}: {formats}')
        check(not is_share or '（' not in column[0].value or '登记' in column[0].value, f'{title}: a share with a unit, {column[0].value}')
check(percents > 8 or not chinese, f'{percents} columns in percent')
for f in failures[:20]:
    print(f)
print(f'LibreOffice reads the same {len(ours)} cells' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
