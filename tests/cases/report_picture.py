#!/usr/bin/python3
"""report_picture.py MUJUN PARK_FOLDER DOCS_FOLDER: docs/sample-report.png, the report of the sample in Chromium. Run by hand when the page changes."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import browser  # noqa: E402

mujun, park, docs = sys.argv[1:4]
out = tempfile.mkdtemp(prefix='mujun-picture-')
subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--overwrite', '--quiet', '--lang', 'zh', '--only', 'html'], check=True)
with browser.Page(os.path.join(out, 'report.html'), width=1200, height=860) as page:
    page.select('#f-zone', '中部片区')
    page.run('choose(state.parcels.rowsOf("status", "idle").find(i => state.shown[i]), "map")')
    page.run('document.activeElement.blur(); document.documentElement.style.overflow = "hidden"; window.scrollTo(0, 0)')
    page.picture(os.path.join(docs, 'sample-report.png'))
