use leptos::prelude::*;

/// A titled part of a page. Its id lets links lead to it.
pub fn card(id: &'static str, title: String, body: impl IntoView) -> impl IntoView {
    view! { <section class="card" id=id><h2>{title}</h2>{body}</section> }
}
