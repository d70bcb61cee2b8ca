// The seats: in each, what one person sees of the workspace, and does in it.

import { drawn, entered } from "./blocks.js";
import { el, level } from "./dom.js";
import { markdown, mrkdwn } from "./markup.js";

const stage = await (await fetch("/page/stage")).json();
const { labels } = stage;
const toast = document.querySelector(".toast");
let asking = new AbortController();
let seen = -1;

document.documentElement.lang = stage.language;
document.title = labels.title;
document.querySelector("h1").textContent = labels.title;
document.querySelector(".guide").textContent = labels.guide;

/** One pane: who sits there, and which of their conversations is open. */
class Seat {
  constructor({ id, people }) {
    this.id = id;
    this.person = people[0];
    this.everybody = people;
    this.open = "";
    this.thread = "";
    this.read = {};
    this.news = {};
    this.sheet = null;
    this.choice = el("select", { "aria-label": labels.who, onchange: () => this.become(this.choice.value) },
      people.map((person) => el("option", { value: person }, stage.users[person])));
    this.tabs = el("div", { class: "tabs", role: "tablist", "aria-label": labels.conversations });
    this.notice = el("button", { class: "elsewhere", hidden: true });
    this.stream = el("div", { class: "stream", role: "log", tabindex: 0, "aria-label": labels.messages });
    this.text = el("textarea", { rows: 2, "aria-label": labels.write, onkeydown: (event) => this.typed(event) });
    this.target = el("div", { class: "target" });
    // Until their conversations are there, nothing can be written in one.
    this.writing = el("form", { class: "writing", hidden: true, onsubmit: (event) => { event.preventDefault(); this.say(); } },
      this.target, this.text, el("button", { class: "primary" }, labels.send));
    this.layer = el("div", { class: "layer" });
    this.pane = el("section", { class: "pane", id: `pane-${id}`, "data-seat": id, "aria-label": labels[`seat-${id}`] },
      el("header", {}, el("h2", {}, labels[`seat-${id}`]), this.choice),
      this.tabs, this.notice, this.stream, this.writing, this.layer);
    this.tab = el("button", { role: "tab", "aria-controls": `pane-${id}`, onclick: () => showSeat(this) }, labels[`seat-${id}`]);
  }

  /** Somebody else sits down. */
  become(person) {
    Object.assign(this, { person, open: "", thread: "" });
    this.choice.value = person;
    this.writing.hidden = true;
    this.stream.replaceChildren();
    this.layer.replaceChildren();
    askAgain();
  }

  show(shown) {
    if (shown.person !== this.person) return;
    this.shown = shown;
    this.follow(shown.news);
    if (!this.conversation) this.open = shown.channels[0].id;
    this.turnToNews();
    this.showTabs();
    this.showStream();
    this.showWriting();
    this.showModal();
  }

  get conversation() {
    return this.open === "home" || this.shown.channels.find((one) => one.id === this.open);
  }

  /** Tells who else of this seat was written to. */
  follow(news) {
    const isNew = (person) => news[person] > (this.news[person] ?? "");
    const others = this.everybody.filter((person) => person !== this.person && isNew(person));
    this.news = { ...this.news, [this.person]: news[this.person] };
    [...this.choice.options].forEach((option) => {
      option.textContent = (others.includes(option.value) ? "● " : "") + stage.users[option.value];
    });
    const [other] = others.sort((one, two) => (news[one] < news[two] ? 1 : -1));
    this.notice.hidden = !other;
    if (!other) return;
    this.notice.textContent = `● ${stage.users[other]}`;
    this.notice.setAttribute("aria-label", `${labels.news}: ${stage.users[other]}`);
    this.notice.onclick = () => this.become(other);
  }

  /** Whoever has an empty conversation before them sees the one that something came to. */
  turnToNews() {
    if (this.open === "home" || this.conversation.messages.length) return;
    const news = this.shown.channels.find((channel) => channel.kind !== "channel" && this.isNew(channel));
    if (news) Object.assign(this, { open: news.id, thread: "" });
  }

  isNew(channel) {
    return newest(channel) > (this.read[`${this.person} ${channel.id}`] ?? "");
  }

  showTabs() {
    const current = this.shown.channels.find((channel) => channel.id === this.open);
    if (current && this.pane.checkVisibility()) this.read[`${this.person} ${current.id}`] = newest(current);
    const [dm, ...others] = this.shown.channels.map((channel) => ({
      id: channel.id, name: { im: stage.users[stage.app], mpim: channel.name }[channel.kind] ?? `# ${channel.name}`,
      isNew: this.isNew(channel), isOpen: channel.id === this.open }));
    this.tab.classList.toggle("new", !this.notice.hidden || this.shown.channels.some((channel) => this.isNew(channel)));
    const tabs = [dm, { id: "home", name: labels.home, isNew: false, isOpen: this.open === "home" }, ...others];
    level(this.tabs, tabs, (tab) => tab.id, (tab) =>
      el("button", { role: "tab", "aria-selected": String(tab.isOpen), class: tab.isNew && "new", title: tab.name, onclick: () => this.turnTo(tab.id) }, tab.name));
  }

  turnTo(id) {
    Object.assign(this, { open: id, thread: "" });
    this.stream.replaceChildren();
    if (id === "home") this.do("home");
    this.show(this.shown);
  }

  showStream() {
    const isHome = this.open === "home";
    const items = isHome ? [{ key: "home", ...this.shown.home }].filter((view) => view.blocks?.length) : this.messageItems();
    const shown = items.length ? items : [{ key: "empty" }];
    const changed = level(this.stream, shown, (item) => item.key, (item) =>
      item.key === "empty" ? el("p", { class: "context" }, labels.empty) : isHome ? this.drawHome(item) : this.drawMessage(item));
    if (changed.length && !isHome) changed.at(-1).scrollIntoView({ block: "nearest" });
    this.stream.classList.toggle("home", isHome);
  }

  /** The messages, each thread behind its first; and what the assistant offers there. */
  messageItems() {
    const all = this.conversation.messages;
    const roots = all.filter((message) => !message.thread || !all.some((other) => other.ts === message.thread));
    return roots.flatMap((root) => [root, ...all.filter((message) => message.thread === root.ts)])
      .map((message) => ({ key: message.ts, ...message }));
  }

  drawHome(view) {
    return el("article", {}, drawn(view.blocks, this.place(view, { view: view.id })));
  }

  drawMessage(message) {
    const isApp = message.by === stage.app;
    const where = { channel: this.open, ts: message.ts };
    const node = el("article", { class: ["message", message.thread && "reply", message.isPrivate && "private", isApp && "app"].filter(Boolean).join(" ") },
      el("header", {}, el("b", {}, stage.users[message.by] ?? message.by), el("time", {}, clock(message.ts)),
        message.isEdited && el("small", {}, labels.edited), message.isPrivate && el("small", {}, labels.private),
        this.menuOf(message)),
      this.wordsOf(message, where),
      message.files.map((file) => el("p", {}, el("a", { href: `/page/upload/${file.id}` }, `📎 ${file.name}`))),
      message.status && el("p", { class: "status" }, message.status),
      message.prompts.length > 0 && el("div", { class: "actions" }, message.prompts.map((prompt) =>
        el("button", { onclick: () => this.do("say", { channel: this.open, text: prompt.message, thread: message.ts }) }, prompt.title))));
    return node;
  }

  wordsOf(message, where) {
    if (message.blocks.length) return drawn(message.blocks, this.place(message, where));
    return el("div", {}, message.isStreaming ? markdown(message.text) : el("p", {}, mrkdwn(message.text, stage.users)));
  }

  menuOf(message) {
    if (message.isPrivate) return null;
    const where = { channel: this.open, ts: message.ts };
    const thread = message.thread || message.ts;
    const entries = [
      [labels.reply, () => { this.thread = thread; this.showWriting(); this.text.focus(); }],
      ...Object.entries(stage.shortcuts).map(([shortcut, name]) => [name, () => this.do("shortcut", { ...where, shortcut })]),
    ];
    const menu = el("details", { class: "overflow" }, el("summary", { "aria-label": labels.more }, "⋯"),
      el("div", { class: "options" }, entries.map(([name, go]) => el("button", { type: "button", onclick: () => { menu.open = false; go(); } }, name))));
    return menu;
  }

  showWriting() {
    this.writing.hidden = this.open === "home";
    if (this.writing.hidden) return;
    const isDm = this.conversation.kind === "im";
    this.text.placeholder = isDm ? labels["write-dm"] : labels["write-channel"];
    const parts = this.thread
      ? [el("span", {}, labels["in-thread"]), el("button", { type: "button", onclick: () => { this.thread = ""; this.showWriting(); } }, "×")]
      : [isDm && el("button", { type: "button", onclick: () => this.do("assistant") }, labels.assistant)].filter(Boolean);
    this.target.replaceChildren(...parts);
  }

  typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.say();
  }

  say() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.do("say", { channel: this.open, text, thread: this.thread });
  }

  /** A modal is drawn anew when it is another one, or changed; what was entered in it stays. */
  showModal() {
    const view = this.shown.modal;
    if (JSON.stringify(view) === this.layer.shown) return;
    this.layer.shown = JSON.stringify(view);
    if (!view) return this.layer.replaceChildren();
    const before = this.layer.dataset.view === view.id ? entered(this.layer) : {};
    this.layer.dataset.view = view.id;
    const sheet = el("form", { class: "sheet", role: "dialog", "aria-modal": "false", "aria-label": view.title.text,
      onsubmit: (event) => { event.preventDefault(); this.do("submit", { view: view.id, entered: entered(sheet) }); },
      onkeydown: (event) => { if (event.key === "Escape") this.do("close", { view: view.id }); } },
      el("header", {}, el("h3", {}, view.title.text),
        el("button", { type: "button", "aria-label": labels.close, onclick: () => this.do("close", { view: view.id }) }, "×")),
      el("div", { class: "body" }, drawn(view.blocks, this.place(view, { view: view.id }))),
      el("footer", {},
        el("button", { type: "button", onclick: () => this.do("close", { view: view.id }) }, view.close?.text ?? labels.close),
        view.submit && el("button", { class: "primary" }, view.submit.text)));
    for (const node of sheet.querySelectorAll("input[data-action], textarea[data-action], select[data-action]")) {
      if (before[node.dataset.action]) node.value = before[node.dataset.action];
    }
    this.layer.replaceChildren(sheet);
    const first = sheet.querySelector("[aria-invalid]") ?? sheet.querySelector(".body input, .body textarea, .body select");
    (first ?? sheet.querySelector("footer button")).focus();
  }

  place({ values, errors }, where) {
    const channels = Object.fromEntries(this.shown.channels.map((channel) => [channel.id, channel.name]));
    return {
      names: { ...stage.users, ...channels }, users: stage.users, channels, labels, values, errors,
      act: (action, value) => this.do("click", { ...where, action, value, entered: this.enteredBeside(where) }),
      options: async (action, query) => (await this.do("options", { ...where, action, query })).options ?? [],
    };
  }

  enteredBeside(where) {
    const root = where.ts ? this.stream.querySelector(`[data-key="${where.ts}"]`) : this.shown.modal?.id === where.view ? this.layer : this.stream;
    return entered(root);
  }

  async do(what, given = {}) {
    return send("/page/do", { what, by: this.person, ...given });
  }
}

const newest = (channel) => channel.messages.at(-1)?.ts ?? "";

async function send(path, given) {
  const answer = await (await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) })).json();
  toast.hidden = !answer.error;
  toast.textContent = answer.error ? `${labels.failed} (${answer.error})` : "";
  return answer;
}

const at = (seconds, options) =>
  new Intl.DateTimeFormat(stage.language, { timeZone: "Asia/Tokyo", ...options }).format(new Date(seconds * 1000));
const showTime = (now) => { document.querySelector("time").textContent = at(now, { dateStyle: "full", timeStyle: "short" }); };
const clock = (ts) => at(Number(ts), { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

const seats = stage.seats.map((seat) => new Seat(seat));
document.querySelector("main").append(...seats.map((seat) => seat.pane));
document.querySelector(".seats").append(...seats.map((seat) => seat.tab));

/** On a narrow screen one seat is shown at a time. */
function showSeat(seat) {
  document.body.dataset.seat = seat.id;
  seats.forEach((other) => {
    other.tab.setAttribute("aria-selected", String(other === seat));
    other.pane.classList.toggle("front", other === seat);
  });
  if (seat.shown) seat.show(seat.shown);
}
showSeat(seats[0]);

if (stage.later) {
  document.querySelector(".later").append(...[1, 14].map((days) =>
    el("button", { onclick: async () => showTime((await send("/page/later", { days })).now) }, labels[`later-${days}`])));
}

function askAgain() {
  seen = -1;
  asking.abort();
}

async function watch() {
  for (;;) {
    asking = new AbortController();
    const sitting = new URLSearchParams(seats.map((seat) => [seat.id, seat.person]));
    try {
      const answer = await fetch(`/page/seats?seen=${seen}&${sitting}`, { signal: asking.signal });
      const told = await answer.json();
      seen = told.version;
      showTime(told.now);
      seats.forEach((seat) => seat.show(told.seats[seat.id]));
      toast.classList.remove("away");
    } catch (error) {
      if (error.name === "AbortError") continue;
      if (!(error instanceof TypeError)) throw error;
      toast.hidden = false;
      toast.textContent = labels.away;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
watch();
