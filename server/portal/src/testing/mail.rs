//! Letters that can be read.

use crate::message::{Content, Draft, Words, Writer};
use crate::sign_in;

/// Writes a mail as the debug text of its content, with link and code alone on their lines. Its subject is the word of
/// its kind.
pub struct PlainWriter;

impl Writer for PlainWriter {
    fn write(&self, draft: &Draft<Content>, _: &str) -> Words {
        let text = match &draft.content {
            Content::SignIn(sign_in::Content::Link { url, code, .. }) => format!("{url}\n{code}\n"),
            content => format!("{content:?}"),
        };
        let words = draft.content.kind().as_str().split('_');
        let subject = words.map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect();
        Words { subject, html: text.clone(), text }
    }
}
