"""situations.py: who uses what, reckoned by hand. A parcel has 10,000 m2 of land; its houses a1, a2 (of parcel A) the floor areas that stand behind it. Codes of
firms are numbers. Rows are parcel, role, who, floor_m2, land_share, output_wan, in the order of the table: uses as their rows came (a use's unused floor behind it),
vacant, unknown, excess. The year is 2025, of 365 days. A firm is (number, parcel cell, output[, tax]) or a dict."""


class Situation:
    """alike    {parcel: the parcel whose code it bears}    owner  {parcel: firm that the land record names}    mapped  False: no layer of buildings
    across   {house: (floor area, metres from the left of A, width)}    output  {parcel: output_wan}, a parcel that is not named has none known
    blank    a figure was delivered blank: the shares cannot add up to the source"""

    def __init__(self, id, words, parcels, occupancies=(), firms=(), rows=(), output=None, codes='', units=(), owner=None, across=None, alike=None, mapped=True,
                 blank=False):
        self.id, self.words, self.parcels, self.rows, self.output, self.codes = id, words, parcels, list(rows), output or {}, codes
        self.occupancies, self.units, self.owner, self.across, self.alike = list(occupancies), list(units), owner or {}, across or {}, alike or {}
        self.firms = [dict(f) if isinstance(f, dict) else dict(zip(('who', 'at', 'output', 'tax'), f)) for f in firms]
        for f in self.firms:
            f.setdefault('year', 2025)
        self.mapped, self.blank = mapped, blank

    def houses(self):
        """{house: (floor area, metres from the left of its parcel, width)}"""
        found = {f'{p.lower()}{k}': (floor, 10, 80) for p, floors in self.parcels.items() for k, floor in enumerate(floors if isinstance(floors, tuple) else (floors,), 1) if floor}
        return {**found, **self.across}


ALL = []


def add(*args, **more):
    assert args[0] not in [s.id for s in ALL], args[0]
    ALL.append(Situation(*args, **more))


def occ(who, at=None, role=None, floor=None, **more):
    return {k: v for k, v in dict(who=who, at=at, role=role, floor=floor, **more).items() if v is not None}


OWN, LET, SUB = '自有', '承租', '转租'

# ---- owners and tenants ----

# all that is built is the owner's: 5000 of 5000
add('owner-alone', 'an owner and nobody else', {'A': 5000}, [occ(1, 'A', OWN, 5000)], [(1, '', 100)],
    [('A', 'owner', 1, 5000, 1, 100, {'floor_source': 'stated', 'use_source': 'occupancy', 'let_m2': 0})], {'A': 100})

# 800 by floor 6000 : 2000
add('owner-of-two', 'an owner of two parcels, shared by floor', {'A': 6000, 'B': 2000}, [occ(1, 'A', OWN, 6000), occ(1, 'B', OWN, 2000)], [(1, '', 800)],
    [('A', 'owner', 1, 6000, 1, 600), ('B', 'owner', 1, 2000, 1, 200)], {'A': 600, 'B': 200})

# the record names an owner who says nothing of what it uses: 5000 - 2000 is not known to be its own
add('lessee-and-record', 'a lessee; the owner stands in the land record alone', {'A': 5000}, [occ(2, 'A', LET, 2000)], [(2, '', 100)],
    [('A', 'lessee', 2, 2000, .4, 100), ('A', 'unknown', None, 3000, .6, None)], {'A': 100}, owner={'A': 1})

# tenants use 100 + 200 + ... + 900 = 4500, the owner, who states none, the rest of 9000
add('nine-tenants', 'nine tenants and the owner, who states no area', {'A': 9000}, [occ(i, 'A', LET, 100 * i) for i in range(1, 10)] + [occ(10, 'A', OWN)],
    [(i, '', 10 * i) for i in range(1, 11)],
    [('A', 'lessee', i, 100 * i, i / 90, 10 * i) for i in range(1, 10)] + [('A', 'owner', 10, 4500, .5, 100, {'floor_source': 'rest'})], {'A': 550})

# 4000 + 3000 + 2000 <= 10000: the owner's 4000 are what it uses itself
add('owner-beside', 'an owner and tenants that fit side by side', {'A': 10000}, [occ(1, 'A', OWN, 4000), occ(2, 'A', LET, 3000), occ(3, 'A', LET, 2000)],
    [(1, '', 40), (2, '', 30), (3, '', 20)],
    [('A', 'owner', 1, 4000, .4, 40), ('A', 'lessee', 2, 3000, .3, 30), ('A', 'lessee', 3, 2000, .2, 20), ('A', 'unknown', None, 1000, .1, None)], {'A': 90})

# 10000 + 3000 + 2000 > 10000: the owner's 10000 are what it owns; 5000 of it are let
add('owner-lets', 'an owner who lets part of what it owns', {'A': 10000}, [occ(1, 'A', OWN, 10000), occ(2, 'A', LET, 3000), occ(3, 'A', LET, 2000)],
    [(1, '', 40), (2, '', 30), (3, '', 20)],
    [('A', 'owner', 1, 5000, .5, 40, {'let_m2': 5000, 'stated_m2': 10000}), ('A', 'lessee', 2, 3000, .3, 30), ('A', 'lessee', 3, 2000, .2, 20)], {'A': 90})

# 10000 + 6000 > 10000, let 6000, of the 4000 left 3000 are used: 1000 unused
add('owner-lets-and-uses', 'an owner who lets and states what it uses', {'A': 10000}, [occ(1, 'A', OWN, 10000, used=3000), occ(2, 'A', LET, 6000)], [(1, '', 40), (2, '', 30)],
    [('A', 'owner', 1, 3000, .3, 40, {'floor_source': 'used'}), ('A', 'unused', 1, 1000, .1, None), ('A', 'lessee', 2, 6000, .6, 30)], {'A': 70})

# 10000 + 7000 fit into 20000, but of the 10000 owned the 7000 let may be part, and 3000 are used: nothing is surely unused
add('owner-beside-uses', 'an owner who lets beside what it owns, and states what it uses', {'A': 20000}, [occ(1, 'A', OWN, 10000, used=3000), occ(2, 'A', LET, 7000)], [(1, '', 40), (2, '', 30)],
    [('A', 'owner', 1, 3000, .15, 40, {'floor_source': 'used'}), ('A', 'lessee', 2, 7000, .35, 30), ('A', 'unknown', None, 10000, .5, None)], {'A': 70})

# 10000 + 4000 fit into 20000 - 1000 vacant: 10000 - 4000 - 1000 - 3000 = 2000 are unused whatever is let; 20000 - 3000 - 2000 - 4000 - 1000
add('owner-beside-unused', 'an owner who owns more than it lets, uses and has empty', {'A': 20000}, [occ(1, 'A', OWN, 10000, used=3000), occ(2, 'A', LET, 4000)], [(1, '', 40), (2, '', 30)],
    [('A', 'owner', 1, 3000, .15, 40), ('A', 'unused', 1, 2000, .1, None), ('A', 'lessee', 2, 4000, .2, 30), ('A', 'vacant', None, 1000, .05, None),
     ('A', 'unknown', None, 10000, .5, None)], {'A': 70}, units=[dict(unit='u1', at='A', floor=1000, state='空置')])

# owned beside what is let, 4000 + 3000 of 10000: less than 3000 + 3000, and no more used than there is
add('owner-beside-uses-most', 'an owner who uses less than it owns, beside a tenant', {'A': 10000}, [occ(1, 'A', OWN, 4000, used=3000), occ(2, 'A', LET, 3000)], [(1, '', 40), (2, '', 30)],
    [('A', 'owner', 1, 3000, .3, 40), ('A', 'lessee', 2, 3000, .3, 30), ('A', 'unknown', None, 4000, .4, None)], {'A': 70})

# 3000 + 2000 of 5000; the record names 1 alone
add('two-owners', 'two owners on one parcel', {'A': 5000}, [occ(1, 'A', OWN, 3000), occ(2, 'A', OWN, 2000)], [(1, '', 10), (2, '', 20)],
    [('A', 'owner', 1, 3000, .6, 10), ('A', 'owner', 2, 2000, .4, 20)], {'A': 30}, 'USE_TWO_OWNERS', owner={'A': 1})

# a role that is not said: the record names 1, so it is the owner; 2 is a user
add('role-not-said', 'no role: the owner is whom the record names', {'A': 5000}, [occ(1, 'A', floor=3000), occ(2, 'A', floor=2000)], [(1, '', 10), (2, '', 20)],
    [('A', 'owner', 1, 3000, .6, 10), ('A', 'user', 2, 2000, .4, 20)], {'A': 30}, owner={'A': 1})

add('role-unknown', 'a role that is no known word', {'A': 5000}, [occ(1, 'A', '托管', 3000)], [(1, '', 10)],
    [('A', 'user', 1, 3000, .6, 10), ('A', 'unknown', None, 2000, .4, None)], {'A': 10}, 'USE_ROLE_UNKNOWN')

# ---- sub-leases ----

# 4 has 1000 of the 4000 of 3: 3 uses 3000
add('sublease-named', 'a sub-lease that names its lessor', {'A': 10000}, [occ(2, 'A', LET, 6000), occ(3, 'A', LET, 4000), occ(4, 'A', SUB, 1000, lessor=3)],
    [(2, '', 60), (3, '', 40), (4, '', 10)],
    [('A', 'lessee', 2, 6000, .6, 60), ('A', 'lessee', 3, 3000, .3, 40, {'let_m2': 1000}), ('A', 'sublessee', 4, 1000, .1, 10)], {'A': 110})

# 2 is the only lessee: 6000 - 1500
add('sublease-one-lessee', 'a sub-lease where one lessee alone can be the lessor', {'A': 10000}, [occ(2, 'A', LET, 6000), occ(4, 'A', SUB, 1500)], [(2, '', 60), (4, '', 10)],
    [('A', 'lessee', 2, 4500, .45, 60), ('A', 'sublessee', 4, 1500, .15, 10), ('A', 'unknown', None, 4000, .4, None)], {'A': 70})

# two lessees on the parcel, one in house a2: 4000 - 1000
add('sublease-in-house', 'a sub-lease in a building with one lessee', {'A': (6000, 4000)},
    [occ(2, 'A', LET, 6000, house='a1'), occ(3, 'A', LET, 4000, house='a2'), occ(4, 'A', SUB, 1000, house='a2')], [(2, '', 60), (3, '', 40), (4, '', 10)],
    [('A', 'lessee', 2, 6000, .6, 60), ('A', 'lessee', 3, 3000, .3, 40), ('A', 'sublessee', 4, 1000, .1, 10, {'building_id': 'a2'})], {'A': 110})

# two lessees: taken off neither; 5000 + 3000 + 1000 of 10000
add('sublease-no-lessor', 'a sub-lease that names no lessor among two lessees', {'A': 10000}, [occ(2, 'A', LET, 5000), occ(3, 'A', LET, 3000), occ(4, 'A', SUB, 1000)],
    [(2, '', 60), (3, '', 40), (4, '', 10)],
    [('A', 'lessee', 2, 5000, .5, 60), ('A', 'lessee', 3, 3000, .3, 40), ('A', 'sublessee', 4, 1000, .1, 10), ('A', 'unknown', None, 1000, .1, None)], {'A': 110}, 'USE_NO_LESSOR')

# 2 lets 2000 to 3, 3 lets 500 to 4: 3000, 1500, 500
add('sublease-of-sublease', 'a sub-lessee that lets again', {'A': 5000}, [occ(2, 'A', LET, 5000), occ(3, 'A', SUB, 2000, lessor=2), occ(4, 'A', SUB, 500, lessor=3)],
    [(2, '', 60), (3, '', 40), (4, '', 10)],
    [('A', 'lessee', 2, 3000, .6, 60), ('A', 'sublessee', 3, 1500, .3, 40), ('A', 'sublessee', 4, 500, .1, 10)], {'A': 110})

# 1000 leased, 1500 sub-let: the lessee uses none, and that is told
add('sublet-too-much', 'more sub-let than leased', {'A': 5000}, [occ(2, 'A', LET, 1000), occ(4, 'A', SUB, 1500, lessor=2)], [(2, '', 60), (4, '', 10)],
    [('A', 'lessee', 2, 0, 0, 60), ('A', 'sublessee', 4, 1500, .3, 10), ('A', 'unknown', None, 3500, .7, None)], {'A': 70}, 'USE_LET_TOO_MUCH')

# ---- what is used ----

# leased 3000, used 2000: 1000 unused; 5000 - 3000 unknown
add('used-less', 'a lessee uses less than it leases', {'A': 5000}, [occ(2, 'A', LET, 3000, used=2000)], [(2, '', 100)],
    [('A', 'lessee', 2, 2000, .4, 100), ('A', 'unused', 2, 1000, .2, None), ('A', 'unknown', None, 2000, .4, None)], {'A': 100})

# an area in use of 0 is an answer: the whole lease is unused
add('used-none', 'a lessee uses none of what it leases', {'A': 5000}, [occ(2, 'A', LET, 3000, used=0)], [(2, '', 100)],
    [('A', 'lessee', 2, 0, 0, 100), ('A', 'unused', 2, 3000, .6, None), ('A', 'unknown', None, 2000, .4, None)], {'A': 100})

add('used-more', 'a lessee uses more than it leases', {'A': 5000}, [occ(2, 'A', LET, 1000, used=1500)], [(2, '', 100)],
    [('A', 'lessee', 2, 1500, .3, 100), ('A', 'unknown', None, 3500, .7, None)], {'A': 100}, 'USE_OVER_LEASED')

# 0 and -50 are no areas: two users of whom nothing is known; the figures need no area, each firm is on A alone
add('area-none', 'an area of zero, and a negative one', {'A': 5000}, [occ(1, 'A', LET, 0), occ(2, 'A', LET, -50, used=-1)], [(1, '', 10), (2, '', 20)],
    [('A', 'lessee', 1, None, None, 10, {'floor_source': None}), ('A', 'lessee', 2, None, None, 20), ('A', 'unknown', None, 5000, 1, None)], {'A': 30}, 'VALUE_ZERO_MISSING VALUE_NEGATIVE')

# 3000 + 3000 on 5000: nothing is scaled, the excess stands apart; land by 3000 : 3000
add('over-built', 'more leased than built', {'A': 5000}, [occ(1, 'A', LET, 3000), occ(2, 'A', LET, 3000)], [(1, '', 10), (2, '', 20)],
    [('A', 'lessee', 1, 3000, .5, 10), ('A', 'lessee', 2, 3000, .5, 20), ('A', 'excess', None, -1000, 0, None)], {'A': 30}, 'USE_OVER_BUILT')

# 3000 in a house of 2500, while the parcel has 7500
add('over-building', 'more leased in a building than it has, on a parcel that has enough', {'A': (2500, 5000)}, [occ(1, 'A', LET, 3000, house='a1')], [(1, '', 10)],
    [('A', 'lessee', 1, 3000, .4, 10), ('A', 'unknown', None, 4500, .6, None)], {'A': 10}, 'USE_OVER_BUILDING')

# shares 80 % and 60 %: floor 4000 + 3000 on 5000, land 4 : 3
add('share-140', 'stated shares that add up to 140 %', {'A': 5000}, [occ(1, 'A', LET, share=.8), occ(2, 'A', LET, share=.6)], [(1, '', 10), (2, '', 20)],
    [('A', 'lessee', 1, 4000, 4 / 7, 10), ('A', 'lessee', 2, 3000, 3 / 7, 20), ('A', 'excess', None, -2000, 0, None)], {'A': 30}, 'USE_OVER_BUILT')

# 25 % of 5000
add('share-stated', 'a stated share', {'A': 5000}, [occ(1, 'A', LET, share=.25)], [(1, '', 10)],
    [('A', 'lessee', 1, 1250, .25, 10), ('A', 'unknown', None, 3750, .75, None)], {'A': 10})

# ---- land ----

# nothing stands on A: 3000 and 5000 of 10000 m2 of land
add('land-stated', 'no building on the parcel: shares by stated land', {'A': 0, 'B': 1000}, [occ(1, 'A', land=3000), occ(2, 'A', land=5000)], [(1, '', 10), (2, '', 20)],
    [('A', 'user', 1, None, .3, 10), ('A', 'user', 2, None, .5, 20), ('A', 'unknown', None, 0, .2, None), ('B', 'unknown', None, 1000, 1, None)], {'A': 30})

# the floor area is not known either
add('land-unmapped', 'no layer of buildings: shares by stated land', {'A': 0}, [occ(1, 'A', land=3000)], [(1, '', 10)],
    [('A', 'user', 1, None, .3, 10), ('A', 'unknown', None, None, .7, None)], {'A': 10}, mapped=False)

# 8000 + 6000 of 10000: 8 : 6
add('land-140', 'land stated for 140 %', {'A': 0, 'B': 1000}, [occ(1, 'A', land=8000), occ(2, 'A', land=6000)], [(1, '', 10), (2, '', 20)],
    [('A', 'user', 1, None, 4 / 7, 10), ('A', 'user', 2, None, 3 / 7, 20), ('B', 'unknown', None, 1000, 1, None)], {'A': 30}, 'USE_OVER_LAND')

# of a sole user nothing is known: it has the parcel
add('sole-silent', 'no building, a sole user that states nothing', {'A': 0, 'B': 1000}, [occ(1, 'A')], [(1, '', 10)],
    [('A', 'user', 1, 0, 1, 10, {'floor_source': 'rest'}), ('B', 'unknown', None, 1000, 1, None)], {'A': 10})

# the floor area of the parcel is not known, the users' is: 600 in use and 200 vacant
add('floor-unmapped', 'no layer of buildings: a sole user beside a vacant unit', {'A': 0}, [occ(1, 'A', LET, 600)], [(1, '', 10)],
    [('A', 'lessee', 1, 600, .75, 10), ('A', 'vacant', None, 200, .25, None)], {'A': 10}, mapped=False, units=[dict(unit='u1', at='A', floor=200, state='空置')])

# ---- places ----

# x1 lies with 60 m of 80 m on A: 6000 and 2000 of 8000; 400 likewise. The record names 1 on A and 9 on B
add('house-across', 'an occupancy names a building across the border, and no parcel', {'A': 0, 'B': 0}, [occ(1, None, floor=8000, house='x1')], [(1, '', 400)],
    [('A', 'owner', 1, 6000, 1, 300, {'building_id': 'x1'}), ('B', 'user', 1, 2000, 1, 100)], {'A': 300, 'B': 100}, across={'x1': (8000, 40, 80)}, owner={'A': 1, 'B': 9})

# the occupancy says parcel A: its 8000 are there, where 6000 stand; nobody is known to use the 2000 on B
add('house-across-named', 'an occupancy names a building across the border, and one of the parcels', {'A': 0, 'B': 0}, [occ(1, 'A', floor=8000, house='x1')], [(1, '', 400)],
    [('A', 'user', 1, 8000, 1, 400), ('A', 'excess', None, -2000, 0, None), ('B', 'unknown', None, 2000, 1, None)], {'A': 400}, 'USE_OVER_BUILT', across={'x1': (8000, 40, 80)})

# x1 lies with 5 cm of 80 m on B, which is an error of drawing: all 8000 are used on A. The floor area follows the drawing: A 7995, B 5
add('house-centimetres-across', 'a building that is drawn five centimetres over the border', {'A': 0, 'B': 0}, [occ(1, None, LET, 8000, house='x1')], [(1, '', 400)],
    [('A', 'lessee', 1, 8000, 1, 400), ('A', 'excess', None, -5, 0, None), ('B', 'unknown', None, 5, 1, None)], {'A': 400}, across={'x1': (8000, 20.05, 80)})

# a house of 10 m with 15 cm on B, 1.2 m2 of 80: more than 1 m2 and 1 % of it
add('house-a-foot-across', 'a building that stands a little over the border', {'A': 0, 'B': 0}, [occ(1, None, LET, 1000, house='x1')], [(1, '', 400)],
    [('A', 'lessee', 1, 985, 1, 394), ('B', 'lessee', 1, 15, 1, 6)], {'A': 394, 'B': 6}, across={'x1': (1000, 90.15, 10)})

# a vacant unit of such a building likewise
add('vacant-centimetres-across', 'a vacant unit of a building that is drawn over the border', {'A': 0, 'B': 0}, [occ(2, 'A', LET, 3000)], [(2, '', 10)],
    [('A', 'lessee', 2, 3000, 3000 / 7995, 10), ('A', 'vacant', None, 800, 800 / 7995, None), ('A', 'unknown', None, 4195, 4195 / 7995, None), ('B', 'unknown', None, 5, 1, None)],
    {'A': 10}, across={'x1': (8000, 20.05, 80)}, units=[dict(unit='u1', house='x1', floor=800, state='空置')])

# the code X is of no parcel: the firm's 50 are not shared out and what A yields is not known
add('parcel-unknown', 'an occupancy of an unknown parcel', {'A': 5000}, [occ(1, 'A', LET, 1000), occ(1, 'X', LET, 2000)], [(1, '', 50)],
    [('A', 'lessee', 1, 1000, .2, None), ('A', 'unknown', None, 4000, .8, None)], codes='USE_NO_PLACE JOIN_NO_PARCEL')

add('house-unknown', 'an occupancy of an unknown building, and no parcel', {'A': 5000}, [occ(1, None, LET, 1000, house='zz')], [(1, '', 50)],
    [('A', 'unknown', None, 5000, 1, None)], codes='USE_NO_PLACE JOIN_NO_PARCEL')

# the parcel is known: the use is there, and the building is told
add('house-unknown-on-parcel', 'an occupancy of an unknown building on a known parcel', {'A': 5000}, [occ(1, 'A', LET, 1000, house='zz')], [(1, '', 50)],
    [('A', 'lessee', 1, 1000, .2, 50, {'building_id': None}), ('A', 'unknown', None, 4000, .8, None)], {'A': 50}, 'USE_NO_BUILDING')

# two parcels bear the code of A: nobody can say which
add('code-twice', 'a code that two parcels bear', {'A': 5000, 'B': 3000}, [occ(2, 'A', LET, 100)], [(1, 'A', 50), (2, '', 60)],
    [('A', 'unknown', None, 5000, 1, None), ('B', 'unknown', None, 3000, 1, None)], codes='USE_NO_PLACE JOIN_DUPLICATE_PARCEL ID_DUPLICATE', alike={'B': 'A'})

# A 2000 and B 1000 in one cell, the second short: sole users take what is built; 300 by 2000 : 1000
add('codes-in-a-cell', 'several codes in one cell, the second in short form', {'A': 2000, 'B': 1000}, [], [(1, 'A;00002', 300)],
    [('A', 'user', 1, 2000, 1, 200, {'use_source': 'list', 'floor_source': 'rest'}), ('B', 'user', 1, 1000, 1, 100)], {'A': 200, 'B': 100}, 'USE_FROM_LIST',
    units=[dict(unit='u9', at='A', floor=1, state='在用')])

# X is not there: the row may belong to A in part, so what A yields is not known, whatever 2 has there
add('codes-one-unknown', 'several codes in one cell, one of them unknown', {'A': 2000}, [occ(2, 'A', LET, 500)], [(1, 'A、X', 300), (2, '', 40)],
    [('A', 'lessee', 2, 500, .25, 40), ('A', 'unknown', None, 1500, .75, None)], codes='JOIN_NO_PARCEL')

# an occupancy with such a cell likewise
add('codes-one-unknown-occupancy', 'an occupancy lists a known and an unknown parcel', {'A': 2000}, [occ(1, 'X A', LET, 500), occ(2, 'A', LET, 500)], [(1, '', 300), (2, '', 40)],
    [('A', 'lessee', 2, 500, .25, 40), ('A', 'unknown', None, 1500, .75, None)], codes='JOIN_NO_PARCEL USE_NO_PLACE')

add('placeless', 'an enterprise without any place', {'A': 2000}, [occ(1, 'A', LET, 500)], [(1, '', 40), (2, '', 50)],
    [('A', 'lessee', 1, 500, .25, 40), ('A', 'unknown', None, 1500, .75, None)], {'A': 40}, 'JOIN_NO_KEY')

# 1 lacks its area on B: its figures are not shared out; as the only user it takes the rest of B
add('area-lacking', 'an enterprise of which one occupancy lacks its area', {'A': 2000, 'B': 3000}, [occ(1, 'A', LET, 1000), occ(1, 'B', LET)], [(1, '', 40)],
    [('A', 'lessee', 1, 1000, .5, None), ('A', 'unknown', None, 1000, .5, None), ('B', 'lessee', 1, 3000, 1, None)], codes='ALLOC_NO_AREA')

# an occupancy by the name alone: the only enterprise of that name
add('by-name', 'an occupancy that has a name and no code', {'A': 2000}, [dict(name='泉州示例甲有限公司', at='A', role=LET, floor=500)],
    [dict(who=1, name='泉州示例甲有限公司', output=40)], [('A', 'lessee', 1, 500, .25, 40), ('A', 'unknown', None, 1500, .75, None)], {'A': 40})

# ---- time ----

# 181 of 365 days and 184 of 365: 3650 m2 are 1810 and 1840 in the mean of the year
add('lease-and-successor', 'a lease until the middle of the year, and a successor on the same floor', {'A': 5000},
    [occ(1, 'A', LET, 3650, until='2025-06-30'), occ(2, 'A', LET, 3650, since='2025-07-01')], [(1, '', 10), (2, '', 20)],
    [('A', 'lessee', 1, 1810, 1810 / 5000, 10, {'year_share': 181 / 365}), ('A', 'lessee', 2, 1840, 1840 / 5000, 20), ('A', 'unknown', None, 1350, 1350 / 5000, None)], {'A': 30})

# 1000 x 181 / 365 are sub-let in the mean of the year
add('sublease-half-year', 'a sub-lease of half a year', {'A': 5000}, [occ(2, 'A', LET, 3650), occ(4, 'A', SUB, 1825, until='2025-06-30', lessor=2)], [(2, '', 10), (4, '', 20)],
    [('A', 'lessee', 2, 2745, 2745 / 5000, 10), ('A', 'sublessee', 4, 905, 905 / 5000, 20), ('A', 'unknown', None, 1350, 1350 / 5000, None)], {'A': 30})

# set aside; the code in its row stands in, and a sole user takes the rest
add('dates-reversed', 'an occupancy that begins after it ends', {'A': 5000}, [occ(1, 'A', LET, 1000, since='2025-12-31', until='2025-01-01')], [(1, 'A', 10)],
    [('A', 'user', 1, 5000, 1, 10, {'use_source': 'code', 'floor_source': 'rest'})], {'A': 10}, 'USE_DATES')

add('lease-over', 'a lease that ended before the year', {'A': 5000, 'B': 1000}, [occ(1, 'A', LET, 1000, until='2024-12-31')], [(1, 'B', 10)],
    [('A', 'unknown', None, 5000, 1, None), ('B', 'user', 1, 1000, 1, 10)], {'B': 10})

# ---- factory units ----

add('vacant-beside', 'a vacant unit beside a tenant', {'A': 5000}, [occ(2, 'A', LET, 3000)], [(2, '', 10)],
    [('A', 'lessee', 2, 3000, .6, 10), ('A', 'vacant', None, 1200, .24, None), ('A', 'unknown', None, 800, .16, None)], {'A': 10},
    units=[dict(unit='u1', house='a1', at='A', floor=1200, state='空置')])

# vacant from 1 July on: 730 x 184 / 365 = 368
add('vacant-since', 'a unit vacant since the middle of the year', {'A': 5000}, [occ(2, 'A', LET, 3000)], [(2, '', 10)],
    [('A', 'lessee', 2, 3000, .6, 10), ('A', 'vacant', None, 368, 368 / 5000, None), ('A', 'unknown', None, 1632, 1632 / 5000, None)], {'A': 10},
    units=[dict(unit='u1', at='A', floor=730, state='空置', since='2025-07-01')])

# the building tells the parcel, as it does for tenants: 60 of 80 m of x1 on A
add('vacant-in-house', 'a vacant unit that names its building alone', {'A': 0, 'B': 0}, [occ(2, 'A', LET, 3000)], [(2, '', 10)],
    [('A', 'lessee', 2, 3000, .5, 10), ('A', 'vacant', None, 600, .1, None), ('A', 'unknown', None, 2400, .4, None),
     ('B', 'vacant', None, 200, .1, None), ('B', 'unknown', None, 1800, .9, None)], {'A': 10}, across={'x1': (8000, 40, 80)},
    units=[dict(unit='u1', house='x1', floor=800, state='空置')])

# 2 has two units, 3 one: 2000 + 500 + 1500 of 5000; 100 of firm 2 by 2000 : 500
add('tenants-of-units', 'tenants known from the factory units alone, one of them in two', {'A': 5000}, [], [(2, '', 100), (3, '', 30)],
    [('A', 'lessee', 2, 2000, .4, 80, {'use_source': 'unit'}), ('A', 'lessee', 2, 500, .1, 20), ('A', 'lessee', 3, 1500, .3, 30), ('A', 'unknown', None, 1000, .2, None)], {'A': 130},
    'USE_FROM_UNIT', units=[dict(unit='u1', at='A', floor=2000, who=2), dict(unit='u2', at='A', floor=500, who=2), dict(unit='u3', at='A', floor=1500, who=3)])

# the occupancy says what 2 uses on A; the unit on B is told by the unit
add('unit-and-occupancy', 'a tenant with an occupancy on one parcel and a unit on another', {'A': 5000, 'B': 1000}, [occ(2, 'A', LET, 3000)], [(2, '', 80)],
    [('A', 'lessee', 2, 3000, .6, 60, {'use_source': 'occupancy'}), ('A', 'unknown', None, 2000, .4, None), ('B', 'lessee', 2, 1000, 1, 20, {'use_source': 'unit'})], {'A': 60, 'B': 20},
    'USE_FROM_UNIT', units=[dict(unit='u1', at='A', floor=2000, who=2), dict(unit='u2', at='B', floor=1000, who=2)])

# building, parcel and area are the unit's
add('occupancy-of-unit', 'an occupancy that names a unit and nothing else', {'A': 5000}, [occ(2, None, LET, unit='u1')], [(2, '', 80)],
    [('A', 'lessee', 2, 2000, .4, 80, {'building_id': 'a1', 'use_source': 'occupancy'}), ('A', 'unknown', None, 3000, .6, None)], {'A': 80},
    units=[dict(unit='u1', house='a1', at='A', floor=2000)])

# number 101 stands in both buildings: the occupancy means the one it names
add('unit-of-building', 'an occupancy of unit 101 in one of two buildings that have one', {'A': 5000, 'B': 4000}, [occ(2, None, LET, unit='101', house='b1')], [(2, '', 80)],
    [('A', 'unknown', None, 5000, 1, None), ('B', 'lessee', 2, 1000, .25, 80), ('B', 'unknown', None, 3000, .75, None)], {'B': 80},
    units=[dict(unit='101', house='a1', at='A', floor=2000), dict(unit='101', house='b1', at='B', floor=1000)])

# a lease without an area: how much the owner lets is not known, so neither is what it uses
add('lease-without-area', 'an owner and a lessee whose area is not stated', {'A': 5000}, [occ(1, 'A', OWN, 5000), occ(2, 'A', LET)], [(1, '', 10), (2, '', 5)],
    [('A', 'owner', 1, None, None, 10), ('A', 'lessee', 2, None, None, 5), ('A', 'unknown', None, 5000, 1, None)], {'A': 15})

# an occupancy of u2 says nothing of u1, which the same tenant has by the ledger of units: 500 + 600
add('unit-beside-occupancy', 'a tenant of two units, one of them by an occupancy', {'A': 5000}, [occ(2, None, LET, unit='u2')], [(2, '', 80)],
    [('A', 'lessee', 2, 600, .12, 80 * 6 / 11), ('A', 'lessee', 2, 500, .1, 80 * 5 / 11), ('A', 'unknown', None, 3900, .78, None)], {'A': 80}, 'USE_FROM_UNIT',
    units=[dict(unit='u1', house='a1', at='A', floor=500, who=2), dict(unit='u2', house='a1', at='A', floor=600, who=2)])

# a unit on a parcel that is not there: told, and the tenant's figures are not placed
add('unit-nowhere', 'a tenant of a unit on an unknown parcel', {'A': 5000}, [], [(2, '', 80)], [('A', 'unknown', None, 5000, 1, None)], codes='JOIN_NO_KEY LIST_NO_PARCEL',
    units=[dict(unit='u1', at='X', floor=2000, who=2)])

# ---- reports ----

# each row on its own parcel
add('by-place', 'an enterprise that reports by place', {'A': 5000, 'B': 1000}, [occ(9, 'A', LET, 1000)], [(1, 'A', 10), (1, 'B', 20)],
    [('A', 'lessee', 9, 1000, .2, None), ('A', 'user', 1, None, None, 10), ('A', 'unknown', None, 4000, .8, None), ('B', 'user', 1, 1000, 1, 20)], {'A': 10, 'B': 20},
    'OCCUPANCY_NO_ENTERPRISE')

# both rows count, and it is told
add('row-twice', 'the same enterprise twice in a year with different tax', {'A': 5000}, [occ(1, 'A', LET, 1000)], [(1, 'A', 100, 10), (1, 'A', 100, 20)],
    [('A', 'lessee', 1, 1000, .2, 200, {'tax_wan': 30}), ('A', 'unknown', None, 4000, .8, None, {'tax_wan': None})], {'A': 200}, 'YEAR_REPEATED YEAR_CONFLICT')

# one of two rows lacks its output: what the use yields is not known, in whichever order they come
for order, outputs in (('first', (None, 100)), ('last', (100, None))):
    add(f'figure-lacking-{order}', 'one of two rows of an enterprise lacks its output', {'A': 5000}, [occ(1, 'A', LET, 1000)], [(1, 'A', outputs[0], 10), (1, 'A', outputs[1], 20)],
        [('A', 'lessee', 1, 1000, .2, None, {'tax_wan': 30}), ('A', 'unknown', None, 4000, .8, None)], codes='YEAR_REPEATED YEAR_CONFLICT ENTERPRISE_VALUE_MISSING', blank=True)

# without an enterprise table there are users all the same
add('no-enterprises', 'occupancies and no enterprise table', {'A': 5000}, [occ(1, 'A', OWN, 4000)], [], [('A', 'owner', 1, 4000, .8, None), ('A', 'unknown', None, 1000, .2, None)])
