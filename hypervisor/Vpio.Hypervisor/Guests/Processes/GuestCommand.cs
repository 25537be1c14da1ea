namespace Vpio.Hypervisor.Guests;

/// <summary>Says what a guest in a process of its own runs.</summary>
/// <param name="FileName">The program: a path, or a name that PATH has.</param>
/// <param name="Arguments">Its arguments, without its name.</param>
/// <remarks>
/// The program finds the control socket as descriptor 3, an empty standard input, and its standard output joined to the standard error of this process.
/// Source: <c>docs/guests.md</c>, "A process of its own".
/// </remarks>
public sealed record GuestCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Gets what its environment has beside that of this process, or in place of it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
