//! The mail with a link. Its job finds out whether somebody has the address; the page that asked never does.

use super::store::{self, Bought, Link};
use super::{code, request};
use crate::Portal;
use crate::db::Error;
use crate::mails;
use crate::order;
use ground::letter::Draft;
use types::place::buyer::Place;
use types::view::{CardPlace, ProducerView, Target};
use types::{Instant, LinkId, MailKind, PersonId};

mails! {
    /// The mail with a link and its code.
    Link("mail_link") about link, read by mail_link {
        /// The link.
        link: LinkId,
    }
}

/// What a mail about coming in says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// The link and the code that bring a buyer in.
    Link {
        /// Address of the link page.
        url: String,
        /// Eight characters.
        code: String,
        /// When both end.
        expires_at: Instant,
        /// When it was asked for.
        asked_at: Instant,
        /// Network address it was asked from.
        asked_from: String,
        /// The browser it was asked from, as it names itself, shortened.
        browser: String,
        /// The product, when the link leads to an order.
        product: Option<String>,
        /// Names of the producers whom this address has bought from, the latest first: of the one whose order the link
        /// leads to, of all where it leads to none.
        producers: Vec<String>,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Link { .. } => MailKind::SignInLink,
        }
    }
}

/// The zone in which a link mail writes its hours to somebody who bought in several.
const TIME_ZONE: &str = "America/Sao_Paulo";

/// How many producers are looked up: three are named, and a fourth is "others".
const MOST_PRODUCERS: i64 = 4;

/// Sends the link and its code, if somebody with this address is known and the link has not ended. The same link again
/// has the same token and the same code. Whom the address has bought from is said to its owner only: whoever asked for
/// the link never hears of it.
async fn mail_link(portal: &Portal, link: LinkId) -> Result<Option<Draft<Content>>, Error> {
    let Some(link) = store::by_id(&portal.db, link).await? else { return Ok(None) };
    if link.is_spent || link.expires_at <= portal.wall() {
        return Ok(None);
    }
    let Some(person) = owner(portal, &link).await? else { return Ok(None) };
    let (product, sellers) = match bought(portal, &link, person).await? {
        Some(bought) => (Some(bought.product), vec![bought.seller]),
        None => (None, store::producers_of(&portal.db, person, MOST_PRODUCERS).await?),
    };
    let token = request::claims(portal, &link, person.to_string()).sign(&portal.keys);
    let content = Content::Link {
        url: portal.url(Place::Link { token: &token }),
        code: code::code_of(portal, link.id),
        expires_at: link.expires_at,
        asked_at: link.created_at,
        asked_from: link.asked_from.clone(),
        browser: link.browser.clone(),
        product,
        producers: sellers.iter().map(|seller| seller.name.clone()).collect(),
    };
    let draft = Draft::new(link.id.to_string(), link.email, link.language, time_zone(&sellers), content);
    let draft = draft.about_person(person);
    Ok(Some(match <[ProducerView; 1]>::try_from(sellers) {
        Ok([seller]) => draft.from_sender(order::sender(seller)),
        Err(_) => draft,
    }))
}

/// The zone that all of them share.
fn time_zone(sellers: &[ProducerView]) -> String {
    let zone = sellers.first().map_or(TIME_ZONE, |seller| &seller.time_zone);
    let is_shared = sellers.iter().all(|seller| seller.time_zone == zone);
    if is_shared { zone.to_owned() } else { TIME_ZONE.to_owned() }
}

async fn owner(portal: &Portal, link: &Link) -> Result<Option<PersonId>, Error> {
    if link.person.is_some() {
        return Ok(link.person);
    }
    let mut tx = portal.db.begin().await?;
    let person = store::person_by_email(&mut tx, &link.email).await?;
    if let Some(person) = person {
        store::set_person(&mut tx, link.id, person).await?;
    }
    portal.commit(tx).await?;
    Ok(person)
}

/// What the link leads to, where it leads to one order.
async fn bought(portal: &Portal, link: &Link, person: PersonId) -> Result<Option<Bought>, Error> {
    let handle = match &link.target {
        Target::Order { handle } | Target::Refund { handle } => handle,
        Target::Card { place: CardPlace::Order(handle) } => handle,
        Target::Subscription { id }
        | Target::Cancel { id }
        | Target::Plan { id }
        | Target::Card { place: CardPlace::Subscription(id) } => {
            return store::product_of_subscription(&portal.db, person, *id).await;
        }
        Target::Home | Target::Account => return Ok(None),
    };
    let (code, slug) = order::split_handle(handle);
    store::product_of(&portal.db, person, code, slug).await
}
