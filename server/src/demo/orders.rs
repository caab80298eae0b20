//! The orders of the demo: one of each kind and state that a buyer can be in.

use portal::Portal;
use portal::Producer;
use portal::intake::{
    Card, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, Sold, Told, Version, create,
};
use std::time::Duration;
use types::{
    ChargeStatus, Code, Currency, Email, Instant, IntervalUnit, Line, Method, OrderKind, PostalAddress, SaleDetails,
    SubscriptionStatus,
};

const DAY: Duration = Duration::from_secs(86_400);

/// An order in the fewest words.
pub(super) struct DemoOrder {
    pub(super) producer: &'static str,
    code: &'static str,
    pub(super) buyer: (&'static str, &'static str),
    items: &'static [(&'static str, i64)],
    days_ago: u32,
    paid_by: PaidBy,
    kind: OrderKind,
    subscription: Option<SubscriptionStatus>,
    /// What there is to see, for the guide.
    pub(super) note: &'static str,
}

enum PaidBy {
    Card(&'static str),
    Pix,
    /// A boleto that nobody has paid yet.
    OpenBoleto,
}

const ANA: (&str, &str) = ("ana.souza@example.com", "Ana Souza");
const FOTO: &[(&str, i64)] = &[("fotografia", 29_700)];
const CLUBE: &[(&str, i64)] = &[("clube-luz", 4_990)];
const MENTORIA: &[(&str, i64)] = &[("mentoria", 149_700)];
const GUIA: &[(&str, i64)] = &[("guia-de-poses", 3_900)];
const MASSAS: &[(&str, i64)] = &[("massas", 19_700)];
const FOTO_E_BONUS: &[(&str, i64)] = &[("fotografia", 29_700), ("iluminacao", 4_700)];

const fn sold(
    code: &'static str,
    buyer: (&'static str, &'static str),
    items: &'static [(&'static str, i64)],
    days_ago: u32,
    paid_by: PaidBy,
) -> DemoOrder {
    DemoOrder {
        producer: "studio-luz",
        code,
        buyer,
        items,
        days_ago,
        paid_by,
        kind: OrderKind::OneOff,
        subscription: None,
        note: "",
    }
}

const fn monthly(
    code: &'static str,
    buyer: (&'static str, &'static str),
    days_ago: u32,
    status: SubscriptionStatus,
) -> DemoOrder {
    let subscription = Some(status);
    DemoOrder {
        kind: OrderKind::Subscription,
        subscription,
        ..sold(code, buyer, CLUBE, days_ago, PaidBy::Card("4242"))
    }
}

/// Every order.
pub(super) const ORDERS: [DemoOrder; 16] = [
    DemoOrder {
        note: "pedidos de várias vendedoras, de cada tipo",
        ..sold("LUZ-1001", ANA, FOTO_E_BONUS, 2, PaidBy::Card("4242"))
    },
    sold("LUZ-1002", ANA, MENTORIA, 9, PaidBy::Pix),
    monthly("LUZ-1003", ANA, 12, SubscriptionStatus::Active),
    sold("LUZ-0902", ANA, GUIA, 70, PaidBy::Card("4242")),
    sold("LUZ-0871", ANA, GUIA, 190, PaidBy::Pix),
    sold("LUZ-0640", ANA, GUIA, 400, PaidBy::Card("1881")),
    DemoOrder { kind: OrderKind::SmartInstallments, ..sold("LUZ-1004", ANA, MENTORIA, 20, PaidBy::Card("4242")) },
    DemoOrder { producer: "cozinha-da-nonna", ..sold("NONNA-77", ANA, MASSAS, 1, PaidBy::Card("4242")) },
    DemoOrder {
        note: "dentro do prazo de reembolso",
        ..sold("LUZ-1005", ("bruno.lima@example.com", "Bruno Lima"), FOTO_E_BONUS, 1, PaidBy::Card("4242"))
    },
    DemoOrder {
        note: "fora do prazo de reembolso",
        ..sold("LUZ-0955", ("carla.mendes@example.com", "Carla Mendes"), GUIA, 40, PaidBy::Card("4242"))
    },
    DemoOrder {
        note: "boleto em aberto",
        ..sold("LUZ-1006", ("diego.rocha@example.com", "Diego Rocha"), FOTO, 1, PaidBy::OpenBoleto)
    },
    DemoOrder {
        note: "assinatura em dia",
        ..monthly("LUZ-1007", ("elisa.prado@example.com", "Elisa Prado"), 3, SubscriptionStatus::Active)
    },
    DemoOrder {
        note: "assinatura com pagamento em atraso",
        // A card that is kept and declines every charge.
        paid_by: PaidBy::Card("0341"),
        ..monthly("LUZ-0990", ("fabio.nunes@example.com", "Fábio Nunes"), 33, SubscriptionStatus::PastDue)
    },
    DemoOrder {
        note: "cartão 5126: o banco devolve o reembolso",
        ..sold("LUZ-1008", ("gabi.torres@example.com", "Gabi Torres"), FOTO, 2, PaidBy::Card("5126"))
    },
    DemoOrder {
        note: "cartão 9999: a operadora fica fora do ar por um minuto",
        ..sold("LUZ-1009", ("hugo.castro@example.com", "Hugo Castro"), FOTO, 2, PaidBy::Card("9999"))
    },
    DemoOrder {
        kind: OrderKind::SlipInstallments,
        note: "parcelado no Pix",
        ..sold("LUZ-1010", ("iris.campos@example.com", "Íris Campos"), MENTORIA, 4, PaidBy::Pix)
    },
];

/// Takes an order in, as the API does. The code is the idempotency key: a second start of the demo takes nothing twice.
pub(super) async fn put(portal: &Portal, producer: &Producer, demo: &DemoOrder) -> anyhow::Result<()> {
    let key = format!("demo-{}", demo.code);
    create(portal, producer, Some(&key), &key, order(demo, portal.now())?, "demo").await?;
    Ok(())
}

fn order(demo: &DemoOrder, now: Instant) -> anyhow::Result<NewOrder> {
    let at = now.minus(DAY * demo.days_ago);
    let charge = charge(demo, at);
    Ok(NewOrder {
        code: Code::parse(demo.code)?,
        kind: demo.kind,
        buyer: buyer(demo)?,
        items: demo
            .items
            .iter()
            .enumerate()
            .map(|(number, item)| new_item(number, item))
            .collect::<anyhow::Result<_>>()?,
        currency: Currency::BRL,
        ordered_at: at,
        payment: NewPayment { method: charge.method, card: card(demo)? },
        installments: None,
        gateway: Line::parse("sandbox")?,
        charge: Some(charge),
        details: details(demo)?,
        subscription: demo.subscription.map(|status| subscription(status, at)).transpose()?,
        version: Version::of_charge(at),
    })
}

fn buyer(demo: &DemoOrder) -> anyhow::Result<NewBuyer> {
    let (email, name) = demo.buyer;
    let (tax_id, phone) = (Some(Line::parse("00000000191")?), Some(Line::parse("11999990000")?));
    let (email, name, address) = (Email::parse(email)?, Line::parse(name)?, address()?);
    Ok(NewBuyer { email, name, tax_id, phone, address })
}

/// One for all: nobody lives there.
fn address() -> anyhow::Result<PostalAddress> {
    let line = |text: &str| Line::parse(text).map(Some);
    Ok(PostalAddress {
        street: line("Rua das Flores")?,
        number: line("120")?,
        district: line("Centro")?,
        city: line("São Paulo")?,
        state: line("SP")?,
        postal_code: line("01001-000")?,
        country: line("BR")?,
        ..PostalAddress::default()
    })
}

/// What was paid by card was bought with a coupon of 10 reais.
fn details(demo: &DemoOrder) -> anyhow::Result<SaleDetails> {
    let transaction = Some(Line::parse(&format!("NSU-{}", demo.code))?);
    let total: i64 = demo.items.iter().map(|(_, amount)| amount).sum();
    let discount = matches!(demo.paid_by, PaidBy::Card(_)).then_some(1_000);
    Ok(SaleDetails {
        coupon: discount.map(|_| Line::parse("BEMVINDO10")).transpose()?,
        subtotal: discount.map(|discount| total + discount),
        discount,
        taxes: None,
        transaction,
    })
}

fn new_item(number: usize, (code, amount): &(&str, i64)) -> anyhow::Result<NewItem> {
    let sold = Sold::Known { product: Code::parse(code)?, offer: Code::parse(code)? };
    Ok(NewItem { sold, amount: *amount, is_bump: number > 0 })
}

fn card(demo: &DemoOrder) -> anyhow::Result<Option<Card>> {
    let PaidBy::Card(last4) = demo.paid_by else { return Ok(None) };
    Ok(Some(Card { brand: Line::parse("visa")?, last4: last4.to_owned(), exp_month: 12, exp_year: 2030 }))
}

fn charge(demo: &DemoOrder, at: Instant) -> NewCharge {
    let (method, is_paid) = match demo.paid_by {
        PaidBy::Card(_) => (Method::Card, true),
        PaidBy::Pix => (Method::Pix, true),
        PaidBy::OpenBoleto => (Method::Boleto, false),
    };
    // Shaped like a boleto line, with check digits that no bank takes.
    let payment_code = (!is_paid).then(|| "00190.00009 00000.000000 00000.000000 0 00000000029700".to_owned());
    NewCharge {
        reference: format!("sbx_ch_{}", demo.code),
        amount: demo.items.iter().map(|(_, amount)| amount).sum(),
        status: if is_paid { ChargeStatus::Paid } else { ChargeStatus::Pending },
        method,
        installments: 1,
        created_at: at,
        paid_at: is_paid.then_some(at),
        payment_code,
        payment_url: None,
        due_on: None,
        changed_at: at,
        told: Told::default(),
    }
}

fn subscription(status: SubscriptionStatus, at: Instant) -> anyhow::Result<NewSubscription> {
    let period_end = at.plus(DAY * 30);
    Ok(NewSubscription {
        status,
        plan: Some(Line::parse("Clube Luz mensal")?),
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: at,
        period_end,
        next_charge_at: Some(period_end),
        canceled_at: None,
        paid_at: Some(at),
        reference: None,
    })
}
