-- What binds each way, on how many parcels, and how much of their headroom it leaves unused. A way that is not known has no constraint.
-- needs: fit_options.net_m2
SELECT fit_way, binding_constraint, count(*) AS parcel_count, count(*) FILTER (WHERE chosen) AS chosen_count, sum(net_m2) AS net_m2, sum(headroom_m2) AS headroom_m2,
       sum(max(headroom_m2 - max(net_m2, 0), 0)) AS unusable_m2
FROM fit_options
GROUP BY fit_way, binding_constraint
ORDER BY CASE fit_way WHEN 'open' THEN 1 WHEN 'storeys' THEN 2 ELSE 3 END, binding_constraint IS NULL, count(*) DESC, binding_constraint
