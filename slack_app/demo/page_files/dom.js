// Making elements, and keeping a list of them level with what it shows.

/** An element: attributes as in HTML, `onclick` and the like as functions; children that are nothing are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

/**
 * Makes the children of `parent` those of `items`, in order. A child whose item has not changed is left as it is,
 * so that what somebody is writing in it stays. Gives the children that are new or changed.
 */
export function level(parent, items, keyOf, render) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const changed = [];
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const shown = JSON.stringify(item);
    let node = known.get(key);
    known.delete(key);
    if (!node || node.shown !== shown) {
      const fresh = render(item);
      fresh.dataset.key = key;
      fresh.shown = shown;
      if (node) {
        if (place === node) place = fresh;
        node.replaceWith(fresh);
      }
      node = fresh;
      changed.push(node);
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const gone of known.values()) gone.remove();
  return changed;
}
