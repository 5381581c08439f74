"""Text encodings in DBF, CSV and workbooks: what is said about them is often wrong or missing."""
from cases import add

OWNER = {(1, 'owner_name'): '泉州示例甲有限公司', (6, 'owner_name'): '泉州示例己有限公司'}
FIRMS = {(i, 'output_wan'): 1000.0 * i for i in range(1, 6)}


def dbf(id, words, expect, cells=OWNER, **more):
    """A .dbf; the texts must come out right whatever is said about them."""
    how = {k: more.pop(k) for k in ('text', 'cpg', 'ldid', 'width', 'names', 'before') if k in more}
    before = how.pop('before', lambda p: p)
    add(id, words, lambda p: before(p).shp(**how), expect, cells=cells, **more)


dbf('dbf-gbk-cpg', 'GBK, and the .cpg says so', 'right', text='gbk', cpg='GBK')
dbf('dbf-gbk-cpg-936', 'GBK, the .cpg says 936', 'right', text='gbk', cpg='936')
dbf('dbf-gbk-cpg-crlf', 'GBK, the .cpg has a line end and blanks', 'right', text='gbk', cpg=' GBK \r\n')
dbf('dbf-gbk-no-cpg', 'GBK without .cpg, language byte 0', 'noted', notes='ENCODING_ASSUMED', text='gbk')
dbf('dbf-gbk-ldid-4d', 'GBK without .cpg, language byte 0x4D', 'right', text='gbk', ldid=0x4D)
dbf('dbf-gbk-ldid-latin', 'GBK with the language byte of Latin 1', 'noted', notes='ENCODING_ASSUMED', text='gbk', ldid=0x57)
dbf('dbf-gbk-cpg-utf8', 'GBK, but the .cpg says UTF-8', 'noted', notes='ENCODING_ASSUMED', text='gbk', cpg='UTF-8')
dbf('dbf-utf8-cpg-gbk', 'UTF-8, but the .cpg says GBK', 'noted', notes='ENCODING_ASSUMED', cpg='GBK')
dbf('dbf-utf8-no-cpg', 'UTF-8 without .cpg, as ArcGIS 10.2.1 and later take it', 'right', cpg=None)
dbf('dbf-gbk-cpg-oem', 'GBK, the .cpg says OEM', 'noted', notes='ENCODING_ASSUMED', text='gbk', cpg='OEM')
dbf('dbf-gbk-cpg-ansi', 'GBK, the .cpg says ANSI', 'noted', notes='ENCODING_ASSUMED', text='gbk', cpg='ANSI')
dbf('dbf-gbk-cpg-empty', 'GBK, the .cpg is empty', 'noted', notes='ENCODING_ASSUMED', text='gbk', cpg='')
dbf('dbf-gbk-cpg-rubbish', 'GBK, the .cpg names no encoding there is', 'noted', notes='ENCODING_ASSUMED', text='gbk', cpg='chinese')
dbf('dbf-gb18030-four-bytes', 'GB 18030 with a character of four bytes (㑇) in a name', 'right', text='gb18030', cpg='GB18030',
    before=lambda p: p.parcel(2, QLR='泉州㑇有限公司'), cells={(2, 'owner_name'): '泉州㑇有限公司'})
dbf('dbf-big5-cpg', 'Big5, and the .cpg says so', 'right', text='big5', cpg='BIG5', before=lambda p: p.each('parcels', QLR='臺灣示例廠'), but=('owner_name',),
    cells={(1, 'owner_name'): '臺灣示例廠'})
dbf('dbf-big5-ldid', 'Big5, language byte 0x78', 'right', text='big5', ldid=0x78, before=lambda p: p.each('parcels', QLR='臺灣示例廠'), but=('owner_name',),
    cells={(1, 'owner_name'): '臺灣示例廠'})
dbf('dbf-big5-option', 'Big5, nothing said, --encoding BIG5', 'noted', notes='ENCODING_GIVEN', text='big5', options=['--encoding', 'BIG5'],
    before=lambda p: p.each('parcels', QLR='臺灣示例廠').drop('enterprises'), but=('owner_name',), only=('area_planar_m2', 'floor_area_m2'), cells={(1, 'owner_name'): '臺灣示例廠'})
dbf('dbf-gbk-option', 'GBK, the .cpg says UTF-8, --encoding GBK for this file and no other', 'noted', notes='ENCODING_GIVEN', text='gbk', cpg='UTF-8',
    options=['--encoding', 'GBK'], before=lambda p: p.drop('enterprises'), only=('area_planar_m2', 'floor_area_m2', 'owner_name'))
dbf('dbf-option-unknown', '--encoding names none that there is', 'refused', err=('KLINGON',), text='gbk', options=['--encoding', 'KLINGON'], cells=None)
dbf('dbf-option-lies', '--encoding UTF-8 for a file in GBK: told, not read as rubbish', 'noted', codes='VALUE_UNREADABLE|TEXT_CUT', notes='ENCODING_GIVEN', text='gbk',
    options=['--encoding', 'UTF-8'], cells={(1, 'owner_name'): None}, but=('owner_name',))
dbf('dbf-gbk-text-cut', 'GBK text cut in the middle of its last character', 'noted', codes='TEXT_CUT', text='gbk', cpg='GBK', width=19,
    before=lambda p: p.column('parcels', 'ZL').parcel(3, ZL='某某某某某某某某某某路'), cells={(3, 'address'): '某某某某某某某某某'})
dbf('dbf-utf8-text-cut', 'UTF-8 text cut in the middle of its last character', 'noted', codes='TEXT_CUT', cpg='UTF-8', width=31,
    before=lambda p: p.column('parcels', 'ZL').parcel(3, ZL='某某某某某某某某某某路'), cells={(3, 'address'): '某某某某某某某某某某'})
dbf('dbf-name-cut-gbk', 'field names in GBK cut at 10 bytes: 不动产登记面积 is cut to 不动产登记', 'right', text='gbk', cpg='GBK',
    names={'ZDDM': '宗地代码', 'ZDMJ': '不动产登记面积', 'GHRJL': '规划容积率', 'QLR': '土地权利人'})
dbf('dbf-name-cut-utf8', 'field names in UTF-8 cut at 10 bytes, in the middle of a character: 宗地代\\xE7, 登记面\\xE7', 'right', cpg='UTF-8',
    names={'ZDDM': '宗地代码', 'ZDMJ': '登记面积'})
BROKEN = b'abc\xff\xfe\xfd\x81def'
dbf('dbf-one-cell-broken', 'UTF-8 with one cell of bytes that are no text: the encoding is asked for', 'refused', err=('parcels.shp', 'encoding'), cpg='UTF-8', before=lambda p: p.parcel(4, QLR=BROKEN),
    cells=None)
dbf('dbf-one-cell-broken-option', 'the same with --encoding UTF-8: that cell is told', 'noted', codes='VALUE_UNREADABLE|TEXT_CUT', cpg='UTF-8', before=lambda p: p.parcel(4, QLR=BROKEN),
    options=['--encoding', 'UTF-8'], cells={(4, 'owner_name'): None, **OWNER})
dbf('dbf-nul-padded', 'texts padded with NUL bytes', 'right', cpg='UTF-8', before=lambda p: p.each('parcels', QLR=lambda r: r['QLR'].encode() + b'\0' * 10))
dbf('dbf-stars', 'a cell of stars, which is how shapefiles write a missing number', 'noted', notes='AREA_NOT_RECORDED', cpg='UTF-8', before=lambda p: p.parcel(2, ZDMJ=b'*' * 19),
    cells={(2, 'area_recorded_m2'): None}, changed=(2,))

add('csv-gbk', 'GBK CSV', lambda p: p.csv('gbk'), 'noted', notes='ENCODING_ASSUMED', cells=FIRMS)
add('csv-gb18030', 'GB 18030 CSV with a name of four bytes', lambda p: p.firm(1, name='泉州㑇有限公司').csv('gb18030'), 'noted', notes='ENCODING_ASSUMED', cells=FIRMS)
add('csv-utf8-bom', 'UTF-8 with BOM, CRLF, as Excel saves it', lambda p: p.csv(bom=b'\xef\xbb\xbf', end='\r\n'), 'right', cells=FIRMS)
add('csv-utf16le', 'UTF-16 little endian with BOM ("Unicode text" of Excel), tabs', lambda p: p.csv('utf-16-le', '\t', '\r\n', b'\xff\xfe'), 'right', cells=FIRMS)
add('csv-utf16be', 'UTF-16 big endian with BOM', lambda p: p.csv('utf-16-be', bom=b'\xfe\xff'), 'right', cells=FIRMS)
add('csv-utf16-no-bom', 'UTF-16 without BOM', lambda p: p.csv('utf-16-le'), 'noted', notes='ENCODING_ASSUMED', cells=FIRMS)
add('csv-utf16-odd', 'UTF-16 that ends in half a character', lambda p: p.csv('utf-16-le', bom=b'\xff\xfe').cut('enterprises.csv', -1), 'refused', err=('enterprises.csv',))
add('csv-big5-option', 'Big5 CSV, --encoding BIG5', lambda p: (p.table.__setitem__(slice(None), 'credit_code enterprise_name parcel_id year output tax'.split()),
    [row.__setitem__(1, '臺灣示例廠') for row in p.rows['enterprises']], p.each('parcels', QLR='A').csv('big5')), 'noted', notes='ENCODING_GIVEN', options=['--encoding', 'BIG5'],
    cells=FIRMS, but=('owner_name',))
add('csv-gbk-bom-lie', 'a UTF-8 BOM before GBK text', lambda p: p.csv('gbk', bom=b'\xef\xbb\xbf'), 'noted', notes='ENCODING_ASSUMED', cells=FIRMS)
add('csv-mixed', 'UTF-8, but one row was pasted in as GBK', lambda p: p.csv().write('enterprises.csv', b'\n'.join(
    line.encode('gbk' if i == 11 else 'utf-8') for i, line in enumerate(p.lines()))), 'refused', err=('enterprises.csv', 'encoding'))
add('csv-mixed-option', 'UTF-8 with one row in GBK, read with --encoding UTF-8: the row told, the others right', lambda p: p.csv().write('enterprises.csv', b'\n'.join(
    line.encode('gbk' if i == 11 else 'utf-8') for i, line in enumerate(p.lines()))), 'noted', codes='VALUE_UNREADABLE', notes='ENCODING_GIVEN',
    options=['--encoding', 'UTF-8'], cells=FIRMS)
add('csv-option-lies', '--encoding UTF-8 for a CSV in GBK: no column has a meaning', lambda p: p.csv('gbk'), 'refused', err=('enterprises.csv',), options=['--encoding', 'UTF-8'])
add('geojson-gbk', 'GeoJSON written in GBK', lambda p: p.project('parcels', 4326).geojson().write('parcels.geojson', open(p.path('parcels.geojson'), encoding='utf-8').read().encode('gbk')),
    'noted', codes='?VALUE_UNREADABLE', notes='ENCODING_ASSUMED|CRS_DEGREES', near=1e-6, only=('area_recorded_m2', 'area_ellipsoid_m2', 'output_wan'))
add('text-control', 'control characters in the name of an owner', lambda p: p.parcel(1, QLR='示例\x1b[31m甲\x07厂'), 'noted', notes='TEXT_CONTROL', cells={(1, 'owner_name'): '示例\x1b[31m甲\x07厂'}, but=('owner_name',))
add('text-direction', 'an owner written from right to left by a mark', lambda p: p.parcel(1, QLR='示例\u202e厂甲\u202c'), 'noted', notes='TEXT_CONTROL', cells={(1, 'owner_name'): '示例\u202e厂甲\u202c'}, but=('owner_name',))
