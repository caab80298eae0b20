//! Whether the token of a producer works, and what it may see.

use super::failure::Failure;
use super::wire::Page;
use super::{Guru, zone};
use portal::ports::Checked;

/// What a token must be allowed to see, where that is asked, and by which days: a whole list may be refused. That it
/// may also write there is not asked: only doing it would tell.
const ASKED: &[(&str, &str, [&str; 2])] = &[
    ("transactions", "/transactions", ["ordered_at_ini", "ordered_at_end"]),
    ("subscriptions", "/subscriptions", ["started_at_ini", "started_at_end"]),
];

impl Guru {
    /// Asks Guru what the token may see. Guru tells nothing about the account itself.
    pub(super) async fn look(&self) -> Result<Checked, Failure> {
        let today = zone()?.day_of(self.clock.now()).to_string();
        let mut denied: Vec<(&str, String)> = Vec::new();
        for (what, path, days) in ASKED {
            match self.get::<Page>(path, &days.map(|day| (day, today.as_str()))).await {
                Ok(_) => {}
                Err(Failure::Denied(words)) => denied.push((what, words)),
                Err(failure) => return Err(failure),
            }
        }
        if denied.len() == ASKED.len()
            && let Some((_, words)) = denied.pop()
        {
            return Err(Failure::Denied(words));
        }
        let lacks = denied.iter().map(|(what, _)| (*what).to_owned()).collect();
        Ok(Checked { is_live: self.account.is_live(), account: None, lacks })
    }
}
