"""cases.py: the table of dirty inputs, put together from table_*.py. One line a case: id, what it is in words, how it is made, what is expected."""
CLASSES = ('right', 'noted', 'refused')
# what a building or a road near a parcel may change of it: what fits there
FITTED = ('fit_floor_area_m2', 'fit_open_m2', 'fit_storeys_m2', 'fit_rebuild_m2', 'fit_way', 'binding_constraint', 'second_constraint', 'fit_cap_breakpoint', 'fit_reason')


class Case:
    """codes    warnings and rows set aside, exactly; notes: notes that must be there ("A|B" one of the two, "?A" perhaps)
    cells    {(parcel number or code, column): value or (value, relative tolerance)}
    changed  parcels whose figures may differ from the clean park's, besides those of cells
    near     relative tolerance for all figures (another datum or projection); 0: to the last bit
    only/but columns of the clean parcels that are compared / are not
    names    code of parcel i, where the case renames all
    rows     rows delivered, where the file is not what the builder counted
    err      words that the refusal holds; options: for the command line; check(answer, say): the rest"""

    def __init__(self, id, words, build, expect, codes='', notes='', cells=None, changed=(), near=0, only=None, but=(), names=None, rows=None, err=(), options=(),
                 check=None):
        self.id, self.words, self.build, self.expect, self.codes, self.notes = id, words, build, expect, codes, notes
        self.cells, self.changed, self.near, self.only, self.but, self.names = cells or {}, changed, near, only, but, names
        self.rows, self.err, self.options, self.check = rows or {}, (err,) if isinstance(err, str) else err, list(options), check
        assert expect in CLASSES, id

    def __reduce__(self):
        return _by_id, (self.id,)


def _by_id(id):
    return CLEAN if id == 'clean' else next(c for c in ALL if c.id == id)


ALL = []
CLEAN = Case('clean', 'the clean park', lambda p: p, 'right')


def add(*rows, **row):
    ALL.append(Case(*rows, **row))


import table_text  # noqa: E402
import table_numbers  # noqa: E402
import table_systems  # noqa: E402
import table_shapes  # noqa: E402
import table_topology  # noqa: E402
import table_codes  # noqa: E402
import table_tables  # noqa: E402
import table_figures  # noqa: E402
import table_uses  # noqa: E402
import table_files  # noqa: E402
import table_txt  # noqa: E402
import table_lists  # noqa: E402
