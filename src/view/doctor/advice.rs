//! What to do next, and what a page cannot see for itself.

use super::finding::Finding;
use crate::browser::surroundings::System;
use crate::words::doctor as words;
use leptos::prelude::*;

/// The one next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask the browser for a port.
    Choose,
    /// Take a port back.
    Retake,
    /// Try again what failed.
    Again,
    /// Open what the user closed.
    Connect,
    /// Go back to the speed that made sense.
    Speed(u32),
    /// None that a button could take, or one that stands elsewhere on the page.
    None,
}

impl Step {
    pub(super) fn of(finding: &Finding) -> Step {
        match finding {
            Finding::NoPort => Step::Choose,
            Finding::Released => Step::Retake,
            Finding::Busy | Finding::Failed(_) | Finding::Stranger(_) | Finding::Unplugged => Step::Again,
            Finding::Closed | Finding::Unusable(_) => Step::Connect,
            Finding::Changed(before) => Step::Speed(*before),
            Finding::Insecure
            | Finding::Policy
            | Finding::Unsupported
            | Finding::Ready
            | Finding::Open
            | Finding::Opening
            | Finding::Read
            | Finding::Listening
            | Finding::Store
            | Finding::Silent
            | Finding::WrongSpeed(_)
            | Finding::Senseless
            | Finding::Checksum
            | Finding::Noisy
            | Finding::Well
            | Finding::Trying(_)
            | Finding::SilentAtAny
            | Finding::Unclear => Step::None,
        }
    }
}

/// Why a device may be missing in the browser's own list, the likeliest first.
pub(super) fn causes(system: System) -> Vec<&'static str> {
    let mut causes = vec![words::cable()];
    match system {
        System::Linux => causes.extend([words::sandbox(), words::group(), words::taken_linux()]),
        System::Windows => causes.push(words::driver_windows()),
        System::Mac => causes.push(words::driver_mac()),
        System::Chrome => causes.push(words::chrome_os()),
        System::Mobile | System::Other => {}
    }
    causes.push(words::not_serial());
    causes
}

/// The list of them.
#[component]
pub(super) fn Advice(system: System) -> impl IntoView {
    let cause = |words: &'static str| view! { <li>{words}</li> };
    view! {
        <section aria-labelledby="doctor-missing">
            <h2 id="doctor-missing">{words::missing()}</h2>
            <p>{words::missing_lead()}</p>
            <ol class="doctor-causes">{causes(system).into_iter().map(cause).collect_view()}</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_causes_of_its_own() {
        assert!(causes(System::Linux).iter().any(|cause| cause.contains("flatpak override")));
        assert!(causes(System::Windows).iter().any(|cause| cause.starts_with("No driver")));
        assert_eq!(causes(System::Other).len(), 2);
    }
}
