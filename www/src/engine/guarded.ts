// Workbooks and archives of others, parsed where that can be stopped: what never ends or takes all memory costs one file,
// which is named, and the next one gets another worker.

import GuardWorker from "./guard.ts?worker&inline";
import { started } from "./started.ts";

export type GuardRequest =
  | { do: "start"; module: WebAssembly.Module }
  /** Goes through a workbook's cells. */
  | { do: "probe"; bytes: Uint8Array }
  /** An archive behind its first files; answered with what is in it. */
  | { do: "open"; bytes: Uint8Array; after: number; lang: string }
  /** Its next file. */
  | { do: "next" };

/** What is in an archive: the names of the files to come, and of those that are passed over because a system left them. */
export interface Opened {
  names: string[];
  passedOver: string[];
}

/** A file of an archive; without bytes, why not. */
export interface Member {
  name: string;
  bytes: Uint8Array | undefined;
  trouble: string | undefined;
}

export interface GuardAnswer {
  /** What is asked for begins, and may take so many seconds of the processor. */
  seconds?: number;
  reply?: Opened | Member | undefined;
  /** More memory is taken than may be. */
  full?: boolean;
  error?: string;
  /** The module itself broke, and not what it was given. */
  trap?: boolean;
}

/** What became of going through a workbook. One that is damaged may be gone through no further, but is no danger. */
export type Soundness = { is: "sound" | "damaged" } | { is: "stopped"; seconds: number | undefined };

/** The worker was ended: after so many seconds, or because it took all memory. */
export class Stopped extends Error {
  constructor(readonly seconds: number | undefined) {
    super("stopped");
  }
}
/** The module broke on what it was given. */
export class Trapped extends Error {}

/** Ticks of the clock for each second of the processor: the machine has other things to do. */
const PATIENCE = 4;
const TICK = 1000;

export class Guard {
  #worker: Worker | undefined;

  constructor(readonly module: WebAssembly.Module) {}

  async sound(bytes: Uint8Array): Promise<Soundness> {
    try {
      await this.#ask({ do: "probe", bytes });
      return { is: "sound" };
    } catch (error) {
      return error instanceof Stopped ? { is: "stopped", seconds: error.seconds } : { is: "damaged" };
    }
  }

  /** Opens an archive behind its first files. The error says for people why it cannot be read, unless it is a `Stopped`. */
  async open(bytes: Uint8Array, after: number, lang: string): Promise<Opened> {
    return (await this.#ask({ do: "open", bytes, after, lang })) as Opened;
  }

  /** The archive's next file; after a `Stopped` it has to be opened again. */
  async next(): Promise<Member | undefined> {
    return (await this.#ask({ do: "next" })) as Member | undefined;
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #ask(request: GuardRequest): Promise<GuardAnswer["reply"]> {
    if (!this.#worker) {
      this.#worker = await started(() => new GuardWorker());
      await this.#answer(this.#worker, { do: "start", module: this.module });
    }
    return this.#answer(this.#worker, request);
  }

  /**
   * Time is counted in ticks of this thread, not by the clock: while the machine sleeps or is too busy for the page there
   * are none, and no file is called endless for it.
   */
  #answer(worker: Worker, request: GuardRequest): Promise<GuardAnswer["reply"]> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answered = new Promise<GuardAnswer["reply"]>((resolve, reject) => {
      const stop = (seconds: number | undefined) => {
        this.stop();
        reject(new Stopped(seconds));
      };
      const tick = (seconds: number, left: number) => {
        if (left === 0) stop(seconds);
        else timer = setTimeout(() => tick(seconds, left - 1), TICK);
      };
      worker.onerror = () => stop(undefined);
      worker.onmessage = ({ data }: MessageEvent<GuardAnswer>) => {
        if (data.seconds !== undefined) tick(data.seconds, data.seconds * PATIENCE);
        else if (data.full) stop(undefined);
        else if (data.trap) {
          this.stop();
          reject(new Trapped(data.error));
        } else if (data.error !== undefined) reject(new Error(data.error));
        else resolve(data.reply);
      };
      worker.postMessage(request);
    });
    return answered.finally(() => clearTimeout(timer));
  }
}
