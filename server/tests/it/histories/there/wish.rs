//! What somebody wants, what happens, and how the calls for it fail.

use crate::harness::dice::Dice;
use crate::harness::vendor::Calls;
use standin::fault::{Fault, Faults};

/// What somebody wants, or what happens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Cancel,
    Undo,
    Plan,
    Decline,
    Refund,
    PaidBack,
    Pay,
    Nothing,
}

/// A plan that is paid back is over: seldom.
const OF_PLAN: [Wish; 14] = [
    Wish::Cancel,
    Wish::Cancel,
    Wish::Cancel,
    Wish::Undo,
    Wish::Undo,
    Wish::Undo,
    Wish::Plan,
    Wish::Plan,
    Wish::Decline,
    Wish::Refund,
    Wish::PaidBack,
    Wish::Pay,
    Wish::Pay,
    Wish::Nothing,
];
const ONCE: [Wish; 5] = [Wish::Refund, Wish::Refund, Wish::PaidBack, Wish::Pay, Wish::Nothing];

const FAULTS: [Fault; 6] =
    [Fault::Status(429), Fault::Status(500), Fault::Status(503), Fault::StatusAfter(500), Fault::Reset, Fault::Lost];
/// Seldom: each is waited for.
const HANGS: [Fault; 2] = [Fault::Hang, Fault::HangAfter];

impl Wish {
    pub(super) fn of(dice: &mut Dice, is_plan: bool) -> Self {
        if is_plan { dice.pick(&OF_PLAN) } else { dice.pick(&ONCE) }
    }
}

/// The next of these calls fail, one or two of them; what was planned.
pub(super) fn plan_faults(dice: &mut Dice, faults: &Faults, calls: Calls) -> Vec<String> {
    let mut planned = Vec::new();
    for _ in 0..=dice.below(2) {
        let (method, path) = dice.pick(calls);
        let fault = if dice.once_in(30) { dice.pick(&HANGS) } else { dice.pick(&FAULTS) };
        planned.push(format!("{method} {path} meets {fault:?}"));
        faults.plan(method, path, fault);
    }
    planned
}
