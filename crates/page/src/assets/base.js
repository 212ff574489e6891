// Words, elements and the two languages of the page.

const data = JSON.parse(document.getElementById('data').textContent);
const $ = (id) => document.getElementById(id);
const state = { lang: data.lang };

const MARKS = { p: '○', c: '△', o: '×', x: '禁', e: '–' };
const LETTERS = { permitted: 'p', conditional: 'c', out_of_scope: 'o', prohibited: 'x', exempt: 'e' };

/** The one of a pair that is of the page's language. */
const pick = ([ja, en]) => (state.lang === 'ja' ? ja : en);

/** The words under a key, with {names} filled in. */
const t = (key, values = {}) =>
  pick(data.words[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An element; properties that are undefined are left out, and children may be text. */
const el = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'on') {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
};

/** Japanese text of the rules or of a notice, which is never translated. */
const japanese = (tag, text, properties = {}) => el(tag, { lang: 'ja', ...properties }, text);

/** A term by its label: the label, and in English its gloss. */
const glosses = new Map();
for (const terms of Object.values(data.terms)) {
  for (const [label, english] of terms) glosses.set(label, english);
}
const term = (label) =>
  state.lang === 'ja' || !glosses.get(label) ? label : `${label} (${glosses.get(label)})`;

/** What is drawn again when the language changes. */
const redraws = [];

/** Turns the page to a language. */
const speak = (lang) => {
  state.lang = lang;
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.dataset.t);
  }
  for (const element of document.querySelectorAll('[data-ja]')) {
    element.textContent = lang === 'ja' ? element.dataset.ja : element.dataset.en;
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', t(element.dataset.label));
  }
  for (const element of document.querySelectorAll('[data-title]')) {
    element.title = t(element.dataset.title);
  }
  $('language').lang = lang === 'ja' ? 'en' : 'ja';
  for (const redraw of redraws) redraw();
};

/** The fields of a form that are filled in. */
const filled = (form) => {
  const entries = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
};
