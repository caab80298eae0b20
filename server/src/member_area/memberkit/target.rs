//! What Memberkit gives, and the words for it.

use portal::ports::{AccessTarget, NotATarget};
use std::fmt;

/// Something that Memberkit gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A class (*turma*) by its number: `classroom:111`.
    Classroom(i64),
    /// A membership level (*assinatura*) by its number: `level:4420`.
    Level(i64),
    /// Everything: `unlimited`.
    Unlimited,
}

/// What one call carries: one mode of access, as Memberkit takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// These classes, one at least.
    Classrooms(Vec<i64>),
    /// This membership level.
    Level(i64),
    /// Everything.
    Unlimited,
}

impl Target {
    /// Reads a word; numbers begin at 1.
    ///
    /// # Errors
    /// When it is no word of Memberkit's.
    pub fn read(word: &str) -> Result<Self, NotATarget> {
        let number = |text: &str| text.parse().ok().filter(|number| *number >= 1);
        let target = match word.split_once(':') {
            Some(("classroom", text)) => number(text).map(Self::Classroom),
            Some(("level", text)) => number(text).map(Self::Level),
            None if word == "unlimited" => Some(Self::Unlimited),
            _ => None,
        };
        target.ok_or_else(|| NotATarget(word.to_owned()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Classroom(id) => write!(f, "classroom:{id}"),
            Self::Level(id) => write!(f, "level:{id}"),
            Self::Unlimited => f.write_str("unlimited"),
        }
    }
}

impl Mode {
    /// The mode of these targets. A target beside which Memberkit takes no other is refused when it has company.
    pub(super) fn of(targets: &[AccessTarget]) -> Result<Self, NotATarget> {
        let read = targets.iter().map(|target| Target::read(target.as_str())).collect::<Result<Vec<_>, _>>()?;
        match read.as_slice() {
            [Target::Level(id)] => Ok(Self::Level(*id)),
            [Target::Unlimited] => Ok(Self::Unlimited),
            several => several.iter().map(Self::classroom).collect::<Result<_, _>>().map(Self::Classrooms),
        }
    }

    fn classroom(target: &Target) -> Result<i64, NotATarget> {
        if let Target::Classroom(id) = target { Ok(*id) } else { Err(NotATarget(target.to_string())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_as_it_is_written() {
        for (word, target) in [
            ("classroom:111", Target::Classroom(111)),
            ("level:4420", Target::Level(4420)),
            ("unlimited", Target::Unlimited),
        ] {
            assert_eq!((Target::read(word), target.to_string().as_str()), (Ok(target), word));
        }
        for word in ["", "classroom", "classroom:", "classroom:0", "classroom:-1", "level:x", "space:1", "unlimited:1"]
        {
            assert_eq!(Target::read(word), Err(NotATarget(word.to_owned())));
        }
    }

    #[test]
    fn a_call_carries_one_mode() {
        let mode =
            |words: &[&str]| Mode::of(&words.iter().map(|word| AccessTarget::parse(word).unwrap()).collect::<Vec<_>>());
        assert_eq!(mode(&["classroom:9", "classroom:10"]), Ok(Mode::Classrooms(vec![9, 10])));
        assert_eq!(mode(&["level:7"]), Ok(Mode::Level(7)));
        assert_eq!(mode(&["unlimited"]), Ok(Mode::Unlimited));
        for words in [["classroom:9", "level:7"], ["level:7", "level:8"], ["classroom:9", "space:1"]] {
            assert!(mode(&words).is_err(), "{words:?}");
        }
    }
}
