// Firefox as Debian ships it, driven by Marionette: the protocol that every Firefox speaks, over a plain socket.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";

import { PATIENCE } from "./browser.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
/** The name of an element's reference in WebDriver. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

const PREFERENCES = {
  "marionette.port": 0,
  "intl.accept_languages": "zh-CN",
  "browser.download.folderList": 2,
  "browser.download.alwaysOpenPanel": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.disabledForTesting": true,
};

/** What `find` answers as soon as it answers anything. */
async function until(what, find) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await later(20)) {
    const found = await find();
    if (found) return found;
  }
  throw new Error(`${what} did not come`);
}

/** Starts Firefox with a profile of its own. */
export async function launch() {
  if (!existsSync(FIREFOX)) {
    throw new Error("this test needs Firefox; install it with: apt-get install -y firefox-esr (or set FIREFOX to its path)");
  }
  const profile = mkdtempSync(join(tmpdir(), "bulou-firefox-"));
  const downloads = join(profile, "downloads");
  mkdirSync(downloads);
  const preferences = Object.entries({ ...PREFERENCES, "browser.download.dir": downloads });
  writeFileSync(join(profile, "user.js"), preferences.map((one) => `user_pref(${one.map((part) => JSON.stringify(part)).join(", ")});\n`).join(""));
  const program = spawn(FIREFOX, ["--headless", "--no-remote", "--marionette", "--profile", profile], { stdio: "ignore" });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  const said = join(profile, "MarionetteActivePort");
  const port = await until("Firefox's port", () => existsSync(said) && Number(readFileSync(said, "utf8")));
  const firefox = new Firefox(connect(port, "127.0.0.1"), downloads);
  await firefox.ask("WebDriver:NewSession", { capabilities: { alwaysMatch: { timeouts: { script: PATIENCE, pageLoad: PATIENCE } } } });
  firefox.close = async () => {
    await firefox.ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => program.kill());
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  return firefox;
}

/** Where an element is drawn anew while something is asked of it, nothing was done: it is asked again. */
function again(error) {
  if (/stale element reference/.test(error.message)) return undefined;
  throw error;
}

class Firefox {
  #socket;
  #waiting = new Map();
  #asked = 0;
  #read = Buffer.alloc(0);

  constructor(socket, downloads) {
    this.#socket = socket.on("data", (bytes) => this.#answers(bytes)).on("error", () => {});
    socket.on("close", () => { for (const { reject } of this.#waiting.values()) reject(new Error("Firefox has ended")); });
    this.downloads = downloads;
  }

  /** An answer is its length, a colon and JSON. */
  #answers(bytes) {
    this.#read = Buffer.concat([this.#read, bytes]);
    for (;;) {
      const colon = this.#read.indexOf(":");
      const end = colon + 1 + Number(this.#read.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || this.#read.length < end) return;
      const [kind, id, error, value] = [].concat(JSON.parse(this.#read.subarray(colon + 1, end)));
      this.#read = this.#read.subarray(end);
      // The first message is a greeting.
      const asked = kind === 1 ? this.#waiting.get(id) : undefined;
      this.#waiting.delete(id);
      if (error) asked?.reject(new Error(`${asked.command}: ${error.error}: ${error.message}`));
      else asked?.resolve(value);
    }
  }

  /** One command of WebDriver. */
  ask(command, parameters = {}) {
    const id = this.#asked++;
    const text = JSON.stringify([0, id, command, parameters]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { command, resolve, reject });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  go = (url) => this.ask("WebDriver:Navigate", { url });
  reload = () => this.ask("WebDriver:Refresh");

  /** What a function answers in the page. */
  async evaluate(run, ...args) {
    return (await this.ask("WebDriver:ExecuteScript", { script: `return (${run})(...arguments)`, args })).value;
  }

  /** The first visible element of a selector, in which a text stands when one is given; as soon as there is one. */
  async find(selector, text = "") {
    // What a list that is not open offers is not drawn, and can be chosen all the same.
    const look = (selector, text) =>
      [...document.querySelectorAll(selector)].find((one) => (one.localName === "option" || one.checkVisibility()) && (one.ariaLabel ?? one.textContent).includes(text)) ?? null;
    return (await until(`${selector} ${text}`, () => this.evaluate(look, selector, text).catch(again)))[ELEMENT];
  }

  /** Asks something of the element that `find` finds: of the next one, where that is drawn anew meanwhile. */
  async #of(selector, text, command, more = {}) {
    const asked = async () => ({ answer: await this.ask(command, { id: await this.find(selector, text), ...more }) });
    return (await until(`${command} of ${selector} ${text ?? ""}`, () => asked().catch(again))).answer;
  }

  async text(selector, text) {
    return (await this.#of(selector, text, "WebDriver:GetElementText")).value;
  }

  async click(selector, text) {
    await this.#of(selector, text, "WebDriver:ElementClick");
  }

  /** Keys for a box, as a person presses them. */
  async type(selector, text) {
    await this.#of(selector, undefined, "WebDriver:ElementSendKeys", { text });
  }

  /** The file that a button hands out. */
  async downloaded(selector, text) {
    const before = new Set(readdirSync(this.downloads));
    await this.click(selector, text);
    const name = await until("the download", () => {
      const names = readdirSync(this.downloads);
      return !names.some((name) => name.endsWith(".part")) && names.find((name) => !before.has(name) && readFileSync(join(this.downloads, name)).length > 0);
    });
    return { name, bytes: readFileSync(join(this.downloads, name)) };
  }
}
