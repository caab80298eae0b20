-- What a change of plan is paid with where that is a boleto or Pix, and until when.
ALTER TABLE plan_changes ADD COLUMN pay_code TEXT;
ALTER TABLE plan_changes ADD COLUMN pay_until BIGINT;
