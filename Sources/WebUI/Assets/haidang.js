// Everything works without this file: it copies commands and keeps the page fresh.
"use strict";

function offerCopying(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button.copy")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; }, 1500);
});

// Where an element stands among its siblings, up to <main>: how focus and open details are found again.
function placeOf(element, main) {
  const steps = [];
  for (let at = element; at && at !== main; at = at.parentElement) {
    steps.unshift(Array.prototype.indexOf.call(at.parentElement.children, at));
  }
  return steps;
}

function elementAt(steps, main) {
  return steps.reduce((at, step) => at && at.children[step], main);
}

function isBusy(main) {
  const focused = document.activeElement;
  const isTyping = main.contains(focused) && /^(INPUT|SELECT|TEXTAREA)$/.test(focused.tagName);
  const isDrafting = [...main.querySelectorAll("form[method=post] :is(textarea, input:not([type=hidden]))")]
    .some((field) => field.value !== field.defaultValue);
  const selection = document.getSelection();
  const isSelecting = selection && !selection.isCollapsed && main.contains(selection.anchorNode);
  return isTyping || isDrafting || isSelecting;
}

// Parts that the answer leaves out (data-brief) stay as they are; the others make room for their new selves.
function exchange(main, fresh) {
  const before = [...main.children];
  const after = [...fresh.children];
  if (!after.some((part) => "brief" in part.dataset)) return main.replaceChildren(...fresh.childNodes);
  const kept = new Map(before.filter((part) => part.dataset.kept).map((part) => [part.dataset.kept, part]));
  before.filter((part) => !part.dataset.kept).forEach((part) => part.remove());
  let last = null;
  for (const part of after) {
    const place = "brief" in part.dataset ? kept.get(part.dataset.kept) : null;
    if (!place) last ? last.after(part) : main.prepend(part);
    last = place || part;
  }
}

// What a person opened or closed stays so; the rest is as the server says: open where something is broken.
document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary");
  if (summary) summary.parentElement.dataset.touched = "";
});

function replace(main, fresh) {
  // Buttons that were shown here are still hidden there; compare what the server sent.
  if (main.dataset.sent === fresh.innerHTML) return;
  main.dataset.sent = fresh.innerHTML;
  const focused = main.contains(document.activeElement) ? document.activeElement : null;
  const focus = focused && { steps: placeOf(focused, main), address: focused.getAttribute("href"), id: focused.id };
  const details = new Map();
  main.querySelectorAll("details[data-touched]").forEach((element) => {
    details.set(placeOf(element, main).join("."), element.open);
  });
  const scrolls = [...main.querySelectorAll(".scroll")].map((element) => [element.scrollLeft, element.scrollTop]);
  const hasCharts = fresh.querySelector("[data-chart]") !== null;
  if (hasCharts && window.chartsMove) window.chartsMove(document.adoptNode(fresh));
  exchange(main, fresh);
  if (hasCharts && window.chartsBegin) window.chartsBegin();
  main.querySelectorAll("details").forEach((element) => {
    const open = details.get(placeOf(element, main).join("."));
    if (open === undefined) return;
    element.open = open;
    element.dataset.touched = "";
  });
  main.querySelectorAll(".scroll").forEach((element, index) => {
    [element.scrollLeft, element.scrollTop] = scrolls[index] || [0, 0];
  });
  offerCopying(main);
  if (!focus || main.contains(document.activeElement)) return;
  // Rows move: the same link or name first, the same place only after that.
  const again = (focus.id && document.getElementById(focus.id))
    || (focus.address && [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === focus.address))
    || elementAt(focus.steps, main);
  if (again) again.focus({ preventScroll: true });
}

function sayStale(main, isStale) {
  const line = document.querySelector(".stale");
  line.hidden = !isStale;
  if (isStale) line.textContent = `${line.dataset.text} ${main.dataset.made}.`;
}

let isAsking = false;
// Charts, facts and history are long and change slowly: they come with every twelfth answer.
let asked = 0;

async function refresh(main) {
  if (document.hidden || isBusy(main) || isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(location.href, {
      cache: "no-store", signal: AbortSignal.timeout(10000),
      headers: (asked + 1) % 12 ? { "Haidang-Refresh": "brief" } : {},
    });
    // Signed out meanwhile: the server leads elsewhere, and so do we.
    if (answer.redirected) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh || isBusy(main)) return;
    replace(main, fresh);
    asked += 1;
    main.dataset.made = fresh.dataset.made;
    document.getElementById("made").replaceWith(page.getElementById("made"));
    document.title = page.title;
    sayStale(main, false);
  } catch {
    sayStale(main, true);
  } finally {
    isAsking = false;
  }
}

offerCopying(document);
const main = document.getElementById("main");
const seconds = Number(main.dataset.refresh);
if (seconds > 0) {
  main.dataset.sent = main.innerHTML;
  setInterval(() => refresh(main), seconds * 1000);
  document.addEventListener("visibilitychange", () => refresh(main));
}
