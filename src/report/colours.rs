//! The colours of statuses, the verdicts' among them. Each stands beside a sign and a name, never for them alone.

use crate::Status;

/// What a status is shown on and in, as `0xRRGGBB`: the two contrast by 4.5 to 1 at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// The ground.
    pub ground: u32,
    /// What is written on it: [`Colours::BLACK`] or [`Colours::WHITE`].
    pub ink: u32,
}

impl Colours {
    /// Black.
    pub const BLACK: u32 = 0x00_00_00;
    /// White.
    pub const WHITE: u32 = 0xFF_FF_FF;
}

impl Status {
    /// Its colours; where a ground can have a pattern, that of 提示 is hatched.
    ///
    /// The style sheets of the page and of reports in HTML say the same, which `tests/colours.rs` holds them to. A terminal
    /// has its own sixteen.
    #[must_use]
    pub fn colours(self) -> Colours {
        let (ground, ink) = match self {
            Self::Pass => (0x4A_A5_83, Colours::BLACK),
            Self::Fail => (0x8F_0D_1A, Colours::WHITE),
            Self::Pending => (0xF2_A9_00, Colours::BLACK),
            Self::Undetermined => (0x7B_61_C9, Colours::WHITE),
            Self::Hint => (Colours::WHITE, Colours::BLACK),
            Self::NotApplicable => (0xE6_E6_E6, Colours::BLACK),
        };
        Colours { ground, ink }
    }
}
