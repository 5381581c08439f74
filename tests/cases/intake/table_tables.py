"""Tables as they come: CSV and workbooks with odd rows, headers and cells."""
from build import TEXT, WHOLE, pid
from cases import add

FIRMS = {(i, 'output_wan'): 1000.0 * i for i in range(1, 6)}


def csv(id, words, edit, expect, **more):
    """edit changes the list of lines (line 0 is the header, lines 1..15 the rows)."""
    how = {k: more.pop(k) for k in ('delimiter', 'end', 'bom', 'text') if k in more}
    add(f'csv-{id}', words, lambda p: p.csv(edit=edit, **how), expect, cells=more.pop('cells', FIRMS), **more)


def line(i, change):
    def edit(lines):
        lines[i] = change(lines[i])
        return lines
    return edit


def insert(i, *texts):
    return lambda lines: lines[:i] + list(texts) + lines[i:]


LOST = {(5, 'output_wan'): None}
csv('semicolons', 'semicolons', None, 'right', delimiter=';')
csv('tabs', 'tabs under the name .csv', None, 'right', delimiter='\t')
csv('mac', 'line ends of old Macs', None, 'right', end='\r')
csv('pipe', 'vertical bars: no column has a meaning', None, 'refused', delimiter='|', err=('enterprises.csv',), cells=None)
csv('blank-lines', 'blank lines between the rows', insert(3, '', '', ',,,,,'), 'right')
csv('ragged-short', 'a row that ends after the year', line(15, lambda t: ','.join(t.split(',')[:4])), 'noted', codes='ROW_CELLS_MISSING ENTERPRISE_VALUE_MISSING', cells=LOST, changed=(5,))
csv('ragged-long', 'a row with one cell too many: a comma in the name', line(15, lambda t: t.replace('有限公司', ',有限公司')), 'noted', codes='ROW_CELLS_EXTRA', cells=LOST, changed=(5,))
csv('trailing-commas', 'empty cells behind the last column, as Excel leaves them', lambda lines: [t + ',,,' for t in lines], 'right')
csv('quoted', 'quotes around everything, a line break within', lambda lines: [','.join(f'"{c}"' for c in t.replace('甲', '甲\n').split(',')) for t in lines], 'right')
csv('quote-in-text', 'a quote in the middle of a text', line(1, lambda t: t.replace('甲', '"甲"')), 'right')
csv('quote-open', 'a quote that never ends', line(15, lambda t: t.replace('泉州', '"泉州')), 'refused', err=('enterprises.csv', 'row|line', 'quote'), cells=None)
csv('quote-then-text', 'text behind a closing quote', line(15, lambda t: t.replace('泉州示例', '"泉州"示例')), 'refused', err=('enterprises.csv', 'row|line', 'quote'), cells=None)
csv('nul', 'a NUL byte in a cell', line(15, lambda t: t.replace('泉', '\0')), 'refused', err=('enterprises.csv', 'NUL'), cells=None)
csv('no-header', 'no header', lambda lines: lines[1:], 'refused', err=('enterprises.csv', 'header'), cells=None)
csv('header-only', 'a header and no row', lambda lines: lines[:1], 'right', rows={'enterprises': 0}, cells={}, only=('area_planar_m2', 'floor_area_m2', 'zone'), options=['--year', '2025'])
csv('title-row', 'a title above the header', insert(0, '2025年度亩均效益评价汇总表,,,,,'), 'refused', err=('enterprises.csv', 'first row must be the header', '2025年度亩均效益评价汇总表'), cells=None)
csv('title-and-unit-row', 'a title and a line "单位：万元" above the header', insert(0, '2025年度亩均效益评价汇总表,,,,,', '单位：万元,,,,,'), 'refused', err=('enterprises.csv', 'first row must be the header'), cells=None)
csv('unit-row', 'a row of units under the header', insert(1, ',,,年,万元,万元'), 'noted', codes='VALUE_UNREADABLE|ROW_CELLS_EXTRA ?JOIN_NO_KEY ?YEAR_MISSING ?CREDIT_CODE_FORM ?ENTERPRISE_VALUE_MISSING', rows={'enterprises': 16})
csv('total-row', 'a row 合计 at the end: in no parcel', lambda lines: lines + ['合计,,,2025,15000,600'], 'noted', codes='JOIN_NO_KEY ?CREDIT_CODE_FORM', rows={'enterprises': 16})
csv('header-blanks', 'blanks around the column names', line(0, lambda t: ' , '.join(t.split(','))), 'right')
csv('header-inner-blanks', 'blanks within the column names: 宗 地 代 码', line(0, lambda t: t.replace('宗地代码', '宗 地 代 码')), 'right')
csv('header-line-break', 'a line break in a column name', line(0, lambda t: t.replace('产值（万元）', '"产值\n（万元）"')), 'right')
csv('header-full-width', 'full-width letters and brackets in a column name: ＺＤＤＭ', line(0, lambda t: t.replace('宗地代码', 'ＺＤＤＭ')), 'right')
csv('header-lower', 'zddm in small letters', line(0, lambda t: t.replace('宗地代码', 'zddm')), 'right')
csv('header-twice', 'the same name over two columns: the first is meant, and a different second is told or passed over', lambda lines: [lines[0] + ',税收（万元）'] + [t + ',7' for t in lines[1:]], 'right')
csv('header-bom-twice', 'two BOMs', None, 'right', bom=b'\xef\xbb\xbf\xef\xbb\xbf')
csv('huge-field', 'a cell of 5 MB', line(15, lambda t: t.replace('戊', '戊' * 1_700_000)), 'right')
csv('many-columns', '5000 columns', lambda lines: [t + ',x' * 5000 for t in lines], 'refused', err=('enterprises.csv', '4096'), cells=None)
csv('dates-as-year', 'dates in the year column', line(15, lambda t: t.replace('2025,5000', '2025/12/31,5000')), 'right')
csv('same-row-twice', 'a row twice: added up, and told', lambda lines: lines + [lines[15]], 'noted', codes='YEAR_REPEATED', rows={'enterprises': 16}, cells={(5, 'output_wan'): 10000.0}, changed=(5,))
csv('same-row-differs', 'a second row of the year with another tax: added up, and both values told', lambda lines: lines + [','.join(lines[15].split(',')[:-1] + ['77'])], 'noted', codes='YEAR_REPEATED YEAR_CONFLICT', rows={'enterprises': 16}, cells={(5, 'output_wan'): 10000.0}, changed=(5,))
csv('formula', 'a name that a spreadsheet would run', line(15, lambda t: t.replace('泉州示例戊', '=1+1')), 'right')
add('csv-no-last-newline', 'no line end after the last row', lambda p: p.csv().cut('enterprises.csv', -1), 'right', cells=FIRMS)

add('csv-wrong-kind', 'a workbook named .csv', lambda p: p.xlsx(name='enterprises.csv'), 'refused', err=('enterprises.csv', 'xlsx'))
add('csv-parcels', 'a table where the parcels should be', lambda p: p.files.update(parcels='parcels.csv') or p.write('parcels.csv', f'宗地代码,面积\n{pid(1)},1\n'), 'refused', err=('parcels.csv', 'polygon'))

add('xlsx-plain', 'a plain workbook', lambda p: p.xlsx(), 'right', cells=FIRMS)
add('xlsx-all-text', 'every cell is text, numbers too', lambda p: p.xlsx(as_text=True), 'right', cells=FIRMS)
add('xlsx-title', 'a title above the header', lambda p: p.xlsx(before=[['2025年度亩均效益评价汇总表']]), 'refused', err=('enterprises.xlsx', 'first row must be the header'))
add('xlsx-title-merged', 'a merged title and a line with the date and unit above the header', lambda p: p.xlsx(before=[['2025年度亩均效益评价汇总表'], ['填报日期：2026-01-15', None, None, '单位：万元']],
    merged=['A1:F1']), 'refused', err=('enterprises.xlsx', 'first row must be the header'))
add('xlsx-two-header-rows', 'a header of two rows: 效益 merged over 产值 and 税收', lambda p: p.xlsx(before=[['统一社会信用代码', '企业名称', '宗地代码', '年份', '效益（万元）', None]],
    header=[None, None, None, None, '产值', '税收'], merged=['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:F1']), 'noted', codes='YEAR_MISSING', rows={'enterprises': 16}, changed=range(1, 6),
    cells={(i, 'output_wan'): None for i in range(1, 6)})
add('xlsx-blank-rows', 'blank rows between', lambda p: p.rows['enterprises'].insert(5, []) or p.xlsx() and p.delivered.update(enterprises=15), 'right', cells=FIRMS)
add('xlsx-two-sheets', 'two sheets, the second empty', lambda p: p.xlsx(sheets={'企业': [p.table] + p.rows['enterprises'], 'Sheet2': []}), 'right', cells=FIRMS)
add('xlsx-two-tables', 'two sheets that could both be it: one must be named', lambda p: p.xlsx(sheets={'2024': [p.table] + p.rows['enterprises'], '2025': [p.table] + p.rows['enterprises']}), 'refused',
    err=('enterprises.xlsx', '2024', '2025'))
add('xlsx-sheet-named', 'the sheet is named on the command line', lambda p: (p.xlsx(sheets={'说明': [['说明'], ['本表由各街道填报']], '企业': [p.table] + p.rows['enterprises']}), p.files.update(
    enterprises='enterprises.xlsx:企业')), 'right', cells=FIRMS)
add('xlsx-codes-as-numbers', 'parcel codes that became numbers: 3.50502001001E+18', lambda p: [r.__setitem__(2, 3.50502001001e18) for r in p.rows['enterprises'] if r[2] == pid(5)] and p.xlsx(), 'noted',
    codes='JOIN_NO_PARCEL ?KEY_NEARLY ?PARCEL_CODE_FORM', cells=LOST, changed=(5,))
add('xlsx-error-cells', 'a cell #REF!', lambda p: p.firm(15, output='#REF!').xlsx(), 'noted', codes='VALUE_UNREADABLE ENTERPRISE_VALUE_MISSING', cells=LOST, changed=(5,))
add('xlsx-truncated', 'a workbook cut in half', lambda p: p.xlsx().cut('enterprises.xlsx', 1500), 'refused', err=('enterprises.xlsx',))
add('xlsx-no-rows', 'a workbook with a header and no row', lambda p: p.xlsx(sheets={'Sheet1': [p.table]}) and p.delivered.update(enterprises=0), 'refused', err=('enterprises.xlsx', 'first row'))
add('xlsx-as-xls', 'a workbook .xlsx named .xls', lambda p: p.xlsx(name='enterprises.xls'), 'refused', err=('enterprises.xls', 'xlsx'))

add('field-duplicate', 'two columns of one meaning in the layer: ZDDM and DKBH', lambda p: p.column('parcels', 'DKBH', TEXT, list('abcdef')), 'right')
add('field-blanks', 'a column named " ZDMJ "', lambda p: p.rename('parcels', 'ZDMJ', ' ZDMJ '), 'right')
add('field-line-break', 'a column named 登记面积, line break, （㎡）', lambda p: p.rename('parcels', 'ZDMJ', '登记面积\n（㎡）'), 'right')
add('field-our-name', 'a column named area_planar_m2, which is ours', lambda p: p.column('parcels', 'area_planar_m2', WHOLE, [1] * 6), 'right')
add('field-no-id', 'no column that could be the code', lambda p: p.rename('parcels', 'ZDDM', '颜色'), 'refused', err=('parcels.gpkg', 'parcel_id', '颜色'))
add('field-sql', "a column named x\"; DROP TABLE parcels; --", lambda p: p.column('parcels', 'x"; DROP TABLE parcels; --', TEXT, list('abcdef')), 'right')
