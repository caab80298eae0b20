use leptos::prelude::*;

/// An act that hurts, or that nobody can take back.
pub struct Hurts {
    /// Where its form is posted to.
    pub action: String,
    /// What its button says.
    pub label: String,
    /// The same with the name of the thing: in a list several buttons say the same.
    pub of: String,
    /// What happens, in a sentence.
    pub effect: String,
}

/// What happens is said before there is a button that does it.
pub fn hurts(Hurts { action, label, of, effect }: Hurts) -> impl IntoView {
    view! {
        <details class="more">
            <summary aria-label=of.clone()>{label.clone()}</summary>
            <form method="post" action=action>
                <p class="help">{effect}</p>
                <button class="button small" aria-label=of>{label}</button>
            </form>
        </details>
    }
}
