//! Where letters are handed in: host, port, encryption and account, read from one address.

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use reqwest::Url;

/// The address of the mail server cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidSmtpUrl {
    /// It is none.
    #[error("not an address like smtp://host:port or smtps://user:password@host")]
    Shape,
    /// A password would be said to whoever answers.
    #[error("a password needs smtps:// or starttls=required: without a promise it would be said to whoever answers")]
    Password,
    /// A sign in user or password ends the address early.
    #[error(
        "not an address like smtps://user:password@host: percent-encode the signs # / ? @ : % in user and password, \
         for example %23 for #"
    )]
    Unencoded,
}

/// Where a conversation becomes secret.
pub(super) enum Encryption {
    /// Nowhere: the server is on this machine, and nobody listens in.
    Never,
    /// After a greeting in clear, where the server offers it, and without a promise: whoever it is, and in clear where
    /// it fails. Who listens in sees less than without it.
    IfOffered(TlsParameters),
    /// After a greeting in clear, or nothing more is said.
    Required(TlsParameters),
    /// From the first byte.
    FromTheStart(TlsParameters),
}

/// A mail server.
pub(super) struct Address {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) account: Option<Credentials>,
}

impl Address {
    /// Reads `smtp://host:port` or `smtps://user:password@host`; `?starttls=required` and `?starttls=opportunistic` say
    /// it for `smtp`.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidSmtpUrl> {
        let url = whole(text)?;
        let host = url.host_str().ok_or(InvalidSmtpUrl::Shape)?.trim_matches(['[', ']']).to_owned();
        let account = account(&url)?;
        let tls = || TlsParameters::new(host.clone()).map_err(|_| InvalidSmtpUrl::Shape);
        let anyone = || {
            let tls = TlsParameters::builder(host.clone()).dangerous_accept_invalid_certs(true);
            tls.dangerous_accept_invalid_hostnames(true).build().map_err(|_| InvalidSmtpUrl::Shape)
        };
        let wish = url.query_pairs().find(|(name, _)| name == "starttls" || name == "tls");
        let wish = wish.map(|(_, value)| value.into_owned());
        let (port, encryption) = match (url.scheme(), wish.as_deref()) {
            ("smtps", _) => (465, Encryption::FromTheStart(tls()?)),
            ("smtp", Some("required")) => (587, Encryption::Required(tls()?)),
            // With a password nothing is said in clear, and to nobody else.
            ("smtp", Some("opportunistic")) if account.is_some() => return Err(InvalidSmtpUrl::Password),
            ("smtp", Some("opportunistic")) => (587, Encryption::IfOffered(anyone()?)),
            ("smtp", None) if is_this_machine(&host) => (25, Encryption::Never),
            ("smtp", None) if account.is_some() => (25, Encryption::Required(tls()?)),
            ("smtp", None) => (25, Encryption::IfOffered(anyone()?)),
            _ => return Err(InvalidSmtpUrl::Shape),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, encryption, account })
    }
}

/// The address, unless a sign in its password ended it early: then the rest stands where nothing may stand.
fn whole(text: &str) -> Result<Url, InvalidSmtpUrl> {
    let is_whole = |url: &Url| {
        let query = url.query().unwrap_or_default();
        url.fragment().is_none() && matches!(url.path(), "" | "/") && !query.contains('@')
    };
    match Url::parse(text) {
        Ok(url) if is_whole(&url) => Ok(url),
        _ if text.contains('@') => Err(InvalidSmtpUrl::Unencoded),
        _ => Err(InvalidSmtpUrl::Shape),
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

fn account(url: &Url) -> Result<Option<Credentials>, InvalidSmtpUrl> {
    let plain = |text: &str| {
        percent_encoding::percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| InvalidSmtpUrl::Shape)
    };
    match url.password() {
        Some(password) => Ok(Some(Credentials::new(plain(url.username())?, plain(password)?))),
        None if url.username().is_empty() => Ok(None),
        None => Err(InvalidSmtpUrl::Shape),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (String, u16, &'static str, bool) {
        let address = Address::parse(url).unwrap();
        let encryption = match address.encryption {
            Encryption::Never => "never",
            Encryption::IfOffered(_) => "if offered",
            Encryption::Required(_) => "required",
            Encryption::FromTheStart(_) => "from the start",
        };
        (address.host, address.port, encryption, address.account.is_some())
    }

    #[test]
    fn a_password_is_never_said_in_clear_to_another_machine() {
        assert_eq!(read("smtp://mail.example.com"), ("mail.example.com".into(), 25, "if offered", false));
        assert_eq!(read("smtp://u:p@mail.example.com:587"), ("mail.example.com".into(), 587, "required", true));
        assert_eq!(read("smtp://u:p@mail.example.com?starttls=required").1, 587);
        assert_eq!(read("smtp://mail.example.com?starttls=required").2, "required");
        assert_eq!(read("smtp://mail.example.com?starttls=opportunistic").2, "if offered");
        let with_password = Address::parse("smtp://u:p@mail.example.com?starttls=opportunistic");
        assert_eq!(with_password.err(), Some(InvalidSmtpUrl::Password));
        assert_eq!(read("smtps://u:p%23%2f%40@mail.example.com").2, "from the start");
        assert_eq!(read("smtps://u:p@mail.example.com"), ("mail.example.com".into(), 465, "from the start", true));
        assert_eq!(read("smtp://[::1]:2525"), ("::1".into(), 2525, "never", false));
    }

    #[test]
    fn a_sign_that_ends_the_address_early_is_named() {
        for url in ["smtp://u:a#b@h", "smtps://u:12#3@h", "smtp://u:a/b@h", "smtp://u:1/2@h", "smtp://u:1?2@h"] {
            assert_eq!(Address::parse(url).err(), Some(InvalidSmtpUrl::Unencoded), "{url}");
        }
    }

    #[test]
    fn what_is_not_the_address_of_a_mail_server_is_refused() {
        for url in ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://user@host", "smtp://host?tls=no"]
        {
            assert!(Address::parse(url).is_err(), "{url}");
        }
    }
}
