// Slack's three ways of writing: mrkdwn, rich text, and the markdown block. None ever becomes HTML by itself.

import { el } from "./dom.js";

const EMOJI = {
  white_check_mark: "✅", x: "❌", warning: "⚠️", bell: "🔔", tada: "🎉", hourglass: "⌛", calendar: "📅", mag: "🔍",
  speech_balloon: "💬", memo: "📝", lock: "🔒", wave: "👋", bulb: "💡", handshake: "🤝", thumbsup: "👍",
  thumbsdown: "👎", "+1": "👍", "-1": "👎", email: "✉️", telephone_receiver: "📞", star: "⭐",
};
const ESCAPES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** The text as people wrote it. */
export const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (name) => ESCAPES[name]);

const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

/** A text object of Block Kit. */
export function text(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : lines(emoji(object.text));
}

const lines = (plain) => plain.split("\n").flatMap((line, n) => (n ? [el("br"), line] : [line]));

/** Slack's mrkdwn, block by block: code, quotes, and lines of everything else. */
export function mrkdwn(source, names) {
  return source.split(/```([\s\S]*?)```/).flatMap((part, n) =>
    n % 2 ? el("pre", {}, unescaped(part).replace(/^\n/, "")) : quotesAndLines(part, names));
}

function quotesAndLines(source, names) {
  const made = [];
  let quoted = null;
  source.split("\n").forEach((line, n) => {
    const inQuote = /^&gt; ?(.*)$/.exec(line);
    if (inQuote) {
      if (quoted) quoted.append(el("br"));
      else made.push((quoted = el("blockquote")));
      quoted.append(...spans(inQuote[1], names));
      return;
    }
    if (n && !quoted) made.push(el("br"));
    quoted = null;
    made.push(...spans(line, names));
  });
  return made;
}

// As in Slack, a mark counts only where no letter or digit touches it from outside: Japanese without spaces does.
const EDGE = "(^|[\\s.,;:!?()\\[\\]「」『』（）、。・—\\-\"'_*~>|/])";
const END = "(?=$|[\\s.,;:!?()\\[\\]「」『』（）、。・—\\-\"'_*~<|/])";
const STYLES = [["\\*", "strong"], ["_", "em"], ["~", "s"], ["`", "code"]];
const STYLED = STYLES.map(([mark, tag]) =>
  [new RegExp(`${EDGE}${mark}(?=[^\\s${mark}])([^${mark}\\n]*[^\\s${mark}])${mark}${END}`), tag]);

function spans(source, names) {
  const link = /<([^<>]+)>/.exec(source);
  const styled = STYLED.map(([pattern, tag]) => ({ found: pattern.exec(source), tag })).filter((one) => one.found);
  styled.sort((one, other) => one.found.index - other.found.index);
  const first = styled[0];
  if (first && (!link || first.found.index <= link.index)) {
    const [whole, before, inner] = first.found;
    const at = first.found.index;
    const shown = first.tag === "code" ? [unescaped(inner)] : spans(inner, names);
    return [...spans(source.slice(0, at) + before, names), el(first.tag, {}, shown),
      ...spans(source.slice(at + whole.length), names)];
  }
  if (link) {
    return [...spans(source.slice(0, link.index), names), reference(link[1], names),
      ...spans(source.slice(link.index + link[0].length), names)];
  }
  return source ? [emoji(unescaped(source))] : [];
}

function reference(inside, names) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return mention("@", target.slice(1), names);
  if (target.startsWith("#")) return mention("#", target.slice(1), names);
  if (target.startsWith("!date")) return label ?? target;
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${target.slice(1)}`);
  return anchor(target, unescaped(label ?? target));
}

const mention = (sign, id, names) => el("span", { class: "mention" }, sign + (names[id] ?? id));

const anchor = (address, label) =>
  /^(https?|mailto):/.test(address)
    ? el("a", { href: unescaped(address), target: "_blank", rel: "noopener noreferrer" }, label)
    : label;

/** The rich text of a message: sections, lists, quotes, code. */
export function richText(block, names) {
  const inline = (elements) => elements.map((part) => inlinePart(part, names));
  return block.elements.map((part) => {
    switch (part.type) {
      case "rich_text_list":
        return el(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => el("li", {}, inline(item.elements))));
      case "rich_text_quote":
        return el("blockquote", {}, inline(part.elements));
      case "rich_text_preformatted":
        return el("pre", {}, inline(part.elements));
      default:
        return el("p", {}, inline(part.elements));
    }
  });
}

function inlinePart(part, names) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  const shown = {
    link: () => anchor(part.url, part.text ?? part.url),
    user: () => mention("@", part.user_id, names),
    channel: () => mention("#", part.channel_id, names),
    emoji: () => EMOJI[part.name] ?? `:${part.name}:`,
  }[part.type]?.() ?? lines(part.text ?? part.fallback ?? "");
  const styles = Object.keys(tags).filter((style) => part.style?.[style]);
  return styles.reduce((inner, style) => el(tags[style], {}, inner), shown);
}

/** The markdown block, and answers while they are streamed: headings, lists, bold, links. */
export function markdown(source) {
  return source.split(/\n{2,}/).map((paragraph) => {
    const rows = paragraph.split("\n");
    if (rows.every((row) => /^\s*([-*]|\d+\.) /.test(row))) {
      return el("ul", {}, rows.map((row) => el("li", {}, plainMarks(row.replace(/^\s*([-*]|\d+\.) /, "")))));
    }
    const heading = /^#{1,6} (.*)$/.exec(paragraph);
    if (heading) return el("p", {}, el("strong", {}, plainMarks(heading[1])));
    return el("p", {}, rows.flatMap((row, n) => (n ? [el("br"), plainMarks(row)] : [plainMarks(row)])));
  });
}

function plainMarks(source) {
  return source.split(/(\*\*[^*]+\*\*|\[[^\]]+\]\([^)\s]+\))/).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    if (link) return anchor(link[2], link[1]);
    return part.startsWith("**") && part.endsWith("**") ? el("strong", {}, part.slice(2, -2)) : emoji(part);
  });
}
