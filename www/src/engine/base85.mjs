// Bytes as text in a page: five characters hold four bytes, where base64 takes four for three. None of the characters
// means anything in HTML.

const ALPHABET = "!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";
const BASE = 85;

/** The text of bytes; of the last few as many characters as they need. */
export function encoded(bytes) {
  const groups = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const count = Math.min(4, bytes.length - at);
    let number = 0;
    for (let index = 0; index < 4; index += 1) number = number * 256 + (bytes[at + index] ?? 0);
    let group = "";
    for (let index = 0; index < 5; index += 1) {
      group = ALPHABET.charAt(number % BASE) + group;
      number = Math.floor(number / BASE);
    }
    groups.push(group.slice(0, count + 1));
  }
  return groups.join("");
}

/** The bytes of such a text; throws where it is none. */
export function decoded(text) {
  const digits = new Int8Array(128).fill(-1);
  for (let digit = 0; digit < BASE; digit += 1) digits[ALPHABET.charCodeAt(digit)] = digit;
  const rest = text.length % 5;
  if (rest === 1) throw new Error("the text was cut off");
  const bytes = new Uint8Array(Math.floor(text.length / 5) * 4 + Math.max(0, rest - 1));
  for (let at = 0, to = 0; at < text.length; at += 5) {
    let number = 0;
    for (let index = 0; index < 5; index += 1) {
      // What is missing of the last group counts as the greatest digit, so that the bytes before it are what they were.
      const digit = at + index < text.length ? (digits[text.charCodeAt(at + index)] ?? -1) : BASE - 1;
      if (digit < 0) throw new Error("the text holds what it cannot");
      number = number * BASE + digit;
    }
    for (let shift = 2 ** 24; shift >= 1 && to < bytes.length; shift /= 256, to += 1) bytes[to] = Math.floor(number / shift) % 256;
  }
  return bytes;
}
