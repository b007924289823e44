/* What a page can do better with a script; everything works without it. */
"use strict";

// The choice of the display page, again here: a cached page knows no cookie.
for (const [cookie, values] of [["theme", "light|dark"], ["mode", "text"]]) {
  const found = document.cookie.match(`(?:^|; )${cookie}=(${values})(?:;|$)`);
  if (found) document.documentElement.dataset[cookie] = found[1];
  else delete document.documentElement.dataset[cookie];
}

document.addEventListener("DOMContentLoaded", () => {
  // A page that came back with errors starts at their list.
  document.querySelector(".summary[role=alert]")?.focus();
});
