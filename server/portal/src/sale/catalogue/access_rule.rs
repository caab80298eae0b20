//! Access rules: what a product gives in a member area.

use super::{Error, product, record, store};
use crate::Portal;
use crate::Producer;
use crate::event::Catalogue;
use crate::ports::AccessTarget;
use serde_json::json;
use std::collections::BTreeSet;
use types::Code;

/// What a producer says of an access rule.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessRule {
    /// The producer's code.
    pub code: Code,
    /// Code of the product.
    pub product: Code,
    /// Code of the member area.
    pub member_area: Code,
    /// What it gives, one thing at least, in words that the connector of the member area reads.
    pub targets: Vec<String>,
}

/// Writes a rule as the producer wants it, new or not, and has everybody's access to its product looked at again:
/// also that of the product which the rule was about before. `AreaOfUnknownKind` when this installation has no
/// connector for the member area, `NotATarget` when the connector reads nothing in a word.
pub async fn put_access_rule(portal: &Portal, producer: &Producer, rule: &AccessRule) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let (product, _) = product::find(&mut tx, producer.id(), &rule.product).await?.ok_or(Error::UnknownProduct)?;
    let area =
        store::area::by_code(&mut tx, producer.id(), &rule.member_area).await?.ok_or(Error::UnknownMemberArea)?;
    let targets = targets(portal, area.kind(), &rule.targets)?;
    let before = store::rule::by_code(&mut tx, producer.id(), &rule.code).await?;
    let id = store::rule::upsert(
        &mut tx,
        portal.new_id(),
        producer.id(),
        &rule.code,
        product,
        area.id(),
        portal.now().micros(),
    )
    .await?;
    store::rule::replace_targets(&mut tx, producer.id(), id, &targets).await?;
    let former = before.as_ref().map(|row| row.product()).filter(|former| *former != product);
    let event = Catalogue::AccessRuleWritten { rule: id.0, product, former };
    let words: Vec<&str> = targets.iter().map(AccessTarget::as_str).collect();
    let after = json!({"code": rule.code, "product": rule.product, "member_area": rule.member_area, "targets": words});
    record(portal, &mut tx, producer, event, before.as_ref().map(store::rule::RuleRow::to_json), after).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// The targets that the words name in a member area of this kind, each once.
fn targets(portal: &Portal, kind: &str, words: &[String]) -> Result<BTreeSet<AccessTarget>, Error> {
    let connector = portal.ports.member_areas.of_kind(kind).ok_or(Error::AreaOfUnknownKind)?;
    words.iter().map(|word| Ok(connector.read_target(word)?)).collect()
}
