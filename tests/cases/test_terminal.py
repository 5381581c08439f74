#!/usr/bin/python3
"""test_terminal.py MUJUN PARK_FOLDER: the summary on the terminal is a table of 80 columns, in both languages, whatever the zones are called: wide characters,
combining marks, emoji, signs of direction, control characters, ten thousand letters. Widths are worked out here, from Python's Unicode tables."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata

mujun, park = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
NAMES = ['长' * 10000, 'e\u0301' * 9 + '\u0301' * 5000 + 'Z', '\u202eabc\x1b[31m\t\u0085示例']
SHOWN = ['长长长长长…', 'e\u0301' * 9 + '\u0301' + 'Z  ', '?abc?[31m??…']  # 12 columns; of many marks two stay; what steers is shown as '?'
ENDS = [12 + n for n in (7, 17, 24, 39, 53, 62, 68)]  # where the columns of the table end


def width(c):
    if unicodedata.combining(c) or unicodedata.category(c) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(c) in 'WF' else 1


def places(line):
    """one entry a column of the terminal; the second of a wide character is empty"""
    out = []
    for c in line:
        w = width(c)
        if w == 0 and out:
            out[-1] += c
        else:
            out += [c] + [''] * (w - 1)
    return out


folder = tempfile.mkdtemp(prefix='mujun-terminal-')
copy = os.path.join(folder, 'park')
shutil.copytree(park, copy)
layer = json.load(open(os.path.join(copy, 'zones.geojson'), encoding='utf-8'))
key = next(k for k, v in layer['features'][0]['properties'].items() if isinstance(v, str) and '片区' in v)
for feature, name in zip(layer['features'], NAMES):
    feature['properties'][key] = name
json.dump(layer, open(os.path.join(copy, 'zones.geojson'), 'w', encoding='utf-8'), ensure_ascii=False)

for lang in ('zh', 'en'):
    zh = lang == 'zh'
    run = subprocess.run([mujun, 'analyze', os.path.join(copy, 'park.yaml'), '-o', 'out', '--overwrite', '--lang', lang, '--only', 'csv,xlsx'],
                         cwd=folder, capture_output=True, text=True, check=True)
    lines = run.stdout.split('\n')
    assert lines.pop() == ''
    for line in lines:
        assert sum(map(width, line)) <= 80, (lang, sum(map(width, line)), line[:200])
        assert not any(unicodedata.category(c) == 'Cc' or c in '\u202a\u202b\u202c\u202d\u202e' for c in line), repr(line)
    head = next(i for i, line in enumerate(lines) if line.startswith('片区  ' if zh else 'zone  '))
    table = lines[head:head + 6]
    for line in table:
        cells = places(line)
        assert len(cells) == 80, (lang, len(cells), line)
        for end in ENDS:
            assert cells[end - 1] != ' ' and (end == 80 or cells[end] == ' ' or line == table[0]), (lang, end, line)
    for line, name in zip(table[1:4], SHOWN):
        assert ''.join(places(line)[:12]).rstrip() == name.rstrip(), (repr(line), repr(name))
    assert table[4].startswith('片区外' if zh else 'outside') and table[5].startswith('全园区' if zh else 'park')
    fit = ' '.join(line.strip() for line in lines if ('可建净增' if zh else 'can be built') in line)
    assert '239' in fit and '3,113,010' in fit, (lang, fit)
    aims = next(i for i, line in enumerate(lines) if line.startswith('目标' if zh else 'targets'))
    for line in lines[aims:aims + 5]:
        cells = places(line)
        assert len(cells) == 80 and (line == lines[aims] or cells[79] == '%'), (lang, len(cells), line)
    assert '23.54' in lines[aims + 1] and '78.5%' in lines[aims + 1], lines[aims + 1]
    assert '17' in lines[aims + 5] and '14' in lines[aims + 5], lines[aims + 5]
    look = next((line for line in lines if line.startswith('先看' if zh else 'first look')), '')
    assert 'summary.xlsx' in look, look
    for name in ('report.html', 'mujun.qgs'):
        assert (name in look) == os.path.exists(os.path.join(folder, 'out', name)), (name, look)
shutil.rmtree(folder)
print('the summary stands in 80 columns')
