use crate::catalogue::picture::Pictured;
use crate::catalogue::product::Product;
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use serde_json::{Value, json};
use types::{Code, Line, PictureName, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, code, name, refund_window_days, access_days, access_cycles, is_from_source, picture
        from products
        where producer_id = $1 and code = $2";
    LIST = "select id, code, name, refund_window_days, access_days, access_cycles, is_from_source, picture
        from products
        where producer_id = $1
        order by name, code
        limit $2";
    SET_PICTURE = "update products set picture = $2, updated_at = $3 where id = $1";
    SET_WINDOW = "update products set refund_window_days = $3, updated_at = $4 where producer_id = $1 and id = $2";
    UPSERT = "insert into products (id, producer_id, code, name, refund_window_days, access_days, access_cycles,
                is_from_source, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
        on conflict (producer_id, code) do update set name = excluded.name,
            refund_window_days = excluded.refund_window_days, access_days = excluded.access_days,
            access_cycles = excluded.access_cycles, is_from_source = excluded.is_from_source,
            updated_at = excluded.updated_at
        returning id";
    INSERT_FROM_SOURCE = "insert into products (id, producer_id, code, name, refund_window_days, is_from_source,
                created_at, updated_at)
        values ($1, $2, $3, $4, 7, $5, $6, $6)
        on conflict (producer_id, code) do nothing";
    RENAME = "update products set name = $2, updated_at = $3 where id = $1";
}

row! {
    pub(in crate::sale::catalogue) struct ProductRow {
        id: Uuid, code: String, name: String, refund_window_days: i64, access_days: Option<i64>,
        access_cycles: Option<i64>, is_from_source: bool, picture: Option<String>,
    }
}

impl ProductRow {
    pub(in crate::sale::catalogue) fn id(&self) -> ProductId {
        ProductId(self.id)
    }

    pub(in crate::sale::catalogue) fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::sale::catalogue) fn picture(&self) -> Option<&str> {
        self.picture.as_deref()
    }

    pub(in crate::sale::catalogue) fn into_id_and_name(self) -> (ProductId, String) {
        (ProductId(self.id), self.name)
    }

    pub(in crate::sale::catalogue) fn may_be_renamed(&self, name: &Line) -> bool {
        self.is_from_source && self.name != name.as_str()
    }

    /// Whether access to the product lasts otherwise by what is said now.
    pub(in crate::sale::catalogue) fn gives_otherwise(&self, product: &Product) -> bool {
        (self.access_days, self.access_cycles) != (product.access_days, product.access_cycles)
    }

    pub(in crate::sale::catalogue) fn to_json(&self) -> Value {
        json!({
            "code": self.code, "name": self.name, "refund_window_days": self.refund_window_days,
            "access_days": self.access_days, "access_cycles": self.access_cycles,
        })
    }
}

impl TryFrom<ProductRow> for Product {
    type Error = Error;

    fn try_from(row: ProductRow) -> Result<Self, Error> {
        Ok(Self {
            code: parsed("products", row.id, Code::parse(&row.code))?,
            name: parsed("products", row.id, Line::parse(&row.name))?,
            refund_window_days: row.refund_window_days,
            access_days: row.access_days,
            access_cycles: row.access_cycles,
        })
    }
}

impl TryFrom<ProductRow> for Pictured {
    type Error = Error;

    fn try_from(row: ProductRow) -> Result<Self, Error> {
        let picture = row.picture.as_deref().map(PictureName::parse).transpose();
        let picture = parsed("products", row.id, picture)?;
        let Product { code, name, .. } = row.try_into()?;
        Ok(Self { code, name, picture })
    }
}

pub(in crate::sale::catalogue) async fn get(
    conn: Conn<'_>,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<Product>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, ProductRow>(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    row.map(TryInto::try_into).transpose()
}

pub(in crate::sale::catalogue) async fn list(
    conn: Conn<'_>,
    producer: ProducerId,
    most: i64,
) -> Result<Vec<Product>, Error> {
    rows(conn, producer, most).await?.into_iter().map(TryInto::try_into).collect()
}

pub(in crate::sale::catalogue) async fn pictured(
    conn: Conn<'_>,
    producer: ProducerId,
    most: i64,
) -> Result<Vec<Pictured>, Error> {
    rows(conn, producer, most).await?.into_iter().map(TryInto::try_into).collect()
}

async fn rows(conn: Conn<'_>, producer: ProducerId, most: i64) -> Result<Vec<ProductRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(LIST).bind(producer.0).bind(most).fetch_all(c).await?))
}

pub(in crate::sale::catalogue) async fn set_picture(
    tx: &mut Tx,
    id: ProductId,
    picture: Option<&PictureName>,
    now: i64,
) -> Result<(), Error> {
    let picture = picture.map(PictureName::as_str);
    on!(tx.conn(), c => { sqlx::query(SET_PICTURE).bind(id.0).bind(picture).bind(now).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::catalogue) async fn set_window(
    tx: &mut Tx,
    producer: ProducerId,
    id: ProductId,
    days: i64,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_WINDOW).bind(producer.0).bind(id.0).bind(days).bind(now).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<ProductRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, ProductRow>(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    }))
}

pub(in crate::sale::catalogue) async fn upsert(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    product: &Product,
    now: i64,
) -> Result<ProductId, Error> {
    let (id,): (Uuid,) = on!(tx.conn(), c => {
        sqlx::query_as(UPSERT)
            .bind(id)
            .bind(producer.0)
            .bind(product.code.as_str())
            .bind(product.name.as_str())
            .bind(product.refund_window_days)
            .bind(product.access_days)
            .bind(product.access_cycles)
            .bind(false)
            .bind(now)
            .fetch_one(c)
            .await?
    });
    Ok(ProductId(id))
}

pub(in crate::sale::catalogue) async fn insert_from_source(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    code: &Code,
    name: &Line,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_FROM_SOURCE)
            .bind(id)
            .bind(producer.0)
            .bind(code.as_str())
            .bind(name.as_str())
            .bind(true)
            .bind(now)
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn rename(tx: &mut Tx, id: ProductId, name: &Line, now: i64) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(RENAME).bind(id.0).bind(name.as_str()).bind(now).execute(c).await?;
    });
    Ok(())
}
