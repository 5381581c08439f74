"""Runs duckdb.sql. The extension is DuckDB's own download where that was made, else the file of the wheel duckdb-extension-spatial.
With --check: says its version, or why it cannot be loaded, and ends."""
import glob
import os
import sys

import duckdb


def load(connection):
    """Loads the extension "spatial" into a connection."""
    try:
        connection.execute('LOAD spatial')
    except duckdb.Error:
        import duckdb_extension_spatial as wheel
        connection.execute(f"LOAD '{glob.glob(os.path.join(os.path.dirname(wheel.__file__), 'extensions', '*', 'spatial.duckdb_extension'))[0]}'")


def main():
    connection = duckdb.connect()
    load(connection)
    if '--check' in sys.argv:
        print(duckdb.__version__)
        return
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'duckdb.sql'), encoding='utf-8') as f:
        connection.execute(f.read())


main()
