//! Pages on which buyers pay. Plain HTML, in Portuguese like Asaas' own, and each says that it is none of theirs.

mod checkout;
mod invoice;
mod refund;

use super::Asaas;
use axum::Router;
use axum::response::{Html, IntoResponse, Redirect, Response};

pub(super) fn routes() -> Router<Asaas> {
    Router::new().merge(checkout::routes()).merge(invoice::routes()).merge(refund::routes())
}

/// A page with this title. `body` is HTML.
fn page(title: &str, body: &str) -> Response {
    let title = escaped(title);
    Html(format!(
        "<!doctype html><html lang=\"pt-BR\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style>\
         <p class=\"banner\" role=\"note\">Stand-in of Asaas: no real money</p>\
         <main><h1>{title}</h1>{body}</main></html>"
    ))
    .into_response()
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:#222}\
    .banner{background:#b00020;color:#fff;margin:0;padding:.5rem 1rem;font-weight:700;text-align:center}\
    main{max-width:34rem;margin:0 auto;padding:1rem}label{display:block;margin:.5rem 0}\
    input,button,select{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}\
    button{margin-top:.5rem;background:#0030b9;color:#fff;border:0;border-radius:.3rem}\
    code{overflow-wrap:anywhere}.error{border-left:.3rem solid #b00020;padding-left:.7rem}\
    section{border-top:1px solid #ccc;margin-top:1.5rem}";

/// A page for what does not exist.
fn missing() -> Response {
    let mut response = page("Página não encontrada", "<p>Não há nada neste endereço.</p>");
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    response
}

/// Text inside HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A paragraph that says why something was not done; nothing when it was.
fn complaint(why: Option<&str>) -> String {
    why.map(|why| format!("<p class=\"error\" role=\"alert\">{}</p>", escaped(why))).unwrap_or_default()
}

/// Goes on to an address of the caller, or elsewhere.
fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// The fields of a card.
const CARD_FIELDS: &str = "<label>Número do cartão <input name=\"number\" inputmode=\"numeric\" \
    autocomplete=\"off\" placeholder=\"4242 4242 4242 4242\" required></label>\
    <label>Nome impresso no cartão <input name=\"holderName\" autocomplete=\"off\" required></label>\
    <label>Mês de validade <input name=\"expiryMonth\" inputmode=\"numeric\" placeholder=\"12\" required></label>\
    <label>Ano de validade <input name=\"expiryYear\" inputmode=\"numeric\" placeholder=\"2030\" required></label>\
    <label>CCV <input name=\"ccv\" inputmode=\"numeric\" autocomplete=\"off\" required></label>\
    <p>Aprovado: 4444 4444 4444 4444, 4242 4242 4242 4242. Recusado: 5184 0197 4037 3151. Aceito e recusado \
    ao cobrar: 4000 0000 0000 0341.</p>";
