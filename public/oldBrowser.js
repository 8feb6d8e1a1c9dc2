/* Says so in words where the browser is too old for the app. Runs before it, so in words that every browser knows. */
(function () {
  'use strict';
  // A function with try and catch: what the engine is compiled to (exception handling).
  var throwing = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11,
  ];
  function supports(condition) {
    return typeof CSS === 'object' && typeof CSS.supports === 'function' && CSS.supports(condition);
  }
  function compiles() {
    return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(throwing));
  }
  var missing = [];
  if (!compiles()) missing.push('WebAssembly with exceptions');
  if (typeof BigInt64Array !== 'function') missing.push('whole numbers of 64 bits');
  if (typeof Map.groupBy !== 'function') missing.push('Map.groupBy');
  if (!supports('color: light-dark(red, blue)')) missing.push('the CSS function light-dark()');
  if (!supports('selector(:has(a))')) missing.push('the CSS selector :has()');
  if (missing.length === 0) return;
  var notice = document.createElement('p');
  notice.setAttribute('role', 'alert');
  notice.style.cssText = 'margin: 1em; font: 16px/1.5 sans-serif';
  notice.appendChild(
    document.createTextNode(
      'Iterscope does not work in this browser, which lacks ' +
        missing.join(', ') +
        '. It works in Chrome and Edge from version 123, Firefox from 121 and Safari from 17.5 on.',
    ),
  );
  document.body.insertBefore(notice, document.body.firstChild);
})();
