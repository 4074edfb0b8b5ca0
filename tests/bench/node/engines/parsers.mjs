// JSON.parse alone: what any engine in JavaScript has to do first.

/** A document from its bytes, as every peer here reads it. */
export const parse = (bytes) => JSON.parse(bytes.toString("utf8"));

export const parsers = () => [
  {
    name: "JSON.parse",
    kind: "parser",
    does: "bytes into a text, the text into objects: the measure of the other rows",
    run({ bytes }) {
      parse(bytes);
      return null;
    },
  },
  {
    name: "JSON.parse, of a text",
    kind: "parser",
    does: "the same of a text that was decoded before",
    run({ text }) {
      JSON.parse(text);
      return null;
    },
  },
];
