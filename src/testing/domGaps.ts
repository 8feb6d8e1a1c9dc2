/** Set-up of every test in jsdom: what browsers have and jsdom lacks, as a browser that prefers nothing in particular. */
globalThis.matchMedia = (query) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });

// There is nothing to scroll; jsdom would complain of each call.
globalThis.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;

// React Aria's overlays call it; names in tests need no escaping.
Reflect.set(globalThis, 'CSS', { escape: (text: string) => text });

// Texts have no boxes here; the SQL editor asks for those of its cursor.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

// Nobody looks: a sixtieth of a second between two frames is time in which a test only waits.
const frameMs = 4;
globalThis.requestAnimationFrame = (callback) =>
  window.setTimeout(() => callback(performance.now()), frameMs);
globalThis.cancelAnimationFrame = (frame) => window.clearTimeout(frame);
