//! The addresses of the support staff.

use super::{Function, Token};
use crate::{OrderId, SessionId};

super::places! {
    /// A page or form of the support staff.
    Place<'a>

    /// Takes e-mail and password.
    SignIn = "/admin/sign-in", Anyone, Here;
    /// Takes the code of the second step.
    SignInCode = "/admin/sign-in/code", Anyone, Here;
    /// Sets the second step up at the first sign-in, after the password.
    SecondStep = "/admin/totp", Anyone, Here;
    /// Asks for the address of whoever forgot the password.
    Password = "/admin/password", Anyone, Here;
    /// Takes another password, by the link of a mail.
    PasswordLink { token: Token } = "/admin/password/{token}", Anyone, Here;
    /// Ends the session.
    SignOut = "/admin/sign-out", Anyone, Home;
    /// The one box.
    Search = "/admin", Staff, Here;
    /// Somebody's own login: password, recovery codes, sessions.
    Account = "/admin/account", Staff, Here;
    /// Changes the password.
    AccountPassword = "/admin/account/password", Staff, Home;
    /// Makes other recovery codes.
    RecoveryCodes = "/admin/account/recovery-codes", Staff, Home;
    /// Ends all sessions.
    Sessions = "/admin/account/sessions", Staff, Home;
    /// Ends one session.
    Session { session: SessionId } = "/admin/account/sessions/{session}", Staff, Home;
    /// Asks for the password once more before something that opens or moves much.
    Proof = "/admin/proof", Staff, Here;

    /// One order, for looking at.
    Order { id: OrderId } = "/admin/orders/{id}", Staff, Here;
    /// Shows one of the things that are masked there.
    OrderField { id: OrderId } = "/admin/orders/{id}/reveal", Staff, Home;

    /// A function that the code of a page in the staff's area calls.
    Function { function: Function } = "/admin/fn/{function}", Staff, Home;
}
