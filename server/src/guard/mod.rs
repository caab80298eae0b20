//! Calls to addresses that producers chose. A producer must not be able to make this server call its own neighbours:
//! the address is checked after its name was resolved, and the connection goes to what was checked. The only home of
//! HTTP clients.

mod networks;

use futures::future::BoxFuture;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, Url, header};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How much of an answer is read where the caller wants no more; the rest stays on the wire.
const ANSWER_LIMIT: usize = 64 * 1024;

/// Which addresses a call may reach.
#[derive(Clone)]
enum Reach {
    /// Addresses of the open internet only.
    Global,
    /// What the operator listed in `AFTERSALE_PRIVATE_TARGETS`.
    Private(Arc<[IpNet]>),
}

/// Makes calls out.
pub struct Guard {
    private: Arc<[IpNet]>,
    lookup: Arc<dyn Lookup>,
    times: Times,
    // Built at the first call: reading the system's certificates takes longer than the rest of the start.
    to_world: OnceLock<Client>,
    to_private: OnceLock<Client>,
}

/// Finds the addresses of a name.
trait Lookup: Send + Sync + 'static {
    fn lookup<'a>(&'a self, name: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>>;
}

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until the answer is read.
    pub total: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

/// A call to be made.
pub struct Call<'a> {
    /// What is done.
    pub method: Method,
    /// Where.
    pub url: &'a Url,
    /// Headers. Their values may be secrets: none is ever shown.
    pub headers: &'a [(&'static str, &'a str)],
    /// The kind of content, and the content.
    pub body: Option<(&'static str, String)>,
    /// How many bytes of the answer are read.
    pub limit: usize,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The beginning of the body, as much as the call wanted; what is not UTF-8 is replaced.
    pub body: String,
    /// How long the other side asks to wait (`Retry-After`, seconds or date).
    pub retry_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// This address is never called.
    #[error("address not allowed: {0}")]
    NotAllowed(&'static str),
    /// The name has no address for now.
    #[error("the name cannot be resolved: {0}")]
    NameUnknown(std::io::Error),
    /// No answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// There was no connection: nothing was sent.
    #[error("the connection failed: {0}")]
    NotReached(String),
    /// The connection broke: nobody knows what arrived.
    #[error("the connection broke: {0}")]
    Broken(String),
}

impl Guard {
    /// A guard that lets calls out to the open internet and to the networks of `private`.
    pub fn new(private: &[IpNet], times: Times) -> Self {
        Self::with_lookup(private, times, Arc::new(SystemLookup))
    }

    fn with_lookup(private: &[IpNet], times: Times, lookup: Arc<dyn Lookup>) -> Self {
        Self { private: private.into(), lookup, times, to_world: OnceLock::new(), to_private: OnceLock::new() }
    }

    /// Posts `body` as JSON and reads 64 KiB of the answer. Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// When the address is not allowed or nothing came back.
    pub async fn post_json(&self, url: &Url, body: String) -> Result<Answer, CallError> {
        let body = Some(("application/json", body));
        self.call(Call { method: Method::POST, url, headers: &[], body, limit: ANSWER_LIMIT }).await
    }

    /// Makes a call and reads the answer. Redirects are answers: they are not followed.
    ///
    /// # Errors
    /// When the address is not allowed or nothing came back.
    pub async fn call(&self, call: Call<'_>) -> Result<Answer, CallError> {
        // Around everything: a name server that does not answer counts too.
        tokio::time::timeout(self.times.total, self.make(call)).await.unwrap_or(Err(CallError::TimedOut))
    }

    async fn make(&self, call: Call<'_>) -> Result<Answer, CallError> {
        let client = self.client(self.vet(call.url).await?)?;
        let mut request = client.request(call.method, call.url.clone());
        for (name, value) in call.headers {
            let mut value = header::HeaderValue::from_str(value)
                .map_err(|_| CallError::NotAllowed("a header cannot be written that way"))?;
            value.set_sensitive(true);
            request = request.header(*name, value);
        }
        if let Some((kind, body)) = call.body {
            request = request.header(header::CONTENT_TYPE, kind).body(body);
        }
        let response = request.send().await.map_err(|error| describe(&error))?;
        read(response, call.limit).await
    }

    /// Decides whether, and by which client, `url` may be called.
    async fn vet(&self, url: &Url) -> Result<Reach, CallError> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(CallError::NotAllowed("it carries a user name or password"));
        }
        let addresses = self.addresses(url).await?;
        if !addresses.is_empty() && addresses.iter().all(|address| networks::is_in(&self.private, *address)) {
            return match url.scheme() {
                "http" | "https" => Ok(Reach::Private(self.private.clone())),
                _ => Err(CallError::NotAllowed("it is neither https nor http")),
            };
        }
        if url.scheme() != "https" {
            return Err(CallError::NotAllowed("it is not https"));
        }
        if !matches!(url.port_or_known_default(), Some(443 | 8443)) {
            return Err(CallError::NotAllowed("its port is neither 443 nor 8443"));
        }
        if !addresses.iter().all(|address| networks::is_global(*address)) {
            return Err(CallError::NotAllowed("it leads into a private network"));
        }
        Ok(Reach::Global)
    }

    async fn addresses(&self, url: &Url) -> Result<Vec<IpAddr>, CallError> {
        let host = url.host_str().ok_or(CallError::NotAllowed("it names no host"))?;
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = literal.parse() {
            return Ok(vec![address]);
        }
        self.lookup.lookup(host).await.map_err(CallError::NameUnknown)
    }

    fn client(&self, reach: Reach) -> Result<&Client, CallError> {
        let slot = if matches!(reach, Reach::Global) { &self.to_world } else { &self.to_private };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client =
            build(reach, self.times, self.lookup.clone()).map_err(|error| CallError::NotReached(error.to_string()))?;
        Ok(slot.get_or_init(|| client))
    }
}

#[expect(clippy::disallowed_methods, reason = "the one home of HTTP clients")]
fn build(reach: Reach, times: Times, lookup: Arc<dyn Lookup>) -> reqwest::Result<Client> {
    let https_only = matches!(reach, Reach::Global);
    Client::builder()
        .user_agent(concat!("Aftersale/", env!("CARGO_PKG_VERSION")))
        .https_only(https_only)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(times.connect)
        .timeout(times.total)
        .pool_max_idle_per_host(4)
        .pool_idle_timeout(Duration::from_secs(30))
        .dns_resolver(Arc::new(VettedNames { reach, lookup }))
        .build()
}

/// Resolves names for the client itself: between the check and the connection a name may have changed its mind, so it
/// is checked here again, where the answer is what is connected to.
struct VettedNames {
    reach: Reach,
    lookup: Arc<dyn Lookup>,
}

impl Resolve for VettedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, lookup) = (self.reach.clone(), self.lookup.clone());
        Box::pin(async move {
            let addresses = lookup.lookup(name.as_str()).await?;
            let fits = |address: &IpAddr| match &reach {
                Reach::Global => networks::is_global(*address),
                Reach::Private(networks) => networks::is_in(networks, *address),
            };
            if !addresses.iter().all(fits) {
                return Err("the name changed to an address that is not allowed".into());
            }
            let addresses: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup<'a>(&'a self, name: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<Answer, CallError> {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let mut body = Vec::new();
    while body.len() < limit {
        match response.chunk().await.map_err(|error| describe(&error))? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    body.truncate(limit);
    let body = String::from_utf8_lossy(&body).into_owned();
    Ok(Answer { status, body, retry_after })
}

/// A date counts from the date of the answer itself: the clocks need not agree.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok()).map(str::trim);
    let wanted = text(header::RETRY_AFTER)?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(wanted).ok()?;
    let sent = jiff::fmt::rfc2822::parse(text(header::DATE)?).ok()?;
    Duration::try_from(at.timestamp().duration_since(sent.timestamp())).ok()
}

/// The cause in words; never the address, which carries a key.
fn describe(error: &reqwest::Error) -> CallError {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let words = || causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => CallError::NotReached(CallError::TimedOut.to_string()),
        (true, false) => CallError::NotReached(words()),
        (false, true) => CallError::TimedOut,
        (false, false) => CallError::Broken(words()),
    }
}

#[cfg(test)]
mod tests;
