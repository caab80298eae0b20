//! What the demo shows: two producers, their products and rules, orders of each kind, and support staff. Everything
//! goes in through the same rules as it does from the API, so that a demo is also a first proof.

mod guide;
mod orders;
mod producers;
mod staff;
mod standin;

pub(crate) use guide::guide;
pub(crate) use standin::StandIn;

use crate::example_area::{Class, ExampleArea, Level};
use portal::Portal;

/// The key that the example area wants.
pub(crate) const AREA_KEY: &str = "demo-key";

/// Writes the example. A second start over the same data changes nothing but the address of the member area.
///
/// # Errors
/// When the rules refuse what this version of the demo tells them.
pub(crate) async fn seed(portal: &Portal, area: &ExampleArea) -> anyhow::Result<()> {
    area.offer(&classes(), &levels());
    for demo in &producers::PRODUCERS {
        let producer = producers::put(portal, demo, area).await?;
        for order in orders::ORDERS.iter().filter(|order| order.producer == demo.slug) {
            orders::put(portal, &producer, order).await?;
        }
    }
    staff::put(portal).await
}

fn classes() -> [Class; 4] {
    [(111, "Turma Fotografia"), (222, "Turma Iluminação"), (333, "Turma Portfólio"), (511, "Turma Massas")]
        .map(|(id, name)| Class { id, name: name.to_owned() })
}

fn levels() -> [Level; 1] {
    [Level { id: 4420, name: "Clube Luz".to_owned() }]
}
