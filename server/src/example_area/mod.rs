//! An example member area: a small server that takes the calls that Memberkit documents, keeps who has access to what,
//! and shows it on a page. `aftersale demo` delivers to it, and so do the tests, which can also tell it to fail.

mod page;
mod state;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::{StatusCode, header};
use serde_json::{Value, json};
use state::Books;
pub use state::{Call, Class, Level, Member};
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

/// What goes wrong with the next call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The call is answered with this status and has no effect; 429 and 503 ask to wait a second.
    Status(u16),
    /// There is never an answer, and no effect.
    Hang,
    /// The connection breaks before the effect.
    Reset,
    /// The connection breaks after the effect.
    Lost,
}

/// A running example area. Lives as long as one of its handles or the server's task.
#[derive(Clone)]
pub struct ExampleArea {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    key: String,
    books: Mutex<Books>,
    faults: Mutex<VecDeque<Fault>>,
}

impl ExampleArea {
    /// Starts an area on a port of its own choice (or on `listen`) that wants `key`.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn start(listen: SocketAddr, key: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { key: key.to_owned(), books: Mutex::default(), faults: Mutex::default() });
        let router = Router::new()
            .route("/", get(show))
            .route("/api/v1/users", post(upsert))
            .route("/api/v1/classrooms", get(classes))
            .route("/api/v1/membership_levels", get(levels))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { shared, address })
    }

    /// Adds a class and a membership level to choose from.
    pub fn offer(&self, classes: &[Class], levels: &[Level]) {
        self.books().offer(classes, levels);
    }

    /// The base address of its API.
    pub fn base_url(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    /// The page that shows who has access to what.
    pub fn page_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Lets the next calls fail, one by one.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner).extend(faults);
    }

    /// What is known of the person with this address.
    pub fn member(&self, email: &str) -> Option<Member> {
        self.books().member(email)
    }

    /// Every call so far, in order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.books().calls().to_vec()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.shared.books()
    }
}

impl Shared {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_fault(&self) -> Option<Fault> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn knows(&self, query: &HashMap<String, String>, body: &Value) -> bool {
        query.get("api_key").map(String::as_str).or_else(|| body["api_key"].as_str()) == Some(self.key.as_str())
    }
}

async fn upsert(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<HashMap<String, String>>,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let fault = shared.next_fault();
    match fault {
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Reset) => return broken(),
        Some(Fault::Status(status)) => return refused(status),
        Some(Fault::Lost) | None => {}
    }
    if !shared.knows(&query, &body) {
        return (StatusCode::UNAUTHORIZED, axum::Json(json!({"error": "Unauthorized"}))).into_response();
    }
    let (status, answer) = shared.books().upsert(&body);
    match fault {
        Some(Fault::Lost) => broken(),
        _ => (status, axum::Json(answer)).into_response(),
    }
}

fn refused(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(json!({"error": "fault"}))).into_response();
    if matches!(status.as_u16(), 429 | 503) {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
    }
    response
}

/// An answer that promises more than it sends and breaks off: to the other side the connection was lost.
fn broken() -> Response {
    let body = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("lost")) });
    let mut response = axum::body::Body::from_stream(body).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, header::HeaderValue::from_static("1000"));
    response
}

async fn classes(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    axum::Json(shared.books().classes())
}

async fn levels(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    axum::Json(shared.books().levels())
}

async fn show(State(shared): State<Arc<Shared>>) -> Html<String> {
    Html(page::page(&shared.books()))
}
