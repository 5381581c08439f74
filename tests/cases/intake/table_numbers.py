"""Numbers in cells. Each case spoils the cell of one parcel or firm; the figures of the others stay to the last bit."""
from cases import add


def cap(id, cell, value, expect, **more):
    """A plot-ratio cap in a column of texts, parcel 6."""
    add(f'cap-{id}', f'plot ratio {cell!r}', lambda p: p.texts('parcels', 'GHRJL', p6=cell).gpkg(), expect,
        cells={(6, 'plot_ratio_cap'): value}, changed=(6,), **more)


cap('plain', '1.8', 1.8, 'right')
cap('one-180', '180', 180.0, 'noted', codes='SUSPECT_PLOT_RATIO')  # among caps of 2.0: doubted, as it stands
cap('percent-sign', '180%', 1.8, 'noted', codes='PLOT_RATIO_PERCENT')
cap('percent-wide', '１８０％', 1.8, 'noted', codes='PLOT_RATIO_PERCENT')
cap('full-width', '１．８', 1.8, 'noted', notes='VALUE_READ_AS')
cap('range', '1.5~2.0', 2.0, 'noted', notes='VALUE_READ_AS')
cap('range-hyphen', '1.5-2.0', 2.0, 'noted', notes='VALUE_READ_AS')
cap('range-percent', '150%~200%', 2.0, 'noted', codes='PLOT_RATIO_PERCENT')
cap('range-least', '≥1.0', None, 'noted', codes='VALUE_RANGE')
cap('range-both', '1.0≤R≤2.5', 2.5, 'noted', notes='VALUE_READ_AS')
cap('range-zhi', '1.5至2.0', 2.0, 'noted', notes='VALUE_READ_AS')
cap('range-wide', '１．５～２．０', 2.0, 'noted', notes='VALUE_READ_AS')
cap('not-set', '不予规定', None, 'noted', notes='VALUE_NOT_SET')
cap('not-limited', '不限', None, 'noted', notes='VALUE_NOT_SET')
cap('dash', '-', None, 'right')
cap('long-dash', '——', None, 'right')
cap('na', 'N/A', None, 'right')
cap('none', '无', None, 'right')
cap('slash', '/', None, 'right')
cap('blanks', '   ', None, 'right')
cap('blank-wide', '　1.8　', 1.8, 'noted', notes='VALUE_READ_AS|CODE_BLANKS')
cap('pending', '待定', None, 'right')
cap('word', '按规划', None, 'noted', codes='VALUE_UNREADABLE')
cap('two-dots', '1.8.0', None, 'noted', codes='VALUE_UNREADABLE')
cap('comma-decimal', '1,8', None, 'noted', codes='VALUE_UNREADABLE')
cap('negative', '-1.8', None, 'noted', codes='VALUE_NEGATIVE')
cap('nan', 'nan', None, 'right')
cap('inf', 'inf', None, 'noted', codes='VALUE_UNREADABLE')
cap('hex', '0x10', None, 'noted', codes='VALUE_UNREADABLE')
cap('over-ten', '18', 18.0, 'noted', codes='SUSPECT_PLOT_RATIO')
cap('zero', '0', None, 'noted', notes='VALUE_ZERO_MISSING')
cap('upper-bound', '≤2.0', 2.0, 'noted', notes='VALUE_READ_AS')
cap('numbers-mixed', '1.8亩', None, 'noted', codes='VALUE_UNREADABLE')
add('cap-all-percent', 'all plot ratios given as 200', lambda p: p.each('parcels', GHRJL=200.0).gpkg(), 'noted', codes='PLOT_RATIO_PERCENT')
add('cap-one-200', 'one plot ratio of a column of numbers given as 200', lambda p: p.parcel(6, GHRJL=200.0), 'noted', codes='SUSPECT_PLOT_RATIO', cells={(6, 'plot_ratio_cap'): 200.0})
add('cap-percent-header', 'header 容积率（%）, 200 in the cells: the unit is stated', lambda p: p.each('parcels', GHRJL=200.0).rename('parcels', 'GHRJL', '规划容积率（%）'),
    'right')


def area(id, cell, value, expect, words=None, header=None, **more):
    """A recorded area in a column of texts, parcel 2."""
    def make(p):
        p.texts('parcels', 'ZDMJ', p2=cell)
        if header:
            p.rename('parcels', 'ZDMJ', header)
        p.gpkg()
    add(f'area-{id}', words or f'recorded area {cell!r}', make, expect, cells={(2, 'area_recorded_m2'): value}, changed=(2,), **more)


area('thousands', '10,000.00', 10000.0, 'noted', notes='VALUE_READ_AS')
area('thousands-wide', '１０，０００', 10000.0, 'noted', notes='VALUE_READ_AS')
area('thousands-wrong', '1,00,00', None, 'noted', codes='VALUE_UNREADABLE')
area('m2', '10000㎡', 10000.0, 'noted', notes='VALUE_READ_AS')
area('m2-words', '10000平方米', 10000.0, 'noted', notes='VALUE_READ_AS')
area('mu', '15亩', 10000.0, 'noted', notes='VALUE_READ_AS')
area('ha', '1公顷', 10000.0, 'noted', notes='VALUE_READ_AS')
area('ha-blank', '1 hm²', 10000.0, 'noted', notes='VALUE_READ_AS')
area('wan-m2', '1万平方米', 10000.0, 'noted', notes='VALUE_READ_AS')
area('about', '约10000', 10000.0, 'noted', notes='VALUE_READ_AS')
area('voided', '10000（作废）', None, 'noted', codes='VALUE_UNREADABLE')
area('more-than', '10000余', None, 'noted', codes='VALUE_UNREADABLE')
area('range', '9000~10000', None, 'noted', codes='VALUE_RANGE')
area('exponent', '1E4', 10000.0, 'right')
area('sum', '6000+4000', None, 'noted', codes='VALUE_UNREADABLE')
area('two', '10000/15亩', None, 'noted', codes='VALUE_UNREADABLE|VALUE_RANGE')
area('money', '10000万元', None, 'noted', codes='VALUE_UNREADABLE', words='a unit of money in a column of areas')
area('apostrophe', "'10000", None, 'noted', codes='VALUE_UNREADABLE', words="Excel's apostrophe before the number")
area('nbsp', '\u00a010000\u00a0', 10000.0, 'noted', notes='VALUE_READ_AS', words='no-break blanks around the number')
area('formula-error', '#DIV/0!', None, 'noted', codes='VALUE_UNREADABLE')
area('hash-na', '#N/A', None, 'right')
area('zero', '0', None, 'noted', notes='VALUE_ZERO_MISSING')
area('negative', '-10000', None, 'noted', codes='VALUE_NEGATIVE')
area('long', '9' * 400, None, 'noted', codes='VALUE_UNREADABLE|AREA_IMPLAUSIBLE ?SUSPECT_UNIT', words='a number of 400 digits')
add('area-mu-column', 'header 登记面积（亩）, 15 in the cells', lambda p: p.each('parcels', ZDMJ=15.0).rename('parcels', 'ZDMJ', '登记面积（亩）'), 'right', near=1e-12)
add('area-ha-column', 'header 登记面积(hm2), 1 in the cells', lambda p: p.each('parcels', ZDMJ=1.0).rename('parcels', 'ZDMJ', '登记面积(hm2)'), 'right', near=1e-12)
add('area-mixed-units', 'one column of 亩 and 公顷 and ㎡ in the cells', lambda p: p.texts('parcels', 'ZDMJ', p1='15亩', p2='1公顷', p3='10000㎡', p4='15.0 亩', p5='1.0hm2', p6='0.01平方公里')
    .gpkg(), 'noted', notes='VALUE_READ_AS', near=1e-12)
add('area-mixed-header', 'header 登记面积（亩）, but one cell says 公顷', lambda p: p.texts('parcels', 'ZDMJ', **{f'p{i}': '15' for i in range(1, 7)}).texts('parcels', 'ZDMJ', p2='1公顷')
    .rename('parcels', 'ZDMJ', '登记面积（亩）'), 'noted', notes='VALUE_READ_AS', near=1e-12)
add('area-unit-unknown', 'header 登记面积（步）: no unit that is known', lambda p: p.rename('parcels', 'ZDMJ', '登记面积（步）'), 'noted', codes='UNIT_UNKNOWN',
    but=('area_recorded_m2', 'area_basis', 'plot_ratio_basis', 'area_recorded_diff_m2'), only=('area_planar_m2', 'floor_area_m2', 'output_wan', 'zone'))


def money(id, cell, value, expect, **more):
    """The output of firm 2 in 2025; the mean of its three years follows."""
    known = value is not None
    add(f'money-{id}', f'output {cell!r} under 产值（万元）', lambda p: p.firm(12, output=cell).csv(), expect,
        cells={(2, 'output_wan'): value, (2, 'tax_wan'): 80.0, (2, 'output_3y_wan'): (4000 + value) / 3 if known else None}, changed=(2,), **more)


money('thousands', '"2,000"', 2000.0, 'noted', notes='VALUE_READ_AS')
money('wan', '2000万', 2000.0, 'noted', notes='VALUE_READ_AS')
money('yuan', '20000000元', 2000.0, 'noted', notes='VALUE_READ_AS')
money('yi', '0.2亿元', 2000.0, 'noted', notes='VALUE_READ_AS')
money('sign', '￥2000', None, 'noted', codes='VALUE_UNREADABLE ENTERPRISE_VALUE_MISSING')
money('loss', '-2000', -2000.0, 'right')
money('accounting', '(2000)', None, 'noted', codes='VALUE_UNREADABLE ENTERPRISE_VALUE_MISSING')
money('word', '涉密', None, 'noted', codes='VALUE_UNREADABLE ENTERPRISE_VALUE_MISSING')
money('blank', '', None, 'noted', codes='ENTERPRISE_VALUE_MISSING')
money('dash', '-', None, 'noted', codes='ENTERPRISE_VALUE_MISSING')
money('zero', '0', 0.0, 'right')
money('range', '1500~2000', None, 'noted', codes='VALUE_RANGE ENTERPRISE_VALUE_MISSING')
money('mu', '2000亩', None, 'noted', codes='VALUE_UNREADABLE ENTERPRISE_VALUE_MISSING')
add('money-yuan-column', 'headers 产值（元）, 税收（元）', lambda p: (p.rows.update(enterprises=[r[:4] + [r[4] * 10000, r[5] * 10000] for r in p.rows['enterprises']]),
    p.table.__setitem__(slice(4, 6), ['产值（元）', '税收（元）'])), 'right', near=1e-12)
add('year-words', 'years as 2025年, 2025年度 and 2025.0', lambda p: p.firm(11, year='2025年').firm(12, year='2025年度').firm(13, year='2025.0'), 'right')
add('year-typo', 'the year 20255', lambda p: p.firm(15, year=20255), 'noted', codes='?VALUE_UNREADABLE YEAR_MISSING', changed=(5,), cells={(5, 'output_wan'): None})
add('year-later', 'a year after the reference date', lambda p: p.firm(15, year=2027), 'noted', notes='YEAR_LATER', changed=(5,), cells={(5, 'output_wan'): None})
