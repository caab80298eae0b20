//! An order without what is about its buyer as a person: what is left is enough to recognise somebody who says who they
//! are, and too little to learn it.

use super::view::{Buyer, Drawer};
use types::{Email, PostalAddress, TaxId};

/// The same order with everything masked that names its buyer, also inside what was sent, said and noted.
pub(super) fn masked(mut drawer: Drawer) -> Drawer {
    let words = Words::of(&drawer.buyer);
    drawer.buyer = buyer(&drawer.buyer);
    let order = &mut drawer.order;
    order.order.email = Email::unknown(order.order.code.as_str());
    order.order.buyer_name.clone_from(&drawer.buyer.name);
    order.address = PostalAddress::default();
    (order.tax_id, order.phone) = (drawer.buyer.tax_id.clone(), drawer.buyer.phone.clone());
    let hide = |text: &mut String| *text = words.hide(text);
    let hide_some = |text: &mut Option<String>| {
        if let Some(text) = text {
            *text = words.hide(text);
        }
    };
    for refund in &mut order.refunds {
        hide_some(&mut refund.answer);
        hide_some(&mut refund.failure);
    }
    for attempt in &mut drawer.attempts {
        hide(&mut attempt.request);
        hide_some(&mut attempt.answer);
        hide_some(&mut attempt.error);
    }
    for mail in &mut drawer.mails {
        hide(&mut mail.recipient);
        hide_some(&mut mail.answer);
    }
    for note in &mut drawer.notes {
        hide(&mut note.text);
    }
    for happening in &mut drawer.happenings {
        hide_some(&mut happening.before);
        hide_some(&mut happening.after);
        hide_some(&mut happening.reason);
    }
    drawer
}

fn buyer(buyer: &Buyer) -> Buyer {
    Buyer {
        email: address(&buyer.email),
        name: name(&buyer.name),
        tax_id: buyer.tax_id.as_deref().map(tax_id),
        phone: buyer.phone.as_deref().map(phone),
        // It says the same again, and where somebody lives.
        printed: None,
        profile: None,
    }
}

fn address(email: &str) -> String {
    Email::parse(email).map(|email| email.masked()).unwrap_or_default()
}

/// The first letter of each word.
fn name(name: &str) -> String {
    let first = |word: &str| word.chars().next().map(|letter| format!("{letter}***"));
    name.split_whitespace().filter_map(first).collect::<Vec<_>>().join(" ")
}

fn tax_id(text: &str) -> String {
    TaxId::parse(text).map_or_else(|_| "***".to_owned(), |tax_id| tax_id.masked())
}

/// The last four digits.
fn phone(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits[digits.len().saturating_sub(4)..].iter().collect();
    if digits.len() > 6 { format!("***{last}") } else { "***".to_owned() }
}

/// What names the buyer, each with what stands in its place.
struct Words(Vec<(String, String)>);

impl Words {
    fn of(buyer: &Buyer) -> Self {
        let mut words = Vec::new();
        let mut add = |word: &str, instead: String| {
            if word.chars().count() > 2 {
                words.push((word.to_owned(), instead));
            }
        };
        let (printed, profile) = (buyer.printed.as_ref(), buyer.profile.as_ref());
        let names = [Some(&buyer.name), printed.map(|of| &of.name), profile.map(|of| &of.name)];
        for text in names.into_iter().flatten() {
            add(text, name(text));
            text.split_whitespace().for_each(|word| add(word, name(word)));
        }
        let tax_ids = [Some(&buyer.tax_id), printed.map(|of| &of.tax_id), profile.map(|of| &of.tax_id)];
        for text in tax_ids.into_iter().flatten().flatten() {
            add(text, tax_id(text));
        }
        if let Some(text) = printed.and_then(|of| of.address.as_ref()) {
            add(text, "***".to_owned());
        }
        for text in [Some(&buyer.phone), profile.map(|of| &of.phone)].into_iter().flatten().flatten() {
            add(text, phone(text));
            add(text.trim_start_matches('+'), phone(text));
        }
        // As it stands in addresses of calls.
        add(&buyer.email.replace('@', "%40"), address(&buyer.email));
        Self(words)
    }

    /// The text without them, and without any other address.
    fn hide(&self, text: &str) -> String {
        let hidden = addresses(text);
        self.0.iter().fold(hidden, |text, (word, instead)| text.replace(word.as_str(), instead))
    }
}

/// The text with every e-mail address masked.
fn addresses(text: &str) -> String {
    let is_inside = |letter: char| letter.is_alphanumeric() || "@.!#$%&*+=?^_`{|}~-".contains(letter);
    let mut hidden = String::with_capacity(text.len());
    let mut word = String::new();
    let flush = |word: &mut String, hidden: &mut String| {
        hidden.push_str(&Email::parse(word).map_or_else(|_| word.clone(), |email| email.masked()));
        word.clear();
    };
    for letter in text.chars() {
        if is_inside(letter) {
            word.push(letter);
        } else {
            flush(&mut word, &mut hidden);
            hidden.push(letter);
        }
    }
    flush(&mut word, &mut hidden);
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> Buyer {
        Buyer {
            email: "ana@example.com".to_owned(),
            name: "Ana Souza".to_owned(),
            tax_id: Some("52998224725".to_owned()),
            phone: Some("+5511999990001".to_owned()),
            printed: None,
            profile: None,
        }
    }

    #[test]
    fn what_is_left_of_a_buyer_is_too_little_to_learn_it() {
        let masked = buyer(&ana());
        assert_eq!((&*masked.email, &*masked.name), ("a***@example.com", "A*** S***"));
        assert_eq!(masked.phone.as_deref(), Some("***0001"));
        assert!(!masked.tax_id.unwrap().contains("998224"));
    }

    #[test]
    fn nothing_of_a_buyer_stays_in_what_was_sent() {
        let words = Words::of(&ana());
        let sent = r#"{"email":"ana@example.com","full_name":"Ana Souza","cpf":"52998224725","other":"bob@b.com"}"#;
        let hidden = words.hide(sent);
        for gone in ["ana@", "Ana", "Souza", "52998224725", "bob@"] {
            assert!(!hidden.contains(gone), "{gone} in {hidden}");
        }
        assert!(!words.hide("GET /users?email=ana%40example.com").contains("ana%40"));
        assert_eq!(words.hide("status 422: no such class"), "status 422: no such class");
    }
}
