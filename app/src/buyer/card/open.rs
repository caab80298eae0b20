//! What is paid with a code: a Pix or a boleto that is open.

use crate::format::Calendar;
use crate::phrase;
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use types::Method;
use types::view::{OpenPayment, OwedView, PaymentPage};

/// How much, until when, the button that copies the code, a picture of a Pix, and the code itself.
pub(crate) fn code(
    texts: Texts,
    open: &OpenPayment,
    owed: Option<&OwedView>,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let is_pix = open.method == Method::Pix;
    let pick = |pix: &str, boleto: &str| texts.text(if is_pix { pix } else { boleto });
    let replaces = open.replaces.then(|| view! { <p>{pick("card-open-again-pix", "card-open-again-boleto")}</p> });
    let picture = is_pix.then(|| ui::qr::picture(&open.code)).flatten();
    let picture = picture.map(|picture| ui::qr::image(picture, texts.text("card-qr")));
    let page = open.url.as_deref().and_then(phrase::gateway_address).map(|url| {
        let label = pick("card-open-page-pix", "card-open-page-boleto");
        view! { <p>{ui::link_button(url, label)}</p> }
    });
    let body = view! {
        {replaces}
        <p class="amount"><strong>{phrase::money(texts, open.amount)}</strong></p>
        {deadlines(texts, open, owed, calendar)}
        {ui::copy_first(texts, open.code.clone(), pick("card-copy-pix", "card-copy-boleto"), picture)}
        {page}
    };
    ui::card("open", pick("card-open-pix", "card-open-boleto"), body)
}

/// Until when it can be paid, and until when access lasts if it is not.
fn deadlines(texts: Texts, open: &OpenPayment, owed: Option<&OwedView>, calendar: &Calendar) -> impl IntoView + use<> {
    let say = |key, deadline: String| texts.with(key, &[("deadline", (&deadline).into())]);
    let exact = open.until.map(|until| calendar.deadline(until));
    let until = exact.or_else(|| open.due_on.as_ref().map(|day| calendar.calendar_day(day)));
    let access = owed.and_then(|owed| owed.access_until).map(|until| calendar.deadline(until));
    let until = until.map(|until| say("card-open-until", until));
    let access = access.map(|until| say("card-owed-access", until));
    until.into_iter().chain(access).map(|words| view! { <p>{words}</p> }).collect_view()
}

/// What happens while a code is open: the page notices a Pix, and a card that is on file rests.
pub(super) fn meanwhile(texts: Texts, seen: &PaymentPage, open: &OpenPayment) -> impl IntoView + use<> {
    let looks = (open.method == Method::Pix).then(|| texts.text("card-open-looks"));
    let rests = (seen.payment.method == Method::Card && seen.owed.is_some()).then(|| {
        let before = phrase::payment(texts, &seen.payment);
        texts.with("card-once-open", &[("before", (&before).into())])
    });
    looks.into_iter().chain(rests).map(|words| view! { <p class="help">{words}</p> }).collect_view()
}
