// Loaded once after somebody has signed out, or another person has signed in: the pages of the
// store that this browser kept for her are cleared. What she entered and could not send yet stays,
// unseen, until she is here again. The cookie that asked for this goes last.
"use strict";

{
  const { left } = document.currentScript.dataset;
  const told = new RegExp(`(?:^|; )mistok_store=${left}(?:;|$)`);
  const clear = async () => {
    try {
      localStorage.removeItem("mistok-store-boxes");
    } catch {
      // Without storage there is nothing to clear.
    }
    if (self.caches) await caches.delete("mistok-store-pages");
    if (told.test(document.cookie)) {
      document.cookie = "mistok_store=; path=/; max-age=0; samesite=lax";
    }
  };
  clear();
}
