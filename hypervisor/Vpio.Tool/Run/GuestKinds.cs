namespace Vpio.Tool.Run;

/// <summary>Is the kinds of the guests, as the command line lists them: the list repeats over the guests.</summary>
/// <param name="Text">The list, such as <c>inprocess,process</c>; null: every guest is in process.</param>
internal readonly record struct GuestKinds(string? Text)
{
    private static readonly string[] Names = ["inprocess", "process", "c", "kvm", "kvm-asm"];

    /// <summary>Gets the list.</summary>
    internal IReadOnlyList<GuestKind> List => Text is null ? [GuestKind.InProcess] : [.. Text.Split(',').Select(part => (GuestKind)Array.IndexOf(Names, part))];

    /// <summary>Reads a list.</summary>
    /// <param name="text">Names of kinds, between commas.</param>
    /// <param name="kinds">The kinds.</param>
    /// <returns>False for any other text.</returns>
    internal static bool TryParse(string text, out GuestKinds kinds)
    {
        kinds = new GuestKinds(text);
        return text.Split(',').All(Names.Contains);
    }

    /// <summary>Says a kind as the command line does.</summary>
    internal static string Name(GuestKind kind) => Names[(int)kind];

    /// <summary>Finds the kind of a guest.</summary>
    /// <param name="guest">Its place among the guests, from 0 on.</param>
    internal GuestKind Of(int guest) => List[guest % List.Count];
}
