//! All themes, each with what it is about.

use super::Owner;
use super::theme::Theme;
use crate::page::Page;
use crate::producer::area::{self, Part};
use leptos::prelude::*;

/// The index.
pub(super) async fn show(Owner(producer): Owner) -> Page {
    let texts = area::texts(&producer);
    let lines = Theme::ALL.map(|theme| {
        let (title, about) = theme.words();
        let address = theme.place().path();
        view! { <li><a href=address>{texts.text(title)}</a><p>{texts.text(about)}</p></li> }
    });
    let title = texts.text("area-settings");
    let body = view! {
        <h1>{title.clone()}</h1>
        <ul class="themes">{lines.collect_view()}</ul>
    };
    Page::new(title, body).in_area(area::area(&producer, Part::Settings))
}
