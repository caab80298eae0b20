//! An offer to stay as it is written: its kind, and all fields that any kind has.

use super::RetentionOffer;
use serde::Deserialize;
use types::Code;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatOffer {
    kind: Kind,
    percent: Option<i64>,
    cycles: Option<i64>,
    offer: Option<Code>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Discount,
    Pause,
    Plan,
    Message,
}

impl TryFrom<FlatOffer> for RetentionOffer {
    type Error = String;

    /// Says which field is missing, or is there and of another kind, in the words of the reader.
    fn try_from(flat: FlatOffer) -> Result<Self, String> {
        let missing = |name: &str| format!("missing field `{name}`");
        let FlatOffer { kind, percent, cycles, offer } = flat;
        let strays = [
            ("percent", percent.is_some() && kind != Kind::Discount),
            ("cycles", cycles.is_some() && !matches!(kind, Kind::Discount | Kind::Pause)),
            ("offer", offer.is_some() && kind != Kind::Plan),
        ];
        if let Some((name, _)) = strays.iter().find(|(_, is_stray)| *is_stray) {
            return Err(format!("unknown field `{name}`"));
        }
        Ok(match kind {
            Kind::Discount => Self::Discount {
                percent: percent.ok_or_else(|| missing("percent"))?,
                cycles: cycles.ok_or_else(|| missing("cycles"))?,
            },
            Kind::Pause => Self::Pause { cycles: cycles.ok_or_else(|| missing("cycles"))? },
            Kind::Plan => Self::Plan { offer: offer.ok_or_else(|| missing("offer"))? },
            Kind::Message => Self::Message,
        })
    }
}
