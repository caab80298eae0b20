//! The only SQL of made links and campaigns.

mod campaign;
mod link;

pub(super) use campaign::{
    CampaignRow, advance, campaigns, has_product, insert_campaign, is_campaign, lock_campaign, products, stop,
};
pub(super) use link::{
    NewLink, OrderRow, about, ask_mail, by_id, by_ref, insert, list, open, order_of, orders, revoke,
};

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [campaign::STATEMENTS, link::STATEMENTS].concat());
