using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace VerifyTests;

/// <summary>Says how a received text differs from the verified one, and how to accept it.</summary>
internal static class SnapshotMessage
{
    private const int Context = 3;
    private const int MostLines = 120;

    public static string Of(string verified, string received, string? old, string now)
    {
        StringBuilder text = new();
        text.Append($"Directory: {Path.GetDirectoryName(verified)}\n");
        text.Append(old is null ? "New:\n" : "NotEqual:\n");
        text.Append($"  - Received: {Path.GetFileName(received)}\n    Verified: {Path.GetFileName(verified)}\n\n");
        if (old is not null)
            text.Append(Difference(old, now)).Append('\n');
        text.Append($"To accept it: mv \"{received}\" \"{verified}\"  (Windows: move /Y)\n");
        return text.ToString();
    }

    private static string Difference(string old, string now)
    {
        List<DiffPiece> lines = InlineDiffBuilder.Diff(old, now).Lines;
        StringBuilder text = new();
        int shown = 0;
        int last = -1;
        for (int i = 0; i < lines.Count && shown < MostLines; i++)
        {
            int from = Math.Max(0, i - Context);
            if (!lines.Skip(from).Take((2 * Context) + 1).Any(line => line.Type != ChangeType.Unchanged))
                continue;
            if (i != last + 1)
                text.Append("  ...\n");
            text.Append($"{Mark(lines[i].Type)} {lines[i].Position,5} {lines[i].Text}\n");
            last = i;
            shown++;
        }

        return shown == MostLines ? text.Append("  ... and more\n").ToString() : text.ToString();
    }

    private static char Mark(ChangeType type) => type switch
    {
        ChangeType.Inserted => '+',
        ChangeType.Deleted => '-',
        _ => ' ',
    };
}
