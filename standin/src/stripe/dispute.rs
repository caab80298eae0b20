//! Disputes: the owner of a card takes a charge back through the bank.

use super::balance;
use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{text, whole};
use serde_json::{Map, Value, json};

/// What may be said against a dispute.
const EVIDENCE: &[&str] = &[
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

/// The bank takes a charge back. Returns the dispute; none if the charge is not paid or is disputed already.
pub(super) fn open(books: &mut Books, charge: &str, reason: &str) -> Option<String> {
    let charge = books.get(charge).filter(|charge| charge["paid"] == true && charge["disputed"] != true)?.clone();
    let (id, currency) = (books.id("dp_"), text(&charge, "currency").to_owned());
    let amount = whole(&charge, "amount") - whole(&charge, "amount_refunded");
    let transaction = balance::book(books, -amount, &currency, &id, "dispute");
    let transactions: Vec<Value> = books.get(&transaction).cloned().into_iter().collect();
    let evidence: Map<String, Value> = EVIDENCE.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    let due_by = books.now() + 7 * 86_400;
    books.put(json!({"id": id, "object": "dispute", "amount": amount, "balance_transactions": transactions,
        "charge": charge["id"], "created": books.now(), "currency": currency, "enhanced_eligibility_types": [],
        "evidence": evidence, "evidence_details": {"due_by": due_by, "enhanced_eligibility": {},
            "has_evidence": false, "past_due": false, "submission_count": 0},
        "is_charge_refundable": false, "livemode": false, "metadata": {}, "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": {"brand": charge["payment_method_details"]["card"]["brand"],
            "case_type": "chargeback", "network_reason_code": "10.4"}, "type": "card"},
        "reason": reason, "status": "needs_response"}));
    books.change(text(&charge, "id"), |charge| charge["disputed"] = true.into());
    books.tell("charge.dispute.created", &id);
    books.tell("charge.dispute.funds_withdrawn", &id);
    Some(id)
}

/// Whether a charge is disputed and was not won back.
pub(super) fn is_charged_back(books: &Books, charge: &str) -> bool {
    books.all("dispute").any(|one| text(one, "charge") == charge && text(one, "status") != "won")
}

/// The bank has decided.
pub(super) fn close(books: &mut Books, id: &str, is_won: bool) {
    let Some(before) = books.get(id).cloned() else { return };
    if matches!(text(&before, "status"), "won" | "lost") {
        return;
    }
    books.change(id, |dispute| dispute["status"] = if is_won { "won" } else { "lost" }.into());
    books.tell("charge.dispute.closed", id);
    if is_won {
        let amount = whole(&before, "amount");
        let transaction = balance::book(books, amount, text(&before, "currency"), id, "dispute_reversal");
        let transaction = books.get(&transaction).cloned();
        books.change(id, |dispute| {
            if let Some(list) = dispute["balance_transactions"].as_array_mut() {
                list.extend(transaction);
            }
        });
        books.tell("charge.dispute.funds_reinstated", id);
    }
}

/// `POST /v1/disputes/{id}`: in tests the evidence `winning_evidence` wins and `losing_evidence` loses.
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["evidence", "metadata", "submit"])?;
    let before = books.find("dispute", id, "id")?;
    let mut dispute = before.clone();
    metadata::merge(&mut dispute, params)?;
    let evidence = params.part("evidence")?;
    evidence.only(EVIDENCE)?;
    for (name, text) in evidence.texts() {
        dispute["evidence"][name] = text.into();
        dispute["evidence_details"]["has_evidence"] = true.into();
    }
    let is_submitted = params.flag("submit")?.unwrap_or(true) && !evidence.is_empty();
    if is_submitted {
        dispute["status"] = "under_review".into();
        dispute["evidence_details"]["submission_count"] = 1.into();
    }
    let words = text(&dispute["evidence"], "uncategorized_text").to_owned();
    books.put(dispute);
    books.tell_change("charge.dispute.updated", &before);
    match words.as_str() {
        "winning_evidence" if is_submitted => close(books, id, true),
        "losing_evidence" if is_submitted => close(books, id, false),
        _ => {}
    }
    books.find("dispute", id, "id")
}

/// `POST /v1/disputes/{id}/close`: it is given up.
pub(super) fn give_up(books: &mut Books, id: &str) -> Answer {
    let dispute = books.find("dispute", id, "id")?;
    if matches!(text(&dispute, "status"), "won" | "lost") {
        return Err(Failure::refused("", "This dispute is already closed."));
    }
    close(books, id, false);
    books.find("dispute", id, "id")
}

/// `GET /v1/disputes`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["charge", "payment_intent"]))?;
    let (charge, intent) = (params.text("charge")?, params.text("payment_intent")?);
    list::page(books, "dispute", "/v1/disputes", params, |one| {
        charge.is_none_or(|charge| text(one, "charge") == charge)
            && intent.is_none_or(|intent| text(one, "payment_intent") == intent)
    })
}
