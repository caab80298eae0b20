//! Text that becomes markup.

/// Appends `text` so that it is only text, between tags and between double quotes.
pub(crate) fn push(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Text as markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push(&mut html, text);
    html
}

/// Text for an address: letters, digits and `@.-_` as they are.
pub(crate) fn for_address(text: &str) -> String {
    let mut address = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"@.-_".contains(&byte) => address.push(char::from(byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
