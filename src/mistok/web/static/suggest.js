// A search box becomes a combobox as ARIA 1.2 has it: htmx brings the list of places, this shows
// it, moves in it, and says how many there are. Without it the form works as it stands.
"use strict";

for (const popup of document.querySelectorAll(".suggest")) {
  const input = popup.previousElementSibling;
  const status = popup.nextElementSibling;
  let wanted = false; // somebody has typed, and has not left or closed the list since
  let chosen = null;

  const options = () => [...popup.querySelectorAll("[role=option]")];

  const choose = (option) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };

  const show = (open) => {
    popup.hidden = !open;
    input.setAttribute("aria-expanded", open);
    choose(null);
  };

  const close = () => {
    wanted = false;
    status.textContent = "";
    show(false);
  };

  const move = (step, all) => {
    if (popup.hidden) show(true);
    // Past either end nothing is chosen: the reader is back in the box.
    const at = (all.indexOf(chosen) + 1 + step + all.length + 1) % (all.length + 1);
    choose(all[at - 1] ?? null);
  };

  input.addEventListener("input", () => {
    wanted = true;
    choose(null);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && all.length) move(step, all);
    else if (event.key === "Escape" && !popup.hidden) close();
    else if (event.key === "Enter" && chosen) chosen.click();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  // A press keeps the focus in the box, so that the list is still there for the click.
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  popup.addEventListener("click", close);
  popup.addEventListener("htmx:afterSwap", () => {
    show(wanted && options().length > 0);
    status.textContent = wanted ? popup.firstElementChild.dataset.said : "";
  });

  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  close();
}
