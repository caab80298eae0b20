use anyhow::Result;
use std::fmt;

/// How many tests passed and failed, over all runners.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    pub(super) fn new(passed: u64, failed: u64) -> Self {
        Self { passed, failed }
    }

    /// Adds what a runner counted. A runner that could not run counts as one failed test, and says why.
    pub(super) fn add(&mut self, runner: &str, counted: Result<Self>) {
        let counted = counted.unwrap_or_else(|error| {
            println!("The {runner} could not be run to the end: {error:#}");
            Self::new(0, 1)
        });
        self.passed += counted.passed;
        self.failed += counted.failed;
    }

    /// Adds the summary of one test program: `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
    pub(super) fn read_cargo(&mut self, line: &str) {
        let Some(summary) = line.strip_prefix("test result: ") else { return };
        let number = |what: &str| -> u64 {
            let before = summary.split(';').find_map(|part| part.trim().strip_suffix(what));
            before.and_then(|words| words.split_whitespace().last()?.parse().ok()).unwrap_or(0)
        };
        self.passed += number(" passed");
        self.failed += number(" failed");
    }

    /// Nothing was tested.
    pub(crate) fn is_empty(&self) -> bool {
        self.passed + self.failed == 0
    }

    /// Something was tested and nothing failed.
    pub(super) fn is_clean(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn summaries_of_test_programs_are_added_up() {
        let mut count = Count::default();
        count.read_cargo("running 3 tests");
        count.read_cargo(
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        count.read_cargo("test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!(count.to_string(), "15 passed, 2 failed");
        assert!(!count.is_clean());
    }

    #[test]
    fn a_runner_that_cannot_run_is_a_failure() {
        let mut count = Count::new(5, 0);
        count.add("browser tests", Err(anyhow::anyhow!("no browser")));
        assert_eq!(count, Count::new(5, 1));
    }

    #[test]
    fn nothing_tested_is_not_clean() {
        assert!(!Count::default().is_clean());
    }
}
