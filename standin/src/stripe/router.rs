//! Calls: who calls, with what, and what answers.

use super::books::Books;
use super::error::{Answer, Failure};
use super::event::VERSION;
use super::idempotency::Begun;
use super::params::Params;
use super::server::{Account, Server};
use super::{calls, expand, form, pages};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use serde_json::Value;
use std::sync::Arc;

/// A call of the API or of a page.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) uri: Uri,
    headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Call {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Answers everything. A call that has come is carried out even if whoever called goes away.
pub(super) async fn answer(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call { method, uri, headers, body };
    if !call.uri.path().starts_with("/v1/") {
        return pages::answer(&server, &call);
    }
    let carried_out = tokio::spawn(async move { carry_out(&server, &call).await });
    carried_out.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn carry_out(server: &Server, call: &Call) -> Response {
    let version = call.header("stripe-version").unwrap_or(VERSION).to_owned();
    let mut response = match account(server, call) {
        Ok(account) => once(server, &account, call, &version).await,
        Err(failure) => refuse(&failure),
    };
    put_header(&mut response, "stripe-version", &version);
    response
}

/// The account of the key, which comes as the name of Basic or as a bearer.
fn account(server: &Server, call: &Call) -> Result<Arc<Account>, Failure> {
    let header = call.header("authorization").unwrap_or_default();
    let key = match header.split_once(' ') {
        Some(("Bearer", key)) => key.trim().to_owned(),
        Some(("Basic", encoded)) => {
            let decoded = BASE64.decode(encoded.trim().as_bytes()).unwrap_or_default();
            String::from_utf8_lossy(&decoded).split(':').next().unwrap_or_default().to_owned()
        }
        _ => return Err(Failure::unauthorized("You did not provide an API key.")),
    };
    let shown: String = key.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    server.account(&key).ok_or_else(|| Failure::unauthorized(format!("Invalid API Key provided: ****{shown}")))
}

/// Carries a call out, once for each idempotency key.
async fn once(server: &Server, account: &Account, call: &Call, version: &str) -> Response {
    let params = params(call, version);
    let key = call.header("idempotency-key").filter(|_| call.method == Method::POST);
    if let Some(key) = key {
        let whole = format!("{} {}", call.uri.path(), params.canonical());
        match account.with(|books| {
            let now = books.now();
            books.keys.begin(key, &whole, now)
        }) {
            Begun::Run => {}
            Begun::Again(status, body) => {
                let mut response = respond(status, body);
                put_header(&mut response, "idempotent-replayed", "true");
                return response;
            }
            Begun::Refused(failure) => return refuse(&failure),
        }
    }
    if call.method == Method::POST && !server.latency().is_zero() {
        tokio::time::sleep(server.latency()).await;
    }
    let (id, status, body) = account.with(|books| work(books, call, &params, key));
    let mut response = respond(status, body);
    put_header(&mut response, "request-id", &id);
    if let Some(key) = key {
        put_header(&mut response, "idempotency-key", key);
    }
    response
}

/// The parameters of the query and of the body.
fn params(call: &Call, version: &str) -> Params {
    let mut values = form::parse(call.uri.query().unwrap_or_default());
    values.extend(form::parse(&String::from_utf8_lossy(&call.body)));
    Params::new(values, version)
}

/// Carries a call out and keeps its answer for its key: the id of the call, a status and a body.
fn work(books: &mut Books, call: &Call, params: &Params, key: Option<&str>) -> (String, u16, String) {
    let id = books.id("req_");
    books.request = Some((id.clone(), key.map(str::to_owned)));
    let (status, body, is_kept) = run(books, call, params);
    books.request = None;
    if let Some(key) = key {
        books.keys.end(key, is_kept.then(|| (status, body.clone())));
    }
    (id, status, body)
}

/// Status and body, and whether an idempotency key keeps them.
fn run(books: &mut Books, call: &Call, params: &Params) -> (u16, String, bool) {
    match dispatch(books, call, params) {
        Ok(answer) => (200, serde_json::to_string_pretty(&answer).unwrap_or_default(), true),
        Err(failure) => (failure.status, failure.body().to_string(), failure.has_begun),
    }
}

fn dispatch(books: &mut Books, call: &Call, params: &Params) -> Answer {
    let path = call.uri.path();
    let steps: Vec<&str> = path.trim_start_matches("/v1/").trim_end_matches('/').split('/').collect();
    let paths = params.list("expand")?;
    expand::check(&paths)?;
    let mut answer: Value = match calls::run(books, call.method.as_str(), &steps, params) {
        Some(answer) => answer?,
        None => return Err(Failure::no_address(call.method.as_str(), path)),
    };
    expand::apply(books, &mut answer, &paths)?;
    Ok(answer)
}

fn respond(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [("content-type", "application/json")], body).into_response()
}

/// A layer around that of the faults: a call that fails on demand has the vendor's envelope too.
pub(super) async fn envelope(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let is_json = response.headers().get("content-type").is_some_and(|kind| kind == "application/json");
    let is_page = response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if status < 400 || is_json || is_page {
        return response;
    }
    let mut enveloped = refuse(&Failure::unseen(status));
    if let Some(wait) = response.headers().get("retry-after") {
        enveloped.headers_mut().insert("retry-after", wait.clone());
    }
    enveloped
}

fn refuse(failure: &Failure) -> Response {
    respond(failure.status, failure.body().to_string())
}

fn put_header(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
