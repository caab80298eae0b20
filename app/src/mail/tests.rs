//! Every letter in every language, as files beside this one. `INSTA_UPDATE=always` writes them anew.

mod sample;

use self::sample::{buyer, letters, purchase, refund, sender, sign_in_link};
use super::*;
use portal::{purchases, refund};
use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;
use types::{Language, MailKind};

fn write(content: &Content, language: Language) -> Words {
    let time_zone = "America/Sao_Paulo".to_owned();
    let due = Due::new("letter", buyer(), language, time_zone, content.clone());
    Letters.write(&Due { sender: sender(content), ..due }, "https://portal.example")
}

#[test]
fn every_letter_reads_as_it_was_approved() {
    let mut written = BTreeSet::new();
    let mut changed = Vec::new();
    for (name, content) in letters() {
        for language in Language::ALL {
            let words = write(&content, language);
            let letter = format!("Subject: {}\n\n{}\n=== HTML ===\n{}", words.subject, words.text, words.html);
            let name = format!("{name}.{}", language.tag());
            // One letter that changed does not keep the others from being compared.
            if catch_unwind(|| is_on_file(&name, &letter)).is_err() {
                changed.push(name.clone());
            }
            written.insert(name + ".snap");
        }
    }
    assert!(changed.is_empty(), "look at these letters, then run with INSTA_UPDATE=always: {changed:?}");
    assert_eq!(on_file(), written, "a file for each letter, and a letter for each file");
}

#[test]
fn every_kind_of_mail_has_a_letter_on_file() {
    let kinds: BTreeSet<MailKind> = letters().into_iter().map(|(_, content)| content.kind()).collect();
    assert_eq!(kinds, MailKind::ALL.iter().copied().collect());
}

fn is_on_file(name: &str, letter: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, letter));
}

/// The files in the folder, but for those that insta proposes beside a letter that changed.
fn on_file() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail/snapshots");
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".snap.new")).collect()
}

#[test]
fn link_and_code_stand_alone_on_a_line() {
    for language in Language::ALL {
        let words = write(&sign_in_link(None, &[]), language);
        let lines: Vec<&str> = words.text.lines().collect();
        assert!(lines.contains(&"https://portal.example/l/eyJhbGciOi.x_y-z"), "{}", words.text);
        assert!(lines.contains(&"ABCD-2345"), "{}", words.text);
        let order = write(&purchase().into(), language);
        assert!(
            order.text.lines().any(|line| line == "https://portal.example/o/abcdefghijklmnopqrstuvwxyz"),
            "{}",
            order.text
        );
    }
}

#[test]
fn nothing_in_a_letter_becomes_markup_or_a_second_header() {
    let mut letter = refund();
    letter.producer = "<img src=x>\r\nBcc: evil@example.com".to_owned();
    for content in [refund::Content::Sent(letter.clone()), refund::Content::Requested(letter)] {
        let words = write(&content.into(), Language::Portuguese);
        assert!(!words.html.contains("<img"), "{}", words.html);
        assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
    }
    let purchases::Content::Purchase { items, total, is_free, code, order_link, refundable_until, .. } = purchase();
    let producer = "Ana\r\nBcc: evil@example.com".to_owned();
    let words = write(
        &purchases::Content::Purchase { producer, items, total, is_free, code, order_link, refundable_until }.into(),
        Language::English,
    );
    assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
}
