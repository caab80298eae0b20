//! What the account has: charges add to it at once, refunds and disputes take from it. There are no fees.

use super::books::Books;
use super::error::{Answer, Failure};
use serde_json::{Value, json};

/// Books a sum; returns the id of its balance transaction.
pub(super) fn book(books: &mut Books, amount: i64, currency: &str, source: &str, kind: &str) -> String {
    *books.balance.entry(currency.to_owned()).or_default() += amount;
    let (id, now) = (books.id("txn_"), books.now());
    books.put(json!({"id": id, "object": "balance_transaction", "amount": amount, "available_on": now,
        "balance_type": "payments", "created": now, "currency": currency, "description": null, "exchange_rate": null,
        "fee": 0, "fee_details": [], "net": amount, "reporting_category": kind, "source": source,
        "status": "available", "type": kind}));
    id
}

/// Refuses to give back more than there is.
pub(super) fn covers(books: &Books, amount: i64, currency: &str) -> Result<(), Failure> {
    if books.balance.get(currency).copied().unwrap_or_default() >= amount {
        return Ok(());
    }
    let message = "Insufficient funds in your Stripe balance to refund this amount.";
    Err(Failure::refused("balance_insufficient", message))
}

/// `GET /v1/balance`
pub(super) fn retrieve(books: &Books) -> Answer {
    let sum = |(currency, amount): (&String, &i64)| {
        let sources = json!({"card": amount});
        json!({"amount": amount, "currency": currency, "source_types": sources})
    };
    let mut available: Vec<Value> = books.balance.iter().map(sum).collect();
    if available.is_empty() {
        available.push(sum((&"brl".to_owned(), &0)));
    }
    let pending: Vec<Value> =
        available.iter().map(|one| sum((&super::value::text(one, "currency").to_owned(), &0))).collect();
    Ok(json!({"object": "balance", "available": available, "livemode": false, "pending": pending,
        "refund_and_dispute_prefunding": {"available": [], "pending": []}}))
}

/// `GET /v1/account`
pub(super) fn account(books: &Books) -> Answer {
    let name = "Stand-in of Stripe: no real money";
    Ok(json!({"id": books.account, "object": "account", "business_profile": {"mcc": null, "name": name,
        "support_email": null, "url": null}, "business_type": "company",
        "capabilities": {"boleto_payments": "active", "card_payments": "active", "pix_payments": "active",
            "transfers": "active"}, "charges_enabled": true, "country": "BR", "default_currency": "brl",
        "details_submitted": true, "email": "standin@example.com", "livemode": false, "metadata": {},
        "payouts_enabled": true, "settings": {"branding": {"icon": null, "logo": null, "primary_color": null},
            "dashboard": {"display_name": name, "timezone": "America/Sao_Paulo"},
            "payments": {"statement_descriptor": "STAND-IN OF STRIPE"}}, "type": "standard"}))
}
