//! The operator's hand on those who sign in with a password: another password, and an end. Both end every session, in
//! the transaction of the change; and a session of somebody who is disabled opens nothing, whenever it began.

use super::{Error, Login, Who, password, store};
use crate::db::{self, Tx};
use crate::event::{self, Catalogue, Record};
use crate::session::{self, SessionKind};
use crate::{Actor, COMMAND_LINE, Portal};
use serde_json::{Value, json};

/// Why a login was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// Nobody signs in so any more.
    #[error("is disabled")]
    Disabled,
    /// The password or the database.
    #[error(transparent)]
    Password(#[from] Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Another password; returns how many sessions ended with the old one. `WeakPassword` when it is too short or too long.
pub async fn set_password(portal: &Portal, login: &Login, password: &str) -> Result<u64, NotChanged> {
    let hash = password::hash(portal, password).await?;
    let mut tx = portal.db.begin().await?;
    if !store::login::set_hash(&mut tx, login.id, &hash).await? {
        return Err(NotChanged::Disabled);
    }
    let ended = session::end_of_login(portal, &mut tx, kind(&login.who), login.id).await?;
    let event = match login.who {
        Who::Producer(producer, ..) => Catalogue::ProducerPasswordSet { producer },
        Who::Staff(staff, _) => Catalogue::StaffPasswordSet { staff: staff.0 },
    };
    note(portal, &mut tx, login, event, json!({ "sessions_ended": ended })).await?;
    portal.commit(tx).await?;
    Ok(ended)
}

/// Takes the second step of somebody away who lost the device and the recovery codes. False when there was none.
pub async fn forget_second_step(portal: &Portal, login: &Login) -> Result<bool, db::Error> {
    let mut tx = portal.db.begin().await?;
    if !store::second_step::remove(&mut tx, login.id).await? {
        return Ok(false);
    }
    store::second_step::forget_codes(&mut tx, login.id).await?;
    let producer = if let Who::Producer(id, ..) = login.who { Some(id) } else { None };
    let event = event::Login::SecondStepRemoved { login: login.id };
    let before = Some(json!({ "email": login.email }));
    let entry = Record { origin: COMMAND_LINE, producer, before, ..Record::new(Actor::System, event) };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// Disables somebody for ever; returns how many sessions ended with it. None when they were disabled before.
pub async fn disable(portal: &Portal, login: &Login) -> Result<Option<u64>, db::Error> {
    let mut tx = portal.db.begin().await?;
    if !store::login::disable(&mut tx, login.id, portal.now()).await? {
        return Ok(None);
    }
    let ended = session::end_of_login(portal, &mut tx, kind(&login.who), login.id).await?;
    let event = match login.who {
        Who::Producer(producer, ..) => Catalogue::ProducerDisabled { producer },
        Who::Staff(staff, _) => Catalogue::StaffDisabled { staff: staff.0 },
    };
    note(portal, &mut tx, login, event, json!({ "disabled": true, "sessions_ended": ended })).await?;
    portal.commit(tx).await?;
    Ok(Some(ended))
}

fn kind(who: &Who) -> SessionKind {
    match who {
        Who::Producer(..) => SessionKind::Producer,
        Who::Staff(..) => SessionKind::Staff,
    }
}

async fn note(portal: &Portal, tx: &mut Tx, login: &Login, event: Catalogue, after: Value) -> Result<(), db::Error> {
    let producer = if let Who::Producer(id, ..) = login.who { Some(id) } else { None };
    let before = Some(json!({ "email": login.email }));
    let entry =
        Record { origin: COMMAND_LINE, producer, before, after: Some(after), ..Record::new(Actor::System, event) };
    event::record(portal, tx, entry).await
}
