//! Setting the second step up: a picture for the authenticator, the secret as text, and the first code; then the codes
//! for the day on which it is lost.

use super::sign_in::code_field;
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Field, Tone, qr};
use leptos::prelude::*;
use portal::login::SetUp;

/// Shows what an authenticator is to keep, and asks for its first code at `action`.
pub(crate) fn set_up(texts: Texts, waits: &SetUp, action: String, next: &str, error: Option<&'static str>) -> Page {
    let title = texts.text("second-step-title");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("code", error)).into_iter().collect();
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{texts.text("second-step-lead")}</p>
        <div class="card">
            <ol>
                <li>{texts.text("second-step-app")}</li>
                <li>{texts.text("second-step-scan")}{picture(texts, &waits.address)}</li>
                <li>
                    {texts.text("second-step-type")}" "<code>{waits.secret.clone()}</code>
                    <p class="help"><a href=waits.address.clone()>{texts.text("second-step-open")}</a></p>
                </li>
            </ol>
            <form method="post" action=action novalidate>
                <input type="hidden" name="next" value=next.to_owned()/>
                {ui::field(Field { help: texts.text("second-step-code-help"), ..code_field(texts, error) })}
                {ui::submit(texts.text("second-step-confirm"))}
            </form>
        </div>
    };
    Page::new(title, body)
}

fn picture(texts: Texts, address: &str) -> Option<impl IntoView + use<>> {
    let picture = qr::picture(address)?;
    Some(ui::qr::image(picture, texts.text("second-step-picture")))
}

/// The codes, which are seen this once; `on` is where to go on.
pub(crate) fn codes(texts: Texts, codes: &[String], on: String) -> Page {
    let title = texts.text("recovery-title");
    let lines = codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> });
    let body = view! {
        <h1>{title.clone()}</h1>
        {ui::notice(Tone::Warn, view! { <p>{texts.text("recovery-once")}</p> })}
        <div class="card">
            <ul class="codes">{lines.collect_view()}</ul>
            <p>{ui::primary_link(&on, texts.text("recovery-kept"))}</p>
        </div>
    };
    Page::new(title, body)
}
