//! Access rules: what a product gives in a member area.

use super::{Error, product, record, store};
use crate::Portal;
use crate::Producer;
use crate::event::Catalogue;
use crate::ports::AccessTarget;
use serde_json::json;
use types::Code;

/// What a seller says of an access rule.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessRule {
    /// The seller's code.
    pub code: Code,
    /// Code of the product.
    pub product: Code,
    /// Code of the member area.
    pub member_area: Code,
    /// What it gives, all of one mode: a call to a member area carries one mode only.
    pub grant: Grant,
}

/// What a rule gives.
#[derive(Clone, PartialEq, Debug)]
pub enum Grant {
    /// These classes, one at least.
    Classrooms(Vec<i64>),
    /// This membership level.
    MembershipLevel(i64),
    /// Everything.
    Unlimited,
}

impl Grant {
    fn targets(&self) -> Vec<AccessTarget> {
        match self {
            Self::Classrooms(ids) => ids.iter().copied().map(AccessTarget::Classroom).collect(),
            Self::MembershipLevel(id) => vec![AccessTarget::MembershipLevel(*id)],
            Self::Unlimited => vec![AccessTarget::Unlimited],
        }
    }
}

/// Writes a rule as the seller wants it, new or not, and has everybody's access to its product looked at again:
/// also that of the product which the rule was about before.
pub async fn put_access_rule(portal: &Portal, producer: &Producer, rule: &AccessRule) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let (product, _) = product::find(&mut tx, producer.id(), &rule.product).await?.ok_or(Error::UnknownProduct)?;
    let area =
        store::area::by_code(&mut tx, producer.id(), &rule.member_area).await?.ok_or(Error::UnknownMemberArea)?.id();
    let before = store::rule::by_code(&mut tx, producer.id(), &rule.code).await?;
    let mut words: Vec<String> = rule.grant.targets().iter().map(AccessTarget::to_word).collect();
    words.sort();
    words.dedup();
    let id =
        store::rule::upsert(&mut tx, portal.new_id(), producer.id(), &rule.code, product, area, portal.now().micros())
            .await?;
    store::rule::replace_targets(&mut tx, producer.id(), id, &words).await?;
    let former = before.as_ref().map(|row| row.product()).filter(|former| *former != product);
    let event = Catalogue::AccessRuleWritten { rule: id.0, product, former };
    let after = json!({"code": rule.code, "product": rule.product, "member_area": rule.member_area, "targets": words});
    record(portal, &mut tx, producer, event, before.as_ref().map(store::rule::RuleRow::to_json), after).await?;
    portal.commit(tx).await?;
    Ok(())
}
