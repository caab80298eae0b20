//! Words that several pages use: amounts, cycles, cards, states.

use crate::html::escaped;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// `R$ 1.234,56`; a currency other than the real by its code.
pub(crate) fn money(amount: i64, currency: &str) -> String {
    let symbol = if currency == "BRL" { "R$" } else { currency };
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, cents) = (amount.unsigned_abs() / 100, amount.unsigned_abs() % 100);
    let mut digits = whole.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, '.');
    }
    format!("{sign}{symbol}\u{a0}{digits},{cents:02}")
}

/// `por mês`, `a cada 2 meses`.
pub(crate) fn every(unit: &str, count: i64) -> String {
    let (one, many) = match unit {
        "day" => ("por dia", "dias"),
        "week" => ("por semana", "semanas"),
        "year" => ("por ano", "anos"),
        _ => ("por mês", "meses"),
    };
    if count == 1 { one.to_owned() } else { format!("a cada {count} {many}") }
}

/// A card as it is on file: brand, last digits, month and year of expiry.
pub(crate) struct Card {
    pub brand: String,
    pub last4: String,
    pub exp_month: i64,
    pub exp_year: i64,
}

impl Card {
    /// From the columns of an order; none when the order has no card.
    pub(crate) fn of(row: &SqliteRow) -> sqlx::Result<Option<Self>> {
        let Some(brand) = row.try_get("card_brand")? else { return Ok(None) };
        Ok(Some(Self {
            brand,
            last4: row.try_get("card_last4")?,
            exp_month: row.try_get("card_exp_month")?,
            exp_year: row.try_get("card_exp_year")?,
        }))
    }
}

/// How something is paid: `Visa final 4242`, `Pix`.
pub(crate) fn payment(method: &str, card: Option<&Card>) -> String {
    match (method, card) {
        ("card", Some(card)) => format!("{} final {}", escaped(brand_name(&card.brand)), escaped(&card.last4)),
        ("card", None) => "Cartão".to_owned(),
        ("boleto", _) => "Boleto".to_owned(),
        ("pix", _) => "Pix".to_owned(),
        _ => "Outra forma".to_owned(),
    }
}

pub(crate) fn brand_name(brand: &str) -> &str {
    match brand {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "elo" => "Elo",
        other => other,
    }
}

/// Tone and word of an order: a refund that is not over says more than the order's own status.
pub(crate) fn order_chip(status: &str, refund: Option<&str>) -> (&'static str, &'static str) {
    match (refund, status) {
        (Some("requested"), _) => ("wait", "Reembolso em análise"),
        (Some("approved" | "reconciling"), _) => ("wait", "Reembolso em andamento"),
        (Some("sent"), _) => ("wait", "Reembolso enviado ao banco"),
        (Some("failed"), _) => ("bad", "Reembolso com problema"),
        (_, "pending") => ("warn", "Aguardando pagamento"),
        (_, "canceled") => ("calm", "Cancelado"),
        (_, "paid") => ("good", "Pago"),
        (_, "partly_refunded") => ("calm", "Reembolsado em parte"),
        (_, "disputed") => ("bad", "Em disputa no banco"),
        _ => ("calm", "Reembolsado"),
    }
}

/// Tone and word of a subscription.
pub(crate) fn plan_chip(status: &str) -> (&'static str, &'static str) {
    match status {
        "trialing" => ("good", "Em teste"),
        "active" => ("good", "Ativa"),
        "past_due" => ("warn", "Pagamento atrasado"),
        "paused" => ("wait", "Pausada"),
        "ending" => ("calm", "Cancelada, com acesso"),
        _ => ("calm", "Encerrada"),
    }
}

/// Tone and word of a charge.
pub(crate) fn charge_chip(status: &str) -> (&'static str, &'static str) {
    match status {
        "pending" => ("wait", "Aguardando"),
        "failed" => ("bad", "Não passou"),
        "paid" => ("good", "Paga"),
        "disputed" => ("bad", "Em disputa"),
        _ => ("calm", "Devolvida"),
    }
}

/// What stands in an order's address.
pub(crate) fn handle(code: &str, slug: &str, is_shared: bool) -> String {
    if is_shared { format!("{code}~{slug}") } else { code.to_owned() }
}

/// The code, and the producer's slug where two producers use the same code.
pub(crate) fn split(handle: &str) -> (&str, Option<&str>) {
    handle.split_once('~').map_or((handle, None), |(code, slug)| (code, Some(slug)))
}
