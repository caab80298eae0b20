//! Text that becomes markup.

/// Appends `text` so that it is only text, between tags and inside quoted attributes.
pub fn push(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Text as markup.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push(&mut html, text);
    html
}

/// `R$ 1.234,56`; a currency other than the real by its code.
pub fn money(amount: i64, currency: &str) -> String {
    let symbol = if currency == "BRL" { "R$" } else { currency };
    let (whole, cents) = (amount / 100, amount % 100);
    let mut digits = whole.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, '.');
    }
    format!("{symbol}\u{a0}{digits},{cents:02}")
}
