//! The addresses that a form may name to come back to. Anything else leads home: nobody is sent to an address from
//! outside.

use types::view::{CardPlace, Target};
use types::{LinkPlace, SubscriptionId};

/// The place that an order link names; the order itself for any other word.
pub fn of_link(word: &str) -> LinkPlace {
    word.parse().unwrap_or(LinkPlace::Order)
}

/// The page a signed-out buyer asked for, so that signing in leads back to it.
pub fn target_of(path: &str) -> Option<Target> {
    if path == "/" {
        return Some(Target::Home);
    }
    if path == "/account" || path.starts_with("/account/") {
        return Some(Target::Account);
    }
    if let Some(rest) = path.strip_prefix("/subscriptions/") {
        return of_subscription(rest);
    }
    let mut parts = path.strip_prefix("/orders/")?.split('/');
    let handle = parts.next().filter(|handle| is_plain(handle, 140))?.to_owned();
    match parts.next() {
        None => Some(Target::Order { handle }),
        Some("refund") => Some(Target::Refund { handle }),
        Some("card") => Some(Target::Card { place: CardPlace::Order(handle) }),
        Some(_) => Some(Target::Order { handle }),
    }
}

fn of_subscription(rest: &str) -> Option<Target> {
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let id = id.parse().ok().filter(|found: &SubscriptionId| found.to_string() == id)?;
    Some(match rest.split('/').next() {
        Some("cancel") => Target::Cancel { id },
        Some("plan") => Target::Plan { id },
        Some("card") => Target::Card { place: CardPlace::Subscription(id) },
        _ => Target::Subscription { id },
    })
}

/// The value of `next` in a form: exactly the address of a target, or home.
pub fn next(text: &str) -> Target {
    target_of(text).filter(|target| target.path() == text).unwrap_or(Target::Home)
}

/// The address a language switch comes back to; home when `text` is none of ours.
pub fn back(text: &str) -> &str {
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    let known = match (path, query) {
        ("/sign-in/sent", Some(query)) => query.strip_prefix("request=").is_some_and(|id| is_plain(id, 36)),
        ("/sign-in", Some(query)) => query.strip_prefix("next=").is_some_and(|path| next(path).path() == path),
        (_, Some(_)) => false,
        ("/" | "/sign-in" | "/sign-in/code", None) => true,
        ("/account" | "/account/profile" | "/account/email" | "/account/email/changed" | "/account/erasure", None) => {
            true
        }
        (path, None) => is_link(path) || is_order(path) || is_subscription(path) || is_card(path),
    };
    if known { text } else { "/" }
}

fn is_link(path: &str) -> bool {
    let rest = ["/l/", "/o/", "/e/"].iter().find_map(|start| path.strip_prefix(start));
    rest.is_some_and(|token| is_plain(token, 2048))
}

fn is_order(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "orders", handle] | ["", "orders", handle, "refund" | "billing" | "terms"] => is_plain(handle, 140),
        ["", "orders", handle, "refund" | "receipts" | "credits", id] => is_plain(handle, 140) && is_plain(id, 40),
        _ => false,
    }
}

fn is_card(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "subscriptions" | "orders", whose, "card"] => is_plain(whose, 140),
        ["", "subscriptions" | "orders", whose, "card", update] => is_plain(whose, 140) && is_plain(update, 36),
        _ => false,
    }
}

fn is_subscription(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "subscriptions", id] | ["", "subscriptions", id, "cancel"] => is_plain(id, 36),
        ["", "subscriptions", id, "cancel", rest] => is_plain(id, 36) && is_plain(rest, 40),
        ["", "subscriptions", id, "plan"] => is_plain(id, 36),
        ["", "subscriptions", id, "plan", "quote" | "change", number] => is_plain(id, 36) && is_plain(number, 36),
        _ => false,
    }
}

/// Letters, digits and what codes, tokens and ids are joined with: needs no escaping in an address and leads nowhere
/// else.
fn is_plain(part: &str, longest: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'~');
    !part.is_empty() && part.len() <= longest && part != "." && part != ".." && part.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_returned_to() {
        for path in [
            "/",
            "/sign-in",
            "/sign-in/sent?request=01890a5d-ac96-774b-bcce-b302099a8057",
            "/sign-in?next=/orders/A1/refund",
            "/l/a.b-c_d",
            "/orders/A.1",
            "/orders/A1/refund/R-7K2M-94QX",
            "/orders/A1/receipts/01890a5d-ac96-774b-bcce-b302099a8057",
            "/orders/A1/billing",
            "/account/email",
            "/e/abcdefghijkmnpqrstuvwxyz23",
            "/orders/A1/card",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/card/01890a5d-ac96-774b-bcce-b302099a8058",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/C-7K2M-94QX",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/quote/01890a5d-ac96-774b-bcce-b302099a8057",
        ] {
            assert_eq!(back(path), path);
        }
        for path in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/l/a/b",
            "/orders/../x",
            "/orders/..",
            "/sign-in?x=1",
            "/sign-in?next=//evil.example",
            "/orders/a%2f",
            "/orders/A1/receipts/x/receipt.pdf",
            "/account/../x",
            "/account/data",
            "/subscriptions/../cancel",
            "/subscriptions/../plan",
            "/orders/a\r\nb",
        ] {
            assert_eq!(back(path), "/", "{path:?}");
        }
    }

    #[test]
    fn next_is_a_target_or_home() {
        assert_eq!(next("/orders/A1/refund"), Target::Refund { handle: "A1".to_owned() });
        assert_eq!(next("/orders/A1"), Target::Order { handle: "A1".to_owned() });
        assert_eq!((next("/account"), next("/account/email")), (Target::Account, Target::Home));
        let id: SubscriptionId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(next(&format!("/subscriptions/{id}")), Target::Subscription { id });
        assert_eq!(next(&format!("/subscriptions/{id}/cancel")), Target::Cancel { id });
        assert_eq!(target_of(&format!("/subscriptions/{id}/cancel/reason")), Some(Target::Cancel { id }));
        assert_eq!(next(&format!("/subscriptions/{id}/plan")), Target::Plan { id });
        assert_eq!(target_of(&format!("/subscriptions/{id}/plan/quote/{id}")), Some(Target::Plan { id }));
        let card = Target::Card { place: CardPlace::Subscription(id) };
        assert_eq!(next(&format!("/subscriptions/{id}/card")), card);
        assert_eq!(next("/orders/A1/card"), Target::Card { place: CardPlace::Order("A1".to_owned()) });
        for text in [
            "/subscriptions/x/plan",
            "",
            "/orders/A1/refund/preview",
            "/subscriptions/x",
            "/subscriptions/x/card",
            "/subscriptions/01890A5DAC96774BBCCEB302099A8057",
            "//evil.example",
            "/orders/",
            "/producer",
        ] {
            assert_eq!(next(text), Target::Home, "{text:?}");
        }
        assert_eq!(target_of("/orders/A1/refund/preview"), Some(Target::Refund { handle: "A1".to_owned() }));
    }
}
