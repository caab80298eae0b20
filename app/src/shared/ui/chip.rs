use leptos::prelude::*;

/// What a state means to the reader. The style gives each a colour and a sign: never colour alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Confirmed.
    Good,
    /// Look at this.
    Warn,
    /// Loss or danger.
    Bad,
    /// Under way.
    Wait,
    /// Came back, or is over: neither good nor bad.
    Calm,
}

impl Tone {
    /// The class that the style knows it by.
    pub fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Wait => "wait",
            Self::Calm => "calm",
        }
    }
}

/// A state in one or two words.
pub fn chip(tone: Tone, word: String) -> impl IntoView {
    view! { <span class=format!("chip {}", tone.class())>{word}</span> }
}
