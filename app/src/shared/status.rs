//! How states are told apart at a glance: the same word and tone for the same state on every screen.

use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;
use types::view::InstallmentsView;
use types::{ChargeStatus, InvoiceState, OrderKind, OrderStatus, RefundState, SubscriptionStatus};

/// What an order's chip is about.
#[derive(Clone, Copy)]
pub struct Standing {
    /// Where the order itself stands.
    pub status: OrderStatus,
    /// Where its latest refund stands.
    pub refund: Option<RefundState>,
    /// Where its plan stands, on pages that are about it.
    pub plan: Option<SubscriptionStatus>,
    /// How its price is paid.
    pub kind: OrderKind,
    /// How far a price in instalments is paid, where that is known.
    pub installments: Option<InstallmentsView>,
    /// Whether an instalment is late.
    pub has_late_installment: bool,
    /// Whether it cost nothing.
    pub is_free: bool,
}

/// An order's chip. A refund that is not over says more than anything else; that a plan stands well or badly, or how
/// far a price in instalments is paid, says more than that the order was paid for once.
pub fn order_chip(texts: Texts, standing: Standing) -> impl IntoView {
    use RefundState::{Approved, Failed, Reconciling, Requested, Sent};
    let Standing { status, refund, plan, has_late_installment, is_free, .. } = standing;
    let was_paid = matches!(status, OrderStatus::Paid | OrderStatus::PartlyRefunded);
    let word = |(tone, key)| (tone, texts.text(key));
    let (tone, word) = match (refund, plan) {
        (Some(state @ (Requested | Approved | Reconciling | Sent | Failed)), _) => word(refund_words(state)),
        (_, Some(plan)) if was_paid => word(subscription_words(plan)),
        _ if was_paid && has_late_installment => word((Tone::Bad, "installment-late")),
        _ if was_paid && is_free => word((Tone::Good, "status-free")),
        _ if status == OrderStatus::Paid => (Tone::Good, paid_word(texts, standing)),
        _ => word(order_words(status)),
    };
    ui::chip(tone, word)
}

/// How far it is paid: a price in instalments is not paid before its last one.
fn paid_word(texts: Texts, standing: Standing) -> String {
    let is_in_parts = matches!(standing.kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    match standing.installments {
        Some(parts) if parts.next.is_some() => {
            texts.with("installments-chip", &[("paid", parts.paid.into()), ("count", parts.count.into())])
        }
        None if is_in_parts => texts.text("installments-chip-untold"),
        _ => texts.text("status-paid"),
    }
}

/// The word of an order's own status.
pub fn order_word(texts: Texts, status: OrderStatus) -> String {
    texts.text(order_words(status).1)
}

fn order_words(status: OrderStatus) -> (Tone, &'static str) {
    match status {
        OrderStatus::Pending => (Tone::Warn, "status-pending"),
        OrderStatus::Canceled => (Tone::Calm, "status-canceled"),
        OrderStatus::Paid => (Tone::Good, "status-paid"),
        OrderStatus::PartlyRefunded => (Tone::Calm, "status-partly-refunded"),
        OrderStatus::Disputed => (Tone::Bad, "status-disputed"),
        OrderStatus::Refunded => (Tone::Calm, "status-refunded"),
    }
}

/// A refund's chip.
pub fn refund_chip(texts: Texts, state: RefundState) -> impl IntoView {
    let (tone, key) = refund_words(state);
    ui::chip(tone, texts.text(key))
}

/// The chip of a refund that waits until its buyer has named an account.
pub fn waiting_chip(texts: Texts) -> impl IntoView {
    ui::chip(Tone::Warn, texts.text("money-back-waits-for-payee"))
}

fn refund_words(state: RefundState) -> (Tone, &'static str) {
    match state {
        RefundState::Requested => (Tone::Wait, "money-back-requested"),
        RefundState::Approved | RefundState::Reconciling => (Tone::Wait, "money-back-under-way"),
        RefundState::Sent => (Tone::Wait, "money-back-sent"),
        RefundState::Settled => (Tone::Good, "money-back-settled"),
        RefundState::Failed => (Tone::Bad, "money-back-failed"),
        RefundState::Declined => (Tone::Bad, "money-back-declined"),
        RefundState::Withdrawn => (Tone::Calm, "money-back-withdrawn"),
    }
}

/// A subscription's chip.
pub fn subscription_chip(texts: Texts, status: SubscriptionStatus) -> impl IntoView {
    let (tone, key) = subscription_words(status);
    ui::chip(tone, texts.text(key))
}

fn subscription_words(status: SubscriptionStatus) -> (Tone, &'static str) {
    match status {
        SubscriptionStatus::Trialing => (Tone::Good, "plan-trialing"),
        SubscriptionStatus::Active => (Tone::Good, "plan-active"),
        SubscriptionStatus::PastDue => (Tone::Warn, "plan-past-due"),
        SubscriptionStatus::Paused => (Tone::Wait, "plan-paused"),
        SubscriptionStatus::Ending => (Tone::Calm, "plan-ending"),
        SubscriptionStatus::Ended => (Tone::Calm, "plan-ended"),
    }
}

/// The chip of an instalment.
pub fn installment_chip(texts: Texts, state: Option<InvoiceState>) -> impl IntoView {
    let (tone, key) = match state {
        None => (Tone::Calm, "installment-ahead"),
        Some(InvoiceState::Open) => (Tone::Wait, "installment-open"),
        Some(InvoiceState::Overdue) => (Tone::Bad, "installment-overdue"),
        Some(InvoiceState::Paid) => (Tone::Good, "charge-paid"),
        Some(InvoiceState::Void) => (Tone::Calm, "installment-void"),
    };
    ui::chip(tone, texts.text(key))
}

/// A charge's chip.
pub fn charge_chip(texts: Texts, status: ChargeStatus) -> impl IntoView {
    let (tone, key) = match status {
        ChargeStatus::Pending => (Tone::Wait, "charge-pending"),
        ChargeStatus::Failed => (Tone::Bad, "charge-failed"),
        ChargeStatus::Paid => (Tone::Good, "charge-paid"),
        ChargeStatus::Disputed => (Tone::Bad, "charge-disputed"),
        ChargeStatus::Refunded => (Tone::Calm, "charge-refunded"),
    };
    ui::chip(tone, texts.text(key))
}
