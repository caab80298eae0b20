//! Searches: `metadata['order']:'17' AND status:'succeeded'`. What was made in the last minute is not found yet.

use super::books::Books;
use super::error::{Answer, Failure};
use super::params::Params;
use super::value::whole;
use serde_json::{Value, json};

/// How long it takes until an object is found, in seconds.
const DELAY: i64 = 60;

/// `GET /v1/{kind}s/search`
pub(super) fn search(books: &Books, kind: &str, params: &Params) -> Answer {
    params.only(&["limit", "page", "query"])?;
    let clauses = read(params.needed("query")?)?;
    let limit = usize::try_from(params.integer("limit")?.unwrap_or(10).clamp(1, 100)).unwrap_or(10);
    let start: usize = params.text("page")?.and_then(|page| page.strip_prefix("from_")?.parse().ok()).unwrap_or(0);
    let is_old = |one: &&Value| whole(one, "created") + DELAY <= books.now();
    let found: Vec<&Value> =
        books.all(kind).rev().filter(is_old).filter(|one| clauses.iter().all(|clause| clause.holds(one))).collect();
    let end = found.len().min(start.saturating_add(limit));
    let data: Vec<Value> = found.iter().take(end).skip(start).map(|one| (*one).clone()).collect();
    let next = (end < found.len()).then(|| format!("from_{end}"));
    Ok(json!({"object": "search_result", "data": data, "has_more": next.is_some(), "next_page": next,
        "url": format!("/v1/{kind}s/search")}))
}

/// A field and the text it must have.
struct Clause {
    field: String,
    /// Of metadata.
    key: Option<String>,
    text: String,
    is_negated: bool,
}

impl Clause {
    fn holds(&self, object: &Value) -> bool {
        let field = match &self.key {
            Some(key) => &object["metadata"][key],
            None => &object[&self.field],
        };
        let is_equal = match field {
            Value::String(text) => text.eq_ignore_ascii_case(&self.text),
            Value::Number(number) => number.to_string() == self.text,
            _ => false,
        };
        is_equal != self.is_negated
    }
}

fn read(query: &str) -> Result<Vec<Clause>, Failure> {
    let invalid = || {
        let message = "We were unable to parse your search query. The stand-in knows clauses `field:'text'` and \
                       `metadata['key']:'text'`, joined by AND.";
        Failure::parameter("", "query", message)
    };
    query.split(" AND ").map(|clause| one(clause.trim()).ok_or_else(invalid)).collect()
}

fn one(clause: &str) -> Option<Clause> {
    let (is_negated, clause) = clause.strip_prefix('-').map_or((false, clause), |rest| (true, rest));
    let (left, text) = match clause.strip_prefix("metadata[") {
        Some(rest) => {
            let (key, text) = rest.split_once("]:")?;
            return Some(Clause { field: String::new(), key: Some(plain(key)?), text: plain(text)?, is_negated });
        }
        None => clause.split_once(':')?,
    };
    let text = plain(text).unwrap_or_else(|| text.to_owned());
    Some(Clause { field: left.to_owned(), key: None, text, is_negated })
}

/// A quoted text without its quotes.
fn plain(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(inner.replace(&format!("\\{quote}"), &quote.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_read_with_their_quotes() {
        let object = json!({"metadata": {"order": "a'b"}, "status": "succeeded", "amount": 5});
        let holds = |query: &str| read(query).unwrap().iter().all(|clause| clause.holds(&object));
        assert!(holds(r"metadata['order']:'a\'b' AND status:'succeeded'"));
        assert!(holds(r#"metadata["order"]:"a'b" AND amount:5"#) && !holds("-status:'succeeded'"));
        assert!(!holds("metadata['order']:'c'") && read("order").is_err());
    }
}
