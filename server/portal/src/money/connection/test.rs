//! Looking at a connected account: what its secrets may do, and where it sends what happens.

use super::{Connection, NewConnection, find, of_row, put, store};
use crate::ports::{Checked, GatewayError};
use crate::{Portal, Producer, db};
use types::Code;

/// What was seen.
#[derive(Clone, PartialEq, Debug)]
pub struct Tested {
    /// Of the account.
    pub seen: Checked,
    /// Whether the gateway was told just now where to send what happens.
    pub is_registered: bool,
}

/// Why nothing was seen.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    /// The producer has no such connection.
    #[error("there is no such connection")]
    NotFound,
    /// Its gateway tells nothing about accounts.
    #[error("this gateway tells nothing about the account")]
    Silent,
    /// The gateway's answer.
    #[error(transparent)]
    Gateway(GatewayError),
    /// It was not written.
    #[error(transparent)]
    Put(#[from] super::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Looks at the account of a connection and writes down what was seen. Where the gateway can be told by its API where to
/// send what happens, and was not told so far, it is told.
pub async fn test(portal: &Portal, producer: &Producer, code: &Code) -> Result<Tested, TestError> {
    let connection = find(portal, producer, code).await?.ok_or(TestError::NotFound)?;
    let gateway = of_row(portal, producer.id(), code.as_str()).await?;
    let gateway = gateway.ok_or(TestError::Silent)?;
    let checks = gateway.checks().ok_or(TestError::Silent)?;
    let seen = match checks.check().await {
        Ok(seen) => seen,
        Err(error) => return Err(failed(portal, &connection, error).await?),
    };
    write(portal, &connection, &seen).await?;
    let is_known = connection.has_webhook_secret && !is_another(&connection, &seen);
    let made = match connection.webhook_url(portal) {
        Some(url) if !is_known && seen.lacks.is_empty() => checks.register_webhook(&url).await,
        _ => Ok(None),
    };
    match made {
        Ok(secret) => {
            let is_registered = secret.is_some();
            keep(portal, producer, &connection, secret).await?;
            Ok(Tested { seen, is_registered })
        }
        Err(error) => Err(failed(portal, &connection, error).await?),
    }
}

/// Whether the secrets on file open another account than the one that was seen before. It knows no address of ours.
fn is_another(connection: &Connection, seen: &Checked) -> bool {
    connection.account.as_ref().zip(seen.account.as_ref()).is_some_and(|(before, now)| before != now)
}

async fn write(portal: &Portal, connection: &Connection, seen: &Checked) -> Result<(), db::Error> {
    let lacks = (!seen.lacks.is_empty()).then(|| seen.lacks.join(", "));
    let mut tx = portal.db.begin().await?;
    store::set_checked(&mut tx, connection.id, seen, lacks.as_deref(), portal.now()).await?;
    portal.commit(tx).await
}

async fn failed(portal: &Portal, connection: &Connection, error: GatewayError) -> Result<TestError, db::Error> {
    let mut tx = portal.db.begin().await?;
    let words = match &error {
        GatewayError::Refused(refusal) => refusal.to_string(),
        GatewayError::Unavailable(words) | GatewayError::OutcomeUnknown(words) => words.clone(),
    };
    store::set_error(&mut tx, connection.id, &words, portal.now()).await?;
    portal.commit(tx).await?;
    Ok(TestError::Gateway(error))
}

/// Keeps what webhooks are signed with from now on.
async fn keep(
    portal: &Portal,
    producer: &Producer,
    connection: &Connection,
    secret: Option<String>,
) -> Result<(), super::Error> {
    let Some(secret) = secret else { return Ok(()) };
    let Some(now) = find(portal, producer, &connection.code).await? else { return Ok(()) };
    let new = NewConnection { webhook_secret: Some(secret), ..now.into() };
    put(portal, producer, &new).await.map(|_| ())
}
