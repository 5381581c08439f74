#!/usr/bin/python3
"""pack.py ZIP TOP FILE...: a zip with the files under one folder TOP, the same bytes for the same contents.

Sorted names, one date, no compression (whose bytes depend on the version of zlib), no owner."""
import os
import sys
import zipfile

target, top, *files = sys.argv[1:]
with zipfile.ZipFile(target + '.part', 'w', zipfile.ZIP_STORED) as z:
    for path in sorted(files, key=os.path.basename):
        entry = zipfile.ZipInfo(f'{top}/{os.path.basename(path)}', (2020, 1, 1, 0, 0, 0))
        entry.create_system, entry.external_attr = 3, 0o100644 << 16
        with open(path, 'rb') as f:
            z.writestr(entry, f.read())
os.replace(target + '.part', target)
