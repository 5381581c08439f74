-- Parcels by status, in the order in which a status is decided.
WITH word(status, at) AS (VALUES ('idle', 1), ('inefficient', 2), ('headroom', 3), ('insufficient', 4), ('normal', 5)),
grouped AS (
  SELECT status, count(*) AS parcel_count, sum(area_mu) AS area_mu, sum(headroom_m2) AS headroom_m2, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan
  FROM parcels GROUP BY status)
SELECT w.status AS status, coalesce(g.parcel_count, 0) AS parcel_count, g.area_mu AS area_mu,
       g.area_mu / (SELECT sum(area_mu) FROM parcels) AS area_share, g.headroom_m2 AS headroom_m2, g.output_wan AS output_wan, g.tax_wan AS tax_wan
FROM word w LEFT JOIN grouped g ON g.status = w.status
ORDER BY w.at
