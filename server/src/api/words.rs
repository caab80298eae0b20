//! Schemas of words that have a fixed list of values.

use serde_json::Value;
use types::{
    ChargeStatus, DeclineReason, IntervalUnit, InvoiceState, Method, OrderKind, OrderStatus, RefundPartState,
    RefundState, SubscriptionStatus,
};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

/// Where a charge stands, as whoever keeps the money says it.
pub(super) fn reported_status() -> Object {
    let words = ["waiting", "paid", "failed", "refunded", "disputed"];
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

/// The same words, and null where the field may be left out.
fn or_null<'a>(all: impl Iterator<Item = &'a str>) -> Object {
    let all = all.map(Value::from).chain([Value::Null]);
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).enum_values(Some(all)).build()
}

/// [`subscription_status`] of a field that may be left out.
pub(super) fn subscription_status_or_null() -> Object {
    or_null(SubscriptionStatus::ALL.iter().map(|word| word.as_str()))
}

/// Why a charge failed, if that is said.
pub(super) fn decline_reason_or_null() -> Object {
    or_null(DeclineReason::ALL.iter().map(|word| word.as_str()))
}

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
