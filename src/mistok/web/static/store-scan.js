// The code on a box, by the camera where the browser can read squares, else typed. Scanning only
// chooses: it never counts, so that a box that is scanned twice is not counted twice.
"use strict";

(() => {
  const CODE = /([A-Z2-7]{4})-?([A-Z2-7]{4})-?([A-Z2-7]{4})\/?$/;
  const READ_WRONGLY = { 0: "O", 1: "I", 8: "B" };
  const PAUSE = 200;

  // "mfrg gzdf my2w", or the whole address in the square, as the code stands on the box.
  const codeOf = (text) => {
    const letters = text.trim().replace(/[\s.–—]/g, "").toUpperCase();
    const end = letters.slice(letters.lastIndexOf("/", letters.length - 2) + 1);
    const found = CODE.exec(end.replace(/[018]/g, (sign) => READ_WRONGLY[sign]));
    return found ? found.slice(1).join("-") : "";
  };

  const canScan = async () => {
    if (!self.BarcodeDetector || !navigator.mediaDevices?.getUserMedia) return false;
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  };

  // The button, the picture of the camera, and what was read, told to `found`.
  const scanner = async (place, words, found) => {
    if (!(await canScan().catch(() => false))) return;
    const start = place.querySelector("[data-scan-start]");
    const stop = place.querySelector("[data-scan-stop]");
    const view = place.querySelector("video");
    const said = place.querySelector("[data-scan-said]");
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let stream = null;

    const end = (sentence = "") => {
      stream?.getTracks().forEach((track) => track.stop());
      stream = view.srcObject = null;
      view.hidden = stop.hidden = true;
      start.hidden = false;
      said.textContent = sentence;
    };

    const look = async () => {
      if (!stream) return;
      const seen = await detector.detect(view).catch(() => []);
      const code = seen.map((one) => codeOf(one.rawValue)).find(Boolean);
      if (!code) return setTimeout(look, PAUSE);
      end();
      said.textContent = found(code) ?? "";
    };

    start.addEventListener("click", async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        return end(words.no_camera);
      }
      view.srcObject = stream;
      view.hidden = stop.hidden = false;
      start.hidden = true;
      said.textContent = words.look_for_it;
      await view.play();
      look();
    });
    stop.addEventListener("click", () => {
      end();
      start.focus();
    });
    self.addEventListener("pagehide", () => end());
    place.hidden = false;
  };

  Object.assign(self.store, { codeOf, scanner });
})();
