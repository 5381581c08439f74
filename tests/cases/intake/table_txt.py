"""界址点 TXT (电子报盘): parcels as survey firms hand them over, X north and Y east with the zone before it."""
from build import PLACES, X0, Y0, box, pid
from cases import add

HEAD = {'格式版本号': '1.01版本', '数据产生单位': '泉州示例测绘', '数据产生日期': '2026-01-15', '坐标系': '2000国家大地坐标系', '几度分带': '3', '投影类型': '高斯克吕格', '计量单位': '米', '带号': '40', '精度': '0.001',
        '转换参数': ',,,,,,'}
ONLY = ('area_planar_m2', 'area_ellipsoid_m2', 'area_recorded_m2', 'floor_area_m2', 'output_wan', 'zone', 'land_use')


def points(ring, number, zone, swap=False):
    for k, (x, y) in enumerate(ring, 1):
        north, east = y + Y0, x + X0 + zone * 1e6
        yield f'J{(k - 1) % (len(ring) - 1) + 1},{number},' + (f'{east:.3f},{north:.3f}' if swap else f'{north:.3f},{east:.3f}')


def txt(p, zone=40, head=None, text='gbk', end='\r\n', edit=None, rings=None, count=None, area=1.0, swap=False):
    """The six parcels; rings: {parcel: further rings}; head: changed keys, None to leave one out."""
    said = {**HEAD, **(head or {})}
    lines = ['[属性描述]'] + [f'{k}={v}' for k, v in said.items() if v is not None] + ['[地块坐标]']
    for i, (x, y) in enumerate(PLACES, 1):
        all_rings = [box(x, y, 100, 100)] + (rings or {}).get(i, [])
        body = [line for n, r in enumerate(all_rings, 1) for line in points(r, n, zone, swap)]
        lines += [f'{count if count is not None and i == 6 else len(body)},{area:.4f},{pid(i)},泉州示例地块{i},面,,工业用地,100101,@'] + body
    lines = edit(lines) if edit else lines
    p.files['parcels'], p.delivered['parcels'] = 'parcels.txt', 6
    return p.write('parcels.txt', end.join(lines + ['']), text)


def case(id, words, expect, codes='', notes='', near=1e-9, before=lambda p: p, cells=None, changed=(), rows=None, err=(), options=(), **how):
    add(f'txt-{id}', words, lambda p: txt(before(p), **how), expect, codes=codes, notes=notes, near=near, cells=cells, changed=changed, only=ONLY, rows=rows, err=err, options=options)


def last(change):
    """The 6th parcel's header and points are the last six lines."""
    return lambda lines: lines[:-6] + change(lines[-6:])


HOLE = box(260, 140, 20, 20)
case('plain', 'GBK, zone 40 before Y, as the head says', 'noted', notes='ENCODING_ASSUMED')
case('utf8', 'UTF-8', 'right', text='utf-8')
case('utf8-bom', 'UTF-8 with BOM and bare line feeds', 'right', text='utf-8-sig', end='\n')
case('utf16', 'UTF-16', 'right', text='utf-16')
case('hole', 'two rings: the second is a hole', 'noted', notes='ENCODING_ASSUMED', rings={6: [HOLE]}, area=1.0, cells={(6, 'area_planar_m2'): 9600.0}, changed=(6,), codes='AREA_DIFFERS')
case('two-parts', 'two rings that lie apart: two parts', 'noted', notes='GEOM_MULTIPART', rings={6: [box(240, 240, 20, 20)]}, cells={(6, 'area_planar_m2'): 10400.0}, changed=(6,), codes='AREA_DIFFERS')
case('no-zone', 'Y without the zone, the zone in the head', 'noted', notes='ENCODING_ASSUMED', zone=0, codes='?CRS_ZONE_PREFIX')
case('zone-contradicts', 'zone 39 before Y, 40 in the head', 'refused', zone=39, err=('parcels.txt', '39', '40'))
case('zone-missing', 'no zone in the head, but before Y', 'noted', notes='ENCODING_ASSUMED', head={'带号': None})
case('system-missing', 'no system in the head', 'refused', head={'坐标系': None}, err=('parcels.txt', '--crs|坐标系'))
case('system-missing-option', 'no system in the head, --crs EPSG:4528', 'noted', notes='CRS_ASSIGNED', head={'坐标系': None}, options=['--crs', 'EPSG:4528'])
case('xian80', "坐标系=80国家大地坐标系 beside zones in CGCS2000: parameters are asked for", 'refused', head={'坐标系': '80国家大地坐标系'}, err=('parcels.txt|zones', 'datum_shift|towgs84'))
case('system-unknown', '坐标系=泉州城市坐标系', 'refused', head={'坐标系': '泉州城市坐标系'}, err=('parcels.txt', '--crs|坐标系'))
case('swapped', 'X east and Y north: against the format', 'noted', swap=True, codes='CRS_AXES_SWAPPED')
case('count-wrong', 'the head of parcel 6 says 9 points where there are 5', 'noted', count=9, codes='SOURCE_WARNING|GEOM_INVALID|VALUE_UNREADABLE')
case('area-wrong', 'the head of parcel 6 says 2 公顷, its points 1', 'noted', edit=last(lambda t: [t[0].replace(',1.0000,', ',2.0000,')] + t[1:]), codes='AREA_DIFFERS', changed=(6,))
case('not-closed', 'the last point of a ring does not repeat the first', 'noted', notes='ENCODING_ASSUMED', edit=last(lambda t: [t[0].replace('5,', '4,', 1)] + t[1:-1]), codes='?GEOM_INVALID')
case('letter', 'a coordinate that is no number: only its parcel is set aside', 'noted', edit=last(lambda t: t[:2] + [t[2].replace('.000', '.00O', 1)] + t[3:]), changed=(6,),
     codes='COORD_NOT_FINITE|VALUE_UNREADABLE|ROW_NO_GEOMETRY|GEOM_UNREPAIRABLE ?VALUE_UNREADABLE ?ROW_NO_GEOMETRY')
case('short-line', 'a point of three cells', 'noted', edit=last(lambda t: t[:2] + [','.join(t[2].split(',')[:3])] + t[3:]), changed=(6,),
     codes='COORD_NOT_FINITE|VALUE_UNREADABLE|ROW_NO_GEOMETRY|GEOM_UNREPAIRABLE|ROW_CELLS_MISSING ?VALUE_UNREADABLE ?ROW_NO_GEOMETRY')
case('no-points', 'a parcel without points', 'noted', edit=last(lambda t: [t[0].replace('5,', '0,', 1)]), codes='ROW_NO_GEOMETRY', changed=(6,))
case('blank-lines', 'blank lines and blanks around commas', 'noted', notes='ENCODING_ASSUMED', edit=lambda lines: [t.replace(',', ' , ') if t.startswith('J') else t for t in lines for t in (t, '')])
case('cut', 'the file ends in the middle of a line', 'noted', edit=last(lambda t: t[:4] + [t[4][:9]]), changed=(6,),
     codes='COORD_NOT_FINITE|VALUE_UNREADABLE|ROW_NO_GEOMETRY|GEOM_UNREPAIRABLE|SOURCE_WARNING|ROW_CELLS_MISSING ?SOURCE_WARNING ?VALUE_UNREADABLE ?ROW_NO_GEOMETRY ?GEOM_INVALID ?AREA_DIFFERS')
case('no-section', 'no [地块坐标]', 'refused', edit=lambda lines: [t for t in lines if t != '[地块坐标]'], err=('parcels.txt', '地块坐标'))
case('empty', 'a file of 0 bytes', 'refused', edit=lambda lines: [], end='', err=('parcels.txt', 'empty'))
case('prose', 'a text that is no 电子报盘', 'refused', edit=lambda lines: ['会议纪要', '出席：'], err=('parcels.txt',))
