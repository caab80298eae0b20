//! Which order it is, and who bought.

use super::Look;
use crate::status::{Standing, order_chip};
use crate::ui::{self, Facts};
use crate::{phrase, sale, text::Texts};
use leptos::prelude::*;
use portal::drawer::{Buyer, Profile};
use types::OrderKind;

/// Code, state, total, day and kind.
pub(crate) fn head(look: Look<'_>) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let order = &drawer.order;
    let standing = Standing {
        status: order.order.status,
        refund: order.refunds.first().map(|refund| refund.state),
        plan: order.subscription.as_ref().map(|plan| plan.status),
        kind: order.order.kind,
        installments: None,
        has_late_installment: false,
        is_free: false,
    };
    let at = order.order.ordered_at;
    let facts = Facts::new()
        .with(texts.text("drawer-code"), ui::copy(texts, order.order.code.to_string(), texts.text("drawer-copy-code")))
        .with(texts.text("drawer-kind"), kind(texts, order.order.kind))
        .with(texts.text("drawer-ordered"), ui::time(calendar, at, calendar.moment(at)))
        .with_some(texts.text("payment-paid-at"), order.order.paid_at.map(|at| calendar.moment(at)))
        .with(texts.text("payment-method"), phrase::method(texts, order.method))
        .with(texts.text("drawer-gateway"), order.gateway.clone());
    view! {
        <section class="card" id="order">
            <p class="amount">
                <span>{texts.text("drawer-total")}</span>
                <strong>{phrase::money(texts, order.order.total)}</strong>
            </p>
            <p>{order_chip(texts, standing)}</p>
            {ui::facts(facts)}
        </section>
    }
}

fn kind(texts: Texts, kind: OrderKind) -> String {
    texts.text(match kind {
        OrderKind::OneOff => "drawer-kind-once",
        OrderKind::Subscription => "drawer-kind-subscription",
        OrderKind::SmartInstallments => "drawer-kind-smart",
        OrderKind::SlipInstallments => "drawer-kind-slips",
    })
}
/// Whether a person says something else of themselves than the order does.
fn differs(buyer: &Buyer, profile: &Profile) -> bool {
    let said = |own: &Option<String>, order: &Option<String>| own.is_some() && own != order;
    buyer.name != profile.name || said(&profile.tax_id, &buyer.tax_id) || said(&profile.phone, &buyer.phone)
}

/// What is on file of the buyer, what the buyer says since, and what stands on receipts instead.
pub(crate) fn particulars(look: Look<'_>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let buyer = &drawer.buyer;
    let email = if buyer.email.is_empty() { texts.text("drawer-email-unknown") } else { buyer.email.clone() };
    let printed = buyer.printed.as_ref().map(|printed| {
        let lines = [Some(&printed.name), printed.tax_id.as_ref(), printed.address.as_ref()];
        lines.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    });
    let profile = buyer.profile.as_ref().filter(|profile| differs(buyer, profile)).map(|profile| {
        let phone = profile.phone.as_deref().map(types::phone::grouped);
        let lines = [Some(profile.name.clone()), profile.tax_id.as_deref().map(sale::tax_id), phone];
        lines.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let facts = Facts::new()
        .with(texts.text("drawer-name"), buyer.name.clone())
        .with(texts.text("drawer-email"), email)
        .with_some(texts.text("drawer-tax-id"), buyer.tax_id.as_deref().map(sale::tax_id))
        .with_some(texts.text("drawer-phone"), buyer.phone.as_deref().map(types::phone::grouped))
        .with_some(texts.text("drawer-profile"), profile)
        .with_some(texts.text("drawer-printed"), printed);
    ui::facts(sale::address(facts, texts, &drawer.order.address))
}
