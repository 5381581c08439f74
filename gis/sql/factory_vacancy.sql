-- Where standard factories stand empty: kind `age` by the age of the building on the reference date (year less year built), kind `floor` by the floor of the unit.
-- Display classes: no document asks for them and nothing is judged by them. The upper end of an age belongs to the next class; a unit is in one class of each kind.
-- vacancy = vacant area over the area of known state; not_in_use: vacant, stopped, let but unused.
-- needs: factory_units.use_state
WITH word(kind, class, at) AS (VALUES ('age', 'under_5', 1), ('age', 'from_5', 2), ('age', 'from_10', 3), ('age', 'from_20', 4), ('age', 'from_30', 5), ('age', 'unknown', 6),
                                      ('floor', 'ground', 7), ('floor', 'second', 8), ('floor', 'third', 9), ('floor', 'fourth', 10), ('floor', 'fifth_up', 11), ('floor', 'unknown', 12)),
unit AS MATERIALIZED (
  SELECT CAST(substr(:as_of, 1, 4) AS INTEGER) - year_built AS age, floor, use_state AS use, count(*) AS n, sum(floor_area_m2) AS m2
  FROM factory_units GROUP BY 1, 2, 3),
each AS (
  SELECT 'age' AS kind, CASE WHEN age IS NULL THEN 'unknown' WHEN age < 5 THEN 'under_5' WHEN age < 10 THEN 'from_5' WHEN age < 20 THEN 'from_10' WHEN age < 30 THEN 'from_20' ELSE 'from_30' END AS class, use, n, m2 FROM unit
  UNION ALL
  SELECT 'floor', CASE WHEN floor IS NULL THEN 'unknown' WHEN floor < 2 THEN 'ground' WHEN floor < 3 THEN 'second' WHEN floor < 4 THEN 'third' WHEN floor < 5 THEN 'fourth' ELSE 'fifth_up' END, use, n, m2 FROM unit),
one AS (
  SELECT kind, class, sum(n) AS n, sum(m2) AS m2, total(n) FILTER (WHERE use = 'vacant') AS n_vacant, coalesce(sum(m2) FILTER (WHERE use = 'vacant'), iif(total(n) FILTER (WHERE use = 'vacant') = 0, 0.0, NULL)) AS vacant_m2,
         coalesce(sum(m2) FILTER (WHERE use IN ('vacant', 'stopped', 'let_unused')), iif(total(n) FILTER (WHERE use IN ('vacant', 'stopped', 'let_unused')) = 0, 0.0, NULL)) AS unused_m2, total(m2) FILTER (WHERE use IS NOT NULL) AS known_m2
  FROM each GROUP BY kind, class)
SELECT w.kind AS kind, w.class AS class, coalesce(n, 0) AS unit_count, m2 AS floor_area_m2, coalesce(n_vacant, 0) AS vacant_count, vacant_m2, unused_m2 AS not_in_use_m2,
       vacant_m2 / nullif(known_m2, 0) AS vacancy, unused_m2 / nullif(known_m2, 0) AS not_in_use_share
FROM word w LEFT JOIN one ON one.kind = w.kind AND one.class = w.class
WHERE w.class <> 'unknown' OR n > 0
ORDER BY w.at
