// A form that is being filled in survives the end of the phone's battery: every keystroke is
// written at once, into localStorage before anything else happens, and into the database on the
// disk. Two windows of one form share its draft and its key, so that it can be submitted only once.
"use strict";

(() => {
  const SKIPPED = new Set(["hidden", "file", "submit", "button"]);
  const { inside, newKey } = self.store;

  // A draft belongs to a person and a form, in whatever language she reads it.
  const placeOf = (address) =>
    new URL(address, self.location.href).pathname.replace(/^\/[a-z]{2}\//, "/");
  const draftId = (person, address) => `${person} ${placeOf(address)}`;

  const nameOf = (id) => `mistok-store-draft ${id}`;

  const readLocal = (id) => {
    try {
      return JSON.parse(localStorage.getItem(nameOf(id)));
    } catch {
      return null;
    }
  };

  const writeLocal = (id, draft) => {
    try {
      if (draft) localStorage.setItem(nameOf(id), JSON.stringify(draft));
      else localStorage.removeItem(nameOf(id));
      return true;
    } catch {
      return false; // full, or forbidden: the database has it too
    }
  };

  const fieldsOf = (form) =>
    [...form.elements].filter((one) => one.name && !SKIPPED.has(one.type) && !one.disabled);

  const valuesOf = (form) =>
    fieldsOf(form).flatMap((one) => {
      const ticked = one.type === "checkbox" || one.type === "radio";
      return ticked && !one.checked ? [] : [[one.name, one.value]];
    });

  const fill = (form, values) => {
    const told = new Map();
    for (const [name, value] of values) told.set(name, [...(told.get(name) ?? []), value]);
    for (const one of fieldsOf(form)) {
      const given = told.get(one.name) ?? [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
      else if (given.length) one.value = given[0];
    }
  };

  // The draft of one form. `say(word)` tells its reader what happened; `id` is person and address.
  const draftOf = async (form, id, say) => {
    const kept = await inside(["drafts"], "readonly", (drafts) => drafts.get(id)).catch(() => null);
    const near = readLocal(id);
    const used = new Set((await self.store.entries().catch(() => [])).map((one) => one.key));
    // What was submitted in the moment in which the phone died is an entry, and no draft any more.
    const living = [kept, near].filter((one) => one && !used.has(one.key));
    const newest = living.sort((one, other) => other.count - one.count)[0];
    let { key, count } = newest ?? { key: newKey(), count: 0 };
    const said = newest?.values ?? [];
    let ended = false;

    // First the copy that is made before this line is over, then the one that reaches the disk.
    const save = () => {
      if (ended) return Promise.resolve();
      count += 1;
      const draft = { key, count, values: valuesOf(form) };
      const here = writeLocal(id, draft);
      return inside(["drafts"], "readwrite", (drafts) => drafts.put({ ...draft, id })).then(
        () => {
          form.dataset.onDisk = draft.count;
          say("kept");
        },
        () => say(here ? "kept" : "not_kept"),
      );
    };

    const end = () => {
      ended = true;
      writeLocal(id, null);
    };

    // The same form in another window: what is typed there is shown here, and what is submitted
    // there cannot be submitted here as well.
    self.addEventListener("storage", (event) => {
      if (event.key !== nameOf(id) || ended) return;
      if (event.newValue === null) {
        ended = true;
        say("elsewhere");
      } else if (!form.contains(document.activeElement) || !document.hasFocus()) {
        const other = JSON.parse(event.newValue);
        ({ key, count } = other);
        fill(form, other.values);
        form.dispatchEvent(new CustomEvent("store:filled"));
      }
    });

    if (said.length) {
      fill(form, said);
      say("restored");
    } else {
      // The key is shared from the beginning, also with a window in which nothing was typed yet.
      writeLocal(id, { key, count, values: [] });
    }
    for (const kind of ["input", "change"]) form.addEventListener(kind, save);
    return {
      id, end,
      get key() { return key; },
      get ended() { return ended; },
      get begun() { return count > 0; },
    };
  };

  // An entry that the server refused becomes a draft again, under a new key.
  const reopen = async (entry) => {
    const id = draftId(entry.person, entry.url);
    const draft = { key: newKey(), count: 1, values: entry.fields };
    const now = Date.now();
    const photos = entry.photos.map((photo, at) => ({ ...photo, id: `${id} ${now}-${at}`, draft: id }));
    await inside(["drafts", "photos", "entries"], "readwrite", (drafts, kept, entries) => {
      drafts.put({ ...draft, id });
      photos.forEach((photo) => kept.put(photo));
      entries.delete(entry.key);
    });
    writeLocal(id, draft);
    self.store.tell("changed");
  };

  Object.assign(self.store, { draftId, draftOf, placeOf, reopen, valuesOf });
})();
