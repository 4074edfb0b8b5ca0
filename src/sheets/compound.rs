//! Whether an old workbook (`.xls`, a compound file) is one file and no more: its allocation table says which sectors are
//! used, and its readers look at no other.

/// Where the header says which sectors hold the allocation table, and how many of them it names itself.
const TABLE: usize = 76;
const NAMED: usize = 109;
/// An entry of the table for a sector that nobody uses; what is larger than any sector's number.
const FREE: u32 = 0xFFFF_FFFF;
const LARGEST: u32 = 0xFFFF_FFFA;

/// Where something begins behind the last sector that is used. What programs fill a file up with is nothing.
pub(super) fn appended(bytes: &[u8], used: usize) -> Option<usize> {
    let is_filling = |byte: &u8| matches!(byte, 0 | 0xFF) || byte.is_ascii_whitespace();
    bytes.get(used..)?.iter().position(|byte| !is_filling(byte)).map(|at| used + at)
}

/// Where the last sector ends that is used; nothing where the table cannot be read.
pub(super) fn used(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..512)?;
    let shift = u32::from(*header.get(30)?);
    let size = 1_usize.checked_shl(shift).filter(|size| matches!(size, 512 | 4096))?;
    let sector = |number: u32| {
        let at = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(size)?;
        bytes.get(at..at.checked_add(size)?)
    };
    // More than the file has sectors they cannot be, whatever it says.
    let tables = usize::try_from(four(header, 44)?).ok().filter(|tables| *tables <= bytes.len() / size)?;
    let mut numbers: Vec<u32> = (0..NAMED).filter_map(|index| four(header, TABLE + index * 4)).collect();
    let mut next = four(header, 68)?;
    while numbers.len() < tables && next < LARGEST {
        let more = sector(next)?;
        let last = size - 4;
        numbers.extend((0..last / 4).filter_map(|index| four(more, index * 4)));
        next = four(more, last)?;
    }
    let mut end = size;
    for (index, number) in numbers.iter().take(tables).enumerate() {
        let table = sector(*number)?;
        let last = (0..size / 4).rev().find(|entry| four(table, entry * 4).is_some_and(|next| next != FREE));
        end = last.map_or(end, |last| (index * (size / 4) + last + 2) * size);
    }
    Some(end.min(bytes.len()))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}
