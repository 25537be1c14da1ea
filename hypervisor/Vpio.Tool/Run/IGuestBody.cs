namespace Vpio.Tool.Run;

/// <summary>Is what a guest's program runs in.</summary>
internal interface IGuestBody
{
    /// <summary>Begins.</summary>
    void Start();

    /// <summary>Waits for the end.</summary>
    /// <param name="timeout">The most to wait.</param>
    /// <returns>Whether it ended.</returns>
    bool WaitForEnd(TimeSpan timeout);
}
