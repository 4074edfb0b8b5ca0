use std::io::Cursor;

use super::super::{Member, members};
use super::{Fault, whole};
use crate::archive::tests::pack;

const A: &[u8] = b"{\"a\": 1}";
const B: &[u8] = b"{\"b\": 2}";

fn fault(bytes: &[u8]) -> Option<Fault> {
    whole(&mut Cursor::new(bytes)).err()
}

/// The files of an archive, unless it is refused.
fn read(bytes: &[u8]) -> Option<Vec<Member>> {
    let members = members(Cursor::new(bytes), &|_| None).ok()?;
    Some(members.map(|member| member.expect("readable")).collect())
}

/// Where these bytes stand first, and last.
fn find(bytes: &[u8], what: &[u8]) -> (usize, usize) {
    let mut places = bytes.windows(what.len()).enumerate().filter(|(_, window)| *window == what).map(|(at, _)| at);
    let first = places.next().expect("there");
    (first, places.next_back().unwrap_or(first))
}

fn set(bytes: &mut [u8], at: usize, number: usize, width: usize) {
    bytes[at..at + width].copy_from_slice(&number.to_le_bytes()[..width]);
}

/// Writes into the end how many entries there are, how large the directory is, and where it begins.
fn end(bytes: &mut [u8], count: usize, size: usize, directory: usize) {
    let (_, at) = find(bytes, b"PK\x05\x06");
    for (field, number, width) in [(8, count, 2), (10, count, 2), (12, size, 4), (16, directory, 4)] {
        set(bytes, at + field, number, width);
    }
}

#[test]
fn what_programs_pack_is_whole() {
    let archives: [(&str, &[u8]); 11] = [
        ("infozip", include_bytes!("../../../../tests/containers/infozip.zip")),
        ("infozip-comment", include_bytes!("../../../../tests/containers/infozip-comment.zip")),
        ("infozip-stream", include_bytes!("../../../../tests/containers/infozip-stream.zip")),
        ("infozip-zip64", include_bytes!("../../../../tests/containers/infozip-zip64.zip")),
        ("7z", include_bytes!("../../../../tests/containers/7z.zip")),
        ("bsdtar-stream", include_bytes!("../../../../tests/containers/bsdtar-stream.zip")),
        ("bsdtar-blocks", include_bytes!("../../../../tests/containers/bsdtar-blocks.zip")),
        ("python-stream", include_bytes!("../../../../tests/containers/python-stream.zip")),
        ("python-stream64", include_bytes!("../../../../tests/containers/python-stream64.zip")),
        ("python64", include_bytes!("../../../../tests/containers/python64.zip")),
        ("java", include_bytes!("../../../../tests/containers/java.zip")),
    ];
    for (program, bytes) in archives {
        let found = read(bytes).unwrap_or_else(|| panic!("{program}: {:?}", fault(bytes)));
        let names: Vec<&str> = found.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["a.json", "d/b.json"], "{program}");
        // Whatever is added to any of them is never read past.
        assert!(read(&[bytes, A].concat()).is_none() && read(&[A, bytes].concat()).is_none(), "{program}");
        assert!(read(&[bytes, bytes].concat()).is_none(), "{program}");
    }
}

#[test]
fn two_archives_in_one_file_are_refused() {
    let (one, other) = (pack(&[("a.json", A)]), pack(&[("b.json", B)]));
    assert!(matches!(fault(&[&one[..], &other].concat()), Some(Fault::Before(count)) if count == one.len() as u64));
    assert!(matches!(fault(&[b"PK\x03\x04", &other[..]].concat()), Some(Fault::Before(4))));
    // With offsets that count what stands before.
    let mut both = [&one[..], &other].concat();
    let directory = find(&other, b"PK\x01\x02").0;
    set(&mut both, one.len() + directory + 42, one.len(), 4);
    let size = find(&other, b"PK\x05\x06").0 - directory;
    end(&mut both, 1, size, one.len() + directory);
    assert!(matches!(fault(&both), Some(Fault::Unlisted(0))), "{:?}", fault(&both));
    // An entry behind the end, and one in a comment.
    let entry = &other[..directory];
    assert!(matches!(fault(&[&one[..], entry].concat()), Some(Fault::Unlisted(at)) if at == one.len() as u64));
    for comment in [entry, A, b"\xEF\xBB\xBF [1]"] {
        let mut bytes = [&one[..], comment].concat();
        let length = one.len();
        set(&mut bytes, length - 2, comment.len(), 2);
        assert!(matches!(fault(&bytes), Some(Fault::Comment)), "{:?}", fault(&bytes));
    }
}

#[test]
fn a_directory_that_leaves_a_file_out_is_refused() {
    let two = pack(&[("a.json", A), ("b.json", B)]);
    let (first, second) = find(&two, b"PK\x01\x02");
    let last = find(&two, b"PK\x05\x06").1;
    let changed = |count, size, directory| {
        let mut bytes = two.clone();
        end(&mut bytes, count, size, directory);
        fault(&bytes)
    };
    assert!(fault(&two).is_none());
    assert!(matches!(changed(1, last - first, first), Some(Fault::Count(2, 1))));
    assert!(matches!(changed(3, last - first, first), Some(Fault::Count(2, 3))));
    assert!(matches!(changed(1, last - second, second), Some(Fault::Unlisted(_))));
    assert!(matches!(changed(1, second - first, first), Some(Fault::Unlisted(_))));
}

#[test]
fn an_entry_that_says_something_else_of_itself_is_refused() {
    let sound = pack(&[("a.json", A), ("b.json", B)]);
    let differs = |at: usize| {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        fault(&bytes)
    };
    // Method, checksum, both sizes, and the name.
    for at in [8, 14, 18, 22, 30] {
        assert!(matches!(differs(at), Some(Fault::Disagrees(name)) if name == b"a.json"), "{at}");
    }
    // Two records for one entry.
    let (first, second) = find(&sound, b"PK\x01\x02");
    let mut twice = sound.clone();
    twice.copy_within(first..second, second);
    assert!(matches!(fault(&twice), Some(Fault::Unlisted(_))));
    // A folder with content is a file.
    let found = read(&pack(&[("d/", A)])).expect("whole");
    assert!(found.len() == 1 && found[0].name == "d/" && found[0].bytes == A);
}

#[test]
fn bytes_that_are_put_in_anywhere_hide_nothing() {
    let sound = pack(&[("a.json", A), ("b.json", B)]);
    let contents = |members: Vec<Member>| members.into_iter().map(|member| member.bytes).collect::<Vec<_>>();
    for at in 0..=sound.len() {
        for more in [&b"\0"[..], b"PK", b"{}", &sound] {
            let bytes = [&sound[..at], more, &sound[at..]].concat();
            let Ok(members) = members(Cursor::new(&bytes[..]), &|_| None) else { continue };
            let read: Vec<_> = members.collect();
            if read.iter().all(Result::is_ok) {
                assert_eq!(contents(read.into_iter().flatten().collect()), [A, B], "{more:?} at {at}");
            }
        }
    }
    for cut in 0..sound.len() {
        assert!(fault(&sound[..cut]).is_some(), "cut at {cut}");
    }
}

#[test]
fn what_is_stored_behind_the_end_of_a_content_is_refused() {
    let spaces = [b' '; 5000];
    let sound = pack(&[("a.json", &spaces)]);
    let (directory, last) = (find(&sound, b"PK\x01\x02").0, find(&sound, b"PK\x05\x06").0);
    let packed = directory - 30 - "a.json".len();
    for more in [&b""[..], b"\0", A, &sound] {
        let mut bytes = [&sound[..directory], more, &sound[directory..]].concat();
        for at in [18, directory + more.len() + 20] {
            set(&mut bytes, at, packed + more.len(), 4);
        }
        end(&mut bytes, 1, last - directory, directory + more.len());
        assert!(fault(&bytes).is_none());
        let found: Vec<_> = members(Cursor::new(&bytes[..]), &|_| None).expect("an archive").collect();
        match found.as_slice() {
            [Ok(member)] => assert!(more.is_empty() && member.bytes == spaces),
            [Err(unread)] => {
                assert!(!more.is_empty() && unread.why.to_string().contains("behind the end"), "{unread:?}")
            }
            found => panic!("{found:?}"),
        }
    }
}
