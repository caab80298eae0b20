//! The addresses of programs: the API by another producer's key, hooks without their token.

use super::table::Who::Program;
use super::table::paths_of;
use super::two::{absent, theirs, two};
use crate::harness::http::{Answer, Request, call};
use crate::harness::shop::{GURU_TOKEN, guru_source, order};
use serde_json::{Value, json};

/// A body that the call takes, of this producer's things.
fn body(method: &str, path: &str) -> Value {
    match path.trim_start_matches("/api/v1/").split('/').next().unwrap() {
        "producer" => json!({"language": "en"}),
        "policy" => json!({"cancel": {"effect": "now"}}),
        "products" if path.ends_with("/policy") => json!({"refund": {"answer_days": 3}}),
        "products" => json!({"name": "Outro"}),
        "offers" => {
            json!({"product": "foto", "name": "Outra", "price": {"amount": 1, "currency": "BRL"}, "interval": null})
        }
        "member-areas" => {
            json!({"kind": "memberkit", "base_url": "https://area.example/api", "api_key": "another-key"})
        }
        "access-rules" => json!({"product": "foto", "member_area": "area", "grant": {"unlimited": true}}),
        "sources" => json!({"kind": "guru", "api_token": GURU_TOKEN}),
        "connections" if path.ends_with("/test") => json!({}),
        "connections" => json!({"gateway": "stripe", "bills": "calendar", "secret_key": "sk_test_of_nobody"}),
        _ if path.ends_with("/answer") => json!({"answer": "approve"}),
        _ if path.ends_with("/done") => json!({}),
        _ if path.ends_with("/links") => json!({"target": "order"}),
        _ if method == "PUT" => {
            let mut whole = order("A-1", "eve@example.com", &[("foto", 1)]);
            whole.as_object_mut().unwrap().remove("code");
            whole["version"] = json!(1);
            whole
        }
        _ => order("S-1", "eve@example.com", &[("foto", 1)]),
    }
}

fn api_request(method: &str, path: &str) -> Request {
    let request = Request::new(method, path);
    if method == "GET" { request } else { request.json(&body(method, path)) }
}

/// The items of an order, without how far access to them is.
fn items(order: &Value) -> Vec<Value> {
    let mut items = order["items"].as_array().expect("an order has items").clone();
    items.iter_mut().for_each(|item| drop(item.as_object_mut().unwrap().remove("access")));
    items
}

#[tokio::test]
async fn a_producer_sees_no_difference_between_what_is_absent_and_what_is_another_producers() {
    for engine in crate::harness::site::ENGINES {
        let two = two(engine).await;
        let before = two.luz.order("A-1").await;
        for (method, path) in paths_of(Program) {
            let (own, absent) = (theirs(&two, path, "A-1"), absent(&two, path));
            let mut refusals: Vec<Answer> = Vec::new();
            for key in [
                None,
                Some("Bearer nothing"),
                Some("Basic YTpi"),
                Some("Bearer "),
                Some(&*format!("Bearer {}x", two.luz.key)),
            ] {
                let request = api_request(method, &own);
                let request = key.into_iter().fold(request, |request, key| request.with("authorization", key));
                refusals.push(call(two.site.address, &request).await.unwrap().expect(401));
            }
            assert!(refusals.iter().all(|one| one.without_marks() == refusals[0].without_marks()), "{method} {path}");
            assert_eq!(refusals[0].json()["code"], "unauthorized");
            // A buyer's session opens nothing here.
            let mut bob = two.bob.clone();
            bob.send(api_request(method, &own)).await.expect(401);
            let foreign = two.sol.send(api_request(method, &own)).await.unwrap();
            let is_of_order = path.starts_with("/api/v1/orders/") && method != "PUT";
            if is_of_order || path.ends_with("/test") {
                let absent = two.sol.send(api_request(method, &absent)).await.unwrap().expect(404);
                assert_eq!(foreign.without_marks(), absent.without_marks(), "{method} {path}");
            } else {
                // The same code is another producer's own thing.
                assert!((200..300).contains(&foreign.status), "{method} {path}: {foreign:?}");
            }
        }
        let after = two.luz.order("A-1").await;
        for part in ["buyer", "status", "charges", "refunds"] {
            assert_eq!(after[part], before[part], "{part}: what the other producer wrote is theirs");
        }
        assert_eq!(items(&after), items(&before), "what the other producer wrote is theirs");
        assert_eq!(two.luz.get("orders").await.json()["orders"].as_array().unwrap().len(), 2);
        let listed = two.sol.get("orders?email=ana@example.com").await.expect(200).json();
        assert_eq!(listed["orders"], json!([]));
        let taken = two.luz.post("offers/x", &json!({})).await;
        assert_eq!((taken.status, taken.json()["code"].as_str()), (405, Some("method_not_allowed")));
        two.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_hook_without_its_token_and_a_hook_that_is_not_there_are_the_same() {
    for engine in crate::harness::site::ENGINES {
        let two = two(engine).await;
        let hook = guru_source(&two.luz).await;
        let other = guru_source(&two.sol).await;
        assert_ne!(hook, other);
        let wrong = json!({"webhook_type": "transaction", "api_token": "wrong", "id": "x", "status": "approved"});
        let send = async |path: &str, body: &Value| {
            call(two.site.address, &Request::new("POST", path).json(body)).await.unwrap()
        };
        let here = send(&hook, &wrong).await.expect(401);
        let nowhere = send("/hooks/guru/AAAAAAAAAAAAAAAAAAAAAAAAAA", &wrong).await.expect(401);
        assert_eq!(here.without_marks(), nowhere.without_marks());
        // The token of one source is worth nothing at the address of another.
        two.sol
            .put("sources/guru", &json!({"kind": "guru", "api_token": "the-token-of-the-other-producer-of-40-letters"}))
            .await
            .expect(200);
        let crossed = json!({"webhook_type": "transaction", "api_token": GURU_TOKEN, "id": "x", "status": "approved"});
        assert_eq!(send(&other, &crossed).await.expect(401).without_marks(), nowhere.without_marks());
        two.site.assert_sound().await;
    }
}
