//! How much and how long: body sizes, time, panics. What goes over a limit is answered with a bare status that the
//! pages' frame, or the problem documents of API and hooks, put into words.

use crate::listener::Arrival;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use portal::Portal;
use std::any::Any;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

/// The largest form.
pub(crate) const FORM: usize = 64 * 1024;
/// The largest document of API and hooks.
pub(crate) const DOCUMENT: usize = 256 * 1024;
/// How long an answer may take, reading the request included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the limits around `router`.
pub(crate) fn limited(router: Router<Portal>, body: usize) -> Router<Portal> {
    limited_for(router, body, PATIENCE)
}

fn limited_for<S: Clone + Send + Sync + 'static>(router: Router<S>, body: usize, patience: Duration) -> Router<S> {
    router.layer(
        ServiceBuilder::new()
            // Outside of the others, so that nothing that panics inside takes the connection along.
            .layer(CatchPanicLayer::custom(panicked as fn(Panic) -> Response))
            .layer(from_fn(move |request, next| in_time(patience, request, next)))
            .layer(RequestBodyLimitLayer::new(body))
            // The layer before counts bytes as they stream in; axum's own limit would only say less clearly what it
            // says.
            .layer(DefaultBodyLimit::disable()),
    )
}

/// Whose fault a time-out is: a client's that did not send its body, or ours.
async fn in_time(patience: Duration, request: Request, next: Next) -> Response {
    let arrival = request.extensions().get::<Arrival>().cloned();
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) if arrival.is_some_and(|arrival| arrival.is_awaited()) => StatusCode::REQUEST_TIMEOUT.into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response(),
    }
}

type Panic = Box<dyn Any + Send>;

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Panic) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = words.unwrap_or("without words"), "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listener::{self, Limits};
    use axum::body::Bytes;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::watch;

    /// What is answered to this request, all of which is sent and nothing more.
    async fn answer(request: &str) -> String {
        let read = |_: Bytes| async { "read" };
        let slow = |_: Bytes| std::future::pending::<()>();
        let unread = std::future::pending::<()>;
        let routes = Router::new().route("/read", post(read)).route("/slow", post(slow)).route("/unread", post(unread));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (_stop, stopped) = watch::channel(false);
        let limited = limited_for(routes, FORM, Duration::from_millis(200));
        tokio::spawn(listener::serve(listener, limited, Limits::new(vec![]), stopped));
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).await.unwrap();
        let mut bytes = vec![0; 1000];
        let length = stream.read(&mut bytes).await.unwrap();
        String::from_utf8_lossy(&bytes[..length]).to_lowercase()
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_is_the_clients_fault_and_a_slow_answer_ours() {
        let table = [
            ("POST /read HTTP/1.1\nhost: x\ncontent-length: 4\n\nbody", "200"),
            ("POST /read HTTP/1.1\nhost: x\ncontent-length: 4\n\nbo", "408"),
            ("POST /read HTTP/1.1\nhost: x\ncontent-length: 4\n\n", "408"),
            ("POST /read HTTP/1.1\nhost: x\ntransfer-encoding: chunked\n\n2\nbo\n", "408"),
            ("POST /slow HTTP/1.1\nhost: x\ncontent-length: 4\n\nbo", "408"),
            ("POST /slow HTTP/1.1\nhost: x\ncontent-length: 4\n\nbody", "503"),
            ("POST /slow HTTP/1.1\nhost: x\ncontent-length: 0\n\n", "503"),
            ("POST /unread HTTP/1.1\nhost: x\ncontent-length: 4\n\nbo", "503"),
        ];
        for (request, status) in table {
            let answer = answer(request).await;
            assert!(answer.starts_with(&format!("http/1.1 {status} ")), "{request}: {answer}");
            // Who is in the middle of a body cannot send another request behind it.
            let is_cut = !request.ends_with("body") && !request.contains("length: 0");
            assert_eq!(answer.contains("connection: close\r\n"), is_cut, "{request}: {answer}");
        }
    }
}
