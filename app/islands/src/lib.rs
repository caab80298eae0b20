//! The pieces of a page that react in the browser. Each is whole without JavaScript: the server renders an ordinary
//! button or input, and the browser only adds comfort.
//!
//! An island renders from its props and nothing else: they travel in the page, so they are plain strings and numbers,
//! already translated. The first rendering in the browser equals the server's; what differs comes in an effect after
//! it. An island takes no children: `app/client/src/start.js` wakes islands one by one and does not look inside.

#![expect(unreachable_pub, reason = "what the macro of an island writes is public inside its module")]

mod code_field;
mod copy_button;
mod plan_preview;
mod resend_countdown;

pub use code_field::{CodeField, format_code};
pub use copy_button::CopyButton;
pub use plan_preview::PlanPreview;
pub use resend_countdown::ResendCountdown;
