use leptos::prelude::*;

/// Names and what they stand for.
#[derive(Default)]
pub struct Facts(Vec<(String, AnyView)>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more.
    pub fn with(mut self, name: String, value: impl IntoView + 'static) -> Self {
        self.0.push((name, value.into_any()));
        self
    }

    /// One more, if there is something to say.
    pub fn with_some(self, name: String, value: Option<impl IntoView + 'static>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// The facts as a list, one a line.
pub fn facts(facts: Facts) -> impl IntoView {
    let rows = facts.0.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}
