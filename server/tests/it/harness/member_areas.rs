//! Member areas to deliver to: the project's own example, and a stand-in of Memberkit written by somebody else, where
//! there is one.

use crate::harness::http::{Request, call};
use crate::harness::site::{eventually, free_address};
use serde_json::{Value, json};
use server::example_area::{Class, ExampleArea, Fault, Level};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use tokio::process::{Child, Command};

const KEY: &str = "key-of-the-area";

/// A member area. The classes 111 and 222 and the level 4420 are in it.
pub enum Area {
    Own(ExampleArea),
    Peer(Peer),
}

/// The stand-in, a process of its own.
pub struct Peer {
    address: SocketAddr,
    _process: Child,
}

impl Area {
    pub async fn own() -> Self {
        let area = ExampleArea::start(([127, 0, 0, 1], 0).into(), KEY).await.unwrap();
        let class = |id| Class { id, name: format!("Turma {id}") };
        area.offer(&[class(111), class(222)], &[Level { id: 4420, name: "Clube".to_owned() }]);
        Self::Own(area)
    }

    /// None, with a word about it, where the stand-in or Python is missing.
    pub async fn peer() -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/peers/memberkit.py");
        if !script.is_file() {
            println!("skipped: there is no {}", script.display());
            return None;
        }
        let address = free_address();
        let mut command = Command::new("python3");
        command.arg(script).args(["--key", KEY, "--port", &address.port().to_string(), "--per-minute", "10000"]);
        let process = match command.stdout(Stdio::null()).kill_on_drop(true).spawn() {
            Ok(process) => process,
            Err(error) => {
                println!("skipped: python3 does not start: {error}");
                return None;
            }
        };
        let peer = Peer { address, _process: process };
        eventually("the stand-in", async || call(address, &Request::new("GET", "/_log")).await.ok()).await;
        Some(Self::Peer(peer))
    }

    pub fn base_url(&self) -> String {
        match self {
            Self::Own(area) => area.base_url(),
            Self::Peer(peer) => format!("http://{}/api/v1", peer.address),
        }
    }

    /// What an integrator would send to have access delivered here.
    pub fn body(&self) -> Value {
        json!({
            "kind": "memberkit",
            "base_url": self.base_url(),
            "api_key": KEY,
            "content_url": "https://conteudo.example/aulas"
        })
    }

    /// Classes that are open to this person, in order.
    pub async fn classes(&self, email: &str) -> Vec<i64> {
        match self {
            Self::Own(area) => {
                let member = area.member(email).unwrap_or_default();
                member.classes.keys().copied().filter(|id| member.has_class(*id)).collect()
            }
            Self::Peer(peer) => peer.open(email, "enrollments", "classroom_id").await,
        }
    }

    /// Levels that are open to this person, in order.
    pub async fn levels(&self, email: &str) -> Vec<i64> {
        match self {
            Self::Own(area) => {
                let member = area.member(email).unwrap_or_default();
                member.levels.keys().copied().filter(|id| member.has_level(*id)).collect()
            }
            Self::Peer(peer) => peer.open(email, "memberships", "membership_level_id").await,
        }
    }

    /// Lets the next calls fail, one by one.
    pub async fn fail(&self, faults: &[Fault]) {
        match self {
            Self::Own(area) => area.fail(faults.iter().copied()),
            Self::Peer(peer) => {
                let word = |fault: &Fault| match fault {
                    Fault::Status(status) => json!(status),
                    Fault::Hang => json!("hang"),
                    Fault::Reset => json!("reset"),
                    Fault::Lost => json!("lost"),
                };
                let faults: Value = faults.iter().map(word).collect();
                call(peer.address, &Request::new("POST", "/_faults").json(&faults)).await.unwrap().expect(204);
            }
        }
    }

    /// `active` or `inactive` of each call about this person that had its effect, in order of arrival.
    pub async fn told(&self, email: &str) -> Vec<String> {
        let calls: Vec<Value> = match self {
            Self::Own(area) => area.calls().into_iter().map(|call| call.body).collect(),
            Self::Peer(peer) => {
                peer.log().await.into_iter().filter(is_effect).map(|call| call["body"].clone()).collect()
            }
        };
        let about = calls.iter().filter(|body| body["email"] == email);
        about.map(|body| body["status"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// Whether a call of the stand-in's log did its work.
fn is_effect(call: &Value) -> bool {
    call["status"].as_u64().is_some_and(|status| status < 300)
}

impl Peer {
    async fn log(&self) -> Vec<Value> {
        let log = call(self.address, &Request::new("GET", "/_log")).await.unwrap().expect(200).json();
        log.as_array().unwrap().clone()
    }

    async fn open(&self, email: &str, list: &str, id: &str) -> Vec<i64> {
        let users = call(self.address, &Request::new("GET", "/_users")).await.unwrap().expect(200).json();
        let entries = users[email][list].as_array().cloned().unwrap_or_default();
        let mut ids: Vec<i64> =
            entries.iter().filter(|entry| entry["status"] == "active").filter_map(|entry| entry[id].as_i64()).collect();
        ids.sort_unstable();
        ids
    }
}
