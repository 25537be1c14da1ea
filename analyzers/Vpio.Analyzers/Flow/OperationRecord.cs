using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what was found of one operation on one device, over all paths that reach it.</summary>
/// <param name="Site">The operation.</param>
/// <param name="Device">The device.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Part">Which of the devices it is, of those that one operation means all at once.</param>
internal sealed record OperationRecord(SyntaxNode Site, Identity Device, DeviceUse Kind, int Part)
{
    /// <summary>Gets or sets whether some path has nothing wrong.</summary>
    public bool SomeFine { get; set; }

    /// <summary>Gets or sets all that is wrong on some path.</summary>
    public Verdict Wrong { get; set; }

    /// <summary>Gets or sets where the state that is wrong came from.</summary>
    public SyntaxNode? Cause { get; set; }

    /// <summary>Notes one path.</summary>
    public void Note(Verdict verdict, SyntaxNode? cause)
    {
        if (verdict == Verdict.Fine)
            SomeFine = true;
        Wrong |= verdict;
        if (verdict != Verdict.Fine)
            Cause ??= cause;
    }
}

/// <summary>Is what was seen of one device at one operation of any device.</summary>
internal sealed class Presence
{
    /// <summary>Gets or sets whether some path came by with the device held.</summary>
    public bool SomeHeld { get; set; }

    /// <summary>Gets or sets whether some path came by without.</summary>
    public bool SomeNot { get; set; }
}

/// <summary>Is what became of one grab at the ends of the member.</summary>
internal sealed class GrabEnds
{
    /// <summary>Gets or sets whether it was still held at some normal end.</summary>
    public bool SomeHeld { get; set; }

    /// <summary>Gets or sets whether it was not held at some normal end.</summary>
    public bool SomeNot { get; set; }

    /// <summary>Gets or sets whether an exception left with it held.</summary>
    public bool Thrown { get; set; }
}
