// What scripting adds to a story: copying a citation or an address, and printing.

const range = document.createRange();

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  const word = button.dataset.word ??= button.textContent;
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = button.dataset.done;
  } catch {
    // Without a clipboard (an insecure address) the text is selected, ready to be copied by hand.
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  setTimeout(() => (button.textContent = word), 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (button) "print" in button.dataset ? print() : copy(button);
});

// Whoever came to a sentence shares that sentence.
function pointAtSentence() {
  for (const id of ["address", "permanent"]) {
    const address = document.getElementById(id);
    if (!address) continue;
    const [page] = address.textContent.split("#");
    address.textContent = /^#[sd]\d+$/.test(location.hash) ? page + location.hash : page;
  }
}

addEventListener("hashchange", pointAtSentence);
pointAtSentence();
