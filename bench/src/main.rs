//! Three pages once more, by hand: the list of orders, an order, and what another plan would come to. Handlers on axum
//! and sqlx, markup in strings, one language, no search and no second page. Not a product: the limit that `cargo xtask
//! bench` holds the real pages against.
//!
//! It reads a database of `aftersale serve`, knows its sessions, and answers the same addresses with the same text in
//! the same elements under the same headers, as far as the database that the bench fills needs it.

mod calendar;
mod document;
mod headers;
mod home;
mod html;
mod order;
mod quote;
mod session;
mod visitor;
mod window;
mod words;

use anyhow::Context;
use axum::Router;
use axum::routing::get;
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
    Ok(axum::serve(TcpListener::bind(address).await?, router().with_state(pool)).await?)
}

fn router() -> Router<SqlitePool> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/", get(home::show))
        .route("/orders/{handle}", get(order::show))
        .route("/subscriptions/{id}/plan/preview", get(quote::show))
}
