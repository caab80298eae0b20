//! The support staff.

use super::{Error, password, store};
use crate::audit::{self, Entry};
use crate::{Actor, Portal};
use serde_json::json;
use types::{Email, Line, StaffRole};

/// Somebody of the staff to be.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Address to sign in with, unique.
    pub email: Email,
    /// Name.
    pub name: Line,
    /// What the person may do.
    pub role: StaffRole,
    /// Password, 12 characters at least.
    pub password: String,
}

/// Adds somebody to the staff. `EmailTaken`, `WeakPassword` when it cannot be.
pub async fn create_staff(portal: &Portal, new: NewStaff) -> Result<(), Error> {
    let hash = password::hash(portal, &new.password).await?;
    let mut tx = portal.db.begin().await?;
    if !store::producer::insert_staff(&mut tx, portal.new_id(), &new, &hash, portal.now().micros()).await? {
        return Err(Error::EmailTaken);
    }
    let after = json!({"email": new.email, "name": new.name, "role": new.role});
    audit::record(portal, &mut tx, Entry { after: Some(after), ..Entry::new(Actor::System, "staff.create") }).await?;
    portal.commit(tx).await?;
    Ok(())
}
