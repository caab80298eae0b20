-- A page of a seller's orders in the order in which it is shown, whatever it is filtered by. The code is in it as well:
-- where a hundred thousand orders bear one instant (an import by day), all of them were sorted for a page of twenty.
CREATE INDEX orders_of_producer ON orders (producer_id, ordered_at, code);
DROP INDEX orders_by_producer;
CREATE INDEX orders_of_producer_in_status ON orders (producer_id, status, ordered_at, code);
DROP INDEX orders_by_status;
CREATE INDEX orders_of_buyer ON orders (producer_id, person_id, ordered_at, code);
CREATE INDEX orders_of_buyer_in_status ON orders (producer_id, person_id, status, ordered_at, code);
-- What waits for an order, a refund, a person is looked for once for each of them: `aftersale verify` went through all
-- that waits.
CREATE INDEX jobs_by_subject ON jobs (subject) WHERE subject IS NOT NULL;
