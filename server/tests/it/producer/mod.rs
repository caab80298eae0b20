//! What a producer sees and does in its area.

mod settings;
