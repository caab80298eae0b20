//! Which orders links are made for in bulk, as a form or an address says it.

use crate::fields::Fields;
use portal::Producer;
use portal::db::Error;
use portal::portal_link::Audience;
use portal::time::parse_day;
use std::time::Duration;
use types::{Instant, LinkPlace};

/// The fields of the filter, in the order of the form.
pub(super) const FIELDS: [&str; 6] = ["target", "product", "status", "kind", "from", "to"];

/// Which orders, and where the links lead.
pub(super) struct Chosen {
    pub(super) target: LinkPlace,
    pub(super) audience: Audience,
    /// Names and values as they came, for the forms and addresses that carry them on.
    pub(super) typed: Vec<(&'static str, String)>,
    /// Whether a day is none, or the first one stands behind the last one.
    pub(super) is_wrong: bool,
}

impl Chosen {
    /// Reads what was chosen. A word that means nothing chooses nothing.
    pub(super) fn read(producer: &Producer, fields: &Fields) -> Result<Self, Error> {
        let zone = producer.zone()?;
        let day = |name| fields.filled(name).map(|text| parse_day(text).ok_or(())).transpose();
        let (from, to) = (day("from"), day("to"));
        let is_wrong = match (from, to) {
            (Ok(Some(from)), Ok(Some(to))) => from > to,
            (from, to) => from.is_err() || to.is_err(),
        };
        let after = |end: Instant| end.plus(Duration::from_secs(1));
        let audience = Audience {
            product: fields.one("product").parse().ok(),
            status: fields.one("status").parse().ok(),
            kind: fields.one("kind").parse().ok(),
            from: from.ok().flatten().and_then(|day| zone.first_instant(day)),
            until: to.ok().flatten().and_then(|day| zone.last_second(day)).map(after),
        };
        let typed = FIELDS.map(|name| (name, fields.one(name).to_owned()));
        let target = fields.one("target").parse().unwrap_or(LinkPlace::Order);
        Ok(Self { target, audience, typed: typed.into(), is_wrong })
    }

    /// What was typed into a field.
    pub(super) fn of(&self, name: &str) -> &str {
        self.typed.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}
