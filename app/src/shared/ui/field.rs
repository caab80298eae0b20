use islands::CodeField;
use leptos::prelude::*;
use std::fmt::Display;

/// One line to fill in: label above, help below, the error beside it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Id of the input; help and error get theirs from it.
    pub id: &'static str,
    /// Name in the form.
    pub name: &'static str,
    /// `text`, `email`, `search`.
    pub kind: &'static str,
    /// For the browser's own help: `email`, `one-time-code`; empty for none.
    pub autocomplete: &'static str,
    /// What to fill in.
    pub label: String,
    /// How; empty when the label says all.
    pub help: String,
    /// What was typed before.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether the form is useless without it.
    pub required: bool,
}

impl Field {
    pub(super) fn described_by(&self) -> Option<String> {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        let ids: Vec<String> = help.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The field with an ordinary input. No browser checks it before us: our words say what is wrong, in our language.
pub fn field(field: Field) -> impl IntoView {
    let described_by = field.described_by();
    let autocomplete = (!field.autocomplete.is_empty()).then_some(field.autocomplete);
    let invalid = field.error.is_some().then_some("true");
    let input = view! {
        <input
            class="input" id=field.id name=field.name type=field.kind value=field.value.clone() required=field.required
            autocomplete=autocomplete aria-describedby=described_by aria-invalid=invalid
        />
    };
    around(field, input)
}

/// The field for the code of a mail.
pub fn code_field(field: Field) -> impl IntoView {
    let described_by = field.described_by().unwrap_or_default();
    let invalid = field.error.is_some();
    let input = view! { <CodeField id=field.id value=field.value.clone() described_by=described_by invalid=invalid/> };
    around(field, input)
}

pub(super) fn around(field: Field, input: impl IntoView) -> impl IntoView {
    let help =
        (!field.help.is_empty()).then(|| view! { <p class="help" id=format!("{}-help", field.id)>{field.help}</p> });
    let error = field.error.map(|error| view! { <p class="error" id=format!("{}-error", field.id)>{error}</p> });
    view! {
        <div class="field">
            <label for=field.id>{field.label}</label>
            {error}
            {input}
            {help}
        </div>
    }
}

/// What is wrong with a form, on top of it. Focus goes there; each line leads to its field.
pub fn summary<Id: Display>(title: String, errors: Vec<(Id, String)>) -> impl IntoView + use<Id> {
    (!errors.is_empty()).then(|| {
        let lines = errors.into_iter().map(|(id, error)| view! { <li><a href=format!("#{id}")>{error}</a></li> });
        view! {
            <div class="notice bad" role="alert" tabindex="-1" autofocus>
                <h2>{title}</h2>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}
