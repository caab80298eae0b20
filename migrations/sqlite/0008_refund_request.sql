-- After the window the seller decides (rule 7): what the buyer wrote, until when the seller answers, and what the answer says.
ALTER TABLE refunds ADD COLUMN message TEXT;
ALTER TABLE refunds ADD COLUMN answer_by INTEGER;
ALTER TABLE refunds ADD COLUMN answer TEXT;
