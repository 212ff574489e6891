// A decision as people read it: the sentence in its place, the law, what is asked and what follows.

const readings = new Map(
  [...document.querySelectorAll('details.clause')].map((clause) => [clause.dataset.key, clause]),
);
const reading = (clause) => readings.get(`${clause.source.file}#${clause.id}`);

const verdictBadge = (verdict) => {
  const letter = LETTERS[verdict];
  return el('p', { class: `verdict ${letter}` },
    el('span', { class: 'mark-large', 'aria-hidden': 'true' }, MARKS[letter]),
    el('strong', {}, t(`verdict-${letter}`)));
};

const part = (key, ...children) =>
  children.flat().length === 0 ? [] : [el('h4', {}, t(key)), ...children.flat()];

const bullets = (items) => (items.length === 0 ? [] : [el('ul', {}, items.map((item) => el('li', {}, item)))]);

const citations = (list) => japanese('span', list.join('、'));

/** The published sentence with the lines around it, its purpose, its section and its reading. */
const sentence = (record) => {
  const { clause, purpose } = record;
  if (clause === null) return [el('p', { class: 'none' }, t('no-clause'))];
  const shown = reading(clause);
  const context = shown?.querySelector('.context').cloneNode(true);
  const [first, last] = clause.source.lines;
  const place = first === last ? first : `${first}-${last}`;
  const open = shown && el('p', {}, el('a', { href: `#${shown.id}`, on: { click: () => { shown.open = true; } } }, t('open-clause')));
  return [
    el('h4', {}, t('answer-sentence')),
    el('blockquote', { class: 'sentence', lang: 'ja' },
      el('span', { class: 'label' }, clause.label), ` ${clause.quote}`),
    context ?? '',
    el('p', { class: 'source' }, el('code', {}, `${clause.source.file}:${place}`)),
    el('dl', { class: 'facts' },
      el('dt', {}, t('answer-purpose')), japanese('dd', `${purpose.number} ${purpose.title}`),
      ...(shown ? [
        el('dt', {}, t('answer-section')), japanese('dd', shown.dataset.section),
        el('dt', {}, t('reason')), japanese('dd', shown.dataset.reason),
      ] : [])),
    open ?? '',
  ];
};

const ground = ({ ground: found }) =>
  found === null ? [] : part('ground', el('p', {}, found.name,
    found.provisions.length === 0 ? '' : [' (', citations(found.provisions), ')']));

const limits = ({ limited_to: limited }) => {
  const rows = Object.entries(limited).flatMap(([field, terms]) =>
    [el('dt', {}, t(field)), el('dd', {}, terms.map(term).join(', '))]);
  return rows.length === 0 ? [] : part('answer-limited', el('dl', { class: 'facts' }, rows));
};

const nearMisses = ({ near_misses: misses }) => part('answer-near', bullets(misses.map((miss) => [
  japanese('span', `${miss.clause.label} 「${miss.clause.quote}」`), ' ', el('span', { class: 'change' }, miss.message),
])));

const lawList = (law) => part('answer-law', ...(law.length === 0 ? [] : [el('dl', { class: 'facts law' },
  law.flatMap(({ citation, content, memory }) => [
    japanese('dt', citation),
    el('dd', {}, content, memory ? ` (${t('from-memory')})` : ''),
  ]))]));

/** The whole of a decision, as elements, under a line that says the flow if one is given. */
const explain = ({ record, law }, title) => [
  title ? el('p', { class: 'flow-title' }, title) : '',
  verdictBadge(record.verdict),
  ...sentence(record),
  ...limits(record),
  ...part('answer-conditions', bullets(record.conditions.map((condition) => condition.message))),
  ...part('answer-prohibited', bullets(record.prohibited_by.map((cited) => japanese('span', cited)))),
  ...part('answer-otherwise', bullets(record.lawful_otherwise.map((cited) => japanese('span', cited)))),
  ...ground(record),
  ...part('answer-duties', bullets(record.duties.map((duty) => [
    duty.text, ' (', citations([...duty.provisions, duty.source]), ')']))),
  ...part('answer-findings', bullets(record.findings.map((finding) => [
    el('code', {}, finding.code), ' ', finding.message]))),
  ...nearMisses(record),
  ...part('answer-also', ...(record.also.length === 0 ? [] : [japanese('p', record.also.map((clause) => clause.label).join(', '))])),
  ...lawList(law),
  rulesLine(record.rules),
].filter((element) => element !== '');

const rulesLine = (rules) => el('p', { class: 'source' },
  `${rules.notice} ${rules.edition === null ? '' : `「${rules.edition}」`}${rules.undated ? ` (${t('undated')})` : ''} `,
  el('code', { class: 'digest' }, `sha256:${rules.digest}`));

/** The flow of a record in one line. */
const flowTitle = ({ flow }) => {
  const fields = ['relation', 'activity', 'channel', 'basis'].filter((field) => flow[field]);
  return [
    el('strong', {}, term(flow.data)), ` : ${term(flow.sender)} → ${term(flow.recipient)}`,
    fields.map((field) => ` / ${t(field)} ${term(flow[field])}`).join(''),
    ` / ${flow.as_of}`,
  ];
};
