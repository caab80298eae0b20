//! The staff look at an order: masked, and what is read is written down.

use super::Desk;
use crate::desk::staff_search::assign;
use crate::harness::{ANA, buy, each_world, email, line, origin, paid_order, place, producer};
use portal::drawer::{Field, add_note, for_staff, reveal};
use portal::login::{NewStaff, create_staff};
use portal::session::{Holder, resume_staff};
use portal::testing::{World, session_of};
use portal::{Producer, Staff, on};
use types::{OrderId, RequestId, StaffRole};
use uuid::Uuid;

async fn staff(world: &World, role: StaffRole) -> (Staff, Desk) {
    let new = NewStaff {
        email: email("rui@example.com"),
        name: line("Rui"),
        role,
        password: "correct horse battery".to_owned(),
    };
    let rui = create_staff(&world.portal, new).await.unwrap();
    let token = session_of(&world.portal, Holder::Staff(rui), &origin("192.0.2.1")).await;
    let staff = resume_staff(&world.portal, &token, origin("192.0.2.1")).await.unwrap().unwrap();
    (staff, Desk::with_cookie(world, format!("aftersale-staff={token}")))
}

async fn sold(world: &World) -> (Producer, OrderId) {
    let luz = producer(world, "luz").await;
    let mut order = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
    order.buyer.phone = Some(line("+5511999990001"));
    place(world, &luz, order).await;
    world.settle().await;
    let (id,): (Uuid,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select id from orders where code = 'P-1'").fetch_one(c).await.unwrap()
    });
    (luz, OrderId(id))
}

#[tokio::test]
async fn what_is_about_a_person_is_masked_and_shown_to_whoever_asks_with_a_word_in_the_log() {
    each_world(async |world| {
        let (luz, id) = sold(world).await;
        let note = format!("Ana Souza, {ANA}, pediu ajuda");
        let form = RequestId(world.portal.new_id());
        add_note(&luz, &types::Code::parse("P-1").unwrap(), form, &note).await.unwrap();
        let (rui, desk) = staff(world, StaffRole::Admin).await;
        let address = format!("/admin/orders/{id}");
        let page = desk.get(&address).await.expect(200);
        for hidden in [ANA, "Souza", "999990001"] {
            assert!(!page.text.contains(hidden), "{hidden}: {}", page.text);
        }
        for shown in ["a***@example.com", "A*** S***", "P-1", "Registro de auditoria"] {
            assert!(page.text.contains(shown), "{shown}: {}", page.text);
        }
        // Nothing here changes anything.
        let forms = crate::harness::browserless::forms(&page.text);
        let own: Vec<_> = forms.iter().map(|form| form.action.as_str()).filter(|at| at.contains("/orders/")).collect();
        assert!(own.iter().all(|action| action.ends_with("/reveal")), "{own:?}");

        let ask = page.form(&format!("{address}/reveal"), None);
        let shown = desk.press(&ask, &[("field", "email")]).await.expect(200);
        assert!(shown.text.contains(ANA), "{}", shown.text);
        assert!(!desk.get(&address).await.text.contains(ANA), "it is shown once");
        world.clock.forward(std::time::Duration::from_secs(1));
        assert_eq!(reveal(&rui, None, id, Field::Phone).await.unwrap().as_deref(), Some("+5511999990001"));
        let drawer = for_staff(&rui, None, id).await.unwrap().unwrap();
        let revealed: Vec<_> = drawer.happenings.iter().filter(|one| one.name == "staff.revealed").collect();
        assert_eq!(revealed.len(), 2);
        assert!(revealed.iter().all(|one| one.actor == "staff"));
        assert!(revealed.iter().any(|one| one.origin == "192.0.2.1"));
        assert!(revealed.iter().any(|one| one.after.as_ref().unwrap().contains("email")));
    })
    .await;
}

#[tokio::test]
async fn what_is_out_of_reach_is_not_there() {
    each_world(async |world| {
        let (luz, id) = sold(world).await;
        let sol = producer(world, "sol").await;
        buy(world, &sol, ANA, "P-2", &[("photo", 29_700)]).await;
        let (rui, desk) = staff(world, StaffRole::Agent).await;
        assert!(for_staff(&rui, Some(&[sol.id()]), id).await.unwrap().is_none());
        assert!(reveal(&rui, Some(&[sol.id()]), id, Field::Email).await.unwrap().is_none());
        assert!(for_staff(&rui, Some(&[luz.id(), sol.id()]), id).await.unwrap().is_some());
        // An agent sees the orders of the producers assigned to them only.
        let absent = desk.get(&format!("/admin/orders/{}", world.portal.new_id())).await.expect(404);
        assert_eq!(desk.get(&format!("/admin/orders/{id}")).await.expect(404).text, absent.text);
        assign(world, &rui, &luz).await;
        desk.get(&format!("/admin/orders/{id}")).await.expect(200);
        desk.get("/admin/orders/x").await.expect(404);
        Desk::of(world, &luz).await.get(&format!("/admin/orders/{id}")).await.expect_sign_in();
    })
    .await;
}
