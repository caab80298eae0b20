-- What a sale says beside its items: coupon, subtotal, taxes, number of the transaction; and where its buyer lives. Each is
-- JSON, read and written as a whole.
ALTER TABLE orders ADD COLUMN sale_details TEXT;
ALTER TABLE orders ADD COLUMN buyer_address TEXT;
