//! Calls that fail on demand.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::VecDeque;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong with a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is answered with this status and has no effect. 429 and 503 ask to wait a second.
    Status(u16),
    /// It has its effect and is answered with this status.
    StatusAfter(u16),
    /// The connection breaks before the effect.
    Reset,
    /// The connection breaks after the effect.
    Lost,
    /// There is no answer for a long time, and no effect.
    Hang,
    /// The effect comes, and after that no answer for a long time.
    HangAfter,
    /// The answer comes this much later.
    Slow(Duration),
}

/// For how long nothing is answered.
const LONG: Duration = Duration::from_secs(600);

/// The calls that will fail; clones are the same.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<VecDeque<Planned>>>);

struct Planned {
    method: String,
    path: String,
    fault: Fault,
}

impl Faults {
    /// The next call of this method whose path contains `path` fails. Several are met one after the other.
    pub fn plan(&self, method: &str, path: &str, fault: Fault) {
        let planned = Planned { method: method.to_owned(), path: path.to_owned(), fault };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(planned);
    }

    /// Nothing fails any more; how many planned faults no call has met.
    pub fn clear(&self) -> usize {
        let mut planned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        planned.drain(..).count()
    }

    fn meet(&self, method: &str, path: &str) -> Option<Fault> {
        let mut planned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = planned.iter().position(|one| one.method == method && path.contains(&one.path))?;
        planned.remove(at).map(|one| one.fault)
    }
}

/// A layer of a router: `from_fn_with_state(faults, fault::layer)`.
pub async fn layer(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let Some(fault) = faults.meet(request.method().as_str(), request.uri().path()) else {
        return next.run(request).await;
    };
    match fault {
        Fault::Status(status) => refused(status),
        Fault::StatusAfter(status) => {
            next.run(request).await;
            refused(status)
        }
        Fault::Reset => broken(),
        Fault::Lost => {
            next.run(request).await;
            broken()
        }
        Fault::Hang => {
            tokio::time::sleep(LONG).await;
            broken()
        }
        Fault::HangAfter => {
            next.run(request).await;
            tokio::time::sleep(LONG).await;
            broken()
        }
        Fault::Slow(by) => {
            let response = next.run(request).await;
            tokio::time::sleep(by).await;
            response
        }
    }
}

fn refused(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, "{}").into_response();
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert("retry-after", 1.into());
    }
    response
}

/// An answer whose body breaks off: the client sees a connection that was lost.
fn broken() -> Response {
    let broken =
        futures::stream::once(async { Err::<&'static [u8], _>(Error::new(ErrorKind::ConnectionReset, "lost")) });
    let mut response = Response::new(Body::from_stream(broken));
    response.headers_mut().insert("content-length", 100.into());
    response
}
