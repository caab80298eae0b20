//! For whoever watches the installation.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{StatusCode, header};
use portal::Portal;
use portal::{db, on, outbox};
use serde_json::json;

/// `/healthz`: the process answers. `/readyz`: it can do its work.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

async fn ready(State(portal): State<Portal>) -> Response {
    let (status, body) = match look(&portal).await {
        Ok((lag, dead)) => {
            (StatusCode::OK, json!({"database": "writable", "outbox": {"lag_seconds": lag.as_secs(), "dead": dead}}))
        }
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, json!({"database": "not writable"}))
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn look(portal: &Portal) -> Result<(std::time::Duration, i64), db::Error> {
    // Changes nothing, and is refused where nothing may be changed.
    let mut tx = portal.db.begin().await?;
    on!(tx.conn(), c => sqlx::query("update mailbox set subject = subject where 1 = 0").execute(c).await.map(drop))?;
    // Given back before another connection is asked for.
    drop(tx);
    outbox::lag(portal).await
}
