#!/usr/bin/python3
"""map_pictures.py MUJUN PARK_FOLDER DOCS_FOLDER: the picture of docs/ that `mujun map` draws of the sample, from a run of today.
Run by hand when a style or the map changes: python3 tests/cases/map_pictures.py build/release/src/cli/mujun samples/park docs"""
import os
import subprocess
import sys
import tempfile

mujun, park, docs = sys.argv[1:4]
with tempfile.TemporaryDirectory() as work:
    out = os.path.join(work, 'out')
    subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--quiet', '--only', 'gpkg', '--lang', 'zh'], check=True)
    subprocess.run([mujun, 'map', out, '--theme', 'status', '--size', '1200', '-o', os.path.join(docs, 'sample-map.png'), '--overwrite'], check=True)
