//! The pages that people see: plain HTML that needs no script.

mod challenge;
mod fields;
mod frame;
mod invoice;
mod pay;
mod voucher;

use super::books::Books;
use super::form;
use super::router::Call;
use super::server::Server;
use crate::html::table;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Map, Value};

/// What a page answers.
pub(super) enum Page {
    /// A status, a title and what stands below it, as HTML.
    Shown(u16, &'static str, String),
    /// Somebody goes on to this address.
    Next(String),
    /// A picture.
    Picture(String),
}

impl Page {
    fn nothing() -> Self {
        Self::Shown(404, "Nothing here", "<p>This page does not exist, or does no longer.</p>".to_owned())
    }
}

/// What was typed into a form.
struct Typed(Map<String, Value>);

impl Typed {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default()
    }
}

/// Answers the address of a page.
pub(super) fn answer(server: &Server, call: &Call) -> Response {
    let steps: Vec<&str> = call.uri.path().trim_matches('/').split('/').collect();
    if steps == [""] {
        return respond(books_of(server));
    }
    let id = match steps.as_slice() {
        ["c", "pay", id, ..] | [_, id, ..] => *id,
        _ => "",
    };
    let typed = Typed(form::parse(&String::from_utf8_lossy(&call.body)));
    let is_post = call.method == Method::POST;
    let account = server.accounts().into_iter().find(|account| account.with(|books| books.get(id).is_some()));
    let page = account.map(|account| account.with(|books| of(books, &steps, is_post.then_some(&typed))));
    respond(page.unwrap_or_else(Page::nothing))
}

/// What is in the books of all accounts.
fn books_of(server: &Server) -> Page {
    let of = |kind: &str| -> Vec<Value> {
        let accounts = server.accounts();
        accounts.iter().flat_map(|account| account.with(|books| books.all(kind).cloned().collect::<Vec<_>>())).collect()
    };
    let charges = ["/id", "/amount", "/amount_refunded", "/status"];
    let subscriptions = ["/id", "/status", "/cancel_at_period_end"];
    let tables = [
        table("Charges", &of("charge"), &charges),
        table("Refunds", &of("refund"), &["/id", "/amount", "/status"]),
        table("Subscriptions", &of("subscription"), &subscriptions),
    ];
    Page::Shown(200, "Books", tables.concat())
}

/// The page of an address; with a form if one was sent.
fn of(books: &mut Books, steps: &[&str], form: Option<&Typed>) -> Page {
    match (steps, form) {
        (["c", "pay", id], None) => pay::show(books, id, "", None),
        (["c", "pay", id], Some(form)) => pay::submit(books, id, form),
        (["3ds", id], None) => challenge::show(books, id),
        (["3ds", id], Some(form)) => challenge::answer(books, id, form),
        (["boleto" | "pix", id], None) => voucher::show(books, id),
        (["boleto" | "pix", id], Some(form)) => voucher::answer(books, id, form),
        (["boleto", id, "pdf"], None) => voucher::show(books, id),
        (["pix", id, "qr.svg" | "qr.png"], None) => voucher::picture(books, id),
        (["i", id] | ["i", id, "pdf"], None) => invoice::show(books, id, "", None),
        (["i", id], Some(form)) => invoice::pay(books, id, form),
        (["receipts", id], None) => voucher::receipt(books, id),
        _ => Page::nothing(),
    }
}

fn respond(page: Page) -> Response {
    match page {
        Page::Shown(status, title, body) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            (status, Html(frame::whole(title, &body))).into_response()
        }
        Page::Next(address) => (StatusCode::SEE_OTHER, [("location", address)]).into_response(),
        Page::Picture(svg) => ([("content-type", "image/svg+xml")], svg).into_response(),
    }
}
