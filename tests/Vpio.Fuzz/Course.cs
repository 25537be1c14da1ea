namespace Vpio.Fuzz;

/// <summary>Is a digest of what happened in a run, in order: two runs that went the same way have the same.</summary>
internal sealed class Course
{
    /// <summary>Gets the digest so far.</summary>
    public ulong Digest { get; private set; }

    /// <summary>Adds what happened.</summary>
    /// <param name="what">A number that says it.</param>
    public void Add(ulong what) => Digest = ((Digest ^ what) * 0x9E37_79B9_7F4A_7C15) ^ (Digest >> 29);
}
