-- Parcels by their area in mu: under 5, 5 to 20, 20 to 50, 50 to 100, 100 and over; the upper end belongs to the next class.
-- These are display classes: no document asks for them and nothing is judged by them. 5 and 100 mu are also where rules/checks.yaml changes its tolerance.
-- Parcels without an area are `unknown`.
WITH word(size, at) AS (VALUES ('under_5', 1), ('from_5', 2), ('from_20', 3), ('from_50', 4), ('from_100', 5), ('unknown', 6)),
grouped AS MATERIALIZED (
  SELECT CASE WHEN area_mu IS NULL THEN 'unknown' WHEN area_mu < 5 THEN 'under_5' WHEN area_mu < 20 THEN 'from_5' WHEN area_mu < 50 THEN 'from_20' WHEN area_mu < 100 THEN 'from_50' ELSE 'from_100' END AS size,
         count(*) AS n, sum(area_mu) AS mu, sum(headroom_m2) AS room, sum(output_wan) AS output, sum(tax_wan) AS tax, count(*) FILTER (WHERE idle) AS n_idle, count(*) FILTER (WHERE inefficient) AS n_ineff, count(idle) AS judged_idle, count(inefficient) AS judged_ineff,
         sum(output_wan) FILTER (WHERE area_mu IS NOT NULL) / sum(area_mu) FILTER (WHERE output_wan IS NOT NULL) AS output_per_mu,
         sum(tax_wan) FILTER (WHERE area_mu IS NOT NULL) / sum(area_mu) FILTER (WHERE tax_wan IS NOT NULL) AS tax_per_mu
  FROM parcels GROUP BY 1),
judged AS MATERIALIZED (SELECT sum(mu) AS mu, sum(judged_idle) AS idle, sum(judged_ineff) AS inefficient FROM grouped)
SELECT w.size AS size, coalesce(g.n, 0) AS parcel_count, g.mu AS area_mu, g.mu / judged.mu AS area_share, g.room AS headroom_m2, g.output AS output_wan, g.tax AS tax_wan,
       g.output_per_mu AS output_wan_per_mu, g.tax_per_mu AS tax_wan_per_mu,
       CASE WHEN g.n IS NULL AND judged.idle > 0 THEN 0 WHEN g.judged_idle > 0 THEN g.n_idle END AS idle_count, CASE WHEN g.n IS NULL AND judged.inefficient > 0 THEN 0 WHEN g.judged_ineff > 0 THEN g.n_ineff END AS inefficient_count
FROM judged, word w LEFT JOIN grouped g ON g.size = w.size
WHERE w.size <> 'unknown' OR g.n > 0
ORDER BY w.at
