//! Which producers' orders an agent of the support staff sees. An admin sees those of all.

use super::store;
use crate::event::{self, Catalogue, Record};
use crate::{Actor, COMMAND_LINE, Portal, Producer, db};
use serde_json::json;
use types::StaffId;

/// The orders of a producer are there for this agent from now on, or no more. False when it was so before.
pub async fn assign(
    portal: &Portal,
    staff: StaffId,
    producer: &Producer,
    is_assigned: bool,
) -> Result<bool, db::Error> {
    let mut tx = portal.db.begin().await?;
    let is_new = match is_assigned {
        true => store::assignment::insert(&mut tx, staff, producer.id()).await?,
        false => store::assignment::delete(&mut tx, staff, producer.id()).await?,
    };
    if !is_new {
        return Ok(false);
    }
    let entry = Record {
        origin: COMMAND_LINE,
        producer: Some(producer.id()),
        before: Some(json!({ "is_assigned": !is_assigned })),
        after: Some(json!({ "is_assigned": is_assigned })),
        ..Record::new(Actor::System, Catalogue::StaffAssigned { staff: staff.0, producer: producer.id() })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(true)
}
