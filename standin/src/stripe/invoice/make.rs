//! A new invoice: its lines, what it comes to, and whether the customer's balance pays for it.

use super::line;
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::currency;
use crate::stripe::value::{join, text, whole};
use serde_json::{Value, json};

/// What an invoice is made of.
pub(in crate::stripe) struct Draft<'a> {
    pub(in crate::stripe) customer: &'a str,
    pub(in crate::stripe) subscription: Option<&'a Value>,
    pub(in crate::stripe) reason: &'static str,
    pub(in crate::stripe) period: (i64, i64),
    pub(in crate::stripe) currency: &'a str,
    /// Without the invoice items that wait.
    pub(in crate::stripe) lines: Vec<Value>,
    pub(in crate::stripe) proration_date: Option<i64>,
}

/// An invoice without id, with its lines.
pub(in crate::stripe) fn build(books: &Books, draft: &Draft<'_>) -> Value {
    let customer = books.get(draft.customer).cloned().unwrap_or_default();
    let none = Value::Null;
    let subscription = draft.subscription.unwrap_or(&none);
    let (total, starting) = (sum(&draft.lines), whole(&customer, "balance"));
    let (due, ending) = split(total, starting, draft.currency);
    let sends = text(subscription, "collection_method") == "send_invoice";
    let due_date = sends.then(|| books.now() + whole(subscription, "days_until_due") * 24 * HOUR);
    let first = json!({"id": null, "object": "invoice", "account_country": "BR",
        "account_name": "Stand-in of Stripe: no real money", "account_tax_ids": null, "amount_due": due,
        "amount_overpaid": 0, "amount_paid": 0, "amount_remaining": due, "amount_shipping": 0, "application": null,
        "attempt_count": 0, "attempted": false, "auto_advance": true,
        "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null, "provider": null,
            "status": null},
        "automatically_finalizes_at": null, "billing_reason": draft.reason,
        "collection_method": if sends { "send_invoice" } else { "charge_automatically" }, "created": books.now(),
        "currency": draft.currency, "custom_fields": null, "customer": draft.customer, "customer_account": null,
        "customer_address": customer["address"], "customer_email": customer["email"],
        "customer_name": customer["name"], "customer_phone": customer["phone"], "customer_shipping": null,
        "customer_tax_exempt": "none", "customer_tax_ids": [], "default_payment_method": null,
        "default_source": null, "default_tax_rates": [], "description": null, "discounts": [],
        "due_date": due_date, "effective_at": null, "ending_balance": null, "footer": null, "from_invoice": null});
    let rest = json!({"hosted_invoice_url": null, "invoice_pdf": null, "issuer": {"type": "self"},
        "last_finalization_error": null, "latest_revision": null, "lines": null, "livemode": false, "metadata": {},
        "next_payment_attempt": null, "number": null, "on_behalf_of": null, "parent": parent(subscription, draft),
        "payment_settings": {"default_mandate": null, "payment_method_options": null, "payment_method_types":
            subscription["payment_settings"]["payment_method_types"]},
        "period_end": draft.period.1, "period_start": draft.period.0, "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0, "receipt_number": null, "rendering": null, "shipping_cost": null,
        "shipping_details": null, "starting_balance": starting, "statement_descriptor": null, "status": "draft",
        "status_transitions": {"finalized_at": null, "marked_uncollectible_at": null, "paid_at": null,
            "voided_at": null},
        "subtotal": total, "subtotal_excluding_tax": total, "test_clock": null, "total": total,
        "total_discount_amounts": [], "total_excluding_tax": total, "total_pretax_credit_amounts": [],
        "total_taxes": [], "webhooks_delivered_at": null});
    let mut invoice = join(first, rest);
    invoice["ending_balance"] = ending.into();
    invoice["lines"] = json!({"object": "list", "data": draft.lines, "has_more": false,
        "total_count": draft.lines.len(), "url": null});
    invoice
}

fn parent(subscription: &Value, draft: &Draft<'_>) -> Value {
    if subscription.is_null() {
        return Value::Null;
    }
    let mut details = json!({"metadata": subscription["metadata"], "subscription": subscription["id"]});
    if let Some(at) = draft.proration_date {
        details["subscription_proration_date"] = at.into();
    }
    json!({"quote_details": null, "subscription_details": details, "type": "subscription_details"})
}

fn sum(lines: &[Value]) -> i64 {
    lines.iter().map(|line| whole(line, "amount")).sum()
}

/// What is due, and the customer's balance after it. A balance below 0 is theirs; what is too small to be charged is
/// carried forward.
fn split(total: i64, balance: i64, currency: &str) -> (i64, i64) {
    let due = total + balance;
    if due > 0 && currency::chargeable(due, currency, "").is_ok() { (due, 0) } else { (0, due) }
}

/// Makes an invoice with the invoice items that wait and these lines. It is a draft.
pub(in crate::stripe) fn make(books: &mut Books, draft: Draft<'_>) -> String {
    let subscription = draft.subscription.map(|subscription| text(subscription, "id"));
    let waiting = line::waiting(books, draft.customer, subscription);
    make_of(books, draft, &waiting)
}

/// The same with these invoice items.
pub(super) fn make_of(books: &mut Books, mut draft: Draft<'_>, items: &[Value]) -> String {
    let subscription = draft.subscription.map(|subscription| text(subscription, "id"));
    draft.lines.splice(0..0, items.iter().map(line::of_pending));
    let mut invoice = build(books, &draft);
    let id = books.id("in_");
    invoice["id"] = id.clone().into();
    name_lines(books, &mut invoice, &id);
    invoice["ending_balance"] = Value::Null;
    books.put(invoice);
    for item in items {
        books.change(text(item, "id"), |item| item["invoice"] = id.clone().into());
    }
    if let Some(subscription) = subscription {
        books.change(subscription, |subscription| subscription["latest_invoice"] = id.clone().into());
    }
    books.tell("invoice.created", &id);
    id
}

/// Adds an invoice item to a draft.
pub(super) fn add(books: &mut Books, id: &str, item: &str) {
    books.change(item, |item| item["invoice"] = id.into());
    let (Some(before), Some(item)) = (books.get(id).cloned(), books.get(item).cloned()) else { return };
    let mut line = line::of_pending(&item);
    line["id"] = books.id("il_").into();
    line["invoice"] = id.into();
    let total = whole(&before, "total") + whole(&item, "amount");
    let (due, _) = split(total, whole(&before, "starting_balance"), text(&before, "currency"));
    books.change(id, |invoice| {
        for name in ["subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax"] {
            invoice[name] = total.into();
        }
        for name in ["amount_due", "amount_remaining"] {
            invoice[name] = due.into();
        }
        if let Some(lines) = invoice["lines"]["data"].as_array_mut() {
            lines.push(line);
        }
        invoice["lines"]["total_count"] = (whole(&before["lines"], "total_count") + 1).into();
    });
    books.tell_change("invoice.updated", &before);
}

fn name_lines(books: &mut Books, invoice: &mut Value, id: &str) {
    invoice["lines"]["url"] = format!("/v1/invoices/{id}/lines").into();
    for line in invoice["lines"]["data"].as_array_mut().into_iter().flatten() {
        line["id"] = books.id("il_").into();
        line["invoice"] = id.into();
    }
}

/// A draft becomes an invoice: it has a number, and takes what the customer's balance has.
pub(in crate::stripe) fn finalize(books: &mut Books, id: &str) {
    let Some(invoice) = books.get(id).filter(|invoice| text(invoice, "status") == "draft").cloned() else { return };
    let (customer, now) = (text(&invoice, "customer").to_owned(), books.now());
    let starting = books.get(&customer).map_or(0, |customer| whole(customer, "balance"));
    let (due, ending) = split(whole(&invoice, "total"), starting, text(&invoice, "currency"));
    let number = number(books, &customer);
    let page = format!("{}/i/{id}", books.base_url);
    books.change(id, |invoice| {
        invoice["status"] = "open".into();
        invoice["number"] = number.into();
        invoice["amount_due"] = due.into();
        invoice["amount_remaining"] = due.into();
        invoice["starting_balance"] = starting.into();
        invoice["ending_balance"] = ending.into();
        invoice["effective_at"] = now.into();
        invoice["status_transitions"]["finalized_at"] = now.into();
        invoice["invoice_pdf"] = format!("{page}/pdf").into();
        invoice["hosted_invoice_url"] = page.into();
    });
    settle_balance(books, &customer, ending, text(&invoice, "currency"));
    if due > 0 {
        super::payment::make(books, id);
    }
    books.tell("invoice.finalized", id);
    if due == 0 {
        super::collect::paid(books, id, 0);
    } else if text(&invoice, "collection_method") == "send_invoice" {
        books.due(whole(&invoice, "due_date"), Due::Overdue(id.to_owned()));
        books.tell("invoice.sent", id);
    }
}

/// What an invoice leaves of a customer's balance. The first invoice says what currency the customer has.
fn settle_balance(books: &mut Books, customer: &str, ending: i64, currency: &str) {
    let before = books.get(customer).cloned().unwrap_or_default();
    books.change(customer, |customer| {
        customer["balance"] = ending.into();
        if customer["currency"].is_null() {
            customer["currency"] = currency.into();
        }
    });
    books.tell_change("customer.updated", &before);
}

fn number(books: &mut Books, customer: &str) -> String {
    let (mut prefix, mut count) = (String::new(), 0);
    books.change(customer, |customer| {
        text(customer, "invoice_prefix").clone_into(&mut prefix);
        count = whole(customer, "next_invoice_sequence");
        customer["next_invoice_sequence"] = (count + 1).into();
    });
    format!("{prefix}-{count:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_pays_first_and_what_is_too_small_is_carried_forward() {
        assert_eq!(split(1000, 0, "brl"), (1000, 0));
        assert_eq!((split(1000, -400, "brl"), split(1000, -1400, "brl")), ((600, 0), (0, -400)));
        assert_eq!((split(-300, 0, "brl"), split(30, 0, "brl")), ((0, -300), (0, 30)));
    }
}
