//! Where letters are handed in: host, port, encryption and account, read from one address.

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use reqwest::Url;

/// The address of the mail server cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("not an address like smtp://host:port or smtps://user:password@host")]
pub struct InvalidSmtpUrl;

/// Where a conversation becomes secret.
pub(super) enum Encryption {
    /// Nowhere: the server is on this machine, and nobody listens in.
    Never,
    /// After a greeting in clear, where the server offers it.
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
    /// Reads `smtp://host:port` or `smtps://user:password@host`; `?tls=required` and `?tls=opportunistic` say it for
    /// `smtp`.
    pub(super) fn parse(url: &str) -> Result<Self, InvalidSmtpUrl> {
        let url = Url::parse(url).map_err(|_| InvalidSmtpUrl)?;
        let host = url.host_str().ok_or(InvalidSmtpUrl)?.trim_matches(['[', ']']).to_owned();
        let account = account(&url)?;
        let tls = || TlsParameters::new(host.clone()).map_err(|_| InvalidSmtpUrl);
        let wish = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (port, encryption) = match (url.scheme(), wish.as_deref()) {
            ("smtps", _) => (465, Encryption::FromTheStart(tls()?)),
            ("smtp", Some("required")) => (587, Encryption::Required(tls()?)),
            ("smtp", Some("opportunistic")) => (587, Encryption::IfOffered(tls()?)),
            ("smtp", None) if is_this_machine(&host) => (25, Encryption::Never),
            // With a password nothing is said in clear.
            ("smtp", None) if account.is_some() => (25, Encryption::Required(tls()?)),
            ("smtp", None) => (25, Encryption::IfOffered(tls()?)),
            _ => return Err(InvalidSmtpUrl),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, encryption, account })
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

fn account(url: &Url) -> Result<Option<Credentials>, InvalidSmtpUrl> {
    let plain = |text: &str| {
        percent_encoding::percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| InvalidSmtpUrl)
    };
    match url.password() {
        Some(password) => Ok(Some(Credentials::new(plain(url.username())?, plain(password)?))),
        None if url.username().is_empty() => Ok(None),
        None => Err(InvalidSmtpUrl),
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
        assert_eq!(read("smtp://u:p@mail.example.com?tls=required").1, 587);
        assert_eq!(read("smtps://u:p@mail.example.com"), ("mail.example.com".into(), 465, "from the start", true));
        assert_eq!(read("smtp://[::1]:2525"), ("::1".into(), 2525, "never", false));
    }

    #[test]
    fn what_is_not_the_address_of_a_mail_server_is_refused() {
        for url in ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://user@host", "smtp://host?tls=no"]
        {
            assert!(Address::parse(url).is_err(), "{url}");
        }
    }
}
