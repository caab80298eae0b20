//! Server functions: what the code of a page asks of the server while the page stays. They stand below one address of
//! their wing, `#[server(prefix = …)]`, and behind what stands before its forms: the check of where a request comes
//! from, the limits, and the scope of who is signed in. A function finds the scope in its context
//! (`expect_context::<portal::Producer>()`) and runs for nobody else.
//!
//! The error of a function travels as JSON. One that is plain text, as `ServerFnError` is, becomes a page like that of
//! any other failure: its words stay here.

use crate::page::PageError;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::get_server_fn_service;

/// Runs the function that this request names, with `scope` in its context.
pub(crate) async fn run<S: Clone + Send + Sync + 'static>(
    scope: S,
    mut request: Request,
) -> Result<Response, PageError> {
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return Err(PageError::NotFound);
    }
    // To a browser's form the library answers by a redirect that carries the error's words in its address.
    request.headers_mut().remove(ACCEPT);
    let context = move || provide_context(scope.clone());
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], answer).into_response())
}
