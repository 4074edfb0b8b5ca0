// One reading of a county's files, in a worker of its own that can be stopped at any moment.

import type { DocumentInfo } from "../wasm/checker.js";
import { Caller } from "./caller.ts";
import { engine } from "./engine.ts";
import type { CountyFiles, Progress } from "./protocol.ts";

export class CountyRun {
  #caller = new Caller();

  /** Reads the files; the answers below are about them. The answer names those that are passed over, because a system left them. */
  async read(county: CountyFiles, tell: (progress: Progress) => void): Promise<string[]> {
    await this.#caller.ask({ do: "office", ...(await engine.officeParts()) });
    return JSON.parse(await this.#caller.text({ do: "read", county }, tell)) as string[];
  }

  /** The county's report as text, byte for byte what `bulou county --format json` prints. */
  finish(previous: Uint8Array | undefined): Promise<string> {
    return this.#caller.text({ do: "finish", previous });
  }

  /** Towns by the ids of schools, where the county's document names them. */
  async towns(): Promise<Map<string, string>> {
    return new Map(JSON.parse(await this.#caller.text({ do: "towns" })) as [string, string][]);
  }

  csv(): Promise<string> {
    return this.#caller.text({ do: "export", form: "csv" });
  }

  xlsx(): Promise<Uint8Array | undefined> {
    return this.#caller.bytes({ do: "export", form: "xlsx" });
  }

  /** One school's report as text. */
  school(document: DocumentInfo): Promise<string> {
    return this.#caller.text({ do: "school", document });
  }

  stop() {
    this.#caller.stop();
  }
}
