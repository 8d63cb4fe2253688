/* Uncovers the text for old browsers where this one cannot run the app. It is written in the language of 2009, so that
 * those browsers can read it. */
(function () {
  function tell() {
    var text = document.getElementById("old-browser");
    if (text) {
      text.removeAttribute("hidden");
    } else {
      setTimeout(tell, 50);
    }
  }

  function isOld() {
    return !(
      "noModule" in document.createElement("script") &&
      window.CSS && CSS.supports && CSS.supports("container-type: inline-size") &&
      window.structuredClone && Array.prototype.findLast && Object.hasOwn
    );
  }

  // What is too new for this browser in the scripts of the app itself.
  function isUnknownSyntax(event) {
    return /SyntaxError/.test(event.message || "") && /\/static\/js\//.test(event.filename || "");
  }

  if (isOld()) {
    tell();
    return;
  }
  window.addEventListener("error", function (event) {
    if (isUnknownSyntax(event)) {
      tell();
    }
  });
})();
