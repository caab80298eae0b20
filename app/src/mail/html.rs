//! A letter as HTML: one column, one button, no picture but the seller's own, nothing from outside.
//!
//! Outlook for Windows sets a letter with the engine of a word processor. It knows tables and their attributes, and
//! none of `max-width`, of padding on a link and of boxes around a paragraph: whatever needs a width, a colour behind
//! it or room around it is a cell of a table.

use super::draft::Draft;
use crate::text::Texts;
use crate::ui::escape;
use std::fmt::Write;

/// The width of the column.
const WIDTH: u32 = 560;

/// A table that is nothing but a place on the page.
const TABLE: &str = "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

const FONT: &str = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

const CODE_FONT: &str = "font-family:ui-monospace,Consolas,monospace";

/// Whole.
pub(super) fn page(draft: &Draft, texts: Texts) -> String {
    let mut html = String::with_capacity(6144);
    head(&mut html, draft, texts);
    begin_column(&mut html, draft);
    lead(&mut html, draft);
    facts(&mut html, draft);
    quote(&mut html, draft);
    button(&mut html, draft, texts);
    code(&mut html, draft);
    for note in &draft.notes {
        paragraph(&mut html, note);
    }
    footer(&mut html, draft);
    html.push_str(
        "</td></tr></table>\n<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table></body></html>\n",
    );
    html
}

fn head(html: &mut String, draft: &Draft, texts: Texts) {
    let _ = writeln!(
        html,
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\"><title>{}</title>\
         <style>:root{{color-scheme:light dark;supported-color-schemes:light dark}}</style>\
         <!--[if mso]><style>table,td,p,a{{font-family:Arial,sans-serif!important}}</style><![endif]--></head>",
        texts.language().tag(),
        escape(&draft.subject)
    );
}

/// What a list of mails shows beside the subject comes first, unseen in the letter itself; the blanks after it keep the
/// rest of the letter out of that list.
fn begin_column(html: &mut String, draft: &Draft) {
    let _ = writeln!(
        html,
        "<body style=\"margin:0;padding:0\">\n\
         <div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{}{}</div>\n\
         {TABLE} width=\"100%\"><tr><td align=\"center\" style=\"padding:24px 16px\">\n\
         <!--[if mso]>{TABLE} width=\"{WIDTH}\" align=\"center\"><tr><td><![endif]-->\n\
         {TABLE} width=\"100%\" style=\"max-width:{WIDTH}px\"><tr>\
         <td align=\"left\" style=\"{FONT};font-size:16px;line-height:24px\">",
        escape(&draft.lead),
        "&#8199;&#847; ".repeat(40)
    );
    if let Some(name) = &draft.header {
        let _ = writeln!(
            html,
            "{TABLE} width=\"100%\" style=\"margin:0 0 24px\"><tr>\
             <td style=\"{FONT};padding:0 0 12px;border-bottom:1px solid #8a8578;font-size:18px;line-height:24px;\
             font-weight:700\">{}{}</td></tr></table>",
            draft.logo.as_deref().map(logo).unwrap_or_default(),
            escape(name)
        );
    }
}

/// The seller's picture: the only one there is, and the name stands beside it for whoever sees none.
fn logo(address: &str) -> String {
    format!(
        "<img src=\"{}\" alt=\"\" height=\"40\" style=\"display:block;height:40px;width:auto;max-width:240px;\
         margin:0 0 8px;border:0\">",
        escape(address)
    )
}

fn lead(html: &mut String, draft: &Draft) {
    let _ = writeln!(html, "<p style=\"margin:0 0 16px;font-size:18px;line-height:27px\">{}</p>", escape(&draft.lead));
}

fn paragraph(html: &mut String, text: &str) {
    let _ = writeln!(html, "<p style=\"margin:0 0 16px\">{}</p>", escape(text));
}

fn facts(html: &mut String, draft: &Draft) {
    if draft.facts.is_empty() {
        return;
    }
    let _ = writeln!(html, "{TABLE} style=\"margin:0 0 16px\">");
    for (name, value) in &draft.facts {
        let _ = writeln!(
            html,
            "<tr><td valign=\"top\" style=\"{FONT};font-size:16px;line-height:24px;padding:2px 16px 2px 0;\
             opacity:.75\">{}</td>\
             <td valign=\"top\" style=\"{FONT};font-size:16px;line-height:24px;padding:2px 0\">{}</td></tr>",
            escape(name),
            escape(value)
        );
    }
    html.push_str("</table>\n");
}

fn quote(html: &mut String, draft: &Draft) {
    if let Some((name, words)) = &draft.quote {
        let _ = writeln!(
            html,
            "<p style=\"margin:0 0 4px\">{}</p>\n{TABLE} style=\"margin:0 0 16px;table-layout:fixed\"><tr>\
             <td style=\"{FONT};font-size:16px;line-height:24px;padding:8px 12px;border-left:3px solid #8a8578;\
             overflow-wrap:anywhere;word-break:break-word\">\
             {}</td></tr></table>",
            escape(name),
            escape(words).replace('\n', "<br>")
        );
    }
}

/// The room around the words is the link's, so that all of the button can be pressed, and in Outlook the cell's.
fn button(html: &mut String, draft: &Draft, texts: Texts) {
    if let Some((label, address)) = &draft.button {
        let (label, address) = (escape(label), escape(address));
        let accent = draft.accent.map_or_else(|| "#1d4f91".to_owned(), |accent| accent.on_light().hex());
        let _ = writeln!(
            html,
            "{TABLE} style=\"margin:24px 0 16px\"><tr><td align=\"center\" bgcolor=\"{accent}\" \
             style=\"background:{accent};border-radius:10px;mso-padding-alt:12px 24px\"><a href=\"{address}\" \
             style=\"{FONT};display:inline-block;padding:12px 24px;border-radius:10px;color:#ffffff;\
             font-size:16px;line-height:24px;font-weight:600;text-decoration:none\">{label}</a></td></tr></table>\n\
             <p style=\"margin:0 0 16px;font-size:13px;line-height:18px;word-break:break-all\">{}<br>\
             <a href=\"{address}\">{address}</a></p>",
            escape(&texts.text("mail-address-below"))
        );
    }
}

/// A code to type is large; one to copy is four screens wide on a phone, and breaks anywhere.
fn code(html: &mut String, draft: &Draft) {
    let Some((help, code)) = &draft.code else { return };
    let style = if draft.is_code_copied() {
        "padding:12px;border:1px solid #8a8578;border-radius:10px;font-size:14px;line-height:21px;word-break:break-all"
    } else {
        "padding:0;font-size:24px;line-height:36px;font-weight:600;letter-spacing:2px;white-space:nowrap"
    };
    let _ = writeln!(
        html,
        "<p style=\"margin:0 0 4px\">{}</p>\n{TABLE} style=\"margin:0 0 16px\"><tr>\
         <td style=\"{CODE_FONT};{style}\">{}</td></tr></table>",
        escape(help),
        escape(code)
    );
}

/// Who sends this, who the producer is before the law, and the producer's own pages.
fn footer(html: &mut String, draft: &Draft) {
    html.push_str("<p style=\"margin:32px 0 0;font-size:14px;line-height:21px;opacity:.75\">");
    html.push_str(&escape(&draft.footer).replace('\n', "<br>"));
    for line in &draft.imprint {
        let _ = write!(html, "<br>{}", escape(line));
    }
    for (name, address) in &draft.links {
        let _ = write!(html, "<br><a href=\"{}\">{}</a>", escape(address), escape(name));
    }
    html.push_str("</p>\n");
}
