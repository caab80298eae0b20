//! Stateful fakes of the ports, and a portal over them.
