//! Refunds.

use super::agenda::{Due, HOUR};
use super::balance;
use super::books::{Books, Saved};
use super::card::Behaviour;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{maybe, text, whole};
use super::{currency, dispute};
use serde_json::{Value, json};

/// `POST /v1/refunds`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["amount", "charge", "instructions_email", "metadata", "payment_intent", "reason"])?;
    let reason = params.word("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let (metadata, asked) = (metadata::read(params)?, params.integer("amount")?);
    let charge = charge_of(books, params)?;
    let amount = refundable(books, &charge, asked)?;
    let email = params.text("instructions_email")?.map(str::to_owned);
    let email = email.or_else(|| maybe(&charge["billing_details"], "email"));
    let how = How::of(books, &charge);
    let mut refund = blank(books, &charge, amount, reason, &metadata);
    how.fill(books, &mut refund, email)?;
    let id = text(&refund, "id").to_owned();
    books.put(refund);
    take(books, &charge, &id, amount);
    books.tell("charge.refunded", text(&charge, "id"));
    books.tell("refund.created", &id);
    how.plan(books, &id);
    books.find("refund", &id, "id")
}

/// The charge that a call names, itself or by its payment intent.
fn charge_of(books: &Books, params: &Params) -> Answer {
    match (params.text("charge")?, params.text("payment_intent")?) {
        (Some(charge), _) => books.find("charge", charge, "charge"),
        (None, Some(intent)) => {
            let intent = books.find("payment_intent", intent, "payment_intent")?;
            if text(&intent, "status") != "succeeded" {
                let id = text(&intent, "id");
                let message = format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
                return Err(Failure::refused("", message).with("param", "payment_intent".into()));
            }
            books.find("charge", text(&intent, "latest_charge"), "payment_intent")
        }
        (None, None) => Err(Failure::parameter(
            "parameter_missing",
            "charge",
            "One of the following params should be provided for this request: payment_intent or charge.",
        )),
    }
}

/// The amount, if so much of the charge can be given back.
fn refundable(books: &Books, charge: &Value, asked: Option<i64>) -> Result<i64, Failure> {
    let (id, currency) = (text(charge, "id"), text(charge, "currency"));
    if charge["paid"] != true {
        return Err(Failure::refused("", format!("Charge {id} is not paid; cannot issue a refund.")));
    }
    if dispute::is_charged_back(books, id) {
        let message = format!("Charge {id} has been charged back; cannot issue a refund.");
        return Err(Failure::refused("charge_disputed", message));
    }
    let left = whole(charge, "amount") - whole(charge, "amount_refunded");
    if left == 0 {
        return Err(Failure::refused("charge_already_refunded", format!("Charge {id} has already been refunded.")));
    }
    let amount = asked.unwrap_or(left);
    if amount <= 0 {
        return Err(Failure::parameter("parameter_invalid_integer", "amount", "Invalid positive integer"));
    }
    currency::whole(amount, currency, "amount")?;
    if amount > left {
        let (amount, left) = (currency::shown(amount, currency), currency::shown(left, currency));
        let message = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(Failure::refused("", message).with("param", "amount".into()));
    }
    balance::covers(books, amount, currency)?;
    Ok(amount)
}

fn blank(books: &mut Books, charge: &Value, amount: i64, reason: Option<&str>, metadata: &Value) -> Value {
    let id = books.id("re_");
    json!({"id": id, "object": "refund", "amount": amount, "balance_transaction": null, "charge": charge["id"],
        "created": books.now(), "currency": charge["currency"], "metadata": metadata,
        "payment_intent": charge["payment_intent"], "reason": reason, "receipt_number": null,
        "source_transfer_reversal": null, "status": "succeeded", "transfer_reversal": null})
}

/// What becomes of a refund.
#[derive(Clone, Copy)]
enum How {
    AtOnce,
    SucceedsLater,
    FailsLater,
    /// A boleto came from no account: whoever paid it says by mail where the money goes.
    NeedsBankDetails,
}

impl How {
    fn of(books: &Books, charge: &Value) -> Self {
        let saved = books.cards.get(text(charge, "payment_method"));
        match saved {
            Some(Saved { behaviour: Behaviour::RefundPends, .. }) => Self::SucceedsLater,
            Some(Saved { behaviour: Behaviour::RefundFails, .. }) => Self::FailsLater,
            _ if text(&charge["payment_method_details"], "type") == "boleto" => Self::NeedsBankDetails,
            _ => Self::AtOnce,
        }
    }

    fn fill(self, books: &Books, refund: &mut Value, email: Option<String>) -> Result<(), Failure> {
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

    fn plan(self, books: &mut Books, id: &str) {
        let at = books.now() + HOUR;
        match self {
            Self::SucceedsLater => books.due(at, Due::RefundSucceeds(id.to_owned())),
            Self::FailsLater => books.due(at, Due::RefundFails(id.to_owned())),
            Self::AtOnce | Self::NeedsBankDetails => {}
        }
    }
}

fn take(books: &mut Books, charge: &Value, refund: &str, amount: i64) {
    let transaction = balance::book(books, -amount, text(charge, "currency"), refund, "refund");
    books.change(refund, |refund| refund["balance_transaction"] = transaction.into());
    give_back(books, text(charge, "id"), amount);
}

/// So much more, or less, of the charge is given back.
fn give_back(books: &mut Books, charge: &str, amount: i64) {
    books.change(charge, |charge| {
        let refunded = whole(charge, "amount_refunded") + amount;
        charge["amount_refunded"] = refunded.into();
        charge["refunded"] = (refunded == whole(charge, "amount")).into();
    });
}

/// A refund that waited has come through.
pub(super) fn succeed(books: &mut Books, id: &str) {
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
pub(super) fn fail(books: &mut Books, id: &str, reason: &str) {
    let Some(before) = books.get(id).cloned() else { return };
    if matches!(text(&before, "status"), "failed" | "canceled") {
        return;
    }
    undo(books, &before, "failed");
    books.change(id, |refund| refund["failure_reason"] = reason.into());
    books.tell("refund.failed", id);
    books.tell_change("charge.refund.updated", &before);
}

fn undo(books: &mut Books, refund: &Value, status: &str) {
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

/// `POST /v1/refunds/{id}/cancel`
pub(super) fn cancel(books: &mut Books, id: &str) -> Answer {
    let before = books.find("refund", id, "id")?;
    if text(&before, "status") != "requires_action" {
        let message = format!("Refund {id} has a status of {} and cannot be canceled.", text(&before, "status"));
        return Err(Failure::refused("", message));
    }
    undo(books, &before, "canceled");
    books.tell_change("refund.updated", &before);
    books.tell_change("charge.refund.updated", &before);
    books.find("refund", id, "id")
}

/// `POST /v1/refunds/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["metadata"])?;
    let before = books.find("refund", id, "id")?;
    let mut refund = before.clone();
    metadata::merge(&mut refund, params)?;
    books.put(refund);
    books.tell_change("refund.updated", &before);
    books.find("refund", id, "id")
}

/// `GET /v1/refunds`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["charge", "payment_intent"]))?;
    let (charge, intent) = (params.text("charge")?, params.text("payment_intent")?);
    list::page(books, "refund", "/v1/refunds", params, |one| {
        charge.is_none_or(|charge| text(one, "charge") == charge)
            && intent.is_none_or(|intent| text(one, "payment_intent") == intent)
    })
}
