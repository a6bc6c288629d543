// While somebody counts: what is missing of each lot, or more than on the papers, in her language.
// Amounts are whole thousandths of a unit, as on the server, never fractions of a computer.
"use strict";

(() => {
  const PLAIN = /^\d{1,9}(?:[.,]\d{1,3})?$/;
  const OPEN = /^\d{1,3}[.,]\d{3}$/; // "1,200": thousands or thousandths, the server asks back

  const steps = (text) => {
    const typed = text.replace(/[\s\u00a0\u202f]/g, "");
    if (!PLAIN.test(typed) || OPEN.test(typed)) return null;
    const [whole, rest = ""] = typed.split(/[.,]/);
    return Number(whole) * 1000 + Number(rest.padEnd(3, "0"));
  };

  const countRows = (form, words) => {
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 });

    const outcome = (row) => {
      const expected = row.dataset.expected === "" ? null : Number(row.dataset.expected);
      const [received, damaged] = ["received", "damaged"].map((name) =>
        row.querySelector(`[data-count=${name}]`).value.trim(),
      );
      if (expected === null || (!received && !damaged)) return "";
      const counted = [received, damaged].map((text) => (text ? steps(text) : 0));
      if (counted.includes(null)) return "";
      const missing = expected - counted[0] - counted[1];
      if (missing === 0) return words.complete;
      const amount = `${number.format(Math.abs(missing) / 1000)} ${row.dataset.unit}`;
      if (missing < 0) return words.surplus.replace("{n}", amount);
      const more = row.querySelector("[data-count=more]").checked;
      return (more ? words.to_come : words.missing).replace("{n}", amount);
    };

    const refresh = () => {
      for (const row of form.querySelectorAll("[data-row]")) {
        const place = row.querySelector("[data-outcome]");
        const told = outcome(row);
        if (place.textContent !== told) place.textContent = told;
      }
    };

    for (const kind of ["input", "change", "store:filled"]) form.addEventListener(kind, refresh);
    refresh();
    const boxes = [...form.querySelectorAll("[data-count=received], [data-count=damaged]")];
    return { refresh, anything: () => boxes.some((box) => box.value.trim()), first: boxes[0] };
  };

  Object.assign(self.store, { countRows });
})();
