use crate::db::{Db, Error, Tx, parsed};
use crate::{on, row, statements};
use types::view::{ProducerView, Target};
use types::{Email, Instant, Language, LinkId, OrderRef, PersonId, SubscriptionId};
use uuid::Uuid;

statements! {
    COUNT = "insert into rate_counts (subject, window_seconds, window_start, hits)
        values ($1, $2, $3, 1)
        on conflict (subject, window_seconds, window_start) do update set hits = rate_counts.hits + 1
        returning hits";
    // An address has one row for ever as its lock, with the second of the last request in place of a count.
    LOCK_ADDRESS = "insert into rate_counts (subject, window_seconds, window_start, hits)
        values ($1, 0, 0, $2)
        on conflict (subject, window_seconds, window_start) do update set hits = excluded.hits";
    FORGET_COUNTS = "delete
        from rate_counts
        where (window_start > 0 and window_start < $1) or (window_start = 0 and hits < $1)";
    ASKED_SINCE = "select created_at from links where email = $1 and created_at > $2 order by created_at desc limit 10";
    INSERT = "insert into links (id, email, purpose, target, token_hash, language, asked_from, browser, code_tries,
                created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)";
    // Still good, and to the same place: what somebody who asks again is waiting for.
    OPEN_TO = "select id
        from links
        where email = $1 and purpose = $2 and target = $3 and consumed_at is null and expires_at > $4
        order by created_at desc
        limit 1";
    // Its mail has not gone yet: links are born when their mail is due.
    UNBORN = "select id from links where email = $1 and created_at > $2 order by created_at desc limit 1";
    REDIRECT = "update links set purpose = $2, target = $3, language = $4, asked_from = $5, browser = $6,
            expires_at = created_at + $7
        where id = $1";
    BY_ID = "select id, email, person_id, purpose, target, language, asked_from, browser, code_tries, created_at,
            expires_at, consumed_at
        from links
        where id = $1";
    BY_TOKEN = "select id, email, person_id, purpose, target, language, asked_from, browser, code_tries, created_at,
            expires_at, consumed_at
        from links
        where token_hash = $1";
    SET_PERSON = "update links set person_id = $2 where id = $1";
    // Atomic: of many presses at the same time one gets the row.
    SPEND = "update links set consumed_at = $2
        where token_hash = $1 and consumed_at is null and expires_at > $2 and person_id is not null
        returning id, person_id, target";
    SPEND_BY_ID = "update links set consumed_at = $2
        where id = $1 and consumed_at is null and expires_at > $2 and person_id is not null
        returning id, person_id, target";
    // A try is counted before the code is looked at.
    UNTRY_CODE = "update links set code_tries = code_tries - 1 where id = $1";
    TRY_CODE = "update links set code_tries = code_tries + 1
        where id = $1 and code_tries < $3 and consumed_at is null and expires_at > $2
        returning code_tries";
    // As many as one address gets in a day.
    OPEN_FOR = "select id
        from links
        where email = $1 and consumed_at is null and expires_at > $2 and code_tries < $3
        order by created_at desc
        limit 10";
    // An address that somebody moved away from, and one whose person asked to be forgotten, signs nobody in.
    PERSON_BY_EMAIL = "select id from people where email = $1 and moved_to is null and erased_at is null";
    FORGET_LINKS = "delete
        from links
        where expires_at < $1 and not exists (select 1 from sessions s where s.link_id = links.id)";
    ORDER_BY_REF = "select o.code, o.buyer_name, p.email, p.id as person_id, pr.name as producer, pr.slug,
            i.name as product,
            (select count(*) from order_items x where x.order_id = o.id) - 1 as more_items,
            exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code
                and t.id <> o.id) as is_shared,
            (select s.id from subscriptions s where s.order_id = o.id
                and o.kind = 'subscription') as subscription_id
        from orders o
        join people p on p.id = o.person_id
        join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id and i.position = 0
        where o.ref = $1";
    // The producer may be null: the index of person and code has found the few before.
    PRODUCT_OF = "select i.name as product, pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from orders o
        join order_items i on i.order_id = o.id and i.position = 0
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and o.code = $2 and (cast($3 as text) is null or pr.slug = $3)
        order by o.ordered_at desc
        limit 1";
    PRODUCT_OF_SUBSCRIPTION = "select i.name as product, pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from subscriptions s
        join orders o on o.id = s.order_id
        join order_items i on i.order_id = o.id and i.position = 0
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and s.id = $2";
    PRODUCERS_OF = "select pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        group by pr.id, pr.name, pr.slug, pr.email, pr.time_zone, pr.particulars
        order by max(o.ordered_at) desc, pr.id desc
        limit $2";
    SPEND_LINKS = "update links set consumed_at = $3 where (person_id = $1 or email = $2) and consumed_at is null";
}

row! {
    struct HitsRow { hits: i64 }
    struct AskedRow { created_at: i64 }
    struct IdRow { id: Uuid }
    struct TriesRow { code_tries: i64 }
    struct BoughtRow {
        product: String, producer_id: Uuid, name: String, slug: String, email: String, time_zone: String,
        particulars: Option<String>,
    }
    struct SellerRow {
        producer_id: Uuid, name: String, slug: String, email: String, time_zone: String, particulars: Option<String>,
    }
    struct SpentRow { id: Uuid, person_id: Uuid, target: String }
    struct LinkRow {
        id: Uuid, email: String, person_id: Option<Uuid>, purpose: String, target: String, language: String,
        asked_from: String, browser: String, code_tries: i64, created_at: i64, expires_at: i64,
        consumed_at: Option<i64>,
    }
    pub(super) struct OrderRow {
        code: String, email: String, person_id: Uuid, producer: String, slug: String, product: String, more_items: i64,
        is_shared: bool, subscription_id: Option<Uuid>,
    }
}

/// A link on file.
pub(super) struct Link {
    pub(super) id: LinkId,
    pub(super) email: Email,
    pub(super) person: Option<PersonId>,
    pub(super) purpose: Purpose,
    pub(super) target: Target,
    pub(super) language: Language,
    pub(super) asked_from: String,
    pub(super) browser: String,
    pub(super) code_tries: i64,
    pub(super) created_at: Instant,
    pub(super) expires_at: Instant,
    pub(super) is_spent: bool,
}

/// Which of the two ways in a link belongs to (rule 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    Purchases,
    Order,
}

/// A link that was just spent.
pub(super) struct Spent {
    pub(super) link: LinkId,
    pub(super) person: PersonId,
    pub(super) target: Target,
}

impl Purpose {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Purchases => "purchases",
            Self::Order => "order",
        }
    }
}

impl TryFrom<LinkRow> for Link {
    type Error = Error;

    fn try_from(row: LinkRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("links", row.id, what);
        Ok(Self {
            id: LinkId(row.id),
            email: Email::parse(&row.email).map_err(|_| wrong("e-mail"))?,
            person: row.person_id.map(PersonId),
            purpose: if row.purpose == "order" { Purpose::Order } else { Purpose::Purchases },
            target: serde_json::from_str(&row.target).map_err(|_| wrong("target"))?,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            asked_from: row.asked_from,
            browser: row.browser,
            code_tries: row.code_tries,
            created_at: Instant::from_micros(row.created_at),
            expires_at: Instant::from_micros(row.expires_at),
            is_spent: row.consumed_at.is_some(),
        })
    }
}

impl TryFrom<SpentRow> for Spent {
    type Error = Error;

    fn try_from(row: SpentRow) -> Result<Self, Error> {
        let target = serde_json::from_str(&row.target).map_err(|_| Error::inconsistent("links", row.id, "target"))?;
        Ok(Self { link: LinkId(row.id), person: PersonId(row.person_id), target })
    }
}

pub(super) async fn count(tx: &mut Tx, subject: &str, window: i64, start: i64) -> Result<i64, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, HitsRow>(COUNT).bind(subject).bind(window).bind(start).fetch_one(c).await?
    });
    Ok(row.hits)
}

pub(super) async fn asked_since(tx: &mut Tx, email: &Email, since: Instant) -> Result<Vec<Instant>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, AskedRow>(ASKED_SINCE).bind(email.as_str()).bind(since.micros()).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| Instant::from_micros(row.created_at)).collect())
}

pub(super) async fn asked_before(db: &Db, email: &Email, since: Instant) -> Result<Vec<Instant>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, AskedRow>(ASKED_SINCE).bind(email.as_str()).bind(since.micros()).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| Instant::from_micros(row.created_at)).collect())
}

pub(super) async fn insert(tx: &mut Tx, link: &Link, token_hash: &str) -> Result<(), Error> {
    let target = target_text(&link.target)?;
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(link.id.0)
            .bind(link.email.as_str())
            .bind(link.purpose.as_str())
            .bind(target)
            .bind(token_hash)
            .bind(link.language.tag())
            .bind(&link.asked_from)
            .bind(&link.browser)
            .bind(link.created_at.micros())
            .bind(link.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// The row that makes requests for one address wait for each other.
pub(super) async fn lock_address(tx: &mut Tx, subject: &str, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK_ADDRESS).bind(subject).bind(now.seconds()).execute(c).await?; });
    Ok(())
}

/// The newest link to the same place that still opens.
pub(super) async fn open_to(
    tx: &mut Tx,
    email: &Email,
    purpose: Purpose,
    target: &Target,
    now: Instant,
) -> Result<Option<LinkId>, Error> {
    let row = on!(tx.conn(), c => {
        let query = sqlx::query_as::<_, IdRow>(OPEN_TO).bind(email.as_str()).bind(purpose.as_str());
        query.bind(target_text(target)?).bind(now.micros()).fetch_optional(c).await?
    });
    Ok(row.map(|row| LinkId(row.id)))
}

/// The link to this address whose mail has not gone yet.
pub(super) async fn unborn(tx: &mut Tx, email: &Email, now: Instant) -> Result<Option<LinkId>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(UNBORN).bind(email.as_str()).bind(now.micros()).fetch_optional(c).await?
    });
    Ok(row.map(|row| LinkId(row.id)))
}

/// A link whose mail has not gone yet leads where `to` leads, and lives as long after its birth.
pub(super) async fn redirect(tx: &mut Tx, id: LinkId, to: &Link) -> Result<(), Error> {
    let lifetime = to.expires_at.micros() - to.created_at.micros();
    on!(tx.conn(), c => {
        let query = sqlx::query(REDIRECT).bind(id.0).bind(to.purpose.as_str()).bind(target_text(&to.target)?);
        let query = query.bind(to.language.tag()).bind(&to.asked_from).bind(&to.browser);
        query.bind(lifetime).execute(c).await?;
    });
    Ok(())
}

fn target_text(target: &Target) -> Result<String, Error> {
    serde_json::to_string(target).map_err(|error| Error::inconsistent("links", "new", error))
}

pub(super) async fn by_id(db: &Db, link: LinkId) -> Result<Option<Link>, Error> {
    on!(db.read().await?.conn(), c => sqlx::query_as::<_, LinkRow>(BY_ID).bind(link.0).fetch_optional(c).await?)
        .map(Link::try_from)
        .transpose()
}

pub(super) async fn by_token(db: &Db, token_hash: &str) -> Result<Option<Link>, Error> {
    on!(db.read().await?.conn(), c => sqlx::query_as::<_, LinkRow>(BY_TOKEN).bind(token_hash).fetch_optional(c).await?)
        .map(Link::try_from)
        .transpose()
}

pub(super) async fn set_person(tx: &mut Tx, link: LinkId, person: PersonId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_PERSON).bind(link.0).bind(person.0).execute(c).await?; });
    Ok(())
}

pub(super) async fn spend(tx: &mut Tx, token_hash: &str, now: Instant) -> Result<Option<Spent>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, SpentRow>(SPEND).bind(token_hash).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(Spent::try_from).transpose()
}

pub(super) async fn spend_by_id(tx: &mut Tx, link: LinkId, now: Instant) -> Result<Option<Spent>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, SpentRow>(SPEND_BY_ID).bind(link.0).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(Spent::try_from).transpose()
}

/// Counts a try of the code; how many there were with it, or none when no more is allowed.
pub(super) async fn try_code(tx: &mut Tx, link: LinkId, now: Instant, most: i64) -> Result<Option<i64>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, TriesRow>(TRY_CODE).bind(link.0).bind(now.micros()).bind(most).fetch_optional(c).await?
    });
    Ok(row.map(|row| row.code_tries))
}

/// Takes back a try that was counted: another link's code was meant.
pub(super) async fn untry_code(tx: &mut Tx, link: LinkId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(UNTRY_CODE).bind(link.0).execute(c).await?; });
    Ok(())
}

/// The links to this address whose codes may be tried, the newest first.
pub(super) async fn open_for(tx: &mut Tx, email: &Email, now: Instant, most: i64) -> Result<Vec<LinkId>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(OPEN_FOR).bind(email.as_str()).bind(now.micros()).bind(most).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| LinkId(row.id)).collect())
}

pub(super) async fn person_by_email(tx: &mut Tx, email: &Email) -> Result<Option<PersonId>, Error> {
    let row =
        on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(PERSON_BY_EMAIL).bind(email.as_str()).fetch_optional(c).await?);
    Ok(row.map(|row| PersonId(row.id)))
}

pub(super) async fn order_by_ref(db: &Db, order_ref: &OrderRef) -> Result<Option<OrderRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, OrderRow>(ORDER_BY_REF).bind(order_ref.as_str()).fetch_optional(c).await?
    }))
}

impl TryFrom<SellerRow> for ProducerView {
    type Error = Error;

    fn try_from(row: SellerRow) -> Result<Self, Error> {
        let SellerRow { producer_id, name, slug, email, time_zone, particulars } = row;
        let email = parsed("producers", producer_id, Email::parse(&email))?;
        let particulars = ground::particulars(producer_id, particulars.as_deref())?;
        Ok(Self::new(name, slug, email, time_zone, particulars))
    }
}

impl TryFrom<BoughtRow> for Bought {
    type Error = Error;

    fn try_from(row: BoughtRow) -> Result<Self, Error> {
        let BoughtRow { product, producer_id, name, slug, email, time_zone, particulars } = row;
        let seller = SellerRow { producer_id, name, slug, email, time_zone, particulars }.try_into()?;
        Ok(Self { product, seller })
    }
}

/// What somebody bought, and from whom.
pub(super) struct Bought {
    pub(super) product: String,
    pub(super) seller: ProducerView,
}

/// What a person's subscription is for.
pub(super) async fn product_of_subscription(
    db: &Db,
    person: PersonId,
    id: SubscriptionId,
) -> Result<Option<Bought>, Error> {
    on!(db.read().await?.conn(), c => {
        let query = sqlx::query_as::<_, BoughtRow>(PRODUCT_OF_SUBSCRIPTION).bind(person.0).bind(id.0);
        query.fetch_optional(c).await?
    })
    .map(Bought::try_from)
    .transpose()
}

/// What a person's order is for.
pub(super) async fn product_of(
    db: &Db,
    person: PersonId,
    code: &str,
    slug: Option<&str>,
) -> Result<Option<Bought>, Error> {
    on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, BoughtRow>(PRODUCT_OF).bind(person.0).bind(code).bind(slug).fetch_optional(c).await?
    })
    .map(Bought::try_from)
    .transpose()
}

/// From whom a person bought, `most` of them, the latest first.
pub(super) async fn producers_of(db: &Db, person: PersonId, most: i64) -> Result<Vec<ProducerView>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, SellerRow>(PRODUCERS_OF).bind(person.0).bind(most).fetch_all(c).await?
    });
    rows.into_iter().map(ProducerView::try_from).collect()
}

pub(super) async fn forget(tx: &mut Tx, counts_before: i64, links_before: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(FORGET_COUNTS).bind(counts_before).execute(&mut *c).await?;
        sqlx::query(FORGET_LINKS).bind(links_before.micros()).execute(c).await?;
    });
    Ok(())
}

/// Links of this person, and those sent to this address, sign nobody in any more.
pub(crate) async fn spend_links(tx: &mut Tx, person: PersonId, email: &str, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SPEND_LINKS).bind(person.0).bind(email).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}
