//! Asking for a link.
//!
//! When another place is asked for within the limit of mails, its link is written at once and the mail goes when the
//! limit allows. At most one link waits so, and it leads where the last request wants.

use super::mail::Mail;
use super::store::{self, Link, Purpose};
use super::token::Claims;
use super::{limit, link};
use crate::db::{Error, Tx};
use crate::{Origin, Portal, order, outbox, policy};
use std::time::Duration;
use types::view::{CardPlace, OrderLinkView, Target};
use types::{Email, Instant, LinkId, LinkPlace, OrderRef, ProducerId, SubscriptionId};

const DAY: Duration = Duration::from_secs(86_400);

/// A link was asked for; the id names the request on the "sent" page. Says nothing about whether the address is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Requested {
    /// The request.
    pub request: LinkId,
    /// Whether one was asked for this address so shortly before that no other mail goes now: it is on its way, or goes
    /// when it may.
    pub is_on_its_way: bool,
}

/// Why a link cannot be asked for now.
#[derive(Debug, thiserror::Error)]
pub enum LinkRequestError {
    /// Too many requests from this network (rule 3).
    #[error("too many requests from this network; again in {} s", retry_after.as_secs())]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// There is no such order link, request or token.
    #[error("no such link")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What the "sent" page shows: the same for known and unknown addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentView {
    /// The request.
    pub request: LinkId,
    /// `a***@example.com`.
    pub masked_email: String,
    /// When link and code end.
    pub expires_at: Instant,
    /// When the mail goes, where one went to this address shortly before.
    pub mail_at: Option<Instant>,
    /// How long until another mail may be asked for; zero when it may be now.
    pub resend_after: Duration,
    /// How many tries of the code are left.
    pub tries_left: i64,
}

/// *My purchases*: a link to the address typed, leading to `target` (rule 1).
pub async fn request_purchases_link(
    portal: &Portal,
    origin: &Origin,
    email: Email,
    target: Target,
) -> Result<Requested, LinkRequestError> {
    request(portal, origin, email, (Purpose::Purchases, portal.options.purchases_link_lifetime), target).await
}

/// The second half of an order link: a link to the address on file, leading to a place of the order (rules 1 and 5).
pub async fn request_order_link(
    portal: &Portal,
    origin: &Origin,
    order_ref: &OrderRef,
    place: LinkPlace,
) -> Result<Requested, LinkRequestError> {
    let behind = order_of_ref(portal, order_ref).await?.ok_or(LinkRequestError::Unknown)?;
    let target = behind.target(place);
    let policy = policy::of_product(portal.db.read().await?.conn(), behind.producer, None).await?;
    let minutes = policy.sign_in.order_link_minutes.and_then(|minutes| u64::try_from(minutes).ok());
    let lifetime = minutes.map_or(portal.options.order_link_lifetime, |minutes| Duration::from_secs(60 * minutes));
    request(portal, origin, behind.email, (Purpose::Order, lifetime), target).await
}

/// Once more, to the same address and target.
pub async fn resend(portal: &Portal, origin: &Origin, request: LinkId) -> Result<Requested, LinkRequestError> {
    let link = store::by_id(&portal.db, request).await?.ok_or(LinkRequestError::Unknown)?;
    let lifetime = link.lifetime();
    self::request(portal, origin, link.email, (link.purpose, lifetime), link.target).await
}

/// Once more for a link that has ended or was used: whoever holds it may have a new mail sent to the same address and
/// target.
pub async fn resend_by_token(portal: &Portal, origin: &Origin, token: &str) -> Result<Requested, LinkRequestError> {
    let link = link::find(portal, token).await?.ok_or(LinkRequestError::Unknown)?;
    let lifetime = link.lifetime();
    request(portal, origin, link.email, (link.purpose, lifetime), link.target).await
}

/// What an order link shows to anybody: product, producer, masked address.
pub async fn order_link(portal: &Portal, order_ref: &OrderRef) -> Result<Option<OrderLinkView>, Error> {
    let Some(row) = store::order_by_ref(&portal.db, order_ref).await? else { return Ok(None) };
    let email = Email::parse(&row.email).map_err(|error| Error::inconsistent("people", row.person_id, error))?;
    Ok(Some(OrderLinkView {
        order_ref: order_ref.clone(),
        product: row.product,
        more_items: row.more_items,
        masked_email: email.masked(),
        producer: row.producer,
        look: ground::particulars(row.producer_id, row.particulars.as_deref())?.look,
    }))
}

/// What is behind an order link. For the rules and for comparing with who is signed in, never to be shown.
#[derive(Clone, Debug)]
pub struct BehindLink {
    /// The address on file.
    pub email: Email,
    producer: ProducerId,
    handle: String,
    subscription: Option<SubscriptionId>,
}

impl BehindLink {
    /// Where the link leads; to the order itself where it has no such place.
    pub fn target(&self, place: LinkPlace) -> Target {
        let handle = self.handle.clone();
        match (place, self.subscription) {
            (LinkPlace::Refund, _) => Target::Refund { handle },
            (LinkPlace::Cancel, Some(id)) => Target::Cancel { id },
            (LinkPlace::Card, Some(id)) => Target::Card { place: CardPlace::Subscription(id) },
            (LinkPlace::Card, None) => Target::Card { place: CardPlace::Order(handle) },
            (LinkPlace::Plan, Some(id)) => Target::Plan { id },
            (LinkPlace::Cancel | LinkPlace::Plan, None) | (LinkPlace::Order, _) => Target::Order { handle },
        }
    }
}

/// What is behind an order link; none when there is no such link.
pub async fn order_of_ref(portal: &Portal, order_ref: &OrderRef) -> Result<Option<BehindLink>, Error> {
    let Some(row) = store::order_by_ref(&portal.db, order_ref).await? else { return Ok(None) };
    let email = Email::parse(&row.email).map_err(|error| Error::inconsistent("people", row.person_id, error))?;
    let handle = order::handle(&row.code, &row.slug, row.is_shared);
    let producer = ProducerId(row.producer_id);
    Ok(Some(BehindLink { email, producer, handle, subscription: row.subscription_id.map(SubscriptionId) }))
}

/// What the "sent" page shows for a request.
pub async fn sent(portal: &Portal, request: LinkId) -> Result<Option<SentView>, Error> {
    let Some(link) = store::by_id(&portal.db, request).await? else { return Ok(None) };
    let now = portal.wall();
    let mut reader = portal.db.read().await?;
    let asked = store::asked_since(reader.conn(), &link.email, now.minus(DAY)).await?;
    Ok(Some(SentView {
        request,
        masked_email: link.email.masked(),
        expires_at: link.expires_at,
        mail_at: Some(link.created_at).filter(|at| *at > now),
        resend_after: limit::wait(&asked, now),
        tries_left: (super::code::TRIES - link.code_tries).max(0),
    }))
}

/// One row and one job, whoever asks for whom. Asked too often for one address, the answer is that of the link to the
/// same place that is on its way already; for another place, or once that link was used, the mail goes as soon as it
/// may.
async fn request(
    portal: &Portal,
    origin: &Origin,
    email: Email,
    (purpose, lifetime): (Purpose, Duration),
    target: Target,
) -> Result<Requested, LinkRequestError> {
    let mut tx = portal.db.begin().await?;
    if let Some(retry_after) = limit::network(portal, &mut tx, "link", &origin.address).await? {
        portal.commit(tx).await?;
        return Err(LinkRequestError::Limited { retry_after });
    }
    let wait = limit::address(portal, &mut tx, &email).await?;
    let is_on_its_way = !wait.is_zero();
    if is_on_its_way && let Some(request) = store::open_to(&mut tx, &email, purpose, &target, portal.wall()).await? {
        portal.commit(tx).await?;
        return Ok(Requested { request, is_on_its_way });
    }
    let link = new_link(portal, origin, email, (purpose, lifetime), target, portal.wall().plus(wait));
    let request = write(portal, &mut tx, &link).await?;
    portal.commit(tx).await?;
    Ok(Requested { request, is_on_its_way })
}

fn new_link(
    portal: &Portal,
    origin: &Origin,
    email: Email,
    (purpose, lifetime): (Purpose, Duration),
    target: Target,
    born: Instant,
) -> Link {
    Link {
        id: LinkId(portal.new_id()),
        email,
        person: None,
        purpose,
        target,
        language: origin.language,
        asked_from: origin.address.clone(),
        browser: origin.browser.clone(),
        code_tries: 0,
        created_at: born,
        expires_at: born.plus(lifetime),
        is_spent: false,
    }
}

/// Writes the link, and asks for its mail at its birth. While one waits to be born no other does: it leads where the
/// last request wants.
async fn write(portal: &Portal, tx: &mut Tx, link: &Link) -> Result<LinkId, Error> {
    let now = portal.wall();
    if link.created_at > now
        && let Some(unborn) = store::unborn(tx, &link.email, now).await?
    {
        store::redirect(tx, unborn, link).await?;
        return Ok(unborn);
    }
    store::insert(tx, link, &link::token_hash(portal, link.id)).await?;
    let mail = Mail::Link { link: link.id };
    if link.created_at > now {
        outbox::put_by_wall(portal, tx, mail, link.created_at)?;
    } else {
        outbox::put(portal, tx, mail).await?;
    }
    Ok(link.id)
}

/// The claims of a link's token.
pub(super) fn claims(portal: &Portal, link: &Link, subject: String) -> Claims {
    let id = link::token_id(portal, link.id);
    Claims::new(&portal.options.base_url, subject, id, link.purpose.as_str(), link.created_at, link.expires_at)
}
