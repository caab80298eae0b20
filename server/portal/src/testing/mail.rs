//! Letters that can be read.

use crate::message::{Content, Message, Words, Writer};

/// Writes a message as its own debug text, with link and code alone on their lines.
pub struct PlainWriter;

impl Writer for PlainWriter {
    fn write(&self, message: &Message) -> Words {
        let text = match &message.content {
            Content::SignInLink { url, code, .. } => format!("{url}\n{code}\n"),
            content => format!("{content:?}"),
        };
        let subject = format!("{:?}", message.content).chars().take_while(|letter| letter.is_alphanumeric()).collect();
        Words { subject, html: text.clone(), text }
    }
}
