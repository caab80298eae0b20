//! The addresses of buyers.

use super::{Handle, Token};
use crate::{CardUpdateId, ChargeId, LinkPlace, OrderRef, Protocol, QuoteId, SessionId, SubscriptionId};

super::places! {
    /// A page or form of buyers, and whose.
    Place<'a>

    // Signing in.

    /// Asks for the e-mail.
    SignIn = "/sign-in", Anyone, Here;
    /// Says that a mail may be on its way. The question behind it, `request`, says which.
    SignInSent = "/sign-in/sent", Anyone, Here;
    /// Sends the mail again.
    SignInResend = "/sign-in/resend", Anyone, Home;
    /// Takes e-mail and code in any browser.
    SignInCode = "/sign-in/code", Anyone, Here;
    /// A link that brings a person in.
    Link { token: Token } = "/l/{token}", Anyone, Here;
    /// Sends a new link to where an old one led.
    LinkResend { token: Token } = "/l/{token}/resend", Anyone, Home;
    /// A link to an order, which opens nothing by itself.
    OrderLink { order_ref: OrderRef } = "/o/{order_ref}", Anyone, Here;
    /// Ends the session.
    SignOut = "/sign-out", Anyone, Home;

    // What was bought.

    /// Everything that was bought.
    Home = "/", Buyer, Here;
    /// An order.
    Order { handle: Handle } = "/orders/{handle}", Buyer, Here;

    // Money back.

    /// What of an order goes back.
    Refund { handle: Handle } = "/orders/{handle}/refund", Buyer, Here;
    /// What a refund comes to.
    RefundPreview { handle: Handle } = "/orders/{handle}/refund/preview", Buyer, Here;
    /// Asks the producer, after the window.
    RefundAsk { handle: Handle } = "/orders/{handle}/refund/ask", Buyer, Here;
    /// The receipt of a refund.
    RefundReceipt { handle: Handle, protocol: Protocol } = "/orders/{handle}/refund/{protocol}", Buyer, Here;
    /// Takes a request back.
    RefundWithdraw { handle: Handle, protocol: Protocol } = "/orders/{handle}/refund/{protocol}/withdraw", Buyer, Home;
    /// Takes the account that is paid back to.
    RefundPayee { handle: Handle, protocol: Protocol } = "/orders/{handle}/refund/{protocol}/payee", Buyer, Home;

    // Papers.

    /// The receipt of a charge.
    Receipt { handle: Handle, charge: ChargeId } = "/orders/{handle}/receipts/{charge}", Buyer, Here;
    /// The same as a file.
    ReceiptPdf { handle: Handle, charge: ChargeId } = "/orders/{handle}/receipts/{charge}/receipt.pdf", Buyer, Home;
    /// The credit note of a refund.
    Credit { handle: Handle, protocol: Protocol } = "/orders/{handle}/credits/{protocol}", Buyer, Here;
    /// The same as a file.
    CreditPdf { handle: Handle, protocol: Protocol } =
        "/orders/{handle}/credits/{protocol}/credit-note.pdf", Buyer, Home;
    /// The sale as it was.
    Terms { handle: Handle } = "/orders/{handle}/terms", Buyer, Here;
    /// Whom documents are made out to.
    Billing { handle: Handle } = "/orders/{handle}/billing", Buyer, Here;
    /// The papers of a year in one file.
    YearReceipts { year: i64 } = "/account/receipts/{year}", Buyer, Home;

    // The account.

    /// The account.
    Account = "/account", Buyer, Here;
    /// Name, telephone and tax number.
    Profile = "/account/profile", Buyer, Here;
    /// Another e-mail address.
    Email = "/account/email", Buyer, Here;
    /// Takes the wish for another address back.
    EmailWithdraw = "/account/email/withdraw", Buyer, Home;
    /// Says that the address is another one now.
    EmailChanged = "/account/email/changed", Anyone, Here;
    /// A link that confirms another address.
    EmailLink { token: Token } = "/e/{token}", Anyone, Here;
    /// Ends one session.
    SessionEnd { session: SessionId } = "/account/sessions/{session}/end", Buyer, Home;
    /// Ends all other sessions.
    SessionsEnd = "/account/sessions/end", Buyer, Home;
    /// A copy of everything.
    Data = "/account/data", Buyer, Home;
    /// Erasure.
    Erasure = "/account/erasure", Buyer, Here;
    /// Takes the wish to be erased back.
    ErasureUndo = "/account/erasure/undo", Buyer, Home;

    // Another plan.

    /// The plans to choose from.
    Plan { id: SubscriptionId } = "/subscriptions/{id}/plan", Buyer, Here;
    /// The figures of a choice, as lines.
    PlanPreview { id: SubscriptionId } = "/subscriptions/{id}/plan/preview", Buyer, Home;
    /// Fixes the figures of a choice.
    PlanFix { id: SubscriptionId } = "/subscriptions/{id}/plan/quote", Buyer, Home;
    /// Figures that are fixed.
    PlanQuote { id: SubscriptionId, quote: QuoteId } = "/subscriptions/{id}/plan/quote/{quote}", Buyer, Here;
    /// Agrees to figures.
    PlanConfirm { id: SubscriptionId } = "/subscriptions/{id}/plan/confirm", Buyer, Home;
    /// What became of a change.
    PlanChange { id: SubscriptionId, change: QuoteId } = "/subscriptions/{id}/plan/change/{change}", Buyer, Here;
    /// Takes a scheduled change back.
    PlanUndo { id: SubscriptionId } = "/subscriptions/{id}/plan/undo", Buyer, Home;

    // Card and ways to pay.

    /// How a subscription is paid.
    SubscriptionCard { id: SubscriptionId } = "/subscriptions/{id}/card", Buyer, Here;
    /// Tries what is owed.
    SubscriptionPay { id: SubscriptionId } = "/subscriptions/{id}/card/pay", Buyer, Home;
    /// Takes another way to pay.
    SubscriptionMethod { id: SubscriptionId } = "/subscriptions/{id}/card/method", Buyer, Home;
    /// What came of a card update.
    SubscriptionCardUpdate { id: SubscriptionId, update: CardUpdateId } =
        "/subscriptions/{id}/card/{update}", Buyer, Here;
    /// How an order without a subscription is paid.
    OrderCard { handle: Handle } = "/orders/{handle}/card", Buyer, Here;
    /// Tries what is owed.
    OrderPay { handle: Handle } = "/orders/{handle}/card/pay", Buyer, Home;
    /// What came of a card update.
    OrderCardUpdate { handle: Handle, update: CardUpdateId } = "/orders/{handle}/card/{update}", Buyer, Here;

    // Subscriptions.

    /// A subscription.
    Subscription { id: SubscriptionId } = "/subscriptions/{id}", Buyer, Here;
    /// What cancelling means.
    Cancel { id: SubscriptionId } = "/subscriptions/{id}/cancel", Buyer, Here;
    /// Goes on from there.
    CancelBegin { id: SubscriptionId } = "/subscriptions/{id}/cancel/begin", Buyer, Home;
    /// Asks why, and offers something else.
    CancelReason { id: SubscriptionId } = "/subscriptions/{id}/cancel/reason", Buyer, Here;
    /// The buyer stays.
    CancelAbort { id: SubscriptionId } = "/subscriptions/{id}/cancel/abort", Buyer, Home;
    /// The buyer takes what was offered.
    CancelAccept { id: SubscriptionId } = "/subscriptions/{id}/cancel/accept", Buyer, Home;
    /// Takes the cancellation back.
    CancelUndo { id: SubscriptionId } = "/subscriptions/{id}/cancel/undo", Buyer, Home;
    /// The receipt of a cancellation.
    CancelReceipt { id: SubscriptionId, protocol: Protocol } = "/subscriptions/{id}/cancel/{protocol}", Buyer, Here;
}

/// The address of an order's link that leads to this place of the order.
pub fn order_link(order_ref: &OrderRef, to: LinkPlace) -> String {
    let link = Place::OrderLink { order_ref: order_ref.as_str() };
    if to == LinkPlace::Order { link.path() } else { format!("{link}?to={to}") }
}
