#!/usr/bin/python3
"""test_guide.py MUJUN SOURCE: the rulebooks that docs/zh/规则集写法.md and docs/rulebooks.md show. A block ```yaml complete is a rulebook, ```yaml part
stands behind the head below, ```csv NAME is a table beside them: each is checked without a doubt and analyses the sample park. There is no other YAML block.
In the Chinese guide the table of mistakes gives the messages it says, and the columns it lists can be read from the step on that it says, the others not."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

MUJUN, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PARK = os.path.join(SOURCE, 'samples/park/park.yaml')
HEAD = 'rulebook: part\nversion: "1"\ndocument: 示例\nlevel: city\neffective: {from: 2026-01-01}\n'
RULE = 'rules:\n  - code: A\n    verdict: inefficient\n    article: 一\n    text: {zh: 示例}\n    when: '
kept = tempfile.TemporaryDirectory()
folder = kept.name


def run(*args):
    done = subprocess.run([MUJUN, *args, '--lang', 'zh'], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def write(name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
        f.write(text)
    return name


def check(text, what):
    """Checked, without a doubt."""
    code, said = run('rules', 'check', write('check.yaml', text))
    assert code == 0 and said.rstrip().endswith('疑点 0'), (what, said)


def analyze(name):
    code, said = run('analyze', PARK, '--rules', name, '-o', 'out', '--overwrite', '--quiet')
    assert code == 0, (name, said)
    return sqlite3.connect(os.path.join(folder, 'out/mujun.gpkg'))


def blocks(path):
    text = open(os.path.join(SOURCE, path), encoding='utf-8').read()
    found = [(m[1], m[2], text[:m.start()].count('\n') + 1) for m in re.finditer(r'^```([^\n]*)\n(.*?)^```$', text, re.M | re.S)]
    for kind, body, _ in found:
        if kind.startswith('csv '):
            write(kind[4:], body)
    return text, [b for b in found if b[0].startswith('yaml')]


def check_targets(db):
    """The tax per mu of a target is that of the parcels whose tax is known: a sum over missing data is not a sum with zeros."""
    for value, in db.execute("SELECT reached_value FROM targets WHERE target IN ('MT-T', 'MT-TAX-MU') AND zone IS NULL"):
        want, = db.execute('SELECT sum(tax_wan) / sum(area_mu) FROM parcels WHERE tax_wan IS NOT NULL').fetchone()
        wrong, = db.execute('SELECT sum(tax_wan) / sum(area_mu) FROM parcels').fetchone()
        assert abs(value - want) < 1e-9 * want and want > 1.01 * wrong, (value, want, wrong)
        return 1
    return 0


def check_examples(path):
    text, found = blocks(path)
    targets = 0
    for number, (kind, body, line) in enumerate(found):
        assert kind in ('yaml complete', 'yaml part'), f'{path}:{line}: a YAML block is complete or part'
        book = body if kind == 'yaml complete' else HEAD + body
        check(book, f'{path}:{line}')
        db = analyze(write('book.yaml', book))
        targets += check_targets(db)
        if number == 0 and 'MT-1' in book and '规则集写法' in path:  # the figures that the guide promises
            n = dict(db.execute('SELECT inefficient, count(*) FROM parcels GROUP BY 1'))
            assert f"判 {n['yes']} 宗为低效（yes），{n['no']} 宗为否（no），{n['unknown']} 宗数据不足（unknown）" in text, n
        if 'MT-I2' in book:  # with :zone the places differ
            share = [v for v, in db.execute("SELECT value FROM indicators WHERE indicator = 'MT-I2'")]
            assert len(share) == 4 and len(set(share)) == 4 and None not in share, share
    assert targets, path
    return text


def check_mistakes(text):
    table = text[text.index('## 十九'):text.index('## 二十、')]
    rows = re.findall(r'^\| `(.*?)` \| (.*?) \| .*\|$', table, re.M)
    assert len(rows) > 15, rows
    for wrong, message in rows:
        _, said = run('rules', 'check', write('wrong.yaml', HEAD + (RULE if wrong.startswith('{') else '') + wrong + '\n'))
        assert message in said, (wrong, message, said)


def check_columns(text):
    """Each column is read at the step that its row names; parcels have no column that is neither listed nor closed."""
    part = text[text.index('<!-- 列表开始'):text.index('<!-- 列表结束')]
    parcels, firms = part.split('企业（`enterprises`')
    steps = re.findall(r'^\| `(\w+)` .*\| (指标|规则|判定后|目标) \|$', parcels, re.M)
    names = re.findall(r'^\| `(\w+)` ', firms, re.M)
    closed = re.search('规则集不能用的.*', parcels)[0]
    at = {s: [n for n, step in steps if step == s] for s in ('指标', '规则', '判定后', '目标')}
    assert all(at.values()) and len(names) > 20
    facts = [f'  - {{name: c{i}, sql: {n} IS NOT NULL}}\n' for i, n in enumerate(at['指标'])]
    facts += [f'  - {{name: f{i}, sql: (SELECT COUNT({n}) FROM enterprises)}}\n' for i, n in enumerate(names)]
    facts += [f'  - {{name: v{i}, sql: {n} IS NOT NULL, after: verdicts}}\n' for i, n in enumerate(at['判定后'])]
    rules = [f'  - {{code: r{i}, verdict: idle, article: 一, text: {{zh: 示例}}, when: {{sql: "{n} > 0"}}}}\n' for i, n in enumerate(at['规则'])]
    targets = [f'  - {{code: t{i}, measure: COUNT({n}), target: 1}}\n' for i, n in enumerate(at['目标'])]
    check(f"{HEAD}facts:\n{''.join(facts)}rules:\n{''.join(rules)}targets:\n{''.join(targets)}", 'columns')
    for name in at['判定后'] + at['目标'] + [n for n in re.findall(r'`(\w+)`', closed) if n != 'reasons']:
        code, said = run('rules', 'check', write('early.yaml', f'{HEAD}facts: [{{name: f, sql: {name}}}]\n'))
        assert code == 1 and '在规则之后才计算' in said, (name, said)


def main():
    guide = check_examples('docs/zh/规则集写法.md')
    check_mistakes(guide)
    check_columns(guide)
    check_examples('docs/rulebooks.md')


main()
