//! A compiled pack is read by the build that compiled it, whole and unaltered, and by no other.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod publish_support;

use bulou_ir::compiled::{from_bytes, to_bytes};
use bulou_pack::load;
use publish_support::pack;

fn compiled(days: u32) -> Vec<u8> {
    to_bytes(&load(&pack("1.0", days)).rules.expect("a sound pack")).expect("bytes")
}

#[test]
fn the_build_that_compiled_a_pack_reads_it_again() {
    let bytes = compiled(3);
    let rules = from_bytes(&bytes).expect("the same build");
    assert_eq!(rules.pack.version, "1.0");
    assert_eq!(to_bytes(&rules).expect("bytes"), bytes);
}

#[test]
fn no_bit_of_a_compiled_pack_can_be_another() {
    let bytes = compiled(3);
    for index in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[index] ^= 1 << (index % 8);
        assert!(from_bytes(&altered).is_err(), "byte {index}");
    }
}

#[test]
fn a_compiled_pack_that_is_cut_off_or_longer_is_refused() {
    let bytes = compiled(3);
    for length in 0..bytes.len() {
        assert!(from_bytes(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
    }
    assert!(from_bytes(&[&bytes[..], b"\0"].concat()).is_err());
}

#[test]
fn what_another_build_compiled_is_refused_even_where_it_would_decode() {
    let (strict, lax) = (compiled(3), compiled(5));
    let head = strict.iter().zip(&lax).take_while(|(one, other)| one == other).count();
    let build = bulou_ir::compiled::BUILD;
    let at = strict.windows(build.len()).position(|bytes| bytes == build).expect("the build's hash");
    assert!(at + build.len() <= head, "the stamp is the same of every pack");
    let mut stale = lax;
    stale[at..at + build.len()].reverse();
    let words = from_bytes(&stale).expect_err("another build's").text();
    assert!(words.zh.contains("另一版程序") && words.en.contains("another build"), "{words:?}");
    // Before there was a stamp.
    let content = &strict[at + build.len() + 32..];
    assert!(from_bytes(content).is_err());
}
