-- Parcels by each verdict and its answer: yes, no, and NULL (insufficient data). Every parcel stands once under each verdict.
WITH word(verdict_on, at) AS (VALUES ('idle', 1), ('inefficient', 2), ('candidate', 3)),
answer(answer, place) AS (VALUES (1, 1), (0, 2), (NULL, 3)),
grouped AS (
  SELECT 'idle' AS verdict_on, idle AS answer, count(*) AS n, sum(area_mu) AS mu, sum(output_wan) AS output, sum(tax_wan) AS tax FROM parcels GROUP BY idle
  UNION ALL
  SELECT 'inefficient', inefficient, count(*), sum(area_mu), sum(output_wan), sum(tax_wan) FROM parcels GROUP BY inefficient
  UNION ALL
  SELECT 'candidate', candidate, count(*), sum(area_mu), sum(output_wan), sum(tax_wan) FROM parcels GROUP BY candidate)
SELECT w.verdict_on AS verdict_on, a.answer AS answer, coalesce(g.n, 0) AS parcel_count, g.mu AS area_mu, g.mu / (SELECT sum(area_mu) FROM parcels) AS area_share, g.output AS output_wan, g.tax AS tax_wan
FROM word w CROSS JOIN answer a LEFT JOIN grouped g ON g.verdict_on = w.verdict_on AND g.answer IS a.answer
ORDER BY w.at, a.place
