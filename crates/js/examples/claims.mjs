// A claims program: it sends claims to the contractor that checks them, and to nobody without a token.
import { Engine, RefusedError, TokenError, verify } from 'mokuteki';

const KEY = new TextEncoder().encode('a key that only this system has');
const CHECKER = { sink: 'claim-checker', recipient: '点検業者' };

/** Takes the token of a permit and no flag: in JavaScript anything can be passed, and most of it is true. */
function sendToChecker(token, today, claims) {
  const said = JSON.parse(verify(token, KEY, CHECKER.sink));
  if (said.flow.as_of !== today) throw new Error('not sent: the permit is for another day');
  console.log(`sent ${claims.length} bytes by clause ${said.clause} under the rules ${said.digest.slice(0, 12)}`);
}

const today = '2026-04-01';
const claims = new TextEncoder().encode('レセプト');
const engine = new Engine();
const flow = {
  society: 'aeon', data: 'レセプト', sender: '当組合', recipient: '点検業者', activity: 'レセプト点検', my_number: false, abroad: false,
  as_of: today,
};
const permit = engine.permit(flow, CHECKER);
sendToChecker(permit.token(KEY), today, claims);
permit.close();

const refused = (error, call) => {
  try {
    call();
  } catch (found) {
    if (!(found instanceof error)) throw found;
    console.log(found.message);
    return;
  }
  throw new Error('sent without a permit');
};
refused(RefusedError, () => engine.permit({ ...flow, recipient: '製薬会社' }, CHECKER));
refused(TokenError, () => sendToChecker('true', today, claims));
engine.close();
