//! The sections that are short.

use super::names::Names;
use super::read::Section;
use super::{DEFAULT_BUDGET_MIB, Ending, FieldUnit, Layout, Panels, ProfileError, panels, setting, suggest};
use crate::words::{codec as codec_words, profile as words};
use codec::{Protocol, Settings};

/// `[protocol]`: its name and everything else as settings, checked; and the names it declares.
pub(super) fn protocol(section: &Section<'_>) -> Result<(String, Settings, Names), ProfileError> {
    let name = section.required_text("name")?;
    let Some(protocol) = Protocol::find(&name) else {
        let names: Vec<&str> = codec::PROTOCOLS.iter().map(|p| p.name).collect();
        let hint = suggest::among(&name, &names);
        return Err(section.error_at("name", words::with_hint(&words::no_protocol(&name), &hint)));
    };
    let settings = setting::settings(section, "name")?;
    match protocol.declare(&settings) {
        Ok(declaration) => Ok((name, settings, Names::of(declaration))),
        Err(refused) => {
            let (offset, lacks) = setting::place_of(section, &refused.path);
            let mistake = section.error(offset, codec_words::refused(&refused));
            let mistake = mistake.said_there(codec_words::refused_there(&refused));
            Err(if lacks.is_empty() { mistake } else { mistake.lacking(lacks) })
        }
    }
}

/// `[terminal]`.
pub(super) fn terminal(
    root: &Section<'_>,
    names: &Names,
    usual: Ending,
) -> Result<(Ending, Option<String>), ProfileError> {
    let Some(section) = root.section("terminal")? else { return Ok((usual, None)) };
    section.only(&["ending", "message"])?;
    let choices = [("lf", Ending::Lf), ("cr", Ending::Cr), ("crlf", Ending::CrLf), ("none", Ending::None)];
    let message = section.text("message")?;
    if let Some(message) = &message {
        names.message(message).map_err(|reason| section.error_at("message", reason))?;
    }
    Ok((section.choice("ending", &choices)?.unwrap_or(usual), message))
}

/// `[memory]`. A page's memory ends at 4 GiB; 2 GiB leave room for everything else.
pub(super) fn memory(root: &Section<'_>) -> Result<u32, ProfileError> {
    let Some(section) = root.section("memory")? else { return Ok(DEFAULT_BUDGET_MIB) };
    section.only(&["budget_mib"])?;
    Ok(section.whole("budget_mib", 1, 2048)?.unwrap_or(DEFAULT_BUDGET_MIB))
}

/// `[[fields]]`.
pub(super) fn fields(root: &Section<'_>, names: &Names) -> Result<Vec<FieldUnit>, ProfileError> {
    let mut fields = Vec::new();
    for section in root.sections("fields")? {
        section.only(&["name", "unit"])?;
        let name = section.required_text("name")?;
        names.field(&name).map_err(|reason| section.error_at("name", reason))?;
        fields.push(FieldUnit { name, unit: section.required_text("unit")? });
    }
    Ok(fields)
}

/// `[layout]`.
pub(super) fn layout(root: &Section<'_>, names: &Names, clocked: bool) -> Result<(Layout, Panels), ProfileError> {
    let default = Layout::default();
    let Some(section) = root.section("layout")? else { return Ok((default, Panels::default())) };
    section.only(&["plot", "span_s", "time"].into_iter().chain(panels::keys()).collect::<Vec<_>>())?;
    let span_s = section.whole("span_s", 1, 31_536_000)?.unwrap_or(default.span_s);
    let plot = section.checked_texts("plot", |name| names.field(name))?;
    let device_time = section.choice("time", &[("arrival", false), ("device", true)])?.unwrap_or_default();
    if device_time && !clocked {
        return Err(section.error_at("time", words::no_clock()));
    }
    Ok((Layout { plot: plot.unwrap_or_default(), span_s, device_time }, panels::read(&section)?))
}
