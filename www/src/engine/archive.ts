// An archive's files, handed out by a worker that can be stopped. Needs the office's module.

import * as office from "../wasm/office.js";
import { type Guard, type Member, Stopped, Trapped } from "./guarded.ts";

/** A file of an archive, and how much of the archive is still to come, from 1 to 0. */
export interface Handed extends Member {
  left: number;
}

/** The files of an archive by name; what is wrong with all of it stands under no name. `pass` is told of those that are passed over. */
export async function* members(guard: Guard, read: () => Promise<Uint8Array>, lang: string, pass: (name: string) => void = () => undefined): AsyncGenerator<Handed> {
  const unread = (name: string, trouble: string, left = 0): Handed => ({ name, bytes: undefined, trouble, left });
  const open = async (after: number) => guard.open(await read(), after, lang);
  let names: string[];
  try {
    const opened = await open(0);
    names = opened.names;
    opened.passedOver.forEach(pass);
  } catch (error) {
    return yield unread("", said(error, lang));
  }
  let lost = 0;
  let ready = true;
  for (let done = 0; ; done += 1) {
    const name = names[done] ?? "";
    const left = 1 - (done + 1) / Math.max(names.length, 1);
    if (lost >= office.mostLost()) {
      if (done >= names.length) return;
      yield unread(name, office.brokenArchive(lang), left);
      continue;
    }
    try {
      if (!ready) await open(done);
      ready = true;
      const member = await guard.next();
      if (!member) return;
      yield { ...member, left };
    } catch (error) {
      lost += 1;
      ready = false;
      yield unread(name, said(error, lang), left);
    }
  }
}

function said(error: unknown, lang: string): string {
  if (error instanceof Stopped) return office.stoppedReading(error.seconds, lang);
  if (error instanceof Trapped) return office.stoppedReading(undefined, lang);
  return error instanceof Error ? error.message : String(error);
}
