#!/bin/sh
# The job in PostGIS, in a folder where data/ is what gen.py wrote: load with ogr2ogr and COPY, postgis.sql, export with COPY. PGHOST, PGUSER, PGDATABASE say where.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
psql -qXc 'DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench'
load() {
  PG_USE_COPY=YES ogr2ogr -q -f PostgreSQL "PG:dbname=$PGDATABASE active_schema=bench" "data/$1.gpkg" -nln "$1" -lco UNLOGGED=YES -lco GEOMETRY_NAME=geom -lco SPATIAL_INDEX="$2"
}
load parcels NONE &
first=$!
load buildings GIST
wait "$first"
load zones NONE
psql -qXAt -v ON_ERROR_STOP=1 -f "$here/postgis.sql"
