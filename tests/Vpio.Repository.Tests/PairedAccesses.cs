using System.Text.RegularExpressions;

namespace Vpio.Repository.Tests;

/// <summary>Resolves every "Pairs with" of an ordering comment: the access on the other side exists where the comment says.</summary>
/// <remarks>
/// A comment says <c>Pairs with CALL in TYPE.MEMBER.</c>, and that member must hold that call. Where the other side of the ABI may be
/// anybody's driver or device, it names the step in one of the phrases of <see cref="AcrossTheAbi"/>, each of which a page specifies.
/// </remarks>
internal static partial class PairedAccesses
{
    /// <summary>Gets the steps of a peer that is not of this tree, and the section that demands each.</summary>
    public static IReadOnlyDictionary<string, string> AcrossTheAbi { get; } = new Dictionary<string, string>
    {
        ["the fence of a guest that unmasks"] = "docs/abi.md#guest-page",
        ["the driver's fence between doorbell and look"] = "docs/nic.md#doorbells-sleep-and-kick",
        ["the device's last look at its doorbells after it said so"] = "docs/nic.md#doorbells-sleep-and-kick",
        ["the fence of a driver between arming and its last look"] = "docs/nic.md#interrupts",
        ["the device's look at InterruptArm after its head"] = "docs/nic.md#interrupts",
        ["the device's read of the tail"] = "docs/nic.md#rings",
        ["the device's release of Flags"] = "docs/nic.md#rings",
    };

    /// <summary>Finds the comments whose other side is not there.</summary>
    public static IEnumerable<string> Unresolved(SourceTree sources)
    {
        foreach ((string path, Microsoft.CodeAnalysis.SyntaxNode root) in sources.Files)
        {
            foreach (string peer in PeersIn(root.ToFullString()))
            {
                if (Complaint(sources, peer) is { } complaint)
                    yield return $"{path}: \"Pairs with {peer}.\" {complaint}";
            }
        }
    }

    /// <summary>Finds what is paired with in the comments of a file, also where a sentence goes on in the next line.</summary>
    public static IEnumerable<string> PeersIn(string source)
    {
        string comments = string.Join('\n', source.ReplaceLineEndings("\n").Split('\n').Select(CommentOf));
        return Peer().Matches(comments.Replace('\n', ' ')).Select(match => Blanks().Replace(match.Groups[1].Value, " "));
    }

    // A line without a comment ends a sentence, so that two comments never read as one.
    private static string CommentOf(string line)
    {
        Match comment = Comment().Match(line);
        return comment.Success ? comment.Groups[1].Value : " . ";
    }

    private static string? Complaint(SourceTree sources, string peer)
    {
        string[] outside = [.. AcrossTheAbi.Keys.Where(phrase => peer.StartsWith(phrase, StringComparison.Ordinal))];
        if (outside.Any(phrase => phrase == peer))
            return null;
        string inside = outside.Length == 1 ? peer[outside[0].Length..].Replace(", here ", "") : peer;

        Match match = CallInMember().Match(inside);
        if (!match.Success)
            return "is neither CALL in TYPE.MEMBER nor a step across the ABI.";
        (string call, string type, string member) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        string[] bodies = [.. sources.Members(type, member).Select(each => each.ToString())];
        if (bodies.Length == 0)
            return $"names {type}.{member}, which does not exist.";
        return bodies.Any(body => body.Contains(call, StringComparison.Ordinal)) ? null : $"names {type}.{member}, which makes no {call}.";
    }

    [GeneratedRegex(@"^\s*//(?!/)\s?(.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"Pairs with (.+?)\.(?=\s|$)")]
    private static partial Regex Peer();

    [GeneratedRegex(@"^([\w.]+) in (\w+)\.(\w+)$")]
    private static partial Regex CallInMember();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
