#!/usr/bin/python3
"""test_explain_enterprise.py MUJUN SOURCE: who uses a parcel, and the dossier of an enterprise, against the tables of the result; the public shares by role
against somebody who takes what is shown from the whole."""
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata

MUJUN, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PARK = os.path.join(SOURCE, 'samples/park/park.yaml')
ROLES = dict(owner='自有', lessee='承租', sublessee='转租', user='使用', unused='租而未用', vacant='空置', unknown='用途不明', excess='超出建筑面积')
NOBODY = {'vacant', 'unknown', 'excess'}
WAYS = dict(owner='随宗地主', merged='合并共享', floor_area='按用房面积', apart='租户单独评价')
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def near(what, got, want, by=0.0051):
    if want is None or got is None or abs(got - want) > by:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def holds(what, text, part):
    if part not in text:
        failures.append(f'{what}: lacks {part!r}')


def run(*args, code=0):
    r = subprocess.run([MUJUN, 'explain', *args], capture_output=True, text=True)
    expect(f'{args} ends with', (r.returncode, r.stderr if code == 0 else ''), (code, ''))
    return r.stdout if code == 0 else r.stderr


def analyze(out, *args):
    subprocess.run([MUJUN, 'analyze', PARK, '-o', out, '--quiet', '--lang', 'zh', '--only', 'csv,gpkg', *args], check=True)


def rows(out, sql, *values):
    db = sqlite3.connect(os.path.join(out, 'mujun.gpkg'))
    db.row_factory = sqlite3.Row
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def section(md, title):
    return ('\n' + md).split(f'\n## {title}\n')[1].split('\n## ')[0] if f'\n## {title}\n' in '\n' + md else ''


def tables(md):
    """Tables of a text with their headings: lists of lists of cells."""
    found = re.findall(r'(?:^\|.*\n)+', md + '\n', re.M)
    return [[[c.strip().replace('\\', '') for c in line[1:-1].split('|')] for i, line in enumerate(t.strip().split('\n')) if i != 1] for t in found]


def number(cell):
    m = re.match(r'-?[\d,]+(\.\d+)?', cell)
    return float(m[0].replace(',', '')) if m else None


def total(values):
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


# ---- the parcel ----

def check_uses(out, row):
    """The table 谁在用 has every row of occupancy_shares, and the sums of them beside the parcel."""
    parcel, = rows(out, 'SELECT * FROM parcels WHERE fid = ?', row)
    uses = rows(out, 'SELECT * FROM occupancy_shares WHERE parcel_row = ? ORDER BY fid', row)
    md = run(out, f'#{row}', '--format', 'md')
    table = tables(section(md, '谁在用'))[0]
    expect(f'#{row} rows', [(r[0], r[1]) for r in table[1:-3]], [(ROLES[u['use_role']], u['enterprise_name'] or u['credit_code'] or '') for u in uses])
    for name, at, own in (('floor_m2', 2, parcel['floor_area_m2']), ('land_share', 4, 1), ('land_m2', 5, parcel['area_mu'] * 10000 / 15),
                          ('output_wan', 6, parcel['output_wan']), ('tax_wan', 7, parcel['tax_wan'])):
        for r, u in zip(table[1:], uses):
            if u[name] is None:
                expect(f'#{row} {name}', r[at] in ('', '缺'), True)
            else:
                near(f'#{row} {name}', number(r[at]), u[name])
        sum_of = total([u[name] for u in uses])
        if sum_of is not None:
            near(f'#{row} sum of {name}', number(table[-3][at]), sum_of)
        if own is not None:
            near(f'#{row} own {name}', number(table[-2][at]), own)
        if sum_of is not None and own is not None:
            near(f'#{row} difference of {name}', number(table[-1][at]), sum_of - own, 0.01)
    return md, parcel, uses


def check_parcel(out, row):
    md, parcel, uses = check_uses(out, row)
    ways = section(md, '四种归属方式下的亩均')
    for u in uses:
        for w in rows(out, 'SELECT * FROM attributions WHERE credit_code = ?', u['credit_code']) if u['credit_code'] else ():
            of = ways.split(f"### {w['enterprise_name']} {w['credit_code']}\n")[1].split('### ')[0]
            line, = [r for r in tables(of)[0] if r[0] == WAYS[w['attribution']]]
            for at, name in ((4, 'land_mu'), (5, 'output_wan_per_mu'), (6, 'tax_wan_per_mu')):
                expect(f"{w['credit_code']} {name}", number(line[at]) is None, w[name] is None)
                if w[name] is not None:
                    near(f"{w['credit_code']} {name}", number(line[at]), w[name])
    units = [r for t in tables(section(md, '谁在用'))[1:] for r in t[1:]]
    want = rows(out, 'SELECT * FROM factory_units WHERE parcel_id = ? ORDER BY fid', parcel['parcel_id'])
    expect(f'#{row} units', [(u[0], u[5]) for u in units], [(u['unit_id'], u['since'] or '') for u in want])
    return md


def check_contract(out):
    """Each agreed value, actual value, margin and answer."""
    items = (('投资强度', 'invest', 'invest_wan_per_mu', 'invest_actual_wan_per_mu', 'invest_margin_wan_per_mu'),
             ('亩均产值', 'output', 'output_wan_per_mu', 'output_actual_wan_per_mu', 'output_margin_wan_per_mu'),
             ('亩均税收', 'tax', 'tax_wan_per_mu', 'tax_actual_wan_per_mu', 'tax_margin_wan_per_mu'),
             ('容积率', 'plot_ratio', 'plot_ratio_min', 'plot_ratio_actual', 'plot_ratio_margin'))
    answer = dict(yes='是', no='否', unknown='数据不足')
    for c in rows(out, 'SELECT * FROM contracts WHERE parcel_id IN (SELECT parcel_id FROM parcels GROUP BY 1 HAVING count(*) = 1) LIMIT 6'):
        said = section(run(out, c['parcel_id'], '--format', 'md'), '出让合同履约').split(f"### 合同 {c['contract_id']}\n")[1].split('### ')[0]
        holds(c['contract_id'], said, f"**{answer[c['met']]}**")
        lines = {r[0]: r for r in tables(said)[-1][1:]}
        expect(f"{c['contract_id']} items", [i[0] for i in items if i[0] in lines], [i[0] for i in items if c['meets_' + i[1]]])
        for zh, key, *names in items:
            if not c['meets_' + key]:
                continue
            expect(f"{c['contract_id']} {zh}", lines[zh][4], answer[c['meets_' + key]])
            for at, name in enumerate(names, 1):
                expect(f"{c['contract_id']} {name}", number(lines[zh][at]) is None, c[name] is None)
                if c[name] is not None:
                    near(f"{c['contract_id']} {name}", number(lines[zh][at]), c[name])
        closed = section(run(out, c['parcel_id'], '--format', 'md', '--public'), '出让合同履约')
        expect(f"{c['contract_id']} is not named in public", c['contract_id'] in closed, False)
        for r in tables(closed)[0][1:]:
            if r[0] != '容积率':
                expect(f"{c['contract_id']} {r[0]} in public", r[1:5], ['不公开'] * 4)


def check_public(out, row, forms=('text', 'md', 'html')):
    """No name, no code; what is shown of a role, and what is left when all that is shown is taken from the parcel, is of no enterprise or of two at least."""
    uses = rows(out, 'SELECT * FROM occupancy_shares WHERE parcel_row = ? ORDER BY fid', row)
    pages = {form: run(out, f'#{row}', '--public', '--format', form) for form in forms}
    for form, page in pages.items():
        expect(f'#{row} {form}: no name, no code', [v for u in uses for v in (u['enterprise_name'], u['credit_code']) if v and v in page], [])
    said = section(pages['md'], '谁在用')
    found = [t for t in tables(said) if t[0][0] == '用途']
    if not found:
        holds(f'#{row}', said, '不公开')
        return 0
    shown = {r[0]: r for r in found[0][1:]}
    hidden = [r for r in ROLES if ROLES[r] in shown and '不公开' in shown[ROLES[r]]]
    expect(f'#{row} roles', set(shown), {ROLES[u['use_role']] for u in uses})
    groups = [[r] for r in ROLES if ROLES[r] in shown and r not in hidden and r not in NOBODY] + ([hidden] if hidden else [])
    for group in groups:
        of = [u for u in uses if u['use_role'] in group]
        for name in ('floor_m2', 'land_share'):
            expect(f'#{row} {group} {name}: one enterprise alone', len({u['credit_code'] for u in of if (u[name] or 0) > 0}) > 1, True)
    for role in ROLES:
        if ROLES[role] in shown and role not in hidden:
            of = [u for u in uses if u['use_role'] == role]
            for at, name in ((2, 'floor_m2'), (3, 'land_share'), (4, 'land_m2')):
                if all(u[name] is not None for u in of):
                    near(f'#{row} {role} {name}', number(shown[ROLES[role]][at]), sum(u[name] for u in of))
                else:
                    expect(f'#{row} {role} {name}', shown[ROLES[role]][at], '缺')
    return 1


def random_uses(out, copy, n):
    """A result whose first n parcels are used in n made-up ways."""
    shutil.copytree(out, copy)
    rng = random.Random(20260331)
    db = sqlite3.connect(os.path.join(copy, 'mujun.gpkg'))
    for row in range(1, n + 1):
        parcel, = db.execute('SELECT parcel_id FROM parcels WHERE fid = ?', (row,)).fetchone()
        db.execute('DELETE FROM occupancy_shares WHERE parcel_row = ?', (row,))
        for _ in range(rng.randint(1, 6)):
            role = rng.choice(list(ROLES))
            firm = None if role in NOBODY else f'CODE-{rng.randint(1, 4)}'
            floor = rng.choice([None, 0, rng.randint(1, 9999) / 7])
            share = None if floor is None and rng.random() < .5 else (floor or 0) / 20000
            db.execute('INSERT INTO occupancy_shares (parcel_row, parcel_id, use_role, credit_code, enterprise_name, floor_m2, land_share, land_m2) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                       (row, parcel, role, firm, firm and f'企业名{firm}', floor, share, share and share * 10000))
    db.commit()
    db.close()


# ---- the enterprise ----

def check_enterprise(out, code, classes):
    name = rows(out, 'SELECT enterprise_name FROM enterprise_series WHERE credit_code = ?', code)[0][0]
    md = run(out, '--enterprise', code, '--format', 'md')
    holds(code, md, f'# 企业档案 {name}')
    holds(code, md, code)
    uses = rows(out, 'SELECT * FROM occupancy_shares WHERE credit_code = ? ORDER BY fid', code)
    own, = rows(out, 'SELECT * FROM enterprise_series WHERE credit_code = ?', code)
    table = tables(section(md, '用地用房'))[0]
    expect(f'{code} places', [(r[0], r[1], r[2]) for r in table[1:-3]], [(u['parcel_id'], u['zone'], ROLES[u['use_role']]) for u in uses])
    for at, column in ((3, 'floor_m2'), (4, 'land_m2'), (5, 'output_wan'), (6, 'tax_wan')):
        for r, u in zip(table[1:], uses):
            if u[column] is not None:
                near(f'{code} {column}', number(r[at]), u[column])
        near(f'{code} sum of {column}', number(table[-3][at]), sum(u[column] for u in uses))
    for at, column in ((5, 'output_wan'), (6, 'tax_wan')):
        near(f'{code} own {column}', number(table[-2][at]), own[column])
        near(f'{code} {column} arrives whole', number(table[-1][at]), 0)
    near(f'{code} parts of it', sum(number(r[7]) for r in table[1:-3]), 1, 0.001)
    years = tables(section(md, '历年和状态'))[-1]
    want = rows(out, 'SELECT * FROM enterprise_years WHERE credit_code = ? ORDER BY year, fid', code)
    expect(f'{code} years', [r[0] for r in years[1:]], [str(r['year']) for r in want])
    for r, w in zip(years[1:], want):
        near(f"{code} {w['year']}", number(r[3]), w['tax_wan'])
    for word, column in (('停产', 'stopped'), ('半停产', 'half_stopped'), ('僵尸企业', 'zombie')):
        holds(f'{code} {column}', md, f"**{dict(yes='是', no='否', unknown='数据不足')[own[column]]}** {word}")
    if own['evidence']:
        holds(f'{code} evidence', md.replace('\\', ''), own['evidence'])
    ways = tables(section(md, '四种归属方式下的亩均'))[0]
    for w in rows(out, 'SELECT * FROM attributions WHERE credit_code = ?', code):
        line, = [r for r in ways if r[0] == WAYS[w['attribution']]]
        near(f"{code} {w['attribution']}", number(line[6]), w['tax_wan_per_mu'])
        for g in rows(out, 'SELECT * FROM attribution_grades WHERE credit_code = ?', code) if classes else ():
            holds(f"{code} class {w['attribution']}", line[7], f"{g['scheme']}：{g['class_' + w['attribution']] or '数据不足'}")
    text, page = run(out, '--enterprise', code), run(out, '--enterprise', code, '--format', 'html')
    expect(f'{code}: fits 80 columns', [line for line in text.split('\n') if width(line) > 80], [])
    holds(f'{code} html', page, f'<title>企业档案 {name}</title>')
    expect(f'{code}: the same bytes', run(out, '--enterprise', code, '--format', 'html'), page)
    expect(f'{code}: by its name', run(out, '--enterprise', name, '--format', 'html'), page)
    return md


def check_misses(out, code, d):
    line = run(out, '--enterprise', code[:-1], code=1)
    expect('one line', line.count('\n'), 1)
    holds('near codes', line, code)
    name = rows(out, 'SELECT enterprise_name FROM enterprise_series WHERE credit_code = ?', code)[0][0]
    holds('near names', run(out, '--enterprise', name[:-1], code=1), name)
    for args in (('--enterprise', code, '--public'), ('X', '--enterprise', code), ()):
        expect(f'{args} is one line', run(out, *args, code=2).count('\n'), 1)
    path = os.path.join(d, 'firm.md')
    run(out, '--enterprise', code, '--format', 'md', '-o', path)
    expect('the file', open(path, encoding='utf-8').read(), run(out, '--enterprise', code, '--format', 'md'))
    run(out, '--enterprise', code, '-o', path, code=1)
    run(out, '--enterprise', code, '-o', path, '--overwrite')
    holds('in English', run(out, '--enterprise', code, '--lang', 'en'), 'Dossier of enterprise')


def check_names(out, copy, code):
    """Without a code an enterprise is found by its name; a name that two have is told."""
    shutil.copytree(out, copy)
    name = rows(out, 'SELECT enterprise_name FROM enterprise_series WHERE credit_code = ?', code)[0][0]
    by_code = run(out, '--enterprise', code, '--format', 'md')
    db = sqlite3.connect(os.path.join(copy, 'mujun.gpkg'))
    for t, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{t}"')  # those of layers ask for functions that plain SQLite lacks
    for t in ('occupancy_shares', 'enterprise_series', 'enterprise_years', 'enterprises', 'occupancies', 'attributions', 'factory_units'):
        db.execute(f'UPDATE {t} SET credit_code = NULL WHERE credit_code = ?', (code,))
    db.commit()
    by_name = run(copy, '--enterprise', name, '--format', 'md')
    holds('no code', by_name, '（无信用代码）')
    for title in ('用地用房', '四种归属方式下的亩均', '出让合同履约'):
        expect(f'without a code: {title}', section(by_name, title), section(by_code, title))
    others = [r[0] for r in db.execute('SELECT credit_code FROM enterprise_series WHERE credit_code IS NOT NULL LIMIT 2')]
    db.execute('UPDATE enterprise_series SET enterprise_name = ? WHERE credit_code IN (?, ?)', ('同名企业', *others))
    db.commit()
    line = run(copy, '--enterprise', '同名企业', code=1)
    for other in others:
        holds('of one name', line, other)
    # an older result
    for t in ('occupancy_shares', 'attributions', 'enterprise_series', 'factory_units', 'projects', 'contracts'):
        db.execute(f'DROP TABLE {t}')
        db.execute('DELETE FROM gpkg_contents WHERE table_name = ?', (t,))
    db.commit()
    db.close()
    md = run(copy, '--enterprise', others[0], '--format', 'md')
    expect('an older result', (section(md, '四种归属方式下的亩均'), section(md, '出让合同履约')), ('', ''))
    parcel, = rows(copy, 'SELECT parcel_id FROM enterprises WHERE credit_code = ?', others[0])[0]
    expect('an older parcel', section(run(copy, parcel, '--format', 'md'), '谁在用'), '')


def check_verdicts(d):
    """A rulebook over enterprises: the answer, its rule, value and limit."""
    book = os.path.join(d, 'firms.yaml')
    with open(book, 'w', encoding='utf-8') as f:
        f.write('rulebook: firms\nversion: "1"\ndocument: 示例办法\nlevel: city\neffective: {from: 2026-01-01}\nenterprise_rules:\n  - code: F-1\n    verdict: inefficient\n'
                '    article: 第五条\n    when: {all: [{measure: tax_wan, op: "<", limit: 20, unit: wan, text: {zh: 税收}}]}\n    text: {zh: 税收偏低}\n')
    out = os.path.join(d, 'judged')
    analyze(out, '--rules', book, '--all-reasons')
    for answer, word in (('yes', '是'), ('no', '否')):
        r = rows(out, 'SELECT * FROM enterprise_reasons WHERE verdict = ?', answer)[0]
        md = run(out, '--enterprise', r['credit_code'], '--format', 'md').replace('\\', '')
        said = section(md, '判定与依据')
        holds(f'judged {answer}', said, f'**{word}** 低效企业')
        holds(f'judged {answer}', said, '规则 F-1 ｜ 示例办法 ｜ 第五条 ｜ 规则集 firms 1')
        holds(f'judged {answer}', said, f"| {r['value']} | < 20 |")
        near(f'judged {answer}: margin', number(tables(said)[-1][1][4]), r['margin'])


with tempfile.TemporaryDirectory() as d:
    out = os.path.join(d, 'out')
    analyze(out)
    four = [r[0] for r in rows(out, 'SELECT parcel_row FROM occupancy_shares GROUP BY 1 HAVING count(DISTINCT credit_code) = 4')]
    expect('there are parcels with four tenants', len(four) > 1, True)
    md = check_parcel(out, four[0])
    expect('four tenants', tables(section(md, '谁在用'))[0][1:5] and [r[0] for r in tables(section(md, '谁在用'))[0][1:5]], ['承租'] * 4)
    many = [rows(out, 'SELECT parcel_row FROM occupancy_shares WHERE use_role = ? ORDER BY fid', role) for role in ROLES]
    some = [m[0][0] for m in many if m] + [rows(out, 'SELECT parcel_row FROM occupancy_shares GROUP BY 1 ORDER BY count(*) DESC')[0][0]]
    for row in some:
        check_parcel(out, row)
    check_contract(out)
    for row in four[:2] + some:
        check_public(out, row)
    made = os.path.join(d, 'made')
    random_uses(out, made, 60)
    shown = sum(check_public(made, row, ('md',)) for row in range(1, 61))
    expect('some are shown, some are not', 5 < shown < 55, True)
    code = rows(out, 'SELECT credit_code FROM occupancy_shares WHERE credit_code IS NOT NULL GROUP BY 1 '
                'HAVING count(DISTINCT parcel_id) > 2 AND count(floor_m2) = count(*) AND count(output_wan) = count(*)')[0][0]
    md = check_enterprise(out, code, False)
    for c in rows(out, 'SELECT contract_id FROM contracts WHERE parcel_id IN (SELECT parcel_id FROM occupancy_shares WHERE credit_code = ?)', code):
        holds('contracts of its parcels', md, c[0])
    entry = rows(out, "SELECT id, code FROM ledger WHERE layer LIKE '企业%' AND id IN (SELECT credit_code FROM enterprise_series)")[0]
    holds('its entries', section(run(out, '--enterprise', entry['id'], '--format', 'md').replace('\\', ''), '数据质量台账中的有关记录'), entry['code'])
    state = rows(out, "SELECT * FROM enterprise_series WHERE evidence IS NOT NULL AND 'yes' IN (gone, half_stopped, stopped, zombie)")
    expect('some enterprise has a state', bool(state), True)
    for e in state[:1]:
        said = run(out, '--enterprise', e['credit_code'], '--format', 'md')
        holds('its evidence', said.replace('\\', ''), e['evidence'])
        expect('its states', [w for w, c in (('停产', 'stopped'), ('半停产', 'half_stopped'), ('僵尸企业', 'zombie')) if f'**是** {w}' in said],
               [w for w, c in (('停产', 'stopped'), ('半停产', 'half_stopped'), ('僵尸企业', 'zombie')) if e[c] == 'yes'])
    check_misses(out, code, d)
    check_names(out, os.path.join(d, 'named'), code)
    graded = os.path.join(d, 'graded')
    analyze(graded, '--rules', 'national-idle-2012,huaian-2024', '--year', '2024', '--as-of', '2024-12-31')
    differs = rows(graded, "SELECT credit_code FROM attribution_grades WHERE depends = 'yes' AND credit_code IN (SELECT credit_code FROM occupancy_shares)")[0][0]
    md = check_enterprise(graded, code, True)
    holds('grades', md, '## 企业评价类别')
    holds('classes that differ', run(graded, '--enterprise', differs, '--format', 'md'), '| HA2024 类别随归属方式变化 | 是（')
    check_verdicts(d)
    # every example of README.md
    os.chdir(d)
    lines = [line.split('#')[0] for line in open(os.path.join(SOURCE, 'README.md'), encoding='utf-8') if line.startswith('mujun explain ')]
    expect('README shows explain', len(lines) > 2, True)
    for line in lines:
        expect(line, subprocess.run(line.replace('mujun', MUJUN, 1), shell=True, capture_output=True).returncode, 0)

for f in failures:
    print(f)
print('the dossiers hold' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
