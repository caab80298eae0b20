use crate::Ask;
#[cfg(feature = "ssr")]
use crate::ask::ask;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What became of a switch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Switched {
    /// Whether it counts now.
    pub is_saved: bool,
    /// What is said beside it: that it counts, or why it does not.
    pub words: String,
}

impl Ask for ChangeSwitch {
    type Answer = Switched;
}

/// Turns a switch of the settings on or off.
#[server(prefix = "/producer/fn", endpoint = "change_switch")]
pub async fn change_switch(
    /// For the product of this code; empty for all.
    product: String,
    /// Its name in the form.
    name: String,
    /// What it is to be.
    is_on: bool,
) -> Result<Switched, ServerFnError> {
    ask(ChangeSwitch { product, name, is_on }).await
}

/// Saves the switch with the id `name` when it is changed, and says so beside it; what is not saved goes back to what
/// it was.
///
/// Without JavaScript it is empty, and the form of the switch saves.
#[island]
pub fn LiveSwitch(
    /// Id of the switch, which is its name.
    #[prop(into)]
    name: String,
    /// The product that the page is about; empty for all.
    #[prop(into)]
    product: String,
    /// What is said when there is no answer.
    #[prop(into)]
    failed: String,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let is_saved = RwSignal::new(true);
    Effect::new(move |_| in_browser::follow(name.clone(), product.clone(), failed.clone(), (said, is_saved)));
    let class = move || if is_saved.get() { "switched" } else { "switched bad" };
    view! { <span role="status" class=class>{move || said.get()}</span> }
}

#[cfg(feature = "hydrate")]
mod in_browser {
    use super::{Switched, change_switch};
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::HtmlInputElement;

    /// What is said beside a switch, and whether that is good news.
    type Said = (RwSignal<String>, RwSignal<bool>);

    #[derive(Clone)]
    struct Switch {
        input: HtmlInputElement,
        name: String,
        product: String,
        failed: String,
        /// What it is on file.
        is_on: StoredValue<bool>,
        is_busy: StoredValue<bool>,
        said: Said,
    }

    pub(super) fn follow(name: String, product: String, failed: String, said: Said) {
        let input = document().get_element_by_id(&name).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let (is_on, is_busy) = (StoredValue::new(input.default_checked()), StoredValue::new(false));
        let switch = Switch { input, name, product, failed, is_on, is_busy, said };
        let listener = window_event_listener(leptos::ev::change, move |event| {
            let is_ours = event.target().as_ref() == Some(switch.input.as_ref());
            if is_ours && !switch.is_busy.get_value() {
                leptos::task::spawn_local(switch.clone().save());
            }
        });
        on_cleanup(move || listener.remove());
    }

    impl Switch {
        /// One call at a time: what is changed during it is saved after it, so that the last change is what counts.
        async fn save(self) {
            self.is_busy.set_value(true);
            while self.input.checked() != self.is_on.get_value() && self.save_once().await {}
            self.is_busy.set_value(false);
        }

        /// Returns whether it was saved; if not, the switch is put back.
        async fn save_once(&self) -> bool {
            let wanted = self.input.checked();
            self.say(true, String::new());
            let answer = change_switch(self.product.clone(), self.name.clone(), wanted).await;
            let lost = |_| Switched { is_saved: false, words: self.failed.clone() };
            let Switched { is_saved, words } = answer.unwrap_or_else(lost);
            if is_saved {
                self.is_on.set_value(wanted);
            } else {
                self.input.set_checked(self.is_on.get_value());
            }
            self.say(is_saved, words);
            is_saved
        }

        fn say(&self, is_good: bool, words: String) {
            self.said.1.set(is_good);
            self.said.0.set(words);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod in_browser {
    use leptos::prelude::RwSignal;

    pub(super) fn follow(_name: String, _product: String, _failed: String, _said: (RwSignal<String>, RwSignal<bool>)) {}
}
