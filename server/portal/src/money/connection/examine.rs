//! Looking at every account that producers connected, for whoever runs the installation. Writes nothing and moves no
//! money.

use super::{Connection, of_row, store};
use crate::ports::{Checked, Gateway, GatewayError};
use crate::{Portal, db};
use types::{ConnectionState, ProducerId};

/// A connection in use, and what was seen of its account just now.
#[derive(Clone, PartialEq, Debug)]
pub struct Examined {
    /// Slug of its producer.
    pub producer: String,
    /// The connection.
    pub connection: Connection,
    /// What was seen, or why nothing was.
    pub seen: Result<Checked, String>,
}

/// Looks at each.
pub async fn examine(portal: &Portal) -> Result<Vec<Examined>, db::Error> {
    let mut examined = Vec::new();
    for (producer, slug) in store::owners(portal.db.read().await?.conn()).await? {
        let rows = store::of_producer(portal.db.read().await?.conn(), producer).await?;
        for row in rows {
            let connection = row.read(portal)?;
            if connection.state == ConnectionState::Active {
                let seen = look(portal, producer, &connection).await;
                examined.push(Examined { producer: slug.clone(), connection, seen });
            }
        }
    }
    Ok(examined)
}

async fn look(portal: &Portal, producer: ProducerId, connection: &Connection) -> Result<Checked, String> {
    let opened = of_row(portal, producer, connection.code.as_str()).await;
    let gateway = opened.map_err(|error| format!("its secrets cannot be opened: {error}"))?;
    let checks = gateway.as_deref().and_then(Gateway::checks);
    let checks = checks.ok_or_else(|| "its gateway tells nothing about the account".to_owned())?;
    checks.check().await.map_err(|error| match error {
        GatewayError::Refused(refusal) => refusal.to_string(),
        GatewayError::Unavailable(words) | GatewayError::OutcomeUnknown(words) => words,
    })
}
