using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Mokuteki
{
    /// <summary>
    /// Proof that one closed flow to one sink was decided and permitted. Only <see cref="Engine.Permit{T}"/> makes one. It
    /// outlives a reload of the rules and its engine.
    /// </summary>
    public sealed class Permit<T> : IDisposable where T : Sink
    {
        private readonly Handle handle;

        internal Permit(Handle handle, T sink)
        {
            this.handle = handle;
            Sink = sink;
            Json = Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                Native.mokuteki_permit_record(handle, buffer, capacity, out length));
        }

        /// <summary>The sink that it is for.</summary>
        public T Sink { get; private set; }

        /// <summary>What it says, as JSON: sink, flow, clause_id, clause, digest, accepted, persons, events.</summary>
        public string Json { get; private set; }

        /// <summary>Whether it is for this day.</summary>
        public bool IsFor(DateTime day)
        {
            var mark = "\"as_of\":\"" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "\"";
            return Json.Contains(mark);
        }

        /// <summary>A token that another process or language verifies, sealed by a key of 16 bytes or more.</summary>
        public string Token(byte[] key)
        {
            return Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                Native.mokuteki_token(handle, key, (UIntPtr)key.Length, buffer, capacity, out length));
        }

        /// <summary>Frees it. Its tokens stay good.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }
    }

    /// <summary>A set of rules. Every method may be called from any thread, at the same time.</summary>
    public sealed class Engine : IDisposable
    {
        private readonly Handle handle;

        private Engine(ulong number)
        {
            handle = new Handle(number);
        }

        /// <summary>By the rules that ship with the library.</summary>
        public static Engine Embedded()
        {
            if (Native.mokuteki_abi() < 1)
            {
                throw new PlatformNotSupportedException("mokuteki: the library is older than the assembly");
            }
            ulong engine;
            Native.Check(Native.mokuteki_open_embedded(out engine));
            return new Engine(engine);
        }

        /// <summary>By the rules of a directory. A <see cref="RulesException"/> has every problem.</summary>
        public static Engine FromDirectory(string path, Lang lang)
        {
            ulong engine;
            using (var held = new Held(path))
            {
                var text = held.Texts[0];
                Native.Check(Native.mokuteki_open_directory(text.At, text.Length, (uint)lang, out engine));
            }
            return new Engine(engine);
        }

        /// <summary>By the rules that ship with the library and files beside them, such as terms/ours.toml.</summary>
        public static Engine WithFiles(IDictionary<string, byte[]> files, Lang lang)
        {
            var texts = new List<byte[]>();
            foreach (var file in files)
            {
                texts.Add(System.Text.Encoding.UTF8.GetBytes(file.Key));
                texts.Add(file.Value);
            }
            ulong engine;
            using (var held = new Held(texts.ToArray()))
            {
                Native.Check(
                    Native.mokuteki_open_files(held.Texts, (UIntPtr)files.Count, (uint)lang, out engine));
            }
            return new Engine(engine);
        }

        /// <summary>
        /// Decides by the rules of a directory from now on, or by those that ship where the path is empty. Where they do not
        /// check, those of before stay.
        /// </summary>
        public void Reload(string path, Lang lang)
        {
            using (var held = new Held(path))
            {
                Native.Check(Native.mokuteki_reload(handle, held.Texts[0].At, held.Texts[0].Length, (uint)lang));
            }
        }

        /// <summary>The SHA-256 of the rules, in hex.</summary>
        public string Digest
        {
            get
            {
                return Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                    Native.mokuteki_digest(handle, buffer, capacity, out length));
            }
        }

        /// <summary>The number of these rules, which ids belong to.</summary>
        public ulong Generation
        {
            get
            {
                ulong generation;
                Native.Check(Native.mokuteki_generation(handle, out generation));
                return generation;
            }
        }

        /// <summary>Decides a flow and explains it. A <see cref="FlowException"/> has every field that cannot be read.</summary>
        public Decision Check(Flow flow, Lang lang = Lang.Japanese)
        {
            byte verdict = 0;
            using (var held = Held.Of(flow))
            {
                var json = Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                    Native.mokuteki_check(handle, held.Texts, (uint)lang, out verdict, buffer, capacity, out length));
                return new Decision((Verdict)verdict, json);
            }
        }

        /// <summary>
        /// Gives a permit for a flow of one kind of data to a sink. <paramref name="accepted"/> are the codes of what rests on the
        /// caller's word. A <see cref="RefusedException"/> says why there is none.
        /// </summary>
        public Permit<T> Permit<T>(Flow flow, T sink, params string[] accepted) where T : Sink
        {
            ulong permit;
            using (var held = Held.Of(flow))
            using (var words = new Held(sink.Name, sink.Recipient, string.Join(";", accepted)))
            {
                Native.Check(Native.mokuteki_permit(
                    handle, held.Texts, ref words.Texts[0], ref words.Texts[1], ref words.Texts[2], (uint)Lang.Japanese,
                    out permit));
            }
            return new Permit<T>(new Handle(permit), sink);
        }

        /// <summary>
        /// Reads a token that a key has sealed for a sink: what its permit says, as JSON. That the day of the flow is today, and
        /// the flow the one at hand, is for the caller to compare. A <see cref="TokenException"/> says why it proves nothing.
        /// </summary>
        public static string Verify(string token, byte[] key, Sink sink)
        {
            using (var held = new Held(token, sink.Name))
            {
                return Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                    Native.mokuteki_verify(
                        ref held.Texts[0], key, (UIntPtr)key.Length, ref held.Texts[1], (uint)Lang.Japanese, buffer, capacity,
                        out length));
            }
        }

        /// <summary>Decides many flows. Those that say the same are decided once.</summary>
        public Answers Decide(IList<Flow> flows)
        {
            var generation = Generation;
            var columns = new Coded[Flow.Fields];
            var verdicts = new Verdict[flows.Count];
            var clauses = new uint[flows.Count];
            var kept = new List<IDisposable>();
            var pinned = new List<GCHandle>();
            try
            {
                for (var field = 0; field < columns.Length; field++)
                {
                    var places = new Dictionary<string, int>(StringComparer.Ordinal);
                    var names = new List<string>();
                    // A column of no rows is a column all the same.
                    var codes = new int[flows.Count + 1];
                    for (var row = 0; row < flows.Count; row++)
                    {
                        var text = flows[row][(Field)field];
                        int place;
                        if (text.Length == 0)
                        {
                            place = -1;
                        }
                        else if (!places.TryGetValue(text, out place))
                        {
                            place = names.Count;
                            places.Add(text, place);
                            names.Add(text);
                        }
                        codes[row] = place;
                    }
                    var held = new Held(names.ToArray());
                    kept.Add(held);
                    pinned.Add(GCHandle.Alloc(held.Texts, GCHandleType.Pinned));
                    columns[field].Names = pinned[pinned.Count - 1].AddrOfPinnedObject();
                    columns[field].NamesLength = (UIntPtr)names.Count;
                    pinned.Add(GCHandle.Alloc(codes, GCHandleType.Pinned));
                    columns[field].Codes = pinned[pinned.Count - 1].AddrOfPinnedObject();
                }
                Native.Check(
                    Native.mokuteki_decide_coded(handle, columns, (UIntPtr)flows.Count, verdicts, clauses));
            }
            finally
            {
                pinned.ForEach(one => one.Free());
                kept.ForEach(one => one.Dispose());
            }
            return new Answers(this, generation, verdicts, clauses);
        }

        /// <summary>
        /// The id of a name in a field, for flows of this generation. For <see cref="Field.Basis"/> the society's id and the day,
        /// as in 20260401, say how it is read; they are 0 elsewhere.
        /// </summary>
        public uint Resolve(ulong generation, Field field, string name, uint society = 0, uint asOf = 0)
        {
            using (var held = new Held(name))
            {
                uint id;
                Native.Check(Native.mokuteki_resolve(
                    handle, generation, (uint)field, held.Texts[0].At, held.Texts[0].Length, society, asOf, out id));
                return id;
            }
        }

        /// <summary>Decides columns of ids of one length; 0 is open, and so is a field without a column.</summary>
        public Answers DecideIds(ulong generation, IDictionary<Field, uint[]> columns)
        {
            var rows = -1;
            foreach (var column in columns.Values)
            {
                if (rows >= 0 && rows != column.Length)
                {
                    throw new ArgumentException("columns of different lengths");
                }
                rows = column.Length;
            }
            rows = Math.Max(rows, 0);
            var ids = new Ids
            {
                Generation = generation,
                Rows = (UIntPtr)rows,
                Column = new IntPtr[Flow.Fields],
            };
            var verdicts = new Verdict[rows];
            var clauses = new uint[rows];
            var pinned = new List<GCHandle>();
            try
            {
                foreach (var column in columns)
                {
                    pinned.Add(GCHandle.Alloc(column.Value, GCHandleType.Pinned));
                    ids.Column[(int)column.Key] = pinned[pinned.Count - 1].AddrOfPinnedObject();
                }
                Native.Check(Native.mokuteki_decide_ids(handle, ref ids, verdicts, clauses));
            }
            finally
            {
                pinned.ForEach(one => one.Free());
            }
            return new Answers(this, generation, verdicts, clauses);
        }

        internal string Clause(ulong generation, uint clause)
        {
            return Native.Fill((byte[] buffer, UIntPtr capacity, out UIntPtr length) =>
                Native.mokuteki_clause(handle, generation, clause, buffer, capacity, out length));
        }

        /// <summary>Lets the rules go. What is called after it is an ObjectDisposedException; permits stay.</summary>
        public void Dispose()
        {
            handle.Dispose();
        }
    }
}
