-- Asaas pays a boleto back only after its buyer has named a bank account on a page of Asaas' own: since when it waits
-- for that, and the address of the page, as far as it is known. Both are forgotten as soon as the money goes on.
ALTER TABLE refund_parts ADD COLUMN payee_page_at BIGINT CHECK (payee_page_at IS NULL OR state = 'sent');
ALTER TABLE refund_parts ADD COLUMN payee_page TEXT CHECK (payee_page IS NULL OR payee_page_at IS NOT NULL);
