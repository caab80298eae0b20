//! What becomes of a refund: it comes through, or comes back.

use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::balance;
use crate::stripe::books::{Books, Saved};
use crate::stripe::card::Behaviour;
use crate::stripe::error::Failure;
use crate::stripe::value::{text, whole};
use serde_json::{Value, json};

/// What becomes of a refund.
#[derive(Clone, Copy)]
pub(super) enum How {
    AtOnce,
    SucceedsLater,
    FailsLater,
    /// A boleto came from no account: whoever paid it says by mail where the money goes.
    NeedsBankDetails,
}

impl How {
    pub(super) fn of(books: &Books, charge: &Value) -> Self {
        let saved = books.cards.get(text(charge, "payment_method"));
        match saved {
            Some(Saved { behaviour: Behaviour::RefundPends, .. }) => Self::SucceedsLater,
            Some(Saved { behaviour: Behaviour::RefundFails, .. }) => Self::FailsLater,
            _ if text(&charge["payment_method_details"], "type") == "boleto" => Self::NeedsBankDetails,
            _ => Self::AtOnce,
        }
    }

    pub(super) fn fill(self, books: &Books, refund: &mut Value, email: Option<String>) -> Result<(), Failure> {
        match self {
            Self::SucceedsLater => {
                refund["status"] = "pending".into();
                refund["pending_reason"] = "processing".into();
            }
            Self::NeedsBankDetails => {
                let email = email.ok_or_else(|| Failure::missing("instructions_email"))?;
                let now = books.now();
                refund["status"] = "requires_action".into();
                refund["instructions_email"] = email.clone().into();
                refund["next_action"] = json!({"type": "display_details", "display_details": {
                    "email_sent": {"email_sent_at": now, "email_sent_to": email}, "expires_at": now + 45 * 24 * HOUR}});
            }
            Self::AtOnce | Self::FailsLater => {
                refund["destination_details"] =
                    json!({"type": "card", "card": {"reference_status": "pending", "type": "refund"}});
            }
        }
        Ok(())
    }

    pub(super) fn plan(self, books: &mut Books, id: &str) {
        let at = books.now() + HOUR;
        match self {
            Self::SucceedsLater => books.due(at, Due::RefundSucceeds(id.to_owned())),
            Self::FailsLater => books.due(at, Due::RefundFails(id.to_owned())),
            Self::AtOnce | Self::NeedsBankDetails => {}
        }
    }
}

/// So much more, or less, of the charge is given back.
pub(super) fn give_back(books: &mut Books, charge: &str, amount: i64) {
    books.change(charge, |charge| {
        let refunded = whole(charge, "amount_refunded") + amount;
        charge["amount_refunded"] = refunded.into();
        charge["refunded"] = (refunded == whole(charge, "amount")).into();
    });
}

/// A refund that waited has come through.
pub(in crate::stripe) fn succeed(books: &mut Books, id: &str) {
    let Some(before) = books.get(id).cloned() else { return };
    if !matches!(text(&before, "status"), "pending" | "requires_action") {
        return;
    }
    books.change(id, |refund| {
        refund["status"] = "succeeded".into();
        remove(refund, &["pending_reason", "next_action"]);
    });
    books.tell_change("refund.updated", &before);
    books.tell_change("charge.refund.updated", &before);
}

/// A refund comes back: the money is the account's again.
pub(in crate::stripe) fn fail(books: &mut Books, id: &str, reason: &str) {
    let Some(before) = books.get(id).cloned() else { return };
    if matches!(text(&before, "status"), "failed" | "canceled") {
        return;
    }
    undo(books, &before, "failed");
    books.change(id, |refund| refund["failure_reason"] = reason.into());
    books.tell("refund.failed", id);
    books.tell_change("charge.refund.updated", &before);
}

/// The money is the account's again, and the refund has this status.
pub(super) fn undo(books: &mut Books, refund: &Value, status: &str) {
    let (id, amount) = (text(refund, "id"), whole(refund, "amount"));
    let transaction = balance::book(books, amount, text(refund, "currency"), id, "refund_failure");
    give_back(books, text(refund, "charge"), -amount);
    books.change(id, |refund| {
        refund["status"] = status.into();
        refund["failure_balance_transaction"] = transaction.into();
        remove(refund, &["pending_reason", "next_action"]);
    });
}

fn remove(refund: &mut Value, names: &[&str]) {
    if let Some(fields) = refund.as_object_mut() {
        fields.retain(|name, _| !names.contains(&name.as_str()));
    }
}
