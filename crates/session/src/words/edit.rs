//! Why a profile's text is not changed by a form.

use super::messages;

messages! {
    elsewhere(path: &str): "`{path}` is written in a way that only the text can change"
        | "`{path}` ist so geschrieben, dass nur der Text es ändern kann";
}
