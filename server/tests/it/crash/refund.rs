//! Money back, cut off anywhere.

use super::{Case, ENGINES, at_every_step, shop};
use crate::harness::{Cut, DAY, assert_sound, end, swift_world};
use portal::ports::RefundProgress;
use portal::refund;
use portal::refund::new_request_id;

#[tokio::test]
async fn money_goes_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::bought(world, &producer).await;
            let form = new_request_id(&world.portal);
            let press = || refund::request(&case.buyer, &case.code, form, &[]);
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            is_sent_once(&case, step).await;
            is_whole
        })
        .await;
        // The worker dies while it sends the money back, and the next one when it has arrived.
        at_every_step(engine, 10, async |step| {
            let case = Case::bought(world, &producer).await;
            refund::request(&case.buyer, &case.code, new_request_id(&world.portal), &[]).await.unwrap();
            let was_sent = case.work(step).await;
            is_sent_once(&case, step).await;
            for (refund, _) in world.gateway.refunds_of(&format!("ch_{}", case.code)) {
                world.gateway.refund_progress(&refund.key, RefundProgress::Succeeded);
            }
            world.clock.forward(DAY);
            let is_whole = case.work(step).await && was_sent;
            assert_eq!(case.mails("RefundSettled"), 1, "{engine} {step}");
            assert_eq!(case.audited("refund.advanced").await, 2, "{engine} {step}");
            assert_eq!(world.gateway.refunds_of(&format!("ch_{}", case.code)).len(), 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

async fn is_sent_once(case: &Case<'_>, step: u32) {
    let engine = case.world.engine;
    let sent: Vec<i64> =
        case.world.gateway.refunds_of(&format!("ch_{}", case.code)).iter().map(|it| it.0.amount.amount).collect();
    assert_eq!(sent, [29_700], "{engine} {step}");
    let sql = "select count(*) from orders o where o.code = $1 and o.status = $2";
    assert_eq!(case.count(sql, "refunded").await, 1, "{engine} {step}");
    assert_eq!(case.audited("refund.requested").await, 1, "{engine} {step}");
    assert_eq!(case.mails("RefundRequested"), 1, "{engine} {step}");
    // It is said after ten minutes only, which have not passed.
    assert_eq!(case.mails("RefundSent"), 0, "{engine} {step}");
    assert!(case.world.area.access_of(&case.who).is_empty(), "{engine} {step}");
}
