//! The frame of the sandbox's pages: its own look, its banner, its policy.

use app::ui::escape;
use app::visitor::language_of;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use data_encoding::BASE64;
use portal::db::Error;
use sha2::{Digest, Sha256};
use types::Language;

const STYLE: &str = ":root{color-scheme:light dark}*{box-sizing:border-box}\
body{margin:0;font:100%/1.5 Georgia,'Noto Serif',serif;background:light-dark(#eef1ec,#161a17);color:light-dark(#1c241e,#e4eae5);overflow-wrap:anywhere}\
.banner{background:#5b2a86;color:#fff;padding:.75rem 1rem;text-align:center;font-weight:700}\
main{max-width:34rem;margin:1.5rem auto;padding:1.25rem;background:light-dark(#fff,#202622);border:1px solid light-dark(#c7d0c9,#3a443d)}\
main.wide{max-width:60rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.125rem;margin:2rem 0 .5rem}\
label{display:block;font-weight:700;margin:1rem 0 .25rem}input,select{width:100%;min-height:44px;padding:.5rem .75rem;font:inherit;\
border:1px solid light-dark(#69756c,#8a978d);background:transparent;color:inherit}input[aria-invalid]{border:2px solid light-dark(#9c1f1c,#ffa199)}\
option{color:#1c241e;background:#fff}.error{margin:0;color:light-dark(#9c1f1c,#ffa199);font-weight:700}.help{margin:.25rem 0;font-size:.875rem}\
.bad{border-left:4px solid light-dark(#9c1f1c,#ffa199);padding:.5rem 1rem;margin:0 0 1rem}\
button{min-height:44px;padding:.5rem 1.25rem;font:inherit;font-weight:700;cursor:pointer;border:1px solid light-dark(#275c38,#8fd3a4);\
background:transparent;color:light-dark(#275c38,#8fd3a4);margin:1rem .5rem 0 0}\
button.main{background:light-dark(#275c38,#8fd3a4);color:light-dark(#fff,#10180f)}a{color:light-dark(#275c38,#8fd3a4)}\
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1rem}dt{font-weight:700}dd{margin:0}\
code{font:600 .95em/1.5 ui-monospace,Consolas,monospace}.code{display:block;padding:.75rem;border:1px dashed light-dark(#69756c,#8a978d)}\
svg{display:block;width:min(16rem,100%);height:auto;margin:1rem auto;background:#fff}.scroll{overflow-x:auto}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}td button{margin:0}\
:focus-visible{outline:3px solid light-dark(#5b2a86,#cfa8ee);outline-offset:2px}";

/// Words in the reader's language. A gateway has words of its own, not the portal's.
#[derive(Clone, Copy)]
pub(super) struct Say(pub(super) Language);

impl Say {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self(language_of(headers))
    }

    pub(super) fn say(self, portuguese: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::Portuguese => portuguese,
            Language::English => english,
        }
    }
}

/// A page; `body` is finished markup.
pub(super) fn page(say: Say, status: StatusCode, title: &str, body: &str) -> Response {
    framed(say, status, title, "", body)
}

/// A page with room for tables.
pub(super) fn wide(say: Say, title: &str, body: &str) -> Response {
    framed(say, StatusCode::OK, title, " class=\"wide\"", body)
}

fn framed(say: Say, status: StatusCode, title: &str, class: &str, body: &str) -> Response {
    let (tag, title) = (say.0.tag(), escape(title));
    let banner = say
        .say("Ambiente de teste: nenhum dinheiro de verdade é movimentado.", "Test environment: no real money moves.");
    let html = format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} · Sandbox</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><style>{STYLE}</style></head>\
         <body><header class=\"banner\">{banner}</header><main{class}><h1>{title}</h1>{body}</main></body></html>"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
    ];
    (status, headers, Html(html)).into_response()
}

/// The one style there is, known by its content; no script.
fn policy() -> String {
    let style = BASE64.encode(&Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// What the frame of the portal makes a page of: there is nothing here.
pub(super) fn absent() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

pub(super) fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a page of the sandbox could not be made");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
