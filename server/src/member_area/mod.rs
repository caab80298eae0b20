//! The member areas that access is given in: one file a kind, each an implementation of [`portal::ports::MemberArea`].

mod memberkit;

pub use memberkit::Memberkit;
