-- Enterprises of the year by grade scheme, group and class, best first; those without a class stand under their state.
-- Land is what the enterprises state (where it is above 0); per mu over those that state both.
-- Rows come grouped by the four columns, so that nothing is sorted but the classes; what is grouped is read once, or it is grouped again.
-- needs: grades.class
WITH firm AS (
  SELECT rowid AS at, scheme, group_name, state, class, class_text, rank, output_wan AS output, tax_wan AS tax, class_robust <> class AS differs,
         CASE WHEN land_area_m2 > 0 THEN land_area_m2 * 3 / 2000 END AS mu
  FROM grades),
one AS (
  SELECT scheme, group_name, state, class, min(at) AS at, min(rank) AS best, max(class_text) AS class_text, count(*) AS enterprise_count, sum(mu) AS land_mu, sum(output) AS output_wan, sum(tax) AS tax_wan,
         sum(output) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE output IS NOT NULL) AS output_wan_per_mu,
         sum(tax) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE tax IS NOT NULL) AS tax_wan_per_mu, count(*) FILTER (WHERE differs) AS robust_differs
  FROM firm
  GROUP BY scheme, group_name, state, class),
placed AS (SELECT *, min(at) OVER (PARTITION BY scheme) AS place FROM one)
SELECT scheme, group_name, state, class, class_text, enterprise_count, land_mu, output_wan, tax_wan, output_wan_per_mu, tax_wan_per_mu, robust_differs
FROM placed
ORDER BY place, group_name IS NULL, group_name, CASE state WHEN 'graded' THEN 1 WHEN 'small' THEN 2 WHEN 'unknown' THEN 3 WHEN 'exempt' THEN 4 ELSE 5 END, class IS NULL, best, class
