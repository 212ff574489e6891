using System.IO;

namespace Health;

static class GenericNotice
{
    // mokuteki: health/generic
    public static void Write(string path, string rows) => File.WriteAllText(path, rows);
}
