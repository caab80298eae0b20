//! Whether two pages show the same: what keeps a comparison honest.

use anyhow::{Result, ensure};

/// Makes sure that both show the same, and returns the ratio of their bytes.
pub(super) fn compare(ours: &str, by_hand: &str) -> Result<f64> {
    let (left, right) = (skeleton(ours), skeleton(by_hand));
    let differs = left.iter().zip(&right).position(|(left, right)| left != right);
    let at = differs.unwrap_or(left.len().min(right.len()));
    ensure!(
        left == right,
        "the page by hand is no longer the same page: {:?} is {:?} by hand",
        left.get(at),
        right.get(at)
    );
    println!("{} bytes against {} by hand, the same text in the same {} parts", ours.len(), by_hand.len(), left.len());
    Ok(ours.len() as f64 / by_hand.len() as f64)
}

/// The names of the tags and the texts between them, in their order; attributes left out, and with them the numbers of
/// forms.
fn skeleton(html: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in html.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        parts.extend(tag.split([' ', '/']).find(|name| !name.is_empty()));
        if !text.trim().is_empty() {
            parts.push(text.trim());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{compare, skeleton};

    #[test]
    fn pages_are_the_same_when_text_and_elements_are() {
        assert_eq!(skeleton("<p class=\"a\">x<b>y</b></p>"), ["p", "x", "b", "y", "b", "p"]);
        assert!(compare("<p id=\"1\">x</p>", "<p>x</p>").is_ok());
        assert!(compare("<p>x</p>", "<p>y</p>").is_err());
        assert!(compare("<p>x</p>", "<p>x</p><p></p>").is_err());
    }

    #[test]
    fn an_answer_without_elements_is_its_text() {
        assert!(compare("due\t1,00\n", "due\t1,00\n").is_ok());
        assert!(compare("due\t1,00\n", "due\t2,00\n").is_err());
    }
}
