//! What the sale knows: the buyer's particulars as the checkout asked for them, and how the total came to be.

use crate::text::Texts;
use crate::ui::Facts;
use crate::{sale as of_sale, ui};
use leptos::prelude::*;
use types::view::OrderView;

/// The block.
pub(crate) fn sale(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let sale = &order.sale;
    let facts = Facts::new()
        .with(texts.text("sale-name"), order.buyer_name.clone())
        .with(texts.text("sale-email"), order.email.to_string())
        .with_some(texts.text("sale-tax-id"), sale.tax_id.as_deref().map(of_sale::tax_id))
        .with_some(texts.text("sale-phone"), sale.phone.as_deref().map(types::phone::grouped));
    let facts = of_sale::address(facts, texts, &sale.address);
    let facts = of_sale::details(facts, texts, &sale.details, order.total.currency);
    ui::card("sale", texts.text("sale-title"), ui::facts(facts))
}
