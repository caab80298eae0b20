//! What a mail server's refusal means for a letter. Servers say 5xx, "never again", for much that passes: a full
//! mailbox, a quota, a rate, an account of ours that is not set up. A purchase mail is not lost over those; it is tried
//! again, and the producer can be told. Only what is said of the recipient or the letter can be final: a server that
//! refuses us at the greeting has not heard of either. Pure.

use super::connections::Step;

/// Subjects of an enhanced status code (RFC 3463) that are about the recipient or the letter, and stay so.
const FINAL: [&str; 13] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "2.0", "2.1", "2.3", "3.4", "7.1"];

/// Answers without an enhanced code that are about the recipient (RFC 5321, 4.2.3; RFC 7504).
const FINAL_CODES: [&str; 4] = ["550", "551", "553", "556"];

/// Words of servers that call final what passes, or what is about the sender. Small letters.
const PASSING: [&str; 22] = [
    "later",
    "again",
    "temporar",
    "limit",
    "quota",
    "exceeded",
    "rate",
    "frequen",
    "too many",
    "full",
    "greylist",
    "graylist",
    "block list",
    "blocklist",
    "blacklist",
    "blocked",
    "spamhaus",
    "relay",
    "authenticat",
    "sender",
    "helo",
    "reputation",
];

/// Whether a letter that was answered so will never be taken: there is no such person, or it is the letter itself.
pub(super) fn is_final(step: Step, code: &str, text: &str) -> bool {
    let words = text.to_lowercase();
    let is_about_us = matches!(step, Step::Opening | Step::Sender);
    if is_about_us || !code.starts_with('5') || PASSING.iter().any(|passing| words.contains(passing)) {
        return false;
    }
    match enhanced(text) {
        Some(subject) => FINAL.contains(&subject),
        None => FINAL_CODES.contains(&code),
    }
}

/// What stands behind the class of an enhanced code: `1.1` of `5.1.1 no such user`.
fn enhanced(text: &str) -> Option<&str> {
    let subject = text.split_whitespace().next()?.strip_prefix("5.")?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (subject_part, detail) = subject.split_once('.')?;
    (is_number(subject_part) && is_number(detail)).then_some(subject)
}

#[cfg(test)]
mod tests {
    use super::{Step, is_final};

    #[test]
    fn what_is_about_the_person_or_the_letter_is_final_and_nothing_else_is() {
        let table = [
            ("550", "5.1.1 no such user", true),
            ("550", "5.1.10 recipient not found", true),
            ("553", "5.1.3 what address", true),
            ("550", "5.2.1 mailbox disabled", true),
            ("552", "5.3.4 message too big", true),
            ("554", "5.7.1 message rejected for its content", true),
            ("550", "No such user here", true),
            ("550", "Requested action not taken: mailbox unavailable", true),
            ("556", "domain does not take mail", true),
            ("550", "5.4.5 Daily user sending limit exceeded", false),
            ("552", "5.2.2 Mailbox full", false),
            ("552", "Mailbox is over quota", false),
            ("554", "5.7.0 Your message could not be sent. Try again later", false),
            ("550", "Connection frequency limited", false),
            ("504", "5.5.2 Helo command rejected: need fully-qualified hostname", false),
            ("554", "5.7.1 Relay access denied", false),
            ("554", "5.7.1 Client host blocked using zen.spamhaus.org", false),
            ("550", "5.7.1 Too many messages, slow down", false),
            ("550", "5.1.8 Sender address rejected", false),
            ("550", "5.7.26 unauthenticated mail is not accepted", false),
            ("553", "5.7.1 Sender address rejected: not owned by user", false),
            ("530", "5.7.0 authenticate first", false),
            ("535", "5.7.8 bad credentials", false),
            ("502", "command not implemented", false),
            ("521", "server does not take mail", false),
            ("554", "Transaction failed", false),
            ("550", "5.x.1 what", true),
            ("450", "4.1.1 no such user yet", false),
            ("550", "", true),
        ];
        for (code, text, expected) in table {
            assert_eq!(is_final(Step::Recipient, code, text), expected, "{code} {text}");
            assert_eq!(is_final(Step::Letter, code, text), expected, "{code} {text}");
            for about_us in [Step::Opening, Step::Sender] {
                assert!(!is_final(about_us, code, text), "{code} {text}");
            }
        }
    }
}
