//! What the drive can do wrong when asked.

/// Every fault: its name, and what it does as a sentence.
pub const FAULTS: &[(&str, &str)] = &[
    ("garbage", "Sends 2,048 random bytes between two frames."),
    ("checksum", "Flips one bit in each of the next 50 frames, so that their check sequence does not agree."),
    ("truncate", "Sends half a frame and goes on with the next one."),
    ("silence", "Sends nothing for 3 seconds."),
    ("flood", "Sends 10,000 frames per second for 5 seconds."),
    ("disconnect", "Drops the link in the middle of a frame."),
    ("hostile", "Logs text that a careless console would obey: markup, escape sequences, hidden characters."),
];

/// Text that must stay text: markup, terminal escapes and queries, bidirectional and zero-width characters.
pub(crate) const HOSTILE: &[&str] = &[
    "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
    "</div></pre><svg onload=alert(1)><a href=\"javascript:alert(1)\">click</a>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} &lt;b&gt; &#60;i&#62;",
    "\u{1b}]0;owned\u{7}\u{1b}]52;c;b3duZWQ=\u{7}\u{1b}[6n\u{1b}[c\u{1b}[2J\u{1b}[31mred until reset\u{1b}[0m",
    "\u{1b}]8;;javascript:alert(1)\u{1b}\\link\u{1b}]8;;\u{1b}\\ \u{1b}P$q\"p\u{1b}\\ bell \u{7}",
    "paid \u{202e}000.1\u{202c} \u{2066}isolated\u{2069} zero\u{200b}width \u{feff}mark e\u{301}\u{302}\u{303}\u{304}",
    "=HYPERLINK(\"http://example.invalid\",\"open\") +1-1 @SUM(A1)",
];

/// What is still to be done wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) garbage: bool,
    pub(crate) corrupt_frames: u32,
    pub(crate) truncate: bool,
    pub(crate) silent_until: Option<i64>,
    pub(crate) flood_until: Option<i64>,
    pub(crate) disconnect: bool,
}
