//! What is given in member areas, and how it gets there.

mod entitlement;
mod faults;
mod kinds;
mod member_area;
mod moved;
