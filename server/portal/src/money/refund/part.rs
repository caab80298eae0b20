//! A part: what of a refund goes back by one charge. Its states, and how it moves on.

use super::store::PartRow;
use crate::db::Error;
use types::{Instant, RefundPartState};

/// A part's state with what exists in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PartState {
    /// Certainly not with the gateway.
    Waiting,
    /// The producer was told to pay it back, at a gateway that is out of reach from here.
    ByHand {
        /// When.
        since: Instant,
    },
    /// A call to the gateway was begun at this time and its outcome is not known: ask before sending again.
    Reconciling {
        /// When the first call was begun.
        since: Instant,
    },
    /// The gateway took it.
    Sent {
        /// The gateway's name of it.
        reference: String,
        /// When.
        at: Instant,
        /// Where it waits for the buyer, as long as it does.
        page: Option<PayeePage>,
    },
    /// The money is back.
    Settled {
        /// Since when that is known, or when the producer says that he paid.
        at: Instant,
    },
    /// The gateway could not pay it back.
    Failed {
        /// In the gateway's words.
        reason: String,
        /// When that was known.
        at: Instant,
    },
    /// The refund ended before it was sent.
    Released {
        /// When.
        at: Instant,
    },
}

/// A page of the gateway's own, on which the buyer is to name the account that the money goes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PayeePage {
    /// Since when the gateway waits.
    pub since: Instant,
    /// The address; none where the gateway has not told it.
    pub url: Option<String>,
}

/// The part is not where this step begins.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a part of a refund that is {from:?} cannot become {to}")]
pub struct InvalidStep {
    from: PartState,
    to: RefundPartState,
}

impl PartState {
    /// Before a call to the gateway: whatever happens from here on, the outcome is unknown until it is known.
    pub fn begin(self, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Waiting => Ok(Self::Reconciling { since: now }),
            Self::Reconciling { since } => Ok(Self::Reconciling { since }),
            from => Err(InvalidStep { from, to: RefundPartState::Reconciling }),
        }
    }

    /// The gateway certainly did nothing.
    pub fn take_back(self) -> Result<Self, InvalidStep> {
        match self {
            Self::Reconciling { .. } => Ok(Self::Waiting),
            from => Err(InvalidStep { from, to: RefundPartState::Waiting }),
        }
    }

    /// The producer is told to pay it back.
    pub fn hand_over(self, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Waiting => Ok(Self::ByHand { since: now }),
            from => Err(InvalidStep { from, to: RefundPartState::ByHand }),
        }
    }

    /// The gateway took it.
    pub fn send(self, reference: String, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Reconciling { .. } => Ok(Self::Sent { reference, at: now, page: None }),
            from => Err(InvalidStep { from, to: RefundPartState::Sent }),
        }
    }

    /// The gateway waits for the buyer. An address that it does not tell this time stays as it was.
    pub fn wait_for_buyer(self, url: Option<String>, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Sent { reference, at, page } => {
                let known = page.unwrap_or(PayeePage { since: now, url: None });
                let page = Some(PayeePage { url: url.or(known.url), ..known });
                Ok(Self::Sent { reference, at, page })
            }
            from => Err(InvalidStep { from, to: RefundPartState::Sent }),
        }
    }

    /// The gateway waits for nobody any more.
    pub fn go_on(self) -> Result<Self, InvalidStep> {
        match self {
            Self::Sent { reference, at, .. } => Ok(Self::Sent { reference, at, page: None }),
            from => Err(InvalidStep { from, to: RefundPartState::Sent }),
        }
    }

    /// Where the gateway waits for the buyer; none where it does not.
    pub fn page(&self) -> Option<&PayeePage> {
        if let Self::Sent { page, .. } = self { page.as_ref() } else { None }
    }

    /// The money is back. A source may say so before anything of ours was sent or answered.
    pub fn settle(self, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Waiting | Self::ByHand { .. } | Self::Reconciling { .. } | Self::Sent { .. } => {
                Ok(Self::Settled { at: now })
            }
            from => Err(InvalidStep { from, to: RefundPartState::Settled }),
        }
    }

    /// The gateway refused it or sent it back later, or there is nothing to send it against any more.
    pub fn fail(self, reason: String, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Waiting | Self::Reconciling { .. } | Self::Sent { .. } => Ok(Self::Failed { reason, at: now }),
            from => Err(InvalidStep { from, to: RefundPartState::Failed }),
        }
    }

    /// The bank returned the money of a settled part (rule 8).
    pub fn come_back(self, reason: String, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Settled { .. } => Ok(Self::Failed { reason, at: now }),
            from => Err(InvalidStep { from, to: RefundPartState::Failed }),
        }
    }

    /// It is not sent any more.
    pub fn release(self, now: Instant) -> Result<Self, InvalidStep> {
        match self {
            Self::Waiting => Ok(Self::Released { at: now }),
            from => Err(InvalidStep { from, to: RefundPartState::Released }),
        }
    }

    /// Returns whether the outcome of the part is still open: the gateway has not certainly taken it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::ByHand { .. } | Self::Reconciling { .. })
    }

    /// The public name of the state.
    pub fn name(&self) -> RefundPartState {
        match self {
            Self::Waiting => RefundPartState::Waiting,
            Self::ByHand { .. } => RefundPartState::ByHand,
            Self::Reconciling { .. } => RefundPartState::Reconciling,
            Self::Sent { .. } => RefundPartState::Sent,
            Self::Settled { .. } => RefundPartState::Settled,
            Self::Failed { .. } => RefundPartState::Failed,
            Self::Released { .. } => RefundPartState::Released,
        }
    }
}

impl TryFrom<&PartRow> for PartState {
    type Error = Error;

    fn try_from(row: &PartRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("refund_parts", row.id, what);
        let since = || row.begun_at.map(Instant::from_micros).ok_or_else(|| wrong("begun when?"));
        let ended = || row.ended_at.map(Instant::from_micros).ok_or_else(|| wrong("ended when?"));
        Ok(match row.state.parse().map_err(|_| wrong("state"))? {
            RefundPartState::Waiting => Self::Waiting,
            RefundPartState::ByHand => Self::ByHand { since: since()? },
            RefundPartState::Reconciling => Self::Reconciling { since: since()? },
            RefundPartState::Sent => match (&row.gateway_reference, row.sent_at) {
                (Some(reference), Some(at)) => {
                    Self::Sent { reference: reference.clone(), at: Instant::from_micros(at), page: page(row) }
                }
                _ => return Err(wrong("sent without reference or time")),
            },
            RefundPartState::Settled => Self::Settled { at: ended()? },
            RefundPartState::Failed => Self::Failed { reason: row.failure.clone().unwrap_or_default(), at: ended()? },
            RefundPartState::Released => Self::Released { at: ended()? },
        })
    }
}

fn page(row: &PartRow) -> Option<PayeePage> {
    let since = Instant::from_micros(row.payee_page_at?);
    Some(PayeePage { since, url: row.payee_page.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1);

    #[test]
    fn only_what_was_begun_can_be_sent() {
        let begun = PartState::Waiting.begin(NOW).unwrap();
        assert_eq!(begun, PartState::Reconciling { since: NOW });
        assert_eq!(begun.clone().begin(Instant::from_seconds(9)), Ok(begun.clone()));
        assert_eq!(begun.clone().take_back(), Ok(PartState::Waiting));
        assert!(matches!(begun.send("r".into(), NOW), Ok(PartState::Sent { .. })));
        assert!(PartState::Waiting.send("r".into(), NOW).is_err());
    }

    #[test]
    fn what_waits_for_the_buyer_keeps_the_page_until_it_goes_on() {
        let later = Instant::from_seconds(9);
        let sent = PartState::Reconciling { since: NOW }.send("r".into(), NOW).unwrap();
        let waits = sent.clone().wait_for_buyer(None, NOW).unwrap();
        assert_eq!(waits.page(), Some(&PayeePage { since: NOW, url: None }));
        let told = waits.wait_for_buyer(Some("https://pay".into()), later).unwrap();
        assert_eq!(told.page(), Some(&PayeePage { since: NOW, url: Some("https://pay".into()) }));
        assert_eq!(told.clone().wait_for_buyer(None, later), Ok(told.clone()));
        assert_eq!(told.clone().go_on(), Ok(sent));
        assert_eq!(told.settle(later).unwrap().page(), None);
        assert!(PartState::Waiting.wait_for_buyer(None, NOW).is_err() && PartState::Waiting.go_on().is_err());
    }

    #[test]
    fn what_the_producer_was_told_to_pay_is_never_sent_from_here() {
        let told = PartState::Waiting.hand_over(NOW).unwrap();
        assert!(told.clone().begin(NOW).is_err() && told.clone().release(NOW).is_err());
        assert_eq!(told.settle(NOW), Ok(PartState::Settled { at: NOW }));
    }

    #[test]
    fn only_what_was_there_comes_back() {
        let failed = PartState::Failed { reason: "account closed".into(), at: NOW };
        assert_eq!(PartState::Settled { at: NOW }.come_back("account closed".into(), NOW), Ok(failed.clone()));
        for other in [PartState::Waiting, PartState::Released { at: NOW }, failed] {
            assert!(other.come_back(String::new(), NOW).is_err());
        }
    }

    #[test]
    fn what_has_ended_stays_ended() {
        let failed = PartState::Failed { reason: "no such account".into(), at: NOW };
        for end in [PartState::Settled { at: NOW }, failed, PartState::Released { at: NOW }] {
            assert!(end.clone().begin(NOW).is_err());
            assert!(end.clone().settle(NOW).is_err());
            assert!(end.clone().fail(String::new(), NOW).is_err());
            assert!(end.clone().release(NOW).is_err());
            assert!(end.send("r".into(), NOW).is_err());
        }
    }
}
