//! A switch that is saved as soon as it is changed: by the same rule as its form, with the rest of the policy as it is.

use super::scope::{Scope, problem, texts};
use crate::page::PageError;
use controls::{ChangeSwitch, Switched};
use portal::policy::{self, Policy, PolicyError};
use portal::{Producer, again};

/// Turns a switch of what buyers may do on or off.
pub(in crate::producer) async fn change(producer: Producer, asked: ChangeSwitch) -> Result<Switched, PageError> {
    // The address is that of everybody who works for the producer; the settings are the owner's.
    if !producer.is_owner() {
        return Err(PageError::NotFound);
    }
    let ChangeSwitch { product, name, is_on } = asked;
    let switch = switch_of(&name).ok_or(PageError::Unreadable)?;
    let scope = Scope::of(&producer, &product).await?;
    let edit = |policy: &mut Policy| *switch(policy) = is_on;
    let (is_saved, key) = match again!(policy::change(producer.portal(), &producer, scope.code(), &edit).await) {
        Ok(()) if scope.follows() => (true, "settings-switched-own"),
        Ok(()) => (true, "settings-switched"),
        Err(PolicyError::Faults(_)) => (false, "settings-switch-refused"),
        Err(error) => return Err(problem(error)),
    };
    Ok(Switched { is_saved, words: texts(&producer).text(key) })
}

/// What a switch of the form stands for.
fn switch_of(name: &str) -> Option<fn(&mut Policy) -> &mut bool> {
    match name {
        "card_swap" => Some(|policy| &mut policy.payment.card_swap),
        "method_change" => Some(|policy| &mut policy.payment.method_change),
        "plan_change" => Some(|policy| &mut policy.plan.change),
        _ => None,
    }
}
