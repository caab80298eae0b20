//! The names of what can happen, and of the mails that tell of it: public, stable, spelled the same in tables, log and
//! API.

use crate::state::{InvalidWord, words};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

words! {
    /// What happened.
    EventName {
        /// An order came in.
        OrderCreated = "order.created"
        /// A source reported something new about an order.
        OrderReported = "order.reported"
        /// An order was worked out again: after a charge, a refund, a cancellation.
        OrderRestated = "order.restated"
        /// The address of an order was put right: it is somebody else's now.
        OrderAddressCorrected = "order.address_corrected"
        /// Somebody noted something about an order.
        OrderNoted = "order.noted"
        /// A mail about an order was asked for once more.
        OrderMailAsked = "order.mail_asked"
        /// What an order gives was to be told to its member areas once more.
        OrderAccessAsked = "order.access_asked"
        /// A charge was paid.
        BillingPaid = "billing.paid"
        /// A charge failed.
        BillingFailed = "billing.failed"
        /// A boleto or Pix waits to be paid.
        BillingWaits = "billing.waits"
        /// An invoice is not owed any more.
        BillingVoided = "billing.voided"
        /// A pause is over: charging goes on.
        BillingResumed = "billing.resumed"
        /// A cancelled subscription is over with its paid period.
        BillingEnded = "billing.ended"
        /// Money arrived for what is not owed any more.
        BillingPaidInVain = "billing.paid_in_vain"
        /// Money arrived for what another charge has paid.
        BillingPaidTwice = "billing.paid_twice"
        /// A producer wrote an own account at a gateway.
        ConnectionWritten = "connection.written"
        /// Another card is on file.
        CardChanged = "card.changed"
        /// An order is paid in another way.
        MethodChanged = "method.changed"
        /// A change of plan was agreed to and is to be paid.
        PlanAsked = "plan.asked"
        /// A change of plan was agreed to that costs nothing now.
        PlanChanged = "plan.changed"
        /// A change of plan waits for the renewal.
        PlanScheduled = "plan.scheduled"
        /// A change of plan was taken back.
        PlanUndone = "plan.undone"
        /// The new plan is there.
        PlanApplied = "plan.applied"
        /// The money of a change was not taken.
        PlanDeclined = "plan.declined"
        /// The money of a change came too late and goes back.
        PlanGoesBack = "plan.goes_back"
        /// The money of a change is back.
        PlanReturned = "plan.returned"
        /// The money of a change could not be paid back.
        PlanNotReturned = "plan.not_returned"
        /// Money was asked back.
        RefundRequested = "refund.requested"
        /// The producer gives money back without being asked.
        RefundGiven = "refund.given"
        /// The producer answered a request.
        RefundAnswered = "refund.answered"
        /// The buyer took a request back.
        RefundWithdrawn = "refund.withdrawn"
        /// The gateway waits until the buyer has named the account that the money goes to, on a page of its own.
        RefundPayeeAsked = "refund.payee_asked"
        /// The buyer named the account that the money goes to.
        RefundPayeeNamed = "refund.payee_named"
        /// The producer says that a refund was paid by hand.
        RefundPaidByHand = "refund.paid_by_hand"
        /// A refund moved on at the gateway.
        RefundAdvanced = "refund.advanced"
        /// The buyer cancelled.
        SubscriptionCanceled = "subscription.canceled"
        /// The buyer took the cancellation back.
        SubscriptionCancelUndone = "subscription.cancel_undone"
        /// The buyer took something else instead of cancelling.
        SubscriptionStayed = "subscription.stayed"
        /// The day of the cancellation has come.
        SubscriptionEnded = "subscription.ended"
        /// The gateway was told how a subscription is to go on.
        SubscriptionTold = "subscription.told"
        /// The gateway refused to have it so.
        SubscriptionNotTaken = "subscription.not_taken"
        /// What is printed on the documents of an order was written.
        DocumentBillingWritten = "document.billing_written"
        /// A view of the list of orders was saved.
        OrderViewSaved = "order_view.saved"
        /// A view of the list of orders was removed.
        OrderViewRemoved = "order_view.removed"
        /// Somebody bought with the address of a person who is being erased.
        AccountAddressTaken = "account.address_taken"
        /// A producer made a link to an order.
        PortalLinkMade = "portal_link.made"
        /// Such a link is mailed.
        PortalLinkMailed = "portal_link.mailed"
        /// Somebody pressed the button of such a link.
        PortalLinkOpened = "portal_link.opened"
        /// Its producer revoked such a link.
        PortalLinkRevoked = "portal_link.revoked"
        /// A producer began to send links for many orders.
        LinkCampaignStarted = "link_campaign.started"
        /// The producer stopped that.
        LinkCampaignStopped = "link_campaign.stopped"
        /// A person asked for another address.
        AccountEmailAsked = "account.email_asked"
        /// A person took that back.
        AccountEmailWithdrawn = "account.email_withdrawn"
        /// A person moved to another address.
        AccountEmailChanged = "account.email_changed"
        /// The address of a person is written otherwise than it was before.
        AccountAddressRespelled = "account.address_respelled"
        /// A person wrote their profile.
        AccountProfileChanged = "account.profile_changed"
        /// A person chose a language.
        AccountLanguageChosen = "account.language_chosen"
        /// A person asked to be erased.
        AccountErasureAsked = "account.erasure_asked"
        /// That was undone.
        AccountErasureUndone = "account.erasure_undone"
        /// A person was erased.
        AccountErased = "account.erased"
        /// Somebody came in by a link.
        SignInByLink = "sign_in.by_link"
        /// Somebody came in by a code.
        SignInByCode = "sign_in.by_code"
        /// Somebody signed out.
        SessionSignedOut = "session.signed_out"
        /// Somebody ended one of their sessions.
        SessionEnded = "session.ended"
        /// Somebody ended all of their sessions.
        SessionAllEnded = "session.all_ended"
        /// Somebody came in with a password.
        LoginEntered = "login.entered"
        /// Somebody changed their password.
        LoginPasswordChanged = "login.password_changed"
        /// Somebody who forgot their password has another one.
        LoginPasswordReset = "login.password_reset"
        /// A second step stands behind somebody's password.
        LoginSecondStepSet = "login.second_step_set"
        /// None stands there any more.
        LoginSecondStepRemoved = "login.second_step_removed"
        /// Somebody made other recovery codes.
        LoginRecoveryCodesMade = "login.recovery_codes_made"
        /// Somebody used a recovery code.
        LoginRecoveryCodeUsed = "login.recovery_code_used"
        /// Somebody was invited to work for a producer.
        MemberInvited = "member.invited"
        /// That was withdrawn.
        MemberInvitationWithdrawn = "member.invitation_withdrawn"
        /// Somebody works for a producer.
        MemberJoined = "member.joined"
        /// Somebody may do something else for a producer.
        MemberRoleChanged = "member.role_changed"
        /// Somebody works for a producer no more.
        MemberRemoved = "member.removed"
        /// A producer wrote what buyers may do.
        PolicyWritten = "policy.written"
        /// A producer wrote a product.
        ProductWritten = "product.written"
        /// A producer wrote an offer.
        OfferWritten = "offer.written"
        /// A producer wrote a member area.
        MemberAreaWritten = "member_area.written"
        /// A producer wrote an access rule.
        AccessRuleWritten = "access_rule.written"
        /// A producer wrote a source.
        SourceWritten = "source.written"
        /// A key of the API was made.
        ApiKeyCreated = "api_key.created"
        /// A key of the API was revoked.
        ApiKeyRevoked = "api_key.revoked"
        /// A producer was made.
        ProducerCreated = "producer.created"
        /// Whoever signs in as a producer got another password.
        ProducerPasswordSet = "producer.password_set"
        /// Nobody signs in as a producer any more.
        ProducerDisabled = "producer.disabled"
        /// A producer wrote what it says of itself.
        ProducerWritten = "producer.written"
        /// Somebody joined the support staff.
        StaffCreated = "staff.created"
        /// Somebody of the staff got another password.
        StaffPasswordSet = "staff.password_set"
        /// Somebody of the staff signs in no more.
        StaffDisabled = "staff.disabled"
        /// The orders of a producer are there for an agent of the staff, or are no more.
        StaffAssigned = "staff.assigned"
        /// Somebody of the staff read what is masked for them.
        StaffRevealed = "staff.revealed"
    }

    /// What a mail tells.
    MailKind {
        /// To the buyer: access ends soon.
        AccessExpiring = "access_expiring"
        /// To the buyer: access has ended.
        AccessExpired = "access_expired"
        /// To the producer: the member area refuses a call or could not be reached for two weeks.
        ProducerDeliveryStopped = "producer_delivery_stopped"
        /// To an address that is to be used from now on: the link that confirms it.
        EmailChange = "email_change"
        /// To the address so far: somebody asked for another one.
        EmailNotice = "email_notice"
        /// To both addresses: it is done.
        EmailChanged = "email_changed"
        /// To the person: the request to erase is on file.
        ErasureAsked = "erasure_asked"
        /// To the person: the request is undone.
        ErasureUndone = "erasure_undone"
        /// To the buyer: a charge failed.
        ChargeFailed = "charge_failed"
        /// To the buyer: what had failed is paid.
        ChargeRecovered = "charge_recovered"
        /// To the buyer: money came although nothing was owed.
        Surplus = "surplus"
        /// To the producer: the same.
        ProducerSurplus = "producer_surplus"
        /// To the buyer: this is charged soon.
        RenewalAhead = "renewal_ahead"
        /// To the buyer: a boleto or Pix to pay.
        SlipIssued = "slip_issued"
        /// To the buyer: another card is on file.
        CardChanged = "card_changed"
        /// To the buyer: it is paid in another way from now on.
        MethodChanged = "method_changed"
        /// To the buyer: the card on file expires next month.
        CardExpiring = "card_expiring"
        /// To the buyer: the new plan is there.
        PlanChanged = "plan_changed"
        /// To the buyer: the new plan begins with the next period.
        PlanScheduled = "plan_scheduled"
        /// To the buyer: the plan stays as it is.
        PlanUndone = "plan_undone"
        /// To the buyer: the money for the new plan came when the subscription was over, and goes back.
        PlanPaidBack = "plan_paid_back"
        /// To the producer: the gateway did not take which plan the next period begins with.
        ProducerPlanNext = "producer_plan_next"
        /// To the producer: money for a change of plan came when the subscription was over, and could not be paid back.
        ProducerPlanNotReturned = "producer_plan_not_returned"
        /// To the buyer: the order is paid; here is its order link.
        Purchase = "purchase"
        /// To the buyer: a link to a place of the order, which the producer sends.
        PortalLink = "portal_link"
        /// To the buyer: what this order opens, and where.
        OrderAccess = "order_access"
        /// To the buyer: the producer gives money back.
        RefundGiven = "refund_given"
        /// To the buyer: we have your request.
        RefundRequested = "refund_requested"
        /// To the buyer: the gateway took it.
        RefundSent = "refund_sent"
        /// To the buyer: the money is back.
        RefundSettled = "refund_settled"
        /// To the buyer: the bank sent it back, the producer has been told.
        RefundFailed = "refund_failed"
        /// To the buyer: the producer was asked, after the window.
        RefundAsked = "refund_asked"
        /// To the buyer: the producer agreed.
        RefundApproved = "refund_approved"
        /// To the buyer: the producer said no.
        RefundDeclined = "refund_declined"
        /// To the buyer: you took the request back.
        RefundWithdrawn = "refund_withdrawn"
        /// To the buyer: say to which account the money of a boleto is to go.
        RefundPayeeNeeded = "refund_payee_needed"
        /// To the buyer: say the same on a page of the gateway's own.
        RefundPayeePage = "refund_payee_page"
        /// To the producer: decide about this request.
        ProducerRefundAsked = "producer_refund_asked"
        /// To the producer: a refund came back; with the gateway's reason.
        ProducerRefundFailed = "producer_refund_failed"
        /// To the producer: pay this back at a gateway that this installation cannot reach.
        ProducerRefundByHand = "producer_refund_by_hand"
        /// To the producer: what was to be paid back there is not reported as paid back.
        ProducerRefundNotDone = "producer_refund_not_done"
        /// To somebody who signs in with a password: the link to another one.
        PasswordReset = "password_reset"
        /// To the same: the password is another one now.
        PasswordChanged = "password_changed"
        /// To somebody who is to work for a producer.
        MemberInvitation = "member_invitation"
        /// The link and the code that bring a buyer in.
        SignInLink = "sign_in_link"
        /// To the buyer: the subscription is cancelled, with its last day.
        Canceled = "canceled"
        /// To the buyer: the cancellation was taken back.
        CancelUndone = "cancel_undone"
        /// To the buyer: the last day has passed.
        SubscriptionEnded = "subscription_ended"
        /// To the producer: end this at a gateway that this installation does not bill, or let it go on after all.
        ProducerCancelByHand = "producer_cancel_by_hand"
        /// To the producer: what was to be ended there is not reported as ended.
        ProducerCancelNotDone = "producer_cancel_not_done"
        /// To the producer: a buyer who thought of cancelling would rather talk.
        ProducerMessage = "producer_message"
    }
}
