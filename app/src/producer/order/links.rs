//! Links to places of the order: as text to copy, by mail, and in words for WhatsApp. A link is no credential: whoever
//! opens it can only cause a mail to the buyer.

use super::acts::hidden;
use crate::drawer::Look;
use crate::refill::Met;
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portal::drawer::Link;
use types::LinkPlace;
use types::place::producer::Place;

/// The links that lead somewhere now.
pub(super) fn links(look: Look<'_>, met: &Met<'_>, number: &dyn Fn() -> String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let lines = drawer.links.iter().map(|link| line(look, link, number())).collect_view();
    view! {
        {met.notice(texts, "links")}
        <p class="help">{texts.text("drawer-links-help")}</p>
        <ul class="entries">{lines}</ul>
    }
}

fn line(look: Look<'_>, link: &Link, number: String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let send = drawer.acts.sends_links.then(|| {
        view! {
            <form method="post" action=Place::OrderLink { handle: drawer.order.order.code.as_str() }.path()>
                {hidden(number)}
                <input type="hidden" name="place" value=link.place.as_str()/>
                {ui::quiet_submit(texts.text("drawer-link-mail"))}
            </form>
        }
    });
    let name = texts.text(name(link.place));
    let words = words(look, link);
    let whatsapp = match drawer.buyer.phone.as_deref().and_then(whatsapp_number) {
        Some(number) => {
            let text = utf8_percent_encode(&words, NON_ALPHANUMERIC);
            let address = format!("https://wa.me/{number}?text={text}");
            view! {
                <a class="button" href=address target="_blank" rel="noopener noreferrer">
                    {texts.text("drawer-link-whatsapp")}
                </a>
            }
            .into_any()
        }
        None => view! {
            <details class="more">
                <summary>{texts.text("drawer-link-words")}</summary>
                {ui::copy(texts, words, texts.text("drawer-link-copy-words"))}
            </details>
        }
        .into_any(),
    };
    view! {
        <li class="link">
            <strong>{name}</strong>
            {ui::copy(texts, link.url.clone(), copy_label(texts))}
            <div class="acts">{send}{whatsapp}</div>
        </li>
    }
}

fn copy_label(texts: Texts) -> String {
    texts.text("drawer-link-copy")
}

fn name(place: LinkPlace) -> &'static str {
    match place {
        LinkPlace::Order => "drawer-link-order",
        LinkPlace::Card => "drawer-link-card",
        LinkPlace::Cancel => "drawer-link-cancel",
        LinkPlace::Refund => "drawer-link-refund",
        LinkPlace::Plan => "drawer-link-plan",
    }
}

/// What one writes to a buyer who asked.
fn words(look: Look<'_>, link: &Link) -> String {
    let Look { texts, drawer, .. } = look;
    let key = match link.place {
        LinkPlace::Order => "drawer-words-order",
        LinkPlace::Card => "drawer-words-card",
        LinkPlace::Cancel => "drawer-words-cancel",
        LinkPlace::Refund => "drawer-words-refund",
        LinkPlace::Plan => "drawer-words-plan",
    };
    let first = drawer.buyer.name.split_whitespace().next().unwrap_or_default();
    let product = drawer.order.items.first().map(|item| item.name.as_str()).unwrap_or_default();
    texts.with(key, &[("name", first.into()), ("product", product.into()), ("url", (&link.url).into())])
}

/// The digits that WhatsApp wants, with the country's: a number of 10 or 11 digits without a plus is Brazilian.
fn whatsapp_number(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        _ if phone.trim_start().starts_with('+') => Some(digits),
        10 | 11 => Some(format!("55{digits}")),
        12..=15 => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::whatsapp_number;

    #[test]
    fn a_number_gets_its_country_once() {
        for (phone, number) in [
            ("(11) 99999-0001", Some("5511999990001")),
            ("+55 11 99999-0001", Some("5511999990001")),
            ("5511999990001", Some("5511999990001")),
            ("+1 212 555 0100", Some("12125550100")),
            ("99990001", None),
        ] {
            assert_eq!(whatsapp_number(phone).as_deref(), number, "{phone}");
        }
    }
}
