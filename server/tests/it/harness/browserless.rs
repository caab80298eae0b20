//! Somebody with a browser that has no JavaScript: keeps cookies, follows redirects, reads the forms of a page and
//! posts them.

use crate::harness::http::{Answer, Request, call, encode};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

/// A browser in a network of its own, so that nobody's limits are anybody else's.
#[derive(Clone)]
pub struct Browser {
    site: SocketAddr,
    from: String,
    pub cookies: BTreeMap<String, String>,
}

/// A form of a page, as it would be sent.
#[derive(Clone, Debug)]
pub struct Form {
    pub method: String,
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Browser {
    pub fn new(site: SocketAddr) -> Self {
        Self { site, from: own_network(), cookies: BTreeMap::new() }
    }

    /// One request, redirects not followed.
    pub async fn send(&mut self, request: Request) -> Answer {
        self.try_send(request).await.unwrap_or_else(|error| panic!("{error}"))
    }

    pub async fn try_send(&mut self, request: Request) -> std::io::Result<Answer> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request.with("x-forwarded-for", &self.from);
        if !cookies.is_empty() {
            request = request.with("cookie", cookies.join("; "));
        }
        let answer = call(self.site, &request).await?;
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, rest) = value.split_once('=').unwrap();
            match rest.split(';').next().unwrap() {
                "" => drop(self.cookies.remove(name)),
                value => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        Ok(answer)
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::new("GET", path)).await
    }

    /// Opens an address and follows where it leads.
    pub async fn visit(&mut self, address: &str) -> Answer {
        let answer = self.get(path_of(address)).await;
        self.follow(answer).await
    }

    /// Fills in a form and presses its button.
    pub async fn submit(&mut self, form: &Form, typed: &[(&str, &str)]) -> Answer {
        let answer = self.press(form, typed).await;
        self.follow(answer).await
    }

    /// The same, but stays with the first answer.
    pub async fn press(&mut self, form: &Form, typed: &[(&str, &str)]) -> Answer {
        self.send(form.request(typed)).await
    }

    pub async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            let Some(next) = answer.header("location").map(str::to_owned) else { return answer };
            assert_eq!(answer.status, 303, "{answer:?}");
            answer = self.get(path_of(&next)).await;
        }
        panic!("too many redirects: {answer:?}")
    }
}

impl Form {
    pub fn request(&self, typed: &[(&str, &str)]) -> Request {
        let kept = self.fields.iter().filter(|(name, _)| typed.iter().all(|(key, _)| key != name));
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<_> = kept.cloned().chain(typed).collect();
        match self.method.as_str() {
            "post" => Request::new("POST", &self.action).form(&fields),
            _ => Request::new("GET", &format!("{}?{}", self.action, encode(&fields))),
        }
    }
}

/// An address that no other browser of this run has.
pub fn own_network() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    format!("198.{}.{}.{}", 18 + number / 62_500, number / 250 % 250, number % 250 + 1)
}

/// A full address of ours without scheme and host.
pub fn path_of(address: &str) -> &str {
    match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => address,
    }
}

/// Every form of a page.
pub fn forms(page: &str) -> Vec<Form> {
    page.split("<form").skip(1).map(|rest| read_form(rest.split("</form>").next().unwrap())).collect()
}

/// The form that is sent to an address that begins like this.
#[track_caller]
pub fn form(answer: &Answer, action: &str) -> Form {
    let page = answer.text();
    let found = forms(&page).into_iter().find(|form| form.action.starts_with(action));
    found.unwrap_or_else(|| panic!("no form for {action} in status {}: {page}", answer.status))
}

fn read_form(html: &str) -> Form {
    let own = attributes(html);
    let value = |tag: &BTreeMap<String, String>, name: &str| tag.get(name).cloned().unwrap_or_default();
    let mut fields = Vec::new();
    for tag in html.split("<input").skip(1).map(attributes) {
        let is_box = matches!(value(&tag, "type").as_str(), "checkbox" | "radio");
        let is_left_out = tag.contains_key("disabled") || (is_box && !tag.contains_key("checked"));
        if !is_left_out && tag.contains_key("name") {
            fields.push((value(&tag, "name"), value(&tag, "value")));
        }
    }
    for select in html.split("<select").skip(1) {
        let list = select.split("</select>").next().unwrap();
        let options: Vec<_> = list.split("<option").skip(1).map(attributes).collect();
        let chosen = options.iter().find(|option| option.contains_key("selected")).or(options.first());
        fields.extend(chosen.map(|option| (value(&attributes(select), "name"), value(option, "value"))));
    }
    Form { method: value(&own, "method"), action: value(&own, "action"), fields }
}

/// The attributes at the start of `rest`, up to the end of its tag.
pub fn attributes(rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = rest.trim_start();
    while !rest.is_empty() && !rest.starts_with(['>', '/']) {
        let end =
            rest.find(|letter: char| letter == '=' || letter == '>' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => ("", after.strip_prefix('=').unwrap_or(after)),
        };
        found.insert(name.to_owned(), unescape(value));
        rest = after.trim_start();
    }
    found
}

/// Text as a browser reads it.
pub fn unescape(html: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    named.iter().fold(html.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// A page without its tags.
pub fn plain(html: &str) -> String {
    let body = html.split("<main").nth(1).unwrap_or(html);
    let words = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = unescape(&words.collect::<Vec<_>>().join(" "));
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
