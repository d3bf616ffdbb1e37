//! The language of derived fields: numbers, fields, operators, functions. Nothing in it loops or reaches outside.

use super::function::{FUNCTIONS, Function, Memory};
use crate::words::{Said, expression as words};
use std::fmt;

/// Parentheses and calls within one another, at most.
const DEPTH: usize = 64;

/// Operations of one expression, at most.
const OPERATIONS: usize = 1024;

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Where in its text, in characters from 1.
    pub at: usize,
    /// What is wrong, and what would be accepted.
    pub reason: Said,
}

impl ExpressionError {
    /// With its place, in every language.
    pub(crate) fn said(&self) -> Said {
        words::at(self.at, &self.reason)
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// One operation on the stack of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Number(f64),
    /// A field, by its place in [`Expression::fields`].
    Field(usize),
    Negate,
    Not,
    Binary(fn(f64, f64) -> f64),
    Call(&'static Function),
}

/// An expression, ready to be computed.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    pub(super) operations: Vec<Operation>,
    pub(super) fields: Vec<String>,
    pub(super) memories: Vec<Memory>,
}

/// Two expressions are the same if they were written so.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Sign(&'static str),
}

/// Longer signs first.
const SIGNS: &[&str] = &[
    "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "^", "&", "|", "(", ")", ",", "<", ">",
    "!",
];

/// How tightly a sign binds, whether its right side goes first, and what it does.
type Binary = (&'static str, u8, bool, fn(f64, f64) -> f64);

/// Those of the reals hand on a missing side by themselves; the others must be told of it. Those of bits bind more tightly
/// than comparisons, as in Python and Rust, not as in C: `state & 0x0F == 3` is what it looks like.
const BINARY: &[Binary] = &[
    ("||", 1, false, |a, b| either(a, b, true)),
    ("&&", 2, false, |a, b| either(a, b, false)),
    ("==", 3, false, |a, b| both(a, b, |a, b| truth(a == b))),
    ("!=", 3, false, |a, b| both(a, b, |a, b| truth(a != b))),
    ("<=", 4, false, |a, b| both(a, b, |a, b| truth(a <= b))),
    (">=", 4, false, |a, b| both(a, b, |a, b| truth(a >= b))),
    ("<", 4, false, |a, b| both(a, b, |a, b| truth(a < b))),
    (">", 4, false, |a, b| both(a, b, |a, b| truth(a > b))),
    ("|", 5, false, |a, b| bits(a, b, |a, b| Some(a | b))),
    ("&", 6, false, |a, b| bits(a, b, |a, b| Some(a & b))),
    ("<<", 7, false, |a, b| bits(a, b, |a, b| a.checked_mul(2_i64.checked_pow(u32::try_from(b).ok()?)?))),
    (">>", 7, false, |a, b| bits(a, b, |a, b| Some(a >> u32::try_from(b).ok()?.min(63)))),
    ("+", 8, false, |a, b| a + b),
    ("-", 8, false, |a, b| a - b),
    ("*", 9, false, |a, b| a * b),
    ("/", 9, false, |a, b| a / b),
    ("%", 9, false, |a, b| a % b),
    // IEEE 754 has 1 for 1^NaN and for NaN^0.
    ("^", 11, true, |a, b| both(a, b, f64::powf)),
];

/// What both sides are needed for.
fn both(a: f64, b: f64, act: impl Fn(f64, f64) -> f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { act(a, b) }
}

/// Kleene's three-valued logic: a side that is what `decides` decides, whatever the other one is; else both are needed.
fn either(a: f64, b: f64, decides: bool) -> f64 {
    let is = |x: f64| !x.is_nan() && (x != 0.0) == decides;
    if is(a) || is(b) { truth(decides) } else { both(a, b, |_, _| truth(!decides)) }
}

/// The opposite of a truth; none of one that is missing.
pub(super) fn not(x: f64) -> f64 {
    if x.is_nan() { x } else { truth(x == 0.0) }
}

/// Of whole numbers, in two's complement; nothing comes of what is none, or is too large to be told apart from the next.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "both sides are below 2^53")]
fn bits(a: f64, b: f64, act: impl Fn(i64, i64) -> Option<i64>) -> f64 {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |x: f64| (x.fract() == 0.0 && x.abs() <= EXACT).then_some(x as i64);
    whole(a).zip(whole(b)).and_then(|(a, b)| act(a, b)).map_or(f64::NAN, |made| made as f64)
}

/// Between `*` and `^`: -2^2 is -4.
const PREFIX: u8 = 10;

pub(super) fn truth(is: bool) -> f64 {
    f64::from(u8::from(is))
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first thing in it that cannot be understood.
    pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
        let tokens = tokens(text)?;
        let made =
            Expression { text: text.to_owned(), operations: Vec::new(), fields: Vec::new(), memories: Vec::new() };
        let mut parser = Parser { tokens: &tokens, next: 0, end: text.chars().count() + 1, made };
        parser.expression(0, 0)?;
        if let Some((at, token)) = parser.peek() {
            return Err(ExpressionError { at, reason: words::not_expected(&said(token)) });
        }
        Ok(parser.made)
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a function in it remembers the samples before.
    #[must_use]
    pub fn remembers(&self) -> bool {
        self.operations.iter().any(|operation| matches!(operation, Operation::Call(function) if function.remembers))
    }

    /// The fields that it reads.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        &self.fields
    }
}

fn said(token: &Token<'_>) -> Said {
    match token {
        Token::Number(number) => words::the_number(*number),
        Token::Name(name) => words::the_word(name),
        Token::Sign(sign) => words::the_word(sign),
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut at = 1;
    loop {
        let trimmed = rest.trim_start();
        at += rest.get(..rest.len() - trimmed.len()).unwrap_or_default().chars().count();
        rest = trimmed;
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        if tokens.len() >= 4 * OPERATIONS {
            return Err(ExpressionError { at, reason: words::too_many(OPERATIONS) });
        }
        let (len, token) = if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (sign.len(), Token::Sign(sign))
        } else if first == '`' {
            let name = rest.get(1..).and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
            let name = name.ok_or_else(|| ExpressionError { at, reason: words::name_end() })?;
            (name.len() + 2, Token::Name(name))
        } else if first.is_ascii_digit() || first == '.' {
            let (len, number) = number(rest);
            let wrong = || ExpressionError { at, reason: words::no_number() };
            (len, Token::Number(number.ok_or_else(wrong)?))
        } else if first.is_alphabetic() || first == '_' {
            let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let len = rest.find(|c| !part(c)).unwrap_or(rest.len());
            (len, Token::Name(rest.get(..len).unwrap_or_default()))
        } else {
            let reason = words::no_meaning(first);
            return Err(ExpressionError { at, reason });
        };
        tokens.push((at, token));
        at += rest.get(..len).unwrap_or_default().chars().count();
        rest = rest.get(len..).unwrap_or_default();
    }
}

/// Digits, a point, an exponent with its sign, or up to 32 bits after `0x` or `0b`: how long, and what they mean.
fn number(text: &str) -> (usize, Option<f64>) {
    let mut before = ' ';
    let ends = |c: char| {
        let part = c.is_ascii_alphanumeric() || c == '.' || matches!((before, c), ('e' | 'E', '+' | '-'));
        before = c;
        !part
    };
    let radix = [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2)].into_iter().find(|(mark, _)| text.starts_with(mark));
    if let Some((mark, radix)) = radix {
        let len = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        let digits = text.get(mark.len()..len).and_then(|digits| u32::from_str_radix(digits, radix).ok());
        return (len, digits.map(f64::from));
    }
    let len = text.find(ends).unwrap_or(text.len());
    (len, text.get(..len).and_then(|digits| digits.parse().ok()))
}

struct Parser<'a> {
    tokens: &'a [(usize, Token<'a>)],
    next: usize,
    /// Where the text ends, for what is missing there.
    end: usize,
    made: Expression,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<(usize, &'a Token<'a>)> {
        self.tokens.get(self.next).map(|(at, token)| (*at, token))
    }

    fn at(&self) -> usize {
        self.peek().map_or(self.end, |(at, _)| at)
    }

    fn error<T>(&self, reason: Said) -> Result<T, ExpressionError> {
        Err(ExpressionError { at: self.at(), reason })
    }

    /// Whether this sign is next; then it is taken.
    fn takes(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some((_, Token::Sign(next))) if *next == sign);
        self.next += usize::from(is);
        is
    }

    fn push(&mut self, operation: Operation) -> Result<(), ExpressionError> {
        if self.made.operations.len() >= OPERATIONS {
            return self.error(words::too_many(OPERATIONS));
        }
        self.made.operations.push(operation);
        Ok(())
    }

    /// Everything that binds at least as tightly as `least`.
    fn expression(&mut self, least: u8, depth: usize) -> Result<(), ExpressionError> {
        if depth > DEPTH {
            return self.error(words::too_deep(DEPTH));
        }
        self.operand(depth)?;
        while let Some((_, Token::Sign(sign))) = self.peek() {
            let Some((_, tight, right, act)) = BINARY.iter().find(|(known, ..)| known == sign) else { break };
            if *tight < least {
                break;
            }
            self.next += 1;
            self.expression(tight + u8::from(!right), depth + 1)?;
            self.push(Operation::Binary(*act))?;
        }
        Ok(())
    }

    fn operand(&mut self, depth: usize) -> Result<(), ExpressionError> {
        let Some((_, token)) = self.peek() else {
            return self.error(words::missing());
        };
        if self.takes("-") {
            self.expression(PREFIX, depth + 1)?;
            return self.push(Operation::Negate);
        }
        if self.takes("+") {
            return self.expression(PREFIX, depth + 1);
        }
        if self.takes("!") {
            self.expression(PREFIX, depth + 1)?;
            return self.push(Operation::Not);
        }
        if self.takes("(") {
            self.expression(0, depth + 1)?;
            return self.closing();
        }
        match token {
            Token::Number(number) => {
                self.next += 1;
                self.push(Operation::Number(*number))
            }
            Token::Name(name) => {
                let calls = matches!(self.tokens.get(self.next + 1), Some((_, Token::Sign("("))));
                if calls { self.call(name, depth) } else { self.name(name) }
            }
            Token::Sign(sign) => self.error(words::not_expected(&words::the_word(sign))),
        }
    }

    fn closing(&mut self) -> Result<(), ExpressionError> {
        if self.takes(")") { Ok(()) } else { self.error(words::no_closing()) }
    }

    fn name(&mut self, name: &str) -> Result<(), ExpressionError> {
        self.next += 1;
        let constant = [("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];
        if let Some((_, value)) = constant.iter().find(|(known, _)| *known == name) {
            return self.push(Operation::Number(*value));
        }
        let fields = &mut self.made.fields;
        let place = fields.iter().position(|known| known == name).unwrap_or_else(|| {
            fields.push(name.to_owned());
            fields.len() - 1
        });
        self.push(Operation::Field(place))
    }

    fn call(&mut self, name: &str, depth: usize) -> Result<(), ExpressionError> {
        let known: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
        let at = self.at();
        if !known.contains(&name) {
            let mut names = known;
            names.dedup();
            return self.error(words::no_function(name, &names.join(", ")));
        }
        self.next += 2;
        // Where each value stands in the text, and the number it is, if it is always the same.
        let mut values: Vec<(usize, Option<f64>)> = Vec::new();
        while !self.takes(")") {
            if !values.is_empty() && !self.takes(",") {
                return self.error(words::no_comma());
            }
            let (at, before) = (self.at(), self.made.operations.len());
            self.expression(0, depth + 1)?;
            values.push((at, constant(self.made.operations.get(before..).unwrap_or_default())));
        }
        let given = values.len();
        let overloads = FUNCTIONS.iter().filter(|function| function.name == name);
        let Some(function) = overloads.clone().find(|function| function.takes == given) else {
            let takes = overloads.map(|function| Said::verbatim(function.usage));
            let takes = takes.reduce(|one, other| words::or(&one, &other)).unwrap_or_else(|| Said::verbatim(""));
            let reason = words::values(name, given, &takes);
            return Err(ExpressionError { at, reason });
        };
        let positive = function.positive.and_then(|place| Some((place, values.get(place)?)));
        if let Some((place, (at, Some(number)))) = positive
            && !(number.is_finite() && *number > 0.0)
        {
            let inside = function.usage.split(['(', ')']).nth(1).unwrap_or_default();
            let what = inside.split(", ").nth(place).unwrap_or_default();
            return Err(ExpressionError { at: *at, reason: words::positive(what, name, *number) });
        }
        self.made.memories.push(Memory::default());
        self.push(Operation::Call(function))
    }
}

/// What operations on numbers alone come to; `None` where a field or a function takes part.
fn constant(operations: &[Operation]) -> Option<f64> {
    let mut stack: Vec<f64> = Vec::new();
    for operation in operations {
        let value = match operation {
            Operation::Number(number) => *number,
            Operation::Negate => -stack.pop()?,
            Operation::Not => not(stack.pop()?),
            Operation::Binary(act) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                act(left, right)
            }
            Operation::Field(_) | Operation::Call(_) => return None,
        };
        stack.push(value);
    }
    stack.pop()
}
