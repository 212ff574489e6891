using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Mokuteki
{
    /// A number of the library. The runtime frees it when nobody uses it any more, and never while a call runs with it.
    internal sealed class Handle : SafeHandle
    {
        internal Handle(ulong number) : base(IntPtr.Zero, true)
        {
            SetHandle((IntPtr)(long)number);
        }

        public override bool IsInvalid
        {
            get { return handle == IntPtr.Zero; }
        }

        protected override bool ReleaseHandle()
        {
            return Native.mokuteki_free((ulong)(long)handle) == 0;
        }
    }

    /// A text of the caller: its address and its length in bytes.
    [StructLayout(LayoutKind.Sequential)]
    internal struct Text
    {
        internal IntPtr At;
        internal UIntPtr Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Coded
    {
        internal IntPtr Names;
        internal UIntPtr NamesLength;
        internal IntPtr Codes;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Ids
    {
        internal ulong Generation;
        internal UIntPtr Rows;

        [MarshalAs(UnmanagedType.ByValArray, SizeConst = Flow.Fields)]
        internal IntPtr[] Column;
    }

    /// Texts in one block of memory that does not move until it is disposed.
    internal sealed class Held : IDisposable
    {
        private GCHandle block;
        internal readonly Text[] Texts;

        /// Half of a surrogate pair is an error, and is not made a question mark.
        private static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        internal Held(params string[] texts) : this(Array.ConvertAll(texts, text => Utf8.GetBytes(text ?? ""))) { }

        internal Held(params byte[][] texts)
        {
            var length = 1;
            foreach (var text in texts)
            {
                length += text.Length;
            }
            var bytes = new byte[length];
            Texts = new Text[texts.Length];
            block = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            var at = 0;
            for (var place = 0; place < texts.Length; place++)
            {
                var text = texts[place];
                Buffer.BlockCopy(text, 0, bytes, at, text.Length);
                Texts[place].At = block.AddrOfPinnedObject() + at;
                Texts[place].Length = (UIntPtr)text.Length;
                at += text.Length;
            }
        }

        internal static Held Of(Flow flow)
        {
            var texts = new string[Flow.Fields];
            for (var field = 0; field < texts.Length; field++)
            {
                texts[field] = flow[(Field)field];
            }
            return new Held(texts);
        }

        public void Dispose()
        {
            block.Free();
        }
    }

    internal static class Native
    {
        private const string Library = "mokuteki_c";

        static Native()
        {
            if (IntPtr.Size != 8)
            {
                throw new PlatformNotSupportedException("mokuteki: handles have 64 bits");
            }
        }

        internal delegate int Filling(byte[] buffer, UIntPtr capacity, out UIntPtr length);

        /// Calls with more room until what is written fits.
        internal static string Fill(Filling call)
        {
            var buffer = new byte[1 << 14];
            UIntPtr length;
            int status;
            while ((status = call(buffer, (UIntPtr)buffer.Length, out length)) == (int)Status.TooSmall)
            {
                buffer = new byte[(int)length];
            }
            Check(status);
            return Encoding.UTF8.GetString(buffer, 0, (int)length);
        }

        /// Throws what went wrong in this thread.
        internal static void Check(int status)
        {
            if (status == 0)
            {
                return;
            }
            var buffer = new byte[1 << 14];
            UIntPtr length;
            while (mokuteki_last_error(buffer, (UIntPtr)buffer.Length, out length) == (int)Status.TooSmall)
            {
                buffer = new byte[(int)length];
            }
            throw MokutekiException.Of(status, Encoding.UTF8.GetString(buffer, 0, (int)length));
        }

        [DllImport(Library)]
        internal static extern uint mokuteki_abi();

        [DllImport(Library)]
        internal static extern int mokuteki_open_embedded(out ulong engine);

        [DllImport(Library)]
        internal static extern int mokuteki_open_directory(IntPtr path, UIntPtr length, uint language, out ulong engine);

        [DllImport(Library)]
        internal static extern int mokuteki_open_files(
            [In] Text[] files, UIntPtr length, uint language, out ulong engine);

        [DllImport(Library)]
        internal static extern int mokuteki_reload(Handle engine, IntPtr path, UIntPtr length, uint language);

        [DllImport(Library)]
        internal static extern int mokuteki_digest(Handle engine, byte[] buffer, UIntPtr capacity, out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_generation(Handle engine, out ulong generation);

        [DllImport(Library)]
        internal static extern int mokuteki_resolve(
            Handle engine, ulong generation, uint field, IntPtr name, UIntPtr length, uint society, uint asOf, out uint id);

        [DllImport(Library)]
        internal static extern int mokuteki_check(
            Handle engine, [In] Text[] flow, uint language, out byte verdict, byte[] buffer, UIntPtr capacity,
            out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_decide_ids(
            Handle engine, ref Ids ids, [Out] Verdict[] verdicts, [Out] uint[] clauses);

        [DllImport(Library)]
        internal static extern int mokuteki_decide_coded(
            Handle engine, [In] Coded[] columns, UIntPtr rows, [Out] Verdict[] verdicts, [Out] uint[] clauses);

        [DllImport(Library)]
        internal static extern int mokuteki_clause(
            Handle engine, ulong generation, uint clause, byte[] buffer, UIntPtr capacity, out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_permit(
            Handle engine, [In] Text[] flow, ref Text sink, ref Text recipient, ref Text accepted, uint language,
            out ulong permit);

        [DllImport(Library)]
        internal static extern int mokuteki_permit_record(
            Handle permit, byte[] buffer, UIntPtr capacity, out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_token(
            Handle permit, byte[] key, UIntPtr keyLength, byte[] buffer, UIntPtr capacity, out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_verify(
            ref Text token, byte[] key, UIntPtr keyLength, ref Text sink, uint language, byte[] buffer, UIntPtr capacity,
            out UIntPtr length);

        [DllImport(Library)]
        internal static extern int mokuteki_free(ulong handle);

        [DllImport(Library)]
        private static extern int mokuteki_last_error(byte[] buffer, UIntPtr capacity, out UIntPtr length);

#if PROBE
        [DllImport(Library)]
        internal static extern int mokuteki_probe_panic();
#endif
    }
}
