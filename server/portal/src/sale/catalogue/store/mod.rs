//! The only SQL about what a producer sets up. One file a table family; every statement takes the producer.

pub(super) mod api_key;
pub(super) mod area;
pub(super) mod offer;
pub(super) mod picture;
pub(super) mod producer;
pub(super) mod product;
pub(super) mod rule;
pub(super) mod source;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        api_key::STATEMENTS,
        area::STATEMENTS,
        picture::STATEMENTS,
        offer::STATEMENTS,
        producer::STATEMENTS,
        product::STATEMENTS,
        rule::STATEMENTS,
        source::STATEMENTS,
    ]
    .concat()
});
