//! Giving money back: what, then what would happen and why, then it is done.

use super::form::back;
use super::page::named;
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part, area};
use crate::text::Texts;
use crate::ui::{self, Facts, Field, Tone};
use crate::{phrase, visitor};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::Producer;
use portal::drawer::{self, Drawer};
use portal::refund::{Gift, GiftPreview, Givable, Reason, RefundError, give as give_back, preview_gift};
use types::place::producer::Place;
use types::{Code, Currency, ItemId, Line, Money, RequestId};

/// What to give, or, once that is said, what it would do.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let code = named(&handle)?;
    let drawer = drawer::for_producer(&producer, &code).await?.ok_or(PageError::NotFound)?;
    if fields.filled("what").is_none() {
        return Ok(choice(&producer, &drawer, &fields, None).into_response());
    }
    let gift = gift(&fields, drawer.order.order.total.currency);
    match gift {
        Some(gift) => preview(&producer, &drawer, &gift, &fields, None).await,
        None => Ok(refused(&producer, &drawer, &fields, "drawer-give-nothing")),
    }
}

/// Gives it.
pub(super) async fn give(
    provable: visitor::Provable,
    Path(handle): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let (producer, code) = (&provable.producer, named(&handle)?);
    let drawer = drawer::for_producer(producer, &code).await?.ok_or(PageError::NotFound)?;
    let gift = gift(&fields, drawer.order.order.total.currency).ok_or(PageError::Unreadable)?;
    if let Ok(seen) = preview_gift(producer, &code, &gift).await {
        provable.gives(seen.amount.amount)?;
    }
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    let inside = fields.filled("inside").map(Line::parse).transpose();
    let (Ok(to_buyer), Ok(inside)) = (Line::parse(fields.one("reason")), inside) else {
        return preview(producer, &drawer, &gift, &fields, Some("drawer-give-reason-missing")).await;
    };
    match give_back(producer, &code, request, &gift, &Reason { to_buyer, inside }).await {
        Ok(_) => back(&code, "money", "said-refund-given"),
        Err(error) => not_given(producer, &drawer, &fields, error),
    }
}

/// What the fields ask for; none when they ask for nothing.
fn gift(fields: &Fields, currency: Currency) -> Option<Gift> {
    match fields.one("what") {
        "everything" => Some(Gift::Everything),
        "items" => {
            let items: Vec<ItemId> = fields.all("item").map(str::parse).collect::<Result<_, _>>().ok()?;
            (!items.is_empty()).then_some(Gift::Items(items))
        }
        "amount" => Money::parse_decimal(&decimal(fields.one("amount")), currency)
            .ok()
            .filter(|money| money.amount > 0)
            .map(|money| Gift::Amount(money.amount)),
        _ => None,
    }
}

/// An amount as people write it, `1.234,5` or `R$ 1,234.50`, with a dot before its cents and nothing else: the last
/// separator stands before cents where at most two digits follow it.
fn decimal(text: &str) -> String {
    let kept: String = text.chars().filter(|letter| letter.is_ascii_digit() || ".,".contains(*letter)).collect();
    match kept.rfind(['.', ',']) {
        Some(at) if kept.len() - at <= 3 => {
            let whole: String = kept[..at].chars().filter(char::is_ascii_digit).collect();
            let cents = &kept[at + 1..];
            if cents.is_empty() { whole } else { format!("{whole}.{cents:0<2}") }
        }
        _ => kept.chars().filter(char::is_ascii_digit).collect(),
    }
}

async fn preview(
    producer: &Producer,
    drawer: &Drawer,
    gift: &Gift,
    fields: &Fields,
    wrong: Option<&'static str>,
) -> Result<Response, PageError> {
    match preview_gift(producer, &drawer.order.order.code, gift).await {
        Ok(seen) => {
            let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            Ok(confirmation(producer, drawer, &seen, fields, wrong).with_status(status).into_response())
        }
        Err(error) => not_given(producer, drawer, fields, error),
    }
}

/// Why nothing is given.
fn not_given(producer: &Producer, drawer: &Drawer, fields: &Fields, error: RefundError) -> Result<Response, PageError> {
    let words = match error {
        RefundError::NotFound => return Err(PageError::NotFound),
        RefundError::Database(error) => return Err(error.into()),
        RefundError::OtherRequest => return Err(PageError::Unreadable),
        RefundError::OutOfReach { .. } => "drawer-give-too-much",
        _ => "drawer-give-gone",
    };
    Ok(refused(producer, drawer, fields, words))
}

fn refused(producer: &Producer, drawer: &Drawer, fields: &Fields, words: &'static str) -> Response {
    choice(producer, drawer, fields, Some(words)).with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

fn framed(producer: &Producer, drawer: &Drawer, title: String, body: impl IntoView) -> Page {
    Page::new(title, body).in_zone(&drawer.producer.time_zone).in_area(area(producer, Part::Orders))
}

/// The way back to the order.
fn way_back(texts: Texts, code: &Code) -> impl IntoView + use<> {
    let order = Place::Order { handle: code.as_str() }.path();
    view! { <p class="back"><a href=order>{texts.with("drawer-back-to", &[("code", code.as_str().into())])}</a></p> }
}

/// What may be given.
fn choice(producer: &Producer, drawer: &Drawer, fields: &Fields, wrong: Option<&'static str>) -> Page {
    let texts = area::texts(producer);
    let code = &drawer.order.order.code;
    let notice = wrong
        .map(|words| ui::notice(Tone::Bad, view! { <p role="alert" tabindex="-1" autofocus>{texts.text(words)}</p> }));
    let form = match &drawer.acts.refund {
        Ok(givable) => form(texts, code, givable, fields).into_any(),
        Err(error) => crate::drawer::untold(texts, error).map(|words| view! { <p>{words}</p> }).into_any(),
    };
    let title = texts.text("drawer-give");
    let body = view! { {way_back(texts, code)}<h1>{title.clone()}</h1>{notice}{form} };
    framed(producer, drawer, title, body)
}

fn form(texts: Texts, code: &Code, givable: &Givable, fields: &Fields) -> impl IntoView + use<> {
    let left = phrase::money(texts, givable.left);
    let what = fields.filled("what").unwrap_or("everything");
    let choice = |value: &'static str, label: String| {
        view! {
            <label class="choice">
                <input type="radio" name="what" value=value checked={what == value} required/><span>{label}</span>
            </label>
        }
    };
    let items = givable.items.iter().map(|(id, name, amount)| {
        let is_ticked = fields.all("item").any(|item| item == id.to_string());
        view! {
            <label class="choice inner">
                <input type="checkbox" name="item" value=id.to_string() checked=is_ticked/>
                <span>{name.clone()}</span><span class="money">{phrase::money(texts, *amount)}</span>
            </label>
        }
    });
    let items = (givable.items.len() > 1).then(|| {
        view! { {choice("items", texts.text("drawer-give-items"))}{items.collect_view()} }
    });
    let amount = Field {
        id: "amount",
        name: "amount",
        kind: "text",
        autocomplete: "off",
        label: texts.text("drawer-give-how-much"),
        help: texts.text("drawer-give-amount-help"),
        value: fields.one("amount").to_owned(),
        ..Field::default()
    };
    let everything = texts.with("drawer-give-everything", &[("amount", (&left).into())]);
    view! {
        <form class="card" method="get" action=Place::OrderRefund { handle: code.as_str() }.path()>
            <fieldset>
                <legend>{texts.text("drawer-give-what")}</legend>
                {choice("everything", everything)}
                {items}
                {choice("amount", texts.text("drawer-give-amount"))}
            </fieldset>
            {ui::field(amount)}
            {ui::submit(texts.text("drawer-give-on"))}
        </form>
    }
}

/// What it would do, and the words for it.
fn confirmation(
    producer: &Producer,
    drawer: &Drawer,
    seen: &GiftPreview,
    fields: &Fields,
    wrong: Option<&'static str>,
) -> Page {
    let texts = area::texts(producer);
    let code = &drawer.order.order.code;
    let amount = phrase::money(texts, seen.amount);
    let press = texts.with("drawer-give-now", &[("amount", (&amount).into())]);
    let title = texts.text("drawer-give");
    let error = wrong.map(|words| texts.text(words));
    let errors = error.clone().map(|error| ("reason", error)).into_iter().collect();
    let reason = Field {
        id: "reason",
        name: "reason",
        kind: "text",
        label: texts.text("drawer-reason-buyer"),
        help: texts.text("drawer-reason-buyer-help"),
        value: fields.one("reason").to_owned(),
        error,
        required: true,
        ..Field::default()
    };
    let inside = Field {
        id: "inside",
        name: "inside",
        kind: "text",
        label: texts.text("drawer-reason-inside"),
        help: texts.text("drawer-reason-inside-help"),
        value: fields.one("inside").to_owned(),
        ..Field::default()
    };
    let kept = ["what", "amount", "item"].into_iter().flat_map(|name| fields.all(name).map(move |value| (name, value)));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned()/> });
    let number = match fields.filled("request") {
        Some(number) => number.to_owned(),
        None => producer.portal().new_id().to_string(),
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        {way_back(texts, code)}
        <h1>{title.clone()}</h1>
        <section class="card">
            <p class="amount"><span>{texts.text("receipt-amount")}</span><strong>{amount}</strong></p>
            {ui::facts(effects(texts, drawer, seen))}
        </section>
        <form class="card" method="post" action=Place::OrderRefund { handle: code.as_str() }.path()>
            {super::acts::hidden(number)}
            {kept.collect_view()}
            {ui::field(reason)}
            {ui::field(inside)}
            {ui::submit(press)}
        </form>
    };
    framed(producer, drawer, title, body)
}

/// To whom, by which way, and what goes with it.
fn effects(texts: Texts, drawer: &Drawer, seen: &GiftPreview) -> Facts {
    let way = |part: &types::view::PaybackView| {
        let (least, most) = part.bank_days;
        let amount = phrase::money(texts, part.amount);
        let (amount, method) = (("amount", (&amount).into()), phrase::method(texts, part.method));
        let words = [amount, ("method", (&method).into()), ("least", least.into()), ("most", most.into())];
        texts.with("drawer-give-way", &words)
    };
    let ways = seen.parts.iter().map(|part| view! { <p>{way(part)}</p> }).collect_view();
    let by_hand = seen.is_by_hand.then(|| {
        let words = [("gateway", (&drawer.order.gateway).into())];
        view! { <p>{texts.with("drawer-give-by-hand", &words)}</p> }
    });
    let payee = seen.needs_payee.then(|| view! { <p>{texts.text("drawer-give-payee")}</p> });
    let access = match seen.access_lost.as_slice() {
        [] => texts.text("drawer-give-access-stays"),
        lost => texts.with("drawer-give-access-ends", &[("items", (&lost.join(", ")).into())]),
    };
    Facts::new()
        .with(texts.text("drawer-name"), format!("{} ({})", drawer.buyer.name, drawer.buyer.email))
        .with_some(texts.text("drawer-items"), Some(seen.items.join(", ")).filter(|items| !items.is_empty()))
        .with(texts.text("drawer-give-how"), view! { {ways}{by_hand}{payee} })
        .with(texts.text("drawer-access"), access)
        .with_some(
            texts.text("drawer-subscription"),
            seen.ends_subscription.then(|| texts.text("drawer-give-subscription-ends")),
        )
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (typed, read) in [
            ("12,50", "12.50"),
            ("R$ 1.234,5", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234", "1234"),
            ("300", "300"),
            ("12,", "12"),
            ("abc", ""),
        ] {
            assert_eq!(decimal(typed), read, "{typed}");
        }
    }
}
