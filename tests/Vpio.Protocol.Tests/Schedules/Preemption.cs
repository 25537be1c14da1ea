namespace Vpio.Protocol.Tests.Schedules;

/// <summary>Puts an operation in before one access of another.</summary>
/// <param name="before">Which access, from 0.</param>
/// <param name="operation">What happens there.</param>
/// <param name="inner">What preempts it in turn.</param>
internal sealed class Preemption(int before, Action operation, Preemption? inner = null)
{
    public int AccessesLeft { get; set; } = before;

    public Preemption? Inner => inner;

    /// <summary>Gets whether the preempted operation was long enough for it to happen at all.</summary>
    public bool Happened { get; private set; }

    public void Happen()
    {
        Happened = true;
        try
        {
            operation();
        }
        catch (WaitsForThePreemptedException)
        {
            // It waits until the preempted operation is done, and then happens; whatever it did before was a look.
            After = operation;
        }
    }

    /// <summary>Gets what is still to happen when the preempted operation is done.</summary>
    public Action? After { get; private set; }
}

/// <summary>Says that an operation would wait for the one that it preempted.</summary>
internal sealed class WaitsForThePreemptedException : Exception;
