// What pages do beyond what HTML can: find lists and parts, say that they are old. Without it everything is there but these.
(() => {
  const note = document.querySelector("[data-stale-after]");
  if (note !== null && Date.now() > Date.parse(note.dataset.staleAfter)) note.hidden = false;

  const form = document.querySelector("form.find");
  const input = document.querySelector("#find");
  const list = document.querySelector("#found");
  if (form === null || input === null || list === null) return;
  const said = form.querySelector("[role=status]");
  const { find, base } = document.body.dataset;
  const MOST = 12;
  const SILENCE = 200;
  let loading;
  let timer;
  let chosen = -1;
  form.hidden = false;

  // A script, since a page of a folder may read no other file.
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = find;
      script.onload = () => resolve(window.partwatchFind ?? []);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{Mark}/gu, "")
      .toLowerCase();

  const search = (entries, words) => {
    const wanted = plain(words)
      .split(/\s+/)
      .filter((word) => word !== "");
    if (wanted.length === 0) return [];
    const rank = (name) => (plain(name).startsWith(wanted[0]) ? 0 : 1);
    return entries
      .filter(([name, sub]) => {
        const text = plain(`${name} ${sub}`);
        return wanted.every((word) => text.includes(word));
      })
      .sort((a, b) => rank(a[0]) - rank(b[0]));
  };

  const choose = (index) => {
    const options = [...list.children];
    chosen = options.length === 0 ? -1 : (index + options.length) % options.length;
    for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === chosen));
    if (chosen === -1) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  };

  const go = (option) => {
    if (option?.dataset.href !== undefined) location.href = option.dataset.href;
  };

  const show = (found) => {
    list.replaceChildren(
      ...found.slice(0, MOST).map(([name, sub, href], index) => {
        const option = document.createElement("li");
        const second = document.createElement("span");
        option.id = `found-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        if (href !== "") option.dataset.href = base + href;
        second.className = "sub";
        second.textContent = sub;
        option.append(name, second);
        option.addEventListener("mousedown", () => go(option));
        return option;
      }),
    );
    chosen = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    const { one, many, none } = said.dataset;
    said.textContent = found.length === 0 ? none : found.length === 1 ? one : many.replace("{n}", found.length);
  };

  const update = async () => {
    const words = input.value;
    if (words.trim() === "") return close();
    const entries = await load().catch(() => []);
    if (words === input.value) show(search(entries, words));
  };

  input.addEventListener("focus", () => load().catch(() => []));
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, SILENCE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? -1 : chosen - 1);
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (list.hidden) await update();
    go(list.children[Math.max(0, chosen)]);
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    input.focus();
  });
})();
