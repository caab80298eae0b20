//! The profile: the name, phone and tax id that a person gave.

use super::store::{self, Person};
use crate::db::{Conn, Error};
use crate::event::{self, Record};
use crate::session;
use crate::time::Zone;
use crate::{Actor, Buyer};
use serde_json::json;
use types::view::AccountView;
use types::{Instant, Language, Line, PersonId, TaxId};

/// What may be changed without further ado.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Name to be called by.
    pub name: Line,
    /// Phone, as it was typed.
    pub phone: Option<Line>,
    /// CPF or CNPJ.
    pub tax_id: Option<TaxId>,
}

/// The buyer's own account.
pub async fn view(buyer: &Buyer) -> Result<AccountView, Error> {
    let now = buyer.portal().now();
    let row = {
        let mut reader = buyer.portal().db.read().await?;
        person(reader.conn(), buyer.person(), now).await?
    };
    let wrong = |what: &str| Error::inconsistent("people", buyer.person(), what);
    Ok(AccountView {
        email: buyer.email().clone(),
        name: row.name,
        phone: row.phone,
        tax_id: row.tax_id.map(TaxId::try_from).transpose().map_err(|_| wrong("tax id"))?,
        document_tax_ids: store::document_tax_ids(&buyer.portal().db, buyer.person()).await?,
        language: row.language.filter(|_| row.has_chosen_language).as_deref().and_then(Language::of_tag),
        new_email: row.new_email,
        sessions: session::list(buyer).await?,
        years: years(buyer).await?,
        erasure: row.erasure,
    })
}

/// Writes what a person says of themselves.
pub async fn write_profile(buyer: &Buyer, profile: &Profile) -> Result<(), Error> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let before = person(tx.conn(), buyer.person(), portal.now()).await?;
    let tax_id = profile.tax_id.as_ref().map(TaxId::as_str);
    let phone = profile.phone.as_ref().map(Line::as_str);
    let changed: Vec<&str> = [
        ("name", before.name != profile.name.as_str()),
        ("phone", before.phone.as_deref() != phone),
        ("tax_id", before.tax_id.as_deref() != tax_id),
    ]
    .into_iter()
    .filter_map(|(name, is_changed)| is_changed.then_some(name))
    .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let name = profile.name.as_str();
    store::write_profile(&mut tx, buyer.person(), name, (phone, tax_id), portal.now()).await?;
    // What was changed is told; the numbers themselves are in no log.
    let masked = |id: &TaxId| id.masked();
    let old = before.tax_id.as_deref().and_then(|id| TaxId::parse(id).ok());
    let entry = Record {
        origin: &buyer.origin().address,
        person: Some(buyer.person()),
        before: Some(json!({ "name": before.name, "tax_id": old.as_ref().map(masked) })),
        after: Some(json!({ "changed": changed, "name": profile.name, "tax_id": profile.tax_id.as_ref().map(masked) })),
        ..Record::new(Actor::Buyer(buyer.person()), event::Account::ProfileChanged { person: buyer.person() })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await
}

pub(super) async fn person(conn: Conn<'_>, person: PersonId, now: Instant) -> Result<Person, Error> {
    let row = store::person(conn, person, now).await?;
    row.ok_or_else(|| Error::inconsistent("people", person, "somebody signed in who is not there"))
}

/// Years in which something was paid, by the calendar of who sold it.
async fn years(buyer: &Buyer) -> Result<Vec<i64>, Error> {
    let mut years = Vec::new();
    for (paid_at, zone) in store::payments(&buyer.portal().db, buyer.person()).await? {
        let zone = Zone::named(&zone).map_err(|error| Error::inconsistent("producers", &zone, error))?;
        years.push(i64::from(zone.day_of(paid_at).year()));
    }
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(years)
}
