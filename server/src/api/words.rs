//! Schemas of words that have a fixed list of values.

use types::{
    ChargeStatus, IntervalUnit, InvoiceState, Method, OrderKind, OrderStatus, RefundPartState, RefundState,
    SubscriptionStatus,
};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

macro_rules! words {
    ($($name:ident = $type:ty;)*) => {$(
        pub(super) fn $name() -> Object {
            let all = <$type>::ALL.iter().map(|word| word.as_str());
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
        }
    )*};
}

words! {
    order_kind = OrderKind;
    order_status = OrderStatus;
    charge_status = ChargeStatus;
    subscription_status = SubscriptionStatus;
    invoice_state = InvoiceState;
    refund_state = RefundState;
    refund_part_state = RefundPartState;
    interval_unit = IntervalUnit;
    method = Method;
}
