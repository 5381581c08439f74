#!/usr/bin/python3
"""run.py MUJUN [CASE...]: the suite of dirty inputs. `run.py --list` prints the table, `--keep DIR` leaves the files of the named cases there, `MUJUN --examples
[CODE...]` writes docs/ledger-examples.csv, the examples of docs/ledger.md.

Each case takes the clean park of build.py, makes it dirty in one way, and says what must come of it:
right    read rightly: no warning, nothing set aside, every figure as in the clean park
noted    read, with exactly these warnings (and rows set aside) or with these notes; every other parcel's figures to the last bit as in the clean park
refused  exit 1 and one line on stderr that holds these words; no output folder
and of all: inputs unchanged and no file beside them, every row in the output or in the ledger, under 10 s and 512 MB beyond the input's size."""
import csv
import hashlib
import json
import math
import multiprocessing
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import build
import cases

SECONDS, BYTES = 10, 512 << 20
JUDGED = ('GRADE_NO_ATTRIBUTION', 'GRADE_NUMBER_UNKNOWN', 'GRADE_DATA_MISSING', 'NOT_JUDGED', 'RULEBOOK_OUT_OF_FORCE', 'RULEBOOK_ELSEWHERE', 'YEAR_LATER', 'UNIT_SINCE_LATER', 'FIT_NO_ROADS')


def snapshot(folder):
    """SHA-256 of every file below, except the answer; what is no regular file by its kind."""
    seen = {}
    for d, _, names in os.walk(folder):
        for n in names:
            path = os.path.join(d, n)
            if not path.startswith(os.path.join(folder, 'out') + os.sep):
                regular = os.path.isfile(path) and not os.path.islink(path)
                seen[path] = hashlib.sha256(open(path, 'rb').read()).hexdigest() if regular else str(os.lstat(path).st_mode)
    return seen


def run(mujun, folder, command, park, case, out, kinds, lang):
    """Exit code, stderr, seconds, peak memory in bytes."""
    arguments = [mujun, command, *park.arguments(), '-o', out, '--only', kinds, '--no-sync', '--quiet', '--strict', '--lang', lang, *case.options]
    if command == 'analyze':
        arguments += ['--as-of', '2026-03-31']
    began, killed = time.monotonic(), False
    with tempfile.TemporaryFile() as err:
        p = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err)
        while True:
            done, status, usage = os.wait4(p.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - began > 6 * SECONDS and not killed:
                p.kill()
                killed = True
            time.sleep(0.005)
        p.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        text = err.read().decode('utf-8', 'replace')
    return p.returncode, text, time.monotonic() - began, usage.ru_maxrss * 1024


class Answer:
    def __init__(self, folder):
        self.ledger = self.read(os.path.join(folder, 'ledger.csv'))
        self.manifest = json.load(open(os.path.join(folder, 'manifest.json'), encoding='utf-8'))
        self.parcels, self.checks = (self.table(folder, name) for name in ('parcels', 'checks'))
        path = os.path.join(folder, 'tables', 'join_candidates.csv')
        self.candidates = self.read(path) if os.path.exists(path) else []

    @staticmethod
    def read(path):
        with open(path, encoding='utf-8-sig', newline='') as f:
            return list(csv.DictReader(f))

    @staticmethod
    def table(folder, name):
        db = sqlite3.connect(f"file:{os.path.join(folder, 'mujun.gpkg')}?immutable=1", uri=True)
        db.row_factory = sqlite3.Row
        there = db.execute('SELECT 1 FROM sqlite_master WHERE name = ?', (name,)).fetchone()
        rows = [{k: r[k] for k in r.keys() if k not in ('fid', 'geom')} for r in db.execute(f'SELECT * FROM {name}')] if there else []
        db.close()
        return rows

    def codes(self, *severities):
        return {e['code'] for e in self.ledger if e['severity'] in severities}


def close(a, b, rel):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
        return a == b or math.isclose(a, b, rel_tol=rel, abs_tol=rel)
    return a == b


def check_codes(case, answer, say):
    """`A|B` is one of the two (or both), `?A` may or may not be there."""
    seen, known, must = answer.codes('warning', 'set aside'), set(), []
    for want in case.codes.split():
        names = want.lstrip('?').split('|')
        known.update(names)
        if not want.startswith('?') and not seen & set(names):
            must.append(want)
    extra = sorted(seen - known)
    if must or extra:
        about = '; '.join(f"{e['code']} {e['layer']} {e['row']} {e['field']} {e['found']!r} ({e['expected']})" for e in answer.ledger if e['code'] in extra)
        say(f'codes: missing {must}, not expected {extra} {about}'.rstrip())
    notes = answer.codes('note')
    for want in case.notes.split():
        if not notes & set(want.split('|')):
            say(f'note missing: {want}; there are {sorted(notes)}')


def check_cells(case, answer, say):
    for (row, name), want in case.cells.items():
        key = build.pid(row) if isinstance(row, int) else row
        found = [p for p in answer.parcels if p['parcel_id'] == key]
        if len(found) != 1:
            say(f'{len(found)} parcels with the code {key}')
            continue
        value, rel = found[0].get(name), case.near or 1e-12
        if isinstance(want, tuple):
            want, rel = want
        if not close(value, want, rel):
            say(f'{key} {name}: {value!r}, expected {want!r}')


def check_others(case, answer, clean, say):
    """The parcels that the case does not name are as in the clean park."""
    if not answer.parcels:
        return
    changed = set(case.changed) | {row for row, _ in case.cells}
    rows = {}
    for p in answer.parcels:
        rows.setdefault(p['parcel_id'], []).append(p)
    for i, p in enumerate(clean.parcels, 1):
        if i in changed or build.pid(i) in changed:
            continue
        key = case.names(i) if case.names else p['parcel_id']
        if len(rows.get(key, [])) != 1:
            say(f'{len(rows.get(key, []))} parcels with the code {key}, which is clean')
            continue
        got = rows[key][0]
        keys = [k for k in (case.only or p) if k in got and k in p and k not in case.but and k not in ('parcel_id', 'candidate_rank')]  # a rank is among all parcels
        off = [f'{k} {got[k]!r}, clean {p[k]!r}' for k in keys if not (close(got[k], p[k], case.near) if case.near else got[k] == p[k])]
        lost = [k for k in (case.only or ()) if k not in got]
        if off or lost:
            say(f'{key} is clean, but: ' + '; '.join(off[:4]) + ('; lost ' + ', '.join(lost) if lost else ''))


def check_rows(case, park, answer, say):
    for row in answer.manifest['reconciliation']['rows']:
        want = case.rows.get(row['role'], park.delivered.get(row['role']))
        if row['rows_in'] != want:
            say(f"{row['role']}: {row['rows_in']} rows in, delivered {want}")
        if row['residual'] or row['rows_in_table'] + row['rows_set_aside'] < row['rows_in']:
            say(f"{row['role']}: rows lost: {row}")
    for line in answer.manifest['reconciliation']['enterprises']:
        if line['item'] == 'residual' and abs(line['value']) > 1e-9:
            say(f"reconciliation of {line['measure']}: residual {line['value']}")


def check_ledger_names(answer, say):
    for e in answer.ledger:
        if not e['text'] or not e['what to do'] or (e['severity'] != 'note' and not e['layer']):
            say(f'a ledger entry does not say where or what to do: {e}')


def check_command(case, mujun, folder, park, answer, lang, say):
    """mujun check finds what analyze finds, but for what only rulebooks say."""
    code, err, _, _ = run(mujun, folder, 'check', park, case, 'out/check', 'csv', lang)
    path = os.path.join(folder, 'out', 'check', 'ledger.csv')
    if code not in (0, 3) or not os.path.exists(path):
        say(f'check: exit {code}: {err.strip()[:200]}')
        return
    entries = [[tuple(e.values()) for e in ledger if e['code'] not in JUDGED] for ledger in (answer.ledger, Answer.read(path))]
    if entries[0] != entries[1]:
        say(f'check and analyze find different things: {sorted(set(entries[0]) ^ set(entries[1]))[:2]}')


def check_refused(case, folder, code, err, say):
    if code != 1:
        say(f'exit {code}, expected to be refused with 1: {err.strip()[:300]}')
        return
    lines = err.strip().split('\n')
    if len(lines) != 1 or not lines[0].startswith('mujun: '):
        say(f'stderr is not one line: {err[:300]!r}')
    for words in case.err:
        if not any(w in err for w in words.split('|')):
            say(f'stderr does not say {words!r}: {err.strip()[:300]}')
    if os.path.exists(os.path.join(folder, 'out')):
        say(f"an output folder is left: {os.listdir(os.path.join(folder, 'out'))}")


def perform(case, mujun, clean, folder, sanitized=False, lang='en'):
    """(what is wrong, the answer). The folder is empty before."""
    wrong = []
    say = wrong.append
    park = build.Park(folder)
    case.build(park)
    park.finish()
    before = snapshot(folder)
    size = sum(os.path.getsize(p) for p in before if os.path.isfile(p))
    command = 'check' if case.expect == 'refused' else 'analyze'
    code, err, seconds, memory = run(mujun, folder, command, park, case, 'out', 'csv,gpkg', lang)
    if seconds > SECONDS * (3 if sanitized else 1):
        say(f'{seconds:.1f} s')
    if not sanitized and memory > BYTES + size:
        say(f'{memory >> 20} MB for {size >> 10} KB of input')
    after = snapshot(folder)
    if after != before:
        say(f'inputs changed or files appeared: {sorted(os.path.basename(p) for p in set(after.items()) ^ set(before.items()) for p in p[:1])}')
    if case.expect == 'refused':
        check_refused(case, folder, code, err, say)
        return wrong, None
    if code not in (0, 3):
        say(f'exit {code}: {err.strip()[:600]}')
        return wrong, None
    answer = Answer(os.path.join(folder, 'out'))
    if lang != 'en':
        return wrong, answer
    aside = bool(answer.codes('set aside'))
    if code != (3 if aside else 0):
        say(f'exit {code} with --strict, expected {3 if aside else 0}')
    if err.strip() and not aside:
        say(f'stderr: {err.strip()[:200]}')
    check_codes(case, answer, say)
    check_cells(case, answer, say)
    if clean:
        check_others(case, answer, clean, say)
    check_rows(case, park, answer, say)
    check_ledger_names(answer, say)
    if clean and not sanitized:
        check_command(case, mujun, folder, park, answer, lang, say)
    check_examples(case, answer, say)
    if case.check:
        case.check(answer, say)
    return wrong, answer


def one(job):
    case, mujun, clean, sanitized = job
    folder = tempfile.mkdtemp(prefix='mujun-dirty-')
    try:
        wrong, _ = perform(case, mujun, clean, folder, sanitized)
    except Exception as e:
        wrong = [f'the test itself: {type(e).__name__}: {e}']
    shutil.rmtree(folder, ignore_errors=True)
    return case.id, wrong


def root():
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')


EXAMPLES = os.path.join(root(), 'docs', 'ledger-examples.csv')
COLUMNS = ('code', 'case', 'found_zh', 'expected_zh', 'found_en', 'expected_en')


def ledger_codes():
    return re.findall(r'^LEDGER\((\w+),', open(os.path.join(root(), 'include/mujun/ledger.def'), encoding='utf-8').read(), re.M)


def cases_of(code):
    """Some cases that show the code: those that surely do first."""
    sure = [c for c in cases.ALL if code in c.codes.split() + c.notes.split()]
    perhaps = [c for c in cases.ALL if code in re.findall(r'\w+', c.codes + ' ' + c.notes) and c not in sure]
    return (sure + perhaps)[:4]


def example_of(code, case, mujun):
    """What the ledger of that case says, in both languages; None where it has not the code."""
    row = {'code': code, 'case': case.id}
    for lang in ('zh', 'en'):
        folder = tempfile.mkdtemp(prefix='mujun-dirty-')
        answer = perform(case, mujun, None, folder, lang=lang)[1]
        shutil.rmtree(folder)
        entry = next((list(e.values()) for e in answer.ledger if list(e.values())[0] == code), None) if answer else None
        if not entry:
            return None
        row.update({f'found_{lang}': entry[6], f'expected_{lang}': entry[7]})
    return row


def find_example(job):
    """Of a code: what the first case says that has it."""
    code, mujun = job
    return code, next((r for r in (example_of(code, c, mujun) for c in cases_of(code)) if r), None)


def write_examples(mujun, wanted):
    """Of these codes, or of all; a code that no case shows keeps the line that was written by hand."""
    kept = {e['code']: e for e in Answer.read(EXAMPLES)} if os.path.exists(EXAMPLES) else {}
    rows = []
    with multiprocessing.Pool(2) as pool:
        found = dict(pool.imap(find_example, [(code, mujun) for code in ledger_codes() if not wanted or code in wanted], chunksize=1))
    for code in ledger_codes():
        row = found.get(code) or kept.get(code)
        rows.append(row) if row else print(f'no example of {code}')
    with open(EXAMPLES, 'w', encoding='utf-8', newline='') as f:
        out = csv.DictWriter(f, COLUMNS, lineterminator='\n')
        out.writeheader()
        out.writerows(rows)


def check_examples(case, answer, say):
    """The example in the handbook is what this case shows."""
    for e in Answer.read(EXAMPLES) if os.path.exists(EXAMPLES) else []:
        if e['case'] == case.id and not any((x['code'], x['found'], x['expected']) == (e['code'], e['found_en'], e['expected_en']) for x in answer.ledger):
            say(f"docs/ledger-examples.csv: {e['code']} is not found {e['found_en']!r}, expected {e['expected_en']!r} here; run with --examples and make docs/ledger.md again")


def listing():
    for c in cases.ALL:
        what = ', '.join(filter(None, [c.codes, c.notes, ' / '.join(c.err)]))
        print(f'{c.id:28} {c.expect:8} {c.words}' + (f'  [{what}]' if what else ''))
    print(f'{len(cases.ALL)} cases: ' + ', '.join(f'{sum(c.expect == k for c in cases.ALL)} {k}' for k in cases.CLASSES))


def table_faults():
    """What is wrong with the table itself: a class that says nothing, a code that is not in the ledger's list, an id twice."""
    known, seen = set(ledger_codes()), set()
    for c in cases.ALL:
        if c.id in seen:
            yield f'{c.id} stands twice'
        seen.add(c.id)
        if c.expect == 'refused' and not c.err or c.expect == 'noted' and not (c.codes or c.notes) or c.expect == 'right' and c.codes:
            yield f'{c.id}: class {c.expect} and what it says do not agree'
        for code in set(re.findall(r'\w+', c.codes + ' ' + c.notes)) - known:
            yield f'{c.id}: no ledger code {code}'


def main():
    arguments, keep = sys.argv[1:], None
    if arguments[:1] == ['--list']:
        return listing()
    if '--keep' in arguments:
        at = arguments.index('--keep')
        keep, arguments[at:at + 2] = arguments[at + 1], []
    mujun, names = os.path.abspath(arguments[0]), arguments[1:]
    if names[:1] == ['--examples']:
        return write_examples(mujun, names[1:])
    chosen = [c for c in cases.ALL if not names or c.id in names]
    if keep:
        for c in chosen:
            folder = os.path.join(os.path.abspath(keep), c.id)
            os.makedirs(folder)
            print(c.id, *perform(c, mujun, None, folder)[0], sep='\n    ')
        return 0
    sanitized = b'__asan_' in open(mujun, 'rb').read()
    folder = tempfile.mkdtemp(prefix='mujun-dirty-')
    wrong, clean = perform(cases.CLEAN, mujun, None, folder, sanitized)
    shutil.rmtree(folder)
    if wrong:
        print('the clean park:', *wrong, sep='\n    ')
        return 1
    faults = list(table_faults())
    print(*faults, sep='\n', end='\n' if faults else '')
    failed, began = len(faults), time.monotonic()
    with multiprocessing.Pool(2) as pool:
        for name, wrong in pool.imap(one, [(c, mujun, clean, sanitized) for c in chosen], chunksize=1):
            if wrong:
                failed += 1
                print(f'FAILED {name}: ' + ' | '.join(wrong))
    total = ', '.join(f'{sum(c.expect == k for c in chosen)} {k}' for k in cases.CLASSES)
    print(f'{len(chosen)} cases ({total}): {failed} failed, {time.monotonic() - began:.0f} s')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
