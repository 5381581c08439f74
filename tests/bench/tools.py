"""The tools that do the bench's job: how each is found, which version it is, how it is started. Each runs in a folder of its own where data/ is what
gen.py wrote, and writes parcels.geojson and zones.csv there (mujun: below result/)."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, 'peers')
DEBIAN = '/usr/bin/python3'
PROJECT = """park: bench
as_of: 2024-12-31
year: 2024
rules: [{rules}]
parcels: {data}parcels.gpkg
buildings: {data}buildings.gpkg
zones: {data}zones.gpkg
enterprises: [{{file: {data}enterprises.csv, complete: true}}]
"""
OWN = os.path.join(HERE, 'bench.yaml')
MORE_RULES = ('national-idle-2012', 'quanzhou-2025')  # beside OWN where everything is written


def output(command):
    """What a command prints; '' when it cannot run or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ''
    return done.stdout.strip() if done.returncode == 0 else ''


class Tool:
    """name, label, version ('' when not installed, and then why), prepare(folder) -> command; loose: its ellipsoidal area is less exact."""

    def __init__(self, name, label, version, why, prepare, loose=False):
        self.name, self.label, self.version, self.why, self.prepare, self.loose = name, label, version, why, prepare, loose
        self.server, self.env, self.answers = None, {}, True

    def start(self):
        """What must run before the tool does; stop() ends it."""

    def stop(self):
        pass


class PostGIS(Tool):
    """Has a server of its own on a socket in a temporary folder; what the server uses while the job runs is the job's."""

    folder = None

    def start(self):
        self.folder = tempfile.mkdtemp(prefix='mujun-bench-')
        done = subprocess.run(['sh', os.path.join(PEERS, 'postgis_server.sh'), 'start', self.folder], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            self.version, self.why = '', 'its server does not start'
            return
        self.server = int(done.stdout)
        self.env = {'PGHOST': self.folder, 'PGUSER': 'bench', 'PGDATABASE': 'postgres'}

    def stop(self):
        if self.folder:  # also one that only half started
            subprocess.run(['sh', os.path.join(PEERS, 'postgis_server.sh'), 'stop', self.folder], stderr=subprocess.DEVNULL, check=False)
            shutil.rmtree(self.folder, ignore_errors=True)


def mujun(program, everything):
    """The program on the same job, or with all that it writes."""
    files = ['--files', 'parcels.geojson,zones.csv']

    def prepare(folder):
        rules = [OWN] + (list(MORE_RULES) if everything else [])
        with open(os.path.join(folder, 'park.yaml'), 'w', encoding='utf-8') as f:
            f.write(PROJECT.format(rules=', '.join(rules), data='data/'))
        return [program, 'analyze', 'park.yaml', '-o', 'result', '--fit', 'none', '--no-sync', '--quiet', '--lang', 'en'] + ([] if everything else files)
    label = 'mujun, everything' if everything else f'mujun, the same job ({" ".join(files)})'
    tool = Tool('everything' if everything else 'mujun', label, output([program, '--version']) or '?', '', prepare)
    tool.answers = not everything
    return tool


def copy():
    """ogr2ogr's copy of the parcel layer, no analysis."""
    tool = Tool('copy', "ogr2ogr's copy of the parcels", output(['ogr2ogr', '--version']).split(',')[0], 'package gdal-bin is not installed',
                lambda folder: ['ogr2ogr', '-f', 'GeoJSON', '-t_srs', 'EPSG:4326', 'copy.geojson', 'data/parcels.gpkg'])
    tool.answers = False
    return tool


def script(python, name):
    return lambda folder: [python, os.path.join(PEERS, name)]


def peers(venv):
    """The other tools, those too that are not installed; venv is the folder that --peers fills."""
    python = os.path.join(venv, 'bin', 'python')
    lite = output(['sqlite3', ':memory:', '.load mod_spatialite', 'SELECT spatialite_version()'])
    control = sorted(glob.glob('/usr/share/postgresql/*/extension/postgis.control'))
    found = re.search(r"default_version = '(.*?)'", open(control[-1], encoding='utf-8').read()) if control else None
    versions = 'import geopandas, shapely; print(geopandas.__version__, "shapely", shapely.__version__)'
    old, new = output([DEBIAN, '-W', 'ignore', '-c', versions]), output([python, '-W', 'ignore', '-c', versions])
    duck = output([python, os.path.join(PEERS, 'duckdb_job.py'), '--check'])
    duck_alone = output([python, '-c', 'import duckdb; print(duckdb.__version__)'])
    why = 'not installed; --peers does it'
    return [
        Tool('spatialite', 'SpatiaLite', lite, why, lambda folder: ['sh', '-c', f"exec sqlite3 scratch.db <'{PEERS}/spatialite.sql'"], loose=True),
        PostGIS('postgis', 'PostGIS', found.group(1) if found else '', why, lambda folder: ['sh', os.path.join(PEERS, 'postgis.sh')]),
        Tool('geopandas', 'GeoPandas', new, why, script(python, 'geopandas_job.py')),
        Tool('geopandas-debian', 'GeoPandas of the system', old, why, script(DEBIAN, 'geopandas_job.py' if 'shapely 2' in old else 'geopandas_012_job.py')),
        Tool('duckdb', 'DuckDB spatial', duck, 'its extension "spatial" cannot be loaded' if duck_alone else why, script(python, 'duckdb_job.py')),
        Tool('sedonadb', 'SedonaDB', output([python, '-W', 'ignore', '-c', 'import importlib.metadata as m; print(m.version("sedonadb"))']), why,
             script(python, 'sedonadb_job.py')),
    ]


def chosen(program, venv, wanted):
    """mujun twice, the copy, and the peers of the comma-separated list wanted (None: all)."""
    names = None if wanted is None else set(wanted.split(',')) - {''}
    others = peers(venv)
    unknown = (names or set()) - {p.name for p in others}
    if unknown:
        sys.exit(f"no such tool: {', '.join(sorted(unknown))}; there are {', '.join(p.name for p in others)}")
    return [mujun(program, False), mujun(program, True), copy()] + [p for p in others if names is None or p.name in names]
