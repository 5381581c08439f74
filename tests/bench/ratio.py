#!/usr/bin/python3
"""ratio.py MUJUN DATA_DIR [--check] [--runs N] [--max-ratio R] [--max-judge R] [--max-all R] : the main job and the check of the data beside ogr2ogr's copy of the parcel layer, in turn.

Prints wall and CPU seconds and peak memory of all (medians) and the median of the ratios run by run; exit 1 above --max-ratio (the job; the check
may take as long as the copy).
--max-judge also judges by every shipped rulebook together, in turn with the copy: the median ratio of the time of that stage, exit 1 above R.
--max-all also writes everything by three rulebooks, in turn with the copy: the median ratio of the run, exit 1 above R.
DATA_DIR is what gen.py wrote. Output goes to a temporary folder inside it, which is removed."""
import argparse
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import measure  # noqa: E402
import tools  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = os.path.join(tempfile.gettempdir(), f'mujun-ratio-{os.getpid()}.log')


def run(command):
    """The measure.Cost of a command."""
    try:
        return measure.run(command, os.getcwd(), log=LOG)
    except measure.Failed as e:
        with open(LOG, encoding='utf-8') as f:
            sys.exit(f'{command[0]} {e}: {f.read()}')


def judge_ratio(mujun, data, ogr, out, runs):
    """The stage 'apply rulebooks' with all rulebooks of rules/, over the copy in the same turn: median ratio and seconds."""
    rules = sorted(os.path.basename(f)[:-5] for f in glob.glob(os.path.join(HERE, '..', '..', 'rules', '*.yaml')))
    rules = [r for r in rules if r not in ('checks', 'fit')]  # norms, no rulebooks
    project, folder = os.path.join(data, 'all-rules.yaml'), os.path.join(out, 'all')
    with open(project, 'w', encoding='utf-8') as f:
        f.write(tools.PROJECT.format(data='', rules=', '.join(rules)))
    seconds, ratios = [], []
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        run([mujun, 'analyze', project, '-o', folder, '--only', 'csv', '--fit', 'none', '--no-sync', '--overwrite', '--quiet'])
        with open(os.path.join(folder, 'timings.json'), encoding='utf-8') as f:
            seconds.append(next(s['seconds'] for s in json.load(f)['stages'] if s['stage'] == 'apply rulebooks'))
        ratios.append(seconds[-1] / run(ogr)[0])
    print(f'{len(rules)} rulebooks judged: {statistics.median(seconds):.3f} s (least {min(seconds):.3f}), ratio to the copy {statistics.median(ratios):.3f}')
    return statistics.median(ratios)


def everything_ratio(mujun, data, ogr, out, runs):
    """A run that writes every file by three rulebooks, over the copy in the same turn: median ratio."""
    project = os.path.join(data, 'everything.yaml')
    with open(project, 'w', encoding='utf-8') as f:
        f.write(tools.PROJECT.format(data='', rules=', '.join([tools.OWN, *tools.MORE_RULES])))
    costs, ratios = [], []
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        costs.append(run([mujun, 'analyze', project, '-o', os.path.join(out, 'everything'), '--fit', 'none', '--no-sync', '--quiet']))
        ratios.append(costs[-1][0] / run(ogr)[0])
    wall, cpu, peak = (statistics.median(c[k] for c in costs) for k in range(3))
    print(f'everything: wall {wall:.3f} s, cpu {cpu:.3f} s, peak {peak:.0f} MB, ratio to the copy {statistics.median(ratios):.3f}')
    return statistics.median(ratios)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('mujun')
    parser.add_argument('data')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--max-ratio', type=float)
    parser.add_argument('--max-judge', type=float)
    parser.add_argument('--max-all', type=float)
    parser.add_argument('--check', action='store_true', help='compare the answer with reference-2000.csv')
    a = parser.parse_args()
    project, out = os.path.join(a.data, 'bench.yaml'), os.path.join(a.data, 'out')
    with open(project, 'w', encoding='utf-8') as f:
        f.write(tools.PROJECT.format(data='', rules=os.path.join(HERE, 'bench.yaml')))
    copy = os.path.join(out, 'copy.geojson')
    job = [a.mujun, 'analyze', project, '-o', os.path.join(out, 'mujun'), '--only', 'geojson,csv', '--fit', 'none', '--no-sync', '--overwrite', '--quiet']
    check = [a.mujun, 'check', project, '-o', os.path.join(out, 'check'), '--no-sync', '--overwrite', '--quiet']
    ogr = ['ogr2ogr', '-f', 'GeoJSON', '-t_srs', 'EPSG:4326', copy, os.path.join(a.data, 'parcels.gpkg')]
    rows = {'mujun': [], 'check': [], 'copy': []}

    def measure(n):
        for _ in range(n):
            shutil.rmtree(out, ignore_errors=True)
            os.makedirs(out)
            rows['mujun'].append(run(job))
            rows['check'].append(run(check))
            rows['copy'].append(run(ogr))
        return [statistics.median(m[0] / c[0] for m, c in zip(rows[k], rows['copy'])) for k in ('mujun', 'check')]

    def too_slow(ratios):
        return a.max_ratio is not None and (ratios[0] > a.max_ratio or ratios[1] > 1)

    measure(1)  # warms the cache and is not counted
    for r in rows.values():
        r.clear()
    ratios = measure(a.runs)
    if too_slow(ratios):
        print(f'ratios {ratios[0]:.3f}, {ratios[1]:.3f} after {a.runs} runs: as many again, and the medians of all')
        ratios = measure(a.runs)
    for name, label in (('mujun', 'mujun, whole job'), ('check', 'mujun check, all outputs'), ('copy', 'ogr2ogr, copy of the parcels')):
        wall, cpu, peak = (statistics.median(r[k] for r in rows[name]) for k in range(3))
        print(f'{label:30s} wall {wall:7.3f} s   cpu {cpu:7.3f} s   peak {peak:6.0f} MB')
    print(f"wall ratio {ratios[0]:.3f}, of the check {ratios[1]:.3f} (medians of {len(rows['copy'])} runs)")
    bad = a.check and subprocess.call(['/usr/bin/python3', os.path.join(HERE, 'agree.py'), os.path.join(HERE, 'reference-2000.csv'), os.path.join(out, 'mujun'), a.data])
    judged = judge_ratio(a.mujun, a.data, ogr, out, a.runs) if a.max_judge else 0
    whole = everything_ratio(a.mujun, a.data, ogr, out, a.runs) if a.max_all else 0
    shutil.rmtree(out, ignore_errors=True)
    if whole > (a.max_all or 0):
        sys.exit(f'the ratio of writing everything is above {a.max_all}')
    if judged > (a.max_judge or 0):
        sys.exit(f'the ratio of judging by all rulebooks is above {a.max_judge}')
    if too_slow(ratios):
        sys.exit(f'the ratio is above {a.max_ratio}, or that of the check above 1')
    sys.exit(1 if bad else 0)


try:
    main()
finally:
    if os.path.exists(LOG):
        os.remove(LOG)
