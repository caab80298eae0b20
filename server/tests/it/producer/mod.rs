//! The pages of those who sell, and of the support staff.

mod orders;
