-- Cases that were there before: looked at once, and then when their time comes.
UPDATE victims SET age_look_on = '2026-12-01' WHERE age_band <> 'not_known' AND (age_band <> 'age_18_plus' OR as_child = 1);
