//! What every letter is made of, and how it becomes plain text and plain HTML: one column, one button, no pictures,
//! nothing from outside.

use crate::text::Texts;
use crate::ui::escape;
use portal::message::Words;

/// The longest code that somebody types.
const LONGEST_TO_TYPE: usize = 16;

/// A letter before it is set.
#[derive(Debug, Default)]
pub(super) struct Draft {
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
    /// Who sends this.
    pub footer: String,
}

impl Draft {
    /// Both parts.
    pub(super) fn finish(self, texts: Texts) -> Words {
        let text = self.text();
        let html = self.html(texts);
        Words { subject: one_line(&self.subject), text, html }
    }

    fn text(&self) -> String {
        let mut parts = vec![self.lead.clone()];
        if !self.facts.is_empty() {
            let lines: Vec<String> = self.facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            parts.push(lines.join("\n"));
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
        parts.push(format!("--\n{}", self.footer));
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }

    fn html(&self, texts: Texts) -> String {
        let mut html = String::with_capacity(4096);
        html.push_str(&format!(
            "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{}</title></head>",
            texts.language().tag(),
            escape(&self.subject)
        ));
        html.push_str(
            "<body style=\"margin:0;padding:24px 16px;\
             font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif\">",
        );
        html.push_str("<div style=\"max-width:560px;margin:0 auto\">\n");
        html.push_str(&format!("<p style=\"font-size:18px\">{}</p>\n", escape(&self.lead)));
        self.html_facts(&mut html);
        self.html_quote(&mut html);
        self.html_button(&mut html, texts);
        self.html_code(&mut html);
        for note in &self.notes {
            html.push_str(&format!("<p>{}</p>\n", escape(note)));
        }
        html.push_str(&format!(
            "<p style=\"margin-top:32px;font-size:14px;opacity:.75\">{}</p>\n",
            escape(&self.footer)
        ));
        html.push_str("</div></body></html>\n");
        html
    }

    fn html_facts(&self, html: &mut String) {
        if self.facts.is_empty() {
            return;
        }
        html.push_str("<table role=\"presentation\" style=\"border-collapse:collapse\">\n");
        for (name, value) in &self.facts {
            let (name, value) = (escape(name), escape(value));
            html.push_str(&format!(
                "<tr><td style=\"padding:2px 16px 2px 0;vertical-align:top;opacity:.75\">{name}</td>\
                 <td style=\"padding:2px 0\">{value}</td></tr>\n"
            ));
        }
        html.push_str("</table>\n");
    }

    fn html_quote(&self, html: &mut String) {
        if let Some((name, words)) = &self.quote {
            let (name, words) = (escape(name), escape(words).replace('\n', "<br>"));
            html.push_str(&format!(
                "<p style=\"margin-bottom:4px\">{name}</p>\n\
                 <blockquote style=\"margin:0;padding:8px 12px;border-left:3px solid #888\">{words}</blockquote>\n"
            ));
        }
    }

    fn html_button(&self, html: &mut String, texts: Texts) {
        if let Some((label, address)) = &self.button {
            let (label, address) = (escape(label), escape(address));
            html.push_str(&format!(
                "<p style=\"margin:24px 0\"><a href=\"{address}\" \
                 style=\"display:inline-block;padding:12px 24px;border-radius:10px;\
                 background:#1d4f91;color:#ffffff;text-decoration:none;font-weight:600\">{label}</a></p>\n\
                 <p style=\"font-size:14px;word-break:break-all\">{}<br><a href=\"{address}\">{address}</a></p>\n",
                escape(&texts.text("mail-address-below"))
            ));
        }
    }

    fn html_code(&self, html: &mut String) {
        if let Some((help, code)) = &self.code {
            // A code to type is large; one to copy is four screens wide on a phone, and breaks anywhere.
            let style = match code.chars().count() {
                ..=LONGEST_TO_TYPE => "font:600 24px/1.5 ui-monospace,Consolas,monospace;letter-spacing:2px",
                _ => {
                    "padding:12px;border:1px solid #c9c4b8;border-radius:10px;\
                     font:14px/1.5 ui-monospace,Consolas,monospace;word-break:break-all"
                }
            };
            let (help, code) = (escape(help), escape(code));
            html.push_str(&format!(
                "<p style=\"margin-bottom:4px\">{help}</p>\n<p style=\"margin-top:0;{style}\">{code}</p>\n"
            ));
        }
    }
}

/// A subject is one line whatever a product is called.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
