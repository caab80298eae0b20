//! A copy of everything that is on file about a person, as one document: what the law calls portability.

use super::store::person;
use crate::Buyer;
use crate::db::Error;
use crate::time::format_instant;
use ground::traces::Within;
use serde::Serialize;
use serde_json::{Value, json};

/// A copy of everything. Times are RFC 3339 in UTC, amounts minor units.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Export(Value);

impl Export {
    /// The document, laid out for people to read.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(&self.0).unwrap_or_default()
    }
}

/// Reads everything, once.
pub async fn export(buyer: &Buyer) -> Result<Export, Error> {
    let portal = buyer.portal();
    let id = buyer.person().0;
    let mut reader = portal.db.read().await?;
    let person = person(reader.conn(), buyer.person(), portal.now()).await?;
    let person = person.ok_or_else(|| Error::inconsistent("people", id, "somebody signed in who is not there"))?;
    let (mut orders, mut of_orders, mut of_person) = (Vec::new(), Vec::new(), Vec::new());
    for section in portal.dispatcher.traces().iter().flat_map(|traces| traces.export) {
        let rows = section.read(reader.conn(), buyer.person()).await?;
        match section.within {
            Within::Orders => orders = rows,
            Within::Order => of_orders.push((section.name, rows)),
            Within::Copy => of_person.push((section.name, rows)),
        }
    }
    for order in &mut orders {
        put_in(order, &of_orders);
    }
    let mut copy = json!({
        "made_at": format_instant(portal.now()),
        "profile": {
            "email": buyer.email(),
            "name": person.name,
            "phone": person.phone,
            "tax_id": person.tax_id,
            "language": person.language,
        },
        "orders": orders,
    });
    for (name, rows) in of_person {
        copy[name] = Value::from(rows);
    }
    Ok(Export(copy))
}

/// What belongs to an order stands in it; our own ids are nobody's business.
fn put_in(order: &mut Value, parts: &[(&str, Vec<Value>)]) {
    let Some(order) = order.as_object_mut() else { return };
    let id = order.remove("id");
    for (name, rows) in parts {
        let own = rows.iter().filter(|row| row.get("order_id") == id.as_ref()).cloned();
        let without = |mut row: Value| {
            if let Some(object) = row.as_object_mut() {
                object.remove("order_id");
            }
            row
        };
        order.insert((*name).to_owned(), own.map(without).collect());
    }
}
