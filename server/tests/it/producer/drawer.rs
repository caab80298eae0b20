//! One order and what its producer may do about it: each act once, however often it is pressed, and nothing of anybody
//! else's order.

use super::Desk;
use crate::harness::{
    ANA, DAY, assert_mails, buy, classroom, code, each_world, email, line, mails, order, paid_order, place, producer,
    sign_in,
};
use crate::money::subscription::{plan, report};
use portal::drawer::{self, Drawer, NoteError, ResendError, add_note, send_access, send_link, send_mail};
use portal::ledger::{CorrectError, correct_address};
use portal::refund::{Gift, Reason, RefundError, give, preview_gift};
use portal::subscription::{At, CancelError, UndoError, cancel_for_buyer, undo, undo_for_buyer};
use portal::testing::World;
use portal::{Producer, intake, on};
use types::view::{AccessView, TimelineEvent};
use types::{LinkPlace, MailKind, OrderStatus, RefundState, RequestId, SubscriptionStatus};

const BEA: &str = "bea@example.com";

fn number(world: &World) -> RequestId {
    RequestId(world.portal.new_id())
}

fn reason() -> Reason {
    Reason { to_buyer: line("Sentimos muito pelo atraso"), inside: Some(line("chamado 77")) }
}

async fn sold(world: &World) -> Producer {
    let luz = producer(world, "luz").await;
    buy(world, &luz, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
    world.settle().await;
    luz
}

async fn seen(luz: &Producer, order: &str) -> Drawer {
    drawer::for_producer(luz, &code(order)).await.unwrap().expect("the producer's own order")
}

/// How often something happened to the order, by its name.
fn happened(drawer: &Drawer, name: &str) -> usize {
    drawer.happenings.iter().filter(|happening| happening.name == name).count()
}

#[tokio::test]
async fn what_is_given_whole_ends_access_and_is_given_once() {
    each_world(async |world| {
        let luz = sold(world).await;
        let preview = preview_gift(&luz, &code("P-1"), &Gift::Everything).await.unwrap();
        assert_eq!((preview.amount.amount, preview.access_lost.len(), preview.is_by_hand), (31_690, 2, false));
        let form = number(world);
        let protocol = give(&luz, &code("P-1"), form, &Gift::Everything, &reason()).await.unwrap();
        assert_eq!(give(&luz, &code("P-1"), form, &Gift::Everything, &reason()).await.unwrap(), protocol);
        let other = give(&luz, &code("P-1"), number(world), &Gift::Amount(100), &reason()).await;
        assert!(matches!(other, Err(RefundError::UnderWay)), "{other:?}");
        let changed = give(&luz, &code("P-1"), form, &Gift::Amount(100), &reason()).await;
        assert!(matches!(changed, Err(RefundError::OtherRequest)), "{changed:?}");
        world.settle().await;
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 31_690);
        assert!(world.area.access_of(ANA).is_empty());
        assert_mails(world, &[("RefundGiven", 1), ("RefundRequested", 0)]);

        let ana = sign_in(world, ANA).await;
        let view = order(&ana, "P-1").await;
        let refund = &view.refunds[0];
        assert_eq!((refund.is_given, refund.may_be_withdrawn), (true, false));
        assert_eq!(refund.answer.as_deref(), Some("Sentimos muito pelo atraso"));
        assert!(view.timeline.iter().any(|entry| entry.event == TimelineEvent::RefundGiven(protocol.clone())));
        let drawer = seen(&luz, "P-1").await;
        assert!(matches!(drawer.acts.refund, Err(RefundError::NothingLeft)), "{:?}", drawer.acts.refund);
        let given = drawer.happenings.iter().find(|happening| happening.name == "refund.given").unwrap();
        assert_eq!((given.actor.as_str(), given.reason.as_deref()), ("system", Some("chamado 77")));
    })
    .await;
}

#[tokio::test]
async fn an_amount_ends_nothing_until_it_is_all_that_is_left() {
    each_world(async |world| {
        let luz = sold(world).await;
        let far = give(&luz, &code("P-1"), number(world), &Gift::Amount(31_691), &reason()).await;
        assert!(matches!(far, Err(RefundError::OutOfReach { left: 31_690 })), "{far:?}");
        let none = give(&luz, &code("P-1"), number(world), &Gift::Amount(0), &reason()).await;
        assert!(matches!(none, Err(RefundError::OutOfReach { .. })), "{none:?}");
        give(&luz, &code("P-1"), number(world), &Gift::Amount(1_000), &reason()).await.unwrap();
        world.settle().await;
        let drawer = seen(&luz, "P-1").await;
        assert_eq!(drawer.order.order.status, OrderStatus::PartlyRefunded);
        assert!(matches!(drawer.order.items[0].access, AccessView::Confirmed { .. }));
        let left = drawer.acts.refund.unwrap();
        assert_eq!((left.left.amount, left.items.len()), (30_690, 2));
        give(&luz, &code("P-1"), number(world), &Gift::Amount(30_690), &reason()).await.unwrap();
        world.settle().await;
        assert_eq!(seen(&luz, "P-1").await.order.order.status, OrderStatus::Refunded);
        assert!(world.area.access_of(ANA).is_empty());
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 31_690);
    })
    .await;
}

#[tokio::test]
async fn an_item_is_given_and_what_the_other_gives_stays() {
    each_world(async |world| {
        let luz = sold(world).await;
        let photo = seen(&luz, "P-1").await.order.items[0].id;
        let nothing = give(&luz, &code("P-1"), number(world), &Gift::Items(vec![]), &reason()).await;
        assert!(matches!(nothing, Err(RefundError::UnknownItem)), "{nothing:?}");
        give(&luz, &code("P-1"), number(world), &Gift::Items(vec![photo]), &reason()).await.unwrap();
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).into_keys().collect::<Vec<_>>(), [classroom(222)]);
        let again = give(&luz, &code("P-1"), number(world), &Gift::Items(vec![photo]), &reason()).await;
        assert!(matches!(again, Err(RefundError::UnknownItem)), "{again:?}");
        // The window is over, and the producer gives all the same.
        world.clock.forward(DAY * 60);
        world.settle().await;
        give(&luz, &code("P-1"), number(world), &Gift::Everything, &reason()).await.unwrap();
        world.settle().await;
        assert_eq!(seen(&luz, "P-1").await.order.order.status, OrderStatus::Refunded);
    })
    .await;
}

#[tokio::test]
async fn a_corrected_address_takes_order_access_and_mail_along_and_the_source_does_not_bring_the_old_one_back() {
    each_world(async |world| {
        let luz = sold(world).await;
        correct_address(&luz, &code("P-1"), &email(BEA), Some("digitou errado")).await.unwrap();
        let again = correct_address(&luz, &code("P-1"), &email(BEA), None).await;
        assert!(matches!(again, Err(CorrectError::Same)), "{again:?}");
        world.settle().await;
        assert_eq!((world.area.access_of(ANA).len(), world.area.access_of(BEA).len()), (0, 2));
        let to_bea = world.mail.taken().iter().filter(|letter| letter.to.as_str() == BEA).count();
        assert_eq!((to_bea, mails(world, "Purchase")), (1, 2));
        // The source goes on naming the address of the sale.
        world.clock.forward(DAY);
        let mut report = paid_order(world, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]);
        report.buyer.name = line("Ana Maria Souza");
        let mut tx = world.portal.db.begin().await.unwrap();
        intake::place(&world.portal, &mut tx, &luz, report, intake::Way::Report("test")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        let drawer = seen(&luz, "P-1").await;
        assert_eq!((&*drawer.buyer.email, &*drawer.buyer.name), (BEA, "Ana Maria Souza"));
        assert_eq!(happened(&drawer, "order.address_corrected"), 1);
        // And back: then Ana's is the right one.
        correct_address(&luz, &code("P-1"), &email(ANA), None).await.unwrap();
        world.settle().await;
        assert_eq!((world.area.access_of(ANA).len(), world.area.access_of(BEA).len()), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_subscription_is_cancelled_for_its_buyer_once_and_only_the_producer_takes_it_back() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        place(world, &luz, plan(world, "S-1", SubscriptionStatus::Active)).await;
        world.settle().await;
        let (form, why) = (number(world), line("a pedido, por telefone"));
        let protocol = cancel_for_buyer(&luz, &code("S-1"), form, At::PeriodEnd, Some(&why)).await.unwrap();
        let again = cancel_for_buyer(&luz, &code("S-1"), form, At::PeriodEnd, Some(&why)).await.unwrap();
        let other = cancel_for_buyer(&luz, &code("S-1"), number(world), At::Now, None).await.unwrap();
        assert_eq!((&again, &other), (&protocol, &protocol));
        world.settle().await;
        assert_mails(world, &[("Canceled", 1)]);
        let drawer = seen(&luz, "S-1").await;
        assert_eq!(drawer.order.subscription.unwrap().status, SubscriptionStatus::Ending);
        assert!(drawer.acts.subscription.unwrap().cancellation.unwrap().can_undo);
        let canceled = drawer.happenings.iter().find(|happening| happening.name == "subscription.canceled").unwrap();
        assert_eq!(canceled.reason.as_deref(), Some("a pedido, por telefone"));
        // The buyer cannot undo what the producer decided.
        let ana = sign_in(world, ANA).await;
        let id = order(&ana, "S-1").await.subscription.unwrap().id;
        let by_buyer = undo(&ana, id, protocol.as_str()).await;
        assert!(matches!(by_buyer, Err(UndoError::OfProducer)), "{by_buyer:?}");
        for _ in 0..2 {
            undo_for_buyer(&luz, &code("S-1"), protocol.as_str(), None).await.unwrap();
        }
        world.settle().await;
        assert_mails(world, &[("CancelUndone", 1)]);
        assert_eq!(seen(&luz, "S-1").await.order.subscription.unwrap().status, SubscriptionStatus::Active);
        // At once.
        cancel_for_buyer(&luz, &code("S-1"), number(world), At::Now, None).await.unwrap();
        world.settle().await;
        let drawer = seen(&luz, "S-1").await;
        assert_eq!(drawer.order.subscription.unwrap().status, SubscriptionStatus::Ended);
        assert!(world.area.access_of(ANA).is_empty());
        let over = undo_for_buyer(&luz, &code("S-1"), protocol.as_str(), None).await;
        assert!(matches!(over, Err(UndoError::NotFound)), "{over:?}");
        // What the source says afterwards changes nothing.
        let now = world.portal.now().plus(DAY);
        report(world, &luz, plan(world, "S-1", SubscriptionStatus::Active), SubscriptionStatus::Active, now).await;
        let drawer = seen(&luz, "S-1").await;
        assert_eq!(drawer.order.subscription.unwrap().status, SubscriptionStatus::Ended);
        assert!(drawer.acts.subscription.unwrap().refusal.is_some());
    })
    .await;
}

#[tokio::test]
async fn mails_links_and_access_go_out_once_a_form() {
    each_world(async |world| {
        let luz = sold(world).await;
        assert_mails(world, &[("Purchase", 1)]);
        let (purchase, access, link) = (number(world), number(world), number(world));
        for _ in 0..2 {
            send_mail(&luz, &code("P-1"), purchase, MailKind::Purchase).await.unwrap();
            send_mail(&luz, &code("P-1"), access, MailKind::OrderAccess).await.unwrap();
            send_link(&luz, &code("P-1"), link, LinkPlace::Refund).await.unwrap();
        }
        world.settle().await;
        assert_mails(world, &[("Purchase", 2), ("OrderAccess", 1), ("PortalLink", 1)]);
        let letters = world.mail.taken();
        let mut ids: Vec<_> = letters.iter().map(|letter| &letter.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), letters.len(), "a letter has the name of another");
        // A link to what cannot be done is not sent.
        let plan = send_link(&luz, &code("P-1"), number(world), LinkPlace::Plan).await;
        assert!(matches!(plan, Err(ResendError::NothingToSend)), "{plan:?}");
        let told = world.area.told().len();
        let form = number(world);
        for _ in 0..2 {
            send_access(&luz, &code("P-1"), form).await.unwrap();
        }
        world.settle().await;
        assert!(world.area.told().len() > told, "nothing was told");
        // What was in doubt is looked at once more a minute later, and is in doubt no longer.
        world.clock.forward(std::time::Duration::from_secs(61));
        world.settle().await;
        let drawer = seen(&luz, "P-1").await;
        assert_eq!(happened(&drawer, "order.access_asked"), 1);
        assert!(matches!(drawer.order.items[0].access, AccessView::Confirmed { .. }));
        let deliveries = &drawer.order.deliveries;
        assert!(deliveries.iter().all(|delivery| delivery.ended_at.is_some()), "{deliveries:?}");
        assert!(!drawer.attempts.is_empty() && drawer.access.iter().all(|line| line.told.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_note_is_kept_once_and_forgotten_with_its_buyer() {
    each_world(async |world| {
        let luz = sold(world).await;
        let form = number(world);
        for _ in 0..2 {
            add_note(&luz, &code("P-1"), form, " ligou\r\nhoje \u{0}").await.unwrap();
        }
        let empty = add_note(&luz, &code("P-1"), number(world), " \n ").await;
        assert!(matches!(empty, Err(NoteError::NoText)), "{empty:?}");
        let drawer = seen(&luz, "P-1").await;
        assert_eq!((drawer.notes.len(), &*drawer.notes[0].text), (1, "ligou\nhoje"));
        assert_eq!(happened(&drawer, "order.noted"), 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_done_to_an_order_of_somebody_else() {
    each_world(async |world| {
        sold(world).await;
        let sol = producer(world, "sol").await;
        let (order, form) = (code("P-1"), number(world));
        assert!(drawer::for_producer(&sol, &order).await.unwrap().is_none());
        let given = give(&sol, &order, form, &Gift::Everything, &reason()).await;
        assert!(matches!(given, Err(RefundError::NotFound)), "{given:?}");
        let corrected = correct_address(&sol, &order, &email(BEA), None).await;
        assert!(matches!(corrected, Err(CorrectError::NotFound)), "{corrected:?}");
        let canceled = cancel_for_buyer(&sol, &order, form, At::Now, None).await;
        assert!(matches!(canceled, Err(CancelError::NotFound)), "{canceled:?}");
        let noted = add_note(&sol, &order, form, "x").await;
        assert!(matches!(noted, Err(NoteError::NotFound)), "{noted:?}");
        let sent = [
            send_mail(&sol, &order, form, MailKind::Purchase).await,
            send_link(&sol, &order, form, LinkPlace::Order).await,
            send_access(&sol, &order, form).await,
        ];
        assert!(sent.iter().all(|sent| matches!(sent, Err(ResendError::NotFound))), "{sent:?}");
        let sql = "select count(*) from order_forms";
        let (forms,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).fetch_one(c).await.unwrap()
        });
        assert_eq!(forms, 0);
    })
    .await;
}

#[tokio::test]
async fn the_page_offers_what_can_be_done_and_each_form_does_it() {
    each_world(async |world| {
        let luz = sold(world).await;
        let sol = producer(world, "sol").await;
        let (desk, other) = (Desk::of(world, &luz).await, Desk::of(world, &sol).await);
        let address = "/producer/orders/P-1";
        let page = desk.get(address).await.expect(200);
        for shown in [ANA, "Ana Souza", "id=\"links\"", "/o/", "Copiar link", "to=refund", "Enviar por e-mail"] {
            assert!(page.text.contains(shown), "{shown}: {}", page.text);
        }
        for hidden in ["to=cancel", "to=plan", "to=card", "undo-cancel"] {
            assert!(!page.text.contains(hidden), "{hidden}");
        }
        // Somebody else's looks as if it were not there.
        let (foreign, absent) = (other.get(address).await.expect(404), other.get("/producer/orders/P-9").await);
        assert_eq!(foreign.text.replace("P-1", "P-9"), absent.text.replace("P-1", "P-9"));

        let note = page.form("/producer/orders/P-1/notes", None);
        let kept = desk.press(&note, &[("text", "<b>ligou</b>")]).await.expect(303);
        assert!(kept.says("said-note-kept") && kept.location.unwrap().ends_with("#notes"));
        let page = desk.get(address).await.expect(200);
        assert!(page.text.contains("&lt;b&gt;ligou"), "{}", page.text);
        let empty = desk.press(&note, &[("text", " ")]).await.expect(422);
        assert!(empty.text.contains("aria-invalid"), "{}", empty.text);
        let email = page.form("/producer/orders/P-1/email", ("email", ""));
        desk.press(&email, &[("email", "bea")]).await.expect(422);
        assert!(desk.press(&email, &[("email", BEA)]).await.expect(303).says("said-email-corrected"));
        let mail = page.form("/producer/orders/P-1/mail", ("mail", "purchase"));
        assert!(desk.press(&mail, &[]).await.expect(303).says("said-mail-sent"));
        let link = page.form("/producer/orders/P-1/links", ("place", "refund"));
        assert!(desk.press(&link, &[]).await.expect(303).says("said-mail-sent"));
        assert_eq!(other.press(&link, &[]).await.status, 404);
        world.settle().await;

        let preview = desk.get("/producer/orders/P-1/refund?what=amount&amount=10%2C00").await.expect(200);
        let give = preview.form("/producer/orders/P-1/refund", ("what", "amount"));
        desk.press(&give, &[("reason", "")]).await.expect(422);
        for _ in 0..2 {
            assert!(desk.press(&give, &[("reason", "Cortesia")]).await.expect(303).says("said-refund-given"));
        }
        world.settle().await;
        desk.get("/producer/orders/P-1/refund?what=amount&amount=999").await.expect(422);
        desk.get("/producer/orders/P-1/refund?what=items").await.expect(422);
        let drawer = seen(&luz, "P-1").await;
        assert_eq!((drawer.order.refunds.len(), drawer.order.refunds[0].amount.amount), (1, 1_000));
        assert_ne!(drawer.order.refunds[0].state, RefundState::Failed);
        desk.get("/producer/orders/P-1").await.expect(200);
    })
    .await;
}
