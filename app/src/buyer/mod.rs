//! What buyers see.

pub mod account;
pub mod card;
pub mod document;
pub mod home;
pub mod order;
pub mod plan;
pub mod refund;
pub mod sign_in;
pub mod subscription;

use crate::route::Who::{Anyone, Buyer};
use crate::route::{Address, get, post};

/// Every address of this wing.
pub(crate) fn addresses() -> Vec<Address> {
    vec![
        get("/sign-in", Anyone, sign_in::page::ask),
        post("/sign-in", Anyone, sign_in::form::request),
        get("/sign-in/sent", Anyone, sign_in::page::sent),
        post("/sign-in/resend", Anyone, sign_in::form::resend),
        get("/sign-in/code", Anyone, sign_in::page::code),
        post("/sign-in/code", Anyone, sign_in::form::enter_code),
        get("/l/{token}", Anyone, sign_in::page::link),
        post("/l/{token}", Anyone, sign_in::form::open_link),
        post("/l/{token}/resend", Anyone, sign_in::form::resend_link),
        get("/o/{order_ref}", Anyone, sign_in::page::order_link),
        post("/o/{order_ref}", Anyone, sign_in::form::request_order_link),
        post("/sign-out", Anyone, sign_in::form::sign_out),
        get("/", Buyer, home::page::show),
        get("/orders/{handle}", Buyer, order::page::show),
        get("/orders/{handle}/refund", Buyer, refund::page::start),
        get("/orders/{handle}/refund/preview", Buyer, refund::page::preview),
        post("/orders/{handle}/refund", Buyer, refund::form::confirm),
        get("/orders/{handle}/refund/ask", Buyer, refund::page::ask),
        post("/orders/{handle}/refund/ask", Buyer, refund::form::ask),
        get("/orders/{handle}/refund/{protocol}", Buyer, refund::page::receipt),
        post("/orders/{handle}/refund/{protocol}/withdraw", Buyer, refund::form::withdraw),
        post("/orders/{handle}/refund/{protocol}/payee", Buyer, refund::payee::save),
        get("/orders/{handle}/receipts/{charge}", Buyer, document::page::receipt),
        get("/orders/{handle}/receipts/{charge}/receipt.pdf", Buyer, document::page::receipt_pdf),
        get("/orders/{handle}/credits/{protocol}", Buyer, document::page::credit),
        get("/orders/{handle}/credits/{protocol}/credit-note.pdf", Buyer, document::page::credit_pdf),
        get("/orders/{handle}/terms", Buyer, document::page::terms),
        get("/orders/{handle}/billing", Buyer, document::page::billing),
        post("/orders/{handle}/billing", Buyer, document::form::billing),
        get("/account", Buyer, account::page::show),
        get("/account/profile", Buyer, account::page::profile),
        post("/account/profile", Buyer, account::form::profile),
        get("/account/email", Buyer, account::page::change_email),
        post("/account/email", Buyer, account::form::ask_email),
        post("/account/email/withdraw", Buyer, account::form::withdraw_email),
        get("/account/email/changed", Anyone, account::page::email_changed),
        get("/e/{token}", Anyone, account::page::confirm_email),
        post("/e/{token}", Anyone, account::form::confirm_email),
        post("/account/sessions/{session}/end", Buyer, account::form::end_session),
        post("/account/sessions/end", Buyer, account::form::end_sessions),
        get("/account/receipts/{year}", Buyer, document::page::year),
        get("/account/data", Buyer, account::page::export),
        get("/account/erasure", Buyer, account::page::erasure),
        post("/account/erasure", Buyer, account::form::ask_erasure),
        post("/account/erasure/undo", Buyer, account::form::undo_erasure),
        get("/subscriptions/{id}/plan", Buyer, plan::page::choose),
        get("/subscriptions/{id}/plan/preview", Buyer, plan::page::preview),
        post("/subscriptions/{id}/plan/quote", Buyer, plan::form::fix),
        get("/subscriptions/{id}/plan/quote/{quote}", Buyer, plan::page::seen_quote),
        post("/subscriptions/{id}/plan/confirm", Buyer, plan::form::confirm),
        get("/subscriptions/{id}/plan/change/{change}", Buyer, plan::page::result),
        post("/subscriptions/{id}/plan/undo", Buyer, plan::form::undo),
        get("/subscriptions/{id}/card", Buyer, card::page::of_subscription),
        post("/subscriptions/{id}/card", Buyer, card::form::swap_of_subscription),
        post("/subscriptions/{id}/card/pay", Buyer, card::form::pay_of_subscription),
        post("/subscriptions/{id}/card/method", Buyer, card::form::method_of_subscription),
        get("/subscriptions/{id}/card/{update}", Buyer, card::page::update_of_subscription),
        post("/subscriptions/{id}/card/{update}", Buyer, card::form::others_of_subscription),
        get("/orders/{handle}/card", Buyer, card::page::of_order),
        post("/orders/{handle}/card", Buyer, card::form::swap_of_order),
        post("/orders/{handle}/card/pay", Buyer, card::form::pay_of_order),
        get("/orders/{handle}/card/{update}", Buyer, card::page::update_of_order),
        post("/orders/{handle}/card/{update}", Buyer, card::form::others_of_order),
        get("/subscriptions/{id}", Buyer, subscription::page::show),
        get("/subscriptions/{id}/cancel", Buyer, subscription::page::cancel),
        post("/subscriptions/{id}/cancel/begin", Buyer, subscription::form::begin),
        get("/subscriptions/{id}/cancel/reason", Buyer, subscription::page::reason),
        post("/subscriptions/{id}/cancel", Buyer, subscription::form::confirm),
        post("/subscriptions/{id}/cancel/abort", Buyer, subscription::form::abort),
        post("/subscriptions/{id}/cancel/accept", Buyer, subscription::form::accept),
        get("/subscriptions/{id}/cancel/{protocol}", Buyer, subscription::page::receipt),
        post("/subscriptions/{id}/cancel/undo", Buyer, subscription::form::undo),
    ]
}
