//! The addresses of those who work with orders, walked by others who do: another producer, an agent, the staff.

use super::table::Who::{Owner, Producer, Staff};
use super::table::{Who, paths_of};
use super::two::{NOBODYS, Two, absent, page_request, theirs, two};
use crate::harness::browserless::Browser;
use crate::harness::producers::{agent_of, post, post_from, signed_in, staff};
use crate::harness::site::ENGINES;
use portal::on;
use serde_json::json;
use uuid::Uuid;

/// What stands in addresses of one producer's things, and the column where it is found.
const THINGS: [(&str, &str); 8] = [
    ("{link}", "select id from portal_links"),
    ("{campaign}", "select id from link_campaigns"),
    ("{view}", "select id from order_views"),
    ("{invitation}", "select id from invitations where email = 'nobody@example.com'"),
    ("{login}", "select l.id from logins l where l.email = 'bia@example.com'"),
    ("{api_key}", "select k.id from api_keys k join producers p on p.id = k.producer_id where p.slug = 'luz'"),
    ("{event}", "select id from events where name = 'policy.written'"),
    ("{order}", "select o.id from orders o join producers p on p.id = o.producer_id where p.slug = 'luz'"),
];

/// Two producers, of whom one has a thing of every kind, and the browsers of its owner and agent.
async fn areas(engine: &'static str) -> (Two, Browser, Browser) {
    let mut two = two(engine).await;
    let mut owner = signed_in(&two.site, "luz").await;
    let agent = agent_of(&two.site, &mut owner, "bia@example.com").await;
    let invited = [("email", "nobody@example.com"), ("role", "agent")];
    post_from(&mut owner, "/producer/people", "/producer/people", &invited).await;
    post_from(&mut owner, "/producer/links", "/producer/links", &[("order", "A-1"), ("target", "order")]).await;
    post(&mut owner, "/producer/links/bulk", &[("target", "order")]).await;
    post(&mut owner, "/producer/views", &[("name", "em atraso"), ("risk", "overdue")]).await;
    two.luz.put("policy", &json!({"refund": {"answer_days": 3}})).await.expect(200);
    let db = two.site.db().await;
    for (place, sql) in THINGS {
        let (id,): (Uuid,) = on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        two.things.insert(place, id.to_string());
    }
    (two, owner, agent)
}

/// The addresses of an audience that name something.
fn naming(who: Who) -> impl Iterator<Item = (&'static str, &'static str)> {
    paths_of(who).filter(|(_, path)| path.contains('{') && !path.contains("{function}"))
}

#[tokio::test]
async fn another_producers_things_look_as_if_they_were_not_there() {
    for engine in ENGINES {
        let (two, ..) = areas(engine).await;
        let mut sol = signed_in(&two.site, "sol").await;
        for (method, path) in naming(Producer).chain(naming(Owner)) {
            let foreign = sol.send(page_request(method, theirs(&two, path, "A-1"))).await;
            let absent = sol.send(page_request(method, absent(&two, path))).await;
            // A form may be refused for its fields before anything is looked for.
            let is_refused = if method == "GET" { foreign.status == 404 } else { matches!(foreign.status, 404 | 422) };
            assert!(is_refused || foreign.status == 400, "{engine}: {method} {path}: {foreign:?}");
            assert_eq!(foreign.without_marks(), absent.without_marks(), "{engine}: {method} {path}");
        }
        two.site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_for_the_owner_is_not_there_for_an_agent() {
    for engine in ENGINES {
        let (two, mut owner, mut agent) = areas(engine).await;
        agent.get("/producer/orders/A-1").await.expect(200);
        for (method, path) in paths_of(Owner) {
            let own = theirs(&two, path, "A-1");
            agent.send(page_request(method, own.clone())).await.expect(404);
            if method == "GET" {
                owner.get(&own).await.expect(200);
            }
        }
        // No lead to it either.
        let home = agent.get("/producer/orders").await.expect(200).text();
        assert!(!home.contains("/producer/settings") && !home.contains("/producer/people"), "{engine}: {home}");
        two.site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_agent_of_the_staff_sees_the_orders_of_assigned_producers_only_and_an_admin_all() {
    for engine in ENGINES {
        let (mut two, owner, _) = areas(engine).await;
        two.things.insert("{id}", two.things["{order}"].clone());
        let mut rui = staff(&two.site, "rui@example.com", "agent").await;
        let mut alice = staff(&two.site, "alice@example.com", "admin").await;
        for (method, path) in naming(Staff).filter(|(_, path)| path.contains("{id}")) {
            let foreign = rui.send(page_request(method, theirs(&two, path, "A-1"))).await;
            let absent = rui.send(page_request(method, absent(&two, path))).await;
            assert_eq!(foreign.without_marks(), absent.without_marks(), "{engine}: {method} {path}");
            assert_ne!(foreign.status, 200, "{engine}: {method} {path}");
        }
        let order = theirs(&two, "/admin/orders/{id}", "");
        alice.get(&order).await.expect(200);
        assert!(!rui.get("/admin?q=ana").await.expect(200).text().contains("A-1"));
        let assigned = two.site.run(&["assign-staff", "--email", "rui@example.com", "--producer", "luz"], "").await;
        assert!(assigned.status.success(), "{}", String::from_utf8_lossy(&assigned.stderr));
        rui.get(&order).await.expect(200);
        assert!(rui.get("/admin?q=ana").await.expect(200).text().contains("A-1"));
        // Somebody else's session of an account is as absent as one that never was.
        let foreign = rui.send(page_request("POST", format!("/admin/account/sessions/{NOBODYS}"))).await;
        assert_ne!(foreign.status, 500);
        let own = owner.cookies["aftersale-producer"].clone();
        for (method, path) in paths_of(Staff) {
            let mut producer = owner.clone();
            producer.cookies.insert("aftersale-staff".to_owned(), own.clone());
            let led = producer.send(page_request(method, theirs(&two, path, "A-1"))).await.expect(303);
            assert!(led.header("location").unwrap().starts_with("/admin/sign-in"), "{engine}: {method} {path}");
        }
        let own = alice.cookies["aftersale-staff"].clone();
        for (method, path) in paths_of(Producer).chain(paths_of(Owner)) {
            let mut admin = alice.clone();
            admin.cookies.insert("aftersale-producer".to_owned(), own.clone());
            let led = admin.send(page_request(method, theirs(&two, path, "A-1"))).await.expect(303);
            assert!(led.header("location").unwrap().starts_with("/producer/sign-in"), "{engine}: {method} {path}");
        }
        two.site.assert_sound().await;
    }
}
