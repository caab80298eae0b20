//! A producer's own account at Digital Manager Guru: orders come by a source, and what becomes of them is done at the
//! account that is connected under the name that they give. The server as it runs, and a stand-in of Guru.

mod account;
mod buyer;
mod subscription;

use crate::harness::member_areas::Area;
use crate::harness::shop::{GURU_TOKEN, catalogue, guru_source};
use crate::harness::site::{Api, Site};
use serde_json::{Value, json};
use standin::guru::{Buyer, Guru, Method, Offer};

const TOKEN: &str = "user-token-of-luz-000000000000";
const ANA: &str = "ana@example.com";

/// A shop whose account at Guru is connected under the name that orders from there give, and whose orders come by a
/// source.
async fn shop(engine: &'static str) -> (Site, Api, Guru) {
    let guru = Guru::start(([127, 0, 0, 1], 0).into(), TOKEN, GURU_TOKEN).unwrap();
    guru.offer(Offer::once("course", "Curso", 29_700));
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    luz.put("connections/guru", &account(&guru)).await.expect(200);
    guru.listen(&format!("http://{}{}", site.address, guru_source(&luz).await));
    (site, luz, guru)
}

fn account(guru: &Guru) -> Value {
    json!({"gateway": "guru", "bills": "gateway", "user_token": TOKEN, "base_url": guru.base_url()})
}

/// Ana buys the course by card; the transaction, which is the code of the order.
async fn bought(guru: &Guru) -> String {
    let bought = guru.buy(&buyer(), &["course"], Method::CreditCard).unwrap();
    guru.hooks().settle().await;
    bought.transaction
}

fn buyer() -> Buyer {
    let text = str::to_owned;
    Buyer { name: text("Ana Souza"), email: text(ANA), doc: text("52998224725"), phone: text("11999990001") }
}
