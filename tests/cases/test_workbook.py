#!/usr/bin/python3
"""test_workbook.py RESULT_FOLDER: LibreOffice opens the workbook and, saved again by it, every cell of every sheet has the same value.

Exit 77 (skipped) where LibreOffice or openpyxl is not installed."""
import os
import shutil
import subprocess
import sys
import tempfile

try:
    import openpyxl
except ImportError:
    print('skipped: openpyxl is not installed')
    sys.exit(77)
office = shutil.which('soffice') or shutil.which('libreoffice')
if not office:
    print('skipped: LibreOffice is not installed')
    sys.exit(77)

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
wrapped = 0
for sheet in openpyxl.load_workbook(source):
    for cell in (c for row in sheet.iter_rows(min_row=2) for c in row if c.alignment.wrap_text and isinstance(c.value, str)):
        width = sheet.column_dimensions[cell.column_letter].width
        cells_wide = sum(2 if ord(c) > 0x2E7F else 1 for c in cell.value)
        if cells_wide > width:
            wrapped += 1
            if (sheet.row_dimensions[cell.row].height or 15) < 30:
                failures.append(f'{sheet.title}!{cell.coordinate}: a sentence of {cells_wide} cells stands in one line of {width:g}')
if not wrapped:
    failures.append('no sentence is wrapped')
for f in failures[:20]:
    print(f)
print(f'LibreOffice reads the same {len(ours)} cells' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
