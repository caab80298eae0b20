use crate::text::Texts;
use islands::CopyButton;
use leptos::prelude::*;

/// A code that is paid with: the button that copies it comes first, then its picture, then the code itself in one line.
pub fn copy_first(
    texts: Texts,
    code: String,
    label: String,
    picture: Option<impl IntoView + 'static>,
) -> impl IntoView {
    view! {
        <p class="copy">
            <CopyButton text=code.clone() label=label done=texts.text("copied") class="button primary"/>
        </p>
        {picture}
        <p><code class="line">{code}</code></p>
    }
}

/// A code to read out or to take along, with a button that copies it where scripts run.
pub fn copy(texts: Texts, code: String, label: String) -> impl IntoView {
    // What is short stays on one line: a number that breaks at its hyphen is read as two.
    let class = (code.len() <= 20).then_some("short");
    view! {
        <span class="copy">
            <code class=class>{code.clone()}</code>
            <CopyButton text=code label=label done=texts.text("copied") class="button small"/>
        </span>
    }
}
