/// An instant: nanoseconds since the Unix epoch, stamped once, by the link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// The instant so many nanoseconds later (earlier if negative), saturating.
    #[must_use]
    pub fn plus_nanos(self, nanos: i64) -> Time {
        Time(self.0.saturating_add(nanos))
    }

    /// The instant so many milliseconds later (earlier if negative), saturating.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Time {
        self.plus_nanos(millis.saturating_mul(1_000_000))
    }

    /// Nanoseconds from `earlier` to this instant, saturating.
    #[must_use]
    pub fn nanos_since(self, earlier: Time) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// By which clock a question is asked, and answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeBase {
    /// When a chunk arrived.
    #[default]
    Arrival,
    /// When the device says that it made the sample; the time of arrival where a table has no other.
    Device,
}
