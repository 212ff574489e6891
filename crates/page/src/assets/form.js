// The form: a flow as people type it, decided by the engine.

const form = $('flow');
const answered = { flow: undefined };

/** Labels and synonyms complete what is typed; a synonym shows what it stands for. */
const fillLists = () => {
  for (const [name, terms] of Object.entries(data.terms)) {
    $(`l-${name}`).replaceChildren(...terms.flatMap(([label, english, , synonyms]) => [
      el('option', { value: label, label: state.lang === 'ja' ? undefined : english }),
      ...synonyms.map((synonym) => el('option', { value: synonym, label: `→ ${term(label)}` })),
    ]));
  }
  $('l-basis').replaceChildren(...data.citations.map((value) => el('option', { value })));
};

const clearErrors = () => {
  for (const field of form.elements) {
    field.removeAttribute('aria-invalid');
    const error = $(`e-${field.name}`);
    if (error) error.replaceChildren();
  }
};

/** Every error beside its field, with the nearest terms to choose from. */
const showErrors = ({ error: first, suggestions }) => {
  const errors = [first, ...first.more];
  $('result-body').replaceChildren(el('ul', { class: 'errors' }, errors.map((error) =>
    el('li', {}, el('code', {}, error.code), ` ${error.message}. ${error.help}`))));
  for (const error of errors) {
    const field = form.elements[error.field];
    const place = $(`e-${error.field}`);
    if (!field || !place) continue;
    field.setAttribute('aria-invalid', 'true');
    const named = suggestions.filter(([name]) => name === error.field).flatMap(([, names]) => names);
    place.replaceChildren(error.message, ...named.flatMap((name) => [' ', el('button', {
      type: 'button', class: 'suggestion', lang: 'ja', on: { click: () => { field.value = name; decide(); } },
    }, name)]));
  }
  form.querySelector('[aria-invalid]')?.focus();
};

/** What a shell reads as one word. */
const quoted = (word) => (/^[\w.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const command = (flow) => ['mokuteki check', ...Object.entries(flow).map(([field, value]) =>
  `--${field.replace('_', '-')} ${quoted(value)}`)].join(' ');

const showAnswer = (answer, flow) => {
  const { record, law } = answer;
  const items = record.items ?? [];
  const several = items.length === 0 ? [] : [el('h4', {}, t('answer-items')), el('ul', {}, items.map((item) =>
    el('li', {}, `${MARKS[LETTERS[item.verdict]]} ${term(item.flow.data)} ${item.clause?.label ?? ''} ${t(`verdict-${LETTERS[item.verdict]}`)}`)))];
  $('result-body').replaceChildren(
    ...explain({ record, law }, flowTitle(record)),
    ...several,
    el('details', {}, el('summary', {}, t('answer-record')),
      el('pre', { id: 'record', tabindex: '0', lang: 'ja' }, JSON.stringify(record, null, 1))),
    el('details', {}, el('summary', {}, t('answer-command')), el('pre', { tabindex: '0', lang: 'ja' }, command(flow))));
};

const decide = () => {
  clearErrors();
  const flow = filled(form);
  const answer = grid.ask({ ask: 'check', lang: state.lang, flow });
  answered.flow = flow;
  if (answer.error) showErrors(answer);
  else showAnswer(answer, flow);
};

/** Takes a flow of the matrix over. */
const fillForm = (flow) => {
  form.reset();
  for (const [field, value] of Object.entries(flow)) if (form.elements[field]) form.elements[field].value = value;
  decide();
  $('decide').scrollIntoView();
  form.elements.data.focus({ preventScroll: true });
};

const prepareForm = () => {
  fillLists();
  redraws.push(() => {
    fillLists();
    if (answered.flow) decide();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    decide();
  });
  form.addEventListener('reset', () => {
    clearErrors();
    answered.flow = undefined;
    $('result-body').replaceChildren(el('p', {}, t('result-empty')));
  });
};
