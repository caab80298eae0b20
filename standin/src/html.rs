//! Pages: plain HTML without scripts, each with a banner that says what it is.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::Value;

/// A page of the stand-in of this vendor. `body` is HTML.
pub(crate) fn page(vendor: &str, title: &str, body: &str) -> Response {
    let title = escaped(title);
    Html(format!(
        "<!doctype html><html lang=\"pt-BR\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} - Stand-in of {vendor}</title>\
         <style>{STYLE}</style>\
         <p class=\"banner\" role=\"note\">Stand-in of {vendor}: no real money</p>\
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
    section{border-top:1px solid #ccc;margin-top:1.5rem}\
    table{font-size:.8rem;border-collapse:collapse}td,th{text-align:left;padding:.1rem .6rem .1rem 0}";

/// What is in the books, for whoever looks on: objects of the API, the newest first, of each what these pointers lead
/// to.
pub(crate) fn table(title: &str, objects: &[Value], columns: &[&str]) -> String {
    let cell = |of: &Value, column: &str| {
        let value = of.pointer(column).unwrap_or(&Value::Null);
        format!("<td>{}</td>", escaped(value.as_str().unwrap_or(&value.to_string())))
    };
    let row = |of: &Value| columns.iter().map(|column| cell(of, column)).collect::<String>();
    let rows: String = objects.iter().rev().map(|of| format!("<tr>{}</tr>", row(of))).collect();
    let head = |column: &&str| format!("<th>{}</th>", column.rsplit('/').next().unwrap_or_default());
    let heads: String = columns.iter().map(head).collect();
    format!("<h2>{title}</h2><table><tr>{heads}</tr>{rows}</table>")
}

/// A page for what does not exist.
pub(crate) fn missing(vendor: &str) -> Response {
    let mut response = page(vendor, "Página não encontrada", "<p>Não há nada neste endereço.</p>");
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Text inside HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A paragraph that says why something was not done; nothing when it was.
pub(crate) fn complaint(why: Option<&str>) -> String {
    why.map(|why| format!("<p class=\"error\" role=\"alert\">{}</p>", escaped(why))).unwrap_or_default()
}

/// Goes on to another page, here or at the caller's.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// Which cards pay and which do not, for whoever fills in a form.
pub(crate) const CARDS: &str = "<p>Aprovado: 4444 4444 4444 4444, 4242 4242 4242 4242. Recusado: 5184 0197 4037 3151. \
    Aceito e recusado ao cobrar: 4000 0000 0000 0341.</p>";
