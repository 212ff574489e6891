using System;
using System.Collections.Generic;
using System.Globalization;

namespace Mokuteki
{
    /// <summary>The language of what people read.</summary>
    public enum Lang : uint
    {
        /// <summary>English.</summary>
        English = 0,

        /// <summary>日本語.</summary>
        Japanese = 1,
    }

    /// <summary>The answer to a flow. Only <see cref="Permitted"/> is a yes; the default is none.</summary>
    public enum Verdict : byte
    {
        /// <summary>The flow cannot be read.</summary>
        NotDecided = 0,

        /// <summary>A clause covers it and the ground stands: the only yes.</summary>
        Permitted = 1,

        /// <summary>A clause covers it; something is still to be declared.</summary>
        Conditional = 2,

        /// <summary>No clause covers it.</summary>
        OutOfScope = 3,

        /// <summary>A statute forbids it, whatever the notice says.</summary>
        Prohibited = 4,

        /// <summary>It is declared as no personal data.</summary>
        Exempt = 5,
    }

    /// <summary>The fields of a flow, in the order of the contract.</summary>
    public enum Field : uint
    {
        /// <summary>組合.</summary>
        Society,

        /// <summary>データ: several kinds are separated by a semicolon.</summary>
        Data,

        /// <summary>形.</summary>
        Form,

        /// <summary>対象者.</summary>
        Subject,

        /// <summary>提供元.</summary>
        Sender,

        /// <summary>提供先.</summary>
        Recipient,

        /// <summary>関係.</summary>
        Relation,

        /// <summary>業務.</summary>
        Activity,

        /// <summary>上の委託.</summary>
        Under,

        /// <summary>手段.</summary>
        Channel,

        /// <summary>根拠.</summary>
        Basis,

        /// <summary>同意: none, implied, explicit or refused.</summary>
        Consent,

        /// <summary>個人番号: true or false.</summary>
        MyNumber,

        /// <summary>国外: true, equivalent or false.</summary>
        Abroad,

        /// <summary>日, as in 2026-04-01.</summary>
        AsOf,
    }

    /// <summary>A flow as written: what someone proposes to do with data. A field that is not set is open.</summary>
    public sealed class Flow
    {
        /// <summary>How many fields a flow has.</summary>
        public const int Fields = 15;

        private readonly string[] texts = new string[Fields];

        /// <summary>What is written in a field; empty leaves it open.</summary>
        public string this[Field field]
        {
            get { return texts[(int)field] ?? ""; }
            set { texts[(int)field] = value; }
        }

        /// <summary>The society, by its id or its 保険者番号.</summary>
        public string Society { get { return this[Field.Society]; } set { this[Field.Society] = value; } }

        /// <summary>The kinds of data; each is decided alone.</summary>
        public IEnumerable<string> Data
        {
            get { return this[Field.Data].Split(';'); }
            set { this[Field.Data] = string.Join(";", value); }
        }

        /// <summary>Who hands it over.</summary>
        public string Sender { get { return this[Field.Sender]; } set { this[Field.Sender] = value; } }

        /// <summary>Who receives it; 当組合 for internal use and for data received.</summary>
        public string Recipient { get { return this[Field.Recipient]; } set { this[Field.Recipient] = value; } }

        /// <summary>The relation of the parties.</summary>
        public string Relation { get { return this[Field.Relation]; } set { this[Field.Relation] = value; } }

        /// <summary>The work it is for.</summary>
        public string Activity { get { return this[Field.Activity]; } set { this[Field.Activity] = value; } }

        /// <summary>The citation that the flow claims.</summary>
        public string Basis { get { return this[Field.Basis]; } set { this[Field.Basis] = value; } }

        /// <summary>none, implied, explicit or refused.</summary>
        public string Consent { get { return this[Field.Consent]; } set { this[Field.Consent] = value; } }

        /// <summary>Whether it carries 個人番号.</summary>
        public bool MyNumber { set { this[Field.MyNumber] = value ? "true" : "false"; } }

        /// <summary>Whether the recipient is outside Japan.</summary>
        public bool Abroad { set { this[Field.Abroad] = value ? "true" : "false"; } }

        /// <summary>The day. There is no default: the engine reads no clock.</summary>
        public DateTime AsOf
        {
            set { this[Field.AsOf] = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture); }
        }
    }

    /// <summary>A decided flow with its record.</summary>
    public sealed class Decision
    {
        internal Decision(Verdict verdict, string json)
        {
            Verdict = verdict;
            Json = json;
        }

        /// <summary>The verdict: that of the worst kind of data.</summary>
        public Verdict Verdict { get; private set; }

        /// <summary>The record (docs/record.md) as JSON on one line: what to keep.</summary>
        public string Json { get; private set; }
    }

    /// <summary>
    /// A place where data leaves or is used, declared once as a class of its own: a permit is for one, and a method that takes a
    /// permit for one does not compile with that of another.
    /// </summary>
    public abstract class Sink
    {
        /// <summary>A sink by its lasting name and the party that receives there.</summary>
        protected Sink(string name, string recipient)
        {
            Name = name;
            Recipient = recipient;
        }

        /// <summary>The lasting name, such as claim-checker.</summary>
        public string Name { get; private set; }

        /// <summary>The party that receives there.</summary>
        public string Recipient { get; private set; }
    }

    /// <summary>Answers for rows.</summary>
    public sealed class Answers
    {
        private readonly Engine engine;
        private readonly ulong generation;
        private readonly Verdict[] verdicts;
        private readonly uint[] clauses;

        internal Answers(Engine engine, ulong generation, Verdict[] verdicts, uint[] clauses)
        {
            this.engine = engine;
            this.generation = generation;
            this.verdicts = verdicts;
            this.clauses = clauses;
        }

        /// <summary>How many rows.</summary>
        public int Count { get { return verdicts.Length; } }

        /// <summary>The verdict of a row; <see cref="Verdict.NotDecided"/> for one that cannot be read.</summary>
        public Verdict VerdictOf(int row)
        {
            return verdicts[row];
        }

        /// <summary>The primary clause of a row, as in "aeon 5-3"; empty where no clause covers it.</summary>
        public string ClauseOf(int row)
        {
            return clauses[row] == 0 ? "" : engine.Clause(generation, clauses[row]);
        }
    }
}
