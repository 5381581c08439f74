#!/usr/bin/python3
"""test_cases.py MUJUN: bad input end to end. Each case makes a park, spoils one thing, and asks for the exit code, the one line on stderr,
and that nothing half-written is left."""
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback

from osgeo import ogr

import park

MUJUN = os.path.abspath(sys.argv[1])
CASES = []


def case(f):
    CASES.append(f)
    return f


class Run:
    def __init__(self, folder, *args, lang='en', limit=None):
        """analyze with the park's files unless args begin with another command."""
        if not args or args[0].startswith('-'):
            args = ('analyze', '--parcels', 'parcels.gpkg', '--buildings', 'buildings.gpkg', '--zones', 'zones.gpkg', '--enterprises', 'enterprises.csv',
                    '--as-of', '2026-03-31', '-o', 'out', '--quiet') + args
        pre = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
        r = subprocess.run([MUJUN, *args, '--lang', lang], cwd=folder, capture_output=True, text=True, preexec_fn=pre, restore_signals=limit is None, timeout=300)
        self.code, self.out, self.err = r.returncode, r.stdout, r.stderr

    def expect(self, code, *parts):
        assert self.code == code, f'exit {self.code}, want {code}: {self.err}'
        for p in parts:
            assert p in self.err, f'{p!r} not in {self.err!r}'
        if code in (1, 2):
            lines = self.err.strip().split('\n')
            assert len(lines) == (1 if code == 1 else len(lines)) and lines[0].startswith('mujun: '), self.err
        return self


def leftovers(folder):
    out = os.path.join(folder, 'out')
    return sorted(os.listdir(out)) if os.path.isdir(out) else []


def snapshot(folder):
    """Every file below with its bytes."""
    return {os.path.join(d, n): open(os.path.join(d, n), 'rb').read() for d, _, names in os.walk(folder) for n in names}


@case
def a_good_park_runs(d):
    Run(park.make(d)).expect(0)
    assert 'manifest.json' in leftovers(d)


@case
def a_missing_file_is_named(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    Run(d).expect(1, 'parcels.gpkg')
    assert leftovers(d) == []


@case
def a_text_that_calls_itself_a_geopackage_is_refused(d):
    park.make(d)
    open(os.path.join(d, 'parcels.gpkg'), 'w').write('hello')
    Run(d).expect(1, 'parcels.gpkg')


@case
def a_folder_is_no_input(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    os.mkdir(os.path.join(d, 'parcels.gpkg'))
    Run(d).expect(1, 'parcels.gpkg')


@case
def a_fifo_does_not_hang(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    os.mkfifo(os.path.join(d, 'parcels.gpkg'))
    Run(d).expect(1, 'parcels.gpkg')


@case
def a_layer_without_polygons_is_refused(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    park.layer(os.path.join(d, 'parcels.gpkg'), 'parcels', park.system(), [('ZDDM', ogr.OFTString)], [('POINT(353500 2756800)', 'a')], ogr.wkbPoint)
    Run(d).expect(1, 'parcels.gpkg', 'polygon')


@case
def no_identifier_names_the_columns_there_are(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    park.layer(os.path.join(d, 'parcels.gpkg'), 'parcels', park.system(), [('colour', ogr.OFTString)], [(park.rectangle(0, 0, 10, 10), 'red')])
    Run(d).expect(1, 'parcels.gpkg', 'parcel_id', 'colour')


@case
def duplicate_identifiers_stay_and_stand_in_the_ledger(d):
    rows = [(park.rectangle(*p[1:]), 'same' if i < 2 else p[0], '100101', 10000.0, 2.0) for i, p in enumerate(park.PARCELS)]
    Run(park.make(d, rows)).expect(0)
    ledger = open(os.path.join(d, 'out', 'ledger.csv'), encoding='utf-8-sig').read()
    assert ledger.count('ID_DUPLICATE') == 2, ledger
    assert open(os.path.join(d, 'out', 'parcels.geojson'), encoding='utf-8').read().count('"parcel_id":"same"') == 2


@case
def no_reference_system_is_asked_for_and_taken_from_the_option(d):
    park.make(d)
    os.remove(os.path.join(d, 'parcels.gpkg'))
    park.layer(os.path.join(d, 'parcels.shp'), 'parcels', None, [('ZDDM', ogr.OFTString)], [(park.rectangle(*p[1:]), p[0]) for p in park.PARCELS], driver='ESRI Shapefile')
    args = ('analyze', '--parcels', 'parcels.shp', '--as-of', '2026-03-31', '-o', 'out', '--quiet')
    Run(d, *args).expect(1, 'parcels.shp', '--crs')
    assert leftovers(d) == []
    Run(d, *args, '--crs', 'EPSG:4549').expect(0)
    assert 'CRS_ASSIGNED' in open(os.path.join(d, 'out', 'ledger.csv'), encoding='utf-8-sig').read()
    Run(d, *args, '--crs', 'EPSG:1', '--overwrite').expect(1, 'EPSG:1')


@case
def degrees_are_projected_and_said_so(d):
    lonlat = [(f'POLYGON((118.55 24.91,118.551 24.91,118.551 24.911,118.55 24.911,118.55 24.91))', 'a', '100101', None, 2.0)]
    park.make(d, lonlat, park.system(4490))
    Run(d).expect(0)
    assert 'CRS_DEGREES' in open(os.path.join(d, 'out', 'ledger.csv'), encoding='utf-8-sig').read()
    text = open(os.path.join(d, 'out', 'parcels.geojson'), encoding='utf-8').read()
    area = float(text.split('"area_ellipsoid_m2":')[1].split(',')[0])
    assert abs(area - 11191.37) < 11191.37 * 0.0003, area  # land-rules.md 8: the cell at 24.900 has 11191.37; 0.01 degrees north it is 0.008 % less
    assert '118.551,24.91' in text


@case
def an_empty_layer_is_refused(d):
    Run(park.make(d, [])).expect(1, 'parcels.gpkg', 'no rows')


@case
def an_unknown_column_in_a_rule_names_file_line_rule_and_column(d):
    park.make(d)
    open(os.path.join(d, 'r.yaml'), 'w').write(RULEBOOK.format(measure='tax_per_acre', op='<'))
    Run(d, '--rules', 'r.yaml').expect(1, 'r.yaml:', 'T-1', 'tax_per_acre')
    assert leftovers(d) == []


@case
def a_broken_rulebook_names_line_and_column(d):
    park.make(d)
    open(os.path.join(d, 'r.yaml'), 'w').write('rulebook: x\nversion: "1\nname: {zh: a\n')
    Run(d, '--rules', 'r.yaml').expect(1, 'r.yaml:')
    open(os.path.join(d, 'r.yaml'), 'w').write(RULEBOOK.format(measure='area_mu', op='about'))
    Run(d, '--rules', 'r.yaml').expect(1, 'r.yaml:', 'about')


@case
def a_broken_project_file_names_line_and_column(d):
    park.make(d)
    open(os.path.join(d, 'park.yaml'), 'w').write('as_of: 2026-03-31\nparcels: parcels.gpkg\nbuildings: [a\n')
    Run(d, 'analyze', 'park.yaml', '-o', 'out').expect(1, 'park.yaml:')
    open(os.path.join(d, 'park.yaml'), 'w').write('as_of: 2026-03-31\nparcels: parcels.gpkg\nparcel: x.gpkg\n')
    Run(d, 'analyze', 'park.yaml', '-o', 'out').expect(1, 'park.yaml:3:1', 'parcel')
    open(os.path.join(d, 'park.yaml'), 'w').write('as_of: soon\nparcels: parcels.gpkg\n')
    Run(d, 'analyze', 'park.yaml', '-o', 'out').expect(1, 'park.yaml:1:', 'soon')


@case
def a_mapped_column_that_is_not_there_is_named(d):
    park.make(d)
    open(os.path.join(d, 'park.yaml'), 'w').write('as_of: 2026-03-31\nparcels: {file: parcels.gpkg, fields: {parcel_id: ZDDM, area_recorded_m2: AREA}}\n')
    Run(d, 'analyze', 'park.yaml', '-o', 'out').expect(1, 'parcels.gpkg', 'AREA', 'ZDMJ')


@case
def a_result_is_replaced_only_on_request_and_strange_files_stay(d):
    Run(park.make(d)).expect(0)
    open(os.path.join(d, 'out', 'mine.txt'), 'w').write('keep')
    before = snapshot(os.path.join(d, 'out'))
    Run(d).expect(1, 'out', '--overwrite')
    assert snapshot(os.path.join(d, 'out')) == before
    Run(d, '--overwrite').expect(0)
    after = snapshot(os.path.join(d, 'out'))
    assert set(after) == set(before)
    changed = [n for n in after if after[n] != before[n] and not n.endswith('timings.json')]
    assert changed == [] or all(n.endswith('manifest.json') for n in changed), changed


@case
def a_full_disk_ends_with_one_line_and_the_old_result(d):
    Run(park.make(d)).expect(0)
    before = snapshot(os.path.join(d, 'out'))
    for limit in (1000, 5000, 20000):
        Run(d, '--overwrite', limit=limit).expect(1, 'out')
        assert snapshot(os.path.join(d, 'out')) == before, limit
    shutil.rmtree(os.path.join(d, 'out'))
    Run(d, limit=3000).expect(1)
    assert not any(n == 'manifest.json' or not n.startswith('.') and os.path.isfile(os.path.join(d, 'out', n)) for n in leftovers(d)), leftovers(d)


@case
def a_folder_that_cannot_be_written_is_named_before_the_work(d):
    park.make(d)
    open(os.path.join(d, 'out'), 'w').write('a file')
    Run(d).expect(1, 'out')


@case
def an_output_may_not_be_an_input(d):
    park.make(d)
    os.mkdir(os.path.join(d, 'out'))
    shutil.move(os.path.join(d, 'parcels.gpkg'), os.path.join(d, 'out', 'mujun.gpkg'))
    before = snapshot(os.path.join(d, 'out'))
    args = ('analyze', '--parcels', 'out/mujun.gpkg', '--as-of', '2026-03-31', '-o', 'out', '--quiet', '--overwrite')
    Run(d, *args).expect(1, 'mujun.gpkg')
    assert snapshot(os.path.join(d, 'out')) == before


@case
def strict_tells_of_rows_set_aside(d):
    rows = [(park.rectangle(*p[1:]) if i else None, p[0], '100101', 10000.0, 2.0) for i, p in enumerate(park.PARCELS)]
    Run(park.make(d, rows)).expect(0)
    Run(d, '--overwrite', '--strict').expect(3)
    assert open(os.path.join(d, 'out', 'parcels.geojson'), encoding='utf-8').read().count('"Feature"') == 6


@case
def usage_errors_exit_2(d):
    park.make(d)
    Run(d, 'analyze', '--parcels', 'parcels.gpkg', '-o', 'out').expect(2, '--as-of')
    Run(d, 'analyze', '--no-such-option').expect(2, 'no-such-option')
    Run(d, 'nonsense').expect(2, 'nonsense')
    Run(d, 'rules', 'diff', 'quanzhou-2025', 'licheng-2022', '-o', 'x.csv').expect(2, 'PARK.YAML')
    Run(d, 'analyze', '--parcels', 'parcels.gpkg', '--as-of', '2026-13-01', '-o', 'out').expect(2, '2026-13-01')


@case
def messages_speak_chinese(d):
    Run(d, 'analyze', '--parcels', 'none.gpkg', '--as-of', '2026-03-31', '-o', 'out', lang='zh').expect(1, 'none.gpkg')
    r = Run(d, 'analyze', '--parcels', 'none.gpkg', '--as-of', '2026-03-31', '-o', 'out', lang='zh')
    assert any('\u4e00' <= c <= '\u9fff' for c in r.err), r.err


@case
def inputs_are_never_changed_and_no_side_file_appears(d):
    park.make(d)
    before = snapshot(d)
    Run(d).expect(0)
    after = {n: b for n, b in snapshot(d).items() if not n.startswith(os.path.join(d, 'out') + os.sep)}
    assert after == before, set(after) ^ set(before)


@case
def threads_and_reruns_give_the_same_bytes(d):
    """A town of 20,000 parcels: every loop over rows is cut into several pieces (those of the rules have 16,384). The fit, cut every 16 parcels, is held by cases.fit_command."""
    bench = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bench')
    subprocess.run([sys.executable, os.path.join(bench, 'gen.py'), '20000', d], check=True, capture_output=True, timeout=120)
    seen = None
    for threads in ('1', '2', '7'):
        shutil.rmtree(os.path.join(d, 'out'), ignore_errors=True)
        Run(d, '--fit', 'none', '--threads', threads, '--rules', f'quanzhou-2025,national-idle-2012,{os.path.join(bench, "bench.yaml")}').expect(0)
        files = {n: b for n, b in snapshot(os.path.join(d, 'out')).items() if not n.endswith('timings.json')}
        assert len(files) > 15 and files[os.path.join(d, 'out', 'tables', 'parcels.csv')].count(b'\n') == 20001, sorted(files)
        if seen is not None:
            assert [n for n in files if files[n] != seen.get(n)] == [], [n for n in files if files[n] != seen.get(n)]
        seen = files


RULEBOOK = '''rulebook: t
version: "1"
name: {{zh: 测试, en: test}}
document: test
issuer: test
level: district
effective: {{from: 2020-01-01, to: 2030-12-31}}
rules:
  - code: T-1
    verdict: inefficient
    article: "1"
    certainty: stated
    when: {{all: [{{measure: {measure}, op: "{op}", limit: 5}}]}}
    text: {{zh: 测试, en: test}}
'''


def main():
    failed = 0
    for f in CASES:
        if len(sys.argv) > 2 and f.__name__ not in sys.argv[2:]:
            continue
        folder = tempfile.mkdtemp(prefix='mujun-case-')
        try:
            f(folder)
        except Exception:
            failed += 1
            print(f'FAILED {f.__name__}\n' + ''.join('    ' + line for line in traceback.format_exc().splitlines(True)[-3:]))
        shutil.rmtree(folder)
    print(f'{len(CASES) - failed} of {len(CASES)} cases hold')
    sys.exit(bool(failed))


main()
