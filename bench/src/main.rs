//! The home page once more, by hand: one handler on axum and sqlx, markup in strings, one language, no search and no second
//! page. Not a product: the limit that `cargo xtask bench` holds the real page against.
//!
//! It reads a database of `aftersale serve`, knows its sessions, and answers `GET /` with the same text in the same elements
//! under the same headers.

mod calendar;
mod frame;
mod headers;
mod html;
mod orders;
mod page;
mod session;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use tokio::net::TcpListener;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `by-hand FILE ADDRESS`: the database and where to listen.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().context("by-hand FILE ADDRESS")?;
    let address = arguments.next().context("by-hand FILE ADDRESS")?;
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .statement_cache_capacity(256)
        .pragma("query_only", "ON");
    let pool = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false).connect_with(options).await?;
    let router = Router::new().route("/", get(home)).route("/healthz", get(|| async { "ok\n" })).with_state(pool);
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}

async fn home(State(pool): State<SqlitePool>, headers: HeaderMap) -> Response {
    match answer(&pool, &headers).await {
        Ok(response) => response,
        Err(error) => {
            eprintln!("{error:#}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn answer(pool: &SqlitePool, headers: &HeaderMap) -> anyhow::Result<Response> {
    let now = now();
    let Some(buyer) = session::find(pool, headers, now).await? else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let orders = orders::of(pool, buyer.person).await?;
    let page = page::home(&buyer.email, &orders, now)?;
    Ok((headers::secure()?, Html(page)).into_response())
}

#[expect(clippy::disallowed_methods, reason = "a program of one function needs no other clock")]
fn now() -> Timestamp {
    Timestamp::now()
}
