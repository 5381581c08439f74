#!/usr/bin/python3
"""fit.py MUJUN SAMPLE_PARK PARK.YAML DIR [--runs N] [--sizes 500,2000] : the standard-factory fit on the sample generator's parks, all three ways on all
industrial land. Prints seconds of the stage, CPU seconds of the fit alone (a run with it less one without), peak memory, and how much of what the norms
would let be covered is covered.

Fails where 2,000 parcels take the stage over 6 s (the least of the runs) and the CPU over 9 s, which a busy machine does not lengthen, or the process over 200 MB, or where four times the parcels take more than 5.2 times the CPU time (their parcels are not quite alike).
SAMPLE_PARK is the program mj_sample_park; what it writes stays in DIR."""
import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys

MOST_SECONDS, MOST_MB, MOST_GROWTH = 6, 200, 5.2


def run(command):
    """CPU seconds and peak MB of a command."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f'{command[0]} ended with {child.returncode}')
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def stage(out):
    with open(os.path.join(out, 'timings.json'), encoding='utf-8') as f:
        return next(s['seconds'] for s in json.load(f)['stages'] if s['stage'] == 'standard factories')


def covered(out):
    """Plates of the cleared parcel over the bound, the median: of all parcels, and of those that something fits on. The bound is the least of coverage x land, land
    less green and parking, and the buildable area where there is a column of it. The table has both as floor area at the most storeys, which is
    found by the land."""
    with open(os.path.join(out, 'manifest.json'), encoding='utf-8') as f:
        norms = {k: v['value'] for k, v in json.load(f)['parameters']['fit'].items() if v}
    db = sqlite3.connect(os.path.join(out, 'mujun.gpkg'))
    has = any(c[1] == 'buildable_m2' for c in db.execute('PRAGMA table_info(fit_options)'))
    rows = db.execute(f"SELECT plates_m2, ceiling_coverage_m2, ceiling_green_m2, land_m2, {'buildable_m2' if has else 'NULL'} FROM fit_options WHERE fit_way = 'rebuild' AND land_m2 > 0 "
                      'AND plates_m2 IS NOT NULL').fetchall()
    ratios = []
    for plates, coverage, green, land, buildable in rows:
        storeys = green / ((1 - norms['green_share'] - norms['parking_share']) * land)
        bound = min(coverage / storeys, green / storeys, *([buildable] if buildable is not None else []))
        if bound > 0:
            ratios.append(plates / bound)
    if max(ratios) > 1 + 1e-9:
        sys.exit(f'plates cover {max(ratios):.6f} of the bound')
    return statistics.median(ratios), statistics.median([r for r in ratios if r > 0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('mujun')
    parser.add_argument('sample')
    parser.add_argument('yaml')
    parser.add_argument('dir')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--sizes', type=lambda text: [int(n) for n in text.split(',')], default=[500, 2000], help='parcels; 2000 is measured for the limits, each against the one before for growth')
    a = parser.parse_args()
    bad, cpu_of = [], {}
    for n in a.sizes:
        park, out = os.path.join(a.dir, f'park-{n}'), os.path.join(a.dir, f'out-{n}')
        project = os.path.join(park, 'park.yaml')
        if not os.path.exists(project):
            os.makedirs(park, exist_ok=True)
            run([a.sample, park, str(n)])
        shutil.copy(a.yaml, project)
        rows = []
        for _ in range(a.runs):
            command = [a.mujun, 'analyze', project, '-o', out, '--only', 'csv', '--no-sync', '--overwrite', '--quiet', '--fit']
            with_it, without = run([*command, 'all']), None
            seconds = stage(out)
            without = run([*command, 'none'])
            rows.append((seconds, with_it[0] - without[0], run([a.mujun, 'fit', project, '--quiet'])[1] if n == 2000 and not rows else 0))
        seconds, cpu, peak = min(r[0] for r in rows), min(r[1] for r in rows), max(r[2] for r in rows)
        cpu_of[n] = cpu
        print(f'{n} parcels: the fit {seconds:.2f} s (cpu {cpu:.2f} s)' + (f', mujun fit peak {peak:.0f} MB' if peak else ''))
        if n == 2000 and seconds > MOST_SECONDS and cpu_of[n] > 1.5 * MOST_SECONDS:
            bad.append(f'over {MOST_SECONDS} s')
        if n == 2000 and peak > MOST_MB:
            bad.append(f'over {MOST_MB} MB')
    for small, large in zip(a.sizes, a.sizes[1:]):
        growth = cpu_of[large] / cpu_of[small]
        print(f'{large / small:.3g} times the parcels take {growth:.2f} times the CPU time')
        if growth > MOST_GROWTH * large / small / 4:
            bad.append(f'growth above {MOST_GROWTH}')
    out = os.path.join(a.dir, 'out-2000')
    run([a.mujun, 'fit', os.path.join(a.dir, 'park-2000', 'park.yaml'), '-o', out, '--only', 'gpkg', '--cap', '10', '--overwrite', '--quiet', '--no-sync'])
    every, fitting = covered(out)
    print(f'plates over what may be covered, without a cap: median {every:.3f}, {fitting:.3f} where something fits')
    if bad:
        sys.exit('; '.join(bad))


main()
