#!/usr/bin/python3
"""equal.py MUJUN DATA_DIR : every file of a whole analysis (fit of the candidates too) is the same, byte by byte, for 1, 2, 3 and 7 threads.

timings.json is exempt. The manifest, with its run id, is not."""
import hashlib
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import tools  # noqa: E402

THREADS = (1, 2, 3, 7)


def result(program, data, threads):
    """file below the result -> its digest"""
    folder = os.path.join(data, 'equal', str(threads))
    os.makedirs(folder)
    os.symlink(data, os.path.join(folder, 'data'))
    command = tools.mujun(program, True).prepare(folder)
    command[command.index('none')] = 'candidates'
    subprocess.run(command + ['--threads', str(threads)], cwd=folder, check=True)
    root, digests = os.path.join(folder, 'result'), {}
    for path, _, names in os.walk(root):
        for name in names:
            file = os.path.join(path, name)
            with open(file, 'rb') as f:
                digests[os.path.relpath(file, root)] = hashlib.sha256(f.read()).hexdigest()
    del digests['timings.json']
    return digests


def main():
    data = os.path.abspath(sys.argv[2])
    shutil.rmtree(os.path.join(data, 'equal'), ignore_errors=True)
    results = {n: result(sys.argv[1], data, n) for n in THREADS}
    one, bad = results[THREADS[0]], 0
    for n in THREADS[1:]:
        for name in sorted(one.keys() | results[n].keys()):
            if one.get(name) != results[n].get(name):
                print(f'{name} differs between {THREADS[0]} and {n} threads')
                bad += 1
    need = {'manifest.json', 'parcels.geojson', 'mujun.gpkg', 'summary.xlsx', 'tables/parcels.csv', 'ledger.csv'} - one.keys()
    if need:
        sys.exit(f'not written: {sorted(need)}; there are {sorted(one)}')
    if bad:
        sys.exit(f"the results are kept in {os.path.join(data, 'equal')}")
    print(f'{len(one)} files are the same for {", ".join(map(str, THREADS))} threads')
    shutil.rmtree(os.path.join(data, 'equal'))


main()
