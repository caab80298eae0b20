//! The chips that only those see who work with orders.

use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;
use types::DeliveryState;

/// How a call to a member area stands.
pub(super) fn delivery(texts: Texts, state: DeliveryState) -> impl IntoView {
    let (tone, key) = match state {
        DeliveryState::Sending => (Tone::Wait, "drawer-delivery-sending"),
        DeliveryState::Confirmed => (Tone::Good, "drawer-delivery-confirmed"),
        DeliveryState::Refused => (Tone::Bad, "drawer-delivery-refused"),
        DeliveryState::Dead => (Tone::Bad, "drawer-delivery-dead"),
        DeliveryState::Superseded => (Tone::Calm, "drawer-delivery-superseded"),
    };
    ui::chip(tone, texts.text(key))
}

/// How a mail stands.
pub(super) fn mail(texts: Texts, state: &str) -> impl IntoView + use<> {
    let (tone, key) = match state {
        "sent" => (Tone::Good, "drawer-mail-sent"),
        "refused" => (Tone::Bad, "drawer-mail-refused"),
        _ => (Tone::Wait, "drawer-mail-waiting"),
    };
    ui::chip(tone, texts.text(key))
}
