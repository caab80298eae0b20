//! What a bench found, against what it should be.

/// One line of the table. Smaller is better, always.
pub(super) struct Figure {
    /// What was measured.
    pub what: String,
    /// How much it was.
    pub measured: f64,
    /// The most it should be.
    pub goal: f64,
    /// In which unit.
    pub unit: &'static str,
}

impl Figure {
    fn ratio(&self) -> f64 {
        self.measured / self.goal
    }

    fn is_missed(&self) -> bool {
        self.measured > self.goal
    }
}

/// A question that was asked many times.
pub(super) struct Asked {
    /// Which, and of whom.
    pub what: String,
    /// How many milliseconds each answer took.
    pub times: Vec<f64>,
    /// The most milliseconds that 99 of 100 answers should take.
    pub goal: f64,
}

impl Asked {
    /// What 99 of 100 answers stay below.
    pub(super) fn p99(&self) -> Figure {
        let what = format!("{}, p99", self.what);
        Figure { what, measured: percentile(&self.times, 99), goal: self.goal, unit: "ms" }
    }

    /// How many times as long as `before` the answer in the middle takes.
    pub(super) fn growth(&self, before: &Self, goal: f64) -> Figure {
        let what = format!("{}, growth", self.what);
        Figure { what, measured: median(&self.times) / median(&before.times), goal, unit: "times" }
    }
}

/// The table, and a last line that says which goals are missed.
pub(super) fn print(figures: &[Figure]) {
    println!("\n{:<44} {:>10} {:>10} {:<6} {:>6}", "figure", "measured", "goal", "", "ratio");
    for figure in figures {
        let Figure { what, measured, goal, unit } = figure;
        let word = if figure.is_missed() { "over" } else { "ok" };
        println!("{what:<44} {measured:>10.2} {goal:>10.2} {unit:<6} {:>6.2}  {word}", figure.ratio());
    }
    let missed: Vec<_> =
        figures.iter().filter(|figure| figure.is_missed()).map(|figure| figure.what.as_str()).collect();
    match missed.as_slice() {
        [] => println!("Every goal is met."),
        missed => println!("Missed: {}.", missed.join("; ")),
    }
}

/// The value in the middle; of an even number, the upper one of the two.
pub(super) fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value that `percent` of 100 do not exceed.
pub(super) fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_end_of_a_list() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!((median(&values), percentile(&values, 99)), (101.0, 199.0));
        assert_eq!((median(&[3.0, 1.0, 2.0]), percentile(&[7.0], 99)), (2.0, 7.0));
    }
}
