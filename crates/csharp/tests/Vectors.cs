using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Mokuteki;

/// The vectors through the assembly, and what a program may get wrong. crates/csharp/test runs it.
internal static class Vectors
{
    private static string folder;
    private static int passed;
    private static int failed;

    private sealed class Named : Sink
    {
        internal Named(string name, string recipient) : base(name, recipient) { }
    }

    private static readonly string[] Names =
        ("society data form subject sender recipient relation activity under channel basis consent my_number abroad as_of")
        .Split(' ');

    private static void Expect(bool right, string what)
    {
        if (right)
        {
            passed++;
        }
        else
        {
            failed++;
            Console.Error.WriteLine("csharp: " + what);
        }
    }

    private static void Raises<T>(Func<object> call, string what) where T : Exception
    {
        try
        {
            call();
            Expect(false, what + ": nothing is thrown");
        }
        catch (Exception error)
        {
            Expect(error is T, what + ": " + error.GetType());
        }
    }

    private static List<Dictionary<string, string>> Rows(string name)
    {
        var lines = File.ReadAllText(Path.Combine(folder, name), new UTF8Encoding(false)).TrimEnd('\n').Split('\n');
        var header = lines[0].Split('\t');
        return lines.Skip(1).Select(line =>
        {
            var cells = line.Split('\t');
            return Enumerable.Range(0, header.Length).ToDictionary(at => header[at], at => cells[at]);
        }).ToList();
    }

    private static string Sha256(string text)
    {
        using (var hash = SHA256.Create())
        {
            return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(one => one.ToString("x2")));
        }
    }

    private static Flow FlowOf(Dictionary<string, string> row)
    {
        var flow = new Flow();
        for (var field = 0; field < Names.Length; field++)
        {
            flow[(Field)field] = row[Names[field]];
        }
        return flow;
    }

    private static string Word(Verdict verdict)
    {
        return new[] { "", "permitted", "conditional", "out_of_scope", "prohibited", "exempt" }[(int)verdict];
    }

    private static bool IsAnswered(Engine engine, Dictionary<string, string> row)
    {
        foreach (var lang in new[] { Lang.English, Lang.Japanese })
        {
            string json;
            bool right;
            try
            {
                var decision = engine.Check(FlowOf(row), lang);
                json = decision.Json;
                right = row["status"] == "0" && Word(decision.Verdict) == row["verdict"];
            }
            catch (FlowException error)
            {
                json = error.Json;
                right = row["status"] == "1" && string.Join(";", error.Codes) == row["codes"];
            }
            if (!right || Sha256(json) != row[lang == Lang.English ? "sha256_en" : "sha256_ja"])
            {
                return false;
            }
        }
        return true;
    }

    private static void Permits(Engine engine, byte[] key)
    {
        foreach (var row in Rows("permits.tsv"))
        {
            var sink = new Named(row["sink"], row["sink_recipient"]);
            try
            {
                using (var permit = engine.Permit(FlowOf(row), sink, row["accepted"].Split(';')))
                {
                    Expect(row["status"] == "0" && permit.Token(key) == row["token"], "another permit: " + row["id"]);
                }
            }
            catch (MokutekiException error)
            {
                var status = ((int)error.Status).ToString(CultureInfo.InvariantCulture);
                var right = status == row["status"] && string.Join(";", error.Codes) == row["codes"];
                Expect(right, "another refusal: " + row["id"]);
            }
        }
    }

    private static void Tokens()
    {
        foreach (var row in Rows("tokens.tsv"))
        {
            try
            {
                var said = Engine.Verify(row["token"], Encoding.UTF8.GetBytes(row["key"]), new Named(row["sink"], ""));
                Expect(row["status"] == "0" && Sha256(said) == row["sha256"], "another token: " + row["id"]);
            }
            catch (TokenException error)
            {
                Expect(row["status"] == "3" && error.Codes[0] == row["code"], "another reason: " + row["id"]);
            }
        }
    }

    private static bool Is(Dictionary<string, string> row, Answers answers, int at)
    {
        return Word(answers.VerdictOf(at)) == row["verdict"] && answers.ClauseOf(at) == row["clause"];
    }

    private static void Columns(Engine engine, List<Dictionary<string, string>> rows)
    {
        var found = engine.Decide(rows.Select(FlowOf).ToList());
        for (var at = 0; at < rows.Count; at++)
        {
            Expect(Is(rows[at], found, at), "other texts: " + rows[at]["id"]);
        }
        var generation = engine.Generation;
        var kept = new List<Dictionary<string, string>>();
        var ids = new List<uint[]>();
        foreach (var row in rows)
        {
            DateTime day;
            var read = DateTime.TryParseExact(
                row["as_of"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
            if (!read || row["under"] != "")
            {
                continue;
            }
            var asOf = (uint)(day.Year * 10000 + day.Month * 100 + day.Day);
            var id = new uint[Names.Length];
            try
            {
                for (var field = 0; field < Names.Length - 1; field++)
                {
                    if (row[Names[field]] != "")
                    {
                        id[field] = engine.Resolve(generation, (Field)field, row[Names[field]], id[0], asOf);
                    }
                }
            }
            catch (MokutekiException)
            {
                continue;
            }
            id[(int)Field.AsOf] = asOf;
            ids.Add(id);
            kept.Add(row);
        }
        Expect(kept.Count > 400, "hardly any row has ids");
        var columns = new Dictionary<Field, uint[]>();
        for (var field = 0; field < Names.Length; field++)
        {
            if ((Field)field != Field.Under)
            {
                columns[(Field)field] = ids.Select(id => id[field]).ToArray();
            }
        }
        found = engine.DecideIds(generation, columns);
        for (var at = 0; at < kept.Count; at++)
        {
            Expect(Is(kept[at], found, at), "other ids: " + kept[at]["id"]);
        }
        engine.Reload("", Lang.English);
        Raises<StaleException>(() => engine.DecideIds(generation, columns), "ids of before a reload");
    }

    private static Flow Review()
    {
        return new Flow
        {
            Society = "aeon",
            Data = new[] { "レセプト" },
            Sender = "当組合",
            Recipient = "点検業者",
            Activity = "レセプト点検",
            MyNumber = false,
            Abroad = false,
            AsOf = new DateTime(2026, 4, 1),
        };
    }

    private static void Wrong(Engine engine)
    {
        var sink = new Named("claim-checker", "点検業者");
        var key = Encoding.UTF8.GetBytes("a key for tests only");
        var permit = engine.Permit(Review(), sink);
        Expect(Engine.Verify(permit.Token(key), key, sink) == permit.Json, "the token says otherwise");
        Expect(permit.IsFor(new DateTime(2026, 4, 1)) && !permit.IsFor(new DateTime(2026, 4, 2)), "another day");
        Raises<MokutekiException>(() => permit.Token(new byte[3]), "a short key");
        permit.Dispose();
        permit.Dispose();
        Raises<ObjectDisposedException>(() => permit.Token(key), "a closed permit");
        var mistaken = Review();
        mistaken[Field.Data] = "\u0083\u008c";
        Raises<FlowException>(() => engine.Check(mistaken), "Shift_JIS as Latin");
        mistaken[Field.Data] = "レ\ud83c";
        Raises<EncoderFallbackException>(() => engine.Check(mistaken), "half a pair");
        Raises<MokutekiException>(() => engine.Permit(Review(), sink, "asumed"), "a code that is none");
        Raises<RulesException>(() => Engine.FromDirectory("no/such", Lang.Japanese), "no rules");
        var files = new Dictionary<string, byte[]> { { "terms/a.toml", new byte[] { 0x83, 0x8c } } };
        Raises<RulesException>(() => Engine.WithFiles(files, Lang.English), "rules in Shift_JIS");
        var other = Engine.Embedded();
        var held = other.Permit(Review(), sink);
        other.Dispose();
        other.Dispose();
        Raises<ObjectDisposedException>(() => other.Digest, "a closed engine");
        Raises<ObjectDisposedException>(() => other.Check(Review()), "a closed engine");
        Expect(held.Token(key) != "", "a permit does not outlive its engine");
        held.Dispose();
        Expect(Native.mokuteki_probe_panic() == (int)Status.Panic, "a panic");
        Expect(engine.Check(Review()).Verdict == Verdict.Permitted, "after a panic");
    }

    private static void Threads(Engine engine, List<Dictionary<string, string>> rows)
    {
        var right = 0;
        var threads = Enumerable.Range(0, 4).Select(at => new Thread(() =>
        {
            if (rows.All(row => IsAnswered(engine, row)))
            {
                Interlocked.Increment(ref right);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        for (var round = 0; round < 5; round++)
        {
            engine.Reload("", Lang.English);
        }
        threads.ForEach(thread => thread.Join());
        Expect(right == 4, "threads answer otherwise");
    }

    private static int Resident()
    {
        var line = File.ReadAllLines("/proc/self/status").First(one => one.StartsWith("VmRSS:"));
        return int.Parse(new string(line.Where(char.IsDigit).ToArray()), CultureInfo.InvariantCulture);
    }

    private static void Memory(Engine engine)
    {
        var sink = new Named("claim-checker", "点検業者");
        var key = Encoding.UTF8.GetBytes("a key for tests only");
        var before = 0;
        for (var round = 0; round < 15000; round++)
        {
            if (round == 5000)
            {
                GC.Collect();
                before = Resident();
            }
            using (var permit = engine.Permit(Review(), sink))
            {
                Engine.Verify(permit.Token(key), key, sink);
            }
            engine.Check(Review());
            try
            {
                engine.Check(new Flow { Society = "aeon" });
            }
            catch (FlowException)
            {
                // What is asked for.
            }
        }
        GC.Collect();
        var grown = Resident() - before;
        Console.Error.WriteLine("csharp: " + grown + " KB more after 50,000 calls");
        Expect(grown <= 32 << 10, "memory grows");
    }

    private static int Main(string[] arguments)
    {
        folder = arguments[0];
        var rows = Rows("flows.tsv");
        using (var engine = Engine.Embedded())
        {
            foreach (var row in rows)
            {
                Expect(IsAnswered(engine, row), "another answer: " + row["id"]);
            }
            Permits(engine, Encoding.UTF8.GetBytes(Rows("tokens.tsv")[0]["key"]));
            Tokens();
            Columns(engine, rows);
            Wrong(engine);
            Threads(engine, rows);
            Memory(engine);
        }
        Console.WriteLine("csharp: " + passed + " passed, " + failed + " failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
