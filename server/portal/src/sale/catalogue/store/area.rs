use crate::catalogue::member_area::MemberArea;
use crate::db::{Error, Tx};
use crate::{on, row, statements};
use serde_json::{Value, json};
use types::{Code, MemberAreaId, ProducerId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, code, kind, base_url, content_url, api_key_sealed
        from member_areas
        where producer_id = $1 and code = $2";
    UPSERT = "insert into member_areas (id, producer_id, code, kind, base_url, content_url, api_key_sealed, created_at,
                updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        on conflict (producer_id, code) do update set kind = excluded.kind, base_url = excluded.base_url,
            content_url = excluded.content_url, api_key_sealed = excluded.api_key_sealed,
            updated_at = excluded.updated_at
        where member_areas.id = excluded.id";
}

row! {
    pub(in crate::sale::catalogue) struct AreaRow {
        id: Uuid, code: String, kind: String, base_url: String, content_url: Option<String>, api_key_sealed: String,
    }
}

impl AreaRow {
    pub(in crate::sale::catalogue) fn id(&self) -> MemberAreaId {
        MemberAreaId(self.id)
    }

    pub(in crate::sale::catalogue) fn kind(&self) -> &str {
        &self.kind
    }

    pub(in crate::sale::catalogue) fn sealed(&self) -> &str {
        &self.api_key_sealed
    }

    pub(in crate::sale::catalogue) fn to_json(&self) -> Value {
        json!({"code": self.code, "kind": self.kind, "base_url": self.base_url, "content_url": self.content_url})
    }
}

pub(in crate::sale::catalogue) async fn by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<AreaRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, AreaRow>(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    }))
}

/// The key is sealed for the row's id: should another request have made the row meanwhile, nothing is written and the
/// request fails.
pub(in crate::sale::catalogue) async fn upsert(
    tx: &mut Tx,
    id: MemberAreaId,
    producer: ProducerId,
    area: &MemberArea,
    sealed: &str,
    now: i64,
) -> Result<(), Error> {
    let written = on!(tx.conn(), c => {
        sqlx::query(UPSERT)
            .bind(id.0)
            .bind(producer.0)
            .bind(area.code.as_str())
            .bind(&area.kind)
            .bind(&area.base_url)
            .bind(area.content_url.as_deref())
            .bind(sealed)
            .bind(now)
            .execute(c)
            .await?
            .rows_affected()
    });
    if written == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound.into()) }
}
