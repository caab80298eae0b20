//! The one box of the staff: the same lookups across producers, for those whose orders one may see.

use super::search::{sale, sell};
use crate::harness::{ANA, code, each_world, email, line, origin, producer};
use portal::login::{NewStaff, create_staff};
use portal::search::{StaffRefusal, find_for_staff, producers_of};
use portal::testing::World;
use portal::{Producer, Staff, on};
use types::{LinkPlace, SessionId, StaffRole};

/// Somebody of the staff, as a session names them.
pub async fn staff(world: &World, address: &str, role: StaffRole) -> Staff {
    let new = NewStaff { email: email(address), name: line("Rui"), role, password: "correct horse battery".to_owned() };
    let id = create_staff(&world.portal, new).await.unwrap();
    let session = (SessionId(world.portal.new_id()), world.portal.now());
    Staff::new(world.portal.clone(), (id, email(address), role), session, origin("192.0.2.9"))
}

/// From now on somebody may see the orders of a producer.
pub async fn assign(world: &World, staff: &Staff, producer: &Producer) {
    assert!(portal::login::assign(&world.portal, staff.id(), producer, true).await.unwrap());
}

async fn codes(staff: &Staff, text: &str) -> Vec<String> {
    let found = find_for_staff(staff, text).await.unwrap();
    let mut codes: Vec<String> =
        found.orders.iter().map(|order| format!("{} {}", order.seller.slug, order.code)).collect();
    codes.sort();
    codes
}

#[tokio::test]
async fn the_staff_find_what_they_may_see_by_whatever_somebody_says() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        for shop in [&luz, &mar] {
            // Both use the same code.
            let new = sale(world, "A-1", ("Ana Souza", ANA), ("52998224725", "11999990001", "4242"));
            sell(world, shop, new).await;
        }
        world.settle().await;
        let admin = staff(world, "admin@example.com", StaffRole::Admin).await;
        let agent = staff(world, "agent@example.com", StaffRole::Agent).await;
        let new_agent = staff(world, "new@example.com", StaffRole::Agent).await;
        assign(world, &agent, &mar).await;
        assert_eq!(producers_of(&admin).await.unwrap(), None);
        assert_eq!(producers_of(&agent).await.unwrap(), Some(vec![mar.id()]));
        let order_ref: String = on!(world.portal.db.read().await.unwrap().conn(), c => {
            let sql = "select o.ref from orders o where o.producer_id = $1";
            let (name,): (String,) = sqlx::query_as(sql).bind(mar.id().0).fetch_one(c).await.unwrap();
            name
        });
        let link = format!("https://portal.example/o/{order_ref}?to=card");
        let made = portal::portal_link::make(&mar, &code("A-1"), LinkPlace::Refund, false).await.unwrap().url;
        for said in [
            "A-1",
            "a-1",
            ANA,
            "ana@",
            "ana",
            "souza a",
            "529.982.247-25",
            "52998224725",
            "(11) 99999-0001",
            "+5511999990001",
            "ch_A-1",
            "https://portal.example/orders/A-1/refund",
            "/producer/orders/A-1",
            "4242 49,90 20/11",
            "20/11/2026 R$ 49,90 4242",
        ] {
            assert_eq!(codes(&admin, said).await, ["luz A-1", "mar A-1"], "{said}");
            assert_eq!(codes(&agent, said).await, ["mar A-1"], "{said}");
            assert_eq!(codes(&new_agent, said).await, [""; 0], "{said}");
        }
        for said in [link.as_str(), &made, "/orders/A-1~mar"] {
            assert_eq!(codes(&admin, said).await, ["mar A-1"], "{said}");
            assert_eq!(codes(&new_agent, said).await, [""; 0], "{said}");
        }
        for said in
            ["4242 49,91 20/11", "4242 49,90 19/11", "1111 49,90 20/11", "%", "' or '1'='1", "/o/x", "jose", "a\0"]
        {
            let found = codes(&admin, said).await;
            // A zero byte is nothing: what is left of it is the beginning of a name.
            let expected: &[&str] = if said == "a\0" { &["luz A-1", "mar A-1"] } else { &[] };
            assert_eq!(found, expected, "{said:?}");
        }
        let long = find_for_staff(&admin, &"a".repeat(501)).await;
        assert!(matches!(long, Err(StaffRefusal::TextTooLong)));
    })
    .await;
}
