"""Codes, keys that almost match, areas against each other, plausibility, and the corrections file."""
from build import NUMBER, TEXT, credit, pid
from cases import add

FULL = 'W00000000'  # 28 characters: the parcel and "no building"


def renamed(p, change):
    """All parcels and all enterprise rows under another code."""
    p.each('parcels', ZDDM=lambda r: change(r['ZDDM']))
    for row in p.rows['enterprises']:
        row[2] = change(row[2])
    return p


def one(id, words, code, codes, **more):
    """Parcel 6 (no enterprise) has this code."""
    add(f'code-parcel-{id}', words, lambda p: p.parcel(6, ZDDM=code), 'noted', codes=codes, cells={(code, 'area_planar_m2'): 10000.0}, changed=(6,), **more)


add('code-parcel-28', '28-digit codes of real-estate units in all tables', lambda p: renamed(p, lambda c: c + FULL), 'right', names=lambda i: pid(i) + FULL)
one('short', '18 characters', '35050200100GB00006', 'PARCEL_CODE_FORM')
one('long', '20 characters', '350502001001GB000006', 'PARCEL_CODE_FORM')
one('letter', 'the letter O in the place of a 0', '35O502001001GB00006', 'PARCEL_CODE_FORM')
one('feature', 'a feature code that there is not: XB', '350502001001XB00006', 'PARCEL_CODE_FORM')
one('zero', 'the running number 00000', '350502001001GB00000', 'PARCEL_CODE_FORM')
one('lower', 'small letters gb', '350502001001gb00006', 'PARCEL_CODE_FORM')
one('full-width', 'full-width letters ＧＢ', '350502001001ＧＢ00006', 'PARCEL_CODE_FORM')
one('division', 'a division that there is not: 999999', '999999001001GB00006', 'PARCEL_CODE_DIVISION')
one('division-far', 'a division of Beijing among those of Licheng', '110108001001GB00006', 'PARCEL_CODE_DIVISION')
one('exponent', 'a code that Excel made a number: 3.50502E+18', '3.50502E+18', 'PARCEL_CODE_FORM')
add('code-parcel-blank', 'a code with blanks around it in the layer', lambda p: p.parcel(5, ZDDM=f' {pid(5)} '), 'noted', notes='CODE_BLANKS')


add('code-parcel-own', "codes of somebody's own, A-1 to A-6: not held against the national structure", lambda p: renamed(p, lambda c: f'A-{int(c[-5:])}'), 'noted', notes='CODE_OWN',
    names=lambda i: f'A-{i}')


def firm5(id, words, codes, change, notes='', joined=False, **more):
    """The three rows of firm 5 name its parcel in another way: 5000 and 200 of 2025 reach parcel 5 only when it is the same code."""
    def make(p):
        for i in (5, 10, 15):
            p.firm(i, parcel=change(pid(5)))
    add(f'key-{id}', words, make, 'noted', codes=codes, notes=notes, cells={(5, 'output_wan'): 5000.0 if joined else None}, changed=(5,), **more)


NEARLY = 'KEY_NEARLY ?JOIN_NO_PARCEL'


def proposed(n=1):
    def look(answer, say):
        if len(answer.candidates) < n:
            say(f'tables/join_candidates.csv has {len(answer.candidates)} rows, expected at least {n}')
    return look


firm5('blanks', 'blanks around the parcel code of a table', '', lambda c: f' {c} ', notes='CODE_BLANKS', joined=True)
firm5('inner-blank', 'a blank within', NEARLY, lambda c: c[:6] + ' ' + c[6:], check=proposed())
firm5('full-width', 'full-width letters', NEARLY, lambda c: c.replace('GB', 'ＧＢ'), check=proposed())
firm5('lower', 'small letters', NEARLY, lambda c: c.lower(), check=proposed())
firm5('o-for-0', 'the letter O for 0', NEARLY, lambda c: c.replace('001001', '0O1001'), check=proposed())
firm5('i-for-1', 'the letter I for 1', NEARLY, lambda c: c.replace('001001', '00I001'), check=proposed())
firm5('28', '28 digits for the 19 of the layer', NEARLY, lambda c: c + FULL, check=proposed())
firm5('28-short', '19 digits of another number: no parcel at all', 'JOIN_NO_PARCEL ?KEY_NEARLY', lambda c: '350502009009GB99999')
firm5('missing', 'no parcel code', 'JOIN_NO_KEY ?KEY_NEARLY', lambda c: '')
firm5('dash', 'a dash for the parcel code', 'JOIN_NO_KEY ?KEY_NEARLY', lambda c: '-')
firm5('exponent', 'a code that became a number: 3.50502E+18', 'JOIN_NO_PARCEL ?KEY_NEARLY ?PARCEL_CODE_FORM', lambda c: '3.50502E+18')
add('key-leading-zero', 'codes 01..06 whose zeros Excel took: proposed, not joined', lambda p: (p.each('parcels', ZDDM=lambda r: r['ZDDM'][-2:]), [r.__setitem__(2, r[2][-1:]) for r in p.rows['enterprises']]),
    'noted', codes='KEY_NEARLY ?JOIN_NO_PARCEL ?PARCEL_CODE_FORM', names=lambda i: f'0{i}', but=('enterprise_count', 'output_wan', 'tax_wan', 'output_3y_wan', 'tax_3y_wan', 'years_known', 'output_wan_per_mu',
    'tax_wan_per_mu'), check=proposed(5))


def occupied(p, code=None, name=None):
    """Firm 1 uses parcels 1 and 6 by an occupancy table; its code or name there is written otherwise."""
    rows = [(code or credit(1), name or '泉州示例甲有限公司', c, 5000) for c in (pid(1), pid(6))]
    for i in (1, 6, 11):
        p.firm(i, parcel='')
    p.write('occupancies.csv', '统一社会信用代码,企业名称,宗地代码,用地面积（㎡）\n' + ''.join(','.join(map(str, r)) + '\n' for r in rows))
    p.files['occupancies'], p.delivered['occupancies'] = 'occupancies.csv', 2


SHARED = {(1, 'output_wan'): 500.0, (6, 'output_wan'): 500.0}
add('key-occupancy', 'an enterprise on two parcels of an occupancy table: half to each', occupied, 'right', cells=SHARED)
add('key-credit-o', 'the letter O for 0 in the credit code of the occupancies', lambda p: occupied(p, credit(1).replace('0', 'O', 1)), 'noted', codes='KEY_NEARLY CREDIT_CODE_FORM ?JOIN_NO_KEY', changed=(1, 6), check=proposed())
add('key-name', 'no credit code, the name without 有限公司', lambda p: occupied(p, '-', '泉州示例甲'), 'noted', codes='KEY_NEARLY ?JOIN_NO_KEY', changed=(1, 6), check=proposed())


def credit_row(id, words, code, codes, **more):
    def make(p):
        for i in (5, 10, 15):
            p.firm(i, code=code)
    add(f'credit-{id}', words, make, 'noted' if codes else 'right', codes=codes, cells={(5, 'output_wan'): 5000.0, (5, 'tax_wan'): 200.0}, **more)


credit_row('valid', 'a valid code of a real company (facts/land-rules.md 7)', '91350200MA2YJ1XR9G', '')
credit_row('check', 'a real code whose check digit fails: told, and used', '91350203M0001QAY9B', 'CREDIT_CODE_CHECK')
credit_row('typo', 'one digit wrong', credit(5)[:8] + '9' + credit(5)[9:], 'CREDIT_CODE_CHECK')
credit_row('short', '17 characters', credit(5)[:17], 'CREDIT_CODE_FORM')
credit_row('letter', 'the letter I, which no code has', 'I' + credit(5)[1:], 'CREDIT_CODE_FORM')
credit_row('old', 'a tax number of 15 digits', '350502798359476', 'CREDIT_CODE_FORM')
credit_row('exponent', '9.1350502E+17, as Excel shows it', '9.1350502E+17', 'CREDIT_CODE_FORM')
credit_row('lower', 'small letters', '91350200ma2yj1xr9g', '?CREDIT_CODE_FORM CREDIT_CODE_FORM|CREDIT_CODE_CHECK')


def industry(id, words, code, expect, **more):
    add(f'industry-{id}', words, lambda p: p.column('parcels', 'HYDM', TEXT, ['3311', '3311', '3311', '3311', '3311', code]), expect, **more)


industry('division', '13, a division', '13', 'right')
industry('class', '3311, a class', '3311', 'right')
industry('section', 'C33, with the letter of the section', 'C33', 'right')
industry('both', '33 is 金属制品 in the edition of 2017, 有色金属 in that of 2002', '3311', 'noted', notes='INDUSTRY_EDITION')
industry('unknown', '9999: there is none', '9999', 'noted', codes='INDUSTRY_CODE_UNKNOWN')
industry('words', '制造业 in the place of a code', '制造业', 'noted', codes='INDUSTRY_CODE_UNKNOWN')


def named(code, text):
    """The entry names what is wrong, not something beside it."""
    def look(answer, say):
        found = [e['found'] for e in answer.ledger if e['code'] == code]
        if found and not any(text in f for f in found):
            say(f'{code} says {found}, not {text}')
    return look


def uses(id, words, values, expect, **more):
    """Land-use codes of the six parcels."""
    add(f'use-{id}', words, lambda p: p.column('parcels', 'DLBM', TEXT, values), expect, only=more.pop('only', ('area_planar_m2', 'floor_area_m2', 'output_wan', 'zone')), **more)


uses('234', '用地用海: 1001, 1101, 0701, 1401', ['1001', '100102', '1101', '070102', '1401', '1301'], 'noted', notes='LAND_USE_SCHEME')
uses('21010', 'GB/T 21010: 0601, 0604, 0701', ['0601', '0604', '0701', '0501', '0601', '0604'], 'noted', notes='LAND_USE_SCHEME')
uses('survey', '三调: 0601, 0508, 05H1, 08H2', ['0601', '0508', '05H1', '08H2', '0601', '0810A'], 'noted', notes='LAND_USE_SCHEME')
uses('50137', 'GB 50137: M1, M2, W1, B1', ['M1', 'M2', 'W1', 'B1', 'M2', 'G1'], 'noted', notes='LAND_USE_SCHEME')
uses('ambiguous', 'only 1001: 工业 in one scheme, 铁路 in two others', ['1001'] * 6, 'noted', codes='LAND_USE_AMBIGUOUS')
uses('ambiguous-0601', 'only 0601 and 0602: 工业 or 农村道路', ['0601', '0602'] * 3, 'noted', codes='LAND_USE_AMBIGUOUS')
uses('unknown', 'one code that no scheme has', ['100101'] * 5 + ['9876'], 'noted', codes='LAND_USE_UNKNOWN', only=('area_planar_m2', 'industrial'), changed=(6,), check=named('LAND_USE_UNKNOWN', '9876'))
uses('zero-lost', 'GB/T 21010 without the leading zeros', ['601', '604', '701', '501', '601', '604'], 'noted', notes='LAND_USE_SCHEME', check=named('LAND_USE_SCHEME', 'leading 0'))
uses('words', '工业用地 in the place of codes', ['工业用地'] * 6, 'right', cells={(1, 'industrial'): 'yes'})
uses('missing', 'one parcel without a code', ['100101'] * 5 + [None], 'right')

# ---- areas and plausibility ----

add('area-differs', 'recorded 10500 m2, measured 10000', lambda p: p.parcel(6, ZDMJ=10500.0), 'noted', codes='AREA_DIFFERS', changed=(6,))
add('area-within', 'recorded 10050 m2: within the tolerance', lambda p: p.parcel(6, ZDMJ=10050.0), 'right', changed=(6,))
add('area-slip-15', 'recorded 15 "m2": 亩', lambda p: p.parcel(6, ZDMJ=15.0), 'noted', codes='AREA_IMPLAUSIBLE ?SUSPECT_UNIT', changed=(6,), cells={(6, 'area_mu'): (14.99208, 1e-5)})
add('area-slip-ha', 'recorded 1 "m2": 公顷', lambda p: p.parcel(6, ZDMJ=1.0), 'noted', codes='AREA_IMPLAUSIBLE ?SUSPECT_UNIT', changed=(6,), cells={(6, 'area_mu'): (14.99208, 1e-5)})
add('area-slip-666', 'recorded 6666666.67: 亩 made m2 twice', lambda p: p.parcel(6, ZDMJ=6666666.67), 'noted', codes='AREA_IMPLAUSIBLE ?SUSPECT_UNIT', changed=(6,))
add('area-slip-all', 'all recorded areas in 亩 under a header without a unit', lambda p: p.each('parcels', ZDMJ=15.0), 'noted', codes='AREA_IMPLAUSIBLE|SUSPECT_UNIT ?AREA_IMPLAUSIBLE ?SUSPECT_UNIT', only=('area_planar_m2', 'output_wan'))
add('suspect-tax-yuan', 'tax 2,000,000 "万元" on 15 亩: 元', lambda p: p.firm(15, tax=2000000), 'noted', codes='SUSPECT_TAX_PER_MU ?SUSPECT_UNIT', cells={(5, 'tax_wan'): 2000000.0}, changed=(5,))
add('suspect-output-yi', 'output 0.5 "万元" after 4000 and 4000: 亿', lambda p: p.firm(14, output=0.4), 'noted', codes='SUSPECT_UNIT ?SUSPECT_TAX_PER_MU', cells={(4, 'output_wan'): 0.4}, changed=(4,))
add('suspect-storeys', '3 storeys, 90 m high', lambda p: p.column('buildings', 'JZGD', NUMBER, [90.0, 9.0, 18.0, 8.0]), 'noted', codes='SUSPECT_STOREYS', changed=(1,))
add('suspect-storeys-low', '60 storeys in 10 m', lambda p: p.building(4, CS=60).column('buildings', 'JZGD', NUMBER, [12.0, 9.0, 18.0, 10.0]), 'noted', codes='SUSPECT_STOREYS ?SUSPECT_PLOT_RATIO ?SUSPECT_FLOOR_AREA', changed=(4,),
    cells={(4, 'footprint_m2'): 1200.0})
add('suspect-floor-digit', 'a registered floor area of ten times footprint x storeys: a digit too many', lambda p: p.column('buildings', 'JZMJ', NUMBER, [75000.0, 4800.0, 4500.0, 2400.0]), 'noted',
    codes='SUSPECT_UNIT ?SUSPECT_FLOOR_AREA', cells={(1, 'floor_area_m2'): 75000.0}, but=('floor_area_source',))
add('suspect-floor-area', 'a registered floor area of five times footprint x storeys', lambda p: p.column('buildings', 'JZMJ', NUMBER, [37500.0, 4800.0, 4500.0, 2400.0]), 'noted', codes='SUSPECT_FLOOR_AREA',
    cells={(1, 'floor_area_m2'): 37500.0}, but=('floor_area_source',))
add('suspect-plot-ratio', 'built plot ratio 12: told, not corrected', lambda p: p.column('buildings', 'JZMJ', NUMBER, [120000.0, 4800.0, 4500.0, 2400.0]), 'noted', codes='SUSPECT_PLOT_RATIO ?SUSPECT_FLOOR_AREA ?SUSPECT_UNIT',
    cells={(1, 'plot_ratio'): 12.0}, but=('floor_area_source',))
add('suspect-nothing', 'heights and floor areas that fit', lambda p: p.column('buildings', 'JZMJ', NUMBER, [7500.0, 4800.0, 4500.0, 2400.0]).column('buildings', 'JZGD', NUMBER, [13.5, 9.0, 22.0, 8.0]), 'right',
    but=('floor_area_source',))

# ---- corrections ----

HEAD = 'layer,id,field,old,new,reason,who\n'


def fixed(id, words, rows, expect='noted', codes='', notes='', before=lambda p: p, head=HEAD, text='utf-8', **more):
    add(f'fix-{id}', words, lambda p: before(p).write('fixes.csv', head + rows, text), expect, codes=codes, notes=notes, options=['--corrections', 'fixes.csv'], **more)


fixed('applied', 'the old value matches', f'parcels,{pid(6)},area_recorded_m2,10500,10000,typing error,Li\n', notes='CORRECTION_APPLIED', before=lambda p: p.parcel(6, ZDMJ=10500.0))
fixed('applied-gbk', 'the same file in GBK with a Chinese reason', f'parcels,{pid(6)},area_recorded_m2,10500,10000,登记簿核对,李\n', notes='CORRECTION_APPLIED', before=lambda p: p.parcel(6, ZDMJ=10500.0), text='gbk')
fixed('old-differs', 'the old value is another: not applied', f'parcels,{pid(6)},area_recorded_m2,9999,12345,x,Li\n', codes='CORRECTION_NOT_APPLIED')
fixed('no-row', 'no such parcel', 'parcels,350502001001GB00099,area_recorded_m2,10000,1,x,Li\n', codes='CORRECTION_NOT_APPLIED')
fixed('no-field', 'no such field', f'parcels,{pid(6)},weight,1,2,x,Li\n', codes='CORRECTION_NOT_APPLIED')
fixed('no-layer', 'no such layer', f'streets,{pid(6)},area_recorded_m2,1,2,x,Li\n', codes='CORRECTION_NOT_APPLIED')
fixed('ambiguous', 'the id stands on two rows', f'parcels,{pid(5)},area_recorded_m2,10000,9999,x,Li\n', codes='CORRECTION_NOT_APPLIED ID_DUPLICATE JOIN_DUPLICATE_PARCEL', before=lambda p: p.parcel(6, ZDDM=pid(5)), changed=(5, 6))
fixed('unreadable', 'the new value is no number', f'parcels,{pid(6)},area_recorded_m2,10000,many,x,Li\n', codes='CORRECTION_NOT_APPLIED')
fixed('two', 'one is applied, one not', f'parcels,{pid(6)},area_recorded_m2,10500,10000,x,Li\nparcels,{pid(5)},area_recorded_m2,1,2,x,Li\n', codes='CORRECTION_NOT_APPLIED', notes='CORRECTION_APPLIED',
      before=lambda p: p.parcel(6, ZDMJ=10500.0))
fixed('key', "a table's parcel code is confirmed", f'enterprises,{credit(5)},parcel_id,350502001001gb00005,{pid(5)},candidate confirmed,Li\n', notes='CORRECTION_APPLIED', codes='?CORRECTION_NOT_APPLIED ?KEY_NEARLY',
      before=lambda p: p.firm(15, parcel=pid(5).lower()), changed=(5,))
fixed('header-only', 'no corrections in the file', '', expect='right')
fixed('no-header', 'no header', f'parcels,{pid(6)},area_recorded_m2,1,2,x,Li\n', head='', expect='refused', err=('fixes.csv',))
add('fix-no-file', 'no such file', lambda p: p, 'refused', err=('fixes.csv',), options=['--corrections', 'fixes.csv'])
