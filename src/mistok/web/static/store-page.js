// Puts the pieces of a store's page together: the worker, the queue, the form with its draft, the
// scanner. Without this script every form of the store works as a plain form.
"use strict";

(() => {
  const told = JSON.parse(document.getElementById("store-told").textContent);
  const { words } = told;
  const form = document.querySelector("form[data-store-form]");
  const BOXES = "mistok-store-boxes";
  const MOST_KEPT = 20; // pages that are fetched before they are needed

  const boxes = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(BOXES));
      return kept?.person === (told.person || kept?.person) ? kept.boxes : {};
    } catch {
      return {};
    }
  };

  // Which box lies where, for a phone that scans one without a connection.
  const keepBoxes = () => {
    const rows = document.querySelectorAll("[data-boxes]");
    if (!document.querySelector("[data-keep-boxes]")) return;
    const found = {};
    for (const row of rows) {
      for (const label of row.dataset.boxes.split(" ").filter(Boolean)) found[label] = row.dataset.url;
    }
    try {
      localStorage.setItem(BOXES, JSON.stringify({ person: told.person, boxes: found }));
    } catch {
      // Full or forbidden: then a box is found on the server only.
    }
  };

  // The worker answers for the pages of this language, and for the addresses on boxes.
  const setUpWorker = async () => {
    if (!navigator.serviceWorker || !told.person) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data?.kept) document.querySelector("[data-panel-ready]")?.removeAttribute("hidden");
    });
    try {
      for (const scope of told.scopes) await navigator.serviceWorker.register(told.worker, { scope });
    } catch {
      return; // no https, or a browser that forbids it: drafts and the queue work all the same
    }
    const ready = await navigator.serviceWorker.ready;
    const bare = (address) => address.split("#")[0];
    const links = [...document.querySelectorAll("a[data-keep]")].map((link) => bare(link.href));
    const here = bare(self.location.href);
    ready.active.postMessage({ keep: [...new Set([here, ...links])].slice(0, MOST_KEPT) });
    return ready;
  };

  const goTo = (code) => {
    const known = boxes()[code];
    self.location.assign(known ?? `${told.box}?label=${encodeURIComponent(code)}`);
  };

  const find = document.querySelector("form[data-find-box]");
  find?.addEventListener("submit", (event) => {
    const code = self.store.codeOf(find.elements.label.value);
    if (!boxes()[code]) return;
    event.preventDefault();
    goTo(code);
  });

  // What a scanned code means on this page; gives a sentence.
  const chosen = (code) => {
    const row = document.querySelector(`[data-row][data-lot="${code}"]`);
    const box = form?.elements.lot;
    if (row) row.querySelector("[data-count=received]").focus();
    else if (box) {
      box.value = code;
      if (box.value !== code) form.elements.label.value = code;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      form.elements.amount.focus();
    } else if (form) return words.not_here.replace("{what}", code);
    else return goTo(code);
    return words.scanned.replace("{what}", code);
  };

  // A day that nobody has typed is today, also on a page that was opened yesterday.
  const setToday = (draft) => {
    const box = form.elements.day;
    if (!draft.begun && box && !form.dataset.wrong) box.value = new Date().toISOString().slice(0, 10);
  };

  const fromAddress = () => {
    const code = self.store.codeOf(new URLSearchParams(self.location.search).get("lot") ?? "");
    if (code) chosen(code);
  };

  const setUpForm = async (person, panel, ready) => {
    const said = form.querySelector("[data-draft-said]");
    const url = new URL(form.action, self.location.href).pathname;
    const say = (word) => {
      if (said.textContent !== words[word]) said.textContent = words[word];
      if (word !== "elsewhere") return;
      for (const one of form.querySelectorAll("button[type=submit]")) one.disabled = true;
    };
    const draft = await self.store.draftOf(form, self.store.draftId(person, url), say);
    const counting = form.querySelector("[data-row]") && self.store.countRows(form, words);
    const camera = form.querySelector("input[type=file]");
    const photos = camera && self.store.keepPhotos(camera, draft.id, words);
    setToday(draft);
    fromAddress();
    counting?.refresh?.();
    await waitingAlready(url);

    const complete = () => {
      if (counting) counting.first.setCustomValidity(counting.anything() ? "" : words.count_first);
      return form.reportValidity();
    };

    let busy = false;
    form.addEventListener("submit", async (event) => {
      if (event.submitter?.value === "look") return;
      event.preventDefault();
      if (busy || draft.ended || !complete()) return;
      busy = true;
      try {
        await photos?.settled();
        await submit();
      } catch {
        say("full");
      } finally {
        busy = false;
      }
    });

    const submit = async () => {
      const { key } = draft;
      const given = [["key", key], ["person", person], ["act", "record"]];
      const entry = {
        key, person, url, at: Date.now(), title: titleOf(),
        fields: [...self.store.valuesOf(form), ...given],
        photos: ((await photos?.all()) ?? []).map(({ name, blob }) => ({ name, blob })),
      };
      await self.store.add(entry, draft.id);
      draft.end();
      form.hidden = true;
      const kept = document.querySelector("[data-kept]");
      kept.hidden = false;
      kept.querySelector("h2").focus();
      await panel.sync();
      ready?.then((worker) => worker?.sync?.register("store-queue")).catch(() => undefined);
    };
  };

  const titleOf = () => {
    const lot = form.elements.lot;
    const picked = lot?.selectedOptions?.[0];
    const what = picked?.value ? picked.textContent : form.elements.label?.value;
    const amount = form.elements.amount?.value;
    return [form.dataset.title, amount, what].filter(Boolean).join(" · ");
  };

  const isHere = (entry, url) =>
    entry.state !== "done" && self.store.placeOf(entry.url) === self.store.placeOf(url);

  // Whoever opens a form whose entry still waits is told so, before she counts the same again.
  const waitingAlready = async (url) => {
    const notice = document.querySelector("[data-already]");
    const all = await self.store.entries().catch(() => []);
    if (!notice || !all.some((one) => isHere(one, url))) return;
    notice.hidden = false;
    form.hidden = true;
    notice.querySelector("button").addEventListener("click", () => {
      notice.hidden = true;
      form.hidden = false;
      form.querySelector("input:not([type=hidden])").focus();
    });
  };

  const nextForm = () => {
    const again = document.querySelector("[data-again]");
    again?.addEventListener("click", () => self.location.assign(form.action));
  };

  const start = async () => {
    const person = told.person || (await self.store.keptFor());
    if (told.person && (await self.store.keptFor()) !== told.person) await self.store.clearPages();
    keepBoxes();
    const place = document.querySelector("[data-panel]");
    const panel = place && self.store.panelOf(place, told, person);
    const ready = setUpWorker();
    const scan = document.querySelector("[data-scan]");
    if (scan) self.store.scanner(scan, words, chosen);
    const works = await self.store.open().then(() => true, () => false);
    document.documentElement.dataset.store = works ? "kept" : "plain";
    if (form && works) await setUpForm(person, panel, ready);
    nextForm();
    const asked = /\/box\/([^/]+)\/?$/.exec(self.location.pathname);
    const known = !told.person && asked && boxes()[self.store.codeOf(asked[1])];
    if (known) self.location.replace(known);
    document.documentElement.dataset.storeReady = "";
    if (works) await panel?.sync();
  };
  start();
})();
