//! Traces of people in logins: they are about those who work here, and not about buyers.

use ground::traces::{Traces, kept};

/// Why nothing of it goes with a buyer.
const WORKS_HERE: &str = "it is about somebody who works here, and not about a buyer";

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "login",
    claims: &[
        kept("logins", &["email", "name", "language", "password_hash", "totp_sealed", "totp_new_sealed"], WORKS_HERE),
        kept("memberships", &["role"], WORKS_HERE),
        kept("invitations", &["email", "role", "language"], WORKS_HERE),
        kept("password_resets", &["email", "language"], WORKS_HERE),
        kept("recovery_codes", &["code_hash"], WORKS_HERE),
        kept("staff", &["role"], WORKS_HERE),
    ],
    ..Traces::NONE
};
