// The same with types: a function that takes the permit of one sink does not compile with that of another.
import { Engine, type Permit } from 'mokuteki';

export function sendToChecker(permit: Permit<'claim-checker'>, key: Uint8Array): string {
  return permit.token(key);
}

export function send(engine: Engine, key: Uint8Array): string {
  const flow = { society: 'aeon', data: 'レセプト', recipient: '点検業者', activity: 'レセプト点検', as_of: '2026-04-01' };
  const permit = engine.permit(flow, { sink: 'claim-checker', recipient: '点検業者', accepted: ['assumed'] });
  // @ts-expect-error a permit for another sink
  sendToChecker(engine.permit(flow, { sink: 'insurer-desk', recipient: '損害保険会社' }), key);
  // @ts-expect-error a flag
  sendToChecker(true, key);
  return sendToChecker(permit, key);
}
