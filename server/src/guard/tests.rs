use super::*;
use std::collections::HashMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Names with fixed addresses; a name with several lists gives the next one at each question.
struct Names(std::sync::Mutex<HashMap<&'static str, Vec<Vec<&'static str>>>>);

impl Lookup for Names {
    fn lookup<'a>(&'a self, name: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>> {
        let mut names = self.0.lock().unwrap();
        let answers = names.get_mut(name).unwrap_or_else(|| panic!("unexpected name {name}"));
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Box::pin(async move { Ok(answer.iter().map(|text| text.parse().unwrap()).collect()) })
    }
}

fn guard(private: &[&str], names: &[(&'static str, &[&[&'static str]])]) -> Guard {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let private: Vec<IpNet> = private.iter().map(|text| text.parse().unwrap()).collect();
    let names =
        names.iter().map(|(name, answers)| (*name, answers.iter().map(|list| list.to_vec()).collect())).collect();
    let times = Times { connect: Duration::from_millis(300), total: Duration::from_millis(600) };
    Guard::with_lookup(&private, times, Arc::new(Names(std::sync::Mutex::new(names))))
}

async fn vetted(guard: &Guard, url: &str) -> Result<&'static str, String> {
    match guard.vet(&Url::parse(url).unwrap()).await {
        Ok(Reach::Global) => Ok("global"),
        Ok(Reach::Private(_)) => Ok("private"),
        Err(error) => Err(error.to_string()),
    }
}

const NAMES: &[(&str, &[&[&str]])] = &[
    ("good.example", &[&["93.184.216.34", "2606:4700::1111"]]),
    ("mixed.example", &[&["93.184.216.34", "10.0.0.1"]]),
    ("inside.example", &[&["192.168.1.10"]]),
    ("half.example", &[&["192.168.1.10", "93.184.216.34"]]),
];

#[tokio::test]
async fn only_https_to_global_addresses_on_the_usual_ports_goes_out() {
    let guard = guard(&[], NAMES);
    for url in [
        "https://good.example/api",
        "https://good.example:8443/",
        "https://93.184.216.34/",
        "https://[2606:4700::1111]/",
    ] {
        assert_eq!(vetted(&guard, url).await, Ok("global"), "{url}");
    }
    let refused = [
        "http://good.example/",
        "ftp://good.example/",
        "https://good.example:22/",
        "https://good.example:80/",
        "https://user@good.example/",
        "https://user:pass@good.example/",
        "https://:pass@good.example/",
        "https://mixed.example/",
        "https://inside.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:93.184.216.34]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fd00:ec2::254]/",
    ];
    for url in refused {
        assert!(vetted(&guard, url).await.is_err(), "{url}");
    }
}

#[tokio::test]
async fn networks_of_the_operator_are_reached_by_http_and_on_any_port() {
    let guard = guard(&["192.168.1.0/24", "127.0.0.0/8"], NAMES);
    for url in ["http://inside.example:8080/", "https://inside.example/", "http://127.0.0.1:8099/api/v1"] {
        assert_eq!(vetted(&guard, url).await, Ok("private"), "{url}");
    }
    for url in ["https://half.example/", "http://10.0.0.1/", "http://user@127.0.0.1/", "ftp://127.0.0.1/"] {
        assert!(vetted(&guard, url).await.is_err(), "{url}");
    }
}

#[tokio::test]
async fn a_name_that_changes_between_check_and_connection_is_refused() {
    let names: &[(&str, &[&[&str]])] = &[("rebinding.example", &[&["93.184.216.34"], &["127.0.0.1"]])];
    let guard = guard(&[], names);
    let answer = guard.post_json(&Url::parse("https://rebinding.example/").unwrap(), String::new()).await;
    let error = answer.unwrap_err().to_string();
    assert!(error.contains("not allowed"), "{error}");
}

/// A server that answers every connection with `answer` and then closes it.
async fn server(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 2048];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(&answer).await;
        }
    });
    address
}

async fn called(answer: impl Into<Vec<u8>>) -> Result<Answer, CallError> {
    let address = server(answer.into()).await;
    guard(&["127.0.0.0/8"], &[]).post_json(&Url::parse(&address).unwrap(), "{}".to_owned()).await
}

#[tokio::test]
async fn redirects_are_answers_and_are_not_followed() {
    let answer = called("HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    assert_eq!(answer.status, 302);
}

#[tokio::test]
async fn no_more_than_64_kib_of_an_answer_are_read() {
    let mut endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    endless.resize(endless.len() + 1_000_000, b'x');
    assert_eq!(called(endless).await.unwrap().body.len(), ANSWER_LIMIT);
}

#[tokio::test]
async fn retry_after_is_read_as_seconds_or_as_a_date() {
    let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:50:07 GMT";
    for (headers, seconds) in [("Retry-After: 7", Some(7)), (date, Some(30)), ("Retry-After: soon", None)] {
        let answer = called(format!("HTTP/1.1 429 Slow\r\n{headers}\r\nContent-Length: 0\r\n\r\n")).await.unwrap();
        assert_eq!(answer.retry_after, seconds.map(Duration::from_secs), "{headers}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_or_breaks_off_is_named_as_such() {
    assert!(matches!(called("").await, Err(CallError::Broken(_))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/?api_key=secret", listener.local_addr().unwrap())).unwrap();
    let silent = guard(&["127.0.0.0/8"], &[]).post_json(&url, String::new()).await;
    assert!(matches!(silent, Err(CallError::TimedOut)));
    drop(listener);
    let closed = guard(&["127.0.0.0/8"], &[]).post_json(&url, String::new()).await.unwrap_err();
    assert!(matches!(closed, CallError::NotReached(_)), "nothing was sent: {closed:?}");
    assert!(!closed.to_string().contains("secret"), "{closed}");
}

#[tokio::test]
async fn a_call_takes_its_method_its_headers_and_its_body_along() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/v1/things?limit=1", listener.local_addr().unwrap())).unwrap();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        let length = stream.read(&mut request).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright").await.unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let headers = [("authorization", "Bearer secret")];
    let call = Call { method: Method::DELETE, url: &url, headers: &headers, body: None, limit: 3 };
    let answer = guard(&["127.0.0.0/8"], &[]).call(call).await.unwrap();
    assert_eq!(answer.body, "rig", "no more than was wanted");
    let heard = heard.await.unwrap();
    assert!(
        heard.starts_with("DELETE /v1/things?limit=1 ") && heard.contains("authorization: Bearer secret"),
        "{heard}"
    );
    let headers = [("authorization", "Bearer two\nlines")];
    let call = Call { method: Method::GET, url: &url, headers: &headers, body: None, limit: 3 };
    let refused = guard(&["127.0.0.0/8"], &[]).call(call).await.unwrap_err();
    assert!(matches!(refused, CallError::NotAllowed(_)) && !format!("{refused:?}").contains("two"), "{refused:?}");
}

/// A name server that never answers.
struct Silence;

impl Lookup for Silence {
    fn lookup<'a>(&'a self, _: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_name_server_that_does_not_answer_counts_into_the_time_of_a_call() {
    let times = Times { connect: Duration::from_millis(50), total: Duration::from_millis(100) };
    let guard = Guard::with_lookup(&[], times, Arc::new(Silence));
    let url = Url::parse("https://silent.example/api").unwrap();
    let call = guard.post_json(&url, String::new());
    let answer = tokio::time::timeout(Duration::from_secs(5), call).await.expect("the call ends by itself");
    assert!(matches!(answer, Err(CallError::TimedOut)), "{answer:?}");
}
