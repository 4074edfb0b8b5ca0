// Words about rules that the bureau published, loaded with them.

import { speaker } from "../text.ts";

export const o = speaker({
  "facts": [
    "现在用的是 {0},新的是 {1}({2} 发布,第 {3} 号,有效期到 {4})。签名无误,文件完整。",
    "In use is {0}; the new one is {1} (published {2}, number {3}, valid to {4}). It is authentic and whole.",
  ],
  "fingerprint": ["新规则的指纹 {0}", "Fingerprint of the new rules {0}"],
  "difference": ["规则改了什么", "What changes in the rules"],
  "effects": ["本机上的自查表会怎样", "What becomes of the self-assessments on this machine"],
  "effects.busy": ["正在按新规则核对…", "Checking by the new rules …"],
  "kept": [
    "采用以后,以前填的表会说明哪些内容带过来、哪些要补填;原来的一份不动。",
    "Once they are in use, documents from before say what is taken over and what is newly asked; the originals stay as they are.",
  ],
  "accept": ["采用新规则", "Use the new rules"],
  "later": ["以后再说", "Later"],
});
