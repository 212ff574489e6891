// The matrix: drawn by the engine, walked by arrow keys, folded by heading.

const table = $('grid');
const rows = [...table.tBodies[0].rows];
const heads = [...table.tHead.rows[0].cells];
const dataTerms = data.terms.data;
const partyTerms = data.terms.party;
const filters = $('filters');
const grid = { ask: undefined, left: undefined, right: undefined, folded: { row: new Set(), column: new Set() }, chosen: undefined };

const isSender = () => $('f-side').value === 'sender';
const societyName = (id) => data.societies.find(([other]) => other === id)[1];

/** The terms that lie below one, and whether a term lies in something folded. */
const below = (terms, at) => terms.map((_, other) => other).filter((other) => ancestors(terms, other).includes(at));
const ancestors = (terms, at) => {
  const list = [];
  for (let up = terms[at][2]; up >= 0; up = terms[up][2]) list.push(up);
  return list;
};
const hidden = (terms, folded, at) => ancestors(terms, at).some((up) => folded.has(up));

const cellAt = (row, column) => rows[row].cells[column + 1];
const letterAt = (matrix, row, column) => matrix.verdicts[row * partyTerms.length + column];
const labelAt = (matrix, row, column) => {
  const at = matrix.clauses[row * partyTerms.length + column];
  return at === 0 ? '' : matrix.labels[at - 1];
};

/** The flow of a cell: what the filters say, with its data and its party. */
const flowOf = (row, column, society) => {
  const { compare, ...flow } = filled(filters);
  const party = partyTerms[column][0];
  return { ...flow, society: society ?? flow.society, data: dataTerms[row][0],
    ...(isSender() ? { sender: party, recipient: partyTerms[data.own][0] } : { recipient: party }) };
};
const say = (letter, label) => `${t(`verdict-${letter}`)}${label ? ` ${label}` : ''}`;

/** Asks for the matrix of a society; a filter that cannot be read is shown and changes nothing. */
const ask = (society) => {
  const { compare, ...flow } = filled(filters);
  return grid.ask({ ask: 'matrix', side: $('f-side').value, lang: state.lang, flow: { ...flow, society } });
};

const draw = () => {
  if (!grid.ask) return;
  const { society, compare } = filled(filters);
  const left = ask(society);
  const error = $('filter-error');
  error.hidden = !left.error;
  if (left.error) {
    error.textContent = `${left.error.message}. ${left.error.help}`;
    return;
  }
  grid.left = left;
  grid.right = compare && compare !== society ? ask(compare) : undefined;
  table.classList.toggle('compared', grid.right !== undefined);
  const counts = { p: 0, c: 0, o: 0, x: 0 };
  const others = { ...counts };
  let differs = 0;
  for (let row = 0; row < rows.length; row += 1) {
    for (let column = 0; column < partyTerms.length; column += 1) {
      const letter = letterAt(left, row, column);
      counts[letter] += 1;
      if (grid.right) others[letterAt(grid.right, row, column)] += 1;
      if (paint(cellAt(row, column), row, column, letter)) differs += 1;
    }
  }
  drawFolds();
  $('grid-society').textContent = grid.right ? `${societyName(society)} | ${societyName(compare)}` : societyName(society);
  $('grid-day').textContent = filled(filters).as_of ?? '';
  $('grid-side').dataset.t = isSender() ? 'sender' : 'recipient';
  $('grid-side').textContent = t($('grid-side').dataset.t);
  const both = { differs: String(differs) };
  for (const letter of Object.keys(counts)) both[letter] = grid.right ? `${counts[letter]} | ${others[letter]}` : String(counts[letter]);
  for (const count of document.querySelectorAll('[data-count]')) count.textContent = both[count.dataset.count];
  for (const element of document.querySelectorAll('.needs-compare')) element.hidden = !grid.right;
  const values = { society: $('grid-society').textContent, day: $('grid-day').textContent, ...both };
  $('announce').textContent = t('summary-matrix', values) + (grid.right ? ` ${t('summary-differs', both)}` : '');
  if (grid.chosen) show(grid.chosen.row, grid.chosen.column, false);
};

/** One cell; gives whether the societies differ in it. */
const paint = (cell, row, column, letter) => {
  const label = labelAt(grid.left, row, column);
  if (!grid.right) {
    cell.className = letter;
    cell.textContent = MARKS[letter];
    cell.setAttribute('aria-label', say(letter, label));
    return false;
  }
  const other = letterAt(grid.right, row, column);
  const differs = letter !== other;
  cell.className = `pair left-${letter} right-${other}${differs ? ' differs' : ''}`;
  cell.textContent = `${MARKS[letter]}${MARKS[other]}`;
  cell.setAttribute('aria-label', `${say(letter, label)} | ${say(other, labelAt(grid.right, row, column))}${differs ? ` (${t('differs')})` : ''}`);
  return differs;
};

const drawFolds = () => {
  rows.forEach((row, at) => {
    row.hidden = hidden(dataTerms, grid.folded.row, at);
    foldMark(row.cells[0], grid.folded.row.has(at), below(dataTerms, at), (other) =>
      partyTerms.some((_, column) => cellAt(at, column).className !== cellAt(other, column).className));
  });
  partyTerms.forEach((_, at) => {
    const away = hidden(partyTerms, grid.folded.column, at);
    heads[at + 1].hidden = away;
    rows.forEach((row) => { row.cells[at + 1].hidden = away; });
    foldMark(heads[at + 1], grid.folded.column.has(at), below(partyTerms, at), (other) =>
      rows.some((row) => row.cells[at + 1].className !== row.cells[other + 1].className));
  });
};

const foldMark = (head, folded, inside, differs) => {
  if (inside.length === 0) return;
  head.setAttribute('aria-expanded', String(!folded));
  const other = folded && inside.some(differs);
  head.classList.toggle('holds-other', other);
  head.title = other ? t('fold-differs') : '';
};

const fold = (kind, at) => {
  const folded = grid.folded[kind];
  if (!folded.delete(at)) folded.add(at);
  drawFolds();
};

const foldAll = (all) => {
  for (const [kind, terms] of [['row', dataTerms], ['column', partyTerms]]) {
    grid.folded[kind] = new Set(all ? terms.map((_, at) => at).filter((at) => below(terms, at).length > 0 && (kind === 'column' || terms[at][2] >= 0)) : []);
  }
  drawFolds();
  if (focused().hidden || focused().closest('tr').hidden) focusOn(0, 0);
};

// Walking: one cell at a time has a place in the order of the page.

const at = { row: 0, column: 0 };
const cellOf = (row, column) => (row < 0 ? heads[column + 1] : rows[row].cells[column + 1]);
const focused = () => cellOf(at.row, at.column);

const focusOn = (row, column, scroll = true) => {
  focused().tabIndex = -1;
  at.row = row;
  at.column = column;
  const cell = focused();
  cell.tabIndex = 0;
  if (scroll) cell.focus();
};

/** The next row or column that is shown, or the same where there is none. */
const step = (from, by, least, count, away) => {
  for (let next = from + by; next >= least && next < count; next += by) if (!away(next)) return next;
  return from;
};
const rowAway = (row) => row >= 0 && rows[row].hidden;
const columnAway = (column) => column >= 0 && heads[column + 1].hidden;
const far = (count, away) => step(count, -1, 0, count, away);

const walk = (event) => {
  const { row, column } = at;
  const head = row < 0 ? 'column' : column < 0 ? 'row' : undefined;
  const place = head === 'column' ? column : row;
  const folds = head && focused().hasAttribute('aria-expanded');
  const move = {
    ArrowUp: () => [step(row, -1, column < 0 ? 0 : -1, rows.length, rowAway), column],
    ArrowDown: () => [step(row, 1, 0, rows.length, rowAway), column],
    ArrowLeft: () => [row, step(column, -1, row < 0 ? 0 : -1, partyTerms.length, columnAway)],
    ArrowRight: () => [row, step(column, 1, 0, partyTerms.length, columnAway)],
    Home: () => [event.ctrlKey ? 0 : row, row < 0 ? 0 : event.ctrlKey ? 0 : -1],
    End: () => [event.ctrlKey ? far(rows.length, rowAway) : row, far(partyTerms.length, columnAway)],
    PageUp: () => [Math.max(step(Math.max(row - 10, 0), -1, 0, rows.length, rowAway), 0), column],
    PageDown: () => [step(Math.min(row + 10, rows.length - 1) + 1, -1, 0, rows.length, rowAway), column],
  }[event.key];
  const opens = event.key === 'Enter' || event.key === ' ';
  if (opens && folds) fold(head, place);
  else if (opens && !head) show(row, column, true);
  else if (move) focusOn(...move());
  else return;
  event.preventDefault();
};

/** Shows the decisions of a cell beside the matrix. */
const show = (row, column, follow) => {
  grid.chosen = { row, column };
  table.querySelector('.chosen')?.classList.remove('chosen');
  cellAt(row, column).classList.add('chosen');
  const { society, compare } = filled(filters);
  const societies = grid.right ? [society, compare] : [society];
  const answers = societies.map((id) => [id, grid.ask({ ask: 'check', lang: state.lang, flow: flowOf(row, column, id) })]);
  const [, first] = answers[0];
  $('panel').classList.add('filled');
  $('panel-body').replaceChildren(
    el('p', { class: 'flow-title' }, flowTitle(first.record)),
    el('div', { class: answers.length > 1 ? 'sides' : 'side' }, answers.map(([id, answer]) =>
      el('article', { 'aria-label': societyName(id) },
        japanese('p', societyName(id), { class: 'society' }), explain(answer)))),
    el('p', { class: 'actions' },
      el('button', { type: 'button', on: { click: () => focusOn(row, column) } }, t('panel-back')),
      ' ',
      el('button', { type: 'button', on: { click: () => fillForm(flowOf(row, column)) } }, t('panel-form'))));
  if (!follow) return;
  focusOn(row, column, false);
  $('panel').scrollTop = 0;
  $('panel').focus({ preventScroll: !grid.right && matchMedia('(min-width: 70rem)').matches });
};

/** What the cell under the pointer or the focus says, in words. */
const readout = (cell) => {
  const row = rows.indexOf(cell.parentElement);
  const column = cell.cellIndex - 1;
  if (row < 0 || column < 0) return;
  const [from, to] = isSender() ? [partyTerms[column][0], partyTerms[data.own][0]] : [undefined, partyTerms[column][0]];
  $('readout').textContent = `${term(dataTerms[row][0])}: ${from ? `${term(from)} → ` : '→ '}${term(to)}  ${cell.textContent} ${cell.getAttribute('aria-label')}`;
};

const prepareGrid = (engine) => {
  grid.ask = engine;
  table.setAttribute('role', 'treegrid');
  table.setAttribute('aria-describedby', 'grid-help');
  rows.forEach((row, index) => {
    row.setAttribute('aria-level', String(ancestors(dataTerms, index).length + 1));
    row.cells[0].setAttribute('role', 'rowheader');
  });
  heads.forEach((head) => head.setAttribute('role', 'columnheader'));
  for (const cell of table.querySelectorAll('td')) cell.setAttribute('role', 'gridcell');
  for (const cell of table.querySelectorAll('td, tbody th, thead th:not(.corner)')) cell.tabIndex = -1;
  focused().tabIndex = 0;
  table.addEventListener('keydown', walk);
  table.addEventListener('focusin', ({ target }) => readout(target.closest('td, th')));
  table.addEventListener('mouseover', ({ target }) => target.closest('td') && readout(target.closest('td')));
  table.addEventListener('click', ({ target }) => {
    const cell = target.closest('td, th');
    if (!cell || cell.classList.contains('corner')) return;
    const row = rows.indexOf(cell.parentElement);
    const column = cell.cellIndex - 1;
    if (row >= 0 && column >= 0) show(row, column, true);
    else if (cell.hasAttribute('aria-expanded')) { fold(row < 0 ? 'column' : 'row', row < 0 ? column : row); focusOn(row, column); }
    else focusOn(row, column);
  });
  filters.addEventListener('submit', (event) => event.preventDefault());
  filters.addEventListener('change', ({ target }) => {
    if (target.id === 'f-era' && target.value) { $('f-day').value = target.value; }
    if (target.id === 'f-day') $('f-era').value = '';
    draw();
  });
  $('f-reset').addEventListener('click', () => {
    filters.reset();
    draw();
  });
  $('fold').addEventListener('click', () => foldAll(true));
  $('unfold').addEventListener('click', () => foldAll(false));
  $('panel').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') focusOn(at.row, at.column);
  });
  redraws.push(draw);
  draw();
};
