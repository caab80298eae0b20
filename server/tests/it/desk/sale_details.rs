//! What a sale says beside its items: the buyer reads it, the producer and its program too, the staff without an
//! address.

use crate::harness::browserless::plain;
use crate::harness::member_areas::Area;
use crate::harness::producers::{signed_in, staff};
use crate::harness::shop::{catalogue, order, sell, sign_in};
use crate::harness::site::{ENGINES, Site};
use portal::on;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn coupon_taxes_transaction_and_address_of_a_sale_are_shown_to_whom_they_concern() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let address = json!({"street": "Rua das Flores", "number": "120", "city": "São Paulo", "state": "SP"});
        let details = json!({"coupon": "BLACK10", "subtotal": 32_700, "discount": 3_000, "taxes": 500,
            "transaction": "NSU-120045"});
        let mut sale = order("A-1", "ana@example.com", &[("foto", 29_700)]);
        sale["buyer"]["address"] = address.clone();
        sale["details"] = details.clone();
        sell(&luz, &sale).await;
        let seen = luz.get("orders/A-1").await.expect(200).json();
        assert_eq!((&seen["address"], &seen["details"]), (&address, &details), "{engine}");
        let shown = ["BLACK10", "327,00", "30,00", "NSU-120045", "Rua das Flores, 120, São Paulo, SP"];
        let mut ana = sign_in(&site, "ana@example.com").await;
        let own = plain(&ana.visit("/orders/A-1").await.text());
        let mut owner = signed_in(&site, "luz").await;
        let drawer = plain(&owner.get("/producer/orders/A-1").await.expect(200).text());
        for part in shown {
            assert!(own.contains(part), "{engine}: {part}: {own}");
            assert!(drawer.contains(part), "{engine}: {part}: {drawer}");
        }
        let sql = "select id from orders where code = 'A-1'";
        let db = site.db().await;
        let (id,): (Uuid,) = on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        let mut alice = staff(&site, "alice@example.com", "admin").await;
        let looked = plain(&alice.get(&format!("/admin/orders/{id}")).await.expect(200).text());
        assert!(looked.contains("BLACK10") && !looked.contains("Rua das Flores"), "{engine}: {looked}");
        // What cannot be is named by its field.
        sale["code"] = json!("A-2");
        sale["details"]["taxes"] = json!(-1);
        sale["buyer"]["address"]["city"] = json!("x".repeat(300));
        let refused = luz.post("orders", &sale).await.expect(422).text();
        assert!(refused.contains("details.taxes") && refused.contains("buyer.address.city"), "{engine}: {refused}");
        site.assert_sound().await;
    }
}
