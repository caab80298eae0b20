//! Server functions: what the code of a page asks of the server while the page stays. They stand below one address of
//! their wing, `#[server(prefix = …)]`, and behind what stands before its forms: the check of where a request comes
//! from, the limits, and the scope of who is signed in. A function finds the scope in its context
//! (`expect_context::<portal::Producer>()`) and runs for nobody else.
//!
//! Those of `controls` are known to the browser too and know no scope: a wing says by its [`Calls`] what answers them.
//! What goes wrong there is a page like that of any form, and what is absent looks as what is somebody else's.
//!
//! The error of a function travels as JSON. One that is plain text, as `ServerFnError` is, becomes a page like that of
//! any other failure: its words stay here.

use crate::page::PageError;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use controls::{Answers, Ask};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::get_server_fn_service;
use std::sync::{Arc, Mutex, PoisonError};

/// What answers the functions of a wing, for whoever is signed in.
#[derive(Clone)]
pub(crate) struct Calls<S> {
    scope: S,
    failure: Failure,
}

/// Why there was no answer: a function of `controls` hands on nothing but that there was none.
#[derive(Clone, Default)]
struct Failure(Arc<Mutex<Option<PageError>>>);

impl<S: Clone + Send + Sync + 'static> Calls<S> {
    /// What `A` asks is answered by this.
    pub(crate) fn answer<A: Ask, F>(&self, by: fn(S, A) -> F)
    where
        F: Future<Output = Result<A::Answer, PageError>> + Send + 'static,
    {
        let Self { scope, failure } = self.clone();
        provide_context(Answers::by(move |asked: A| {
            let (answer, failure) = (by(scope.clone(), asked), failure.clone());
            async move { answer.await.map_err(|error| failure.note(error)).ok() }
        }));
    }
}

impl Failure {
    fn note(&self, error: PageError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn take(&self) -> Option<PageError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Runs the function that this request names, with `scope` in its context, and what answers for it there.
pub(crate) async fn run<S: Clone + Send + Sync + 'static>(
    scope: S,
    mut request: Request,
    answers: fn(&Calls<S>),
) -> Result<Response, PageError> {
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return Err(PageError::NotFound);
    }
    // To a browser's form the library answers by a redirect that carries the error's words in its address.
    request.headers_mut().remove(ACCEPT);
    let failure = Failure::default();
    let calls = Calls { scope: scope.clone(), failure: failure.clone() };
    let context = move || {
        provide_context(scope.clone());
        answers(&calls);
    };
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    match failure.take() {
        Some(error) => Err(error),
        None => Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], answer).into_response()),
    }
}
