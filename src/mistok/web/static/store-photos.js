// Photos of a draft: kept on the phone the moment they are taken, then made smaller. A photo that
// this browser can draw is sent as pixels alone, without the place and the device it was taken
// with; any other is sent as it is, and the server takes these out.
"use strict";

(() => {
  const LONGEST = 2400; // pixels, as the server keeps it
  const QUALITY = 0.85;
  const { inside } = self.store;

  const smaller = async (blob) => {
    const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve, reject) => {
      const ready = (made) => (made ? resolve(made) : reject(new Error("no picture")));
      canvas.toBlob(ready, "image/jpeg", QUALITY);
    });
  };

  const photosOf = (id) =>
    inside(["photos"], "readonly", (photos) => photos.index("draft").getAll(id));

  // The list of photos beside the box that takes them.
  const keepPhotos = (box, id, words) => {
    const list = box.form.querySelector("[data-photos]");
    const said = box.form.querySelector("[data-photos-said]");
    const most = Number(box.dataset.most);
    const ready = new Set();

    const show = async () => {
      const photos = await photosOf(id);
      list.replaceChildren(
        ...photos.map((photo, at) => {
          const name = words.photo.replace("{n}", at + 1);
          const row = document.createElement("li");
          const button = document.createElement("button");
          row.append(`${name} · ${Math.max(1, Math.round(photo.blob.size / 1024))} kB `);
          Object.assign(button, { type: "button", className: "plain" });
          button.textContent = words.photo_remove.replace("{what}", name);
          button.addEventListener("click", async () => {
            await inside(["photos"], "readwrite", (kept) => kept.delete(photo.id));
            await show();
            box.focus();
          });
          row.append(button);
          return row;
        }),
      );
      box.disabled = photos.length >= most;
      return photos.length;
    };

    const keep = async (file, at) => {
      const photo = { id: `${id} ${Date.now()}-${at}`, draft: id, name: "photo.jpg", blob: file };
      try {
        await inside(["photos"], "readwrite", (kept) => kept.put(photo));
      } catch {
        said.textContent = words.photo_full;
        return;
      }
      const count = await show();
      said.textContent = words.photo_kept.replace("{what}", words.photo.replace("{n}", count));
      // Not every browser can draw every kind; then it stays as it is.
      const made = await smaller(file).catch(() => null);
      if (made) {
        await inside(["photos"], "readwrite", (kept) => {
          // It may have been removed, or submitted, while it was being drawn.
          const asked = kept.getKey(photo.id);
          asked.onsuccess = () => asked.result && kept.put({ ...photo, blob: made });
        });
      }
      await show();
    };

    box.addEventListener("change", () => {
      const files = [...box.files].slice(0, most);
      box.value = ""; // what is kept here is not sent a second time by the form itself
      const work = (async () => {
        for (const [at, file] of files.entries()) await keep(file, at);
      })();
      ready.add(work);
      work.finally(() => ready.delete(work));
    });
    show();
    return { all: () => photosOf(id), settled: () => Promise.all(ready), show };
  };

  Object.assign(self.store, { keepPhotos });
})();
