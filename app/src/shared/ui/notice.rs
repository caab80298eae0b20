use super::Tone;
use leptos::prelude::*;

/// Something to know before reading on.
pub fn notice(tone: Tone, body: impl IntoView) -> impl IntoView {
    view! { <div class=format!("notice {}", tone.class())>{body}</div> }
}
