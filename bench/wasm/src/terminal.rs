//! A terminal as the worker keeps it, and its last rows as elements, as the page shows them.

use session::query::{Colour, Run, ScreenLine};
use session::screen::Screen;
use store::Time;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

/// The console's terminal.
#[wasm_bindgen]
pub struct Console {
    screen: Screen,
    time: i64,
}

#[wasm_bindgen]
impl Console {
    /// Of so many columns.
    #[wasm_bindgen(constructor)]
    pub fn new(columns: u16) -> Result<Console, JsError> {
        let mut screen = Screen::new().ok_or_else(|| JsError::new("no screen"))?;
        screen.set_columns(columns);
        Ok(Console { screen, time: 0 })
    }

    /// Bytes of the device, a millisecond after those before.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.time += 1_000_000;
        self.screen.receive(Time(self.time), bytes);
    }

    /// The text of the last rows.
    pub fn text(&mut self, rows: u16) -> Vec<String> {
        let lines = self.screen.lines(None, rows).lines;
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    /// Puts the last rows in place of the children of `place`.
    pub fn paint(&mut self, place: &Element, rows: u16) -> Result<(), JsValue> {
        let document = place.owner_document().ok_or("no document")?;
        place.set_text_content(None);
        for line in &self.screen.lines(None, rows).lines {
            place.append_child(&*row(&document, line)?)?;
        }
        Ok(())
    }
}

fn row(document: &Document, line: &ScreenLine) -> Result<Element, JsValue> {
    let row = document.create_element("div")?;
    for run in &line.runs {
        let span = document.create_element("span")?;
        span.set_text_content(Some(&run.text));
        span.set_class_name(&class(run));
        row.append_child(&span)?;
    }
    Ok(row)
}

fn class(run: &Run) -> String {
    match run.fg {
        Colour::Default => String::new(),
        Colour::Indexed(colour) => format!("fg-{colour}"),
        Colour::Rgb(red, green, blue) => format!("rgb-{red}-{green}-{blue}"),
    }
}

/// The parser and screen that the console's terminal is made with, on its own: nothing is kept, found or shown.
#[wasm_bindgen]
pub struct Bare(avt::Terminal);

#[wasm_bindgen]
impl Bare {
    /// Of so many columns and rows.
    #[wasm_bindgen(constructor)]
    pub fn new(columns: usize, rows: usize, lines: usize) -> Result<Bare, JsError> {
        Ok(Bare(avt::Terminal::with_scrollback(columns, rows, Some(lines))?))
    }

    /// Bytes of the device, whole characters only.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        let text = std::str::from_utf8(bytes)?;
        self.0.feed([text]);
        Ok(())
    }

    /// The text of the screen.
    pub fn text(&self) -> Vec<String> {
        self.0.screen().visible_lines().map(|line| line.text()).collect()
    }
}
