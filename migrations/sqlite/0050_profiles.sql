-- When a person last said who they are: from then on their own words count, and not those of an order.
ALTER TABLE people ADD COLUMN profile_at INTEGER;
