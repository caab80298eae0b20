//! What is owed is charged on the new card.

use super::{outcome, overdue, swapped};
use crate::harness::each_world;
use portal::card::page;
use portal::ports::ChargeProgress;
use portal::testing::GatewayFault;
use std::time::Duration;
use types::DeclineReason;
use types::view::SwapOutcome;

#[tokio::test]
async fn what_is_owed_is_charged_on_the_new_card_at_once_and_once() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        let (id, came) = swapped(world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Paid(amount) if amount.amount == 4_990), "{came:?}");
        world.settle().await;
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        assert!(page(&buyer, &place).await.unwrap().owed.is_none());
        let charges = world.gateway.charges();
        let paid: Vec<_> = charges.iter().filter(|(_, state)| *state == ChargeProgress::Paid).collect();
        assert_eq!(paid.len(), 1);
        assert_eq!(paid[0].0.card.as_ref().unwrap().token.as_deref(), Some("tok"));
    })
    .await;
}

#[tokio::test]
async fn a_bank_that_refuses_asks_or_does_not_answer_is_told_as_it_is() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        let (_, came) = swapped(world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Declined { reason: DeclineReason::InsufficientFunds, .. }), "{came:?}");
        let bank = "https://bank.test/confirm".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: bank.clone() }]);
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, SwapOutcome::Action { url: bank });
        let charges = world.gateway.charges();
        let asked = charges.iter().find(|(_, state)| matches!(state, ChargeProgress::ActionRequired { .. })).unwrap();
        world.gateway.charge_progress(&asked.0.key, ChargeProgress::Paid);
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_charge_whose_answer_was_lost_is_asked_about_and_not_made_again() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.fail_next_charges(&[GatewayFault::LostAfter]);
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, SwapOutcome::Unknown);
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let paid = world.gateway.charges().iter().filter(|(_, state)| *state == ChargeProgress::Paid).count();
        assert_eq!(paid, 1);
    })
    .await;
}
