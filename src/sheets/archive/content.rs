//! What an entry of an archive holds. Readers of zips stop where its stream ends, and say nothing of what is stored behind.

use std::io::{BufReader, Read, Seek, Write, copy};

use flate2::CrcReader;
use flate2::bufread::DeflateDecoder;
use zip::result::{ZipError, ZipResult};
use zip::{CompressionMethod, ZipArchive};

/// Unpacks an entry, and no more of it than a byte beyond `limit`; the answer is how many bytes.
///
/// # Errors
/// It cannot be read, or is not all that is stored of it, or not as large as stated.
pub(crate) fn unpack<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    limit: u64,
    into: &mut impl Write,
) -> ZipResult<u64> {
    // The first to say what keeps it from being read, a password or another way of compression.
    let entry = archive.by_index(index)?;
    let size = entry.size();
    let read = if entry.compression() == CompressionMethod::Deflated && !entry.encrypted() {
        drop(entry);
        inflate(archive, index, limit, into)?
    } else {
        copy(&mut entry.take(limit.saturating_add(1)), into)?
    };
    if read > limit || read == size { Ok(read) } else { Err(invalid("its size is not the one stated")) }
}

fn inflate<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    limit: u64,
    into: &mut impl Write,
) -> ZipResult<u64> {
    let raw = archive.by_index_raw(index)?;
    let (packed, crc) = (raw.compressed_size(), raw.crc32());
    let mut stream = CrcReader::new(DeflateDecoder::new(BufReader::new(raw)));
    let read = copy(&mut stream.by_ref().take(limit.saturating_add(1)), into)?;
    if read > limit {
        Ok(read)
    } else if stream.get_ref().total_in() != packed {
        Err(invalid("there is more behind the end of its content"))
    } else if stream.crc().sum() == crc {
        Ok(read)
    } else {
        Err(invalid("its check sum is not the one stated"))
    }
}

fn invalid(how: &'static str) -> ZipError {
    ZipError::InvalidArchive(how.into())
}
