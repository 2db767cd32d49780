// What this browser keeps for its reader. A browser that keeps nothing must not break the page.

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Full, or forbidden: the page works on, and forgets.
  }
}
