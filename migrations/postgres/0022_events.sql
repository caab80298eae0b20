-- The audit log is the record of what happened: each row has a public name that never changes, a version, and a body of ids and figures.
ALTER TABLE audit_entries RENAME TO events;
ALTER TABLE events RENAME COLUMN action TO name;
ALTER TABLE events ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Rows of before have no body.
ALTER TABLE events ADD COLUMN body TEXT NOT NULL DEFAULT '{}';
DROP INDEX audit_by_order;
DROP INDEX audit_by_person;
CREATE INDEX events_by_order ON events (order_id, at);
CREATE INDEX events_by_person ON events (person_id, at);
UPDATE events SET name = 'plan.declined' WHERE name = 'plan.follow' AND after LIKE '%"state":"declined"%';
UPDATE events SET name = CASE name
    WHEN 'order.create' THEN 'order.created'
    WHEN 'order.report' THEN 'order.reported'
    WHEN 'order.restate' THEN 'order.restated'
    WHEN 'refund.request' THEN 'refund.requested'
    WHEN 'refund.answer' THEN 'refund.answered'
    WHEN 'refund.withdraw' THEN 'refund.withdrawn'
    WHEN 'refund.payee' THEN 'refund.payee_named'
    WHEN 'refund.follow' THEN 'refund.advanced'
    WHEN 'plan.ask' THEN 'plan.asked'
    WHEN 'plan.change' THEN 'plan.changed'
    WHEN 'plan.schedule' THEN 'plan.scheduled'
    WHEN 'plan.undo' THEN 'plan.undone'
    WHEN 'plan.follow' THEN 'plan.applied'
    WHEN 'billing.wait' THEN 'billing.waits'
    WHEN 'billing.void' THEN 'billing.voided'
    WHEN 'billing.resume' THEN 'billing.resumed'
    WHEN 'billing.end' THEN 'billing.ended'
    WHEN 'card.change' THEN 'card.changed'
    WHEN 'payment.change' THEN 'method.changed'
    WHEN 'subscription.cancel' THEN 'subscription.canceled'
    WHEN 'subscription.undo_cancel' THEN 'subscription.cancel_undone'
    WHEN 'subscription.stay' THEN 'subscription.stayed'
    WHEN 'subscription.end' THEN 'subscription.ended'
    WHEN 'document.billing' THEN 'document.billing_written'
    WHEN 'account.email_ask' THEN 'account.email_asked'
    WHEN 'account.email_withdraw' THEN 'account.email_withdrawn'
    WHEN 'account.email_change' THEN 'account.email_changed'
    WHEN 'account.profile' THEN 'account.profile_changed'
    WHEN 'account.language' THEN 'account.language_chosen'
    WHEN 'account.erasure_ask' THEN 'account.erasure_asked'
    WHEN 'account.erasure_undo' THEN 'account.erasure_undone'
    WHEN 'account.erase' THEN 'account.erased'
    WHEN 'sign_in.link' THEN 'sign_in.by_link'
    WHEN 'sign_in.code' THEN 'sign_in.by_code'
    WHEN 'session.sign_out' THEN 'session.signed_out'
    WHEN 'session.end' THEN 'session.ended'
    WHEN 'session.end_all' THEN 'session.all_ended'
    WHEN 'policy.put' THEN 'policy.written'
    WHEN 'product.put' THEN 'product.written'
    WHEN 'offer.put' THEN 'offer.written'
    WHEN 'member_area.put' THEN 'member_area.written'
    WHEN 'access_rule.put' THEN 'access_rule.written'
    WHEN 'source.put' THEN 'source.written'
    WHEN 'api_key.create' THEN 'api_key.created'
    WHEN 'producer.create' THEN 'producer.created'
    WHEN 'staff.create' THEN 'staff.created'
    ELSE name END;
