-- What a change of plan is paid with where that is a boleto or Pix, and until when.
ALTER TABLE plan_changes ADD COLUMN pay_code TEXT;
ALTER TABLE plan_changes ADD COLUMN pay_until INTEGER;
-- When a boleto of the sandbox is paid by itself, where somebody pays it.
ALTER TABLE sandbox_payments ADD COLUMN settles_at INTEGER;
