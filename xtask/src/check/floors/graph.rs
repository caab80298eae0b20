//! Who imports whom on one floor, and whether that runs in a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// For each unit what it imports, and where it does so first.
#[derive(Default)]
pub(super) struct Graph(BTreeMap<String, BTreeMap<String, String>>);

impl Graph {
    pub(super) fn add(&mut self, from: &str, to: &str, at: &str) {
        self.0.entry(from.to_owned()).or_default().entry(to.to_owned()).or_insert_with(|| at.to_owned());
    }

    /// One circle of each set of units that all reach each other, each step on a line: `file:line: a imports b`.
    pub(super) fn circles(&self) -> Vec<String> {
        let (mut seen, mut circles) = (BTreeSet::new(), Vec::new());
        for unit in self.0.keys() {
            let Some(circle) = self.way(unit, unit).filter(|_| !seen.contains(unit)) else { continue };
            // Whoever is reached and reaches back is in the same set.
            seen.extend(
                self.0.keys().filter(|other| self.way(unit, other).is_some() && self.way(other, unit).is_some()),
            );
            circles.push(self.told(&circle));
        }
        circles
    }

    /// The shortest way of at least one step.
    fn way<'a>(&'a self, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
        let mut ways = VecDeque::from([vec![from]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            for next in self.0.get(*way.last()?).into_iter().flat_map(BTreeMap::keys) {
                let longer = [&way[..], &[next]].concat();
                if next == to {
                    return Some(longer);
                }
                if seen.insert(next) {
                    ways.push_back(longer);
                }
            }
        }
        None
    }

    fn told(&self, way: &[&str]) -> String {
        let step = |pair: &[&str]| format!("{}: {} imports {}", self.0[pair[0]][pair[1]], pair[0], pair[1]);
        way.windows(2).map(step).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn each_set_that_imports_itself_is_told_by_its_shortest_circle() {
        let mut graph = Graph::default();
        for (from, to) in
            [("a", "b"), ("b", "c"), ("c", "a"), ("c", "b"), ("d", "a"), ("e", "f"), ("f", "e"), ("g", "g")]
        {
            graph.add(from, to, "file.rs:1");
        }
        let firsts: Vec<_> = graph.circles().iter().map(|told| told.lines().count()).collect();
        assert_eq!(firsts, [3, 2, 1]);
    }

    #[test]
    fn a_tree_has_no_circle() {
        let mut graph = Graph::default();
        for (from, to) in [("a", "b"), ("a", "c"), ("b", "c")] {
            graph.add(from, to, "file.rs:1");
        }
        assert!(graph.circles().is_empty());
    }
}
