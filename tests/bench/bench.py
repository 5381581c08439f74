#!/usr/bin/python3
"""bench.py MUJUN BUILD_BENCH N... [--runs R] [--tools A,B] [--record FILE] : the same job by mujun and by other tools, in turn; tests/bench/README.md reads the table.

BUILD_BENCH/N is what gen.py wrote, BUILD_BENCH/venv what --peers of run.sh installed. Results lie in BUILD_BENCH/N/out while it runs."""
import argparse
import concurrent.futures
import json
import os
import shutil
import signal
import statistics
import sys

sys.dont_write_bytecode = True
import agree  # noqa: E402
import measure  # noqa: E402
import table  # noqa: E402
import tools  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


class Row:
    """A tool at one size: its costs by turn, the seconds of its stages, what became of it."""

    def __init__(self, tool):
        self.tool, self.turns, self.stages, self.failed, self.agrees = tool, {}, [], '', ''

    def counted(self):
        """The turns that count: the first is dropped, unless it is the only one."""
        return [t for t in self.turns if t] or list(self.turns)

    def median(self, field):
        return statistics.median(getattr(self.turns[t], field) for t in self.counted())

    def ratio(self, other):
        """Median of the wall time over that of another in the same turn."""
        pairs = [self.turns[t].wall / other.turns[t].wall for t in self.counted() if t in other.turns]
        return statistics.median(pairs) if pairs else None

    def wanted(self, runs):
        """Runs after the first: an odd number, fewer for the slow, none above a minute."""
        wall = self.turns[0].wall
        return runs if wall < 10 else min(runs, 3) if wall < 60 else 0

    def profile(self):
        """stage -> median seconds, in the order of the program."""
        last = [s for i, s in enumerate(self.stages) if i] or self.stages
        return {name: statistics.median(s.get(name, 0) for s in last) for name in last[0]} if last else {}


def turn(row, number, data, out):
    """Runs a tool once in a new folder."""
    folder = os.path.join(out, row.tool.name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.symlink(data, os.path.join(folder, 'data'))
    log = os.path.join(out, row.tool.name + '.log')
    try:
        row.turns[number] = measure.run(row.tool.prepare(folder), folder, row.tool.server, row.tool.env, log)
    except measure.Failed as e:
        with open(log, encoding='utf-8', errors='replace') as f:
            row.failed = f"{e}: {(f.read().strip().splitlines() or [''])[-1][:200]}"
        return
    timings = os.path.join(folder, 'result', 'timings.json')
    if os.path.exists(timings):
        with open(timings, encoding='utf-8') as f:
            row.stages.append({s['stage']: s['seconds'] for s in json.load(f)['stages']})


def compare(base, answers, data):
    """(label, folder, loose) of each answer against base, a folder or the reference: label -> what differs, as lines."""
    first = agree.load(base)
    return {label: agree.differences(first, agree.load(folder), loose, data) for label, folder, loose in answers if folder != base}


def check(rows, data, out, n):
    """Compares every answer with PostGIS's reference at 2,000 parcels, else with that of the first exact peer; says so in the rows. Whether all agree.

    In a process of its own: the kernel counts the memory of who starts a program as that program's."""
    rows = [r for r in rows if r.tool.answers and r.turns and not r.failed]
    answers = [(r.tool.label, os.path.join(out, r.tool.name, 'result' if r.tool.name == 'mujun' else '').rstrip('/'), r.tool.loose) for r in rows]
    if not answers:
        return False
    others = sorted((a for a in answers if a[0] != rows[0].tool.label), key=lambda a: a[2]) or answers  # the exact first
    base = os.path.join(HERE, 'reference-2000.csv') if n == 2000 else others[0][1]
    if n != 2000 and others[0][2]:
        answers = [(label, folder, True) for label, folder, _ in answers]
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        said = pool.submit(compare, base, answers, data).result()
    for r in rows:
        lines = said.get(r.tool.label)
        r.agrees = ('the others do' if len(rows) > 1 else '–') if lines is None else 'no' if lines else 'yes'
        for line in lines or []:
            print(f'{n} parcels: {r.tool.label} differs: {line}')
    return not any(said.values())


def measure_size(chosen, data, n, runs):
    """The Rows of all tools at one size, run in turn; whether the answers agree."""
    out = os.path.join(data, 'out')
    shutil.rmtree(out, ignore_errors=True)
    rows = [Row(t) for t in chosen if t.version]
    for number in range(runs + 1):
        for row in rows:
            if not row.failed and (number == 0 or number <= row.wanted(runs)):
                turn(row, number, data, out)
                print(f'  {n} parcels, turn {number}: {row.tool.label}', file=sys.stderr)
    good = check(rows, data, out, n)
    shutil.rmtree(out, ignore_errors=True)
    return rows, good and not any(r.failed for r in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('mujun')
    parser.add_argument('folder')
    parser.add_argument('sizes', type=int, nargs='+')
    parser.add_argument('--runs', type=int, default=5, help='counted runs of what takes under 10 s; an odd number')
    parser.add_argument('--tools', help='peers to run, with commas between; none: ""')
    parser.add_argument('--record', metavar='FILE', help='append the tables to this file')
    a = parser.parse_args()
    if a.runs % 2 == 0:
        parser.error('--runs takes an odd number')
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too
    head = table.heading()
    chosen = tools.chosen(a.mujun, os.path.join(a.folder, 'venv'), a.tools)
    used = [t for t in chosen if t.version]
    sizes, good = {}, True
    try:
        for t in used:
            t.start()
        for n in sorted(a.sizes):
            sizes[n], fine = measure_size(chosen, os.path.join(a.folder, str(n)), n, a.runs)
            good = good and fine
    finally:
        for t in used:
            t.stop()
    text = table.whole(head, chosen, sizes, a.record)
    print(text)
    if a.record:
        with open(a.record, 'a', encoding='utf-8') as f:
            f.write('\n' + text + '\n')
    sys.exit(0 if good else 'some tools failed or do not agree: see above')


if __name__ == '__main__':
    main()
