//! What answers a request, once.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tower_service::Service;

/// What comes after a layer that is made for one request. A copy of [`Next`] copies every handler and layer in it; a
/// copy of this one is a reference, and the first that is called takes what there is.
#[derive(Clone)]
pub(super) struct Once(Arc<Mutex<Option<Next>>>);

impl Once {
    pub(super) fn new(next: Next) -> Self {
        Self(Arc::new(Mutex::new(Some(next))))
    }
}

impl Service<Request> for Once {
    type Response = Response;
    type Error = Infallible;
    type Future = <Next as Service<Request>>::Future;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let next = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match next {
            Some(mut next) => next.call(request),
            // A layer that asks twice for one request has no answer to give.
            None => Box::pin(async { Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response()) }),
        }
    }
}
