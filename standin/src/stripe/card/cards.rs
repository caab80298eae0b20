//! The test cards: their numbers, and the names of their test payment methods.

use super::Behaviour::{
    AsksAlways, AsksOnce, AsksThenDeclined, Declined, DeclinedWhenCharged, Disputed, Fine, IsSetUp, RefundFails,
    RefundPends, Unavailable,
};
use super::{Behaviour, Card};

const fn credit(
    number: &'static str,
    tokens: &'static [&'static str],
    brand: &'static str,
    behaviour: Behaviour,
) -> Card {
    Card { number, tokens, brand, country: "US", funding: "credit", behaviour }
}

const fn visa(number: &'static str, tokens: &'static [&'static str], behaviour: Behaviour) -> Card {
    credit(number, tokens, "visa", behaviour)
}

/// All of them.
pub(super) const CARDS: &[Card] = &[
    visa("4242424242424242", &["pm_card_visa", "pm_card_us"], Fine),
    Card { funding: "debit", ..visa("4000056655665556", &["pm_card_visa_debit"], Fine) },
    credit("5555555555554444", &["pm_card_mastercard"], "mastercard", Fine),
    Card { funding: "debit", ..credit("5200828282828210", &["pm_card_mastercard_debit"], "mastercard", Fine) },
    Card { funding: "prepaid", ..credit("5105105105105100", &["pm_card_mastercard_prepaid"], "mastercard", Fine) },
    credit("378282246310005", &["pm_card_amex"], "amex", Fine),
    credit("6011111111111117", &["pm_card_discover"], "discover", Fine),
    credit("3056930009020004", &["pm_card_diners"], "diners", Fine),
    credit("3566002020360505", &["pm_card_jcb"], "jcb", Fine),
    credit("6200000000000005", &["pm_card_unionpay"], "unionpay", Fine),
    Card { country: "BR", ..visa("4000000760000002", &["pm_card_br"], Fine) },
    Card { country: "MX", ..visa("4000004840008001", &["pm_card_mx"], Fine) },
    Card { country: "PT", ..visa("4000006200000007", &["pm_card_pt"], Fine) },
    visa("4000000000000077", &["pm_card_bypassPending"], Fine),
    visa("4000000000000002", &["pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"], Declined("generic_decline")),
    visa(
        "4000000000009995",
        &["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"],
        Declined("insufficient_funds"),
    ),
    visa("4000000000009987", &["pm_card_visa_chargeDeclinedLostCard"], Declined("lost_card")),
    visa("4000000000009979", &["pm_card_visa_chargeDeclinedStolenCard"], Declined("stolen_card")),
    visa("4000000000000069", &["pm_card_chargeDeclinedExpiredCard"], Declined("expired_card")),
    visa("4000000000000127", &["pm_card_chargeDeclinedIncorrectCvc"], Declined("incorrect_cvc")),
    visa("4000000000000119", &["pm_card_chargeDeclinedProcessingError"], Declined("processing_error")),
    visa("4000000000006975", &["pm_card_visa_chargeDeclinedVelocityLimitExceeded"], Declined("card_velocity_exceeded")),
    visa("4100000000000019", &["pm_card_radarBlock"], Declined("fraudulent")),
    visa("4000000000000341", &["pm_card_chargeCustomerFail"], DeclinedWhenCharged),
    visa("4000002500003155", &["pm_card_authenticationRequiredOnSetup"], AsksOnce),
    visa("4000003800000446", &["pm_card_authenticationRequiredSetupForOffSession"], IsSetUp),
    visa("4000002760003184", &["pm_card_authenticationRequired"], AsksAlways),
    visa("4000000000003220", &["pm_card_threeDSecure2Required"], AsksAlways),
    visa("4000000000003063", &["pm_card_threeDSecureRequired"], AsksAlways),
    visa(
        "4000008260003178",
        &["pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"],
        AsksThenDeclined("insufficient_funds"),
    ),
    visa("4000008400001629", &["pm_card_threeDSecureRequiredChargeDeclined"], AsksThenDeclined("generic_decline")),
    visa("4000008400001280", &["pm_card_threeDSecureRequiredProcessingError"], AsksThenDeclined("processing_error")),
    visa("4000000000005126", &["pm_card_refundFail"], RefundFails),
    visa("4000000000007726", &["pm_card_pendingRefund"], RefundPends),
    visa("4000000000000259", &["pm_card_createDispute"], Disputed("fraudulent")),
    visa("4000000000002685", &["pm_card_createDisputeProductNotReceived"], Disputed("product_not_received")),
    visa("4000000000009999", &["pm_card_standinUnavailable"], Unavailable),
];
