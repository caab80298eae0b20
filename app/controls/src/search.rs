use crate::Ask;
#[cfg(feature = "ssr")]
use crate::ask::ask;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was found while one types.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What stands below the box, as the page renders it.
    pub html: String,
    /// How much it is, for ears.
    pub said: String,
    /// The address of the page that shows the same.
    pub address: String,
}

impl Ask for FindOrders {
    type Answer = Option<Finding>;
}

impl Ask for FindForStaff {
    type Answer = Option<Finding>;
}

/// The producer's orders for which a form asks, given as its address would have it; none where the page would say what
/// is wrong with it.
#[server(prefix = "/producer/fn", endpoint = "find_orders")]
pub async fn find_orders(
    /// What stands behind the `?`.
    asked: String,
) -> Result<Option<Finding>, ServerFnError> {
    ask(FindOrders { asked }).await
}

/// The same of the staff's one box.
#[server(prefix = "/admin/fn", endpoint = "find_for_staff")]
pub async fn find_for_staff(
    /// What stands behind the `?`.
    asked: String,
) -> Result<Option<Finding>, ServerFnError> {
    ask(FindForStaff { asked }).await
}

/// Finds while one types in the box with the id `field`: after a short pause what is found stands in the element with
/// the id `list`, and its number is announced.
///
/// Without JavaScript it is empty, and the form of the box finds.
#[island]
pub fn LiveSearch(
    /// Id of the box, which stands in its form.
    #[prop(into)]
    field: String,
    /// Id of what is replaced.
    #[prop(into)]
    list: String,
    /// Whether the staff asks.
    is_for_staff: bool,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    Effect::new(move |_| in_browser::follow(&field, &list, is_for_staff, said));
    view! { <p class="heard" role="status">{move || said.get()}</p> }
}

/// Whether so much is looked for: one letter begins everything. An empty box asks for what the page shows without it.
#[cfg(any(test, feature = "hydrate"))]
fn is_enough(text: &str) -> bool {
    text.trim().chars().count() != 1
}

#[cfg(feature = "hydrate")]
mod in_browser {
    use super::{Finding, find_for_staff, find_orders, is_enough};
    use leptos::prelude::*;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, FormData, HtmlInputElement, UrlSearchParams};

    /// How long somebody has stopped typing when it is asked.
    const PAUSE: Duration = Duration::from_millis(250);

    /// The box, what is replaced, and the number of the last question.
    #[derive(Clone)]
    struct Search {
        input: HtmlInputElement,
        list: Element,
        is_for_staff: bool,
        last: StoredValue<u32>,
        said: RwSignal<String>,
    }

    pub(super) fn follow(field: &str, list: &str, is_for_staff: bool, said: RwSignal<String>) {
        let by_id = |id| document().get_element_by_id(id);
        let input = by_id(field).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
        let (Some(input), Some(list)) = (input, by_id(list)) else { return };
        let search = Search { input, list, is_for_staff, last: StoredValue::new(0), said };
        // What was typed before the code was here counts too.
        if search.input.value() != search.input.default_value() {
            search.wait();
        }
        let listener = window_event_listener(leptos::ev::input, move |event| {
            if event.target().as_ref() == Some(search.input.as_ref()) {
                search.wait();
            }
        });
        on_cleanup(move || listener.remove());
    }

    impl Search {
        /// Asks, unless something else is typed before the pause is over.
        fn wait(&self) {
            let number = self.last.get_value().wrapping_add(1);
            self.last.set_value(number);
            if !is_enough(&self.input.value()) {
                return;
            }
            let search = self.clone();
            let ask = move || {
                if search.last.get_value() == number {
                    leptos::task::spawn_local(search.ask(number));
                }
            };
            set_timeout(ask, PAUSE);
        }

        /// Shows what is found. An answer to an earlier question says nothing any more, and without one the page stays
        /// as it is.
        async fn ask(self, number: u32) {
            let Some(asked) = self.asked() else { return };
            // Emptied first, so that the same number is announced again.
            self.said.set(String::new());
            let found = if self.is_for_staff { find_for_staff(asked).await } else { find_orders(asked).await };
            if let Ok(Some(found)) = found
                && self.last.get_value() == number
            {
                self.show(found);
            }
        }

        /// What the form of the box would send.
        fn asked(&self) -> Option<String> {
            let form = FormData::new_with_form(&self.input.form()?).ok()?;
            let pairs = UrlSearchParams::new_with_str_sequence_sequence(&form).ok()?;
            pairs.to_string().as_string()
        }

        /// Whoever went into the list meanwhile is not to lose the place.
        fn show(&self, found: Finding) {
            let place = document().active_element();
            if place.is_some_and(|place| self.list.contains(Some(&place))) {
                return;
            }
            self.list.set_inner_html(&found.html);
            self.said.set(found.said);
            if let Ok(history) = window().history() {
                // Refused only when it happens hundreds of times in a moment.
                let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&found.address));
            }
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod in_browser {
    use leptos::prelude::RwSignal;

    pub(super) fn follow(_field: &str, _list: &str, _is_for_staff: bool, _said: RwSignal<String>) {}
}

#[cfg(test)]
mod tests {
    use super::is_enough;

    #[test]
    fn one_letter_is_too_little_and_an_empty_box_asks_for_everything() {
        for (text, expected) in [("", true), ("  ", true), ("a", false), (" ã ", false), ("an", true)] {
            assert_eq!(is_enough(text), expected, "{text:?}");
        }
    }
}
