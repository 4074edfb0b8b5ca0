//! What a container that nobody could read as a whole says in its parts, as far as they can be unpacked: whose it may be.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

/// Ends of names of parts that are text, and of those that are containers themselves.
const TEXTS: [&str; 5] = [".xml", ".json", ".csv", ".txt", ".ndjson"];
const CONTAINERS: [&str; 5] = [".xlsx", ".xlsm", ".ods", ".zip", ".et"];
/// So deep do containers lie in containers.
const DEPTH: usize = 2;

/// The texts of the parts of a zip and of those in it, one after another, and no more than so many bytes of them; nothing
/// where there is no zip.
///
/// ```
/// assert!(bulou_sheets::archive::text(b"{}", 100).is_empty());
/// ```
#[must_use]
pub fn text(bytes: &[u8], limit: usize) -> String {
    let mut found = Found { text: String::new(), left: limit as u64 };
    found.container(bytes, DEPTH);
    found.text
}

struct Found {
    text: String,
    /// How much may still be unpacked.
    left: u64,
}

impl Found {
    fn container(&mut self, bytes: &[u8], depth: usize) {
        if depth == 0 || !bytes.starts_with(b"PK") {
            return;
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(mut archive) => {
                for index in 0..archive.len() {
                    if self.left == 0 {
                        return;
                    }
                    if let Ok(entry) = archive.by_index(index) {
                        self.entry(entry, depth);
                    }
                }
            }
            // Of one that is cut off, what stands before its end.
            Err(_) => {
                let mut bytes = bytes;
                while let Ok(Some(entry)) = read_zipfile_from_stream(&mut bytes) {
                    if self.left == 0 {
                        return;
                    }
                    self.entry(entry, depth);
                }
            }
        }
    }

    fn entry<R: Read>(&mut self, entry: ZipFile<'_, R>, depth: usize) {
        let name = entry.name_raw().to_ascii_lowercase();
        let is = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end.as_bytes()));
        let (is_text, is_container) = (is(&TEXTS), is(&CONTAINERS));
        if !is_text && !is_container {
            return;
        }
        let mut bytes = Vec::new();
        // What can be unpacked of it is looked through, even if the rest cannot.
        let _ = entry.take(self.left).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if is_text {
            self.text.push_str(&String::from_utf8_lossy(&bytes));
            self.text.push('\n');
        } else {
            self.container(&bytes, depth - 1);
        }
    }
}
