//! The links that a producer made.

use super::make::address;
use super::store;
use crate::Producer;
use crate::db::Error;
use types::{Code, Cursor, Email, Instant, LinkPlace, PortalLinkId, ProductId};

/// Links on a page.
const PAGE: usize = 25;

/// A link in a list.
#[derive(Clone, Debug)]
pub struct ListedLink {
    /// The link.
    pub id: PortalLinkId,
    /// Where it leads.
    pub target: LinkPlace,
    /// Its whole address.
    pub url: String,
    /// The producer's code of the order.
    pub code: Code,
    /// Who bought.
    pub buyer_name: String,
    /// The buyer's address.
    pub email: Email,
    /// Who made it: an address; none for a program.
    pub made_by: Option<String>,
    /// When.
    pub made_at: Instant,
    /// Whether it is one of many.
    pub is_of_campaign: bool,
    /// Since when it is to be mailed.
    pub mail_asked_at: Option<Instant>,
    /// When its mail went.
    pub sent_at: Option<Instant>,
    /// Whether the mail server refused its mail for good.
    pub is_refused: bool,
    /// When its button was first pressed.
    pub opened_at: Option<Instant>,
    /// When the buyer did what it is about, within a week.
    pub acted_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// A page of the links that the producer made, the newest first, and where the next begins.
pub async fn links(producer: &Producer, after: Option<Cursor>) -> Result<(Vec<ListedLink>, Option<Cursor>), Error> {
    let portal = producer.portal();
    let rows = store::list(portal.db.read().await?.conn(), producer.id(), after, PAGE as i64 + 1).await?;
    let has_more = rows.len() > PAGE;
    let mut links = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(PAGE) {
        links.push(row.read(|reference| address(portal, reference))?);
    }
    let last = links.last().map(|link: &ListedLink| Cursor { at: link.made_at, id: link.id.0 });
    Ok((links, last.filter(|_| has_more)))
}

/// A product to choose orders by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductChoice {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub name: String,
}

/// The producer's products by their codes, 200 at the most.
pub async fn products(producer: &Producer) -> Result<Vec<ProductChoice>, Error> {
    store::products(producer.portal().db.read().await?.conn(), producer.id()).await
}
