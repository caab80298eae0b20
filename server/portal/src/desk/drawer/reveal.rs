//! What is masked for the staff, shown to somebody who asks for it: each time it is written down who read what.

use super::read::within;
use crate::db::Error;
use crate::event::{self, Catalogue, Record};
use crate::{Staff, sales};
use std::str::FromStr;
use types::{OrderId, ProducerId};

/// What can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The buyer's address.
    Email,
    /// The buyer's name.
    Name,
    /// CPF or CNPJ.
    TaxId,
    /// Phone number.
    Phone,
}

impl Field {
    /// Its word, in forms and in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::TaxId => "tax_id",
            Self::Phone => "phone",
        }
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Email, Self::Name, Self::TaxId, Self::Phone].into_iter().find(|known| known.as_str() == text).ok_or(())
    }
}

/// Reads one field of an order's buyer, and writes down who read it. None when the order is absent or out of reach, or
/// has no such thing.
pub async fn reveal(
    staff: &Staff,
    reach: Option<&[ProducerId]>,
    order: OrderId,
    field: Field,
) -> Result<Option<String>, Error> {
    let portal = staff.portal();
    let Some((producer, code)) = within(staff, reach, order).await? else { return Ok(None) };
    let Some(sales::Found { person, order: whole, .. }) = sales::read(portal, producer, &code).await? else {
        return Ok(None);
    };
    let read = match field {
        Field::Email => Some(whole.order.email).filter(|email| !email.is_unknown()).map(|email| email.to_string()),
        Field::Name => Some(whole.order.buyer_name),
        Field::TaxId => whole.tax_id,
        Field::Phone => whole.phone,
    };
    let Some(read) = read else { return Ok(None) };
    let mut tx = portal.db.begin().await?;
    let entry = Record {
        origin: &staff.origin().address,
        producer: Some(producer),
        person: Some(person),
        order: Some(order),
        after: Some(serde_json::json!({ "field": field.as_str() })),
        ..Record::new(staff.actor(), Catalogue::StaffRevealed { order, field: field.as_str() })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(Some(read))
}
