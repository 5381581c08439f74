#!/usr/bin/python3
"""picture_workbook.py MUJUN PARK_FOLDER DOCS_FOLDER: docs/sample-workbook.png, the front page of the sample's workbook as LibreOffice prints it.
Run by hand when the page changes: python3 tests/cases/picture_workbook.py build/release/src/cli/mujun samples/park docs (needs soffice and pdftoppm)"""
import os
import subprocess
import sys
import tempfile

WIDTH = 1120

mujun, park, docs = map(os.path.abspath, sys.argv[1:4])
with tempfile.TemporaryDirectory() as folder:
    out = os.path.join(folder, 'out')
    subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--quiet', '--lang', 'zh', '--only', 'xlsx'], check=True)
    subprocess.run(['soffice', f'-env:UserInstallation=file://{folder}/profile', '--headless', '--convert-to', 'pdf', '--outdir', folder,
                    os.path.join(out, 'summary.xlsx')], check=True, capture_output=True)
    subprocess.run(['pdftoppm', '-png', '-f', '1', '-l', '1', '-singlefile', '-scale-to-x', str(WIDTH), '-scale-to-y', '-1',
                    os.path.join(folder, 'summary.pdf'), os.path.join(docs, 'sample-workbook')], check=True)
size = os.path.getsize(os.path.join(docs, 'sample-workbook.png'))
if size > 200_000:
    sys.exit(f'sample-workbook.png has {size} bytes')
print(f'sample-workbook.png, {size} bytes')
