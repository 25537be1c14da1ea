namespace Vpio.Tool.Run;

/// <summary>Is what a guest's program runs in.</summary>
internal interface IGuestBody
{
    /// <summary>Gets how a process ended, in words; null while it runs, and for a guest that has none.</summary>
    string? End { get; }

    /// <summary>Gets whether it ended by itself and says that it did what it should.</summary>
    bool EndedWell { get; }

    /// <summary>Begins.</summary>
    /// <exception cref="UsageException">The program cannot be started.</exception>
    void Start();

    /// <summary>Waits for the end.</summary>
    /// <param name="timeout">The most to wait.</param>
    /// <returns>Whether it ended, or never began.</returns>
    bool WaitForEnd(TimeSpan timeout);
}
