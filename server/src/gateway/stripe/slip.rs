//! What a boleto or Pix is made with.

use super::failure::Failure;
use super::form::Form;
use super::no;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use portal::ports::{ChargeInstruction, Payer};
use std::time::Duration;
use types::{Instant, Line, PostalAddress, TaxId};

/// How many days a boleto is payable by itself, and at most.
const BOLETO_DAYS: (i64, i64) = (3, 60);
const DAY: Duration = Duration::from_secs(86_400);
/// How long a Pix is payable by itself, and at most.
const PIX_LIFE: (Duration, Duration) = (DAY, Duration::from_secs(14 * 86_400));
/// Until the end of a day there a boleto is payable.
const ZONE: &str = "America/Sao_Paulo";

/// A boleto is made out to somebody: without name, tax id and address Stripe makes none.
pub(super) fn boleto(form: Form, instruction: &ChargeInstruction, now: Instant) -> Result<Form, Failure> {
    let made_out = instruction.payer.as_ref().and_then(MadeOut::to);
    let MadeOut { name, tax_id, line1, city, state, postal_code, country } =
        made_out.ok_or_else(|| no("a boleto needs the buyer's name, CPF or CNPJ and address"))?;
    let address = |part: &str| format!("payment_method_data[billing_details][address][{part}]");
    Ok(form
        .with("payment_method_data[type]", "boleto")
        .with("payment_method_data[boleto][tax_id]", tax_id)
        .with("payment_method_data[billing_details][name]", name)
        .with("payment_method_data[billing_details][email]", &instruction.email)
        .with(address("line1"), line1)
        .with(address("city"), city)
        .with(address("state"), state)
        .with(address("postal_code"), postal_code)
        .with(address("country"), country)
        .with_some("payment_method_options[boleto][expires_after_days]", days(instruction.pay_until, now)))
}

pub(super) fn pix(form: Form, instruction: &ChargeInstruction, now: Instant) -> Form {
    form.with("payment_method_data[type]", "pix")
        .with("payment_method_data[billing_details][email]", &instruction.email)
        .with_some("payment_method_data[billing_details][name]", instruction.payer.as_ref().map(|payer| &payer.name))
        .with_some("payment_method_options[pix][expires_at]", expiry(instruction.pay_until, now).map(Instant::seconds))
}

struct MadeOut<'a> {
    name: &'a str,
    tax_id: &'a TaxId,
    line1: String,
    city: &'a str,
    state: &'a str,
    postal_code: &'a str,
    country: &'a str,
}

impl<'a> MadeOut<'a> {
    fn to(Payer { name, tax_id, address }: &'a Payer) -> Option<Self> {
        let PostalAddress { street, number, complement, city, state, postal_code, country, .. } = address;
        let first = [Some(street.as_ref()?), number.as_ref(), complement.as_ref()];
        Some(Self {
            name,
            tax_id: tax_id.as_ref()?,
            line1: first.into_iter().flatten().map(Line::as_str).collect::<Vec<_>>().join(", "),
            city: city.as_ref()?.as_str(),
            state: state.as_ref()?.as_str(),
            postal_code: postal_code.as_ref()?.as_str(),
            country: country.as_ref().map_or("BR", Line::as_str),
        })
    }
}

/// In how many calendar days a boleto ends that must be payable until then; none where it is by itself.
fn days(until: Option<Instant>, now: Instant) -> Option<i64> {
    let zone = TimeZone::get(ZONE).ok()?;
    let day =
        |at: Instant| Timestamp::from_second(at.seconds()).ok().map(|at| at.to_zoned_datetime(zone.clone()).date());
    let span = day(now)?.until((Unit::Day, day(until?)?)).ok()?;
    let (least, most) = BOLETO_DAYS;
    let days = i64::from(span.get_days());
    (days > least).then_some(days.min(most))
}

/// When a Pix ends that must be payable until then; none where it is by itself. Later than Stripe lets it live, it ends
/// with the last whole day: a second call with the same key then says the same.
fn expiry(until: Option<Instant>, now: Instant) -> Option<Instant> {
    let (least, most) = PIX_LIFE;
    let longest = now.plus(most).seconds().div_euclid(86_400) * 86_400;
    let until = until.filter(|until| *until > now.plus(least))?;
    Some(until.min(Instant::from_seconds(longest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{Currency, Method, Money};

    /// 2026-11-30, 21:00 in São Paulo.
    const NOW: Instant = Instant::from_seconds(1_796_083_200);

    fn instruction(payer: Option<Payer>) -> ChargeInstruction {
        ChargeInstruction {
            key: "k".to_owned(),
            account: "luz".to_owned(),
            amount: Money::new(4_990, Currency::BRL),
            method: Method::Boleto,
            card: None,
            installments: 1,
            pay_until: None,
            email: "ana@example.com".to_owned(),
            payer,
            description: "Clube Luz".to_owned(),
            return_url: "https://portal.example/back".to_owned(),
        }
    }

    fn ana() -> Payer {
        let line = |text: &str| Line::parse(text).ok();
        let address = PostalAddress {
            street: line("Rua das Flores"),
            number: line("120"),
            city: line("São Paulo"),
            state: line("SP"),
            postal_code: line("01001000"),
            ..PostalAddress::default()
        };
        Payer { name: "Ana Souza".to_owned(), tax_id: TaxId::parse("52998224725").ok(), address }
    }

    #[test]
    fn a_boleto_is_made_out_to_the_buyer_or_refused() {
        let form = boleto(Form::new(), &instruction(Some(ana())), NOW).unwrap();
        let value = |name: &str| form.value(name).map(str::to_owned);
        assert_eq!(value("payment_method_data[billing_details][address][line1]").unwrap(), "Rua das Flores, 120");
        assert_eq!(value("payment_method_data[billing_details][address][country]").unwrap(), "BR");
        assert_eq!(value("payment_method_data[boleto][tax_id]").unwrap(), "529.982.247-25");
        assert_eq!(value("payment_method_options[boleto][expires_after_days]"), None);
        let without_id = Payer { tax_id: None, ..ana() };
        let without_address = Payer { address: PostalAddress::default(), ..ana() };
        for payer in [None, Some(without_id), Some(without_address)] {
            assert!(matches!(boleto(Form::new(), &instruction(payer), NOW), Err(Failure::No(_))));
        }
    }

    #[test]
    fn days_of_a_boleto_are_days_in_sao_paulo() {
        let after = |hours: u64| Some(NOW.plus(Duration::from_secs(hours * 3600)));
        assert_eq!(days(None, NOW), None);
        assert_eq!(days(after(3 * 24), NOW), None, "payable by itself");
        assert_eq!(days(after(3 * 24 + 4), NOW), Some(4), "after midnight there");
        assert_eq!(days(after(7 * 24), NOW), Some(7));
        assert_eq!(days(after(90 * 24), NOW), Some(60));
    }

    #[test]
    fn a_pix_lives_a_day_by_itself_and_two_weeks_at_most() {
        let after = |hours: u64| Some(NOW.plus(Duration::from_secs(hours * 3600)));
        assert_eq!(expiry(None, NOW), None);
        assert_eq!(expiry(after(24), NOW), None);
        assert_eq!(expiry(after(25), NOW), after(25));
        let (first, second) = (expiry(after(999), NOW).unwrap(), expiry(after(999), NOW.plus(Duration::from_secs(60))));
        assert_eq!(Some(first), second, "the same again a minute later");
        assert!(first <= NOW.plus(Duration::from_secs(14 * 86_400)));
    }
}
