//! Every test that needs more than one function: one program, the folders of the rules. Store tests run on both
//! engines.

#![expect(clippy::unwrap_used, reason = "tests may be blunt")]
#![expect(unreachable_pub, reason = "nobody reaches into a program of tests: `pub` is for its other folders")]

mod access;
mod crash;
mod desk;
mod disk;
mod door;
mod faults;
mod gateway;
mod ground;
mod harness;
mod histories;
mod installation;
mod kill;
mod money;
mod people;
mod producer;
mod restart;
