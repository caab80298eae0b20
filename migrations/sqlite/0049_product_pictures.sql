-- Products have pictures as their producer has one; all of them are kept in one place.
ALTER TABLE logos RENAME TO pictures;
DROP INDEX logos_by_producer;
CREATE INDEX pictures_by_producer ON pictures (producer_id, made_at);
ALTER TABLE products ADD COLUMN picture TEXT;
