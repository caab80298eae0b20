//! Parameters as Stripe takes them: `name=value&list[0][name]=value`, in a body or behind an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but what stands for itself in an address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names and values in the order in which they were said: the same form is the same text.
#[derive(Clone, Default, Debug)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The same with one more value.
    pub(super) fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// The same with one more value, where there is one.
    pub(super) fn with_some(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with these values as a list.
    pub(super) fn with_list(self, name: &str, values: &[&str]) -> Self {
        values.iter().enumerate().fold(self, |form, (at, value)| form.with(format!("{name}[{at}]"), value))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn encode(&self) -> String {
        let escaped = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        pairs.join("&")
    }

    #[cfg(test)]
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_escaped_and_keep_their_order() {
        let form = Form::new()
            .with("metadata[aftersale_key]", "in_1/2")
            .with("description", "São & João = 100%+")
            .with_some("customer", None::<&str>)
            .with_some("amount", Some(9990))
            .with_list("expand", &["data.payments", "x"]);
        assert_eq!(
            form.encode(),
            "metadata%5Baftersale_key%5D=in_1%2F2&description=S%C3%A3o%20%26%20Jo%C3%A3o%20%3D%20100%25%2B&amount=9990\
             &expand%5B0%5D=data.payments&expand%5B1%5D=x"
        );
        assert!(Form::new().is_empty() && Form::new().encode().is_empty());
    }
}
