//! What a form on a page of several met that was not taken: which one, why, and what was typed.

use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;

/// What a form met.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Met<'a> {
    /// Which form or block; empty when all is well.
    pub(crate) block: &'static str,
    /// The key of the words that say why.
    pub(crate) words: &'static str,
    /// What was typed into its first field.
    pub(crate) typed: &'a str,
}

impl Met<'_> {
    /// The key of the words, if it is this form.
    pub(crate) fn at(&self, block: &str) -> Option<&'static str> {
        (self.block == block && !block.is_empty()).then_some(self.words)
    }

    /// What was typed into this form.
    pub(crate) fn typed(&self, block: &str) -> String {
        self.at(block).map(|_| self.typed.to_owned()).unwrap_or_default()
    }

    /// Why this block's form was not taken.
    pub(crate) fn notice(&self, texts: Texts, block: &str) -> Option<impl IntoView + use<>> {
        let words = texts.text(self.at(block)?);
        Some(ui::notice(Tone::Bad, view! { <p role="alert" tabindex="-1" autofocus>{words}</p> }))
    }
}
