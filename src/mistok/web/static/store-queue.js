// What a storekeeper's phone keeps in its own database, and the queue that sends it: entries with
// their photos, in order, each once. Used by the pages and by the worker; nothing here draws.
// An entry is {key, person, url, back, title, fields, photos, at, number, state, sentence, code,
// tries}; its state is "waiting", "needs" (a person must look) or "done". It leaves the phone only
// when the server has said that it is recorded, or when its person takes it off the list.
"use strict";

self.store = (() => {
  const DATABASE = "mistok-store";
  const PAGES = "mistok-store-pages";
  const WHOSE = "/store-whose";
  const DAY = 24 * 60 * 60 * 1000;
  const PATIENCE = 5 * 60 * 1000; // for one entry with photos on a bad line
  const MOST_TRIES = 5; // of one entry that breaks the server, before the others go on
  const BUSY = new Set([429, 502, 503, 504]); // no fault of the entry: it is tried for ever
  let opened = null;

  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(DATABASE, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("entries", { keyPath: "key" });
        asked.result.createObjectStore("drafts", { keyPath: "id" });
        asked.result.createObjectStore("photos", { keyPath: "id" }).createIndex("draft", "draft");
      };
      asked.onsuccess = () => {
        const database = asked.result;
        database.onclose = () => (opened = null);
        database.onversionchange = () => database.close();
        resolve(database);
      };
      asked.onerror = () => reject(asked.error);
    }).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  };

  // One transaction: `work` gets the object stores and gives a request, whose result is returned
  // once everything is on the disk ("strict"), not only in memory.
  const inside = async (names, mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(names, mode, { durability: "strict" });
      const stores = names.map((name) => transaction.objectStore(name));
      const request = work(...stores, transaction);
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
  };

  const channel = self.BroadcastChannel ? new BroadcastChannel(DATABASE) : null;
  const listeners = [];
  const tell = (news) => {
    channel?.postMessage(news);
    listeners.forEach((listener) => listener(news));
  };
  const listen = (listener) => {
    listeners.push(listener);
    channel?.addEventListener("message", (event) => listener(event.data));
  };

  const entries = async () => {
    const all = (await inside(["entries"], "readonly", (store) => store.getAll())) ?? [];
    return all.sort((one, other) => one.number - other.number);
  };

  // Into the queue and out of the drafts at once: there is no moment with both, or with neither.
  // Gives false when this very entry is there already.
  const add = async (entry, draft) => {
    let fresh = true;
    await inside(["entries", "drafts", "photos"], "readwrite", (kept, drafts, photos) => {
      const asked = kept.getAll();
      asked.onsuccess = () => {
        fresh = asked.result.every((one) => one.key !== entry.key);
        if (!fresh) return;
        const last = Math.max(0, ...asked.result.map((one) => one.number));
        kept.put({ ...entry, number: last + 1, state: "waiting", sentence: "", code: "", tries: 0 });
        drafts.delete(draft);
        const mine = photos.index("draft").getAllKeys(draft);
        mine.onsuccess = () => mine.result.forEach((id) => photos.delete(id));
      };
    });
    tell("changed");
    return fresh;
  };

  const change = async (key, changes) => {
    await inside(["entries"], "readwrite", (kept) => {
      const asked = kept.get(key);
      asked.onsuccess = () => asked.result && kept.put({ ...asked.result, ...changes });
    });
    tell("changed");
  };

  const drop = async (key) => {
    await inside(["entries"], "readwrite", (kept) => kept.delete(key));
    tell("changed");
  };

  const forget = async () => {
    const old = Date.now() - DAY;
    for (const one of await entries()) {
      if (one.state === "done" && one.done_at < old) await drop(one.key);
    }
  };

  const asked = async (address, options, patience) => {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), patience);
    try {
      const answer = await fetch(address, {
        ...options,
        headers: { Accept: "application/json", ...options?.headers },
        cache: "no-store",
        redirect: "error",
        signal: stop.signal,
      });
      const kind = answer.headers.get("Content-Type") ?? "";
      const told = kind.startsWith("application/json") ? await answer.json() : null;
      return { status: answer.status, told };
    } catch {
      return { status: 0, told: null };
    } finally {
      clearTimeout(clock);
    }
  };

  // Who is signed in, with a fresh token for the next form; null without a connection.
  const token = async (address) => {
    const answer = await asked(address, {}, 20000);
    return answer.status === 200 ? answer.told : null;
  };

  const post = (entry, secret) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", secret);
    for (const [name, value] of entry.fields) body.append(name, value);
    for (const photo of entry.photos) body.append("photo", photo.blob, photo.name);
    const headers = { "X-CSRFToken": secret };
    return asked(entry.url, { method: "POST", body, headers }, PATIENCE);
  };

  // What became of one entry. Gives "go on" or why the queue stops here.
  const settle = async (entry, { status, told }) => {
    if (status === 200 && told) {
      const trouble = told.trouble ?? [];
      const sentence = [told.sentence, ...trouble].join(" ");
      // A photo that was refused stays here, with its act recorded and told so.
      if (trouble.length) await change(entry.key, { state: "needs", sentence, code: "photo" });
      else {
        const done = { state: "done", sentence, fields: [], photos: [], done_at: Date.now() };
        await change(entry.key, done);
      }
      return "go on";
    }
    if (told?.code === "sign_in_needed") return "sign in";
    if (told?.sentence && status < 500) {
      const { sentence, code, errors } = told;
      const parts = Object.values(errors ?? {}).filter((one) => one && one !== sentence);
      const whole = [sentence, ...parts].join(" ");
      await change(entry.key, { state: "needs", sentence: whole, code });
      return "go on";
    }
    if (status === 0) return "offline";
    const tries = entry.tries + (BUSY.has(status) ? 0 : 1);
    const given = { tries, sentence: told?.sentence ?? "", code: `status_${status}` };
    await change(entry.key, tries < MOST_TRIES ? given : { ...given, state: "needs" });
    return tries < MOST_TRIES ? "later" : "go on";
  };

  const inOrder = async (address) => {
    const first = await token(address);
    if (!first) return { state: "offline", person: null };
    const { person } = first;
    const mine = (await entries()).filter((one) => one.person === person);
    const waiting = mine.filter((one) => one.state === "waiting");
    for (const entry of waiting) {
      // Asked anew for each: a long queue of photos outlives what a page was given.
      const now = entry === waiting[0] ? first : await token(address);
      if (!now) return { state: "offline", person };
      if (now.person !== person) return { state: "sign in", person: now.person };
      tell("sending");
      const went = await settle(entry, await post(entry, now.token));
      if (went !== "go on") return { state: went, person };
    }
    await forget();
    return { state: person ? "idle" : "sign in", person };
  };

  // Send what waits. One at a time on the whole phone: two windows do not send the same twice.
  const send = async (address) => {
    const { locks } = self.navigator;
    const work = (lock) => (lock ? inOrder(address) : { state: "busy", person: null });
    const asking = { ifAvailable: true };
    const went = await (locks ? locks.request(DATABASE, asking, work) : work(true));
    // Other windows, and a page whose queue the worker has sent, learn how it went.
    if (went.state !== "busy") tell({ went: went.state });
    return went;
  };

  // Pages of a store are kept for one person: whoever comes next finds none of them.
  const keptFor = async () => {
    if (!self.caches || !(await caches.has(PAGES))) return "";
    const whose = await (await caches.open(PAGES)).match(WHOSE);
    return whose ? whose.text() : "";
  };
  const pagesOf = async (person) => {
    if ((await keptFor()) !== person) await caches.delete(PAGES);
    const pages = await caches.open(PAGES);
    await pages.put(WHOSE, new Response(person));
    return pages;
  };
  const clearPages = () => (self.caches ? caches.delete(PAGES) : Promise.resolve(false));

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  return {
    PAGES, add, change, clearPages, drop, entries, inside, keptFor, listen, newKey, open, pagesOf,
    send, tell, token,
  };
})();
