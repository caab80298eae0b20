//! What the code of a page asks while the page stays: a search as one types, for producers and for the staff, and a
//! switch that is saved at once. Each answers its audience and nobody else, with what the page itself would show.

use super::{Desk, Seen};
use crate::desk::search::{sale, sell};
use crate::desk::staff_search::{assign, staff};
use crate::harness::browserless::Form;
use crate::harness::hostile_texts::MARKUP;
use crate::harness::http::encode;
use crate::harness::{ANA, each_world, origin, producer, put_product_with_days};
use portal::Producer;
use portal::testing::{World, owner_of, session_of};
use serde_json::{Value, json};
use types::StaffRole;

const ORDERS: &str = "/producer/fn/find_orders";
const STAFF: &str = "/admin/fn/find_for_staff";
const SWITCH: &str = "/producer/fn/change_switch";

/// A call as the code of a page makes it.
async fn call(desk: &Desk, path: &str, fields: &[(&str, &str)]) -> Seen {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    desk.press(&Form { method: "post".to_owned(), action: path.to_owned(), fields }, &[]).await
}

/// A search with these fields in its form.
async fn find(desk: &Desk, path: &str, form: &[(&str, &str)]) -> Value {
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let seen = call(desk, path, &[("asked", &encode(&form))]).await.expect(200);
    serde_json::from_str(&seen.text).unwrap()
}

/// Two producers, each with an order of the same buyer.
async fn shops(world: &World) -> (Producer, Producer) {
    let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
    for (shop, code) in [(&luz, "L-1"), (&mar, "M-1")] {
        let new = sale(world, code, ("<b>Ana</b> Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, shop, new).await;
    }
    world.settle().await;
    (luz, mar)
}

#[tokio::test]
async fn what_is_found_while_one_types_is_what_the_page_shows() {
    each_world(async |world| {
        let (luz, _) = shops(world).await;
        let desk = Desk::of(world, &luz).await;
        let found = find(&desk, ORDERS, &[("q", " souza "), ("status", "paid"), ("product", "")]).await;
        assert_eq!(found["address"], "/producer/orders?q=souza&status=paid");
        assert_eq!(found["said"], "1 pedido encontrado.");
        let html = found["html"].as_str().unwrap();
        assert!(html.contains("/producer/orders/L-1") && html.contains("&lt;b&gt;Ana&lt;/b&gt; Souza"), "{html}");
        assert!(!html.contains("M-1") && !html.contains("<b>Ana"), "{html}");
        for part in ["orders.csv?q=souza&amp;status=paid", "name=\"q\" value=\"souza\"", "aria-label=\"Visões"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        for asked in ["souza", "", "nobody"] {
            let found = find(&desk, ORDERS, &[("q", asked)]).await;
            let page = desk.get(found["address"].as_str().unwrap()).await.expect(200).text;
            let below = format!("<div id=\"list\">{}</div>", found["html"].as_str().unwrap());
            assert!(page.contains(&below), "{asked}: {below}\n{page}");
        }
        assert_eq!(find(&desk, ORDERS, &[("q", "nobody")]).await["said"], "Nenhum pedido encontrado.");
        // What the page refuses is nothing here.
        for wrong in [("q", &*"a".repeat(300)), ("from", "2026-02-30")] {
            assert_eq!(find(&desk, ORDERS, &[wrong]).await, Value::Null, "{wrong:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_staff_find_while_they_type_what_they_may_see() {
    each_world(async |world| {
        let (_, mar) = shops(world).await;
        let admin = Desk::of_staff(world, &staff(world, "admin@example.com", StaffRole::Admin).await).await;
        let agent = staff(world, "agent@example.com", StaffRole::Agent).await;
        assign(world, &agent, &mar).await;
        let agent = Desk::of_staff(world, &agent).await;
        let all = find(&admin, STAFF, &[("q", ANA)]).await;
        assert_eq!(
            (&all["said"], &all["address"]),
            (&json!("2 pedidos encontrados."), &json!("/admin?q=ana%40example%2Ecom"))
        );
        let html = all["html"].as_str().unwrap();
        assert!(html.contains("a***@example.com") && !html.contains(ANA) && !html.contains("Souza"), "{html}");
        let page = admin.get("/admin?q=ana%40example.com").await.expect(200).text;
        assert!(page.contains(&format!("<div id=\"list\">{html}</div>")), "{page}");
        let some = find(&agent, STAFF, &[("q", ANA)]).await;
        let html = some["html"].as_str().unwrap();
        assert!(html.contains("M-1") && !html.contains("L-1"), "{html}");
        assert_eq!(find(&admin, STAFF, &[("q", " ")]).await, json!({"html": "", "said": "", "address": "/admin"}));
        assert_eq!(find(&admin, STAFF, &[("q", &"a".repeat(600))]).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn hostile_words_are_text_wherever_they_are_answered() {
    each_world(async |world| {
        let (luz, _) = shops(world).await;
        let desk = Desk::of(world, &luz).await;
        let admin = Desk::of_staff(world, &staff(world, "admin@example.com", StaffRole::Admin).await).await;
        for hostile in MARKUP {
            for (desk, path) in [(&desk, ORDERS), (&admin, STAFF)] {
                let found = find(desk, path, &[("q", hostile), ("status", hostile), ("x", hostile)]).await;
                let html = found["html"].as_str().unwrap();
                for start in ["<script", "<img", "<svg", "<x>", "=\"\" onmouseover"] {
                    assert!(!html.contains(start), "{hostile}: {html}");
                }
                let address = found["address"].as_str().unwrap();
                assert!(
                    address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/?&=%_-".contains(&byte)),
                    "{address}"
                );
            }
        }
        for unreadable in ["q=%", "q=a b", "\u{0}", "q=<", "q=%ff", "q=ã"] {
            let seen = call(&desk, ORDERS, &[("asked", unreadable)]).await;
            assert!(matches!(seen.status, 200 | 422), "{unreadable:?}: {seen:?}");
        }
        for path in [ORDERS, SWITCH] {
            let seen = call(&desk, path, &[("nothing", "x")]).await;
            assert!((400..=500).contains(&seen.status), "{path}: {seen:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_switch_is_saved_for_those_products_that_the_page_is_about() {
    each_world(async |world| {
        let (luz, mar) = shops(world).await;
        let desk = Desk::of(world, &luz).await;
        let policy = async |code: Option<&str>| {
            let code = code.map(crate::harness::code);
            portal::policy::get(&world.portal, &luz, code.as_ref()).await.unwrap()
        };
        let (before, of_mar) = (policy(None).await, portal::policy::get(&world.portal, &mar, None).await.unwrap());
        let saved = call(&desk, SWITCH, &[("product", ""), ("name", "card_swap"), ("is_on", "false")]).await;
        assert_eq!(saved.expect(200).text, r#"{"is_saved":true,"words":"Salvo."}"#);
        let mut expected = before.clone();
        expected.payment.card_swap = false;
        assert_eq!((policy(None).await, policy(Some("photo")).await), (expected.clone(), expected.clone()));
        let history = desk.get("/producer/settings/history").await.expect(200).text;
        assert!(history.contains("Trocar o cartão"), "{history}");

        let of_photo = [("product", "photo"), ("name", "plan_change"), ("is_on", "false")];
        let own = call(&desk, SWITCH, &of_photo).await.expect(200).text;
        assert!(own.contains("Este produto tem agora regras próprias"), "{own}");
        let again = call(&desk, SWITCH, &[of_photo[0], of_photo[1], ("is_on", "true")]).await.expect(200).text;
        assert_eq!(again, r#"{"is_saved":true,"words":"Salvo."}"#);
        call(&desk, SWITCH, &of_photo).await.expect(200);
        let mut photo = expected.clone();
        photo.plan.change = false;
        assert_eq!((policy(None).await, policy(Some("photo")).await), (expected.clone(), photo.clone()));

        // What is not there and what is another's is the same, and no other part of the rules is a switch.
        let only_theirs = [("product", "sea"), ("name", "card_swap"), ("is_on", "false")];
        put_product_with_days(world, &mar, "sea", 7).await;
        let foreign = call(&desk, SWITCH, &only_theirs).await.expect(404);
        let absent = call(&desk, SWITCH, &[("product", "none"), only_theirs[1], only_theirs[2]]).await.expect(404);
        let malformed = call(&desk, SWITCH, &[("product", "<a/>"), only_theirs[1], only_theirs[2]]).await.expect(404);
        assert_eq!(foreign.text, absent.text);
        assert!(foreign.text.contains("<h1>") && malformed.text.contains("<h1>"));
        for name in ["", "refund", "upgrade", "card_swap "] {
            call(&desk, SWITCH, &[("product", ""), ("name", name), ("is_on", "true")]).await.expect(422);
        }
        assert_eq!((policy(None).await, policy(Some("photo")).await), (expected, photo));
        assert_eq!(portal::policy::get(&world.portal, &mar, None).await.unwrap(), of_mar);
    })
    .await;
}

#[tokio::test]
async fn a_function_answers_its_own_audience_on_its_own_pages_only() {
    each_world(async |world| {
        let (luz, mar) = shops(world).await;
        let desk = Desk::of(world, &luz).await;
        let admin = staff(world, "admin@example.com", StaffRole::Admin).await;
        let token = session_of(&world.portal, owner_of(&world.portal, luz.id()).await, &origin("192.0.2.1")).await;
        let strangers = [
            Desk::of_nobody(world),
            Desk::with_cookie(world, format!("aftersale={token}; aftersale-staff={token}")),
            Desk::of_staff(world, &admin).await,
        ];
        let switch = [("product", ""), ("name", "card_swap"), ("is_on", "false")];
        let before = portal::policy::get(&world.portal, &luz, None).await.unwrap();
        for stranger in &strangers {
            for (path, fields) in [(ORDERS, &[("asked", "q=souza")][..]), (SWITCH, &switch)] {
                let led = call(stranger, path, fields).await.expect(303);
                assert_eq!(led.location.as_deref(), Some("/producer/sign-in"), "{path}");
            }
        }
        for stranger in [&strangers[0], &desk] {
            let led = call(stranger, STAFF, &[("asked", "q=souza")]).await.expect(303);
            assert_eq!(led.location.as_deref(), Some("/admin/sign-in"));
        }
        // A function of one audience is not at the address of another.
        call(&desk, "/producer/fn/find_for_staff", &[("asked", "q=souza")]).await.expect(404);
        call(&strangers[2], "/admin/fn/find_orders", &[("asked", "q=souza")]).await.expect(404);
        for (path, fields) in [(ORDERS, &[("asked", "q=souza")][..]), (SWITCH, &switch)] {
            desk.call_from("cross-site", path, fields).await.expect(403);
            desk.call_from("same-site", path, fields).await.expect(403);
        }
        strangers[2].call_from("cross-site", STAFF, &[("asked", "q=souza")]).await.expect(403);
        assert_eq!(portal::policy::get(&world.portal, &luz, None).await.unwrap(), before);
        let theirs = find(&Desk::of(world, &mar).await, ORDERS, &[("q", "L-1")]).await;
        assert!(!theirs["html"].as_str().unwrap().contains("/producer/orders/L-1"), "{theirs}");
    })
    .await;
}
