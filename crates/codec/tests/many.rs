//! Declared layouts of any kind, frames of any kind: many at once is what one at a time would have given.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]

mod common;
mod made;

use codec::{Cells, Codec, Found, Frames, Sample, Value};
use made::{Layout, layout};
use proptest::prelude::*;
use proptest::sample::Index;

/// What became of a span: its length on the wire, and its samples or why it is none.
type Verdict = (usize, Result<Vec<String>, String>);

/// A cell by its bits, since NaN is not equal to itself. What a NaN becomes by scaling is nobody's promise.
fn exact(value: &Value<'_>) -> String {
    match value {
        Value::F32(value) => format!("F32({:08x})", value.to_bits()),
        Value::F64(value) if !value.is_nan() => format!("F64({:016x})", value.to_bits()),
        other => format!("{other:?}"),
    }
}

fn row(sample: &Sample<'_>) -> String {
    assert_eq!(sample.schema.fields.len(), sample.values.len());
    let cells = sample.schema.fields.iter().zip(sample.values);
    let cells = cells.map(|(field, value)| format!(" {}={}", field.name, exact(value)));
    format!("{} {}:{}", sample.schema.index, sample.schema.name, cells.collect::<String>())
}

fn decode(codec: &mut Codec, frame: &[u8]) -> Result<Vec<String>, String> {
    let mut rows = Vec::new();
    let done = codec.decoder.decode(frame, &mut |sample| rows.push(row(&sample)));
    done.map(|()| rows).map_err(|why| why.to_string())
}

/// Row `index` of a run.
fn cell<'a>(cells: &Cells<'a>, index: usize) -> Value<'a> {
    match cells {
        Cells::Bool(cells) => Value::Bool(cells[index]),
        Cells::I64(cells) => Value::I64(cells[index]),
        Cells::U64(cells) => Value::U64(cells[index]),
        Cells::F32(cells) => Value::F32(cells[index]),
        Cells::F64(cells) => Value::F64(cells[index]),
    }
}

/// Through `feed` and `decode` alone, or in runs as far as there is memory for them. Returns how many came in runs.
fn verdicts(codec: &mut Codec, chunks: [&[u8]; 2], memory: usize) -> (Vec<Verdict>, usize) {
    let (mut frame, mut memory) = (vec![0; codec.limit_bytes], vec![0; memory]);
    let (mut all, mut in_runs) = (Vec::new(), 0);
    for mut rest in chunks {
        while !rest.is_empty() {
            let mut frames = Frames::new(&mut memory, frame.len());
            let taken = codec.framer.feed_many(rest, &mut frames);
            let run = frames.run();
            rest = &rest[taken..];
            let mut at = 0;
            while taken > 0 && at < run.count {
                let mut rows = Vec::new();
                let many = codec.decoder.decode_many(&frames, at, &mut |samples| {
                    assert!(samples.columns.iter().all(|cells| cells.len() == samples.rows));
                    for index in 0..samples.rows {
                        let values: Vec<Value<'_>> = samples.columns.iter().map(|cells| cell(cells, index)).collect();
                        rows.push((run.wire, Ok(vec![row(&Sample { schema: samples.schema, values: &values })])));
                    }
                });
                assert_eq!(many, rows.len());
                all.append(&mut rows);
                in_runs += many;
                if many == 0 {
                    all.push((run.wire, decode(codec, frames.payload(at).unwrap())));
                }
                at += many.max(1);
            }
            if taken > 0 {
                continue;
            }
            let step = codec.framer.feed(rest, &mut frame);
            rest = &rest[step.consumed..];
            match step.found {
                Some(Found::Frame { len, wire }) => all.push((wire, decode(codec, &frame[..len]))),
                Some(Found::Bad { why, wire }) => all.push((wire, Err(why.to_string()))),
                None => {}
            }
        }
    }
    (all, in_runs)
}

/// What happens to a frame on its way.
#[derive(Clone, Copy, Debug)]
enum Damage {
    None,
    Bit,
    Cut,
    Longer,
    Noise,
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        20 => Just(Damage::None), 1 => Just(Damage::Bit), 1 => Just(Damage::Cut), 1 => Just(Damage::Longer),
        1 => Just(Damage::Noise)
    ]
}

/// What is sent.
#[derive(Clone, Debug)]
struct Traffic {
    /// Frames of one message after another: which one, how many, and what happens to the last of them.
    runs: Vec<(Index, usize, Damage)>,
    seed: u64,
    /// Bytes that change on the wire, under the framing.
    faults: Vec<(Index, u8)>,
    /// Where the stream comes in two chunks.
    cut: Option<Index>,
}

fn traffic() -> impl Strategy<Value = Traffic> {
    let count = prop_oneof![3 => 1..6usize, 2 => 6..60usize, 1 => 250..270usize];
    let runs = prop::collection::vec((any::<Index>(), count, damage()), 1..8);
    let faults = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(any::<(Index, u8)>(), 1..4)];
    (runs, any::<u64>(), faults, prop::option::of(any::<Index>())).prop_map(|(runs, seed, faults, cut)| Traffic {
        runs,
        seed,
        faults,
        cut,
    })
}

fn spoil(frame: &mut Vec<u8>, damage: Damage, random: &mut made::Random) {
    let at = random.next() as usize % frame.len().max(1);
    match damage {
        Damage::Bit if !frame.is_empty() => frame[at] ^= 1 << (random.next() % 8),
        Damage::Cut => frame.truncate(at),
        Damage::Longer => frame.push(random.next() as u8),
        Damage::Noise => random.fill(frame),
        Damage::None | Damage::Bit => {}
    }
}

fn check(layout: &Layout, Traffic { runs, seed, faults, cut }: &Traffic) {
    let text = layout.toml();
    let open = || common::profile(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut random = made::Random::new(*seed);
    let (mut stream, mut frames, mut whole, mut longest) = (Vec::new(), 0, faults.is_empty(), 0);
    let codec = open();
    for (message, count, damage) in runs {
        let message = message.index(layout.messages.len());
        for number in 1..=*count {
            let mut frame = layout.frame(message, &mut random);
            if number == *count {
                spoil(&mut frame, *damage, &mut random);
                whole &= matches!(damage, Damage::None);
            }
            let mut wire = vec![0; frame.len() * 2 + 16];
            let len = codec.framer.wrap(&frame, &mut wire).unwrap();
            stream.extend_from_slice(&wire[..len]);
            longest = longest.max(len);
        }
        frames += count;
    }
    for (at, byte) in faults {
        let at = at.index(stream.len());
        stream[at] = *byte & 7;
    }
    let cut_at = cut.map_or(stream.len(), |cut| cut.index(stream.len()));
    let chunks = [&stream[..cut_at], &stream[cut_at..]];
    let (one, _) = verdicts(&mut open(), chunks, 0);
    let (many, in_runs) = verdicts(&mut open(), chunks, 1 << 14);
    for (index, (many, one)) in many.iter().zip(&one).enumerate() {
        assert_eq!(many, one, "frame {index} of\n{text}");
    }
    assert_eq!(many.len(), one.len(), "{text}");
    if whole {
        let refused = one.iter().find(|(_, rows)| rows.is_err());
        assert_eq!(refused, None, "a good frame was refused:\n{text}");
        // Else this would compare a thing with itself. A longer frame may not look the same on the wire.
        if layout.columnar() && cut.is_none() && longest <= 250 {
            assert_eq!(in_runs, frames, "not all in runs:\n{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// F16, F17, F18, F19 on the fast path, for layouts of every kind.
    #[test]
    fn many_at_once_is_what_one_at_a_time_gives(
        layout in layout(), traffic in traffic()
    ) {
        check(&layout, &traffic);
    }
}
