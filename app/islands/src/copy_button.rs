use leptos::prelude::*;

/// Copies a text, and says so to eyes and ears. Hidden where it could not work: without JavaScript, or on a page the
/// browser does not call secure.
#[island]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: String,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// What is announced once the text is in the clipboard.
    #[prop(into)]
    done: String,
    /// Classes of the button.
    #[prop(into)]
    class: String,
) -> impl IntoView {
    let hidden = RwSignal::new(true);
    let copied = RwSignal::new(false);
    Effect::new(move |_| hidden.set(!can_copy()));
    view! {
        <button type="button" class=class hidden=move || hidden.get() on:click=move |_| copy(&text, copied)>
            {label}
        </button>
        <span role="status" class="copy-status">
            {move || if copied.get() { done.clone() } else { String::new() }}
        </span>
    }
}

#[cfg(feature = "hydrate")]
fn can_copy() -> bool {
    // The binding promises a clipboard; insecure pages have none.
    !wasm_bindgen::JsValue::from(window().navigator().clipboard()).is_undefined()
}

#[cfg(feature = "hydrate")]
fn copy(text: &str, copied: RwSignal<bool>) {
    let written = wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(text));
    // Emptied first, so that a second copy is announced again.
    copied.set(false);
    leptos::task::spawn_local(async move { copied.set(written.await.is_ok()) });
}

#[cfg(not(feature = "hydrate"))]
fn can_copy() -> bool {
    false
}

#[cfg(not(feature = "hydrate"))]
fn copy(_text: &str, _copied: RwSignal<bool>) {}
