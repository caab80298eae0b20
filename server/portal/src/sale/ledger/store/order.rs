use crate::db::{Error, PerEngine, Tx, from_json, parsed, to_json};
use crate::ledger::correct::hash;
use crate::ledger::merge::{Header, Kept};
use crate::ledger::new_order::{Card, NewOrder, Version};
use crate::ledger::standing::{GivenBack, OrderStanding};
use crate::{Portal, on, row, statements};
use types::{Code, Currency, Email, ErasureId, Instant, Line, Method, OrderId, OrderStatus, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    // Takes no lock that others wait for where somebody is there: orders of one person do not wait for each other here.
    INSERT_PERSON = "insert into people (id, email, name, created_at)
        values ($1, $2, $3, $4)
        on conflict (email) do nothing";
    // Somebody who buys with an address that was moved away from is there again.
    COME_BACK = "update people set moved_to = null where email = $1 and moved_to is not null";
    // Whoever buys with an address whose erasure has begun is somebody new: the old person goes on without it.
    GIVE_UP_ADDRESS = "update people set email = $2 where email = $1 and erased_at is not null returning id";
    // What member areas hold of the old person is still taken away at the address.
    REMEMBER_ADDRESS = "update erasures set given_email = $2, given_at = $3
        where person_id = $1 and state = 'begun'
        returning id";
    // A source goes on naming the address of the sale; its buyer may have moved to another one, or be erased: the order
    // stays theirs.
    KEEPER = "select p.id, p.email
        from orders o
        join people p on p.id = o.person_id
        where o.producer_id = $1
            and o.code = $2
            and (p.erased_at is not null or (p.email <> $3 and exists (select 1 from email_changes c
                where c.old_email = $3 and c.confirmed_at is not null))
                or exists (select 1 from order_addresses a where a.order_id = o.id and a.email_hash = $4))";
    BUYER_NAME = "select buyer_name from orders where producer_id = $1 and code = $2";
    IS_ERASED = "select id from people where id = $1 and erased_at is not null";
    SET_PERSON = "update orders set person_id = $2 where id = $1";
    LEAVE_ADDRESS = "insert into order_addresses (producer_id, order_id, email_hash, left_at)
        values ($1, $2, $3, $4)
        on conflict (order_id, email_hash) do nothing";
    // The right address is never one that was left, whatever was corrected before.
    RETURN_TO_ADDRESS = "delete from order_addresses where order_id = $1 and email_hash = $2";
    HOLDER = "select p.id, p.email
        from orders o
        join people p on p.id = o.person_id
        where o.producer_id = $1 and o.code = $2";
    INSERT = "insert into orders (id, producer_id, code, ref, kind, status, person_id, buyer_name, tax_id, phone,
                currency, total, method, card_brand, card_last4, card_exp_month, card_exp_year, gateway,
                ordered_at, source, source_version, search, created_at, updated_at, buyer_address, sale_details)
        values ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9, $10, 0, $11, $12, $13, $14, $15, $16, $17, $18, $19, '',
                $20, $20, $21, $22)
        on conflict (producer_id, code) do nothing";
    /// An update takes the lock of the row on both engines and returns what is committed.
    LOCK_BY_CODE = "update orders set updated_at = updated_at
        where producer_id = $1 and code = $2
        returning id, status, person_id, ordered_at, source_version, buyer_name, tax_id, phone, method, card_brand,
            card_last4, card_exp_month, card_exp_year, gateway, buyer_address, sale_details,
            (select p.email from people p where p.id = orders.person_id) as email";
    LOCK = "update orders set updated_at = updated_at where id = $1 returning status";
    WHOSE = "select producer_id, person_id, gateway, currency from orders where id = $1";
    SET_PAYMENT = "update orders set method = $2, card_brand = $3, card_last4 = $4, card_exp_month = $5,
            card_exp_year = $6
        where id = $1";
    CODE = "select code from orders where id = $1";
    UPDATE_HEADER = "update orders set person_id = $2, buyer_name = $3, tax_id = $4, phone = $5, method = $6,
            card_brand = $7, card_last4 = $8, card_exp_month = $9, card_exp_year = $10, gateway = $11,
            source_version = $12, buyer_address = $13, sale_details = $14
        where id = $1";
    SET_ORDERED_AT = "update orders set ordered_at = $2 where id = $1";
    SETTLE = "update orders set status = $2, paid_at = $3, currency = coalesce($4, currency), total = $5, search = $6,
            updated_at = $7
        where id = $1";
    // What the gateway took. A refund that is only asked for has changed nothing yet; one that failed in part has given
    // back the rest.
    GIVEN_BACK = concat!(
        "select cast(count(h.item_id) as bigint) as items,
            cast(count(case when h.item_id is null or x.is_bump then null else 1 end) as bigint) as main,
            cast(count(*) as bigint) as all_items,
            (select cast(coalesce(sum(p.amount), 0) as bigint) from refund_parts p
                join refunds f on f.id = p.refund_id where f.order_id = $1
                and f.state in ('sent', 'settled', 'failed') and p.state in ('sent', 'settled')) as amount
        from order_items x
        left join (select i.item_id from refund_items i join refunds r on r.id = i.refund_id where i.order_id = $1
                and i.released_at is null and r.state in ('sent', 'settled')) h on h.item_id = x.id
        where x.order_id = $1 and ",
        counts!("x")
    );
}

/// Whoever is there with an address, locked as they are: nobody moves or erases them before the order that comes in is
/// theirs. Who moves or is erased while this waits is not there any more, and is not locked.
const PERSON: PerEngine = PerEngine {
    sqlite: "select id from people where email = $1 and moved_to is null and erased_at is null",
    postgres: "select id from people where email = $1 and moved_to is null and erased_at is null for share",
};

row! {
    struct KeeperRow { id: Uuid, email: String }
    struct IdRow { id: Uuid }
    struct KeptRow {
        id: Uuid, status: String, person_id: Uuid, ordered_at: i64, source_version: i64, buyer_name: String,
        tax_id: Option<String>, phone: Option<String>, method: String, card_brand: Option<String>,
        card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>, gateway: String,
        email: String, buyer_address: Option<String>, sale_details: Option<String>,
    }
}

/// Whose an order is, and in whose books its money.
pub(in crate::sale::ledger) struct Whose {
    pub producer: ProducerId,
    pub person: PersonId,
    pub gateway: String,
    pub currency: Currency,
}

impl TryFrom<KeptRow> for Kept {
    type Error = Error;

    fn try_from(row: KeptRow) -> Result<Self, Error> {
        const TABLE: &str = "orders";
        let card = match (row.card_brand, row.card_last4, row.card_exp_month, row.card_exp_year) {
            (Some(brand), Some(last4), Some(exp_month), Some(exp_year)) => {
                Some(Card { brand: parsed(TABLE, row.id, Line::parse(&brand))?, last4, exp_month, exp_year })
            }
            _ => None,
        };
        Ok(Self {
            id: OrderId(row.id),
            status: parsed(TABLE, row.id, row.status.parse())?,
            person: PersonId(row.person_id),
            ordered_at: Instant::from_micros(row.ordered_at),
            header: Header {
                version: Version::from_column(row.source_version),
                email: parsed("people", row.person_id, Email::parse(&row.email))?,
                buyer_name: row.buyer_name,
                tax_id: row.tax_id,
                phone: row.phone,
                address: from_json(TABLE, row.id, row.buyer_address.as_deref())?,
                details: from_json(TABLE, row.id, row.sale_details.as_deref())?,
                method: parsed(TABLE, row.id, row.method.parse())?,
                card,
                gateway: row.gateway,
            },
        })
    }
}

/// The person who is there with an address, locked until the transaction ends.
pub(in crate::sale::ledger) async fn person(
    portal: &Portal,
    tx: &mut Tx,
    email: &Email,
) -> Result<Option<PersonId>, Error> {
    let sql = portal.db.pick(PERSON);
    let row = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(sql).bind(email.as_str()).fetch_optional(c).await?);
    Ok(row.map(|row| PersonId(row.id)))
}

/// Makes the person of an address of which nobody is there. Whoever moved away from it comes back; whoever is being
/// erased gives it up: then this is their erasure.
pub(in crate::sale::ledger) async fn make_person(
    portal: &Portal,
    tx: &mut Tx,
    email: &Email,
    name: &str,
) -> Result<Option<ErasureId>, Error> {
    let (id, now) = (portal.new_id(), portal.now().micros());
    let (email, instead) = (email.as_str(), format!("{id}@given.invalid"));
    on!(tx.conn(), c => {
        sqlx::query(COME_BACK).bind(email).execute(&mut *c).await?;
        let gone = sqlx::query_as::<_, IdRow>(GIVE_UP_ADDRESS).bind(email).bind(instead).fetch_optional(&mut *c).await?;
        sqlx::query(INSERT_PERSON).bind(id).bind(email).bind(name).bind(now).execute(&mut *c).await?;
        let Some(gone) = gone else { return Ok(None) };
        let erasure = sqlx::query_as::<_, IdRow>(REMEMBER_ADDRESS).bind(gone.id).bind(email).bind(now);
        let erasure = erasure.fetch_optional(c).await?;
        Ok(erasure.map(|row| ErasureId(row.id)))
    })
}

/// Whose an order on file stays, whatever address is named now: of somebody who left that address, or is being erased.
pub(in crate::sale::ledger) async fn keeper(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
    email: &Email,
) -> Result<Option<(PersonId, Email)>, Error> {
    let row = on!(tx.conn(), c => {
        let keeper = sqlx::query_as::<_, KeeperRow>(KEEPER).bind(producer.0).bind(code.as_str()).bind(email.as_str());
        let keeper = keeper.bind(hash(email));
        keeper.fetch_optional(c).await?
    });
    row.map(|row| Ok((PersonId(row.id), parsed("people", row.id, Email::parse(&row.email))?))).transpose()
}

/// Whose an order on file is; none when there is none with this code.
pub(in crate::sale::ledger) async fn holder(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<(PersonId, Email)>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, KeeperRow>(HOLDER).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    row.map(|row| Ok((PersonId(row.id), parsed("people", row.id, Email::parse(&row.email))?))).transpose()
}

/// Whether the order was new; else nothing is written.
#[expect(clippy::too_many_arguments, reason = "each is a column of the row")]
pub(in crate::sale::ledger) async fn insert(
    tx: &mut Tx,
    id: OrderId,
    producer: ProducerId,
    person: PersonId,
    order: &NewOrder,
    order_ref: &str,
    source: &str,
    now: i64,
) -> Result<bool, Error> {
    let card = order.payment.card.as_ref();
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.code.as_str())
            .bind(order_ref)
            .bind(order.kind.as_str())
            .bind(person.0)
            .bind(order.buyer.name.as_str())
            .bind(order.buyer.tax_id.as_ref().map(Line::as_str))
            .bind(order.buyer.phone.as_ref().map(Line::as_str))
            .bind(order.currency.as_str())
            .bind(order.payment.method.as_str())
            .bind(card.map(|card| card.brand.as_str()))
            .bind(card.map(|card| card.last4.as_str()))
            .bind(card.map(|card| card.exp_month))
            .bind(card.map(|card| card.exp_year))
            .bind(order.gateway.as_str())
            .bind(order.ordered_at.micros())
            .bind(source)
            .bind(order.version.column())
            .bind(now)
            .bind(to_json(&order.buyer.address))
            .bind(to_json(&order.details))
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::sale::ledger) async fn lock_by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<Kept>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, KeptRow>(LOCK_BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    row.map(Kept::try_from).transpose()
}

pub(in crate::sale::ledger) async fn lock(tx: &mut Tx, id: OrderId) -> Result<OrderStatus, Error> {
    let (status,): (String,) = on!(tx.conn(), c => sqlx::query_as(LOCK).bind(id.0).fetch_one(c).await?);
    parsed("orders", id, status.parse())
}

pub(in crate::sale::ledger) async fn whose(tx: &mut Tx, id: OrderId) -> Result<Whose, Error> {
    let (producer, person, gateway, currency): (Uuid, Uuid, String, String) =
        on!(tx.conn(), c => sqlx::query_as(WHOSE).bind(id.0).fetch_one(c).await?);
    let currency = parsed("orders", id, Currency::parse(&currency))?;
    Ok(Whose { producer: ProducerId(producer), person: PersonId(person), gateway, currency })
}

pub(in crate::sale::ledger) async fn set_payment(
    tx: &mut Tx,
    id: OrderId,
    method: Method,
    card: Option<&Card>,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_PAYMENT)
            .bind(id.0)
            .bind(method.as_str())
            .bind(card.map(|card| card.brand.as_str()))
            .bind(card.map(|card| card.last4.as_str()))
            .bind(card.map(|card| card.exp_month))
            .bind(card.map(|card| card.exp_year))
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn code(tx: &mut Tx, id: OrderId) -> Result<String, Error> {
    let (code,): (String,) = on!(tx.conn(), c => sqlx::query_as(CODE).bind(id.0).fetch_one(c).await?);
    Ok(code)
}

pub(in crate::sale::ledger) async fn update_header(
    tx: &mut Tx,
    id: OrderId,
    person: PersonId,
    header: &Header,
) -> Result<(), Error> {
    let card = header.card.as_ref();
    on!(tx.conn(), c => {
        sqlx::query(UPDATE_HEADER)
            .bind(id.0)
            .bind(person.0)
            .bind(&header.buyer_name)
            .bind(header.tax_id.as_deref())
            .bind(header.phone.as_deref())
            .bind(header.method.as_str())
            .bind(card.map(|card| card.brand.as_str()))
            .bind(card.map(|card| card.last4.as_str()))
            .bind(card.map(|card| card.exp_month))
            .bind(card.map(|card| card.exp_year))
            .bind(&header.gateway)
            .bind(header.version.column())
            .bind(to_json(&header.address))
            .bind(to_json(&header.details))
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn set_ordered_at(tx: &mut Tx, id: OrderId, at: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_ORDERED_AT).bind(id.0).bind(at.micros()).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn settle(
    tx: &mut Tx,
    id: OrderId,
    standing: &OrderStanding,
    total: i64,
    search: &str,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SETTLE)
            .bind(id.0)
            .bind(standing.status.as_str())
            .bind(standing.paid_at)
            .bind(standing.currency.as_ref().map(Currency::as_str))
            .bind(total)
            .bind(search)
            .bind(now)
            .execute(c)
            .await?;
    });
    Ok(())
}

/// What went back by refunds of ours, and whether the plan itself is in it.
pub(in crate::sale::ledger) async fn given_back(tx: &mut Tx, id: OrderId) -> Result<(GivenBack, bool), Error> {
    let (items, main, all, amount): (i64, i64, i64, i64) =
        on!(tx.conn(), c => sqlx::query_as(GIVEN_BACK).bind(id.0).fetch_one(c).await?);
    let given_back = match (items, amount) {
        (items, _) if items > 0 && items == all => GivenBack::All,
        (0, 0) => GivenBack::Nothing,
        _ => GivenBack::Some,
    };
    Ok((given_back, main > 0))
}

/// The buyer's name on an order on file; none when there is none with this code.
pub(in crate::sale::ledger) async fn buyer_name(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = on!(tx.conn(), c => {
        sqlx::query_as(BUYER_NAME).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    Ok(row.map(|(name,)| name))
}

/// Returns whether this person has been erased.
pub(in crate::sale::ledger) async fn is_erased(tx: &mut Tx, person: PersonId) -> Result<bool, Error> {
    let row = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(IS_ERASED).bind(person.0).fetch_optional(c).await?);
    Ok(row.is_some())
}

/// Whose the order is from now on.
pub(in crate::sale::ledger) async fn set_person(tx: &mut Tx, id: OrderId, person: PersonId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_PERSON).bind(id.0).bind(person.0).execute(c).await?; });
    Ok(())
}

/// Remembers that the order's address was wrong.
pub(in crate::sale::ledger) async fn leave_address(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    left: &Email,
    right: &Email,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let leave = sqlx::query(LEAVE_ADDRESS).bind(producer.0).bind(order.0).bind(hash(left)).bind(now.micros());
        leave.execute(&mut *c).await?;
        sqlx::query(RETURN_TO_ADDRESS).bind(order.0).bind(hash(right)).execute(c).await?;
    });
    Ok(())
}
