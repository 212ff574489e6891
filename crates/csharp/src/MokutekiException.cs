using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Mokuteki
{
    /// <summary>What kind of fault it is, by the numbers of the contract.</summary>
    public enum Status
    {
        /// <summary>A field of the flow cannot be read.</summary>
        BadFlow = 1,

        /// <summary>There is no permit.</summary>
        Refused = 2,

        /// <summary>The token proves nothing.</summary>
        BadToken = 3,

        /// <summary>The rules do not check.</summary>
        BadRules = 4,

        /// <summary>An argument is not as the call asks for.</summary>
        BadArgument = 5,

        /// <summary>A text is not UTF-8.</summary>
        NotUtf8 = 6,

        /// <summary>The handle was freed.</summary>
        Closed = 7,

        /// <summary>The buffer is too small.</summary>
        TooSmall = 8,

        /// <summary>The ids are those of other rules.</summary>
        Stale = 9,

        /// <summary>A fault of the library; nothing was decided.</summary>
        Panic = 10,
    }

    /// <summary>Whatever the engine refuses: what, where, and the next step.</summary>
    public class MokutekiException : Exception
    {
        internal MokutekiException(Status status, string json)
            : base(First(json, "code") + ": " + First(json, "message") + ". " + First(json, "help"))
        {
            Status = status;
            Json = json;
            Codes = All(json, "code").AsReadOnly();
        }

        /// <summary>What kind of fault it is.</summary>
        public Status Status { get; private set; }

        /// <summary>The codes of all errors: kebab-case, and they never change.</summary>
        public IList<string> Codes { get; private set; }

        /// <summary>The record as JSON on one line.</summary>
        public string Json { get; private set; }

        internal static MokutekiException Of(int status, string json)
        {
            switch ((Status)status)
            {
                case Status.BadFlow: return new FlowException(json);
                case Status.Refused: return new RefusedException(json);
                case Status.BadToken: return new TokenException(json);
                case Status.BadRules: return new RulesException(json);
                case Status.Stale: return new StaleException(json);
                default: return new MokutekiException((Status)status, json);
            }
        }

        private static string First(string json, string key)
        {
            var all = All(json, key);
            return all.Count == 0 ? "" : all[0];
        }

        /// The texts of a key. The library writes JSON without spaces, and quotes in texts behind a backslash.
        private static List<string> All(string json, string key)
        {
            var found = new List<string>();
            var mark = "\"" + key + "\":\"";
            for (var at = json.IndexOf(mark, StringComparison.Ordinal); at >= 0;
                at = json.IndexOf(mark, at, StringComparison.Ordinal))
            {
                var text = new StringBuilder();
                for (at += mark.Length; at < json.Length && json[at] != '"'; at++)
                {
                    var sign = json[at];
                    if (sign == '\\' && at + 1 < json.Length)
                    {
                        sign = json[++at];
                        if (sign == 'u' && at + 4 < json.Length)
                        {
                            sign = (char)int.Parse(
                                json.Substring(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                            at += 4;
                        }
                        else if (sign == 'n' || sign == 't' || sign == 'r')
                        {
                            sign = ' ';
                        }
                    }
                    text.Append(sign);
                }
                found.Add(text.ToString());
            }
            return found;
        }
    }

    /// <summary>Fields of the flow cannot be read.</summary>
    public sealed class FlowException : MokutekiException
    {
        internal FlowException(string json) : base(Status.BadFlow, json) { }
    }

    /// <summary>There is no permit.</summary>
    public sealed class RefusedException : MokutekiException
    {
        internal RefusedException(string json) : base(Status.Refused, json) { }
    }

    /// <summary>The token proves nothing.</summary>
    public sealed class TokenException : MokutekiException
    {
        internal TokenException(string json) : base(Status.BadToken, json) { }
    }

    /// <summary>The rules do not check.</summary>
    public sealed class RulesException : MokutekiException
    {
        internal RulesException(string json) : base(Status.BadRules, json) { }
    }

    /// <summary>The ids are those of other rules.</summary>
    public sealed class StaleException : MokutekiException
    {
        internal StaleException(string json) : base(Status.Stale, json) { }
    }
}
