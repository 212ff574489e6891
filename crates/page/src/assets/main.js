// What works without the engine, then the engine.

const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
const showTheme = () => $('theme').setAttribute('aria-pressed', String(isDark()));
$('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  showTheme();
});
dark.addEventListener('change', showTheme);
showTheme();
$('language').addEventListener('click', () => speak(state.lang === 'ja' ? 'en' : 'ja'));
$('language').lang = state.lang === 'ja' ? 'en' : 'ja';
$('print').addEventListener('click', () => print());
$('only-marked').addEventListener('change', ({ target }) => $('clauses').classList.toggle('marked-only', target.checked));

const failure = (error) => {
  $('failure').hidden = false;
  $('failure').textContent = `${t('engine-failed')} ${error.message}`;
};
addEventListener('error', ({ error }) => error && failure(error));

$('more').open = matchMedia('(min-width: 40rem)').matches;
document.querySelector('.tools').hidden = false;
document.querySelector('#clauses .needs-script').hidden = false;

start().then((engine) => {
  for (const element of document.querySelectorAll('.needs-script')) element.hidden = false;
  prepareGrid(engine);
  prepareForm();
  document.documentElement.dataset.ready = 'true';
}).catch(failure);
