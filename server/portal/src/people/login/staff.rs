//! The support staff.

use super::{Door, Error, password, store};
use crate::event::{self, Record};
use crate::{Actor, COMMAND_LINE, Portal};
use serde_json::json;
use types::{Email, Line, LoginId, StaffId, StaffRole};

/// Somebody of the staff to be.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Address to sign in with, unique.
    pub email: Email,
    /// Name, as colleagues read it.
    pub name: Line,
    /// What the person may do.
    pub role: StaffRole,
    /// Password, 12 characters at least.
    pub password: String,
}

/// Adds somebody to the staff; returns who it is. `EmailTaken`, `WeakPassword` when it cannot be.
pub async fn create_staff(portal: &Portal, new: NewStaff) -> Result<StaffId, Error> {
    let hash = password::hash(portal, &new.password).await?;
    let id = StaffId(portal.new_id());
    let mut tx = portal.db.begin().await?;
    let (login, name, now) = (LoginId(id.0), new.name.as_str(), portal.now());
    let entry = store::login::NewLogin { id: login, door: Door::Staff, email: &new.email, name, hash: &hash, now };
    if !store::login::insert(&mut tx, &entry).await? {
        return Err(Error::EmailTaken);
    }
    store::login::insert_staff(&mut tx, id, new.role).await?;
    let after = json!({"email": new.email, "name": new.name, "role": new.role});
    let event = event::Catalogue::StaffCreated { staff: id.0 };
    let entry = Record { origin: COMMAND_LINE, after: Some(after), ..Record::new(Actor::System, event) };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(id)
}
