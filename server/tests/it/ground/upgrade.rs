//! A database of an earlier version comes over with nothing lost.

use crate::harness::postgres;
use portal::db::Db;
use portal::on;
use portal::outbox::Work;
use portal::testing::{postgres_url, sqlite_url_in_memory};
use portal::work::Job;
use std::collections::BTreeMap;
use types::EventName;
use uuid::Uuid;

/// The last step before events had names of their own, and mails rows.
const BEFORE: i64 = 19;

/// What the log called an action, what it kept of it, and what the event is called now.
const LOG: &[(&str, &str, EventName)] = &[
    ("order.create", "{}", EventName::OrderCreated),
    ("order.report", "{}", EventName::OrderReported),
    ("order.restate", "{}", EventName::OrderRestated),
    ("refund.request", "{}", EventName::RefundRequested),
    ("refund.answer", "{}", EventName::RefundAnswered),
    ("refund.withdraw", "{}", EventName::RefundWithdrawn),
    ("refund.payee", "{}", EventName::RefundPayeeNamed),
    ("refund.follow", "{}", EventName::RefundAdvanced),
    ("plan.ask", "{}", EventName::PlanAsked),
    ("plan.change", "{}", EventName::PlanChanged),
    ("plan.schedule", "{}", EventName::PlanScheduled),
    ("plan.undo", "{}", EventName::PlanUndone),
    ("plan.follow", r#"{"plan":"Gold","state":"applied"}"#, EventName::PlanApplied),
    ("plan.follow", r#"{"plan":"Gold","state":"declined"}"#, EventName::PlanDeclined),
    ("plan.goes_back", "{}", EventName::PlanGoesBack),
    ("plan.returned", "{}", EventName::PlanReturned),
    ("plan.not_returned", "{}", EventName::PlanNotReturned),
    ("billing.paid", "{}", EventName::BillingPaid),
    ("billing.failed", "{}", EventName::BillingFailed),
    ("billing.wait", "{}", EventName::BillingWaits),
    ("billing.void", "{}", EventName::BillingVoided),
    ("billing.resume", "{}", EventName::BillingResumed),
    ("billing.end", "{}", EventName::BillingEnded),
    ("billing.paid_in_vain", "{}", EventName::BillingPaidInVain),
    ("billing.paid_twice", "{}", EventName::BillingPaidTwice),
    ("card.change", "{}", EventName::CardChanged),
    ("payment.change", "{}", EventName::MethodChanged),
    ("subscription.cancel", "{}", EventName::SubscriptionCanceled),
    ("subscription.undo_cancel", "{}", EventName::SubscriptionCancelUndone),
    ("subscription.stay", "{}", EventName::SubscriptionStayed),
    ("subscription.end", "{}", EventName::SubscriptionEnded),
    ("document.billing", "{}", EventName::DocumentBillingWritten),
    ("account.email_ask", "{}", EventName::AccountEmailAsked),
    ("account.email_withdraw", "{}", EventName::AccountEmailWithdrawn),
    ("account.email_change", "{}", EventName::AccountEmailChanged),
    ("account.profile", "{}", EventName::AccountProfileChanged),
    ("account.language", "{}", EventName::AccountLanguageChosen),
    ("account.erasure_ask", "{}", EventName::AccountErasureAsked),
    ("account.erasure_undo", "{}", EventName::AccountErasureUndone),
    ("account.erase", "{}", EventName::AccountErased),
    ("sign_in.link", "{}", EventName::SignInByLink),
    ("sign_in.code", "{}", EventName::SignInByCode),
    ("session.sign_out", "{}", EventName::SessionSignedOut),
    ("session.end", "{}", EventName::SessionEnded),
    ("session.end_all", "{}", EventName::SessionAllEnded),
    ("policy.put", "{}", EventName::PolicyWritten),
    ("product.put", "{}", EventName::ProductWritten),
    ("offer.put", "{}", EventName::OfferWritten),
    ("member_area.put", "{}", EventName::MemberAreaWritten),
    ("access_rule.put", "{}", EventName::AccessRuleWritten),
    ("source.put", "{}", EventName::SourceWritten),
    ("api_key.create", "{}", EventName::ApiKeyCreated),
    ("producer.create", "{}", EventName::ProducerCreated),
    ("staff.create", "{}", EventName::StaffCreated),
];

/// A job of each kind, as the queue held it: the id stands for all.
const JOBS: &[&str] = &[
    r#"{"kind":"mail_link","link":"ID"}"#,
    r#"{"kind":"mail_purchase","order":"ID"}"#,
    r#"{"kind":"mail_refund","refund":"ID","moment":"payee_needed"}"#,
    r#"{"kind":"mail_producer_refund_failed","refund":"ID"}"#,
    r#"{"kind":"mail_producer_refund_by_hand","refund":"ID"}"#,
    r#"{"kind":"mail_producer_refund_asked","refund":"ID"}"#,
    r#"{"kind":"remind_producer_refund","refund":"ID"}"#,
    r#"{"kind":"mail_delivery_stopped","delivery":"ID"}"#,
    r#"{"kind":"mail_email_change","change":"ID"}"#,
    r#"{"kind":"mail_email_notice","change":"ID"}"#,
    r#"{"kind":"mail_email_changed","change":"ID","to_old":true}"#,
    r#"{"kind":"mail_erasure","erasure":"ID","is_undone":false}"#,
    r#"{"kind":"mail_access_notice","notice":"ID"}"#,
    r#"{"kind":"notice_access","producer":"ID","person":"ID"}"#,
    r#"{"kind":"advance_erasure","erasure":"ID"}"#,
    r#"{"kind":"mail_invoice","invoice":"ID","moment":"slip","tries":2}"#,
    r#"{"kind":"mail_renewal","order":"ID","charge_at":1795176000000000}"#,
    r#"{"kind":"advance_refund","refund":"ID"}"#,
    r#"{"kind":"advance_plan_change","change":"ID"}"#,
    r#"{"kind":"mail_plan","change":"ID","moment":"returning"}"#,
    r#"{"kind":"mail_producer_plan_return","change":"ID"}"#,
    r#"{"kind":"mail_cancellation","cancellation":"ID","moment":"ended"}"#,
    r#"{"kind":"mail_producer_cancellation","cancellation":"ID","moment":"asked"}"#,
    r#"{"kind":"mail_producer_message","retention":"ID"}"#,
    r#"{"kind":"finish_cancellation","cancellation":"ID"}"#,
    r#"{"kind":"carry_pause","retention":"ID"}"#,
    r#"{"kind":"bill","order":"ID"}"#,
    r#"{"kind":"advance_card_update","update":"ID"}"#,
    r#"{"kind":"mail_card_changed","update":"ID","order":"ID"}"#,
    r#"{"kind":"mail_method_changed","order":"ID","request":"ID","method":"pix"}"#,
    r#"{"kind":"mail_card_expiring","order":"ID"}"#,
    r#"{"kind":"remind_cards"}"#,
    r#"{"kind":"sync_access","area":"ID","person":"ID"}"#,
    r#"{"kind":"tidy"}"#,
];

#[tokio::test]
async fn what_log_queue_and_mails_held_before_is_there_afterwards() {
    for url in [sqlite_url_in_memory(), postgres_url(postgres::url().await).await] {
        let db = Db::open_with(&url, 4).await.unwrap();
        db.migrate_to(BEFORE).await.unwrap();
        fill(&db).await;
        db.migrate().await.unwrap();
        assert_eq!(names(&db).await, expected_names(), "{url}");
        assert_eq!(mails(&db).await, [("refund-1-sent".to_owned(), "ana@example.com".to_owned(), "sent".to_owned())]);
        // One more that a step asks for itself: there are people, whose addresses may be written as before.
        assert_eq!(queue(&db).await, JOBS.len() + 1, "{url}");
        assert_eq!(sessions(&db).await, [("hash-1".to_owned(), "buyer".to_owned(), Some(Uuid::from_u128(1)))], "{url}");
        db.close().await;
    }
}

async fn fill(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let entry = "insert into audit_entries (id, at, actor_kind, origin, action, after)
        values ($1, 1, 'system', '', $2, $3)";
    let job = "insert into jobs (id, kind, payload, asked, due_at, attempts, state, created_at)
        values ($1, 'job', $2, 1, 1, 0, 'ready', 1)";
    let mail = "insert into mails_sent (id, kind, recipient, sent_at)
        values ('refund-1-sent', 'refund_sent', 'ana@example.com', 1)";
    let person = "insert into people (id, email, name, created_at) values ($1, 'ana@example.com', 'Ana', 1)";
    let session = "insert into sessions (id, token_hash, person_id, address, browser, created_at, last_seen_at,
            expires_at)
        values ($1, 'hash-1', $1, '192.0.2.1', 'Firefox', 1, 1, 1)";
    on!(tx.conn(), c => {
        for (number, (action, after, _)) in (1u128..).zip(LOG) {
            let query = sqlx::query(entry).bind(Uuid::from_u128(number)).bind(*action).bind(*after);
            query.execute(&mut *c).await.unwrap();
        }
        for (number, payload) in (1u128..).zip(JOBS) {
            let payload = payload.replace("ID", &Uuid::from_u128(number).to_string());
            sqlx::query(job).bind(Uuid::from_u128(number)).bind(payload).execute(&mut *c).await.unwrap();
        }
        sqlx::query(mail).execute(&mut *c).await.unwrap();
        sqlx::query(person).bind(Uuid::from_u128(1)).execute(&mut *c).await.unwrap();
        sqlx::query(session).bind(Uuid::from_u128(1)).execute(c).await.unwrap();
    });
    tx.commit().await.unwrap();
}

fn expected_names() -> BTreeMap<Uuid, EventName> {
    (1u128..).zip(LOG).map(|(number, (_, _, name))| (Uuid::from_u128(number), *name)).collect()
}

async fn names(db: &Db) -> BTreeMap<Uuid, EventName> {
    let rows: Vec<(Uuid, String)> = on!(db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select id, name from events").fetch_all(c).await.unwrap()
    });
    rows.into_iter().map(|(id, name)| (id, name.parse().unwrap_or_else(|error| panic!("{name}: {error}")))).collect()
}

async fn mails(db: &Db) -> Vec<(String, String, String)> {
    on!(db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select letter, recipient, state from mails").fetch_all(c).await.unwrap()
    })
}

async fn sessions(db: &Db) -> Vec<(String, String, Option<Uuid>)> {
    on!(db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select token_hash, kind, person_id from sessions").fetch_all(c).await.unwrap()
    })
}

/// How many of the jobs can still be read.
async fn queue(db: &Db) -> usize {
    let rows: Vec<(String,)> = on!(db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select payload from jobs").fetch_all(c).await.unwrap()
    });
    let known = rows.iter().filter(|(payload,)| {
        let job: Job = serde_json::from_str(payload).unwrap_or_else(|error| panic!("{payload}: {error}"));
        payload.contains(&format!("\"kind\":\"{}\"", job.kind()))
    });
    known.count()
}
