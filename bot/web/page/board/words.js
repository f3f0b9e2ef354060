// The page's own few words, put into the page by the server.

const sentences = JSON.parse(document.getElementById("words").textContent);

export function word(id, holes = {}) {
  return (sentences[id] ?? id).replace(/\{(\w+)\}/g, (whole, name) => holes[name] ?? whole);
}

// Why a comment waits for the helper; a reason of the shop nobody worded is said to be one.
export function reason(why) {
  return sentences[`why-${why}`] ?? word("why-other");
}

// Vietnam has one hour all year: UTC+7.
export function clock(seconds) {
  return new Date((seconds + 7 * 3600) * 1000).toISOString().slice(11, 16);
}
