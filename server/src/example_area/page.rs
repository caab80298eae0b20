//! The page that shows who has access to what.

use super::state::{Books, Member, Standing};
use app::ui::escape;

/// The whole page. It asks for itself again every few seconds, so that a demo shows access come and go.
pub(super) fn page(books: &Books) -> String {
    let rows: String = books.members().map(|(email, member)| row(books, email, member)).collect();
    let empty = r#"<tr><td colspan="3">Ninguém tem acesso ainda.</td></tr>"#;
    let rows = if rows.is_empty() { empty } else { &rows };
    format!(
        r#"<!doctype html><html lang="pt-BR"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>Área de membros (exemplo)</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}}table{{border-collapse:collapse;width:100%}}
td,th{{border-bottom:1px solid #8884;padding:.5rem;text-align:left;vertical-align:top}}.off{{opacity:.55}}</style>
<h1>Área de membros (exemplo)</h1><p>{} chamadas recebidas.</p>
<table><thead><tr><th>E-mail<th>Nome<th>Acesso</tr></thead><tbody>{rows}</tbody></table></html>"#,
        books.calls().len()
    )
}

fn row(books: &Books, email: &str, member: &Member) -> String {
    let classes = member.classes.iter().map(|(id, standing)| entry(&books.name_of_class(*id), standing));
    let levels = member.levels.iter().map(|(id, standing)| entry(&books.name_of_level(*id), standing));
    let mut access: String = classes.chain(levels).collect();
    if member.is_unlimited {
        access.push_str("<div>Acesso a tudo</div>");
    }
    format!("<tr><td>{}<td>{}<td>{access}</tr>", escape(email), escape(&member.name))
}

fn entry(name: &str, standing: &Standing) -> String {
    let class = if standing.status == "active" { "on" } else { "off" };
    let until = standing.until.as_ref().map(|day| format!(" até {}", escape(day))).unwrap_or_default();
    format!(r#"<div class="{class}">{} — {}{until}</div>"#, escape(name), escape(&standing.status))
}
