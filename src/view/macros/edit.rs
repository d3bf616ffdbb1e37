//! Writes a macro: its mistakes by line, into the profile's text and nothing else of it.

use super::state::Written;
use crate::engine::{Open, use_engine};
use crate::ui::editor::Editor;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::commands::recorded;
use crate::words::macros as words;
use leptos::prelude::*;
use session::Profile;
use session::profile::edit::{self, New};
use session::script::Script;
use session::wire::Request;

/// The editor of one macro, or of a new one.
#[component]
pub(super) fn Edit(open: Open, edited: Option<usize>, written: Written) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let (name, steps) = (RwSignal::from(written.name.clone()), RwSignal::from(written.steps.clone()));
    let said = RwSignal::new(None::<String>);
    let wrong = Memo::new(move |_| mistake(&engine.profile(id)?, edited, &name.get(), &steps.get()));
    let verdict = Signal::derive(move || {
        let said = said.get().map(Remark::Wrong);
        said.or_else(|| match wrong.get() {
            Some((_, why)) => Some(Remark::Wrong(why)),
            None => {
                let count = Script::parse(&steps.get()).map_or(0, |script| script.len());
                Some(Remark::Note(format!("{} {}", words::fine(count), words::kept())))
            }
        })
    });
    let leave = {
        let edited = RwSignal::from(written.edited.clone());
        move || edited.set(None)
    };
    let put = move |made: Result<String, edit::EditError>| match made {
        Ok(profile) => {
            engine.post(Request::SetProfile { session: id, profile });
            leave();
        }
        Err(why) => said.set(Some(words::not_kept(why.say(crate::words::now())))),
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(text) = engine.profile(id).filter(|_| wrong.get_untracked().is_none()) else { return };
        let name = New::Text(name.get_untracked().trim().to_owned());
        let steps = New::Text(format!("{}\n", steps.get_untracked().trim_end()));
        put(match edited {
            None => edit::add(&text, "macros", &[("name", name), ("steps", steps)]),
            Some(index) => {
                let table = format!("macros[{index}]");
                let named = edit::set(&text, &table, "name", Some(&name));
                named.and_then(|text| edit::set(&text, &table, "steps", Some(&steps)))
            }
        });
    };
    let delete = edited.map(|index| {
        let delete = move |_| {
            if let Some(text) = engine.profile(id) {
                put(edit::remove(&text, "macros", index));
            }
        };
        view! { <button class="button button-plain" type="button" on:click=delete>{words::delete()}</button> }
    });
    let record = move |_| {
        let lines = recorded(&open);
        said.set(lines.is_empty().then(|| words::nothing_sent().to_owned()));
        steps.update(|steps| {
            for line in lines {
                if !steps.is_empty() && !steps.ends_with('\n') {
                    steps.push('\n');
                }
                steps.push_str(&line);
                steps.push('\n');
            }
        });
    };
    // Where the way here began.
    let back = edited.map_or("#macro-add".to_owned(), |index| format!("#macro-edit-{index}, #macro-add"));
    let wrong_line = Signal::derive(move || wrong.get().and_then(|(line, _)| line));
    let disabled = move || wrong.get().is_some().then_some("true");
    view! {
        <form class="macro-edit" data-next=back on:submit=save novalidate>
            <div class="field">
                <label class="field-label" for="macro-name">{words::name()}</label>
                <input
                    class="field-box"
                    id="macro-name"
                    type="text"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| { said.set(None); name.set(event_target_value(&event)); }
                />
            </div>
            <Editor id="macro-text" label=words::steps() text=steps wrong=wrong_line described_by="macro-verdict"/>
            <RemarkPlace role="status" id="macro-verdict" remark=verdict/>
            <p class="field-note">{words::help()}</p>
            <div class="macro-acts">
                <button class="button" type="submit" aria-disabled=disabled aria-describedby="macro-verdict">{words::save()}</button>
                <button class="button button-plain" type="button" on:click=record>{words::record()}</button>
                <button class="button button-plain" type="button" on:click=move |_| leave()>{words::leave()}</button>
                {delete}
            </div>
        </form>
    }
}

/// What is wrong with a macro that is to stand in a profile, and in which of its lines.
fn mistake(profile: &str, edited: Option<usize>, name: &str, steps: &str) -> Option<(Option<u32>, String)> {
    let profile = Profile::parse(profile).ok()?;
    let whole = |why: &str| Some((None, why.to_owned()));
    if name.trim().is_empty() {
        return whole(words::name_needed());
    }
    let mut others = profile.macros.iter().enumerate().filter(|(index, _)| Some(*index) != edited);
    if others.any(|(_, other)| other.name == name.trim()) {
        return whole(words::name_taken());
    }
    match Script::parse(steps).and_then(|script| script.check(&profile).map(|()| script)) {
        Ok(script) if script.is_empty() => whole(words::steps_needed()),
        Ok(_) => None,
        Err(error) => Some((Some(error.line), words::wrong(error.line, crate::words::say(&error.reason)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "name = \"t\" # mine\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n\n[[macros]]\nname = \"a\"\nsteps = \"send x\"\n";

    #[test]
    fn mistakes_are_named_before_anything_is_kept() {
        assert_eq!(mistake(PROFILE, None, "b", "send y"), None);
        assert_eq!(mistake(PROFILE, Some(0), "a", "send y"), None);
        assert_eq!(mistake(PROFILE, None, "a", "send y"), Some((None, words::name_taken().to_owned())));
        assert_eq!(mistake(PROFILE, None, " ", "send y"), Some((None, words::name_needed().to_owned())));
        assert_eq!(mistake(PROFILE, None, "b", "# no\n"), Some((None, words::steps_needed().to_owned())));
        assert_eq!(mistake(PROFILE, None, "b", "send y\nwiat 5").unwrap().0, Some(2));
        assert_eq!(mistake(PROFILE, None, "b", "command \"No\"").unwrap().0, Some(1));
    }

    #[test]
    fn a_macro_goes_into_the_profile_and_out_again_and_the_rest_stays() {
        let steps = || New::Text("send \"q\" \\x41\nwait 5 ms\n".to_owned());
        let added = edit::add(PROFILE, "macros", &[("name", New::Text("b".into())), ("steps", steps())]).unwrap();
        assert!(added.starts_with(PROFILE.trim_end()));
        let profile = Profile::parse(&added).unwrap();
        assert_eq!(profile.macros[1].steps, "send \"q\" \\x41\nwait 5 ms\n");
        assert_eq!(edit::remove(&added, "macros", 1).unwrap().trim_end(), PROFILE.trim_end());
    }
}
