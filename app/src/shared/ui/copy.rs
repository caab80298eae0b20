use crate::text::Texts;
use islands::CopyButton;
use leptos::prelude::*;

/// A code to read out or to take along, with a button that copies it where scripts run.
pub fn copy(texts: Texts, code: String, label: String) -> impl IntoView {
    view! {
        <span class="copy">
            <code>{code.clone()}</code>
            <CopyButton text=code label=label done=texts.text("copied") class="button small"/>
        </span>
    }
}
