use super::buyer::Place;
use super::{addresses, buyer, next, of_request, producer, returns_to, shared, staff, without_tail};
use crate::view::{CardPlace, Target};
use crate::{LinkPlace, OrderRef, SubscriptionId};
use std::collections::BTreeSet;

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// A path of this pattern.
fn sample(pattern: &str) -> String {
    let segment = |text| match text {
        "{handle}" => "A-1~luz",
        "{protocol}" => "R-7K2M-94QX",
        "{token}" => "eyJ.hbGci_Oi-J9",
        "{order_ref}" => "abcdefghijkmnpqrstuvwxyz23",
        "{year}" => "2025",
        "{product}" | "{connection}" => "foto.2025",
        "{accent}" => "1d4f91",
        "{logo}" | "{picture}" => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "{function}" => "answer_refund123",
        "{id}" | "{quote}" | "{change}" | "{update}" | "{charge}" | "{session}" => ID,
        "{invitation}" | "{login}" | "{link}" | "{campaign}" | "{view}" | "{api_key}" | "{event}" => ID,
        _ => text,
    };
    pattern.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Also that no line stands behind another that would take its paths, and that segments stand in the order of the path.
#[test]
fn every_address_reads_its_own_path_back() {
    for page in buyer::Page::ALL {
        let path = sample(page.address().pattern);
        let place = buyer::Place::parse(&path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((place.page(), place.path()), (*page, path));
    }
    for page in producer::Page::ALL {
        let path = sample(page.address().pattern);
        let place = producer::Place::parse(&path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((place.page(), place.path()), (*page, path));
    }
    for page in staff::Page::ALL {
        let path = sample(page.address().pattern);
        let place = staff::Place::parse(&path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((place.page(), place.path()), (*page, path));
    }
    for page in shared::Page::ALL {
        let path = sample(page.address().pattern);
        let place = shared::Place::parse(&path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((place.page(), place.path()), (*page, path));
    }
    let patterns: BTreeSet<&str> = addresses().map(|address| address.pattern).collect();
    assert_eq!(patterns.len(), addresses().count(), "an address stands there twice");
}

#[test]
fn a_path_is_read_as_it_is_written_and_in_no_other_way() {
    for path in [
        "",
        "/orders",
        "/orders/",
        "/orders/A-1/",
        "//orders/A-1",
        "/orders/A-1/refund/",
        "/orders/..",
        "/orders/a%2f",
        "/orders/A-1?x=1",
        "/subscriptions/x",
        "/subscriptions/01890A5D-AC96-774B-BCCE-B302099A8057",
        "/subscriptions/01890a5dac96774bbcceb302099a8057/plan",
        "/account/receipts/02025",
        "/account/receipts/+2025",
        "/o/ABC",
    ] {
        assert_eq!(buyer::Place::parse(path), None, "{path:?}");
    }
    let long = format!("/orders/{}", "a".repeat(141));
    assert_eq!(buyer::Place::parse(&long), None);
    assert_eq!(buyer::Place::parse(&long[..long.len() - 1]).map(buyer::Place::page), Some(buyer::Page::Order));
}

#[test]
fn an_order_link_names_its_place_unless_that_is_the_order() {
    let order_ref = OrderRef::parse("abcdefghijkmnpqrstuvwxyz23").unwrap();
    assert_eq!(buyer::order_link(&order_ref, LinkPlace::Order), "/o/abcdefghijkmnpqrstuvwxyz23");
    assert_eq!(buyer::order_link(&order_ref, LinkPlace::Card), "/o/abcdefghijkmnpqrstuvwxyz23?to=card");
}

#[test]
fn what_a_token_opens_is_a_secret_and_an_order_is_none() {
    let before: BTreeSet<&str> = addresses().filter_map(|address| address.before_secret()).collect();
    assert_eq!(
        before,
        BTreeSet::from([
            "/admin/password/",
            "/e/",
            "/l/",
            "/producer/invitations/",
            "/producer/password/",
            "/refund-requests/"
        ])
    );
}

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
        assert_eq!(returns_to(path), path);
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
        "/sign-in/sent",
        "/orders/a%2f",
        "/orders/A1/receipts/x/receipt.pdf",
        "/account/../x",
        "/account/data",
        "/subscriptions/../cancel",
        "/subscriptions/../plan",
        "/orders/a\r\nb",
        "/sign-out",
        "/refund-requests/a",
    ] {
        assert_eq!(returns_to(path), "/", "{path:?}");
    }
}

#[test]
fn next_is_a_target_or_home() {
    assert_eq!(next("/orders/A1/refund"), Target::Refund { handle: "A1".to_owned() });
    assert_eq!(next("/orders/A1"), Target::Order { handle: "A1".to_owned() });
    assert_eq!((next("/account"), next("/account/email")), (Target::Account, Target::Home));
    let id: SubscriptionId = ID.parse().unwrap();
    assert_eq!(next(&format!("/subscriptions/{id}")), Target::Subscription { id });
    assert_eq!(next(&format!("/subscriptions/{id}/cancel")), Target::Cancel { id });
    assert_eq!(of_request(&format!("/subscriptions/{id}/cancel/reason")), Target::Cancel { id });
    assert_eq!(next(&format!("/subscriptions/{id}/plan")), Target::Plan { id });
    assert_eq!(of_request(&format!("/subscriptions/{id}/plan/quote/{id}")), Target::Plan { id });
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
}

#[test]
fn signing_in_leads_to_the_nearest_target_above_what_was_asked_for() {
    let order = |handle: &str| Target::Order { handle: handle.to_owned() };
    assert_eq!(of_request("/orders/A1/refund/preview"), Target::Refund { handle: "A1".to_owned() });
    assert_eq!(of_request("/orders/A1/receipts/x/receipt.pdf"), order("A1"));
    assert_eq!(of_request("/orders/A1/terms"), order("A1"));
    for tail in ["%20", ")", "%E2%80%8B", "&gt;", "/"] {
        assert_eq!(of_request(&format!("/orders/A1{tail}")), order("A1"), "{tail}");
        assert_eq!(
            of_request(&format!("/orders/A1/refund{tail}")),
            Target::Refund { handle: "A1".to_owned() },
            "{tail}"
        );
    }
    assert_eq!(of_request("/orders/A1."), order("A1."), "a code may end so");
    assert_eq!(of_request("/account/sessions/x/end"), Target::Account);
    assert_eq!(of_request(&format!("/subscriptions/{ID}/plan/quote/x")), Target::Plan { id: ID.parse().unwrap() });
    for path in ["/", "/orders/../refund", "/subscriptions/x/cancel", "/sign-out"] {
        assert_eq!(of_request(path), Target::Home, "{path}");
    }
}

#[test]
fn every_target_is_found_at_its_own_place() {
    let (id, handle): (SubscriptionId, _) = (ID.parse().unwrap(), || "A1~luz".to_owned());
    for target in [
        Target::Home,
        Target::Account,
        Target::Order { handle: handle() },
        Target::Refund { handle: handle() },
        Target::Card { place: CardPlace::Order(handle()) },
        Target::Card { place: CardPlace::Subscription(id) },
        Target::Subscription { id },
        Target::Cancel { id },
        Target::Plan { id },
    ] {
        assert_eq!(next(&target.place().path()), target);
    }
}

#[test]
fn what_mail_programs_leave_at_the_end_of_an_address_is_told_from_the_address() {
    let left = [".", ")", "/", "%20", ">", "\"", ").", "%C2%A0", "%E2%80%9D.", "//", "*"];
    let others = [
        ",",
        ";",
        "!",
        "'",
        "%22",
        "%E2%80%8B",
        "%E2%80%A6",
        "&gt;",
        "&quot;).",
        "%",
        "%2",
        "%E2%80%8",
        "%3E",
        "=",
        "|",
        "`",
        "\\)",
        "<",
    ];
    for tail in left.into_iter().chain(others) {
        for path in ["/l/a.b-c", "/o/abcdefgh", "/orders/A1/refund", "/refund-requests/abc", "/sign-in"] {
            let meant = without_tail(path).unwrap_or(path);
            assert_eq!(meant, path, "nothing is left out of a right one");
            let known = Place::parse(path).is_some() || producer::Place::parse(path).is_some();
            let given = format!("{path}{tail}");
            assert_eq!(without_tail(&given), known.then_some(path), "{given}");
        }
    }
    for path in ["/", "/nowhere.", "/%20", "%", "/l/", "//evil.example/", "", "/é.", "/l/é%"] {
        assert_eq!(without_tail(path), None, "{path}");
    }
}
