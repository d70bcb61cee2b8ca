// Block Kit, drawn: the blocks of a message, modal or home tab, with elements that can be used.
//
// `place` is where they stand: {names, users, channels, labels, values, errors, act(action, value), options(action, query)}.
// What is entered is kept in the elements; `entered(root)` gathers it by action id.

import { el } from "./dom.js";
import { markdown, richText, text } from "./markup.js";

/** The blocks as elements, in order. */
export const drawn = (blocks, place) => blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, place));

/** What stands in the elements under `root`, by action id: what a submission brings. */
export function entered(root) {
  const holders = [...root.querySelectorAll("[data-action]")].filter((node) => node.value_);
  return Object.fromEntries(holders.map((node) => [node.dataset.action, node.value_()]));
}

const unknown = (block) => el("p", { class: "unknown" }, `[${block.type}]`);

const BLOCKS = {
  section: (block, place) =>
    el("div", { class: "section" },
      el("div", { class: "words" },
        block.text && el("p", {}, text(block.text, place.names)),
        block.fields && el("div", { class: "fields" }, block.fields.map((one) => el("p", {}, text(one, place.names))))),
      block.accessory && el("div", { class: "accessory" }, element(block.accessory, block, place))),
  header: (block, place) => el("h3", {}, text(block.text, place.names)),
  context: (block, place) =>
    el("p", { class: "context" }, block.elements.map((one) =>
      el("span", {}, one.type === "image" ? one.alt_text : text(one, place.names)))),
  divider: () => el("hr"),
  actions: (block, place) =>
    el("div", { class: "actions" }, block.elements.map((one) => element(one, block, place))),
  context_actions: (block, place) =>
    el("div", { class: "actions" }, block.elements.map((one) => element(one, block, place))),
  image: (block) => el("figure", {}, el("div", { class: "image", role: "img", "aria-label": block.alt_text }, block.alt_text),
    block.title && el("figcaption", {}, block.title.text)),
  markdown: (block) => el("div", {}, markdown(block.text)),
  rich_text: (block, place) => el("div", { class: "rich" }, richText(block, place.names)),
  input: input,
};

let lastId = 0;

function input(block, place) {
  const id = `field-${++lastId}`;
  const problem = place.errors?.[block.block_id];
  const node = element(block.element, block, place, { id, isRequired: !block.optional, isInForm: !block.dispatch_action });
  const isGroup = node.matches("fieldset");
  const described = [problem && `${id}-problem`, block.hint && `${id}-hint`].filter(Boolean).join(" ");
  const control = node.matches("input, textarea, select, fieldset") ? node : node.querySelector("input");
  if (described) control?.setAttribute("aria-describedby", described);
  if (problem) control?.setAttribute("aria-invalid", "true");
  return el("div", { class: "input" },
    el(isGroup ? "p" : "label", { class: "label", id: `${id}-label`, for: isGroup ? null : id }, text(block.label, place.names),
      block.optional && el("span", { class: "optional" }, place.labels.optional)),
    node,
    problem && el("p", { class: "problem", id: `${id}-problem`, role: "alert" }, problem),
    block.hint && el("p", { class: "hint", id: `${id}-hint` }, text(block.hint, place.names)));
}

// --- elements ---

function element(one, block, place, { id, isRequired = false, isInForm = false } = {}) {
  const kept = place.values?.[block.block_id]?.[one.action_id];
  const use = isInForm ? () => {} : (value) => confirmed(one, place, () => place.act(one.action_id, value));
  const label = one.placeholder?.text ?? one.accessibility_label;
  const made = ELEMENTS[one.type]?.(one, { kept, use, place, id, isRequired, label: id ? null : label }) ?? unknown(one);
  if (one.action_id) made.dataset.action = one.action_id;
  return made;
}

const ELEMENTS = {
  button: (one, { use, place }) =>
    el("button", { type: "button", class: one.style, "aria-label": one.accessibility_label, onclick: () => {
      if (one.url) window.open(one.url, "_blank", "noopener");
      use();
    } }, text(one.text, place.names)),
  icon_button: (one, { use }) => el("button", { type: "button", "aria-label": one.text.text, onclick: () => use() }, "🗑"),
  feedback_buttons: (one, { use }) =>
    el("span", { class: "feedback" }, [["positive_button", "👍"], ["negative_button", "👎"]].map(([side, sign]) =>
      el("button", { type: "button", title: one[side].text.text, onclick: () => use(one[side].value) }, `${sign} ${one[side].text.text}`))),
  overflow: (one, { use, place }) => {
    const menu = el("details", { class: "overflow" }, el("summary", { "aria-label": place.labels.more }, "⋯"),
      el("div", { class: "options" }, one.options.map((option) =>
        el("button", { type: "button", onclick: () => { menu.open = false; use(option.value); } }, text(option.text)))));
    return menu;
  },
  static_select: (one, { kept, use, id, isRequired, label }) => {
    const chosen = kept?.selected_option?.value ?? "";
    const node = el("select", { id, required: isRequired, "aria-label": label, onchange: () => node.value && use(node.value) },
      el("option", { value: "" }, one.placeholder?.text ?? "—"),
      one.option_groups
        ? one.option_groups.map((group) => el("optgroup", { label: group.label.text }, options(group.options, chosen)))
        : options(one.options, chosen));
    return holding(node, () => node.value || null);
  },
  users_select: (one, context) => people(one, context, context.place.users, context.kept?.selected_user),
  conversations_select: (one, context) => people(one, context, context.place.channels, context.kept?.selected_conversation),
  radio_buttons: (one, context) => choices("radio", one, context, [context.kept?.selected_option]),
  checkboxes: (one, context) => choices("checkbox", one, context, context.kept?.selected_options ?? []),
  multi_static_select: (one, context) =>
    choices("checkbox", { ...one, options: one.options ?? one.option_groups.flatMap((group) => group.options) },
      context, context.kept?.selected_options ?? []),
  external_select: (one, context) => search(one, context, context.kept?.selected_option ? [context.kept.selected_option] : [], 1),
  multi_external_select: (one, context) =>
    search(one, context, context.kept?.selected_options ?? [], one.max_selected_items ?? 100),
  datepicker: (one, context) => plainInput("date", context, context.kept?.selected_date),
  timepicker: (one, context) => plainInput("time", context, context.kept?.selected_time),
  email_text_input: (one, context) => plainInput("email", context, context.kept?.value, one),
  url_text_input: (one, context) => plainInput("url", context, context.kept?.value, one),
  number_input: (one, context) => plainInput("number", context, context.kept?.value, one, {
    min: one.min_value, max: one.max_value, step: one.is_decimal_allowed ? "any" : "1" }),
  plain_text_input: (one, context) => {
    if (!one.multiline) return plainInput("text", context, context.kept?.value, one);
    const node = el("textarea", { ...common(context, one), rows: 4 });
    node.value = context.kept?.value ?? "";
    return holding(node, () => node.value || null);
  },
  image: (one) => el("span", { class: "image", role: "img", "aria-label": one.alt_text }, one.alt_text),
};

const holding = (node, value) => Object.assign(node, { value_: value });

const options = (all, chosen) =>
  all.map((option) => el("option", { value: option.value, selected: option.value === chosen }, option.text.text));

const common = ({ id, isRequired, label }, one) => ({
  id, required: isRequired, "aria-label": label, placeholder: one?.placeholder?.text, maxlength: one?.max_length, minlength: one?.min_length });

function plainInput(type, context, kept, one, more = {}) {
  const isWritten = !["date", "time"].includes(type);
  const node = el("input", { type, ...common(context, one), ...more, onchange: () => node.value && !isWritten && context.use(node.value),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing && isWritten && !context.id) context.use(node.value);
    } });
  node.value = kept ?? "";
  return holding(node, () => node.value || null);
}

function people(one, { use, id, isRequired, label }, all, chosen) {
  const node = el("select", { id, required: isRequired, "aria-label": label, onchange: () => node.value && use(node.value) },
    el("option", { value: "" }, one.placeholder?.text ?? "—"),
    Object.entries(all).map(([value, name]) => el("option", { value, selected: value === chosen }, name)));
  return holding(node, () => node.value || null);
}

function choices(type, one, { use, place, id, isRequired, label }, chosen) {
  const name = `choice-${++lastId}`;
  const values = chosen.filter(Boolean).map((option) => option.value);
  const boxes = one.options.map((option) => el("input", { type, name, value: option.value,
    checked: values.includes(option.value), required: isRequired && type === "radio",
    onchange: () => use(type === "radio" ? read() : read()) }));
  const read = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    return type === "radio" ? ticked[0] ?? null : ticked;
  };
  const node = el("fieldset", { id, "aria-label": label, "aria-labelledby": id && `${id}-label` }, one.options.map((option, n) =>
    el("label", {}, boxes[n], el("span", {}, text(option.text, place.names),
      option.description && el("small", {}, text(option.description, place.names))))));
  return holding(node, read);
}

/** A menu whose options the app offers while somebody types. */
function search(one, { use, place, id, isRequired, label }, begun, most) {
  let chosen = begun;
  let timer = 0;
  const shown = el("ul", { class: "chosen" });
  const found = el("div", { class: "options", hidden: true });
  const field = el("input", { type: "search", id, "aria-label": label, placeholder: one.placeholder?.text, autocomplete: "off",
    oninput: () => { clearTimeout(timer); timer = setTimeout(look, 250); } });
  const node = el("div", { class: "search" }, shown, field, found);

  async function look() {
    if (field.value.length < (one.min_query_length ?? 3)) return found.toggleAttribute("hidden", true);
    const offered = await place.options(one.action_id, field.value);
    found.replaceChildren(...offered.map((option) =>
      el("button", { type: "button", onclick: () => pick(option) }, option.text.text)));
    if (!offered.length) found.append(el("p", {}, place.labels.nothing));
    found.hidden = false;
  }
  function pick(option) {
    chosen = most === 1 ? [option] : [...chosen.filter((other) => other.value !== option.value), option].slice(0, most);
    field.value = "";
    found.hidden = true;
    show();
    use(value());
  }
  function drop(option) {
    chosen = chosen.filter((other) => other !== option);
    show();
  }
  function show() {
    shown.replaceChildren(...chosen.map((option) => el("li", {}, option.text.text,
      el("button", { type: "button", "aria-label": `${place.labels.remove}: ${option.text.text}`, onclick: () => drop(option) }, "×"))));
    field.setCustomValidity(isRequired && !chosen.length ? place.labels.required : "");
  }
  const value = () => (one.type === "external_select" ? chosen[0] ?? null : chosen);
  if (one.min_query_length === 0) field.addEventListener("focus", look);
  show();
  return holding(node, value);
}

/** Asks first where the element wants it. */
function confirmed(one, place, go) {
  const asked = one.confirm;
  if (!asked) return go();
  const dialog = el("dialog", { class: "confirm", onclose: () => { dialog.remove(); if (dialog.returnValue === "yes") go(); } },
    el("form", { method: "dialog" },
      el("h3", {}, asked.title.text), el("p", {}, text(asked.text, place.names)),
      el("div", { class: "actions" },
        el("button", { value: "no", autofocus: true }, asked.deny.text),
        el("button", { value: "yes", class: asked.style ?? "primary" }, asked.confirm.text))));
  document.body.append(dialog);
  dialog.showModal();
}
