import { Unstarted } from "../engine/unstarted.ts";
import { t } from "../texts/main.ts";

/** Words that are made whenever they are read: what is kept may be read when the language is another. */
export type Saying = () => string;

/** What went wrong, in the page's own words. */
export class Told extends Error {
  constructor(readonly words: Saying) {
    super(words());
  }
}

/** What went wrong, in words for people. */
export function said(error: unknown): string {
  if (error instanceof Unstarted) return t(`failed.${error.what}`);
  if (error instanceof Told) return error.words();
  return error instanceof Error ? error.message : String(error);
}

/** The same, to be kept. */
export const saying = (error: unknown): Saying => () => said(error);
