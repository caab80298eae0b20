//! Connections: your own accounts at payment gateways.

use super::checks::Checks;
use super::problem::{Problem, Refused};
use super::request::{Body, Caller, Named};
use axum::Json;
use axum::extract::State;
use portal::connection::{self, Connection, KINDS, Kind, NewConnection, TestError};
use portal::time::format_instant;
use portal::{Portal, again};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use types::{Code, ConnectionBills, ConnectionState};
use utoipa::ToSchema;

/// An account at a gateway.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectionBody {
    /// `stripe`, `asaas` or `guru`.
    #[schema(example = "stripe")]
    gateway: String,
    /// Whose calendar takes renewals: `calendar` for this portal's, with the card that the gateway keeps; `gateway` for
    /// the gateway's own subscriptions.
    #[schema(example = "calendar")]
    bills: String,
    /// Whether it is used. True when absent.
    enabled: Option<bool>,
    /// The gateway's name of the account, where its key alone does not say it. Stays when absent.
    account: Option<String>,
    /// The key of an account at Stripe: written, never read back. Stays when absent.
    #[schema(write_only)]
    secret_key: Option<String>,
    /// The token of an account at Asaas: written, never read back. Stays when absent.
    #[schema(write_only)]
    access_token: Option<String>,
    /// The token of a user of an account at Digital Manager Guru: written, never read back. Stays when absent.
    #[schema(write_only)]
    user_token: Option<String>,
    /// Address of the gateway's API; its own when absent.
    #[schema(example = "https://api.stripe.com")]
    base_url: Option<String>,
    /// What the gateway's webhooks are signed with or carry, also as `webhook_token`: written, never read back. Stays
    /// when absent; the one before it goes on being taken. Guru's come to a source and are known by its token.
    #[schema(write_only)]
    #[serde(alias = "webhook_token")]
    webhook_secret: Option<String>,
}

/// A connection as it is on file, without its secrets.
#[derive(Serialize, ToSchema)]
pub(super) struct ConnectionAnswer {
    /// The code: what your orders call the gateway.
    code: String,
    /// Which gateway it is.
    gateway: String,
    /// Whose calendar takes renewals.
    bills: String,
    /// Whether it is used.
    enabled: bool,
    /// The gateway's name of the account, where it is known.
    account: Option<String>,
    /// Where the gateway is to send what happens; null for Guru, which sends it to a source.
    webhook_url: Option<String>,
    /// Whether it is known what the gateway's webhooks are signed with.
    has_webhook_secret: bool,
    /// Whether it moves real money; null before it was tested.
    live: Option<bool>,
    /// What went wrong last; null when nothing did since.
    last_error: Option<String>,
    /// Since when the gateway does not answer, RFC 3339; null while it does.
    failing_since: Option<String>,
    /// When its gateway last sent something, RFC 3339.
    last_event_at: Option<String>,
}

/// What was seen of an account.
#[derive(Serialize, ToSchema)]
pub(super) struct TestAnswer {
    /// Whether it moves real money.
    live: bool,
    /// The gateway's name of the account.
    account: Option<String>,
    /// What the key may not do although it is needed, in the gateway's words; empty when all is well.
    lacks: Vec<String>,
    /// Whether the gateway was told just now where to send what happens.
    webhook_registered: bool,
}

/// Write a connection.
///
/// Made when it is new, replaced when it is there. Orders whose `gateway.name` is the code are paid back, charged and
/// looked after there.
#[utoipa::path(
    put, path = "/api/v1/connections/{code}", tag = "money", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = ConnectionBody,
    responses(
        (status = 200, body = ConnectionAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<ConnectionBody>,
) -> Result<Json<ConnectionAnswer>, Refused> {
    let new = body.value.check(code.clone())?;
    again!(connection::put(&portal, &producer, &new).await)?;
    let found = connection::find(&portal, &producer, &code).await?.ok_or(Refused::NotFound)?;
    Ok(Json(ConnectionAnswer::of(&portal, found)))
}

/// List your connections.
#[utoipa::path(
    get, path = "/api/v1/connections", tag = "money", security(("key" = [])),
    responses(
        (status = 200, body = Vec<ConnectionAnswer>),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(producer): Caller,
) -> Result<Json<Vec<ConnectionAnswer>>, Refused> {
    let found = connection::of_producer(&portal, &producer).await?;
    Ok(Json(found.into_iter().map(|connection| ConnectionAnswer::of(&portal, connection)).collect()))
}

/// Test a connection.
///
/// Says what the key may do. No money moves. Where the gateway can be told by its API where to send what happens, and
/// was not told so far, it is told.
#[utoipa::path(
    post, path = "/api/v1/connections/{code}/test", tag = "money", security(("key" = [])),
    params(("code" = String, Path, description = "Your code")),
    responses(
        (status = 200, body = TestAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn test(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
) -> Result<Json<TestAnswer>, Refused> {
    let tested = connection::test(&portal, &producer, &code).await.map_err(|error| match error {
        TestError::NotFound => Refused::NotFound,
        TestError::Silent | TestError::Gateway(_) => Refused::GatewayUnavailable(error.to_string()),
        TestError::Put(error) => error.into(),
        TestError::Database(error) => error.into(),
    })?;
    let connection::Tested { seen, is_registered } = tested;
    let (live, account, lacks) = (seen.is_live, seen.account, seen.lacks);
    Ok(Json(TestAnswer { live, account, lacks, webhook_registered: is_registered }))
}

impl ConnectionAnswer {
    fn of(portal: &Portal, connection: Connection) -> Self {
        Self {
            webhook_url: connection.webhook_url(portal),
            code: connection.code.into(),
            gateway: connection.gateway,
            bills: connection.bills.as_str().to_owned(),
            enabled: connection.state == ConnectionState::Active,
            account: connection.account,
            has_webhook_secret: connection.has_webhook_secret,
            live: connection.health.is_live,
            last_error: connection.health.last_error.map(|(error, _)| error),
            failing_since: connection.health.failing_since.map(format_instant),
            last_event_at: connection.health.last_event_at.map(format_instant),
        }
    }
}

impl ConnectionBody {
    fn check(self, code: Code) -> Result<NewConnection, Refused> {
        let mut checks = Checks::default();
        let kind = checks.gateway(&self.gateway);
        let bills = kind.and_then(|kind| checks.bills(kind, &self.bills));
        let secrets =
            [("secret_key", self.secret_key), ("access_token", self.access_token), ("user_token", self.user_token)];
        let secrets =
            secrets.map(|(name, said)| (name, said.map_or(Some(None), |said| checks.part(kind, name, &said))));
        let base_url = checks.optional_web_address("base_url", self.base_url.as_deref());
        let signed = self.webhook_secret.map_or(Some(None), |key| checks.signed(kind, &key));
        let account =
            self.account.map_or(Some(None), |name| checks.line("account", &name).map(|name| Some(name.into())));
        let new = || {
            let [(key, secret_key), (token, access_token), (user, user_token)] = secrets;
            let parts = [(key, secret_key?), (token, access_token?), (user, user_token?), ("base_url", base_url?)];
            let parts = parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
            Some(NewConnection {
                code,
                gateway: kind?.name.to_owned(),
                account: account?,
                bills: bills?,
                state: if self.enabled.unwrap_or(true) { ConnectionState::Active } else { ConnectionState::Disabled },
                secrets: parts.collect::<BTreeMap<_, _>>(),
                webhook_secret: signed?,
            })
        };
        checks.done(new())
    }
}

impl Checks {
    /// A secret that a gateway of this kind has.
    fn part(&mut self, kind: Option<&Kind>, name: &str, text: &str) -> Option<Option<String>> {
        if kind.is_some_and(|kind| kind.parts.iter().all(|part| part.name != name)) {
            self.refuse(name, "is not of this gateway");
            return None;
        }
        self.secret(name, text).map(Some)
    }

    /// What webhooks are signed with or carry, of a gateway that sends them to the connection.
    fn signed(&mut self, kind: Option<&Kind>, text: &str) -> Option<Option<String>> {
        if kind.is_some_and(|kind| !kind.has_hook) {
            self.refuse("webhook_secret", "is not of this gateway: its webhooks come to a source");
            return None;
        }
        self.secret("webhook_secret", text).map(Some)
    }

    /// A gateway that can be connected.
    fn gateway(&mut self, word: &str) -> Option<&'static Kind> {
        let known = connection::kind(word);
        if known.is_none() {
            let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            self.refuse("gateway", format_args!("must be {}", names.join(" or ")));
        }
        known
    }

    /// Whose calendar there can be.
    fn bills(&mut self, kind: &Kind, word: &str) -> Option<ConnectionBills> {
        let bills = kind.bills.iter().copied().find(|bills| bills.as_str() == word);
        if bills.is_none() {
            let words: Vec<&str> = kind.bills.iter().map(|bills| bills.as_str()).collect();
            self.refuse("bills", format_args!("must be {}", words.join(" or ")));
        }
        bills
    }
}
