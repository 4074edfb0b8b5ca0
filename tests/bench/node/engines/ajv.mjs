// ajv on the structure alone, by the schema that Bulou writes of its data model. Formats are annotations in JSON Schema
// 2020-12, as for the native `jsonschema`; the patterns of dates are checked.

import Ajv from "ajv/dist/2020.js";
import { parse } from "./parsers.mjs";

export function ajv({ schema }) {
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  return {
    name: "ajv",
    kind: "structure",
    does: "JSON.parse, then the compiled schema of the same documents: structure only, no rule",
    run({ bytes }) {
      if (!valid(parse(bytes))) throw new Error(`a document is not well formed: ${JSON.stringify(valid.errors)}`);
      return null;
    },
  };
}
