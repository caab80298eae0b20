//! What a product does with webhooks, for the tests of the stand-ins: it hears them and answers with a status.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// A webhook as it came.
#[derive(Clone)]
pub(crate) struct Heard {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// Hears webhooks; clones are the same.
#[derive(Clone)]
pub(crate) struct Listener {
    state: Arc<Mutex<(u16, Vec<Heard>)>>,
    pub(crate) url: String,
}

impl Listener {
    /// One that answers with this status.
    pub(crate) async fn start(status: u16) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let this = Self { state: Arc::new(Mutex::new((status, Vec::new()))), url };
        let router = Router::new().route("/hooks", post(hear)).with_state(this.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        this
    }

    /// From now on it answers with this status.
    pub(crate) fn answer(&self, status: u16) {
        self.state.lock().unwrap().0 = status;
    }

    /// All that came so far, once more what was not taken.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.state.lock().unwrap().1.clone()
    }

    /// One field of each.
    pub(crate) fn heard_of(&self, field: &str) -> Vec<String> {
        self.heard().iter().map(|one| one.body[field].as_str().unwrap_or_default().to_owned()).collect()
    }
}

async fn hear(State(listener): State<Listener>, headers: HeaderMap, body: String) -> StatusCode {
    let mut state = listener.state.lock().unwrap();
    state.1.push(Heard { headers, body: serde_json::from_str(&body).unwrap() });
    StatusCode::from_u16(state.0).unwrap()
}
