// What the forms of the local UI do beyond what HTML can: what a change would do while it is typed, and parts found by words.
(() => {
  const log = document.querySelector("[data-events]");
  if (log !== null) {
    // It goes on by itself where a connection was lost: each line has its number.
    const source = new EventSource(log.dataset.events);
    source.onmessage = ({ data }) => {
      log.insertAdjacentHTML("beforeend", data);
      log.scrollTop = log.scrollHeight;
    };
    source.addEventListener("end", () => {
      source.close();
      location.reload();
    });
  }

  const form = document.querySelector("form[data-live]");
  if (form === null) return;
  const beside = document.querySelector("#beside");
  const SILENCE = 300;
  let timer;
  let asking;

  for (const button of form.querySelectorAll(".preset")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { cron, list } = button.dataset;
      if (cron !== undefined) form.elements["f.cron_schedule"].value = cron;
      else toggle(form.elements["f.lists"], list);
      ask();
    });
  }
  document.querySelector("[data-focus]")?.focus();

  // All lists are no list beside others.
  function toggle(input, id) {
    const ids = input.value.split(/[,;\s]+/).filter((word) => word !== "");
    const rest = ids.filter((word) => word !== id && word !== "all");
    input.value = ids.includes(id) ? rest.join(", ") : id === "all" ? id : [...rest, id].join(", ");
  }

  // One request at a time; what was typed meanwhile is asked for afterwards.
  const ask = async () => {
    if (asking !== undefined) return schedule();
    const body = new URLSearchParams(new FormData(form));
    body.set("step", "live");
    asking = fetch(form.dataset.live, { method: "POST", body });
    const answer = await asking.catch(() => undefined);
    asking = undefined;
    if (answer?.ok !== true) return;
    beside.innerHTML = await answer.text();
    const wrong = new Set([...beside.querySelectorAll("[data-field]")].map((link) => link.dataset.field));
    for (const control of form.elements)
      if (wrong.has(control.id)) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, SILENCE);
  };
  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);

  for (const input of form.querySelectorAll("input[data-search]")) if (input.id.startsWith("parts-")) combobox(input);
  for (const button of form.querySelectorAll(".find-part")) button.hidden = true;

  function combobox(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-options`;
    list.className = "options";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    input.parentElement.after(list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ])
      input.setAttribute(name, value);
    let chosen = -1;
    let wait;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const take = (option) => {
      input.value = option.dataset.value;
      close();
      schedule();
    };
    const choose = (index) => {
      const all = options();
      if (all.length === 0) return;
      chosen = (index + all.length) % all.length;
      for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === chosen));
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    };
    const search = async () => {
      const words = input.value.trim();
      if (words.length < 2 || words.startsWith("#")) return close();
      const query = new URLSearchParams({ q: words, instance: form.elements["f.instance"]?.value ?? "" });
      const answer = await fetch(`/parts/find?${query}`).catch(() => undefined);
      if (answer?.ok !== true || words !== input.value.trim() || document.activeElement !== input) return;
      list.innerHTML = await answer.text();
      for (const option of options()) {
        option.id = `${list.id}-${option.id}`;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(option);
        });
      }
      chosen = -1;
      list.hidden = list.children.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(search, 200);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "ArrowDown" && !list.hidden) choose(chosen + 1);
      else if (event.key === "ArrowUp" && !list.hidden) choose(chosen === -1 ? -1 : chosen - 1);
      else if (event.key === "Enter" && chosen !== -1) take(options()[chosen]);
      else return;
      event.preventDefault();
    });
  }
})();
