//! A browser by its common name. What a browser says of itself comes from whoever asked, maybe to frighten or to lure
//! the reader of the mail: none of its words are repeated, only names that we know.

/// `Chrome, Android`; none for a browser nobody knows.
pub(crate) fn known_name(user_agent: &str) -> Option<String> {
    let browser = first_of(
        user_agent,
        &[
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
    )?;
    let system = first_of(
        user_agent,
        &[
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Windows", "Windows"),
            ("CrOS", "ChromeOS"),
            ("Macintosh", "Mac"),
            ("Linux", "Linux"),
        ],
    );
    Some(system.map_or_else(|| browser.to_owned(), |system| format!("{browser}, {system}")))
}

/// Marks are looked for in order: most browsers carry the marks of others too.
fn first_of(user_agent: &str, marks: &[(&str, &'static str)]) -> Option<&'static str> {
    marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::known_name;

    #[test]
    fn browsers_are_known_by_their_marks() {
        let android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
            Chrome/120.0.0.0 Mobile Safari/537.36";
        assert_eq!(known_name(android).as_deref(), Some("Chrome, Android"));
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 \
            Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(known_name(phone).as_deref(), Some("Safari, iPhone"));
    }

    #[test]
    fn what_a_stranger_writes_there_is_not_repeated() {
        assert_eq!(known_name("Your account is in danger: call 0800-EVIL"), None);
        assert_eq!(known_name("Firefox/1 call 0800-EVIL").as_deref(), Some("Firefox"));
    }
}
