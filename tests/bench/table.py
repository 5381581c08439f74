"""The tables of bench.py as Markdown: machine and date, a size each, growth between sizes, stages before and after."""
import math
import os
import platform
import re
import subprocess
import time

STAGES = 'stages of mujun, s'


def grid(head, rows):
    """A Markdown table with aligned columns, the first to the left."""
    cells = [head] + rows
    wide = [max(len(r[i]) for r in cells) for i in range(len(head))]

    def line(r):
        return '| ' + ' | '.join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, wide))) + ' |'
    return '\n'.join([line(head), '|' + '|'.join('-' * (w + 1) + ('-' if i == 0 else ':') for i, w in enumerate(wide)) + '|'] + [line(r) for r in rows])


def first(path, pattern, default='?'):
    try:
        with open(path, encoding='utf-8') as f:
            found = re.search(pattern, f.read(), re.M)
    except OSError:
        found = None
    return found.group(1).strip() if found else default


def heading():
    """Date, commit, machine, and how busy it was when the measuring began."""
    here = os.path.dirname(os.path.abspath(__file__))
    commit = subprocess.run(['git', '-C', here, 'describe', '--always', '--dirty'], capture_output=True, text=True, check=False).stdout.strip() or 'no commit'
    memory = int(first('/proc/meminfo', r'^MemTotal: +(\d+)', '0')) / 2**20
    return (f'## {time.strftime("%Y-%m-%d")}, {commit}\n\n{first("/proc/cpuinfo", r"^model name[^:]*:(.*)")}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, '
            f'Linux {platform.release().split("-")[0]}, {first("/etc/os-release", "^PRETTY_NAME=.(.*).$")}; load {os.getloadavg()[0]:.2f} at the start. Warm cache.')


def figure(x, width=3):
    """About three digits."""
    return '–' if x is None else f'{x:,.0f}' if x >= 100 else f'{x:.{max(0, width - 1 - (math.floor(math.log10(x)) if x > 0 else 0))}f}' if x >= .001 else '0'


def named(tool):
    version = '' if tool.name in ('mujun', 'everything') else ' ' + re.sub(r'^GDAL ', '', tool.version)
    return tool.label + version


def size(n, rows, absent):
    """The table of one size."""
    by = {r.tool.name: r for r in rows if r.turns and not r.failed}
    lines = []
    for r in rows:
        if r.failed:
            lines.append([named(r.tool), 'failed'] + [''] * 8)
            continue
        ratios = [figure(r.ratio(by[k])) if k in by and r.tool.name != k else '1' for k in ('copy', 'mujun')]
        lines.append([named(r.tool), str(len(r.counted()))] + [figure(r.median(f)) for f in ('wall', 'cpu', 'peak_mb', 'read_mb', 'written_mb')] + ratios + [r.agrees or '–'])
    head = [f'{n:,} parcels', 'runs', 'wall s', 'CPU s', 'peak MB', 'read MB', 'written MB', '× copy', '× mujun', 'agrees']
    notes = [f'{r.tool.label}: not measured: {r.failed}' for r in rows if r.failed] + [f'{t.label}: not measured: {t.why}' for t in absent]
    return '\n'.join([grid(head, lines)] + ([''] + ['* ' + note for note in notes] if notes else []))


def growth(sizes):
    """How time and memory grow from size to size: the factor, and the exponent e of n^e."""
    steps = list(zip(sorted(sizes), sorted(sizes)[1:]))
    if not steps:
        return ''
    lines = []
    for row in sizes[steps[0][0]]:
        cells = [named(row.tool)]
        for small, large in steps:
            a, b = (next((r for r in sizes[n] if r.tool is row.tool and r.turns and not r.failed), None) for n in (small, large))
            for field in ('wall', 'cpu', 'peak_mb'):
                if not (a and b and a.median(field) > 0):
                    cells.append('–')
                    continue
                factor = b.median(field) / a.median(field)
                cells.append(f'{figure(factor)} ({math.log(factor) / math.log(large / small):.2f})')
        lines.append(cells)
    head = ['growth: times (exponent)'] + [f'{s:,} → {b:,} {f}' for s, b in steps for f in ('wall', 'CPU', 'peak')]
    return grid(head, lines)


def before(record, n):
    """stage -> [seconds as text] of the last record of that size: the columns of now."""
    try:
        with open(record, encoding='utf-8') as f:
            found = f.read().rsplit(f'| {STAGES}, {n:,} parcels ', 1)
    except (OSError, TypeError):
        return {}
    lines = found[1].split('\n\n')[0].splitlines()[2:] if len(found) == 2 else []
    cells = [[c.strip() for c in line.strip('|').split('|')] for line in lines]
    return {c[0]: [c[2], c[4]] for c in cells if len(c) == 5}


def stages(n, rows, record):
    """The stages of mujun's two jobs, beside those of the last record; stages that took under half a millisecond in all are left out."""
    now = [next((r.profile() for r in rows if r.tool.name == k), {}) for k in ('mujun', 'everything')]
    old, names = before(record, n), list(now[1]) + [s for s in now[0] if s not in now[1]]
    lines = []
    for s in names + [o for o in old if o not in names and o != 'all stages']:
        cells = [x for i in (0, 1) for x in (old.get(s, ['–', '–'])[i], f'{now[i][s]:.3f}' if s in now[i] else '–')]
        if any(c not in ('–', '0.000') for c in cells):
            lines.append([s] + cells)
    lines.append(['all stages'] + [x for i in (0, 1) for x in (old.get('all stages', ['–', '–'])[i], f'{sum(now[i].values()):.3f}')])
    return grid([f'{STAGES}, {n:,} parcels', 'the job before', 'now', 'everything before', 'now'], lines)


def whole(head, chosen, sizes, record):
    """All tables of a run."""
    absent = [t for t in chosen if not t.version]
    parts = [head] + [size(n, sizes[n], absent) for n in sorted(sizes)] + [growth(sizes)] + [stages(n, sizes[n], record) for n in sorted(sizes)]
    return '\n\n'.join(p for p in parts if p)
