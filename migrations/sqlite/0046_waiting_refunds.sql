-- What waits for a seller, in the order in which it is listed: requests by their deadline, money to be paid back by hand
-- by since when, what a gateway could not pay back.
CREATE INDEX refunds_waiting ON refunds (producer_id, answer_by, id) WHERE state = 'requested';
CREATE INDEX refund_parts_by_hand ON refund_parts (producer_id, begun_at, id) WHERE state = 'by_hand';
CREATE INDEX refunds_failed ON refunds (producer_id, ended_at, id) WHERE state = 'failed';
