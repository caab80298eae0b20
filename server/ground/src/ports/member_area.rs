//! Member areas: the outside systems that give access.

use futures::future::BoxFuture;
use std::time::Duration;

/// A member area: the outside system that gives access.
pub trait MemberArea: Send + Sync + 'static {
    /// Makes one call. Every outcome is reported, none is an `Err`: the attempt is kept either way.
    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, Attempt>;

    /// The largest number of targets that one call of this area may carry together, given that they agree in everything
    /// else. Targets of different modes never travel together.
    fn batches(&self) -> bool;
}

/// Where a member area is and how to get in. The key is in clear here and nowhere else.
#[derive(Clone)]
pub struct AreaAddress {
    /// Base address of its API.
    pub base_url: String,
    /// The key that the area asks for; never logged.
    pub api_key: String,
}

/// One call's content: these targets are given, or taken away, for this person.
#[derive(Clone, PartialEq, Debug)]
pub struct Telling {
    /// Stable id of the delivery.
    pub id: String,
    /// Whose access.
    pub person: TellingPerson,
    /// Given or taken.
    pub is_active: bool,
    /// What, all of one mode.
    pub targets: Vec<AccessTarget>,
    /// Last day of access, `YYYY-MM-DD` in the producer's zone, if it has one.
    pub until: Option<String>,
    /// Access had an end so far and has none from now on: to be said where silence keeps the old one.
    pub clears_end: bool,
}

/// What a member area may know of a person.
#[derive(Clone, PartialEq, Debug)]
pub struct TellingPerson {
    /// Address; the key of the other side.
    pub email: String,
    /// Full name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// Something a member area can give, as a rule names it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum AccessTarget {
    /// A class (*turma*).
    Classroom(i64),
    /// A membership level (*assinatura*).
    MembershipLevel(i64),
    /// Everything that the area has.
    Unlimited,
}

/// How one call to the outside went.
#[derive(Clone, PartialEq, Debug)]
pub struct Attempt {
    /// The request, secrets masked: method, address, body.
    pub request: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// First 20 kB of the answer.
    pub answer: String,
    /// What went wrong on the way, if there was no answer.
    pub error: Option<String>,
    /// How long it took.
    pub duration: Duration,
    /// What follows from it.
    pub verdict: Verdict,
}

/// What follows from an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The other side has it.
    Confirmed,
    /// Comes again; not before this long, when the other side said so.
    Again(Option<Duration>),
    /// The other side will not take it like this: the producer must look (401, 422).
    Refused,
}

impl AccessTarget {
    /// The word it is stored as: `classroom:111`, `level:4420`, `unlimited`.
    pub fn to_word(&self) -> String {
        match self {
            Self::Classroom(id) => format!("classroom:{id}"),
            Self::MembershipLevel(id) => format!("level:{id}"),
            Self::Unlimited => "unlimited".to_owned(),
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.split_once(':') {
            Some(("classroom", id)) => id.parse().ok().map(Self::Classroom),
            Some(("level", id)) => id.parse().ok().map(Self::MembershipLevel),
            None if word == "unlimited" => Some(Self::Unlimited),
            _ => None,
        }
    }
}
