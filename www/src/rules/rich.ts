// The few marks of Markdown that the compiler's answers use, as elements.

/** **strong**, `code`, quotes with > and blocks between fences. */
export function rich(markdown: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "hover";
  for (const part of markdown.split(/\n{2,}(?=(?:[^`]*```[^`]*```)*[^`]*$)/)) box.append(block(part));
  return box;
}

function block(text: string): HTMLElement {
  const fenced = /^```\w*\n([\s\S]*?)\n?```$/.exec(text.trim());
  if (fenced) return element("pre", fenced[1] ?? "");
  if (text.trim() === "---") return document.createElement("hr");
  if (!text.startsWith(">")) return inline("p", text);
  return inline("blockquote", text.replaceAll(/^> ?/gm, ""));
}

function inline(tag: string, text: string): HTMLElement {
  const box = document.createElement(tag);
  for (const part of text.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
    if (part.startsWith("**")) box.append(element("strong", part.slice(2, -2)));
    else if (part.startsWith("`")) box.append(element("code", part.slice(1, -1)));
    else box.append(part);
  }
  return box;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
