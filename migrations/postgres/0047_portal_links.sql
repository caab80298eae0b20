-- Links that a seller made, for one buyer or for many at once. Each has a reference of its own and leads, as the order's own
-- link does, to a page that only mails the address on file. Whether somebody acted by one is read from the events of the
-- order.
CREATE TABLE link_campaigns (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL REFERENCES producers (id),
    target TEXT NOT NULL CHECK (target IN ('order', 'refund', 'cancel', 'card', 'plan')),
    -- Whose orders: nothing where it does not matter.
    product_id UUID,
    status TEXT CHECK (status IN ('paid', 'partly_refunded')),
    kind TEXT CHECK (kind IN ('one_off', 'subscription', 'smart_installments', 'slip_installments')),
    ordered_from BIGINT,
    ordered_until BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'done')),
    -- The last order that was looked at: the walk goes on behind it.
    after_at BIGINT NOT NULL,
    after_code TEXT NOT NULL,
    sent BIGINT NOT NULL DEFAULT 0,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, product_id) REFERENCES products (producer_id, id)
);
CREATE INDEX link_campaigns_by_time ON link_campaigns (producer_id, made_at, id);
-- One at a time: the limit of mails is the seller's.
CREATE UNIQUE INDEX link_campaigns_running ON link_campaigns (producer_id) WHERE state = 'running';

CREATE TABLE portal_links (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    target TEXT NOT NULL CHECK (target IN ('order', 'refund', 'cancel', 'card', 'plan')),
    ref TEXT NOT NULL UNIQUE,
    campaign_id UUID,
    -- Who made it: an address, or the word of a program.
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    mail_asked_at BIGINT,
    -- When a button was first pressed on its page.
    opened_at BIGINT,
    revoked_at BIGINT,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, campaign_id) REFERENCES link_campaigns (producer_id, id)
);
CREATE INDEX portal_links_by_time ON portal_links (producer_id, made_at, id);
CREATE INDEX portal_links_by_order ON portal_links (order_id, made_at);
-- Never the same order twice in one campaign.
CREATE UNIQUE INDEX portal_links_once ON portal_links (campaign_id, order_id) WHERE campaign_id IS NOT NULL;
