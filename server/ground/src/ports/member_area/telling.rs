//! What a member area is told.

use super::AccessTarget;

/// Where a member area is and how to get in. The key is in clear here and nowhere else.
#[derive(Clone)]
pub struct AreaAddress {
    /// Base address of its API.
    pub base_url: String,
    /// Secret.
    pub api_key: String,
}

/// One call's content: these targets are given, or taken away, for this person.
#[derive(Clone, PartialEq, Debug)]
pub struct Telling {
    /// Stable id of the delivery.
    pub id: String,
    /// Whose access.
    pub person: TellingPerson,
    /// Whether access is given; else it is taken away.
    pub is_active: bool,
    /// What is given or taken away: one target, or several of one group.
    pub targets: Vec<AccessTarget>,
    /// Last day of access, `YYYY-MM-DD` in the producer's zone, if it has one.
    pub until: Option<String>,
    /// Access had an end so far and has none from now on: to be said where silence keeps the old one.
    pub clears_end: bool,
}

/// What a member area may know of a person.
#[derive(Clone, PartialEq, Debug)]
pub struct TellingPerson {
    /// E-mail address; the key of the other side.
    pub email: String,
    /// Full name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}
