//! What is sold, what a producer lets buyers do, and what is on file of each order.

/// The condition on which an order counts a line of it, by the alias of `order_items`. A line that its source sells no
/// more (`left_at`) counts only while a refund takes from it or asks for it.
macro_rules! counts {
    ($line:literal) => {
        concat!(
            "(",
            $line,
            ".left_at is null or exists (select 1 from refund_items held
                where held.item_id = ",
            $line,
            ".id and held.released_at is null))"
        )
    };
}
pub(crate) use counts;

/// What the producer's connection of a gateway's name is, as [`ground::ports::NamedGateway::read`] reads it; null where
/// there is none.
macro_rules! connection_of {
    ($gateway:literal, $producer:literal) => {
        concat!(
            "(select cn.gateway || ' ' || cn.bills || ' ' || cn.state from connections cn where cn.producer_id = ",
            $producer,
            " and cn.code = ",
            $gateway,
            ")"
        )
    };
}
pub(crate) use connection_of;

pub mod catalogue;
pub mod ledger;
pub mod order;
pub mod policy;
