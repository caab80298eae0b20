//! What a mail says, as data. The words are the screens' business: [`crate::ports::Mail`] gets the finished letter from a [`Writer`].

pub use ground::letter::{Letter, Words};
use types::plan::PlanPrice;
use types::view::CardView;
use types::{DeclineReason, Email, Instant, Language, Method, Money, Protocol};

/// One mail to be written.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// Where it goes.
    pub to: Email,
    /// In which language.
    pub language: Language,
    /// IANA name of the zone in which hours are written.
    pub time_zone: String,
    /// What it says.
    pub content: Content,
}

/// What a mail says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// The link and the code that bring a buyer in.
    SignInLink {
        /// Address of the link page.
        url: String,
        /// Eight characters.
        code: String,
        /// When both end.
        expires_at: Instant,
        /// When it was asked for.
        asked_at: Instant,
        /// Network address it was asked from.
        asked_from: String,
        /// The browser it was asked from, as it names itself, shortened.
        browser: String,
        /// The product, when the link leads to an order.
        product: Option<String>,
    },
    /// To the buyer: the order is paid; here is its order link.
    Purchase {
        /// Seller's name.
        seller: String,
        /// Names of the items.
        items: Vec<String>,
        /// Total.
        total: Money,
        /// Code of the order.
        code: String,
        /// The order link.
        order_link: String,
        /// Until when money is given back on request.
        refundable_until: Option<Instant>,
    },
    /// To the buyer: we have your request.
    RefundRequested(RefundLetter),
    /// To the buyer: the gateway took it.
    RefundSent(RefundLetter),
    /// To the buyer: the money is back.
    RefundSettled(RefundLetter),
    /// To the buyer: the bank sent it back, the seller has been told.
    RefundFailed(RefundLetter),
    /// To the buyer: the seller was asked, after the window.
    RefundAsked {
        /// The refund.
        refund: RefundLetter,
        /// Until when the seller answers.
        answer_by: Instant,
    },
    /// To the buyer: the seller agreed.
    RefundApproved(RefundLetter),
    /// To the buyer: the seller said no.
    RefundDeclined {
        /// The refund.
        refund: RefundLetter,
        /// In the seller's words.
        reason: Option<String>,
    },
    /// To the buyer: you took the request back.
    RefundWithdrawn(RefundLetter),
    /// To the buyer: say to which account the money of a boleto is to go.
    RefundPayeeNeeded(RefundLetter),
    /// To the producer: decide about this request.
    ProducerRefundAsked {
        /// The refund.
        refund: RefundLetter,
        /// The buyer.
        buyer: Email,
        /// What the buyer wrote.
        message: String,
        /// Until when an answer is due.
        answer_by: Instant,
        /// The page with the two buttons.
        url: String,
        /// Whether that time is over.
        is_late: bool,
    },
    /// To the buyer: the new plan is there.
    PlanChanged(PlanLetter),
    /// To the buyer: the new plan begins with the next period.
    PlanScheduled(PlanLetter),
    /// To the buyer: the plan stays as it is.
    PlanUndone(PlanLetter),
    /// To the buyer: the money for the new plan came when the subscription was over, and goes back.
    PlanPaidBack(PlanLetter),
    /// To the buyer: another card is on file.
    CardChanged {
        /// What it is about.
        payment: PaymentLetter,
        /// When.
        at: Instant,
    },
    /// To the buyer: it is paid in another way from now on.
    MethodChanged(PaymentLetter),
    /// To the buyer: the card on file expires next month.
    CardExpiring(PaymentLetter),
    /// To the buyer: a charge failed.
    ChargeFailed {
        /// The charge.
        charge: ChargeLetter,
        /// Why.
        reason: DeclineReason,
        /// What comes next.
        outlook: Outlook,
        /// Whether it is a card that is charged.
        has_card: bool,
    },
    /// To the buyer: what had failed is paid.
    ChargeRecovered(ChargeLetter),
    /// To the buyer: this is charged soon.
    RenewalAhead {
        /// The charge to be.
        charge: ChargeLetter,
        /// When.
        at: Instant,
        /// The card.
        card: Option<CardView>,
    },
    /// To the buyer: a boleto or Pix to pay.
    SlipIssued {
        /// What it pays.
        charge: ChargeLetter,
        /// Boleto or Pix.
        method: Method,
        /// Line or code to pay with.
        code: String,
        /// Its page.
        url: String,
        /// Last instant to pay.
        until: Instant,
    },
    /// To the producer: a refund came back; with the gateway's reason.
    ProducerRefundFailed {
        /// The refund.
        refund: RefundLetter,
        /// The gateway's reason.
        reason: String,
        /// The buyer.
        buyer: Email,
    },
    /// To the producer: pay this back at a gateway that this installation cannot reach.
    ProducerRefundByHand {
        /// The refund.
        refund: RefundLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
    },
    /// To an address that is to be used from now on: the link that confirms it.
    EmailChange {
        /// Address of the page with the button.
        url: String,
        /// The address so far.
        from: Email,
        /// When the link ends.
        expires_at: Instant,
        /// Whence it was asked for.
        asked: Asked,
    },
    /// To the address so far: somebody asked for another one.
    EmailNotice {
        /// The new address.
        to: Email,
        /// Where it can be taken back.
        account: String,
        /// When the link ends.
        expires_at: Instant,
        /// Whence it was asked for.
        asked: Asked,
    },
    /// To both addresses: it is done.
    EmailChanged {
        /// The address so far.
        from: Email,
        /// The new one.
        to: Email,
        /// Where to sign in; none for the old address, which cannot any more.
        sign_in: Option<String>,
        /// A request to erase that came along: its number, and when it is done.
        erasure: Option<(Protocol, Instant)>,
    },
    /// To the person: the request to erase is on file.
    ErasureAsked {
        /// Receipt number.
        protocol: Protocol,
        /// When it is done.
        due_at: Instant,
        /// Where it can be undone.
        account: String,
    },
    /// To the person: the request is undone.
    ErasureUndone {
        /// Receipt number.
        protocol: Protocol,
        /// Whether a purchase undid it, and not the person's own press.
        by_purchase: bool,
        /// Where it can be asked for again.
        account: String,
    },
    /// To the buyer: access ends soon.
    AccessExpiring(AccessLetter),
    /// To the buyer: access has ended.
    AccessExpired(AccessLetter),
    /// To the buyer: the subscription is cancelled, with its last day.
    Canceled(CancelLetter),
    /// To the buyer: the cancellation was taken back.
    CancelUndone(CancelLetter),
    /// To the buyer: the last day has passed.
    SubscriptionEnded(CancelLetter),
    /// To the producer: end this at a gateway that this installation does not bill, or let it go on after all.
    ProducerCancelByHand {
        /// The cancellation.
        letter: CancelLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
        /// Whether the buyer took it back.
        is_undone: bool,
    },
    /// To the producer: money for a change of plan came when the subscription was over, and could not be paid back.
    ProducerPlanNotReturned {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// How much.
        amount: Money,
        /// Whom it belongs to.
        buyer: Email,
        /// What the gateway said.
        reason: String,
    },
    /// To the producer: a buyer who thought of cancelling would rather talk.
    ProducerMessage {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// The buyer's name.
        buyer_name: String,
        /// Where to answer.
        buyer: Email,
        /// The buyer's words.
        message: String,
    },
    /// To the producer: the member area refuses a call or could not be reached for two weeks.
    ProducerDeliveryStopped {
        /// Code of the member area.
        member_area: String,
        /// Whose access.
        buyer: Email,
        /// Whether access was to be given (else: taken away).
        is_grant: bool,
        /// What the area answered last.
        answer: String,
    },
}

impl Content {
    /// What kind of mail it is, in a word for those who list mails.
    pub fn word(&self) -> &'static str {
        match self {
            Self::SignInLink { .. } => "sign_in_link",
            Self::Purchase { .. } => "purchase",
            Self::RefundRequested(_) => "refund_requested",
            Self::RefundSent(_) => "refund_sent",
            Self::RefundSettled(_) => "refund_settled",
            Self::RefundFailed(_) => "refund_failed",
            Self::RefundAsked { .. } => "refund_asked",
            Self::RefundApproved(_) => "refund_approved",
            Self::RefundDeclined { .. } => "refund_declined",
            Self::RefundWithdrawn(_) => "refund_withdrawn",
            Self::RefundPayeeNeeded(_) => "refund_payee_needed",
            Self::PlanChanged(_) => "plan_changed",
            Self::PlanScheduled(_) => "plan_scheduled",
            Self::PlanUndone(_) => "plan_undone",
            Self::PlanPaidBack(_) => "plan_paid_back",
            Self::CardChanged { .. } => "card_changed",
            Self::MethodChanged(_) => "method_changed",
            Self::CardExpiring(_) => "card_expiring",
            Self::ChargeFailed { .. } => "charge_failed",
            Self::ChargeRecovered(_) => "charge_recovered",
            Self::RenewalAhead { .. } => "renewal_ahead",
            Self::SlipIssued { .. } => "slip_issued",
            Self::Canceled(_) => "canceled",
            Self::CancelUndone(_) => "cancel_undone",
            Self::SubscriptionEnded(_) => "subscription_ended",
            Self::ProducerRefundAsked { .. } => "producer_refund_asked",
            Self::ProducerCancelByHand { .. } => "producer_cancel_by_hand",
            Self::ProducerMessage { .. } => "producer_message",
            Self::ProducerPlanNotReturned { .. } => "producer_plan_not_returned",
            Self::ProducerRefundFailed { .. } => "producer_refund_failed",
            Self::ProducerRefundByHand { .. } => "producer_refund_by_hand",
            Self::ProducerDeliveryStopped { .. } => "producer_delivery_stopped",
            Self::EmailChange { .. } => "email_change",
            Self::EmailNotice { .. } => "email_notice",
            Self::EmailChanged { .. } => "email_changed",
            Self::ErasureAsked { .. } => "erasure_asked",
            Self::ErasureUndone { .. } => "erasure_undone",
            Self::AccessExpiring(_) => "access_expiring",
            Self::AccessExpired(_) => "access_expired",
        }
    }
}

/// Whence something was asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// When.
    pub at: Instant,
    /// Network address.
    pub from: String,
    /// The browser, as it names itself, shortened.
    pub browser: String,
}

/// What a mail about the end of access knows.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessLetter {
    /// Seller's name.
    pub seller: String,
    /// What access was given to.
    pub item: String,
    /// Code of the order.
    pub code: String,
    /// When it ends, or ended.
    pub at: Instant,
    /// The order link.
    pub order_link: String,
}

/// What every mail about a refund knows.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Receipt number.
    pub protocol: Protocol,
    /// Amount: of a refund that failed, what did not go back.
    pub amount: Money,
    /// What went back all the same of one that failed in part.
    pub back: Option<Money>,
    /// Names of the items.
    pub items: Vec<String>,
    /// The order link, where the tracker is.
    pub order_link: String,
}

/// What every mail about a change of plan knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan before.
    pub from: String,
    /// Name of the new plan.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// What was taken for it, if anything was.
    pub paid: Option<Money>,
    /// In how many instalments.
    pub installments: i64,
    /// When the new plan begins.
    pub begins_at: Instant,
    /// When it is charged next, where that was settled with the change.
    pub next_charge_at: Option<Instant>,
    /// The order link that leads to the plans.
    pub link: String,
}

/// What every mail about a way to pay knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan, or of the first item.
    pub title: String,
    /// How it is paid.
    pub method: Method,
    /// The card, for that method.
    pub card: Option<CardView>,
    /// The page on which it can be changed.
    pub link: String,
}

/// What every mail about the end of a subscription knows.
#[derive(Clone, PartialEq, Debug)]
pub struct CancelLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan.
    pub plan: String,
    /// Receipt number.
    pub protocol: Protocol,
    /// When access ends; the last day is that of the second before.
    pub effective_at: Instant,
    /// Whether that was at once.
    pub ends_at_once: bool,
    /// The subscription's page, where it can be taken back.
    pub page: String,
}

/// What every mail about a charge knows.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// The plan, or the first item.
    pub title: String,
    /// How much.
    pub amount: Money,
    /// The order link.
    pub order_link: String,
    /// The link to change the card.
    pub card_link: String,
}

/// What comes after a charge that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outlook {
    /// It is tried again.
    Again {
        /// When.
        at: Instant,
        /// Until when access is left.
        access_until: Instant,
    },
    /// Access is closed until it is paid.
    Held,
    /// The subscription has ended.
    Ended,
}

/// Puts a message into words: implemented where the screens' texts are.
pub trait Writer: Send + Sync + 'static {
    /// Subject, text part and HTML part. Never fails: every message has words in every language.
    fn write(&self, message: &Message) -> Words;
}

/// A mail that is due: whom it goes to, and what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// Stable id: the same mail sent again after a crash carries the same one.
    pub id: String,
    /// The mail.
    pub message: Message,
}

impl Draft {
    /// A mail to `to`. `time_zone` is the IANA name of the zone in which hours are written.
    pub fn new(id: impl Into<String>, to: Email, language: Language, time_zone: String, content: Content) -> Self {
        Self { id: id.into(), message: Message { to, language, time_zone, content } }
    }
}
