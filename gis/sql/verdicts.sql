-- Parcels by each verdict and its answer: yes, no, and NULL (insufficient data). Every parcel stands once under each verdict.
-- Parcels are grouped once, by all three answers; the rest works on those few rows.
WITH word(verdict_on, at) AS (VALUES ('idle', 1), ('inefficient', 2), ('candidate', 3)),
answer(answer, place) AS (VALUES (1, 1), (0, 2), (NULL, 3)),
one AS MATERIALIZED (
  SELECT idle, inefficient, candidate, count(*) AS n, sum(area_mu) AS mu, sum(output_wan) AS output, sum(tax_wan) AS tax
  FROM parcels GROUP BY idle, inefficient, candidate),
each AS (
  SELECT w.verdict_on AS verdict_on, CASE w.verdict_on WHEN 'idle' THEN idle WHEN 'inefficient' THEN inefficient ELSE candidate END AS answer, n, mu, output, tax
  FROM word w CROSS JOIN one),
grouped AS (
  SELECT verdict_on, answer, sum(n) AS n, sum(mu) AS mu, sum(output) AS output, sum(tax) AS tax FROM each GROUP BY verdict_on, answer)
SELECT w.verdict_on AS verdict_on, a.answer AS answer, coalesce(g.n, 0) AS parcel_count, g.mu AS area_mu, g.mu / (SELECT sum(mu) FROM one) AS area_share, g.output AS output_wan, g.tax AS tax_wan
FROM word w CROSS JOIN answer a LEFT JOIN grouped g ON g.verdict_on = w.verdict_on AND g.answer IS a.answer
ORDER BY w.at, a.place
