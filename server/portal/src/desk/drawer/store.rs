use super::view::{Attempt, Happening, MailOnFile, Note, Printed, Profile};
use crate::db::{Db, Error, Tx, parsed};
use crate::{on, row, statements};
use std::collections::BTreeMap;
use types::{Code, DeliveryId, Instant, MemberAreaId, OrderId, PersonId, ProducerId, RequestId};
use uuid::Uuid;

statements! {
    WHOSE = "select producer_id, code from orders where id = $1";
    AREAS = "select id, code from member_areas where producer_id = $1";
    ATTEMPTS = "select t.delivery_id, t.number, t.request, t.status, t.answer, t.error, t.duration, t.started_at
        from delivery_attempts t
        where t.producer_id = $1 and t.delivery_id = $2
        order by t.number desc
        limit 20";
    MAILS = "select id, kind, state, tries, recipient, answer, created_at, sent_at
        from mails
        where order_id = $1
        order by created_at desc, id desc
        limit 100";
    NOTES = "select text, written_by, created_at
        from order_notes
        where producer_id = $1 and order_id = $2
        order by created_at desc, id desc
        limit 100";
    HAPPENINGS = "select at, name, actor_kind, origin, before, after, reason
        from events
        where order_id = $1
        order by at desc, id desc
        limit 200";
    PRINTED = "select name, tax_id, address from billing_data where producer_id = $1 and order_id = $2";
    PERSON = "select name, tax_id, phone, profile_at, erased_at from people where id = $1";
    TAKE_FORM = "insert into order_forms (request_id, producer_id, order_id, created_at)
        values ($1, $2, $3, $4)
        on conflict (request_id) do nothing";
    ADD_NOTE = "insert into order_notes (id, producer_id, order_id, text, written_by, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do nothing";
    REFUSED_MAIL = "select id, kind from mails where id = $1 and order_id = $2 and state = 'refused'";
}

row! {
    struct WhoseRow { producer_id: Uuid, code: String }
    struct AreaRow { id: Uuid, code: String }
    struct AttemptRow {
        delivery_id: Uuid, number: i64, request: String, status: Option<i64>, answer: Option<String>,
        error: Option<String>, duration: i64, started_at: i64,
    }
    struct MailRow {
        id: Uuid, kind: String, state: String, tries: i64, recipient: Option<String>, answer: Option<String>,
        created_at: i64, sent_at: Option<i64>,
    }
    struct NoteRow { text: String, written_by: String, created_at: i64 }
    struct HappeningRow {
        at: i64, name: String, actor_kind: String, origin: String, before: Option<String>, after: Option<String>,
        reason: Option<String>,
    }
    struct PrintedRow { name: String, tax_id: Option<String>, address: Option<String> }
    struct PersonRow {
        name: String, tax_id: Option<String>, phone: Option<String>, profile_at: Option<i64>, erased_at: Option<i64>,
    }
    struct KindRow { kind: String }
}

impl PersonRow {
    fn profile(self) -> Option<Profile> {
        self.profile_at.map(|_| Profile { name: self.name, tax_id: self.tax_id, phone: self.phone })
    }
}

/// What stands beside an order.
pub(super) struct Beside {
    pub(super) areas: BTreeMap<MemberAreaId, String>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) mails: Vec<MailOnFile>,
    pub(super) notes: Vec<Note>,
    pub(super) happenings: Vec<Happening>,
    pub(super) printed: Option<Printed>,
    pub(super) profile: Option<Profile>,
    /// Whether its buyer has been erased.
    pub(super) is_erased: bool,
}

/// Whose an order is, and its code.
pub(super) async fn whose(db: &Db, order: OrderId) -> Result<Option<(ProducerId, Code)>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, WhoseRow>(WHOSE).bind(order.0).fetch_optional(c).await?
    });
    row.map(|row| Ok((ProducerId(row.producer_id), parsed("orders", order, Code::parse(&row.code))?))).transpose()
}

/// Reads what stands beside an order, in one visit.
pub(super) async fn beside(
    db: &Db,
    (producer, order, person): (ProducerId, OrderId, PersonId),
    deliveries: &[DeliveryId],
) -> Result<Beside, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        let areas = sqlx::query_as::<_, AreaRow>(AREAS).bind(producer.0).fetch_all(&mut *c).await?;
        let mut attempts = Vec::new();
        for delivery in deliveries {
            let of = sqlx::query_as::<_, AttemptRow>(ATTEMPTS).bind(producer.0).bind(delivery.0);
            attempts.extend(of.fetch_all(&mut *c).await?.into_iter().map(Attempt::from));
        }
        let mails = sqlx::query_as::<_, MailRow>(MAILS).bind(order.0).fetch_all(&mut *c).await?;
        let notes = sqlx::query_as::<_, NoteRow>(NOTES).bind(producer.0).bind(order.0).fetch_all(&mut *c).await?;
        let happenings = sqlx::query_as::<_, HappeningRow>(HAPPENINGS).bind(order.0).fetch_all(&mut *c).await?;
        let printed = sqlx::query_as::<_, PrintedRow>(PRINTED).bind(producer.0).bind(order.0);
        let printed = printed.fetch_optional(&mut *c).await?;
        let person = sqlx::query_as::<_, PersonRow>(PERSON).bind(person.0).fetch_optional(c).await?;
        Beside {
            areas: areas.into_iter().map(|row| (MemberAreaId(row.id), row.code)).collect(),
            attempts,
            mails: mails.into_iter().map(MailOnFile::from).collect(),
            notes: notes.into_iter().map(Note::from).collect(),
            happenings: happenings.into_iter().map(Happening::from).collect(),
            printed: printed.map(|row| Printed { name: row.name, tax_id: row.tax_id, address: row.address }),
            is_erased: person.as_ref().is_some_and(|row| row.erased_at.is_some()),
            profile: person.and_then(PersonRow::profile),
        }
    }))
}

/// Takes a form by its number; false when it was taken before.
pub(super) async fn take_form(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    form: RequestId,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let take = sqlx::query(TAKE_FORM).bind(form.0).bind(producer.0).bind(order.0).bind(now.micros());
        take.execute(c).await?.rows_affected() == 1
    }))
}

/// Writes a note; false when its form brought it before.
pub(super) async fn add_note(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    form: RequestId,
    (text, written_by): (&str, &str),
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let add = sqlx::query(ADD_NOTE).bind(form.0).bind(producer.0).bind(order.0).bind(text).bind(written_by);
        add.bind(now.micros()).execute(c).await?.rows_affected() == 1
    }))
}

/// What a mail about this order tells that was given up; none when there is no such mail.
pub(super) async fn refused_mail(tx: &mut Tx, order: OrderId, mail: Uuid) -> Result<Option<String>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, KindRow>(REFUSED_MAIL).bind(mail).bind(order.0).fetch_optional(c).await?
    });
    Ok(row.map(|row| row.kind))
}

impl From<AttemptRow> for Attempt {
    fn from(row: AttemptRow) -> Self {
        let AttemptRow { delivery_id, number, request, status, answer, error, duration, started_at } = row;
        let (delivery, at) = (DeliveryId(delivery_id), Instant::from_micros(started_at));
        Self { delivery, number, request, status, answer, error, duration, at }
    }
}

impl From<MailRow> for MailOnFile {
    fn from(row: MailRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state,
            tries: row.tries,
            recipient: row.recipient.unwrap_or_default(),
            answer: row.answer,
            created_at: Instant::from_micros(row.created_at),
            sent_at: row.sent_at.map(Instant::from_micros),
        }
    }
}

impl From<NoteRow> for Note {
    fn from(row: NoteRow) -> Self {
        Self { text: row.text, written_by: row.written_by, at: Instant::from_micros(row.created_at) }
    }
}

impl From<HappeningRow> for Happening {
    fn from(row: HappeningRow) -> Self {
        let HappeningRow { at, name, actor_kind: actor, origin, before, after, reason } = row;
        Self { at: Instant::from_micros(at), name, actor, origin, before, after, reason }
    }
}
