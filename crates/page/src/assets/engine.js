// The engine: a WebAssembly module, and the rules that this page carries. Nothing is decided outside it.

/** The bytes of a compressed block of the page. */
const unpack = async (id) => {
  const packed = Uint8Array.from(atob($(id).textContent), (character) => character.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
};

/** Starts the engine; gives the function that asks it. */
const start = async () => {
  if (!$('module').textContent) throw new Error(t('no-engine'));
  const [bytes, rules] = await Promise.all([unpack('module'), unpack('rules')]);
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const module = instance.exports;
  const call = (name, question) => {
    const at = module.input(question.length);
    new Uint8Array(module.memory.buffer, at, question.length).set(question);
    const length = module[name]();
    const answer = new Uint8Array(module.memory.buffer, module.output(), length);
    return JSON.parse(new TextDecoder().decode(answer));
  };
  const loaded = call('load', rules);
  if (loaded.digest !== data.digest) {
    throw new Error(loaded.failure ?? `the rules of the page have another digest: ${loaded.digest}`);
  }
  if (loaded.engine !== data.engine) throw new Error(t('other-engine'));
  return (question) => {
    const answer = call('ask', new TextEncoder().encode(JSON.stringify(question)));
    if (answer.failure) throw new Error(answer.failure);
    return answer;
  };
};
