//! Mails about cards and ways to pay.

use super::look::card_view;
use super::state::State;
use super::store;
use super::whose::{Subject, place_of};
use crate::Portal;
use crate::db::Error;
use crate::mails;
use crate::order::OrderRecord;
use ground::letter::Draft;
use types::view::CardView;
use types::{CardUpdateId, Instant, MailKind, Method, OrderId, RequestId};

mails! {
    /// A mail to the buyer: another card is on file.
    Changed("mail_card_changed") about update, read by mail_changed {
        /// The card update that brought the card.
        update: CardUpdateId,
        /// The order that is charged on it.
        order: OrderId,
    }

    /// A mail to the buyer: an order is paid in another way.
    MethodChanged("mail_method_changed") about order, read by mail_method {
        /// The order.
        order: OrderId,
        /// The form that changed it.
        request: RequestId,
        /// The way.
        method: Method,
    }

    /// A mail to the buyer: the card on file expires next month.
    Expiring("mail_card_expiring") about order, read by mail_expiring {
        /// The order.
        order: OrderId,
    }
}

/// What a mail about a way to pay says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: another card is on file.
    Changed {
        /// What it is about.
        payment: PaymentLetter,
        /// When the new card was kept.
        at: Instant,
    },
    /// To the buyer: it is paid in another way from now on.
    MethodChanged(PaymentLetter),
    /// To the buyer: the card on file expires next month.
    Expiring(PaymentLetter),
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Changed { .. } => MailKind::CardChanged,
            Self::MethodChanged(_) => MailKind::MethodChanged,
            Self::Expiring(_) => MailKind::CardExpiring,
        }
    }
}

/// What every mail about a way to pay knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentLetter {
    /// Producer's name.
    pub producer: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan, or of the first item.
    pub title: String,
    /// How it is paid.
    pub method: Method,
    /// The card, for that method.
    pub card: Option<CardView>,
    /// The page on which it can be changed.
    pub link: String,
}

/// Tells the buyer that another card is on file for an order.
async fn mail_changed(portal: &Portal, update: CardUpdateId, order: OrderId) -> Result<Option<Draft<Content>>, Error> {
    let Some(found) = store::find(portal.db.read().await?.conn(), update).await? else { return Ok(None) };
    let State::Saved { card, at, .. } = &found.state else { return Ok(None) };
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    let letter = letter(portal, &record, Method::Card, Some(card_view(card)));
    let content = Content::Changed { payment: letter, at: *at };
    to_buyer(&format!("card-{update}-{order}"), record, content)
}

/// Tells the buyer that an order is paid in another way from now on.
async fn mail_method(
    portal: &Portal,
    order: OrderId,
    request: RequestId,
    method: Method,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    let content = Content::MethodChanged(letter(portal, &record, method, None));
    to_buyer(&format!("method-{request}-{order}"), record, content)
}

/// Tells the buyer that the card on file expires next month.
async fn mail_expiring(portal: &Portal, order: OrderId) -> Result<Option<Draft<Content>>, Error> {
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    // Swapped meanwhile for a boleto: nothing expires.
    let Some(card) = record.payment.card.clone() else { return Ok(None) };
    // Where no other card can be entered, the page that the mail leads to would only say so.
    let subject = Subject::of_order(record)?;
    if subject.refusal(portal).is_some() {
        return Ok(None);
    }
    let record = subject.order;
    let id = format!("card-expiring-{order}-{}-{}", card.exp_year, card.exp_month);
    let content = Content::Expiring(letter(portal, &record, Method::Card, Some(card)));
    to_buyer(&id, record, content)
}

async fn load(portal: &Portal, order: OrderId) -> Result<Option<OrderRecord>, Error> {
    OrderRecord::by_id(portal.db.read().await?.conn(), order).await
}

fn to_buyer(id: &str, order: OrderRecord, content: Content) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(order.mail_to_buyer(id, content)))
}

fn letter(portal: &Portal, order: &OrderRecord, method: Method, card: Option<CardView>) -> PaymentLetter {
    let plan = order.subscription.as_ref();
    let place = place_of(order);
    let first = || order.items.first().map_or_else(|| order.code.to_string(), |item| item.name.clone());
    PaymentLetter {
        producer: order.producer.name.clone(),
        code: order.code.to_string(),
        title: plan.map_or_else(first, |plan| plan.plan.clone()),
        method,
        card,
        // No credential: whoever has no session is led to sign in first.
        link: portal.url(place.page()),
    }
}
