//! Whom a command means: somebody who signs in with an e-mail and a password.

use anyhow::bail;
use portal::Portal;
use portal::login::{self, Login, Who};
use types::{Email, Slug};

/// The e-mail, and whose it is where several sign in with it.
#[derive(clap::Args, Debug)]
pub(super) struct Someone {
    /// Address to sign in with
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// The one of the support staff
    #[arg(long, conflicts_with = "producer")]
    staff: bool,
    /// The one of the producer with this slug
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    producer: Option<Slug>,
}

impl Someone {
    /// The one who is meant.
    ///
    /// # Errors
    /// When nobody signs in so, or several do.
    pub(super) async fn find(&self, portal: &Portal) -> anyhow::Result<Login> {
        let mut found = login::of_email(portal, &self.email).await?;
        found.retain(|login| self.means(&login.who));
        // Somebody who works for several producers is one all the same.
        found.dedup_by(|one, other| one.id == other.id);
        match (found.pop(), found.is_empty()) {
            (Some(login), true) => Ok(login),
            (None, _) => bail!("{}nobody signs in with {}", self.among(), self.email),
            (Some(last), false) => {
                let all: Vec<_> = found.iter().chain([&last]).map(|login| login.who.to_string()).collect();
                bail!(
                    "several sign in with {}: {}; say which by --staff or --producer SLUG",
                    self.email,
                    all.join(", ")
                )
            }
        }
    }

    fn means(&self, who: &Who) -> bool {
        match who {
            Who::Staff(..) => self.producer.is_none(),
            Who::Producer(_, slug, _) => !self.staff && self.producer.as_ref().is_none_or(|meant| meant == slug),
        }
    }

    fn among(&self) -> String {
        match (&self.producer, self.staff) {
            (Some(slug), _) => format!("as the producer {slug} "),
            (None, true) => "of the staff ".to_owned(),
            (None, false) => String::new(),
        }
    }
}

/// Who was found, in a line of an answer.
pub(super) fn named(login: &Login) -> String {
    format!("{} of {}", login.email, login.who)
}
