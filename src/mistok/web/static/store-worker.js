// The worker of the store: pages and files that were opened are there without a connection, and
// what waits is sent when the connection is back, also when no page is open. Only pages of the
// store are answered here; everything else goes its usual way. `storeConfig` comes before it.
"use strict";

(() => {
  const FILES = "mistok-store-files";
  const MOST_FILES = 80;
  const SLOW = 6000; // after so many milliseconds a kept page is better than a blank one
  const HASHED = /\.[0-9a-f]{12}\.\w+$/; // a name that never means another content
  const { assets, files, offline, token, worker } = self.storeConfig;
  const OWN = /^\/(?:[a-z]{2}\/)?store\//;

  const isPage = ({ pathname }) => OWN.test(pathname) && ![token, worker].includes(pathname);

  const install = async () => {
    const kept = await caches.open(FILES);
    await kept.addAll(files);
    // Fetched as nobody: this page may be shown to anyone who holds the phone.
    const nobody = await fetch(offline, { credentials: "omit", cache: "no-store" });
    if (nobody.ok) await kept.put(offline, nobody);
    await self.skipWaiting();
  };

  // Old files stay for pages that were kept before an update; too many of them go, oldest first.
  const tidy = async () => {
    const kept = await caches.open(FILES);
    const names = (await kept.keys()).filter((one) => {
      const path = new URL(one.url).pathname;
      return path !== offline && !files.includes(path);
    });
    for (const one of names.slice(0, Math.max(0, names.length - MOST_FILES))) await kept.delete(one);
    await self.clients.claim();
  };

  const file = async (request) => {
    const kept = await caches.open(FILES);
    const hashed = HASHED.test(new URL(request.url).pathname);
    const found = hashed ? await kept.match(request) : null;
    if (found) return found;
    try {
      const answer = await fetch(request);
      if (answer.ok) await kept.put(request, answer.clone());
      return answer;
    } catch (error) {
      const old = await kept.match(request, { ignoreVary: true });
      if (old) return old;
      throw error;
    }
  };

  // A page is kept for whom the server made it; what she may no longer read is not kept either.
  const keep = async (address, answer) => {
    const person = answer.headers.get("X-Store-Person");
    if (answer.status === 200 && !answer.redirected && person) {
      await (await self.store.pagesOf(person)).put(address, answer);
    } else if ([403, 404, 410].includes(answer.status)) {
      await (await caches.open(self.store.PAGES)).delete(address);
    }
  };

  const keptPage = async (address) => {
    const pages = await caches.open(self.store.PAGES);
    const same = await pages.match(address, { ignoreVary: true });
    const found = same ?? (await pages.match(address, { ignoreVary: true, ignoreSearch: true }));
    return found ?? (await (await caches.open(FILES)).match(offline, { ignoreVary: true }));
  };

  const page = async (event) => {
    const address = event.request.url.split("#")[0];
    const fetched = fetch(event.request);
    event.waitUntil(
      fetched.then((answer) => keep(address, answer.clone())).catch(() => undefined),
    );
    const late = new Promise((resolve) => setTimeout(resolve, SLOW, null));
    try {
      const answer = await Promise.race([fetched, late]);
      if (answer && answer.status < 502) return answer;
      return (await keptPage(address)) ?? answer ?? (await fetched);
    } catch {
      return (await keptPage(address)) ?? Response.error();
    }
  };

  // Pages that one will need next are fetched beforehand, as long as they are the same person's.
  const keepAll = async (addresses, asker) => {
    for (const address of addresses) {
      try {
        await keep(address, await fetch(address, { cache: "no-store" }));
      } catch {
        return;
      }
    }
    asker?.postMessage({ kept: true });
  };

  // The browser tries again, later and later, as long as this fails.
  const sendAll = async () => {
    const { state } = await self.store.send(token);
    if (state === "offline" || state === "later") throw new Error(state);
  };

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(tidy()));
  self.addEventListener("message", (event) => {
    if (event.data?.keep) event.waitUntil(keepAll(event.data.keep, event.source));
  });
  self.addEventListener("sync", (event) => {
    if (event.tag === "store-queue") event.waitUntil(sendAll());
  });
  self.addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    const address = new URL(url);
    if (method !== "GET" || address.origin !== self.location.origin) return;
    if (mode === "navigate" && isPage(address)) event.respondWith(page(event));
    else if (address.pathname.startsWith(assets)) event.respondWith(file(event.request));
  });
})();
