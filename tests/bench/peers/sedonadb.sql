-- The joins of the job in SedonaDB; sedonadb_job.py puts in the views and works out the rest.
WITH pieces AS (
  SELECT p.parcel_id, b.floors, ST_Area(ST_Intersection(p.geom, b.geom)) AS area
  FROM parcels AS p JOIN buildings AS b ON ST_Intersects(p.geom, b.geom)),
built AS (SELECT parcel_id, count(*) AS bld_n, sum(area) AS bld_area, sum(area * floors) AS gfa FROM pieces WHERE area > 0 GROUP BY parcel_id),
shares AS (
  SELECT p.parcel_id, z.zone, CASE WHEN ST_Covers(z.geom, p.geom) THEN ST_Area(p.geom) ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END AS area
  FROM parcels AS p JOIN zones AS z ON ST_Intersects(p.geom, z.geom)),
zoned AS (SELECT parcel_id, first_value(zone ORDER BY area DESC) AS zone FROM shares WHERE area > 0 GROUP BY parcel_id),
joined AS (
  SELECT parcel_id, count(DISTINCT credit_code) AS ent_n, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan
  FROM enterprises WHERE year = 2024 GROUP BY parcel_id)
SELECT p.parcel_id, p.land_use, p.recorded_area, p.far_cap, p.start_due, p.started, z.zone, ST_Area(p.geom) AS area_m2,
  b.bld_n, b.bld_area, b.gfa, e.ent_n, e.output_wan, e.tax_wan, ST_Transform(p.geom, 'EPSG:4326') AS geometry
FROM parcels AS p LEFT JOIN built AS b ON p.parcel_id = b.parcel_id LEFT JOIN zoned AS z ON p.parcel_id = z.parcel_id
LEFT JOIN joined AS e ON p.parcel_id = e.parcel_id
ORDER BY p.parcel_id
