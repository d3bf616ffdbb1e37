#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]
use super::*;
use alloc::vec;

fn log(pieces: &[(i64, Direction, usize)]) -> ByteLog {
    let mut log = ByteLog::default();
    let mut next = 0usize;
    for (time, direction, len) in pieces {
        let bytes: Vec<u8> = (next..next + len).map(|byte| (byte % 256) as u8).collect();
        next += len;
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            log.reserve(rest.len(), PAGE).unwrap();
            let done = log.push(Time(*time), *direction, rest);
            rest = &rest[done..];
        }
    }
    log
}

#[test]
fn a_row_is_of_one_burst_and_one_direction() {
    use Direction::{Received, Sent};
    let log = log(&[(0, Received, 20), (1, Received, 3), (2, Sent, 2), (3, Received, 5), (REST + 9, Received, 40)]);
    let rows = log.rows(0, 100);
    let told: Vec<_> = rows.iter().map(|row| (row.at, row.bytes.len(), row.direction, row.received)).collect();
    let expected = vec![
        (0, 16, Received, Some(0)),
        (16, 7, Received, Some(16)),
        (23, 2, Sent, None),
        (25, 5, Received, Some(23)),
        (30, 16, Received, Some(28)),
        (46, 16, Received, Some(44)),
        (62, 8, Received, Some(60)),
    ];
    assert_eq!(told, expected);
    assert_eq!(log.row_range(), 0..7);
    for from in 0..8 {
        assert_eq!(log.rows(from, 2), rows[(from as usize).min(7)..rows.len().min(from as usize + 2)], "{from}");
    }
    for (index, row) in rows.iter().enumerate() {
        for at in row.at..row.at + row.bytes.len() as u64 {
            assert_eq!(log.row_of(at), Some(index as u64));
        }
    }
}

#[test]
fn rows_go_on_over_pages_and_bytes_are_found_across_them() {
    let mut log = log(&[(0, Direction::Received, PAGE - 2), (0, Direction::Received, PAGE)]);
    let range = log.row_range();
    let all = log.rows(0, usize::MAX);
    assert_eq!(all.len() as u64, range.end);
    assert_eq!(all.iter().map(|row| row.bytes.len()).sum::<usize>(), 2 * PAGE - 2);
    let seam: Vec<u8> = all.iter().flat_map(|row| row.bytes.clone()).skip(PAGE - 3).take(6).collect();
    let at = log.find(&seam, PAGE as u64 - 100, false).unwrap();
    assert_eq!(at, PAGE as u64 - 3);
    assert_eq!(log.find(&seam, at, true), Some(at - 256));
    assert_eq!(log.find(b"not there at all", 0, false), None);
    let first = log.row_of(PAGE as u64).unwrap();
    log.evict();
    assert_eq!(log.row_range(), first..range.end);
    assert_eq!(log.rows(0, 1)[0].at, PAGE as u64);
}
