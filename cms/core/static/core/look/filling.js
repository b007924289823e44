/* What a form can do better with a script; pages to read do not load it. */
"use strict";

// How long a text is while it is typed, counted as the server counts.
const count = (text) => ({
  words: (text.match(/\S+/g) || []).length,
  characters: [...text.normalize("NFC")].length,
});

function countBelow(limit) {
  const box = document.querySelector(`[aria-describedby~="${limit.id}"]`);
  const shown = document.createElement("bdi");
  shown.dir = "ltr";
  const show = () => {
    const now = count(box.value);
    const named = Object.keys(now).filter((name) => name in limit.dataset);
    shown.textContent = named.map((name) => `${now[name]} / ${limit.dataset[name]}`).join(" · ");
  };
  box.addEventListener("input", show);
  limit.append(shown);
  show();
}

// A step saves itself every 15 seconds and when a box is left; files wait for the button.
function keepSaving(form) {
  const told = document.querySelector("[data-saved]");
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const text = () => new URLSearchParams(typed()).toString();
  let last = text(), running = null, stopped = false;
  const save = async () => {
    const now = text();
    if (stopped || running || now === last) return;
    const data = typed();
    data.set("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (!answer.ok) stopped = true; // The button shows what is the matter.
      else {
        const saved = await answer.json();
        last = now.replace(/(^|&)serial=\d+/, `$1serial=${saved.serial}`);
        form.elements.serial.value = saved.serial;
        if (told) told.textContent = saved.text;
      }
    } catch { /* No network: the next try comes by itself. */ }
  };
  const start = () => (running ||= save().finally(() => { running = null; }));
  setInterval(start, 15000);
  form.addEventListener("change", start);
  form.addEventListener("submit", async (event) => {
    if (!running) return void (stopped = true);
    event.preventDefault(); // Two saves at once would look like two windows.
    await running;
    stopped = true;
    form.requestSubmit(event.submitter);
  });
}

document.querySelectorAll("[data-words], [data-characters]").forEach(countBelow);
document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
