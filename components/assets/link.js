/* Opens a link to an account, whose token is in the fragment of the address. Run by a script element
 *   with data-open on the page of the link: takes the token out of the address and sends it;
 *   without it on the page of the password: the links to other languages carry the token on. */
(() => {
  "use strict";
  const field = document.querySelector("input[name=token]");
  if (!("open" in document.currentScript.dataset)) {
    for (const link of document.querySelectorAll(".languages a")) {
      link.hash = field.value;
    }
    return;
  }
  const token = location.hash.slice(1);
  document.querySelector("#wait").hidden = !token;
  document.querySelector("#no-token").hidden = Boolean(token);
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    field.value = token;
    field.form.submit();
  }
})();
