//! A mail: as a feature drafts it, and as a mail server is given it. What it says is decided by the features, in words
//! by the screens.

use types::{Email, Language, Legal, Line, Look, OrderId, PersonId};

/// A finished mail.
#[derive(Clone, PartialEq, Debug)]
pub struct Letter {
    /// Stable id: the same mail sent again after a crash carries the same one.
    pub id: String,
    /// The address it goes to.
    pub to: Email,
    /// The producer in whose name it goes out, if it goes out in one's.
    pub sender: Option<Sender>,
    /// Subject line.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// HTML part.
    pub html: String,
}

/// A producer in whose name a mail goes out: buyers know him, and not the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender {
    /// His name.
    pub name: String,
    /// Where answers go.
    pub contact: Email,
    /// Who he is before the law.
    pub legal: Legal,
    /// How his pages and mails look.
    pub look: Look,
    /// The name that a mailbox shows, where that is another one.
    pub mail_name: Option<Line>,
}

/// A mail's words.
#[derive(Clone, PartialEq, Debug)]
pub struct Words {
    /// Subject line, without line breaks.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// HTML part.
    pub html: String,
}

/// A mail that is due: whom it goes to, what it is about, and what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft<C> {
    /// Stable id: the same mail sent again after a crash carries the same one.
    pub id: String,
    /// The address it goes to.
    pub to: Email,
    /// In which language.
    pub language: Language,
    /// IANA name of the zone in which hours are written.
    pub time_zone: String,
    /// The buyer it is about, if it is about one.
    pub person: Option<PersonId>,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// The producer in whose name it goes out, if it goes out in one's.
    pub sender: Option<Sender>,
    /// What it says.
    pub content: C,
}

impl<C> Draft<C> {
    /// A mail to `to` about nothing in particular.
    pub fn new(id: impl Into<String>, to: Email, language: Language, time_zone: String, content: C) -> Self {
        Self { id: id.into(), to, language, time_zone, person: None, order: None, sender: None, content }
    }

    /// The same mail, about this person.
    pub fn about_person(self, person: PersonId) -> Self {
        Self { person: Some(person), ..self }
    }

    /// The same mail, about this person's order.
    pub fn about_order(self, person: PersonId, order: OrderId) -> Self {
        Self { person: Some(person), order: Some(order), ..self }
    }

    /// The same mail, in the name of a producer.
    pub fn from_sender(self, sender: Sender) -> Self {
        Self { sender: Some(sender), ..self }
    }

    /// The same mail, its content as part of all that mails can say.
    pub fn map<D>(self, wrap: impl FnOnce(C) -> D) -> Draft<D> {
        let Self { id, to, language, time_zone, person, order, sender, content } = self;
        Draft { id, to, language, time_zone, person, order, sender, content: wrap(content) }
    }
}
