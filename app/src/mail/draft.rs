//! What every letter is made of, and how it becomes plain text; `html` makes the other part.

use super::html;
use crate::text::Texts;
use portal::message::Words;
use types::Accent;

/// The longest code that somebody types.
const LONGEST_TO_TYPE: usize = 16;

/// A letter before it is set.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Whose buyer it goes to: the name that the reader knows, above everything else.
    pub header: Option<String>,
    /// The address of the picture beside that name.
    pub logo: Option<String>,
    /// The colour of the button.
    pub accent: Option<Accent>,
    /// The fact.
    pub subject: String,
    /// What happened, in a sentence or two.
    pub lead: String,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    /// What somebody else said, quoted as it is: a name for it, and the words.
    pub quote: Option<(String, String)>,
    /// What stands on the one button, and its address.
    pub button: Option<(String, String)>,
    /// What to do with a code, and the code.
    pub code: Option<(String, String)>,
    /// What else to know.
    pub notes: Vec<String>,
    /// Who sends this, and in which zone its hours are.
    pub footer: String,
    /// Who the producer is before the law, in lines.
    pub imprint: Vec<String>,
    /// The producer's own pages: their names and addresses.
    pub links: Vec<(String, String)>,
}

impl Draft {
    /// Both parts.
    pub(super) fn finish(self, texts: Texts) -> Words {
        let text = self.text();
        let html = html::page(&self, texts);
        Words { subject: one_line(&self.subject), text, html }
    }

    /// Returns whether its code is to be copied: too long to be typed, and for a line of a phone.
    pub(super) fn is_code_copied(&self) -> bool {
        self.code.as_ref().is_some_and(|(_, code)| code.chars().count() > LONGEST_TO_TYPE)
    }

    fn text(&self) -> String {
        let mut parts: Vec<String> = self.header.as_deref().map(one_line).into_iter().collect();
        parts.push(self.lead.clone());
        if !self.facts.is_empty() {
            parts.push(lines(&self.facts));
        }
        if let Some((name, words)) = &self.quote {
            let quoted: Vec<String> = words.lines().map(|line| format!("> {line}")).collect();
            parts.push(format!("{name}\n{}", quoted.join("\n")));
        }
        if let Some((label, address)) = &self.button {
            parts.push(format!("{label}:\n{address}"));
        }
        if let Some((help, code)) = &self.code {
            parts.push(format!("{help}\n{code}"));
        }
        parts.extend(self.notes.iter().cloned());
        let links = (!self.links.is_empty()).then(|| lines(&self.links));
        let footer: Vec<String> =
            [self.footer.clone()].into_iter().chain(self.imprint.iter().cloned()).chain(links).collect();
        parts.push(format!("--\n{}", footer.join("\n")));
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }
}

fn lines(pairs: &[(String, String)]) -> String {
    let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.join("\n")
}

/// A subject is one line whatever a product is called.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
