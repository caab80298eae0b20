use crate::db::{Error, Tx};
use crate::ports::AccessTarget;
use crate::{on, row, statements};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use types::{AccessRuleId, Code, MemberAreaId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    BY_CODE = "select r.code, r.product_id, p.code as product, a.code as member_area
        from access_rules r
        join products p on p.id = r.product_id
        join member_areas a on a.id = r.member_area_id
        where r.producer_id = $1 and r.code = $2";
    UPSERT = "insert into access_rules (id, producer_id, code, product_id, member_area_id, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $6)
        on conflict (producer_id, code) do update set product_id = excluded.product_id,
            member_area_id = excluded.member_area_id, updated_at = excluded.updated_at
        returning id";
    DELETE_TARGETS = "delete from access_rule_targets where producer_id = $1 and rule_id = $2";
    INSERT_TARGET = "insert into access_rule_targets (producer_id, rule_id, target) values ($1, $2, $3)";
}

row! {
    pub(in crate::sale::catalogue) struct RuleRow {
        code: String, product_id: Uuid, product: String, member_area: String,
    }
}

impl RuleRow {
    pub(in crate::sale::catalogue) fn product(&self) -> ProductId {
        ProductId(self.product_id)
    }

    pub(in crate::sale::catalogue) fn to_json(&self) -> Value {
        json!({"code": self.code, "product": self.product, "member_area": self.member_area})
    }
}

pub(in crate::sale::catalogue) async fn by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<RuleRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, RuleRow>(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    }))
}

pub(in crate::sale::catalogue) async fn upsert(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    code: &Code,
    product: ProductId,
    area: MemberAreaId,
    now: i64,
) -> Result<AccessRuleId, Error> {
    let (id,): (Uuid,) = on!(tx.conn(), c => {
        sqlx::query_as(UPSERT)
            .bind(id)
            .bind(producer.0)
            .bind(code.as_str())
            .bind(product.0)
            .bind(area.0)
            .bind(now)
            .fetch_one(c)
            .await?
    });
    Ok(AccessRuleId(id))
}

pub(in crate::sale::catalogue) async fn replace_targets(
    tx: &mut Tx,
    producer: ProducerId,
    rule: AccessRuleId,
    targets: &BTreeSet<AccessTarget>,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(DELETE_TARGETS).bind(producer.0).bind(rule.0).execute(&mut *c).await?;
        for target in targets {
            sqlx::query(INSERT_TARGET).bind(producer.0).bind(rule.0).bind(target.as_str()).execute(&mut *c).await?;
        }
    });
    Ok(())
}
