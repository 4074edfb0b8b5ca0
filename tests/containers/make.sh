#!/bin/sh
# Makes the archives beside it with the programs that people pack with: Info-ZIP, 7-Zip, libarchive (macOS), Python, Java.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cd "$work"
mkdir d
printf '{"a": 1}' > a.json
# Long enough to be deflated.
python3 -c 'print("{\"b\": \"" + "bulou " * 40 + "\"}", end="")' > d/b.json
zip -qr "$here/infozip.zip" a.json d
echo '教育局收表 2022' | zip -qrz "$here/infozip-comment.zip" a.json d
zip -qr - a.json d | cat > "$here/infozip-stream.zip"
zip -qrfz "$here/infozip-zip64.zip" a.json d
7z a -bd "$here/7z.zip" a.json d > /dev/null
bsdtar --format zip -cf "$here/bsdtar-stream.zip" a.json d
bsdtar --format zip -cf - a.json d | cat > "$here/bsdtar-blocks.zip"
python3 - "$here" <<'PYTHON'
import io, sys, zipfile
class Pipe(io.RawIOBase):
    def __init__(self, name): self.file = open(name, "wb")
    def writable(self): return True
    def seekable(self): return False
    def write(self, data): return self.file.write(bytes(data))
here = sys.argv[1]
for name, out, large in [("python-stream", Pipe, False), ("python-stream64", Pipe, True), ("python64", lambda name: name, True)]:
    with zipfile.ZipFile(out(f"{here}/{name}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for member in ["a.json", "d/b.json"]:
            with archive.open(member, "w", force_zip64=large) as file: file.write(open(member, "rb").read())
PYTHON
cat > Pack.java <<'JAVA'
import java.io.FileOutputStream; import java.nio.file.*; import java.util.zip.*;
class Pack { public static void main(String[] to) throws Exception {
  try (var zip = new ZipOutputStream(new FileOutputStream(to[0]))) {
    zip.putNextEntry(new ZipEntry("d/")); zip.closeEntry();
    for (var name : new String[] {"a.json", "d/b.json"}) {
      zip.putNextEntry(new ZipEntry(name)); zip.write(Files.readAllBytes(Path.of(name))); zip.closeEntry();
    } } } }
JAVA
java Pack.java "$here/java.zip"
rm -r "$work"
