//! The calls of the API: method and path, and what carries each out.

use super::books::Books;
use super::error::Answer;
use super::params::Params;
use super::payment_intent::{self, create};
use super::subscription::{self, schedule};
use super::{balance, charge, checkout, customer, dispute, event, payment_method, price, product, refund, search};
use super::{invoice, setup_intent, webhook_endpoint};

/// Carries a call out; none if nothing has this address.
pub(super) fn run(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    people(books, method, path, params)
        .or_else(|| payments(books, method, path, params))
        .or_else(|| billing(books, method, path, params))
        .or_else(|| money_back(books, method, path, params))
        .or_else(|| account(books, method, path, params))
        .or_else(|| read(books, method, path, params))
}

fn people(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    Some(match (method, path) {
        ("POST", ["customers"]) => customer::create(books, params),
        ("GET", ["customers"]) => customer::page(books, params),
        ("GET", ["customers", "search"]) => search::search(books, "customer", params),
        ("GET", ["customers", id]) => customer::retrieve(books, id),
        ("POST", ["customers", id]) => customer::update(books, id, params),
        ("DELETE", ["customers", id]) => customer::delete(books, id),
        ("GET", ["customers", id, "payment_methods"]) => payment_method::page(books, Some(id), params),
        ("GET", ["customers", _, "payment_methods", id]) => books.find("payment_method", id, "id"),
        ("POST", ["payment_methods"]) => payment_method::create(books, params),
        ("GET", ["payment_methods"]) => payment_method::page(books, None, params),
        ("POST", ["payment_methods", id]) => payment_method::update(books, id, params),
        ("POST", ["payment_methods", id, "attach"]) => payment_method::attach(books, id, params),
        ("POST", ["payment_methods", id, "detach"]) => payment_method::detach(books, id, params),
        ("POST", ["setup_intents"]) => setup_intent::create(books, params),
        ("GET", ["setup_intents"]) => setup_intent::page(books, params),
        ("POST", ["setup_intents", id]) => setup_intent::update(books, id, params),
        ("POST", ["setup_intents", id, "confirm"]) => setup_intent::confirm_call(books, id, params),
        ("POST", ["setup_intents", id, "cancel"]) => setup_intent::cancel(books, id, params),
        _ => return None,
    })
}

fn payments(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    Some(match (method, path) {
        ("POST", ["checkout", "sessions"]) => checkout::create(books, params),
        ("GET", ["checkout", "sessions"]) => checkout::page(books, params),
        ("GET", ["checkout", "sessions", id]) => books.find("checkout.session", id, "id"),
        ("GET", ["checkout", "sessions", id, "line_items"]) => checkout::lines_page(books, id, params),
        ("POST", ["checkout", "sessions", id, "expire"]) => checkout::expire_call(books, id),
        ("POST", ["payment_intents"]) => create::create(books, params),
        ("GET", ["payment_intents"]) => payment_intent::page(books, params),
        ("GET", ["payment_intents", "search"]) => search::search(books, "payment_intent", params),
        ("POST", ["payment_intents", id]) => payment_intent::update(books, id, params),
        ("POST", ["payment_intents", id, "confirm"]) => payment_intent::confirm_call(books, id, params),
        ("POST", ["payment_intents", id, "cancel"]) => payment_intent::cancel(books, id, params),
        ("POST", ["products"]) => product::create(books, params),
        ("GET", ["products"]) => product::page(books, params),
        ("POST", ["products", id]) => product::update(books, id, params),
        ("POST", ["prices"]) => price::create(books, params),
        ("GET", ["prices"]) => price::page(books, params),
        ("POST", ["prices", id]) => price::update(books, id, params),
        _ => return None,
    })
}

fn billing(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    Some(match (method, path) {
        ("POST", ["subscriptions"]) => subscription::create::create(books, params),
        ("GET", ["subscriptions"]) => subscription::page(books, params),
        ("GET", ["subscriptions", "search"]) => search::search(books, "subscription", params),
        ("POST", ["subscriptions", id]) => subscription::update::update(books, id, params),
        ("DELETE", ["subscriptions", id]) => subscription::end::delete(books, id, params),
        ("POST", ["subscriptions", id, "resume"]) => subscription::resume(books, id, params),
        ("GET", ["subscription_items"]) => subscription::item::page(books, params),
        ("GET", ["subscription_items", id]) => subscription::item::retrieve(books, id),
        ("POST", ["subscription_schedules"]) => schedule::create(books, params),
        ("GET", ["subscription_schedules"]) => schedule::page(books, params),
        ("POST", ["subscription_schedules", id]) => schedule::update(books, id, params),
        ("POST", ["subscription_schedules", id, "release"]) => schedule::release_call(books, id, params),
        ("POST", ["subscription_schedules", id, "cancel"]) => schedule::cancel(books, id, params),
        ("POST", ["invoices"]) => invoice::manual::create(books, params),
        ("GET", ["invoices"]) => invoice::page(books, params),
        ("POST", ["invoices", "create_preview"]) => invoice::preview::create(books, params),
        ("GET", ["invoices", "search"]) => search::search(books, "invoice", params),
        ("POST", ["invoices", id]) => invoice::update(books, id, params),
        ("GET", ["invoices", id, "lines"]) => invoice::lines(books, id, params),
        ("POST", ["invoices", id, "finalize"]) => invoice::finalize(books, id, params),
        ("POST", ["invoices", id, "pay"]) => invoice::pay(books, id, params),
        ("POST", ["invoices", id, "void"]) => invoice::void(books, id),
        ("POST", ["invoices", id, "mark_uncollectible"]) => invoice::give_up(books, id),
        ("POST", ["invoiceitems"]) => invoice::manual::create_item(books, params),
        ("GET", ["invoice_payments"]) => invoice::payment::page(books, params),
        _ => return None,
    })
}

fn money_back(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    Some(match (method, path) {
        ("GET", ["charges"]) => charge::page(books, params),
        ("GET", ["charges", "search"]) => search::search(books, "charge", params),
        ("POST", ["charges", id]) => charge::update(books, id, params),
        ("POST", ["refunds"]) => refund::create(books, params),
        ("GET", ["refunds"]) => refund::page(books, params),
        ("POST", ["refunds", id]) => refund::update(books, id, params),
        ("POST", ["refunds", id, "cancel"]) => refund::cancel(books, id),
        ("GET", ["disputes"]) => dispute::page(books, params),
        ("POST", ["disputes", id]) => dispute::update(books, id, params),
        ("POST", ["disputes", id, "close"]) => dispute::give_up(books, id),
        _ => return None,
    })
}

fn account(books: &mut Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    Some(match (method, path) {
        ("GET", ["account"]) => balance::account(books),
        ("GET", ["balance"]) => balance::retrieve(books),
        ("GET", ["events"]) => event::page(books, params),
        ("POST", ["webhook_endpoints"]) => webhook_endpoint::create(books, params),
        ("GET", ["webhook_endpoints"]) => webhook_endpoint::page(books, params),
        ("POST", ["webhook_endpoints", id]) => webhook_endpoint::update(books, id, params),
        ("DELETE", ["webhook_endpoints", id]) => webhook_endpoint::delete(books, id),
        _ => return None,
    })
}

/// Reading one object by its id.
fn read(books: &Books, method: &str, path: &[&str], params: &Params) -> Option<Answer> {
    let ("GET", [kind, id]) = (method, path) else { return None };
    let kind = match *kind {
        "balance_transactions" => "balance_transaction",
        "charges" => "charge",
        "disputes" => "dispute",
        "events" => "event",
        "invoice_payments" => "invoice_payment",
        "invoiceitems" => "invoiceitem",
        "invoices" => "invoice",
        "payment_intents" => "payment_intent",
        "payment_methods" => "payment_method",
        "prices" => "price",
        "products" => "product",
        "refunds" => "refund",
        "setup_intents" => "setup_intent",
        "subscription_schedules" => "subscription_schedule",
        "subscriptions" => "subscription",
        "webhook_endpoints" => "webhook_endpoint",
        _ => return None,
    };
    Some(params.only(&["client_secret"]).and_then(|()| books.find(kind, id, "id")))
}
