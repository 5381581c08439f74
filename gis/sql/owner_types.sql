-- Parcels by the type of their owner (权利人类型) and enterprises of the year by theirs (企业性质), as the input words them; rows without one are insufficient data (:unknown).
-- Where only one of the two tables has the column, the other's figures are NULL. Land is what the enterprises state.
-- needs: parcels.owner_type | enterprises.owner_type
WITH land AS (
  SELECT owner_type AS type, count(*) AS n, sum(area_mu) AS mu, count(*) FILTER (WHERE idle) AS n_idle, count(idle) AS judged_idle, count(*) FILTER (WHERE inefficient) AS n_ineff, count(inefficient) AS judged_ineff
  FROM parcels WHERE (SELECT count(owner_type) FROM parcels) > 0 GROUP BY owner_type),
firm AS (
  SELECT owner_type AS type, output_wan AS output, tax_wan AS tax, CASE WHEN land_area_m2 > 0 THEN land_area_m2 * 3 / 2000 END AS mu
  FROM enterprises WHERE of_year AND (SELECT count(owner_type) FROM enterprises) > 0),
firms AS (
  SELECT type, count(*) AS n, sum(mu) AS mu, sum(output) AS output, sum(tax) AS tax,
         sum(tax) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE tax IS NOT NULL) AS tax_per_mu
  FROM firm GROUP BY type),
type(type) AS (SELECT type FROM land UNION SELECT type FROM firms)
SELECT coalesce(t.type, :unknown) AS owner_type, land.n AS parcel_count, land.mu AS area_mu, CASE WHEN land.judged_idle > 0 THEN land.n_idle END AS idle_count,
       CASE WHEN land.judged_ineff > 0 THEN land.n_ineff END AS inefficient_count, firms.n AS enterprise_count, firms.mu AS land_mu, firms.output AS output_wan, firms.tax AS tax_wan, firms.tax_per_mu AS tax_wan_per_mu
FROM type t LEFT JOIN land ON land.type IS t.type LEFT JOIN firms ON firms.type IS t.type
ORDER BY t.type IS NULL, land.mu DESC, firms.output DESC, t.type
