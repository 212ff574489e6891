using System;
using System.Text;
using Mokuteki;

/// A claims program: it sends claims to the contractor that checks them, and to nobody without a permit.
internal static class Claims
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a key that only this system has");

    /// The server of the contractor that checks claims.
    private sealed class ClaimChecker : Sink
    {
        internal ClaimChecker() : base("claim-checker", "点検業者") { }
    }

    /// Sends claims. It takes a permit for this sink: that of another does not compile, and a flag is none.
    private static void SendToChecker(Permit<ClaimChecker> permit, DateTime today, byte[] claims)
    {
        if (permit == null || !permit.IsFor(today))
        {
            throw new InvalidOperationException("not sent: no permit for this day");
        }
        Console.WriteLine("sent " + claims.Length + " bytes by " + permit.Json);
    }

    /// The same in another process, which is given the token of a permit.
    private static void Worker(string token, DateTime today, byte[] claims)
    {
        var said = Engine.Verify(token, Key, new ClaimChecker());
        if (!said.Contains("\"as_of\":\"" + today.ToString("yyyy-MM-dd") + "\""))
        {
            throw new InvalidOperationException("not sent: the permit is for another day");
        }
        Console.WriteLine("sent " + claims.Length + " bytes by a token");
    }

    private static Flow Review(DateTime today, string recipient)
    {
        return new Flow
        {
            Society = "aeon",
            Data = new[] { "レセプト" },
            Sender = "当組合",
            Recipient = recipient,
            Activity = "レセプト点検",
            MyNumber = false,
            Abroad = false,
            AsOf = today,
        };
    }

    private static int Main()
    {
        var today = new DateTime(2026, 4, 1);
        var claims = Encoding.UTF8.GetBytes("レセプト");
        using (var engine = Engine.Embedded())
        {
            using (var permit = engine.Permit(Review(today, "点検業者"), new ClaimChecker()))
            {
                SendToChecker(permit, today, claims);
                Worker(permit.Token(Key), today, claims);
            }
            try
            {
                engine.Permit(Review(today, "製薬会社"), new ClaimChecker()).Dispose();
                return 1;
            }
            catch (RefusedException refused)
            {
                Console.WriteLine(refused.Message);
            }
            try
            {
                Worker("true", today, claims);
                return 1;
            }
            catch (TokenException none)
            {
                Console.WriteLine(none.Message);
            }
        }
        return 0;
    }
}
