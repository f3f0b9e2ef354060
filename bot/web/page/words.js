// The page's own few words, put into the page by the server in the reader's language.

const sentences = JSON.parse(document.getElementById("words").textContent);

export const locale = document.documentElement.dataset.locale;

export function word(id) {
  return sentences[id] ?? id;
}

// Kept for the next visit: the server then sends the page in this language.
export function rememberLanguage(lang) {
  if (!lang || lang === locale) return;
  document.cookie = `tieng=${encodeURIComponent(lang)}; path=/; max-age=31536000; samesite=lax`;
}
