//! `/dev/mailbox`: every mail of a development installation, for people and for tests.

use crate::mail::mailbox::{self, Arrived};
use app::ui::escape;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{StatusCode, header};
use portal::Portal;
use portal::db::Error;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The styles of these pages stand in the pages themselves; scripts never run here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

#[derive(Deserialize)]
struct MailboxQuery {
    to: Option<String>,
}

/// The list, each mail, and the list for programs.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/dev/mailbox", get(list))
        .route("/dev/mailbox/{id}", get(show))
        .route("/dev/mailbox.json", get(for_programs))
}

async fn for_programs(State(portal): State<Portal>, Query(query): Query<MailboxQuery>) -> Response {
    match mailbox::latest(&portal.db, query.to.as_deref()).await {
        Ok(mails) => Json(mails.iter().map(document).collect::<Value>()).into_response(),
        Err(error) => failed(&error),
    }
}

fn document(mail: &Arrived) -> Value {
    json!({
        "id": mail.id,
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "at": time(mail)
    })
}

async fn list(State(portal): State<Portal>, Query(query): Query<MailboxQuery>) -> Response {
    match mailbox::latest(&portal.db, query.to.as_deref()).await {
        Ok(mails) => page("Caixa de e-mail de desenvolvimento", &mails.iter().map(entry).collect::<String>()),
        Err(error) => failed(&error),
    }
}

async fn show(State(portal): State<Portal>, Path(id): Path<Uuid>) -> Response {
    match mailbox::one(&portal.db, id).await {
        Ok(Some(mail)) => with_policy(mail.html),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(&error),
    }
}

fn entry(mail: &Arrived) -> String {
    let lines: String = mail.text.lines().map(line).collect();
    format!(
        r#"<article><h2><a href="/dev/mailbox/{}">{}</a></h2><p><a href="/dev/mailbox?to={}">{}</a> · {}</p><pre>{lines}</pre></article>"#,
        mail.id,
        escape(&mail.subject),
        percent_encoding::utf8_percent_encode(&mail.to, percent_encoding::NON_ALPHANUMERIC),
        escape(&mail.to),
        time(mail),
    )
}

/// A line that is an address can be pressed.
fn line(text: &str) -> String {
    let safe = escape(text);
    let is_address = (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ');
    if is_address { format!("<a href=\"{safe}\">{safe}</a>\n") } else { format!("{safe}\n") }
}

fn time(mail: &Arrived) -> String {
    jiff::Timestamp::from_microsecond(mail.at.micros()).unwrap_or_default().to_string()
}

fn page(title: &str, body: &str) -> Response {
    let body = if body.is_empty() { "<p>Nenhum e-mail ainda.</p>" } else { body };
    with_policy(format!(
        r#"<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:48rem;padding:0 1rem}}article{{border-top:1px solid #8886}}
pre{{white-space:pre-wrap;overflow-wrap:anywhere}}h2{{font-size:1.1rem}}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"#
    ))
}

fn with_policy(html: String) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

fn failed(error: &Error) -> Response {
    tracing::error!(%error, "the mailbox cannot be read");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
