/* Keeps text that is being typed into a form in this tab until the server has it: through a lost connection and a reload.
 * Only in the storage of the tab, never in that of the device, as what is typed may be confidential. Run by a script
 * element with
 *   data-owner: the login of the account; what another account left in this tab is deleted;
 *   data-open: the forms that are not sent yet, as JSON; what is kept of other ones is deleted;
 *   data-form and data-fields: the form on the screen, and as JSON its fields: key, text that the server has of it, and
 *     whether that is saved. Below a field stand hidden notices: [data-typed=name][data-notice=kept|restored|other|unable];
 *   data-forget: on the page that signs out;
 *   data-sign-in: on the page that signs in. */
(() => {
  "use strict";
  const PREFIX = "hamkor-typed:";
  const CHECK_MS = 1000;
  const AGAIN_MS = 5000;
  const data = document.currentScript.dataset;
  const form = (window.hamkorTyped ??= { fields: {}, typed: {}, restored: new Set(), timer: 0 });

  const entries = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  const drop = (isDropped) => entries().filter(isDropped).forEach((name) => sessionStorage.removeItem(name));
  const ofOwner = (login) => `${PREFIX}${encodeURIComponent(login)}:`;
  const nameOf = (field) => `${ofOwner(form.owner)}${form.id}:${field}`;

  function kept(field) {
    try {
      return JSON.parse(sessionStorage.getItem(nameOf(field)));
    } catch {
      return null;
    }
  }

  function keep(field, text, base) {
    try {
      sessionStorage.setItem(nameOf(field), JSON.stringify({ text, base }));
      return true;
    } catch {
      return false;
    }
  }

  function areaOf(field) {
    const key = form.fields[field].key.replaceAll(/[^a-zA-Z0-9_-]/g, "-");
    return document.querySelector(`.st-key-${key} textarea`);
  }

  /* Shows one of the notices below a field, or none. */
  function tell(field, notice, text = "") {
    for (const each of document.querySelectorAll(`[data-typed="${field}"]`)) {
      each.hidden = each.dataset.notice !== notice;
      const quoted = each.querySelector("q");
      if (quoted && !each.hidden) {
        quoted.textContent = text;
      }
    }
  }

  /* Types a text as a person would, and leaves the field, so that it is sent to the server; again where it stands there
   * already, as what was sent into a dead connection is lost. Without a connection Streamlit disables the fields. */
  function type(field, area, text) {
    const now = performance.now();
    if (area.disabled || now - (form.typed[field] ?? -AGAIN_MS) < AGAIN_MS) {
      return;
    }
    form.typed[field] = now;
    const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
    for (const each of [`${text} `, text]) {
      set.call(area, each);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }

  function check(field) {
    const { text: saved, isSaved } = form.fields[field];
    const area = areaOf(field);
    const entry = kept(field);
    if (!area || !entry) {
      return;
    }
    if (isSaved && entry.text === saved) {
      sessionStorage.removeItem(nameOf(field));
      tell(field, form.restored.has(field) ? "restored" : "");
    } else if (entry.text === saved || document.activeElement === area) {
      tell(field, "kept");
    } else if (area.value === entry.text) {
      tell(field, "kept");
      type(field, area, entry.text);
    } else if (entry.base === saved) {
      form.restored.add(field);
      type(field, area, entry.text);
    } else {
      tell(field, "other", entry.text);
    }
  }

  function checkAll() {
    Object.keys(form.fields).forEach(check);
  }

  function take({ target }) {
    const field = Object.keys(form.fields).find((name) => areaOf(name) === target);
    if (!field) {
      return;
    }
    const { text: saved, isSaved } = form.fields[field];
    if (isSaved && target.value === saved) {
      sessionStorage.removeItem(nameOf(field));
      tell(field, "");
      return;
    }
    // What was typed begins with the text that the server had then: a later one comes from elsewhere.
    const base = kept(field)?.base ?? saved;
    form.typed[field] = performance.now();
    tell(field, keep(field, target.value, base) ? "kept" : "unable");
  }

  try {
    if ("forget" in data) {
      document.querySelector("form").addEventListener("submit", () => drop(() => true));
      return;
    }
    if ("signIn" in data) {
      const login = document.querySelector("#login");
      document.addEventListener("submit", ({ target }) => {
        const asked = target.elements.namedItem("login")?.value ?? login?.value ?? "";
        drop((name) => !name.startsWith(ofOwner(asked.trim())));
      });
      return;
    }
    drop((name) => !name.startsWith(ofOwner(data.owner)));
    const open = JSON.parse(data.open ?? "null");
    drop((name) => open && !open.some((id) => name.startsWith(`${ofOwner(data.owner)}${id}:`)));
  } catch {
    // The browser allows no storage: what is typed is then said not to be kept.
  }
  if (!("form" in data)) {
    return;
  }
  clearInterval(form.timer);
  if (form.id !== data.form) {
    form.restored.clear();
  }
  form.owner = data.owner;
  form.id = data.form;
  form.fields = JSON.parse(data.fields);
  if (!form.isListening) {
    form.isListening = true;
    document.addEventListener("input", (event) => form.take(event), { capture: true });
  }
  form.take = take;
  form.timer = setInterval(checkAll, CHECK_MS);
  checkAll();
})();
