#!/usr/bin/python3
"""fuzz.py MUJUN [RUNS [SEED]]: the clean park of build.py with one of its files mutated: bits flipped, cut, bytes of another place, cells of a table replaced.

Nothing is known of the answer but this: exit code 0, 1 or 3, one line on stderr where it is 1, no signal, no sanitizer's report, at most 10 s and 512 MB beyond the input.
The same seed makes the same files. A run that fails leaves its files and says where."""
import os
import random
import shutil
import sys
import tempfile
import types

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import build
import run

CELLS = ['', '-', '0', '-1', '1e308', '1e-308', 'nan', '9' * 300, '180%', '１８０～２００', "'=1+1", '"', '""', ',', '\t', 'A' * 70000, '\ufeff', '\u202e', '不予规定', '2026-13-45', '亩', '%', '1/2', '0x1p3', '+' * 50]
FORMATS = ['gpkg', 'shp', 'geojson', 'csv', 'xlsx', 'txt', 'zip', 'fixes']


def make(p, kind):
    """The park with the layer of that kind; the names of the files that may be spoilt."""
    if kind == 'gpkg':
        p.gpkg()
        return ['parcels.gpkg']
    if kind == 'shp':
        p.shp(text='gbk', cpg='GBK')
        return [f'parcels.{e}' for e in ('shp', 'shx', 'dbf', 'prj', 'cpg')]
    if kind == 'geojson':
        p.project('parcels', 4326).geojson()
        return ['parcels.geojson']
    if kind == 'xlsx':
        p.xlsx()
        return ['enterprises.xlsx']
    if kind == 'txt':
        import table_txt
        table_txt.txt(p)
        return ['parcels.txt']
    if kind == 'zip':
        p.shp(cpg='UTF-8').zip('parcels.zip', {f'宗地.{e}': f'parcels.{e}' for e in ('shp', 'shx', 'dbf', 'prj', 'cpg')})
        return ['parcels.zip']
    if kind == 'fixes':
        p.write('fixes.csv', f'layer,id,field,old,new,reason,who\nparcels,{build.pid(6)},area_recorded_m2,10000,9999,x,Li\n')
        p.options = ['--corrections', 'fixes.csv']
        return ['fixes.csv']
    p.csv()
    return ['enterprises.csv']


def mutate(path, rng):
    data = bytearray(open(path, 'rb').read())
    how = rng.choice(['flip', 'flip', 'cut', 'splice', 'zero', 'cell'])
    n = len(data)
    if not n:
        return 'empty'
    if how == 'flip':
        for _ in range(rng.choice([1, 3, 20])):
            data[rng.randrange(min(n, 300) if rng.random() < 0.5 else n)] ^= 1 << rng.randrange(8)
    elif how == 'cut':
        del data[rng.randrange(n):]
    elif how == 'splice':
        a, b, k = rng.randrange(n), rng.randrange(n), rng.randrange(1, 200)
        data[a:a + k] = data[b:b + k]
    elif how == 'zero':
        a = rng.randrange(n)
        data[a:a + rng.randrange(1, 64)] = b'\0' * 16
    else:
        text = data.decode('utf-8', 'surrogateescape')
        cells = text.split(',')
        cells[rng.randrange(len(cells))] = rng.choice(CELLS)
        data = ','.join(cells).encode('utf-8', 'surrogateescape')
    with open(path, 'wb') as f:
        f.write(data)
    return how


def once(mujun, number, seed, sanitized):
    rng = random.Random(seed * 100003 + number)
    folder = tempfile.mkdtemp(prefix='mujun-fuzz-')
    park, kind = build.Park(folder), FORMATS[number % len(FORMATS)]
    names = make(park, kind)
    park.finish()
    how = [f'{n}: {mutate(park.path(n), rng)}' for n in rng.sample(names, rng.choice([1, 1, min(2, len(names))]))]
    size = sum(os.path.getsize(os.path.join(folder, n)) for n in os.listdir(folder))
    code, err, seconds, memory = run.run(mujun, folder, 'check', park, types.SimpleNamespace(options=[]), 'out', 'csv,gpkg', 'en')
    wrong = []
    if code not in (0, 1, 3) or 'ERROR: AddressSanitizer' in err or 'runtime error' in err:
        wrong.append(f'exit {code}: {err[-1500:]}')
    elif code == 1 and len(err.strip().split('\n')) != 1:
        wrong.append(f'stderr is not one line: {err[:300]!r}')
    elif code == 1 and os.path.exists(os.path.join(folder, 'out')):
        wrong.append(f'an output folder is left after {err!r}')
    if seconds > run.SECONDS * (3 if sanitized else 1):
        wrong.append(f'{seconds:.0f} s')
    if not sanitized and memory > run.BYTES + size:
        wrong.append(f'{memory >> 20} MB')
    if wrong:
        print(f'FAILED {number} ({", ".join(how)}), files in {folder}:', *wrong, sep='\n    ')
    else:
        shutil.rmtree(folder)
    return code, bool(wrong)


def main():
    mujun, runs, seed = os.path.abspath(sys.argv[1]), *(int(a) for a in (sys.argv[2:] + ['200', '1'][len(sys.argv) - 2:]))
    sanitized = b'__asan_' in open(mujun, 'rb').read()
    codes, failed = {}, 0
    for number in range(runs):
        code, wrong = once(mujun, number, seed, sanitized)
        codes[code] = codes.get(code, 0) + 1
        failed += wrong
    print(f'{runs} mutated inputs: ' + ', '.join(f'{n} ended with {c}' for c, n in sorted(codes.items())) + f'; {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
