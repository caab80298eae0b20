//! JSON as programs write it: with a mark of byte order before it, and with halves of surrogate pairs in its text, as a
//! program leaves them that cut a text in the middle of an emoji.

use std::borrow::Cow;

/// The same body without the mark, and with U+FFFD for each half of a pair.
pub(crate) fn mended(body: &[u8]) -> Cow<'_, [u8]> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let has_surrogate = body.windows(3).any(|window| matches!(window, [b'\\', b'u', b'd' | b'D']));
    if has_surrogate { Cow::Owned(whole(body)) } else { Cow::Borrowed(body) }
}

fn whole(body: &[u8]) -> Vec<u8> {
    let mut mended = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&first, behind)) = rest.split_first() {
        let length = match (first, unit(rest), rest.get(6..).and_then(unit)) {
            (_, Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (_, Some(0xd800..=0xdfff), _) => {
                mended.extend_from_slice(b"\\ufffd");
                rest = &rest[6..];
                continue;
            }
            // The letter behind a backslash begins nothing, above all not if it is one itself.
            (b'\\', ..) if !behind.is_empty() => 2,
            _ => 1,
        };
        mended.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
    }
    mended
}

/// The unit of UTF-16 that an escape at the very beginning stands for.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_pairs_become_a_sign_and_whole_pairs_stay() {
        for (sent, read) in [
            (r#""\ud83d\ude42""#, "🙂"),
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\ude42b""#, "\u{fffd}b"),
            (r#""\ud83d\ud83d\ude42""#, "\u{fffd}🙂"),
            (r#""\uD83Dx\\ud83d""#, "\u{fffd}x\\ud83d"),
            ("\u{feff}\"a\"", "a"),
        ] {
            assert_eq!(serde_json::from_slice::<String>(&mended(sent.as_bytes())).unwrap(), read, "{sent}");
        }
    }

    #[test]
    fn what_is_no_json_stays_so() {
        for sent in [r"\ud83", r#""\"#, "{", r#""\ud83d"#] {
            assert!(serde_json::from_slice::<String>(&mended(sent.as_bytes())).is_err(), "{sent}");
        }
    }
}
