"""enterprise_files.py: the three enterprise files of the sample as they were delivered, read in plain Python."""
import csv
import os
import re
import xml.etree.ElementTree as xml
import zipfile

FIGURES = {'output': ('工业总产值', '总产值', '产值'), 'tax': ('实缴税收', '税收'), 'staff': ('平均用工人数', '从业人员', '职工人数', '从业人数'), 'kwh': ('用电量',), 'tce': ('综合能耗',),
           'land': ('占地面积', '用地面积', '实际用地面积', '土地面积')}
TIMES = {'元': 1e-4, '亩': 10000 / 15}  # into 万元 and m2


def sheet_rows(path):
    """Rows of the sheet that has the enterprises: texts by column letter."""
    book = zipfile.ZipFile(path)
    tag = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    shared = []
    if 'xl/sharedStrings.xml' in book.namelist():
        shared = [''.join(t.text or '' for t in si.iter(tag + 't')) for si in xml.fromstring(book.read('xl/sharedStrings.xml')).iter(tag + 'si')]
    for name in sorted(n for n in book.namelist() if n.startswith('xl/worksheets/sheet')):
        rows = []
        for row in xml.fromstring(book.read(name)).iter(tag + 'row'):
            cells = {}
            for c in row.iter(tag + 'c'):
                v = c.find(tag + 'v')
                text = ''.join(t.text or '' for t in c.iter(tag + 't')) if c.get('t') == 'inlineStr' else v.text if v is not None else ''
                cells[re.match('[A-Z]+', c.get('r'))[0]] = shared[int(text)] if c.get('t') == 's' else text
            rows.append(cells)
        if rows and any('信用代码' in t for t in rows[0].values()):
            return [{rows[0][k]: r.get(k, '') for k in rows[0]} for r in rows[1:]]
    raise AssertionError(path)


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def delivered(folder):
    """[(year, {code, name, parcel, industry, figures})] of the three files, in 万元 and m2."""
    out = []
    for name, year in (('enterprises_2023.csv', 2023), ('enterprises_2024.csv', 2024), ('enterprises_2025.xlsx', 2025)):
        path = os.path.join(folder, name)
        rows = sheet_rows(path) if name.endswith('xlsx') else list(csv.DictReader(open(path, encoding='gbk' if year == 2023 else 'utf-8-sig', newline='')))
        heads = {}
        for h in rows[0]:
            plain, unit = re.match(r'([^（(]*)(?:[（(](.*)[）)])?', h).groups()
            for figure, names in FIGURES.items():
                if plain.strip() in names and figure not in heads:
                    heads[figure] = (h, TIMES.get(unit, 1))
        assert set(heads) == set(FIGURES), (name, sorted(rows[0]), sorted(heads))
        find = lambda *words: next(h for h in rows[0] if h in words)  # noqa: E731
        code, called, parcel, industry = find('统一社会信用代码', '社会统一信用代码', '信用代码'), find('企业名称', '单位名称'), find('宗地代码', '所在宗地代码', '所在宗地', '地块编号'), find('行业代码', '行业代码')
        for r in rows:
            figures = {f: None if number(r[h]) is None else number(r[h]) * times for f, (h, times) in heads.items()}
            if figures['land'] is not None and not figures['land'] > 0:
                figures['land'] = None
            out.append((year, {'code': r[code].strip(), 'name': r[called].strip(), 'parcel': r[parcel].strip(), 'industry': r[industry].strip(), **figures}))
    return out
