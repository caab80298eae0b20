//! The sandbox's webhooks, signed as Stripe signs: `Sbx-Signature: t=SECONDS,v1=HEX`, HMAC-SHA256 over time and body.
//! 200 is taken or of no interest; 401 a wrong address, signature or time; 400 a body that cannot be read; 5xx asks for
//! it again.

use super::connected::{self, NotTaken};
use crate::gateway::sandbox::{NAME, SIGNATURE};
use crate::state::Installation;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use data_encoding::HEXLOWER;
use portal::gateway_inbox::{Event, Report};
use portal::is_mac;
use portal::ports::ChargeProgress;
use serde::Deserialize;
use serde_json::Value;
use types::{CardUpdateId, DeclineReason, ProducerId, RefundPartId};

/// How far the time of a signature may be from ours, in seconds.
const TOLERANCE: i64 = 300;

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    account: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    reference: String,
    key: String,
    #[serde(default)]
    reason: Option<String>,
}

/// Takes one webhook.
pub async fn take(
    State(Installation { portal, sandbox }): State<Installation>,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, NotTaken> {
    let (Path(key), body) = (key.map_err(|_| NotTaken::Unauthorized)?, body?);
    // Where there is no sandbox, nobody has its key to sign with and nothing may be said in its name.
    let sandbox = sandbox.ok_or(NotTaken::Unauthorized)?;
    let is_here = portal::fingerprint(key.as_bytes()) == portal::fingerprint(sandbox.hook_key().as_bytes());
    if !(is_here && is_signed(&sandbox.signing_key(), &headers, &body, portal.wall().seconds())) {
        return Err(NotTaken::Unauthorized);
    }
    let event = read(&body).ok_or(NotTaken::Unreadable)?;
    connected::keep(&portal, event).await
}

/// Any `v1` may fit: two stand there while a key is changed.
fn is_signed(key: &[u8], headers: &HeaderMap, body: &[u8], now: i64) -> bool {
    let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let values = |name: &str| {
        let pairs = header.split(',').filter_map(|pair| pair.split_once('='));
        pairs.filter(move |(key, _)| *key == name).map(|(_, value)| value).collect::<Vec<_>>()
    };
    let times = values("t");
    let ([time], true) = (times.as_slice(), header.len() <= 1000) else { return false };
    let is_recent = time.parse::<i64>().is_ok_and(|at| now.saturating_sub(at).saturating_abs() <= TOLERANCE);
    let fits = |sent: &&str| {
        HEXLOWER.decode(sent.as_bytes()).is_ok_and(|sent| is_mac(key, &[time.as_bytes(), b".", body], &sent))
    };
    is_recent && values("v1").iter().any(fits)
}

fn read(body: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(body).ok()?;
    let Body { id, kind, account, data } = serde_json::from_str(text).ok()?;
    let reference = data.reference;
    let charge = |progress| Report::Charge { reference: reference.clone(), progress };
    let report = match kind.as_str() {
        "charge.paid" => charge(ChargeProgress::Paid),
        "charge.declined" => {
            let reason = data.reason.and_then(|reason| reason.parse().ok()).unwrap_or(DeclineReason::Generic);
            charge(ChargeProgress::Declined(reason))
        }
        "charge.disputed" => match account.parse::<ProducerId>() {
            Ok(account) => Report::Disputed { account, reference: reference.clone() },
            Err(_) => Report::Nothing,
        },
        "refund.settled" | "refund.failed" => data.key.parse::<RefundPartId>().map_or(Report::Nothing, Report::Refund),
        "card.saved" | "card.closed" => data.key.parse::<CardUpdateId>().map_or(Report::Nothing, Report::Card),
        _ => Report::Nothing,
    };
    let (sender, gateway) = (NAME.to_owned(), NAME.to_owned());
    Some(Event { sender, gateway, connection: None, id, kind, body: text.to_owned(), report })
}
