//! The support staff of the demo, and the secrets of their second steps, which the first sign-in sets up.

use super::producers::{PASSWORD, PRODUCERS};
use portal::Portal;
use portal::catalogue::producer::of_slug;
use portal::login::{self, NewStaff, Who, assign, begin_set_up, create_staff, pending_set_up};
use types::{Email, Line, Slug, StaffRole};

const STAFF: [(&str, &str, StaffRole); 2] =
    [("suporte@example.com", "Rui Prado", StaffRole::Agent), ("admin@example.com", "Alice Moura", StaffRole::Admin)];

/// Somebody to sign in as.
pub(super) struct DemoStaff {
    pub(super) email: String,
    pub(super) role: StaffRole,
    /// The secret that waits to be set up; none that is set up by now.
    pub(super) secret: Option<String>,
}

/// Writes them, unless they are there.
pub(super) async fn put(portal: &Portal) -> anyhow::Result<()> {
    for (email, name, role) in STAFF {
        let (email, name) = (Email::parse(email)?, Line::parse(name)?);
        if login::of_email(portal, &email).await?.iter().any(|login| matches!(login.who, Who::Staff(..))) {
            continue;
        }
        let staff = create_staff(portal, NewStaff { email, name, role, password: PASSWORD.to_owned() }).await?;
        begin_set_up(portal, types::LoginId(staff.0)).await?;
        if role == StaffRole::Agent
            && let Some(producer) = of_slug(portal, &Slug::parse(PRODUCERS[0].slug)?).await?
        {
            assign(portal, staff, &producer, true).await?;
        }
    }
    Ok(())
}

/// All of them, for the guide.
pub(super) async fn all(portal: &Portal) -> anyhow::Result<Vec<DemoStaff>> {
    let mut found = Vec::new();
    for login in login::staff(portal).await? {
        let Who::Staff(_, role) = login.who else { continue };
        let secret = pending_set_up(portal, login.id).await?.map(|waits| waits.secret);
        found.push(DemoStaff { email: login.email.to_string(), role, secret });
    }
    Ok(found)
}
