//! Many lines at once: asked about before a byte of them is sent, then sent at the device's pace.

use super::typed;
use crate::browser::dom;
use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::words::send as words;
use leptos::prelude::*;
use session::wire::{Event, Request, SessionId};

/// Lines that wait for an answer.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    lines: Vec<String>,
    /// What follows each of them.
    ending: Vec<u8>,
    /// Characters that were taken out.
    removed: usize,
    /// Whether they go as one paste between marks, as the device's program wants it; then, whether Enter is at its end.
    bracketed: Option<bool>,
}

/// A paste between marks of up to this many bytes goes as it is typed; a longer one goes at the device's pace.
const AT_ONCE: usize = 32 << 10;

/// Characters of a line that are shown before it is sent.
const HEAD: usize = 200;

/// The longest pause after a line: a minute.
const MOST_MILLIS: u32 = 60_000;

impl Asked {
    fn bytes(&self) -> Vec<Vec<u8>> {
        match self.bracketed {
            None => self.lines.iter().map(|line| [line.as_bytes(), self.ending.as_slice()].concat()).collect(),
            Some(ended) => typed::bracketed(&self.lines, ended),
        }
    }
}

/// How far lines are sent.
#[derive(Clone, Debug, PartialEq)]
struct Progress {
    sent: u32,
    total: u32,
    stopped: Option<String>,
}

/// What is kept of it.
#[derive(Clone)]
pub(super) struct Paste {
    asked: ArcRwSignal<Option<Asked>>,
    progress: ArcRwSignal<Option<Progress>>,
    pause: ArcRwSignal<String>,
    prompt: ArcRwSignal<String>,
    /// Whether what is being sent stands between marks.
    bracket: ArcRwSignal<bool>,
    /// What is being sent, until it is known that any of it went.
    held: ArcRwSignal<Option<Asked>>,
}

impl Part for Paste {
    fn first(_: &Open) -> Paste {
        Paste {
            asked: ArcRwSignal::new(None),
            progress: ArcRwSignal::new(None),
            pause: ArcRwSignal::new("0".to_owned()),
            prompt: ArcRwSignal::new(String::new()),
            bracket: ArcRwSignal::new(false),
            held: ArcRwSignal::new(None),
        }
    }

    fn heard(&self, event: &Event) {
        if let Event::Sending { sent, total, stopped } = event {
            self.progress.set(Some(Progress { sent: *sent, total: *total, stopped: stopped.clone() }));
            if *sent == 0 && stopped.is_none() {
                return;
            }
            let held = self.held.try_update(Option::take).flatten();
            // Nothing of it went, as while the port is released: it is there to be sent again.
            if *sent == 0 {
                self.asked.update(|asked| *asked = asked.take().or(held));
            }
        }
    }

    fn begin_again(&self) {
        self.progress.set(None);
    }
}

impl Paste {
    /// Takes a text that was pasted, if it is more than a line; whether it was. `bracketed`: as one paste.
    pub(super) fn take(&self, text: &str, ending: &[u8], bracketed: bool) -> bool {
        let (lines, removed) = typed::pasted(text);
        let takes = text.contains(['\n', '\r']) && !lines.is_empty();
        if takes {
            let bracketed = bracketed.then(|| text.ends_with(['\n', '\r']));
            self.asked.set(Some(Asked { lines, ending: ending.to_vec(), removed, bracketed }));
            request_animation_frame(|| dom::focus("paste-cancel"));
        }
        takes
    }
}

/// The question, and how far the answer is.
#[component]
pub(super) fn PasteBar(session: SessionId, paste: Paste) -> impl IntoView {
    let engine = use_engine();
    let (asked, progress) = (RwSignal::from(paste.asked), RwSignal::from(paste.progress));
    let (pause, prompt) = (RwSignal::from(paste.pause), RwSignal::from(paste.prompt));
    let (bracket, held) = (RwSignal::from(paste.bracket), RwSignal::from(paste.held));
    let end = move || {
        asked.set(None);
        request_animation_frame(|| dom::focus("send-line"));
    };
    let send = move |_| {
        let whole =
            asked.with_untracked(|asked| asked.as_ref().map(|asked| (asked.bytes(), asked.bracketed.is_some())));
        let Some((lines, bracketed)) = whole else { return };
        progress.set(None);
        bracket.set(bracketed);
        if bracketed && lines.iter().map(Vec::len).sum::<usize>() <= AT_ONCE {
            engine.post(Request::Keys { session, bytes: lines.concat() });
            asked.set(None);
            // Who pastes into a program goes on typing there.
            return request_animation_frame(|| dom::focus(super::ID));
        }
        let Some(pause) = pause.with_untracked(|pause| millis(pause)) else {
            let total = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            return progress.set(Some(Progress { sent: 0, total, stopped: Some(words::pause_wrong().to_owned()) }));
        };
        let pause_millis = if bracketed { 0 } else { pause };
        let prompt = if bracketed { String::new() } else { prompt.get_untracked() };
        held.set(asked.get_untracked());
        engine.post(Request::SendLines { session, lines, pause_millis, prompt });
        end();
    };
    let question =
        move || {
            let asked = asked.get()?;
            let bytes = asked.bytes().iter().map(Vec::len).sum();
            let removed = (asked.removed > 0).then(|| words::paste_removed(asked.removed));
            let shown = asked.lines.iter().take(5).map(|line| head(line)).collect::<Vec<_>>().join("\n");
            let more = if asked.lines.len() > 5 { "\n…" } else { "" };
            let escape = move |event: leptos::ev::KeyboardEvent| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    end();
                }
            };
            Some(view! {
            <div class="paste" role="group" aria-label=words::paste_label() on:keydown=escape>
                <p>
                    {words::paste(asked.lines.len(), bytes)}" "
                    {asked.bracketed.is_some().then(words::paste_bracketed)}" "{removed}
                </p>
                <pre class="paste-lines" tabindex="0">{format!("{shown}{more}")}</pre>
                <div class="paste-acts">
                    {asked.bracketed.is_none().then(|| pacing(pause, prompt))}
                    <button class="button button-small" type="button" on:click=send>{words::paste_send()}</button>
                    <button class="button button-small" type="button" id="paste-cancel" on:click=move |_| end()>
                        {words::paste_cancel()}
                    </button>
                </div>
            </div>
        }
        .into_any())
        };
    let said = Signal::derive(move || {
        progress.get().map(|Progress { sent, total, stopped }| match stopped {
            Some(why) => Remark::Wrong(words::stopped(sent, total, why)),
            None => Remark::Note(words::sending(sent, total)),
        })
    });
    let under_way = Memo::new(move |_| {
        progress.with(|now| now.as_ref().is_some_and(|now| now.stopped.is_none() && now.sent < now.total))
    });
    let stop = move |_| {
        engine.post(Request::StopLines { session });
        // What was begun is ended: else the program would take the keys that follow for pasted text.
        if bracket.get_untracked() {
            engine.post(Request::Keys { session, bytes: typed::END.to_vec() });
        }
    };
    view! {
        {question}
        <div class="paste-progress">
            <RemarkPlace role="status" remark=said/>
            {move || {
                under_way.get().then(|| view! {
                    <button class="button button-small" type="button" on:click=stop>{words::stop()}</button>
                })
            }}
        </div>
    }
    .into_any()
}

/// How a line begins: what is asked about is seen, and a line of a megabyte stalls nothing.
fn head(line: &str) -> String {
    let head: String = line.chars().take(HEAD).collect();
    if head.len() < line.len() { format!("{head}…") } else { head }
}

/// The pause after a line, in milliseconds; nothing written is none.
fn millis(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|millis| *millis <= MOST_MILLIS) }
}

/// How lines are sent one at a time.
fn pacing(pause: RwSignal<String>, prompt: RwSignal<String>) -> AnyView {
    view! {
        <label class="paste-field">
            {words::pause()}
            <input
                class="field-box field-small"
                type="number"
                min="0"
                max="60000"
                prop:value=move || pause.get()
                on:input=move |event| pause.set(event_target_value(&event))
            />
        </label>
        <label class="paste-field">
            {words::prompt()}
            <input
                class="field-box field-small"
                type="text"
                autocomplete="off"
                prop:value=move || prompt.get()
                on:input=move |event| prompt.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f49_what_was_pasted_while_the_port_is_released_is_there_to_be_sent_again() {
        let signal = |text: &str| ArcRwSignal::new(text.to_owned());
        let paste = Paste {
            asked: ArcRwSignal::new(None),
            progress: ArcRwSignal::new(None),
            pause: signal("0"),
            prompt: signal(""),
            bracket: ArcRwSignal::new(false),
            held: ArcRwSignal::new(None),
        };
        let lines = Asked { lines: vec!["a".into(), "b".into()], ending: vec![10], removed: 0, bracketed: None };
        let told = |sent, stopped: Option<&str>| Event::Sending { sent, total: 2, stopped: stopped.map(Into::into) };
        paste.held.set(Some(lines.clone()));
        paste.heard(&told(0, None));
        paste.heard(&told(0, Some("The link is closed.")));
        assert_eq!(paste.asked.get_untracked(), Some(lines.clone()));
        paste.asked.set(None);
        paste.held.set(Some(lines));
        paste.heard(&told(1, None));
        paste.heard(&told(1, Some("Stopped.")));
        assert_eq!(paste.asked.get_untracked(), None, "half of it went: the whole is not to be sent again");
    }

    #[test]
    fn f49_what_is_asked_about_is_short_and_a_pause_that_is_none_is_refused() {
        assert_eq!(head("set speed"), "set speed");
        assert_eq!(head(&"ä".repeat(1_000_000)).chars().count(), HEAD + 1);
        assert_eq!(["", "20", " 60000 "].map(millis), [Some(0), Some(20), Some(60_000)]);
        assert_eq!(["-5", "0.5", "1e9", "60001", "soon"].map(millis), [None; 5]);
    }
}
