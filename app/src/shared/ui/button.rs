use leptos::prelude::*;

/// The one primary button of a form.
pub fn submit(label: String) -> impl IntoView {
    view! { <button class="button primary">{label}</button> }
}

/// A quiet button of a form.
pub fn quiet_submit(label: String) -> impl IntoView {
    view! { <button class="button">{label}</button> }
}

/// The primary action of a page when it leads somewhere.
pub fn primary_link(href: &str, label: String) -> impl IntoView + use<> {
    view! { <a class="button primary" href=href.to_owned()>{label}</a> }
}

/// A quiet action that leads somewhere.
pub fn link_button(href: &str, label: String) -> impl IntoView + use<> {
    view! { <a class="button" href=href.to_owned()>{label}</a> }
}
