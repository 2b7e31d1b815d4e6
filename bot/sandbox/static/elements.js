// Builds elements; text always goes in as text.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Puts the nodes in this order, touching only those that are not in place: what is being pressed stays put.
export function arrange(container, nodes) {
  const wanted = new Set(nodes);
  for (const old of [...container.children]) if (!wanted.has(old)) old.remove();
  nodes.forEach((node, place) => {
    if (container.children[place] !== node) container.insertBefore(node, container.children[place] ?? null);
  });
}

export function toast(text) {
  const node = el("p", { class: "toast" }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 4000);
}

export function alertText(text) {
  document.getElementById("alert-text").textContent = text;
  document.getElementById("alert-dialog").showModal();
}

// Runs an act; a refusal is told, not thrown.
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

// A button that opens a small menu; any click closes it.
export function menu(sign, label, items) {
  const node = el("details", { class: "menu" }, el("summary", { "aria-label": label, title: label }, sign), items);
  document.addEventListener("click", (event) => node.contains(event.target) || (node.open = false));
  items.addEventListener("click", () => (node.open = false));
  return node;
}

export function initials(person) {
  return [person.first_name, person.last_name].filter(Boolean).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
}

export function avatar(person) {
  return el("span", { class: `avatar tint-${person.id % 6}`, "aria-hidden": "true" }, initials(person));
}
