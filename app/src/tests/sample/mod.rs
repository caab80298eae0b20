//! Views with everything in them, and with names that would be markup if somebody forgot to escape them.

mod account;
mod card;
mod document;
mod home;
mod order;
mod plan;
mod subscription;

pub(crate) use self::account::{account, erasures};
pub(crate) use self::card::{card_updates, payment_page};
pub(crate) use self::document::{billing, documents, terms};
pub(crate) use self::home::{due, home};
pub(crate) use self::order::{offers, order, refund, refund_at};
pub(crate) use self::plan::{plan_change, plan_refusals, plans, quotes, scheduled};
pub(crate) use self::subscription::{retention_offers, subscription_page};

use types::plan::PlanPrice;
use types::view::{CardView, PaymentView, ProducerView, SubscriptionView};
use types::{
    Accent, Contacts, Currency, Email, Instant, IntervalUnit, Legal, Line, Look, Method, Money, Particulars,
    PictureName, Protocol, Sending, SubscriptionId, SubscriptionStatus, TaxId,
};

/// A name that closes tags and quotes.
pub(crate) const HOSTILE: &str = "</title><b id=x onclick='y'>\"&";

/// 20 November 2026, 12:00 UTC.
pub(crate) const NOW: Instant = Instant::from_seconds(1_795_176_000);

pub(crate) fn brl(amount: i64) -> Money {
    Money::new(amount, Currency::BRL)
}

fn protocol() -> Protocol {
    Protocol::on_file("R-7K2M-94QX".to_owned())
}

pub(crate) fn producer() -> ProducerView {
    let contact = Email::parse("contato@aurora.example").unwrap();
    ProducerView::new(HOSTILE.to_owned(), "aurora".to_owned(), contact, "America/Sao_Paulo".to_owned(), particulars())
}

fn particulars() -> Particulars {
    let line = Some(Line::parse(HOSTILE).unwrap());
    let address = Some("https://aurora.example/page".to_owned());
    Particulars {
        legal: Legal {
            name: line.clone(),
            tax_id: TaxId::parse("11222333000181").ok(),
            address: line.clone(),
            privacy_url: address.clone(),
            terms_url: address.clone(),
        },
        contacts: Contacts { email: None, whatsapp: line.clone(), phone: line.clone(), url: address, hours: line },
        look: Look {
            accent: Accent::parse("#1d4f91").ok(),
            logo: PictureName::parse(&"0123456789abcdef".repeat(4)).ok(),
        },
        sending: Sending::default(),
    }
}

pub(crate) fn payment() -> PaymentView {
    let card = CardView { brand: HOSTILE.to_owned(), last4: "4242".to_owned(), exp_month: 4, exp_year: 2031 };
    PaymentView { method: Method::Card, card: Some(card) }
}

pub(crate) fn subscription(status: SubscriptionStatus) -> SubscriptionView {
    SubscriptionView {
        id: SubscriptionId(uuid::Uuid::nil()),
        plan: HOSTILE.to_owned(),
        price: brl(3990),
        interval: (IntervalUnit::Month, 1),
        status,
        period_start: NOW,
        period_end: NOW,
        discount: Some(30),
        next_charge_at: (status != SubscriptionStatus::Ending).then_some(NOW),
        canceled_at: Some(NOW),
        scheduled: Some(scheduled()),
    }
}

pub(crate) fn plan_price() -> PlanPrice {
    PlanPrice { amount: brl(49_900), interval: (IntervalUnit::Year, 1) }
}
