use leptos::prelude::*;
use types::PictureName;
use types::place::shared::Place;

/// A product's picture beside its name, which says what it shows; nothing where there is none.
pub(crate) fn picture(picture: Option<&PictureName>) -> Option<impl IntoView + use<>> {
    let address = Place::Picture { picture: picture?.as_str() }.path();
    Some(view! { <img class="picture" src=address alt="" width="48" height="48" loading="lazy"/> })
}
