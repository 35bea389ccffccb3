// What pages gain by scripts: suggestions while typing, copying, printing, a map to move about in. All of it works without.

const form = document.querySelector("form.find");
const root = document.documentElement.dataset.root || "";
const language = document.documentElement.lang;

/** A list of suggestions under an input: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
function suggestBelow(input, read, choose) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${input.name}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.name);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let active = -1, asked = 0, timer = 0;
  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  function show(found) {
    list.replaceChildren(...found.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("bdi");
      name.textContent = item.name;
      const kind = document.createElement("small");
      kind.textContent = item.kind || "";
      option.append(name, " ", kind);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(item); close(); });
      return option;
    }));
    list.hidden = found.length === 0;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    list.found = found;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim(), mine = ++asked;
    if (text.length < 2 || text.includes("://")) { close(); return; }
    timer = setTimeout(async () => {
      const found = await read(text).catch(() => []);
      if (mine === asked && document.activeElement === input) show(found);
    }, 120);
  });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown") mark((active + 1) % count);
    else if (event.key === "ArrowUp") mark((active - 1 + count) % count);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) { choose(list.found[active]); close(); }
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}

async function json(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

if (form) {
  suggestBelow(form.elements.q, async (text) => {
    const [, names, kinds, pages] = await json(`${root}/suggest?q=${encodeURIComponent(text)}`);
    return names.map((name, i) => ({ name, kind: kinds[i], page: pages[i] }));
  }, (item) => { location.href = item.page; });
}

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const base = input.dataset.base || "";
  suggestBelow(input, async (text) => {
    const { result } = await json(`${root}/reconcile/suggest/entity?prefix=${encodeURIComponent(text)}`);
    return result.map((item) => ({ name: item.name, kind: item.description, id: item.id }));
  }, (item) => { input.value = base + item.id; });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.classList.add("done");
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Where there is not room for all of a network, its middle comes first, not its edge.
for (const panel of document.querySelectorAll(".across")) {
  const middle = (element) => { const { left, width } = element.getBoundingClientRect(); return left + width / 2; };
  panel.scrollBy({ left: middle(panel.querySelector(".centre")) - middle(panel) });
}

const map = document.querySelector("[data-map]");
if (map) import(map.dataset.map).then((module) => module.start(map, language));

const query = document.querySelector("[data-query]");
if (query) import(query.dataset.query).then((module) => module.start(query, language));
