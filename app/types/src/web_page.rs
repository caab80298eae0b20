//! The address of a page on another site, that somebody else named: where it may lead, and how it is shown.

/// The longest that is taken.
const LONGEST: usize = 1000;

/// The host that such an address leads to, for people to read. None for what is no address of the web: another scheme,
/// a user before the host, signs that do not belong there.
pub fn host(address: &str) -> Option<&str> {
    let lower = address.get(..8)?.to_ascii_lowercase();
    let rest = if lower == "https://" {
        &address[8..]
    } else if lower.starts_with("http://") {
        &address[7..]
    } else {
        return None;
    };
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte));
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_name = !host.is_empty()
        && !host.starts_with(['.', '-'])
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (address.len() <= LONGEST && is_plain(address) && is_name && is_port).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn only_pages_of_the_web_have_a_host() {
        for (address, at) in [
            ("https://pay.example.com/boleto/1?x=y", "pay.example.com"),
            ("HTTP://pay.example.com:8080", "pay.example.com"),
            ("https://xn--mnchen-3ya.de#a", "xn--mnchen-3ya.de"),
        ] {
            assert_eq!(host(address), Some(at), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.com",
            "https://",
            "https:///x",
            "https://good.example@evil.example/",
            "https://a b.example/",
            "https://example.com/\"onclick=x",
            "https://example.com:0/",
            "ftp://example.com/",
            "é",
        ] {
            assert_eq!(host(address), None, "{address}");
        }
        assert_eq!(host(&format!("https://example.com/{}", "a".repeat(1000))), None);
    }
}
