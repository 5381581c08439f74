-- Redevelopment candidates by what makes them one. A parcel may be of several kinds, so the kinds add up to more than `any`.
-- A kind that is not known of any parcel is NULL, not 0.
-- LIMIT -1 lets what a parcel is a candidate for be found once, not again in each sum.
WITH chosen AS (
  SELECT instr(candidate_for, 'idle') > 0 AS i, instr(candidate_for, 'inefficient') > 0 AS f, instr(candidate_for, 'headroom') > 0 AS h,
         area_mu AS mu, headroom_m2 AS m2, renewal_headroom_m2 AS r, tax_wan AS t
  FROM parcels WHERE candidate LIMIT -1),
total AS (
  SELECT count(*) AS n, sum(mu) AS mu, sum(m2) AS m2, sum(r) AS r, sum(t) AS t,
         count(*) FILTER (WHERE i) AS ni, sum(mu) FILTER (WHERE i) AS mui, sum(m2) FILTER (WHERE i) AS m2i, sum(r) FILTER (WHERE i) AS ri, sum(t) FILTER (WHERE i) AS ti,
         count(*) FILTER (WHERE f) AS nf, sum(mu) FILTER (WHERE f) AS muf, sum(m2) FILTER (WHERE f) AS m2f, sum(r) FILTER (WHERE f) AS rf, sum(t) FILTER (WHERE f) AS tf,
         count(*) FILTER (WHERE h) AS nh, sum(mu) FILTER (WHERE h) AS muh, sum(m2) FILTER (WHERE h) AS m2h, sum(r) FILTER (WHERE h) AS rh, sum(t) FILTER (WHERE h) AS th
  FROM chosen),
judged AS (SELECT count(idle) AS i, count(inefficient) AS f, count(headroom_m2) AS h, count(candidate) AS c FROM parcels),
kind(kind) AS (VALUES ('idle'), ('inefficient'), ('headroom'), ('any'))
SELECT kind,
       CASE kind WHEN 'idle' THEN CASE WHEN judged.i > 0 THEN ni END WHEN 'inefficient' THEN CASE WHEN judged.f > 0 THEN nf END WHEN 'headroom' THEN CASE WHEN judged.h > 0 THEN nh END ELSE CASE WHEN judged.c > 0 THEN n END END AS parcel_count,
       CASE kind WHEN 'idle' THEN mui WHEN 'inefficient' THEN muf WHEN 'headroom' THEN muh ELSE mu END AS area_mu,
       CASE kind WHEN 'idle' THEN m2i WHEN 'inefficient' THEN m2f WHEN 'headroom' THEN m2h ELSE m2 END AS headroom_m2,
       CASE kind WHEN 'idle' THEN ri WHEN 'inefficient' THEN rf WHEN 'headroom' THEN rh ELSE r END AS renewal_headroom_m2,
       CASE kind WHEN 'idle' THEN ti WHEN 'inefficient' THEN tf WHEN 'headroom' THEN th ELSE t END AS tax_wan
FROM kind, total, judged
