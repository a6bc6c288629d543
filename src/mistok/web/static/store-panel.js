// The queue in words: what waits, what needs its person and why, what is recorded; to try again, to
// correct, to take off the list, and to save as a file when all else fails.
"use strict";

(() => {
  const { change, drop, entries, listen, placeOf, reopen, send } = self.store;
  const MARKS = {
    waiting: ["amber", "◐"], sending: ["river", "▶"], needs: ["clay", "!"], done: ["moss", "✓"],
  };
  const OFTEN = 30 * 1000;
  const FINAL = new Set(["key_reused", "photo"]); // recorded: correcting would record it twice

  const make = (tag, text = "", more = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...more });

  const write = (place, text) => {
    if (place && place.textContent !== text) place.textContent = text;
  };

  const asText = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });

  const saveAsFile = async (mine) => {
    const told = [];
    for (const entry of mine) {
      const photos = [];
      for (const { name, blob } of entry.photos) photos.push({ name, data: await asText(blob) });
      told.push({ ...entry, photos });
    }
    const text = JSON.stringify({ saved: new Date().toISOString(), entries: told }, null, 1);
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", "", { href: address, download: "mistok-store-entries.json" }).click();
    setTimeout(() => URL.revokeObjectURL(address), OFTEN);
  };

  const panelOf = (panel, told, person) => {
    const { words } = told;
    const list = panel.querySelector("[data-panel-list]");
    const tools = panel.querySelector("[data-panel-tools]");
    const signIn = panel.querySelector("[data-panel-sign-in]");
    let connection = navigator.onLine ? "" : "offline";
    let sending = false;

    const { lang } = document.documentElement;
    const own = lang === "en" ? "en-GB" : lang; // "23 November 2026", as on every page
    const clock = new Intl.DateTimeFormat(own, { dateStyle: "long", timeStyle: "short" });
    const when = (time) => clock.format(new Date(time));

    const button = (label, title, act, plain = true) => {
      const made = make("button", label, { type: "button", className: plain ? "plain" : "" });
      made.append(make("span", `: ${title}`, { className: "sr" }));
      made.addEventListener("click", act);
      return made;
    };

    const toolsOf = (entry) => {
      const tools = make("p", "", { className: "next" });
      const again = async () => {
        await change(entry.key, { state: "waiting", tries: 0 });
        await sync();
      };
      const correct = async () => {
        await reopen(entry);
        self.location.assign(entry.url);
      };
      const sure = (event) => {
        // Two presses: the second button says what it does.
        const last = button(words.drop_sure, entry.title, () => drop(entry.key), false);
        event.currentTarget.replaceWith(last);
        last.focus();
      };
      tools.append(button(words.again, entry.title, again));
      if (!FINAL.has(entry.code)) tools.append(button(words.correct, entry.title, correct));
      tools.append(button(words.drop, entry.title, sure));
      return tools;
    };

    const row = (entry) => {
      const state = sending && entry.state === "waiting" ? "sending" : entry.state;
      const [tone, sign] = MARKS[state];
      const line = make("li", "", { className: `store-entry ${state}` });
      line.dataset.key = entry.key;
      const head = make("p");
      const badge = make("span", "", { className: `state ${tone}` });
      const icon = make("span", sign, { className: "state-icon" });
      icon.setAttribute("aria-hidden", "true");
      badge.append(icon, words[`state_${state}`]);
      head.append(make("strong", entry.title), " ", badge);
      line.append(head, make("p", when(entry.at), { className: "quiet small" }));
      const why = entry.sentence || (entry.state === "needs" ? words.no_answer : "");
      if (why) line.append(make("p", why));
      if (entry.state === "needs") line.append(toolsOf(entry));
      return line;
    };

    const sentences = (mine, others) => {
      const count = (state) => mine.filter((one) => one.state === state).length;
      const [waiting, needs] = [count("waiting"), count("needs")];
      const lines = [];
      if (sending) lines.push(words.sending);
      else if (connection === "offline") {
        lines.push(words.offline, words.as_of.replace("{what}", when(told.at)));
      } else if (connection === "later") lines.push(words.later);
      if (needs) lines.push(words.needs_you.replace("{n}", needs));
      if (waiting) lines.push(words.waiting.replace("{n}", waiting));
      if (connection === "sign in" && waiting) lines.push(words.sign_in);
      if (others) lines.push(words.others.replace("{n}", others));
      if (!lines.length && mine.length) lines.push(words.all_sent);
      signIn.hidden = connection !== "sign in";
      return lines.join(" ");
    };

    // Rows that have not changed stay as they are: somebody may stand on one of their buttons.
    const rows = new Map();
    const rowOf = (entry) => {
      const stamp = [entry.state, entry.sentence, entry.code, sending && entry.state].join("|");
      const known = rows.get(entry.key);
      if (known?.stamp !== stamp) rows.set(entry.key, { stamp, line: row(entry) });
      return rows.get(entry.key).line;
    };
    const show = (mine) => {
      const lines = mine.map(rowOf);
      const shown = [...list.children];
      const same = lines.length === shown.length && lines.every((line, at) => line === shown[at]);
      if (!same) list.replaceChildren(...lines);
    };

    const draw = async () => {
      const all = await entries().catch(() => []);
      const mine = all.filter((one) => one.person === person);
      const others = all.filter((one) => one.person !== person && one.state !== "done");
      show(mine);
      list.hidden = !mine.length;
      tools.hidden = !mine.some((one) => one.state !== "done");
      write(panel.querySelector("[data-panel-state]"), sentences(mine, others.length));
      for (const mark of document.querySelectorAll("[data-waits-for]")) {
        const here = placeOf(mark.dataset.waitsFor);
        mark.hidden = !mine.some((one) => one.state === "waiting" && placeOf(one.url) === here);
      }
      return mine;
    };

    const sync = async () => {
      const went = await send(told.token);
      sending = false;
      if (went.state === "busy") return draw();
      connection = went.state;
      if (went.person && person && went.person !== person && told.person) {
        // Somebody else is here now: nothing of this page is hers to see.
        await self.store.clearPages();
        self.location.reload();
      }
      return draw();
    };

    listen((news) => {
      sending = news === "sending";
      connection = news.went ?? connection;
      draw();
    });
    panel.querySelector("[data-panel-send]").addEventListener("click", sync);
    panel.querySelector("[data-panel-save]").addEventListener("click", async () => {
      saveAsFile((await draw()).filter((one) => one.state !== "done"));
    });
    self.addEventListener("online", sync);
    self.addEventListener("offline", () => {
      connection = "offline";
      draw();
    });
    document.addEventListener("visibilitychange", () => document.hidden || sync());
    setInterval(async () => {
      const waits = (await entries().catch(() => [])).some((one) => one.state === "waiting");
      if (!document.hidden && (waits || connection === "offline")) sync();
    }, OFTEN);
    panel.hidden = false;
    draw();
    return { draw, sync };
  };

  Object.assign(self.store, { panelOf });
})();
