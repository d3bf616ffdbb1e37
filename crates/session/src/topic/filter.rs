//! One filter, and what a topic's name may be.

use crate::words::{Said, topic as words};

/// Most bytes of a topic or a filter (MQTT 5.0, section 1.5.4).
const LONGEST: usize = 65_535;
/// Most levels: each is a step of the search, and no broker has as many.
const MOST_LEVELS: usize = 128;
/// The level that is the device.
const DEVICE: &str = "{device}";

/// A topic filter that was found to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The share's name and a slash after it, or nothing (section 4.8.2).
    share: String,
    pub(super) levels: Vec<Level>,
}

/// One level of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// This text.
    Text(String),
    /// `+`: any text.
    Any,
    /// `{device}`: any text, which is the device.
    Device,
    /// `{site}`, or whatever it is called: any text, which is a column of the fleet's table.
    Named(String),
    /// `#`: whatever follows, and nothing.
    Rest,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence without its full stop.
    pub fn parse(text: &str) -> Result<Filter, Said> {
        check_text(text)?;
        let (share, filter) = match text.strip_prefix("$share/") {
            None => (String::new(), text),
            Some(rest) => {
                let (name, filter) = rest.split_once('/').ok_or_else(|| words::share(text))?;
                if name.is_empty() || filter.is_empty() || name.contains(['+', '#']) {
                    return Err(words::share(text));
                }
                (format!("$share/{name}/"), filter)
            }
        };
        let mut levels = Vec::new();
        for part in filter.split('/') {
            if levels.last() == Some(&Level::Rest) {
                return Err(words::rest_not_last(text));
            }
            let level = match part {
                "+" => Level::Any,
                "#" => Level::Rest,
                DEVICE if levels.contains(&Level::Device) => return Err(words::two_devices(text)),
                DEVICE => Level::Device,
                part if part.contains(['+', '#']) => return Err(words::part_of_level(text)),
                part if part.contains(['{', '}']) => {
                    let name = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                    let name = name.filter(|name| !name.is_empty() && !name.contains(['{', '}']));
                    let named = Level::Named(name.ok_or_else(|| words::unknown_level(part))?.to_owned());
                    if levels.contains(&named) {
                        return Err(words::level_twice(part, text));
                    }
                    named
                }
                part => Level::Text(part.to_owned()),
            };
            levels.push(level);
        }
        // Without a device there is no table for it to be a column of: it is a name that was mistyped.
        let stray = levels.iter().find_map(|level| match level {
            Level::Named(name) if !levels.contains(&Level::Device) => Some(format!("{{{name}}}")),
            _ => None,
        });
        if let Some(stray) = stray {
            return Err(words::unknown_level(&stray));
        }
        if levels.len() > MOST_LEVELS { Err(words::levels(MOST_LEVELS)) } else { Ok(Filter { share, levels }) }
    }

    /// As it is subscribed to.
    #[must_use]
    pub fn on_wire(&self) -> String {
        let level = |level: &Level| match level {
            Level::Text(text) => text.clone(),
            Level::Any | Level::Device | Level::Named(_) => "+".to_owned(),
            Level::Rest => "#".to_owned(),
        };
        self.share.clone() + &self.levels.iter().map(level).collect::<Vec<_>>().join("/")
    }

    /// Whether topics that begin with `$` were asked for by name (section 4.7.2).
    #[must_use]
    pub fn names_dollar(&self) -> bool {
        matches!(self.levels.first(), Some(Level::Text(text)) if text.starts_with('$'))
    }

    /// Whether one of its levels is the device.
    #[must_use]
    pub fn names_device(&self) -> bool {
        self.levels.contains(&Level::Device)
    }

    /// The filter for one device alone, as it is written; `None` where no level is the device, or none can be called so.
    #[must_use]
    pub fn of_device(&self, device: &str) -> Option<String> {
        if !self.names_device() || device.contains(['/', '+', '#', '{', '}', '\0']) {
            return None;
        }
        let level = |level: &Level| match level {
            Level::Text(text) => text.clone(),
            Level::Any | Level::Named(_) => "+".to_owned(),
            Level::Device => device.to_owned(),
            Level::Rest => "#".to_owned(),
        };
        Some(self.share.clone() + &self.levels.iter().map(level).collect::<Vec<_>>().join("/"))
    }

    /// The levels that have a name of their own beside the device's, with their places.
    pub fn named(&self) -> impl Iterator<Item = (usize, &str)> {
        self.levels.iter().enumerate().filter_map(|(at, level)| match level {
            Level::Named(name) => Some((at, name.as_str())),
            _ => None,
        })
    }

    /// Whether every topic that the other matches is matched by this one, as far as their levels tell.
    #[must_use]
    pub fn covers(&self, other: &Filter) -> bool {
        let mut theirs = other.levels.iter();
        for level in &self.levels {
            match (level, theirs.next()) {
                (Level::Rest, _) => return true,
                (_, None | Some(Level::Rest)) => return false,
                (Level::Text(text), Some(Level::Text(other))) if text == other => {}
                (Level::Text(_), Some(_)) => return false,
                (_, Some(_)) => {}
            }
        }
        theirs.next().is_none()
    }

    /// Whether there is a topic that both match.
    #[must_use]
    pub fn meets(&self, other: &Filter) -> bool {
        let (mut ours, mut theirs) = (self.levels.iter(), other.levels.iter());
        loop {
            match (ours.next(), theirs.next()) {
                // The level above is matched as well (section 4.7.1.2).
                (Some(Level::Rest), _) | (_, Some(Level::Rest)) | (None, None) => return true,
                (Some(Level::Text(one)), Some(Level::Text(other))) if one != other => return false,
                (Some(_), Some(_)) => {}
                _ => return false,
            }
        }
    }

    /// The device whose filter the other is: what it has where this one has `{device}`, if all else is the same.
    #[must_use]
    pub fn device_in<'f>(&self, other: &'f Filter) -> Option<&'f str> {
        let mut device = None;
        let same = self.levels.iter().zip(&other.levels).all(|levels| match levels {
            (Level::Device, Level::Text(text)) => {
                device = Some(text.as_str());
                true
            }
            (Level::Any | Level::Named(_), Level::Any | Level::Named(_)) => true,
            (one, other) => one == other,
        });
        device.filter(|_| same && self.levels.len() == other.levels.len())
    }

    /// Whether it is one topic.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.levels.iter().all(|level| matches!(level, Level::Text(_)))
    }

    /// Whether a topic matches.
    #[must_use]
    pub fn matches(&self, topic: &str) -> bool {
        let wild = |level: Option<&Level>| !matches!(level, Some(Level::Text(_)));
        if topic.starts_with('$') && wild(self.levels.first()) {
            return false;
        }
        let mut parts = topic.split('/');
        for level in &self.levels {
            match (level, parts.next()) {
                (Level::Rest, _) => return true,
                (Level::Any | Level::Device | Level::Named(_), Some(_)) => {}
                (Level::Text(text), Some(part)) if text == part => {}
                _ => return false,
            }
        }
        parts.next().is_none()
    }
}

fn check_text(text: &str) -> Result<(), Said> {
    if text.is_empty() {
        Err(words::empty())
    } else if text.len() > LONGEST {
        Err(words::too_long(LONGEST))
    } else if text.contains('\0') {
        Err(words::nul())
    } else {
        Ok(())
    }
}

/// Whether a message can have this topic.
///
/// # Errors
/// What is wrong with it, as a sentence without its full stop.
pub fn check_name(topic: &str) -> Result<(), Said> {
    check_text(topic)?;
    if topic.contains(['+', '#']) { Err(words::wildcard(&crate::screen::visible(topic))) } else { Ok(()) }
}
