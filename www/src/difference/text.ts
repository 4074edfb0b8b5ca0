// Words about two versions of the rules; the officer's view and every school's offer of new rules say the same.

import { speaker } from "../text.ts";

export const d = speaker({
  "same": ["规则没有变化(最多是排版不同)。", "No rule differs; at most the layout does."],
  "within": ["所在", "in"],
  "rules": ["规则({0} 条)", "Rules ({0})"],
  "county": ["(全县)", "(county)"],
  "because": ["因为用到的这些变了:{0}", "Because of what it uses: {0}"],
  "affected": ["涉及规则:{0}", "Rules: {0}"],
  "declarations": ["规则用到的东西", "What rules use"],
  "fields": ["要填的内容,以及以前填的怎么办", "What is filled in, and what becomes of earlier answers"],
  "totals": ["{0} 份文件,{1} 份有变化,其中 {2} 份结论不同。", "{0} documents, {1} change, {2} have another verdict."],
  "unreadable": ["读不了的文件({0})", "Unreadable files ({0})"],
  "by.rule": ["按规则", "By rule"],
  "by.school": ["按学校", "By school"],
  "rule": ["规则", "Rule"],
  "school": ["学校", "School"],
  "count": ["几所", "Schools"],
  "old": ["现在", "Now"],
  "new": ["改后", "Then"],
  "verdict": ["结论", "Verdict"],
  "absent": ["没有这条", "no such rule"],
  "more": ["全部 {0} 所", "All {0}"],
});
