//! Looking at the account itself.

use super::GatewayError;
use futures::future::BoxFuture;

/// Looks at an account: whose it is, and whether its secrets may do what is asked of them. Moves no money.
pub trait Checks: Send + Sync {
    /// Looks.
    fn check(&self) -> BoxFuture<'_, Result<Checked, GatewayError>>;

    /// Has the gateway send what happens to this address. The secret that its webhooks carry or are signed with; none
    /// where the gateway's API registers no webhooks, and a person does it there.
    fn register_webhook<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Option<String>, GatewayError>>;
}

/// What was seen of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Whether it moves real money.
    pub is_live: bool,
    /// The gateway's name of the account.
    pub account: Option<String>,
    /// What the secrets may not do although it is needed, in the gateway's words; empty when all is well.
    pub lacks: Vec<String>,
}
